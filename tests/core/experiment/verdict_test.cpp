// Each verdict from a network made to deserve it, each threshold from both sides, and none for what is
// healthy.
#include "core/experiment/verdict.h"

#include <gtest/gtest.h>

#include <algorithm>
#include <cmath>
#include <set>
#include <string>
#include <vector>

#include "tests/core/experiment/small_experiments.h"

namespace initlab {
namespace {

using test::lane_of;

bool says(const std::vector<Verdict>& verdicts, VerdictKind kind) {
  return std::ranges::find(verdicts, kind, &Verdict::kind) != verdicts.end();
}

const Verdict& verdict_of(const std::vector<Verdict>& verdicts, VerdictKind kind) {
  static const Verdict kNone;
  const auto found = std::ranges::find(verdicts, kind, &Verdict::kind);
  EXPECT_NE(found, verdicts.end()) << "no " << verdict_id(kind);
  return found == verdicts.end() ? kNone : *found;
}

std::string ids_of(const std::vector<Verdict>& verdicts) {
  std::string ids;
  for (const Verdict& verdict : verdicts) ids += std::string(verdict_id(verdict.kind)) + " ";
  return ids;
}

Experiment deep(ActivationId activation, const Lane& lane, std::size_t hidden = 10, std::int64_t width = 64) {
  Experiment experiment = test::small_experiment();
  experiment.data.samples = 256;
  experiment.network.hidden.assign(hidden, width);
  experiment.network.activation = activation;
  experiment.lanes = {lane};
  return experiment;
}

Lane normal_lane(double std) {
  Lane lane = lane_of(SchemeId::kNormal);
  lane.parameters.std = std;
  return lane;
}

std::vector<Verdict> judged(const Experiment& experiment, std::int64_t steps = 0) {
  Comparison comparison(experiment);
  comparison.advance(steps);
  return comparison.snapshot({.field = {2, 2}, .histograms = false})->runs[0].verdicts;
}

void expect_healthy(const std::vector<Verdict>& verdicts) {
  ASSERT_EQ(verdicts.size(), 1u) << ids_of(verdicts);
  EXPECT_EQ(verdicts[0].kind, VerdictKind::kHealthy) << ids_of(verdicts);
  EXPECT_TRUE(verdicts[0].good);
  EXPECT_EQ(verdicts[0].layer, 0u);
}

TEST(verdict, xavier_with_tanh_is_healthy_in_depth) {
  for (std::int64_t seed = 1; seed <= 10; ++seed) {
    expect_healthy(judged(deep(ActivationId::kTanh, lane_of(SchemeId::kXavierNormal, seed))));
    expect_healthy(judged(deep(ActivationId::kTanh, lane_of(SchemeId::kXavierUniform, seed))));
  }
}

TEST(verdict, he_with_relu_is_healthy_in_depth) {
  expect_healthy(judged(deep(ActivationId::kRelu, lane_of(SchemeId::kHeNormal))));
  // Ten layers on two inputs: some draws answer all samples alike and with too much confidence, or lose more
  // units than most, but the signal and the gradient keep their size in every one.
  int healthy = 0;
  for (std::int64_t seed = 1; seed <= 20; ++seed) {
    const auto verdicts = judged(deep(ActivationId::kRelu, lane_of(SchemeId::kHeNormal, seed)));
    healthy += verdicts[0].kind == VerdictKind::kHealthy;
    for (const Verdict& verdict : verdicts) {
      EXPECT_TRUE(verdict.kind == VerdictKind::kHealthy || verdict.kind == VerdictKind::kTooLarge ||
                  verdict.kind == VerdictKind::kDeadUnits)
          << seed << ": " << ids_of(verdicts);
    }
  }
  EXPECT_GE(healthy, 14);
}

TEST(verdict, only_healthy_is_good) {
  const auto verdicts = judged(deep(ActivationId::kRelu, lane_of(SchemeId::kZeros)), 600);
  EXPECT_GT(verdicts.size(), 1u);
  for (const Verdict& verdict : verdicts) {
    EXPECT_FALSE(verdict.good);
    EXPECT_FALSE(verdict.text.empty());
  }
}

TEST(verdict, zeros_with_relu_have_no_gradient_and_stay_at_chance) {
  const Experiment experiment = deep(ActivationId::kRelu, lane_of(SchemeId::kZeros), 2, 10);
  const auto at_start = judged(experiment);
  EXPECT_EQ(at_start[0].kind, VerdictKind::kNoGradient);
  EXPECT_FALSE(says(at_start, VerdictKind::kAtChance));
  const auto later = judged(experiment, kPlateauSteps);
  EXPECT_EQ(later[0].kind, VerdictKind::kNoGradient);
  EXPECT_TRUE(says(later, VerdictKind::kAtChance));
}

TEST(verdict, constant_weights_make_identical_units_from_the_first_layer_on) {
  const auto verdicts = judged(deep(ActivationId::kTanh, lane_of(SchemeId::kConstant), 2, 10), 20);
  EXPECT_EQ(verdict_of(verdicts, VerdictKind::kIdenticalUnits).layer, 1u);
  EXPECT_FALSE(says(verdicts, VerdictKind::kNoGradient));
}

TEST(verdict, far_too_large_weights_saturate_tanh_and_cost_more_than_guessing) {
  const auto verdicts = judged(deep(ActivationId::kTanh, normal_lane(10), 2, 20));
  EXPECT_TRUE(says(verdicts, VerdictKind::kTooLarge)) << ids_of(verdicts);
  EXPECT_EQ(verdict_of(verdicts, VerdictKind::kSaturated).layer, 1u);
}

TEST(verdict, weights_too_small_for_their_depth_vanish_and_too_large_ones_explode) {
  // A layer of tanh multiplies the gradient by std * sqrt(64): 0.5 here, ten times.
  const auto small = judged(deep(ActivationId::kTanh, normal_lane(0.5 / 8)));
  EXPECT_EQ(verdict_of(small, VerdictKind::kVanishingGradient).layer, 1u);
  EXPECT_FALSE(says(small, VerdictKind::kExplodingGradient));
  // A layer of ReLU by std * sqrt(32): 2 here.
  const auto large = judged(deep(ActivationId::kRelu, normal_lane(2 / std::sqrt(32.0))));
  EXPECT_EQ(verdict_of(large, VerdictKind::kExplodingGradient).layer, 1u);
  EXPECT_FALSE(says(large, VerdictKind::kVanishingGradient));
}

TEST(verdict, a_deep_network_of_small_weights_is_stuck_at_chance_and_one_that_learns_is_not) {
  const auto stuck = judged(deep(ActivationId::kTanh, normal_lane(0.01), 10, 16), 600);
  EXPECT_TRUE(says(stuck, VerdictKind::kAtChance)) << ids_of(stuck);
  Experiment moons = deep(ActivationId::kTanh, lane_of(SchemeId::kXavierNormal), 2, 10);
  moons.data.kind = DatasetId::kMoons;
  EXPECT_FALSE(says(judged(moons, 600), VerdictKind::kAtChance));
}

TEST(verdict, a_diverged_run_says_so_first_and_names_the_layer) {
  Comparison comparison(test::diverging_experiment());
  comparison.advance(200);
  const auto snapshot = comparison.snapshot({.field = {2, 2}});
  std::size_t diverged = 0;
  for (const RunSnapshot& run : snapshot->runs) {
    if (!run.diverged) continue;
    ++diverged;
    EXPECT_EQ(run.verdicts[0].kind, VerdictKind::kDiverged);
    EXPECT_EQ(run.verdicts[0].layer, run.diverged->where.layer);
    EXPECT_FALSE(says(run.verdicts, VerdictKind::kHealthy));
    EXPECT_FALSE(says(run.verdicts, VerdictKind::kAtChance));
  }
  EXPECT_GT(diverged, 0u);
}

TEST(verdict, units_that_bias_has_silenced_are_dead) {
  const Dataset data = make_dataset({});
  Network network =
      make_network({.sizes = {2, 20, 20, 1}, .scheme = SchemeId::kHeNormal, .parameters = {}, .seed = 1});
  for (std::size_t unit = 0; unit < 12; ++unit) network.layers[1].b[unit] = -100;
  Workspace pass;
  forward(network, data.train.x, pass);
  backward(network, {}, data.train.x, data.train.y, pass);
  std::vector<LayerProbe> layers;
  probe_layers(network, pass, layers);
  const auto verdicts = judge({}, layers);
  EXPECT_EQ(verdict_of(verdicts, VerdictKind::kDeadUnits).layer, 2u);
}

// A network of two hidden layers of `units` and one output with nothing to complain about.
std::vector<LayerProbe> sound_layers(std::size_t units, ActivationId activation) {
  std::vector<LayerProbe> layers(3);
  for (std::size_t l = 0; l < layers.size(); ++l) {
    const bool output = l + 1 == layers.size();
    LayerProbe& layer = layers[l];
    layer.layer = l + 1;
    layer.units = layer.distinct_units = output ? 1 : units;
    layer.activation = output ? ActivationId::kSigmoid : activation;
    for (TensorProbe* tensor : {&layer.weights, &layer.z, &layer.a, &layer.d_z, &layer.d_w}) {
      tensor->summary = {.mean = 0, .std = 1, .min = -2, .max = 2, .count = 100, .non_finite = 0};
    }
  }
  return layers;
}

RunState sound_state() {
  RunState state;
  state.step = 1000;
  state.cost = 0.3;
  state.first_cost = 0.7;
  state.earlier_cost = 0.4;
  state.chance_cost = 0.7;
  return state;
}

TEST(verdict, nothing_to_complain_about_is_healthy) {
  const auto verdicts = judge(sound_state(), sound_layers(20, ActivationId::kRelu));
  ASSERT_EQ(verdicts.size(), 1u);
  EXPECT_EQ(verdicts[0].kind, VerdictKind::kHealthy);
}

TEST(verdict, more_than_70_percent_dead_of_a_narrow_layer_or_40_of_a_wide_one_are_too_many) {
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

TEST(verdict, fewer_than_half_of_the_units_distinct_are_too_few) {
  struct Row {
    std::size_t units, distinct;
    bool too_few;
  };
  for (const auto& [units, distinct, too_few] :
       {Row{10, 5, false}, {10, 4, true}, {11, 5, true}, {2, 1, true}, {2, 2, false}, {1, 1, false}}) {
    std::vector<LayerProbe> layers = sound_layers(units, ActivationId::kTanh);
    layers[1].distinct_units = distinct;
    const auto verdicts = judge(sound_state(), layers);
    EXPECT_EQ(says(verdicts, VerdictKind::kIdenticalUnits), too_few) << distinct << " of " << units;
    if (too_few) {
      EXPECT_EQ(verdict_of(verdicts, VerdictKind::kIdenticalUnits).layer, 2u);
    }
  }
}

TEST(verdict, more_than_a_quarter_of_a_hidden_layer_saturated_is_too_much) {
  std::vector<LayerProbe> layers = sound_layers(10, ActivationId::kTanh);
  layers[1].saturated = 0.25;
  layers[2].saturated = 1;  // a confident output is no trouble
  EXPECT_TRUE(says(judge(sound_state(), layers), VerdictKind::kHealthy));
  layers[1].saturated = 0.26;
  EXPECT_EQ(verdict_of(judge(sound_state(), layers), VerdictKind::kSaturated).layer, 2u);
}

TEST(verdict, a_first_cost_of_half_as_much_again_as_guessing_is_too_large) {
  RunState state = sound_state();
  const auto layers = sound_layers(10, ActivationId::kTanh);
  state.first_cost = 1.5 * state.chance_cost;
  EXPECT_TRUE(says(judge(state, layers), VerdictKind::kHealthy));
  state.first_cost *= 1.001;
  EXPECT_TRUE(says(judge(state, layers), VerdictKind::kTooLarge));
  state.chance_cost = 0;  // no chance to compare with
  EXPECT_TRUE(says(judge(state, layers), VerdictKind::kHealthy));
}

TEST(verdict, gradients_are_judged_by_their_size_in_the_first_layer_over_that_in_the_last) {
  struct Row {
    double ratio;
    VerdictKind kind;
  };
  for (const auto& [ratio, kind] : {Row{0.0497, VerdictKind::kVanishingGradient},
                                    {0.0499, VerdictKind::kHealthy},
                                    {20.0, VerdictKind::kHealthy},
                                    {20.2, VerdictKind::kExplodingGradient},
                                    {1e-290, VerdictKind::kVanishingGradient},
                                    {1e290, VerdictKind::kExplodingGradient}}) {
    std::vector<LayerProbe> layers = sound_layers(10, ActivationId::kTanh);
    layers[0].d_z.summary.std = ratio;
    const auto verdicts = judge(sound_state(), layers);
    EXPECT_EQ(verdicts[0].kind, kind) << ratio;
    // The root mean square counts, not the spread alone.
    std::swap(layers[0].d_z.summary.std, layers[0].d_z.summary.mean);
    layers[0].d_z.summary.std = 0;
    EXPECT_EQ(judge(sound_state(), layers)[0].kind, kind) << ratio;
  }
}

TEST(verdict, stuck_is_near_guessing_on_either_side_and_hardly_moving) {
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

TEST(verdict, has_no_gradient_only_where_no_weight_has_one) {
  std::vector<LayerProbe> layers = sound_layers(10, ActivationId::kRelu);
  for (std::size_t l = 0; l < 3; ++l) {
    EXPECT_FALSE(says(judge(sound_state(), layers), VerdictKind::kNoGradient));
    layers[l].d_w.summary = {};
  }
  EXPECT_EQ(judge(sound_state(), layers)[0].kind, VerdictKind::kNoGradient);
  layers[0].d_w.summary.non_finite = 3;
  EXPECT_FALSE(says(judge(sound_state(), layers), VerdictKind::kNoGradient));
}

TEST(verdict, every_kind_has_an_id_of_its_own) {
  std::set<std::string_view> ids;
  for (int kind = 0; kind <= static_cast<int>(VerdictKind::kHealthy); ++kind) {
    ids.insert(verdict_id(static_cast<VerdictKind>(kind)));
  }
  EXPECT_EQ(ids.size(), static_cast<std::size_t>(VerdictKind::kHealthy) + 1);
  EXPECT_EQ(verdict_id(VerdictKind::kDiverged), "diverged");
  EXPECT_EQ(verdict_id(VerdictKind::kTooLarge), "too_large");
  EXPECT_EQ(verdict_id(VerdictKind::kSaturated), "saturated");
  EXPECT_EQ(verdict_id(VerdictKind::kHealthy), "healthy");
}

}  // namespace
}  // namespace initlab
