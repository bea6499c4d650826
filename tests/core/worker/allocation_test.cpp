// After the first few, a step, a snapshot and a report ask for no memory.
#include <gtest/gtest.h>

#include <chrono>
#include <condition_variable>
#include <limits>
#include <mutex>

#include "core/worker/worker.h"
#include "tests/core/allocation_counter.h"

namespace initlab {
namespace {

Experiment course() {
  Experiment experiment;
  experiment.lanes = course_lanes();
  return experiment;
}

Experiment classes_in_mini_batches() {
  Experiment experiment;
  experiment.data.samples = 200;
  experiment.network.hidden = {12, 9, 7};
  experiment.network.activation = ActivationId::kTanh;
  experiment.training.batch = 32;
  experiment.training.optimizer = OptimizerId::kAdam;
  experiment.lanes = {make_lane("Xavier", SchemeId::kXavierNormal),
                      make_lane("Orthogonal", SchemeId::kOrthogonal)};
  experiment.lanes[1].replicas = 3;
  return experiment;
}

// How often memory is asked for in `rounds` of some steps and a snapshot, the window's way: two are held
// while the third is made.
long allocations(Comparison& comparison, int rounds, const SnapshotOptions& options) {
  std::shared_ptr<const Snapshot> shown;
  std::shared_ptr<const Snapshot> latest;
  const auto live = [&](int count) {
    for (int i = 0; i < count; ++i) {
      comparison.advance(3);
      shown = latest;
      latest = comparison.snapshot(options);
    }
  };
  // A verdict that is told for the first time asks for its memory: a lane is stuck after 500 steps.
  comparison.advance(600);
  live(12);
  const long before = allocation_count();
  live(rounds);
  return allocation_count() - before;
}

TEST(allocation, steps_and_snapshots_ask_for_no_memory_after_the_first) {
  for (const unsigned threads : {1U, 2U}) {
    for (const Experiment& experiment : {course(), classes_in_mini_batches()}) {
      Comparison comparison(experiment, {.threads = threads});
      EXPECT_EQ(allocations(comparison, 200, {.spectra = false}), 0) << threads << " threads";
      EXPECT_EQ(allocations(comparison, 50, {.field = {200, 150}, .range_per_layer = true, .spectra = false}),
                0);
    }
  }
}

TEST(allocation, a_history_asks_once_for_each_4096_steps_of_a_run) {
  Comparison comparison(course(), {.threads = 1});
  comparison.advance(20);
  comparison.snapshot();
  const long before = allocation_count();
  comparison.advance(12300 - 20);
  EXPECT_LE(allocation_count() - before, 3 * 3 * 2);  // chunks of three lanes, and the lists of them
}

TEST(allocation, a_worker_that_plays_asks_for_no_memory_after_its_first_reports) {
  std::mutex mutex;
  std::condition_variable told;
  long reports = 0;
  Experiment endless = course();
  endless.training.steps = kMaximumSteps;
  Worker worker(endless, [&] {
    {
      const std::lock_guard lock(mutex);
      ++reports;
    }
    told.notify_one();
  });
  // Past the steps at which lanes get their first verdicts as stuck and slow.
  const std::uint64_t begun = worker.post(command::Step{700});
  // Slow enough that no history fills a chunk meanwhile.
  worker.post(command::SetSpeed{300});
  const auto wait_for = [&](long count) {
    std::unique_lock lock(mutex);
    return told.wait_for(lock, std::chrono::seconds(60), [&] { return reports >= count; });
  };
  {
    std::unique_lock lock(mutex);
    told.wait_for(lock, std::chrono::seconds(60), [&] {
      const auto report = worker.latest();
      return report->commands_obeyed >= begun && report->snapshot->step >= 700;
    });
    reports = 0;
  }
  worker.post(command::Play{});
  ASSERT_TRUE(wait_for(20));
  const long before = allocation_count();
  ASSERT_TRUE(wait_for(50));
  EXPECT_EQ(allocation_count() - before, 0);
}

TEST(allocation, snapshots_that_are_held_stay_as_they_are) {
  Comparison comparison(course(), {.threads = 1});
  std::vector<std::shared_ptr<const Snapshot>> held;
  for (int i = 0; i < 12; ++i) {
    comparison.advance(2);
    held.push_back(comparison.snapshot({.field = {16, 12}, .spectra = false}));
  }
  Comparison again(course(), {.threads = 1});
  for (const auto& snapshot : held) {
    again.advance(2);
    const auto same = again.snapshot({.field = {16, 12}, .spectra = false});
    for (std::size_t lane = 0; lane < 3; ++lane) {
      EXPECT_EQ(snapshot->runs[lane].cost, same->runs[lane].cost);
      EXPECT_EQ(snapshot->runs[lane].history.size(), same->runs[lane].history.size());
      EXPECT_EQ(snapshot->runs[lane].field.logit, same->runs[lane].field.logit);
      EXPECT_EQ(snapshot->runs[lane].verdicts[0].text, same->runs[lane].verdicts[0].text);
      EXPECT_EQ(snapshot->runs[lane].layers[1].d_w.histogram, same->runs[lane].layers[1].d_w.histogram);
    }
  }
}

}  // namespace
}  // namespace initlab
