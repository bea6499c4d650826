// Each verdict from a network built to deserve it, and none for what is healthy.
#include "core/experiment/verdict/verdict.h"

#include <gtest/gtest.h>

#include <algorithm>
#include <cmath>
#include <string>
#include <utility>
#include <vector>

#include "tests/core/experiment/measure/probed_networks.h"
#include "tests/core/experiment/small_experiments.h"

namespace initlab {
namespace {

using test::find_verdict;
using test::ids_of;
using test::probed;
using test::ProbedNetwork;
using test::says;
using test::Start;
using test::with_std;

// The verdict of that kind, which has to be there.
Verdict verdict_of(const std::vector<Verdict>& verdicts, VerdictKind kind) {
  const Verdict* found = find_verdict(verdicts, kind);
  EXPECT_NE(found, nullptr) << "no " << verdict_id(kind) << " among " << ids_of(verdicts);
  return found ? *found : Verdict{};
}

void expect_healthy(const std::vector<Verdict>& verdicts, std::uint32_t seed) {
  ASSERT_EQ(verdicts.size(), 1u) << ids_of(verdicts) << seed;
  EXPECT_EQ(verdicts[0].kind, VerdictKind::kHealthy) << seed;
  EXPECT_TRUE(verdicts[0].good);
  EXPECT_TRUE(verdicts[0].advice.empty());
  EXPECT_EQ(verdicts[0].layer, 0u);
}

TEST(verdict, xavier_with_tanh_is_healthy_in_depth) {
  for (std::uint32_t seed = 1; seed <= 10; ++seed) {
    for (const std::size_t inputs : {2u, 64u}) {
      Start start{.inputs = inputs, .activation = ActivationId::kTanh, .seed = seed};
      start.scheme = seed % 2 == 0 ? SchemeId::kXavierNormal : SchemeId::kXavierUniform;
      expect_healthy(probed(start).verdicts(), seed);
    }
  }
}

TEST(verdict, lecun_with_selu_is_healthy_in_depth) {
  for (std::uint32_t seed = 1; seed <= 10; ++seed) {
    expect_healthy(probed({.activation = ActivationId::kSelu, .scheme = SchemeId::kLecunNormal, .seed = seed})
                       .verdicts(),
                   seed);
  }
}

TEST(verdict, he_with_relu_is_healthy_in_depth) {
  // One draw in twenty answers all samples alike and with too much confidence; nothing else is ever said.
  int healthy = 0;
  for (std::uint32_t seed = 1; seed <= 20; ++seed) {
    const auto verdicts = probed({.seed = seed}).verdicts();
    ASSERT_EQ(verdicts.size(), 1u) << ids_of(verdicts) << seed;
    EXPECT_TRUE(verdicts[0].good || verdicts[0].kind == VerdictKind::kTooLarge) << ids_of(verdicts) << seed;
    healthy += verdicts[0].kind == VerdictKind::kHealthy;
  }
  EXPECT_GE(healthy, 17);
}

TEST(verdict, zeros_with_relu_get_no_gradient_and_constant_weights_stay_copies) {
  const Start zeros{.inputs = 2, .hidden = {10, 5}, .scheme = SchemeId::kZeros};
  const auto none = probed(zeros).verdicts();
  EXPECT_EQ(none[0].kind, VerdictKind::kNoGradient);
  EXPECT_NE(none[0].text.find("all weights are 0, and ReLU of 0 passes nothing back"), std::string::npos)
      << none[0].text;
  EXPECT_NE(none[0].text.find("all 10 units of layer 1 are identical"), std::string::npos) << none[0].text;
  EXPECT_FALSE(says(none, VerdictKind::kDeadNetwork));

  Start constant = zeros;
  constant.scheme = SchemeId::kConstant;
  ProbedNetwork clones = probed(constant);
  for (int round = 0; round < 2; ++round) {
    const Verdict verdict = verdict_of(clones.verdicts(), VerdictKind::kIdenticalUnits);
    EXPECT_EQ(verdict.layer, 1u);
    EXPECT_EQ(verdict.text,
              "All 10 units of layer 1 are identical: they get the same gradient and stay copies.");
    EXPECT_NE(verdict.advice.find("He"), std::string::npos) << verdict.advice;
    EXPECT_FALSE(says(clones.verdicts(), VerdictKind::kNoGradient));
    clones.train(50, 0.01);
  }
}

TEST(verdict, two_identical_units_are_both_and_one_unit_is_never_a_copy) {
  const Start start{
      .inputs = 2, .hidden = {2}, .activation = ActivationId::kTanh, .scheme = SchemeId::kConstant};
  EXPECT_EQ(probed(start).verdicts()[0].text,
            "Both units of layer 1 are identical: they get the same gradient and stay copies.");
  Start single = start;
  single.hidden = {1};
  EXPECT_FALSE(says(probed(single).verdicts(), VerdictKind::kIdenticalUnits));
}

TEST(verdict, copies_whose_gradients_differ_are_parted_and_nothing_is_wrong) {
  ProbedNetwork network = probed({.inputs = 2, .hidden = {10}, .activation = ActivationId::kTanh});
  network.network.layers[0].w = Matrix(10, 2);
  network.look();
  const Verdict verdict = verdict_of(network.verdicts(), VerdictKind::kIdenticalUnits);
  EXPECT_TRUE(verdict.good);
  EXPECT_NE(verdict.text.find("parts them"), std::string::npos) << verdict.text;
  network.train(1, 0.1);
  EXPECT_FALSE(says(network.verdicts(), VerdictKind::kIdenticalUnits));
}

TEST(verdict, a_single_layer_learns_from_zeros) {
  ProbedNetwork network = probed({.inputs = 3, .hidden = {}, .scheme = SchemeId::kZeros});
  expect_healthy(network.verdicts(), 1);
}

TEST(verdict, a_network_without_inputs_that_differ_from_zero_gets_no_gradient) {
  ProbedNetwork network = probed({.inputs = 3, .hidden = {}, .scheme = SchemeId::kZeros});
  network.x = Matrix(3, 256);
  network.look();
  EXPECT_EQ(network.verdicts()[0].kind, VerdictKind::kNoGradient);
}

TEST(verdict, a_layer_that_bias_has_silenced_altogether_is_dead_and_says_what_that_means) {
  ProbedNetwork network = probed({.inputs = 2, .hidden = {20, 20}});
  for (double& b : network.network.layers[1].b) b = -100;
  network.look();
  const auto verdicts = network.verdicts();
  EXPECT_EQ(verdicts[0].kind, VerdictKind::kDeadNetwork) << ids_of(verdicts);
  EXPECT_EQ(verdicts[0].layer, 2u);
  EXPECT_NE(verdicts[0].text.find("all 20 units are 0"), std::string::npos) << verdicts[0].text;
  EXPECT_FALSE(says(verdicts, VerdictKind::kDeadUnits));
  EXPECT_FALSE(says(verdicts, VerdictKind::kNoGradient));
}

TEST(verdict, units_that_bias_has_silenced_are_dead) {
  ProbedNetwork network = probed({.inputs = 2, .hidden = {20, 20}});
  for (std::size_t unit = 0; unit < 12; ++unit) network.network.layers[1].b[unit] = -100;
  network.look();
  const Verdict verdict = verdict_of(network.verdicts(), VerdictKind::kDeadUnits);
  EXPECT_EQ(verdict.layer, 2u);
  EXPECT_NE(verdict.advice.find("eaky ReLU"), std::string::npos) << verdict.advice;
}

TEST(verdict, units_drawn_as_multiples_of_one_another_are_near_copies) {
  ProbedNetwork network = probed(
      {.inputs = 16, .hidden = {20}, .activation = ActivationId::kTanh, .scheme = SchemeId::kXavierNormal});
  Matrix& w = network.network.layers[0].w;
  for (std::size_t r = 1; r < 12; ++r) {
    for (std::size_t c = 0; c < w.columns(); ++c) w(r, c) = (r % 2 == 0 ? 0.5 : -1.5) * w(0, c);
  }
  network.look();
  const Verdict verdict = verdict_of(network.verdicts(), VerdictKind::kNearCopies);
  EXPECT_EQ(verdict.text, "Layer 1: 12 of 20 units point almost the same way as another.");
  EXPECT_NE(verdict.advice.find("orthogonal"), std::string::npos);
}

TEST(verdict, far_too_large_weights_saturate_tanh_and_cost_more_than_guessing) {
  const auto verdicts = probed({.hidden = {20, 20},
                                .activation = ActivationId::kTanh,
                                .scheme = SchemeId::kNormal,
                                .parameters = with_std(10)})
                            .verdicts();
  EXPECT_FALSE(verdict_of(verdicts, VerdictKind::kTooLarge).good);
  EXPECT_EQ(verdict_of(verdicts, VerdictKind::kSaturated).layer, 1u);
  EXPECT_NE(verdict_of(verdicts, VerdictKind::kSaturated).advice.find("Xavier"), std::string::npos);
}

TEST(verdict, weights_too_small_for_their_depth_vanish_and_too_large_ones_explode) {
  // A layer of tanh or ReLU keeps the size of z at std 1/8 or sqrt(2)/8; half and twice that are lost in ten.
  const auto small =
      probed(
          {.activation = ActivationId::kTanh, .scheme = SchemeId::kNormal, .parameters = with_std(0.5 / 8)})
          .verdicts();
  EXPECT_EQ(verdict_of(small, VerdictKind::kVanishingSignal).layer, 10u);
  EXPECT_EQ(verdict_of(small, VerdictKind::kVanishingGradient).layer, 1u);
  EXPECT_FALSE(says(small, VerdictKind::kExplodingGradient) || says(small, VerdictKind::kExplodingSignal));
  const auto large =
      probed({.scheme = SchemeId::kNormal, .parameters = with_std(2 / std::sqrt(32.0))}).verdicts();
  EXPECT_EQ(verdict_of(large, VerdictKind::kExplodingSignal).layer, 10u);
  EXPECT_EQ(verdict_of(large, VerdictKind::kExplodingGradient).layer, 1u);
  EXPECT_FALSE(says(large, VerdictKind::kVanishingGradient) || says(large, VerdictKind::kVanishingSignal));
  EXPECT_NE(verdict_of(large, VerdictKind::kExplodingSignal).advice.find("He"), std::string::npos);
}

TEST(verdict, the_size_of_weights_says_nothing_behind_batch_normalization) {
  for (const double std : {1e-3, 1.0, 1e3}) {
    const auto verdicts =
        probed({.scheme = SchemeId::kNormal, .parameters = with_std(std), .batch_norm = true}).verdicts();
    for (const VerdictKind kind : {VerdictKind::kVanishingSignal, VerdictKind::kExplodingSignal,
                                   VerdictKind::kVanishingGradient, VerdictKind::kExplodingGradient}) {
      EXPECT_FALSE(says(verdicts, kind)) << std << ": " << ids_of(verdicts);
    }
  }
}

TEST(verdict, a_deep_stack_of_framework_defaults_makes_all_samples_alike) {
  // Ten layers of PyTorch's default on two inputs: effective rank 1.03, the reference, 4.7.
  const auto verdicts = probed({.inputs = 2, .scheme = SchemeId::kPytorchLinear}).verdicts();
  const Verdict verdict = verdict_of(verdicts, VerdictKind::kRankCollapse);
  EXPECT_GT(verdict.layer, 1u);
  EXPECT_NE(verdict.text.find("on all samples look alike; in layer 10 effective rank 1.0"),
            std::string::npos);
  EXPECT_NE(verdict.text.find("mean cosine 1 − "), std::string::npos) << verdict.text;
}

TEST(verdict, a_shallow_tanh_network_of_small_weights_is_nearly_linear_and_nothing_is_wrong) {
  const auto verdicts = probed({.inputs = 2,
                                .hidden = {10},
                                .activation = ActivationId::kTanh,
                                .scheme = SchemeId::kNormal,
                                .parameters = with_std(0.01)})
                            .verdicts();
  ASSERT_EQ(verdicts.size(), 1u) << ids_of(verdicts);
  EXPECT_EQ(verdicts[0].kind, VerdictKind::kEffectivelyLinear);
  EXPECT_TRUE(verdicts[0].good);
}

Experiment deep(ActivationId activation, SchemeId scheme, double std = 0.01) {
  Experiment experiment = test::small_experiment();
  experiment.network.hidden.assign(10, 16);
  experiment.network.activation = activation;
  experiment.lanes = {test::lane_of(scheme)};
  experiment.lanes[0].parameters.std = std;
  return experiment;
}

std::vector<std::vector<Verdict>> judged(const Experiment& experiment, std::int64_t steps) {
  Comparison comparison(experiment);
  comparison.advance(steps);
  std::vector<std::vector<Verdict>> verdicts;
  const auto snapshot = comparison.snapshot({.field = {2, 2}, .histograms = false});
  for (const RunSnapshot& run : snapshot->runs) verdicts.push_back(run.verdicts);
  return verdicts;
}

TEST(verdict, a_deep_network_of_small_weights_is_stuck_at_chance_and_one_that_learns_is_not) {
  const auto stuck = judged(deep(ActivationId::kTanh, SchemeId::kNormal), 600)[0];
  EXPECT_NE(verdict_of(stuck, VerdictKind::kAtChance).advice.find("Xavier"), std::string::npos);
  Experiment moons = deep(ActivationId::kTanh, SchemeId::kXavierNormal);
  moons.data.kind = DatasetId::kMoons;
  EXPECT_FALSE(says(judged(moons, 600)[0], VerdictKind::kAtChance));
}

TEST(verdict, a_diverged_run_says_so_first_names_the_layer_and_advises_a_smaller_rate_for_he) {
  const Experiment experiment = test::diverging_experiment();
  Comparison comparison(experiment);
  comparison.advance(200);
  const auto snapshot = comparison.snapshot({.field = {2, 2}});
  const RunSnapshot& he = snapshot->runs[0];
  ASSERT_TRUE(he.diverged.has_value());
  EXPECT_EQ(he.verdicts[0].kind, VerdictKind::kDiverged);
  EXPECT_EQ(he.verdicts[0].layer, he.diverged->where.layer);
  EXPECT_EQ(he.verdicts[0].advice, "Try a learning rate below 1e6.");
  for (const Verdict& verdict : he.verdicts) {
    EXPECT_TRUE(verdict.kind == VerdictKind::kDiverged || verdict.kind == VerdictKind::kTooLarge);
  }
}

}  // namespace
}  // namespace initlab
