// A comparison steps its lanes in lock step, and nothing about how it is called changes a bit of what it
// computes.
#include "core/experiment/comparison.h"

#include <gtest/gtest.h>

#include <algorithm>
#include <cmath>
#include <limits>
#include <set>

#include "tests/core/experiment/small_experiments.h"

namespace initlab {
namespace {

using test::bits_of;
using test::lane_of;
using test::small_experiment;
using test::trained_bits;

TEST(comparison, keeps_every_lane_at_the_same_step) {
  Comparison comparison(small_experiment());
  EXPECT_EQ(comparison.step(), 0);
  std::int64_t expected = 0;
  for (const std::int64_t count : {1, 0, 5, 94}) {
    comparison.advance(count);
    expected += count;
    EXPECT_EQ(comparison.step(), expected);
    for (std::size_t lane = 0; lane < 3; ++lane) EXPECT_EQ(comparison.run(lane).step(), expected);
  }
}

TEST(comparison, advancing_by_one_many_times_is_advancing_at_once) {
  Comparison comparison(small_experiment());
  for (int i = 0; i < 200; ++i) comparison.advance(1);
  EXPECT_EQ(bits_of(comparison), trained_bits(small_experiment(), 200));
}

TEST(comparison, has_the_same_bits_at_every_thread_count) {
  Experiment experiment = small_experiment();
  for (const std::int64_t seed : {11, 12, 13})
    experiment.lanes.push_back(lane_of(SchemeId::kXavierNormal, seed));
  const auto expected = trained_bits(experiment, 150);
  ASSERT_EQ(expected.size(), 6u);
  EXPECT_EQ(std::set(expected.begin(), expected.end()).size(), 6u);
  for (const unsigned threads : {0u, 2u, 3u, 6u, 20u}) {
    Comparison comparison(experiment, {.threads = threads});
    for (int i = 0; i < 150; ++i) comparison.advance(1);
    EXPECT_EQ(bits_of(comparison), expected) << threads << " threads";
  }
}

TEST(comparison, measuring_in_between_changes_nothing) {
  Comparison comparison(small_experiment());
  for (int i = 0; i < 30; ++i) {
    comparison.advance(7);
    (void)comparison.snapshot({.field = {9, 5 + i}, .histograms = i % 2 == 0, .range_per_layer = i % 3 == 0});
  }
  EXPECT_EQ(bits_of(comparison), trained_bits(small_experiment(), 210));
}

TEST(comparison, stops_at_the_experiments_steps) {
  Experiment experiment = small_experiment();
  experiment.training.steps = 40;
  Comparison comparison(experiment);
  comparison.advance(39);
  EXPECT_FALSE(comparison.finished());
  comparison.advance(std::numeric_limits<std::int64_t>::max());
  EXPECT_TRUE(comparison.finished());
  EXPECT_EQ(comparison.step(), 40);
  EXPECT_EQ(bits_of(comparison), trained_bits(small_experiment(), 40));
  comparison.advance(1);
  EXPECT_EQ(comparison.step(), 40);
}

TEST(comparison, set_steps_moves_the_end_but_never_before_now) {
  Comparison comparison(small_experiment());
  comparison.set_steps(50);
  comparison.advance(500);
  EXPECT_EQ(comparison.step(), 50);
  comparison.set_steps(60);
  EXPECT_FALSE(comparison.finished());
  comparison.advance(500);
  EXPECT_EQ(comparison.step(), 60);
  comparison.set_steps(10);
  EXPECT_EQ(comparison.experiment().training.steps, 60);
  EXPECT_EQ(bits_of(comparison), trained_bits(small_experiment(), 60));
}

TEST(comparison, rewinding_takes_the_same_path_again) {
  Comparison comparison(small_experiment());
  const auto fresh = bits_of(comparison);
  comparison.advance(123);
  const auto first = bits_of(comparison);
  comparison.rewind();
  EXPECT_EQ(comparison.step(), 0);
  EXPECT_EQ(bits_of(comparison), fresh);
  comparison.advance(123);
  EXPECT_EQ(bits_of(comparison), first);
}

TEST(comparison, a_new_seed_is_the_next_one_of_every_lane_at_step_zero) {
  Experiment experiment = small_experiment();
  experiment.lanes[2].seed = 0xffffffff;
  Comparison comparison(experiment);
  comparison.advance(20);
  comparison.new_seed();
  EXPECT_EQ(comparison.step(), 0);
  experiment.lanes[0].seed = 4;
  experiment.lanes[1].seed = 6;
  experiment.lanes[2].seed = 0;  // a seed has 32 bits
  EXPECT_EQ(comparison.experiment(), experiment);
  comparison.advance(20);
  EXPECT_EQ(bits_of(comparison), trained_bits(experiment, 20));
}

TEST(comparison, replaced_by_an_experiment_of_other_data_and_lanes_it_is_that_experiment) {
  Comparison comparison(small_experiment());
  comparison.advance(25);
  Experiment next = small_experiment();
  next.data.kind = DatasetId::kSpiral;
  next.data.samples = 40;
  next.network.hidden = {4};
  for (const std::size_t lanes : {1u, 6u, 2u}) {
    next.lanes.assign(lanes, lane_of(SchemeId::kHeUniform));
    for (std::size_t i = 0; i < lanes; ++i) next.lanes[i].seed = static_cast<std::int64_t>(i);
    comparison.replace(next);
    EXPECT_EQ(comparison.step(), 0);
    comparison.advance(30);
    EXPECT_EQ(bits_of(comparison), trained_bits(next, 30)) << lanes << " lanes";
    EXPECT_EQ(comparison.snapshot({.field = {4, 3}})->data->train.count(), 40u);
  }
}

TEST(comparison, without_hidden_layers_it_is_logistic_regression) {
  Experiment experiment = small_experiment();
  experiment.network.hidden = {};
  experiment.lanes = {lane_of(SchemeId::kXavierNormal)};
  Comparison comparison(experiment);
  const Samples samples = make_dataset(experiment.data).train;
  double w0 = comparison.run(0).network().layers[0].w(0, 0);
  double w1 = comparison.run(0).network().layers[0].w(0, 1);
  double b = 0;
  for (int step = 0; step < 50; ++step) {
    double g0 = 0, g1 = 0, gb = 0;
    for (std::size_t i = 0; i < samples.count(); ++i) {
      const double p = 1 / (1 + std::exp(-(w0 * samples.x(0, i) + w1 * samples.x(1, i) + b)));
      const double d = (p - samples.y(0, i)) / static_cast<double>(samples.count());
      g0 += d * samples.x(0, i);
      g1 += d * samples.x(1, i);
      gb += d;
    }
    w0 -= experiment.training.learning_rate * g0;
    w1 -= experiment.training.learning_rate * g1;
    b -= experiment.training.learning_rate * gb;
  }
  comparison.advance(50);
  const Layer& layer = comparison.run(0).network().layers[0];
  EXPECT_NEAR(layer.w(0, 0), w0, 1e-13);
  EXPECT_NEAR(layer.w(0, 1), w1, 1e-13);
  EXPECT_NEAR(layer.b[0], b, 1e-13);
}

TEST(comparison, every_output_and_loss_learns_and_only_probabilities_have_accuracies) {
  for (const Output& output : outputs()) {
    for (const Loss& loss : losses()) {
      if (loss.kind == LossId::kCrossEntropy && output.kind == OutputId::kLinear) continue;
      Experiment experiment = small_experiment();
      experiment.network.output = output.kind;
      experiment.training.loss = loss.kind;
      Comparison comparison(experiment);
      comparison.advance(500);
      const auto snapshot = comparison.snapshot({.field = {4, 3}});
      for (const RunSnapshot& run : snapshot->runs) {
        EXPECT_LT(run.cost, run.history[0]) << output.id << " " << loss.id;
        EXPECT_EQ(run.train_accuracy.has_value(), output.kind != OutputId::kLinear);
        EXPECT_EQ(run.test_accuracy.has_value(), output.kind != OutputId::kLinear);
      }
    }
  }
}

TEST(comparison, without_a_test_set_there_is_no_test_accuracy) {
  Experiment experiment = small_experiment();
  experiment.data.test_samples = 0;
  Comparison comparison(experiment);
  const auto snapshot = comparison.snapshot({.field = {4, 3}});
  EXPECT_TRUE(snapshot->runs[0].train_accuracy.has_value());
  EXPECT_FALSE(snapshot->runs[0].test_accuracy.has_value());
}

double chance_of(LossId loss, std::int64_t samples) {
  Experiment experiment = small_experiment();
  experiment.training.loss = loss;
  experiment.data.samples = samples;
  return Comparison(experiment).snapshot({.field = {4, 3}})->chance_cost;
}

TEST(comparison, chance_is_the_entropy_of_the_labels_or_their_variance) {
  EXPECT_DOUBLE_EQ(chance_of(LossId::kCrossEntropy, 300), std::log(2.0));
  // One of class 0, two of class 1.
  EXPECT_DOUBLE_EQ(chance_of(LossId::kCrossEntropy, 3), -(std::log(1.0 / 3) + 2 * std::log(2.0 / 3)) / 3);
  EXPECT_DOUBLE_EQ(chance_of(LossId::kMeanSquaredError, 300), 0.25);
  EXPECT_DOUBLE_EQ(chance_of(LossId::kMeanSquaredError, 3), 2.0 / 9);
  EXPECT_EQ(chance_of(LossId::kCrossEntropy, 1), 0);
  EXPECT_EQ(chance_of(LossId::kMeanSquaredError, 1), 0);
}

TEST(comparison, a_snapshot_stays_what_it_was) {
  Comparison comparison(small_experiment());
  comparison.advance(10);
  const auto early = comparison.snapshot({.field = {8, 6}});
  const RunSnapshot copy = early->runs[0];
  EXPECT_EQ(copy.history.size(), 11);
  comparison.advance(90);
  const auto late = comparison.snapshot({.field = {8, 6}});
  comparison.rewind();
  EXPECT_EQ(early->step, 10);
  EXPECT_EQ(early->runs[0].cost, copy.history[10]);
  EXPECT_EQ(early->runs[0].field.logit, copy.field.logit);
  EXPECT_NE(early->runs[0].field.logit, late->runs[0].field.logit);
  EXPECT_EQ(late->runs[0].history.size(), 101);
  EXPECT_EQ(late->runs[0].history[10], copy.cost);
}

TEST(comparison, a_revision_changes_with_the_weights_and_only_then) {
  Comparison comparison(small_experiment());
  std::set<std::uint64_t> seen;
  const auto revision = [&] { return comparison.snapshot({.field = {4, 3}})->runs[1].revision; };
  seen.insert(revision());
  EXPECT_EQ(revision(), *seen.begin());
  comparison.advance(1);
  EXPECT_TRUE(seen.insert(revision()).second);
  comparison.set_lane(1, lane_of(SchemeId::kZeros), false);
  EXPECT_TRUE(seen.insert(revision()).second);
  comparison.catch_up(1);
  EXPECT_TRUE(seen.insert(revision()).second);
  comparison.new_seed();
  EXPECT_TRUE(seen.insert(revision()).second);
}

}  // namespace
}  // namespace initlab
