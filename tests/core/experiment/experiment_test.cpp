// What follows from an experiment without running it.
#include "core/experiment/experiment.h"

#include <gtest/gtest.h>

#include <cstdint>
#include <vector>

#include "tests/core/experiment/small_experiments.h"

namespace initlab {
namespace {

using test::course;

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
  const NetworkPlan plan = network_plan(experiment, experiment.lanes[1]);
  EXPECT_EQ(plan.sizes, (std::vector<std::size_t>{2, 10, 5, 1}));
  EXPECT_EQ(plan.hidden_activation, ActivationId::kRelu);
  EXPECT_EQ(plan.output_activation, ActivationId::kSigmoid);
  EXPECT_EQ(plan.scheme, SchemeId::kNormal);
  EXPECT_EQ(plan.parameters.std, 10);
  EXPECT_EQ(plan.seed, 3U);
  experiment.network.hidden.clear();
  EXPECT_EQ(network_plan(experiment, experiment.lanes[0]).sizes, (std::vector<std::size_t>{2, 1}));
}

TEST(Experiment, its_memory_is_counted_with_the_padding) {
  Experiment experiment;
  experiment.lanes = {course_lanes()[2]};
  experiment.network.hidden = {};
  experiment.data.samples = 9;                      // rows of 16
  experiment.data.test_samples = 1;                 // rows of 8
  const std::uint64_t weights = 2 * (8 + 1);        // w (1, 2) in a row of 8 and b, and their gradients
  const std::uint64_t passes = 3 * 16 + 2 * 8;      // z, a, d_z; z and a of the test
  const std::uint64_t data = 3 * 16 + 3 * 8;        // x and y
  const std::uint64_t field = 2 * 2048 + 2 * 2048;  // grid; z and a
  EXPECT_EQ(memory_estimate(experiment), 8 * (2 * (weights + passes) + data + field));
}

}  // namespace
}  // namespace initlab
