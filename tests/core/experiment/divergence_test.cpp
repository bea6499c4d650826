// A run whose numbers blow up says where, stops there, and keeps no other lane from going on.
#include <gtest/gtest.h>

#include <cmath>

#include "core/experiment/comparison.h"
#include "tests/core/experiment/small_experiments.h"

namespace initlab {
namespace {

using test::diverging_experiment;
using test::lane_of;

// The same training by hand, until a number is not finite.
Divergence diverged_by_hand(const Experiment& experiment, std::size_t lane) {
  const Samples samples = make_dataset(experiment.data).train;
  const Objective objective{experiment.training.loss, experiment.training.l1, experiment.training.l2};
  Network network =
      make_network(network_plan(experiment, experiment.lanes[lane], *shape_of(experiment.data)));
  Workspace pass;
  OptimizerState state;
  for (std::int64_t step = 0; step < experiment.training.steps; ++step) {
    if (const auto where = forward(network, samples.x, pass)) return {step, *where};
    if (!std::isfinite(cost(network, objective, samples.y, pass))) return {step, {0, Tensor::kCost}};
    if (const auto where = backward(network, objective, samples.x, samples.y, pass)) return {step, *where};
    const auto where =
        update(OptimizerId::kGradientDescent, experiment.training.learning_rate, pass, state, network);
    if (where) return {step + 1, *where};
  }
  return {-1, {}};
}

const Summary& summary_of(const RunSnapshot& run, const NonFinite& where) {
  const LayerProbe& layer = run.layers[where.layer - 1];
  switch (where.tensor) {
    case Tensor::kZ:
      return layer.z.summary;
    case Tensor::kA:
      return layer.a.summary;
    case Tensor::kDz:
      return layer.d_z.summary;
    case Tensor::kDw:
      return layer.d_w.summary;
    default:
      return layer.weights.summary;
  }
}

TEST(divergence, is_reported_with_step_layer_and_tensor_where_it_first_stood) {
  std::size_t in_a_tensor = 0;
  for (const ActivationId activation : {ActivationId::kRelu, ActivationId::kLinear, ActivationId::kTanh}) {
    Experiment experiment = diverging_experiment();
    experiment.network.activation = activation;
    Comparison comparison(experiment);
    comparison.advance(experiment.training.steps);
    const auto snapshot = comparison.snapshot({.field = {4, 3}});
    for (std::size_t lane = 0; lane < 3; ++lane) {
      const RunSnapshot& run = snapshot->runs[lane];
      const Divergence expected = diverged_by_hand(experiment, lane);
      if (expected.step < 0) continue;
      ASSERT_TRUE(run.diverged);
      EXPECT_EQ(*run.diverged, expected);
      EXPECT_EQ(run.step, expected.step);
      if (expected.where.layer == 0) continue;
      ++in_a_tensor;
      EXPECT_GT(summary_of(run, expected.where).non_finite, 0);
    }
  }
  EXPECT_GT(in_a_tensor, 0u);
}

TEST(divergence, stops_its_own_lane_alone) {
  Experiment experiment = diverging_experiment();
  experiment.training.learning_rate = 0.01;
  experiment.lanes[1] = lane_of(SchemeId::kNormal);
  experiment.lanes[1].parameters.std = 1e150;
  Comparison comparison(experiment);
  comparison.advance(200);
  ASSERT_TRUE(comparison.run(1).diverged());
  const std::int64_t end = comparison.run(1).step();
  EXPECT_LT(end, 5);
  EXPECT_EQ(comparison.step(), 200);
  EXPECT_EQ(comparison.run(0).step(), 200);
  EXPECT_EQ(comparison.run(2).step(), 200);
  comparison.advance(100);
  EXPECT_EQ(comparison.run(1).step(), end);
  const auto snapshot = comparison.snapshot({.field = {4, 3}});
  EXPECT_EQ(snapshot->runs[1].step, end);
  EXPECT_FALSE(snapshot->runs[0].diverged);
  EXPECT_FALSE(snapshot->runs[1].catching_up);
}

TEST(divergence, looked_at_or_not_ends_in_the_same_bits) {
  const Experiment experiment = diverging_experiment();
  Comparison looked_at(experiment);
  for (int i = 0; i < 100; ++i) {
    looked_at.advance(1);
    (void)looked_at.snapshot({.field = {4, 3}});
  }
  Comparison comparison(experiment);
  comparison.advance(100);
  for (std::size_t lane = 0; lane < 3; ++lane) {
    EXPECT_EQ(looked_at.run(lane).diverged(), comparison.run(lane).diverged());
    EXPECT_EQ(test::bits_of(looked_at.run(lane)), test::bits_of(comparison.run(lane)));
  }
}

TEST(divergence, is_forgotten_by_a_rewind) {
  Comparison comparison(diverging_experiment());
  comparison.advance(100);
  ASSERT_TRUE(comparison.run(0).diverged());
  comparison.rewind();
  EXPECT_FALSE(comparison.run(0).diverged());
  EXPECT_EQ(comparison.run(0).step(), 0);
  comparison.set_live(LiveSetting::kLearningRate, 0, 1e-3);
  comparison.advance(100);
  EXPECT_EQ(comparison.run(0).step(), 100);
}

}  // namespace
}  // namespace initlab
