// What follows from an experiment without running it.
#include "core/experiment/experiment.h"

#include <gtest/gtest.h>

#include <cstdint>
#include <limits>
#include <vector>

#include "tests/core/experiment/small_experiments.h"

namespace initlab {
namespace {

using test::course;

constexpr DataShape kTwoFeatures = {.features = 2, .classes = 2, .samples = 300, .test_samples = 100};

TEST(Experiment, the_last_event_up_to_a_step_holds_for_its_lane) {
  Experiment experiment = course();
  experiment.events = {{20, 0, LiveSetting::kLearningRate, 3},
                       {10, 2, LiveSetting::kLearningRate, 2},
                       {20, 1, LiveSetting::kL2, 0.5},
                       {20, 1, LiveSetting::kL2, 0.25}};
  EXPECT_EQ(live_settings(experiment, 1, 9), (LiveSettings{0.01, 0, 0}));
  EXPECT_EQ(live_settings(experiment, 1, 10).learning_rate, 2);
  EXPECT_EQ(live_settings(experiment, 0, 19).learning_rate, 0.01);
  EXPECT_EQ(live_settings(experiment, 1, 1000).learning_rate, 3);
  EXPECT_EQ(live_settings(experiment, 0, 20), (LiveSettings{3, 0, 0.25}));
  EXPECT_EQ(live_settings(experiment, 1, 20).l2, 0);
}

TEST(Experiment, its_network_goes_from_the_features_to_one_output) {
  Experiment experiment = course();
  EXPECT_EQ(layer_sizes(experiment, kTwoFeatures), (std::vector<std::size_t>{2, 10, 5, 1}));
  const NetworkPlan plan = network_plan(experiment, experiment.lanes[1], kTwoFeatures);
  ASSERT_EQ(plan.layers.size(), 3U);
  EXPECT_EQ(plan.inputs, 2U);
  EXPECT_EQ(plan.layers[0].units, 10U);
  EXPECT_EQ(plan.layers[1].activation, ActivationId::kRelu);
  EXPECT_EQ(plan.layers[2].activation, ActivationId::kSigmoid);
  EXPECT_EQ(plan.output, OutputId::kSigmoid);
  for (const LayerPlan& layer : plan.layers) {
    EXPECT_EQ(layer.scheme, SchemeId::kNormal);
    EXPECT_EQ(layer.parameters.std, 10);
    EXPECT_EQ(layer.bias, BiasId::kFramework);
    EXPECT_FALSE(layer.batch_norm);
  }
  EXPECT_EQ(plan.seed, 3U);
  EXPECT_EQ(plan.x, nullptr);
  EXPECT_TRUE(plan.sources.empty());
  experiment.network.hidden.clear();
  EXPECT_EQ(layer_sizes(experiment, {.features = 7}), (std::vector<std::size_t>{7, 1}));
}

TEST(Experiment, a_softmax_has_a_unit_a_class_and_any_other_output_one) {
  Experiment experiment = course();
  for (const std::size_t classes : {2U, 3U, 10U}) {
    const DataShape shape = {.features = 4, .classes = classes, .samples = 9, .test_samples = 0};
    experiment.network.output = OutputId::kSoftmax;
    EXPECT_EQ(layer_sizes(experiment, shape).back(), classes);
    experiment.network.output = OutputId::kLinear;
    EXPECT_EQ(layer_sizes(experiment, shape).back(), 1U);
  }
  experiment.network.output = OutputId::kSigmoid;
  EXPECT_EQ(layer_sizes(experiment, kTwoFeatures).back(), 1U);
}

TEST(Experiment, replicas_have_the_seeds_after_the_lanes_own_and_begin_again_after_the_last_seed) {
  Experiment experiment = course();
  experiment.lanes[2].seed = 4'294'967'294;
  const auto seed = [&](std::int64_t replica) {
    return network_plan(experiment, experiment.lanes[2], kTwoFeatures, replica).seed;
  };
  EXPECT_EQ(seed(0), 4'294'967'294U);
  EXPECT_EQ(seed(1), 4'294'967'295U);
  EXPECT_EQ(seed(2), 0U);
}

TEST(Experiment, an_activation_is_the_layers_then_the_lanes_then_the_networks_but_for_the_output) {
  Experiment experiment = course();
  Lane& lane = experiment.lanes[2];
  lane.slope = 0.3;
  const auto plan = [&] { return network_plan(experiment, lane, kTwoFeatures); };
  EXPECT_EQ(plan().layers[0].activation, ActivationId::kRelu);
  lane.activation = ActivationId::kLeakyRelu;
  EXPECT_EQ(plan().layers[1].activation, ActivationId::kLeakyRelu);
  EXPECT_EQ(plan().layers[1].activation_parameters.slope, 0.3);
  LayerException second;
  second.layer = 2;
  second.start.slope = 0.5;
  second.given = {"activation"};  // unset in this layer: the network's again, whatever the lane says
  lane.layers = {second};
  EXPECT_EQ(plan().layers[0].activation, ActivationId::kLeakyRelu);
  EXPECT_EQ(plan().layers[1].activation, ActivationId::kRelu);
  EXPECT_EQ(plan().layers[1].activation_parameters.slope, 0.3) << "the slope is not given";
  EXPECT_EQ(plan().layers[2].activation, ActivationId::kSigmoid);
}

TEST(Experiment, a_layer_takes_what_its_exception_gives_and_the_rest_from_its_lane) {
  Lane lane = make_lane("L", SchemeId::kNormal, {.mean = 1, .std = 2, .gain = 3});
  lane.bias = BiasId::kConstant;
  LayerException second;
  second.layer = 2;
  second.start.scheme = SchemeId::kUniform;
  second.start.parameters.std = 9;
  second.start.parameters.limit = 4;
  second.start.bias = BiasId::kZeros;
  second.given = {"scheme", "limit", "bias"};
  lane.layers = {second};
  const LayerStart first = layer_start(lane, 1);
  EXPECT_EQ(first, static_cast<const LayerStart&>(lane));
  const LayerStart changed = layer_start(lane, 2);
  EXPECT_EQ(changed.scheme, SchemeId::kUniform);
  EXPECT_EQ(changed.parameters.limit, 4);
  EXPECT_EQ(changed.parameters.std, 2) << "not given";
  EXPECT_EQ(changed.parameters.gain, 3);
  EXPECT_EQ(changed.bias, BiasId::kZeros);
}

TEST(Experiment, a_sine_has_the_frequency_of_siren_and_else_one) {
  Experiment experiment = course();
  experiment.network.activation = ActivationId::kSine;
  Lane& lane = experiment.lanes[2];
  lane.parameters.omega = 12;
  const auto frequency = [&](std::size_t layer) {
    return network_plan(experiment, lane, kTwoFeatures).layers[layer - 1].activation_parameters.frequency;
  };
  EXPECT_EQ(frequency(1), 1);
  lane.scheme = SchemeId::kSiren;
  EXPECT_EQ(frequency(1), 12);
  EXPECT_EQ(frequency(2), 12);
  LayerException second;
  second.layer = 2;
  second.start.scheme = SchemeId::kHeNormal;
  second.given = {"scheme"};
  lane.layers = {second};
  EXPECT_EQ(frequency(2), 1);
}

TEST(Experiment, hidden_layers_are_normalized_as_the_lane_says_or_else_the_network) {
  Experiment experiment = course();
  const auto normalized = [&] {
    const NetworkPlan plan = network_plan(experiment, experiment.lanes[0], kTwoFeatures);
    EXPECT_EQ(plan.layers[0].batch_norm, plan.layers[1].batch_norm);
    EXPECT_FALSE(plan.layers[2].batch_norm) << "the output layer";
    return plan.layers[0].batch_norm;
  };
  EXPECT_FALSE(normalized());
  experiment.network.batch_norm = true;
  EXPECT_TRUE(normalized());
  experiment.lanes[0].batch_norm = false;
  EXPECT_FALSE(normalized());
  experiment.network.batch_norm = false;
  experiment.lanes[0].batch_norm = true;
  EXPECT_TRUE(normalized());
}

Experiment logistic() {
  Experiment experiment;
  experiment.lanes = {course_lanes()[2]};
  experiment.network.hidden = {};
  return experiment;
}
constexpr DataShape kSmall = {.features = 2, .classes = 2, .samples = 9, .test_samples = 1};
constexpr std::uint64_t kSmallData = 4 * 16 + 4 * 8;  // x (2), y and the targets, in rows of 16 and of 8
constexpr std::uint64_t kSmallField = 2 * 2048 + 2 * 2048;  // grid; z and a

TEST(Experiment, its_memory_is_counted_with_the_padding) {
  const std::uint64_t weights = 2 * (8 + 1);    // w (1, 2) in a row of 8 and b, and their gradients
  const std::uint64_t passes = 3 * 16 + 2 * 8;  // z, a, d_z; z and a of the test
  EXPECT_EQ(memory_estimate(logistic(), kSmall), 8 * (2 * (weights + passes) + kSmallData + kSmallField));
}

TEST(Experiment, its_memory_counts_moments_mini_batches_and_replicas) {
  Experiment experiment = logistic();
  experiment.training.optimizer = OptimizerId::kAdam;
  experiment.training.batch = 4;
  experiment.lanes[0].replicas = 5;
  const std::uint64_t weights = 4 * (8 + 1);  // and two moments
  const std::uint64_t passes = 3 * 16 + 2 * 8;
  const std::uint64_t batch = (8 + 1) + 3 * 8 + 3 * 8 + 9;  // gradients; z, a, d_z; x and targets; the order
  EXPECT_EQ(memory_estimate(experiment, kSmall),
            8 * (2 * 5 * (weights + passes + batch) + kSmallData + kSmallField));
}

TEST(Experiment, its_memory_counts_a_normalized_layer_where_a_lane_has_one) {
  Experiment experiment = logistic();
  experiment.network.hidden = {3};
  const std::uint64_t without = memory_estimate(experiment, kSmall);
  experiment.lanes[0].batch_norm = true;
  // Scale and shift with their gradients; running and batch statistics; u of both passes, where the test's is
  // as wide as the training's now.
  const std::uint64_t one_run = 2 * 2 * 3 + 4 * 3 + 3 * 16 + 3 * 16 + 2 * 4 * (16 - 8);
  EXPECT_EQ(memory_estimate(experiment, kSmall), without + 8 * (2 * one_run + 3 * 2048));
  experiment.network.batch_norm = true;
  EXPECT_EQ(memory_estimate(experiment, kSmall), without + 8 * (2 * one_run + 3 * 2048));
}

TEST(Experiment, memory_beyond_all_counting_is_the_largest_count_and_not_a_small_one) {
  Experiment experiment = course();
  experiment.network.hidden.assign(100, std::numeric_limits<std::int64_t>::max() / 2);
  constexpr std::uint64_t kMost = std::numeric_limits<std::uint64_t>::max();
  EXPECT_EQ(memory_estimate(experiment, kTwoFeatures), kMost);
  experiment.network.hidden = {4096};
  const auto huge = static_cast<std::size_t>(kMost / 2);
  EXPECT_EQ(memory_estimate(experiment, {.features = 4096, .classes = 2, .samples = huge}), kMost);
}

TEST(Experiment, a_lane_without_a_name_is_called_by_its_scheme_and_told_apart_by_a_number) {
  std::vector<Lane> lanes = {make_lane("", SchemeId::kZeros), make_lane("Zeros", SchemeId::kHeNormal),
                             make_lane("Zeros 2", SchemeId::kOnes)};
  EXPECT_EQ(lane_name(lanes, 0), "Zeros 3");
  EXPECT_EQ(lane_name(lanes, 1), scheme(SchemeId::kHeNormal).label);
}

}  // namespace
}  // namespace initlab
