// Each threshold of the verdicts from both sides, from figures made by hand.
#include <gtest/gtest.h>

#include <cmath>
#include <set>
#include <string>
#include <vector>

#include "core/experiment/verdict/verdict.h"
#include "tests/core/experiment/measure/probed_networks.h"

namespace initlab {
namespace {

using test::find_verdict;
using test::ids_of;
using test::says;
using test::sound_layers;
using test::sound_state;

RunState learned_state() {
  RunState state = sound_state();
  state.cost = 0.34;
  return state;
}

TEST(verdict_rules, nothing_to_complain_about_is_healthy) {
  const auto verdicts = judge(sound_state(), sound_layers(20, ActivationId::kRelu));
  ASSERT_EQ(verdicts.size(), 1u);
  EXPECT_EQ(verdicts[0].kind, VerdictKind::kHealthy);
  EXPECT_EQ(verdicts[0].text, "Healthy: the signal keeps its size, std of z 1, 1, 1.");
}

TEST(verdict_rules, more_than_70_percent_dead_of_a_narrow_layer_or_40_of_a_wide_one_are_too_many) {
  struct Row {
    std::size_t units, dead;
    bool too_many;
  };
  for (const auto& [units, dead, too_many] : {Row{10, 7, false},
                                              {10, 8, true},
                                              {15, 10, false},
                                              {15, 11, true},
                                              {16, 6, false},
                                              {16, 7, true},
                                              {100, 40, false},
                                              {100, 41, true}}) {
    std::vector<LayerProbe> layers = sound_layers(units, ActivationId::kRelu);
    layers[1].dead_units = dead;
    EXPECT_EQ(says(judge(sound_state(), layers), VerdictKind::kDeadUnits), too_many)
        << dead << " of " << units;
  }
}

TEST(verdict_rules, a_layer_of_one_or_a_thousand_dead_units_is_told_in_right_words) {
  std::vector<LayerProbe> layers = sound_layers(1, ActivationId::kRelu);
  layers[0].dead_units = 1;
  EXPECT_EQ(
      judge(sound_state(), layers)[0].text,
      "Layer 1 is dead: its only unit is 0 for every sample, so every input gets the same answer and no "
      "layer up to it learns.");
  layers = sound_layers(1000, ActivationId::kRelu);
  layers[0].dead_units = 1000;
  EXPECT_NE(judge(sound_state(), layers)[0].text.find("all 1,000 units are 0"), std::string::npos);
  layers[0].dead_units = 999;
  EXPECT_EQ(judge(sound_state(), layers)[0].text,
            "Layer 1: 999 of 1,000 units are dead, 0 for every sample.");
}

TEST(verdict_rules, fewer_than_half_of_the_units_distinct_are_too_few) {
  struct Row {
    std::size_t units, distinct;
    bool too_few;
  };
  for (const auto& [units, distinct, too_few] :
       {Row{10, 5, false}, {10, 4, true}, {11, 5, true}, {2, 1, true}, {2, 2, false}, {1, 1, false}}) {
    std::vector<LayerProbe> layers = sound_layers(units, ActivationId::kTanh);
    layers[1].distinct_units = distinct;
    const auto verdicts = judge(sound_state(), layers);
    const Verdict* found = find_verdict(verdicts, VerdictKind::kIdenticalUnits);
    ASSERT_EQ(found != nullptr, too_few) << distinct << " of " << units;
    if (found) {
      EXPECT_EQ(found->layer, 2u);
    }
  }
  // Outputs have targets of their own: equal ones at the start are no copies.
  std::vector<LayerProbe> layers = sound_layers(10, ActivationId::kTanh);
  layers[2].units = 3;
  EXPECT_TRUE(says(judge(sound_state(), layers), VerdictKind::kHealthy));
}

TEST(verdict_rules, near_copies_are_judged_with_8_inputs_or_more_until_the_network_has_learned) {
  std::vector<LayerProbe> layers = sound_layers(20, ActivationId::kTanh);
  layers[1].near_copies = 10;
  EXPECT_FALSE(says(judge(sound_state(), layers), VerdictKind::kNearCopies));
  layers[1].near_copies = 11;
  EXPECT_TRUE(says(judge(sound_state(), layers), VerdictKind::kNearCopies));
  EXPECT_FALSE(says(judge(learned_state(), layers), VerdictKind::kNearCopies));
  layers[1].inputs = 7;
  EXPECT_FALSE(says(judge(sound_state(), layers), VerdictKind::kNearCopies));
}

TEST(verdict_rules, more_than_a_quarter_of_a_hidden_layer_saturated_is_too_much) {
  std::vector<LayerProbe> layers = sound_layers(10, ActivationId::kTanh);
  layers[1].saturated = 0.25;
  layers[2].saturated = 1;  // a confident output is no trouble
  EXPECT_TRUE(says(judge(sound_state(), layers), VerdictKind::kHealthy));
  layers[1].saturated = 0.26;
  EXPECT_EQ(judge(sound_state(), layers)[0].text,
            "Layer 2: 26 % of the activations are saturated, where tanh is flat.");
  EXPECT_TRUE(says(judge(learned_state(), layers), VerdictKind::kHealthy));
  layers[1].saturated = 0.51;
  EXPECT_TRUE(says(judge(learned_state(), layers), VerdictKind::kSaturated));
  layers[0].saturated = 0.6;  // the worst is told
  EXPECT_EQ(judge(learned_state(), layers)[0].layer, 1u);
}

TEST(verdict_rules, a_first_cost_of_twice_that_of_guessing_is_too_large) {
  RunState state = sound_state();
  const auto layers = sound_layers(10, ActivationId::kTanh);
  state.first_cost = 2 * state.chance_cost;
  EXPECT_TRUE(says(judge(state, layers), VerdictKind::kHealthy));
  state.first_cost *= 1.001;
  const auto large = judge(state, layers);
  EXPECT_EQ(large[0].kind, VerdictKind::kTooLarge);
  EXPECT_FALSE(large[0].good);
  state.cost = 0.34;
  const auto recovered = judge(state, layers);
  EXPECT_EQ(recovered[0].text, "Began too large, cost 1.401, and recovered.");
  EXPECT_TRUE(recovered[0].good);
  state = sound_state();
  state.accuracy.reset();  // a regression
  state.first_cost = 10 * state.chance_cost;
  EXPECT_TRUE(says(judge(state, layers), VerdictKind::kHealthy));
  state.first_cost *= 1.001;
  EXPECT_TRUE(says(judge(state, layers), VerdictKind::kTooLarge));
  state.chance_cost = 0;  // no chance to compare with
  EXPECT_TRUE(says(judge(state, layers), VerdictKind::kHealthy));
}

struct RatioRow {
  double ratio;
  VerdictKind signal, gradient;
};

TEST(verdict_rules, sizes_are_judged_between_layer_1_and_the_last_hidden_layer) {
  using Kind = VerdictKind;
  for (const auto& [ratio, signal, gradient] :
       {RatioRow{0.0497, Kind::kVanishingSignal, Kind::kVanishingGradient},
        {0.0499, Kind::kHealthy, Kind::kHealthy},
        {20.0, Kind::kHealthy, Kind::kHealthy},
        {20.2, Kind::kExplodingSignal, Kind::kExplodingGradient},
        {1e-290, Kind::kVanishingSignal, Kind::kVanishingGradient},
        {1e290, Kind::kExplodingSignal, Kind::kExplodingGradient}}) {
    // The root mean square counts, not the spread alone.
    for (double Summary::*part : {&Summary::mean, &Summary::std}) {
      std::vector<LayerProbe> layers = sound_layers(10, ActivationId::kRelu);
      layers[0].d_z.summary.mean = layers[0].d_z.summary.std = 0;
      layers[0].d_z.summary.*part = ratio;
      EXPECT_EQ(judge(sound_state(), layers)[0].kind, gradient) << ratio;
      EXPECT_EQ(judge(learned_state(), layers)[0].kind, Kind::kHealthy) << ratio;
      layers = sound_layers(10, ActivationId::kRelu);
      layers[1].z.summary.mean = layers[1].z.summary.std = 0;
      layers[1].z.summary.*part = ratio;
      EXPECT_EQ(judge(sound_state(), layers)[0].kind, signal) << ratio;
      EXPECT_EQ(judge(learned_state(), layers)[0].kind, Kind::kHealthy) << ratio;
    }
  }
}

TEST(verdict_rules, what_is_wrong_stands_before_what_is_only_worth_knowing) {
  std::vector<LayerProbe> layers = sound_layers(10, ActivationId::kTanh);
  layers[1].saturated = 0.9;
  RunState state = learned_state();
  state.first_cost = 9;
  // A learned run may saturate, and may have begun too large: both are only told.
  auto verdicts = judge(state, layers);
  ASSERT_EQ(verdicts.size(), 2u) << ids_of(verdicts);
  EXPECT_TRUE(verdicts[0].good && verdicts[1].good);
  layers[0].distinct_units = layers[0].distinct_gradients = 1;
  verdicts = judge(state, layers);
  ASSERT_EQ(verdicts.size(), 3u) << ids_of(verdicts);
  EXPECT_EQ(verdicts[0].kind, VerdictKind::kIdenticalUnits);
  EXPECT_FALSE(verdicts[0].good);
}

TEST(verdict_rules, high_accuracy_is_learning_too) {
  std::vector<LayerProbe> layers = sound_layers(10, ActivationId::kTanh);
  layers[0].d_z.summary.std = 1e-6;
  RunState state = sound_state();
  state.accuracy = 0.94;
  EXPECT_TRUE(says(judge(state, layers), VerdictKind::kVanishingGradient));
  state.accuracy = 0.96;
  EXPECT_TRUE(says(judge(state, layers), VerdictKind::kHealthy));
}

TEST(verdict_rules, rank_collapses_by_cosine_or_by_rank_against_layer_1) {
  struct Row {
    double first_rank, rank, cosine;
    std::size_t units;
    bool collapsed;
  };
  for (const auto& [first_rank, rank, cosine, units, collapsed] :
       {Row{9, 5, 0.9989, 10, false},
        {9, 5, 0.9991, 10, true},
        {9, 1.99, 0.5, 10, true},
        {9, 2.01, 0.5, 10, false},
        {9, 1.99, 0.5, 7, false},     // narrow layers have little rank to lose
        {3.9, 1.99, 0.5, 10, false},  // few inputs have little to begin with
        {3.9, 1.90, 0.5, 10, true}}) {
    std::vector<LayerProbe> layers = sound_layers(units, ActivationId::kTanh);
    layers[0].effective_rank = first_rank;
    layers[1].effective_rank = rank;
    layers[1].correlation = cosine;
    EXPECT_EQ(says(judge(sound_state(), layers), VerdictKind::kRankCollapse), collapsed) << rank << cosine;
    EXPECT_FALSE(says(judge(learned_state(), layers), VerdictKind::kRankCollapse));
  }
}

TEST(verdict_rules, nearly_linear_is_every_tanh_layer_below_a_twentieth) {
  std::vector<LayerProbe> layers = sound_layers(10, ActivationId::kTanh);
  layers[0].z.summary.std = layers[1].z.summary.std = 0.049;
  EXPECT_TRUE(says(judge(sound_state(), layers), VerdictKind::kEffectivelyLinear));
  EXPECT_FALSE(says(judge(learned_state(), layers), VerdictKind::kEffectivelyLinear));
  layers[1].z.summary.std = 0.051;
  EXPECT_FALSE(says(judge(sound_state(), layers), VerdictKind::kEffectivelyLinear));
  layers[1].z.summary.std = 0.049;
  layers[1].activation = ActivationId::kRelu;
  EXPECT_FALSE(says(judge(sound_state(), layers), VerdictKind::kEffectivelyLinear));
}

TEST(verdict_rules, stuck_is_near_guessing_on_either_side_and_hardly_moving) {
  struct Row {
    double cost, earlier;
    bool stuck;
  };
  for (const auto& [cost, earlier, stuck] : {Row{1, 1, true},
                                             {0.992, 0.9925, true},
                                             {0.985, 0.985, false},
                                             {1.009, 1.009, true},
                                             {3, 3, false},
                                             {0.995, 0.998, false},
                                             {NAN, NAN, false},
                                             {INFINITY, 1, false}}) {
    RunState state = sound_state();
    state.chance_cost = 1;
    state.cost = cost;
    state.earlier_cost = earlier;
    const auto layers = sound_layers(10, ActivationId::kTanh);
    EXPECT_EQ(says(judge(state, layers), VerdictKind::kAtChance), stuck) << cost << " " << earlier;
    state.earlier_cost.reset();
    EXPECT_FALSE(says(judge(state, layers), VerdictKind::kAtChance));
  }
}

TEST(verdict_rules, slow_is_less_than_a_tenth_of_the_healthy_way_after_100_steps) {
  const auto layers = sound_layers(10, ActivationId::kTanh);
  struct Row {
    double first, cost, healthy_cost;
    std::int64_t step;
    bool is_slow;
  };
  for (const auto& [first, cost, healthy_cost, step, is_slow] :
       {Row{0.8, 0.75, 0.2, 100, true},
        {0.8, 0.75, 0.2, 99, false},
        {0.8, 0.735, 0.2, 100, false},  // 0.065 of 0.6 is more than a tenth
        {0.8, 0.79, 0.41, 100, false},  // the healthy one has not halved its cost
        {0.3, 0.29, 0.2, 100, false},   // began far down already
        {0.8, 0.9, 0.2, 100, true}}) {
    RunState state = sound_state();
    state.first_cost = first;
    state.cost = cost;
    state.step = step;
    EXPECT_FALSE(says(judge(state, layers), VerdictKind::kSlow));
    state.healthy = HealthyStart{"He", 0.8, healthy_cost};
    EXPECT_EQ(says(judge(state, layers), VerdictKind::kSlow), is_slow) << cost << " " << step;
  }
  RunState state = sound_state();
  state.cost = 0.65;
  state.healthy = HealthyStart{"He", 0.8, 0.05};
  EXPECT_EQ(judge(state, layers)[0].text,
            "Slow: 1,000 steps took its cost from 0.7 to 0.65, that of He to 0.05.");
}

TEST(verdict_rules, no_gradient_is_said_only_where_no_weight_has_one_and_something_is_left_to_learn) {
  std::vector<LayerProbe> layers = sound_layers(10, ActivationId::kRelu);
  for (std::size_t l = 0; l < 3; ++l) {
    EXPECT_FALSE(says(judge(sound_state(), layers), VerdictKind::kNoGradient));
    layers[l].d_w.summary = {};
  }
  EXPECT_EQ(judge(sound_state(), layers)[0].kind, VerdictKind::kNoGradient);
  RunState done = sound_state();
  done.cost = 0;
  EXPECT_FALSE(says(judge(done, layers), VerdictKind::kNoGradient));
  layers[0].d_w.summary.non_finite = 3;
  EXPECT_FALSE(says(judge(sound_state(), layers), VerdictKind::kNoGradient));
}

TEST(verdict_rules, a_signal_that_underflowed_is_not_called_dead) {
  std::vector<LayerProbe> layers = sound_layers(10, ActivationId::kRelu);
  for (LayerProbe& layer : layers) layer.d_w.summary = {};
  layers[1].z.summary = {.mean = 0, .std = 0, .min = 0, .max = 0, .count = 100, .non_finite = 0};
  layers[1].dead_units = 10;
  const auto verdicts = judge(sound_state(), layers);
  EXPECT_EQ(verdicts[0].text, "No weight gets a gradient: the signal has shrunk to exactly 0 in layer 2.");
  EXPECT_FALSE(says(verdicts, VerdictKind::kDeadNetwork));
}

TEST(verdict_rules, every_kind_has_a_row_with_an_id_of_its_own_a_threshold_and_a_source) {
  std::set<std::string_view> ids;
  for (const VerdictRow& row : verdict_rows()) {
    ids.insert(row.id);
    EXPECT_EQ(&verdict_row(row.kind), &row);
    EXPECT_FALSE(row.label.empty() || row.threshold.empty() || row.source.empty()) << row.id;
  }
  EXPECT_EQ(ids.size(), static_cast<std::size_t>(VerdictKind::kCount));
  EXPECT_EQ(verdict_id(VerdictKind::kDiverged), "diverged");
  EXPECT_EQ(verdict_id(VerdictKind::kTooLarge), "too_large");
  EXPECT_EQ(verdict_id(VerdictKind::kSaturated), "saturated");
  EXPECT_EQ(verdict_id(VerdictKind::kRankCollapse), "rank_collapse");
  EXPECT_EQ(verdict_id(VerdictKind::kHealthy), "healthy");
}

}  // namespace
}  // namespace initlab
