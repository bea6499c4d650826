// Each threshold of the verdicts from both sides, from figures made by hand; and advice, which never names
// what a lane has.
#include <gtest/gtest.h>

#include <algorithm>
#include <cmath>
#include <set>
#include <string>
#include <vector>

#include "core/experiment/verdict.h"
#include "core/experiment/verdict_advice.h"
#include "tests/core/experiment/probed_networks.h"

namespace initlab {
namespace {

using test::find_verdict;
using test::ids_of;
using test::says;

// A network of two hidden layers of `units` and one output with nothing to complain about.
std::vector<LayerProbe> sound_layers(std::size_t units, ActivationId activation) {
  std::vector<LayerProbe> layers(3);
  for (std::size_t l = 0; l < layers.size(); ++l) {
    const bool output = l + 1 == layers.size();
    LayerProbe& layer = layers[l];
    layer.layer = l + 1;
    layer.units = layer.distinct_units = layer.compared = output ? 1 : units;
    layer.inputs = 20;
    layer.activation = output ? ActivationId::kSigmoid : activation;
    for (TensorProbe* tensor : {&layer.weights, &layer.z, &layer.a, &layer.d_z, &layer.d_w}) {
      tensor->summary = {.mean = 0, .std = 1, .min = -2, .max = 2, .count = 100, .non_finite = 0};
    }
  }
  return layers;
}

// Has moved, but is not done.
RunState sound_state() {
  RunState state;
  state.step = 1000;
  state.cost = 0.5;
  state.first_cost = 0.7;
  state.earlier_cost = 0.6;
  state.chance_cost = 0.7;
  return state;
}

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
}

TEST(verdict_rules, a_first_cost_of_twice_that_of_guessing_is_too_large) {
  RunState state = sound_state();
  const auto layers = sound_layers(10, ActivationId::kTanh);
  state.first_cost = 2 * state.chance_cost;
  EXPECT_TRUE(says(judge(state, layers), VerdictKind::kHealthy));
  state.first_cost *= 1.001;
  EXPECT_FALSE(find_verdict(judge(state, layers), VerdictKind::kTooLarge)->good);
  state.cost = 0.34;
  const auto recovered = judge(state, layers);
  EXPECT_EQ(recovered[0].text, "Began too large, cost 1.401, and recovered.");
  EXPECT_TRUE(recovered[0].good);
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

// Every complaint at once.
std::vector<Verdict> complaints(ActivationId activation, RunState state, bool batch_norm) {
  std::vector<Verdict> all;
  const auto add = [&](std::vector<LayerProbe> layers) {
    for (LayerProbe& layer : layers) layer.batch_norm = batch_norm;
    for (Verdict& verdict : judge(state, layers)) all.push_back(std::move(verdict));
  };
  std::vector<LayerProbe> layers = sound_layers(20, activation);
  layers[0].d_z.summary.std = layers[1].z.summary.std = 1e-6;
  layers[1].saturated = 0.9;
  layers[1].correlation = 0.9999;
  layers[1].near_copies = 20;
  state.first_cost = 9;
  add(layers);
  state.earlier_cost = state.cost = state.chance_cost;
  add(sound_layers(20, activation));
  state.diverged = Divergence{10, {1, Tensor::kZ}};
  add(sound_layers(20, activation));
  return all;
}

TEST(verdict_advice, never_names_what_the_lane_has) {
  for (const Activation& activation : activations()) {
    for (const Scheme& scheme : schemes()) {
      for (const bool batch_norm : {false, true}) {
        RunState state = sound_state();
        state.scheme = scheme.kind;
        LayerProbe hidden = sound_layers(20, activation.kind)[0];
        const bool fits = suits(state, hidden);
        for (const Verdict& verdict : complaints(activation.kind, state, batch_norm)) {
          SCOPED_TRACE(std::string(scheme.id) + " " + std::string(activation.id) + ": " + verdict.advice);
          EXPECT_FALSE(verdict.advice.empty());
          if (fits) {
            for (const char* name : {"Try He", "Try Xavier", "Try LeCun", "Try SIREN", "gain back"}) {
              EXPECT_EQ(verdict.advice.find(name), std::string::npos);
            }
          }
          if (batch_norm) {
            EXPECT_EQ(verdict.advice.find("batch normalization"), std::string::npos);
          }
          if (scheme.kind == SchemeId::kOrthogonal) {
            EXPECT_EQ(verdict.advice.find("orthogonal"), std::string::npos);
          }
        }
      }
    }
  }
}

TEST(verdict_advice, names_the_scheme_that_the_activation_is_made_for) {
  struct Row {
    ActivationId activation;
    SchemeId scheme;
    const char* words;
  };
  for (const auto& [activation, scheme, words] :
       {Row{ActivationId::kRelu, SchemeId::kNormal, "He: its gain √2"},
        {ActivationId::kRelu, SchemeId::kXavierNormal, "He: its gain √2"},
        {ActivationId::kTanh, SchemeId::kNormal, "Xavier"},
        {ActivationId::kSigmoid, SchemeId::kHeNormal, "Xavier"},
        {ActivationId::kSelu, SchemeId::kHeNormal, "LeCun normal with gain 1"},
        {ActivationId::kGelu, SchemeId::kUniform, "He: GELU is like ReLU"},
        {ActivationId::kSine, SchemeId::kXavierNormal, "SIREN"}}) {
    RunState state;
    state.scheme = scheme;
    EXPECT_NE(scheme_advice(state, sound_layers(4, activation)[0]).find(words), std::string::npos)
        << scheme_advice(state, sound_layers(4, activation)[0]);
  }
  LayerProbe leaky = sound_layers(4, ActivationId::kLeakyRelu)[0];
  leaky.activation_parameters.slope = 0.2;
  RunState state;
  state.scheme = SchemeId::kNormal;
  EXPECT_NE(scheme_advice(state, leaky).find("here 1.387, is made for leaky ReLU"), std::string::npos)
      << scheme_advice(state, leaky);
}

TEST(verdict_advice, a_gain_beside_the_right_scheme_is_set_back) {
  RunState state;
  state.scheme = SchemeId::kHeNormal;
  state.gain = 10;
  const LayerProbe hidden = sound_layers(4, ActivationId::kRelu)[0];
  EXPECT_FALSE(suits(state, hidden));
  EXPECT_EQ(scheme_advice(state, hidden).find("Set the gain back to 1"), 0u);
  state.gain = 1;
  EXPECT_TRUE(suits(state, hidden));
}

}  // namespace
}  // namespace initlab
