#include "core/experiment/mini_batches.h"

#include <gtest/gtest.h>

#include <algorithm>

#include "core/experiment/comparison.h"
#include "tests/core/experiment/small_experiments.h"

namespace initlab {
namespace {

// One feature and one target, both the number of the sample.
Matrix numbered(std::size_t samples) {
  Matrix x(1, samples);
  for (std::size_t i = 0; i < samples; ++i) x(0, i) = static_cast<double>(i);
  return x;
}

TEST(mini_batches, follow_one_numpy_permutation_an_epoch) {
  constexpr std::size_t kSamples = 10;
  constexpr std::size_t kBatch = 4;
  const Matrix x = numbered(kSamples);
  MiniBatches batches(17, kSamples, kBatch);
  NumpyRandom random(17);
  std::int64_t step = 0;
  for (int epoch = 0; epoch < 3; ++epoch) {
    const std::vector<std::int64_t> order = random.permutation(kSamples);
    std::size_t next = 0;
    // 4, 4 and the 2 that are left.
    for (const std::size_t size : {4UL, 4UL, 2UL}) {
      batches.gather(step++, x, x);
      ASSERT_EQ(batches.x().columns(), size);
      for (std::size_t i = 0; i < size; ++i) {
        EXPECT_EQ(batches.x()(0, i), static_cast<double>(order[next]));
        EXPECT_EQ(batches.targets()(0, i), static_cast<double>(order[next]));
        ++next;
      }
    }
  }
}

TEST(mini_batches, give_a_step_again_while_it_lasts) {
  const Matrix x = numbered(9);
  MiniBatches batches(3, 9, 2);
  for (std::int64_t step = 0; step < 7; ++step) {
    batches.gather(step, x, x);
    const Matrix first = batches.x();
    batches.gather(step, x, x);
    EXPECT_EQ(batches.x(), first) << step;
  }
}

Experiment in_batches() {
  Experiment experiment = test::small_experiment();
  experiment.training.batch = 7;
  experiment.training.seed = 5;
  return experiment;
}

TEST(mini_batches, looking_changes_nothing_and_rewind_repeats_every_bit) {
  Comparison looked_at(in_batches()), alone(in_batches());
  for (int step = 0; step < 40; ++step) {
    looked_at.advance(1);
    looked_at.snapshot({.field = {4, 3}});
  }
  alone.advance(40);
  for (std::size_t lane = 0; lane < looked_at.experiment().lanes.size(); ++lane)
    EXPECT_EQ(looked_at.run(lane).network(), alone.run(lane).network());
  alone.rewind();
  alone.advance(40);
  EXPECT_EQ(looked_at.run(0).network(), alone.run(0).network());
}

TEST(mini_batches, the_shown_cost_is_over_all_samples_and_the_history_over_each_batch) {
  Comparison comparison(in_batches());
  comparison.advance(3);
  const auto snapshot = comparison.snapshot({.field = {4, 3}});
  const RunSnapshot& run = snapshot->runs.front();
  Workspace pass;
  const initlab::Run& live = comparison.run(0);
  forward(live.network(), snapshot->data->train.x, pass);
  EXPECT_EQ(run.cost, cost(live.network(), {}, snapshot->data->train.y, pass));
  EXPECT_NE(run.history[3], run.cost);
  EXPECT_EQ(run.history.size(), 4);
}

}  // namespace
}  // namespace initlab
