// The worker as the window uses it: commands obeyed in order, reports that hold together, no race, a clean
// end.
#include "core/worker/worker.h"

#include <gtest/gtest.h>

#include <chrono>
#include <cmath>
#include <limits>
#include <thread>

#include "core/experiment/result/result_json.h"
#include "core/numeric/random.h"

namespace initlab {
namespace {

Experiment course() {
  Experiment experiment;
  experiment.name = "course";
  experiment.lanes = course_lanes();
  return experiment;
}

// Long enough for any machine; a worker that hangs fails the test instead of stopping it.
template <class Condition>
bool eventually(Condition condition) {
  const auto end = std::chrono::steady_clock::now() + std::chrono::seconds(60);
  while (!condition()) {
    if (std::chrono::steady_clock::now() > end) return false;
    std::this_thread::sleep_for(std::chrono::milliseconds(1));
  }
  return true;
}
bool obeyed(const Worker& worker, std::uint64_t number) {
  return eventually([&] { return worker.latest()->commands_obeyed >= number; });
}
bool reached(const Worker& worker, std::int64_t step) {
  return eventually([&] { return worker.latest()->snapshot->step >= step; });
}

TEST(worker, begins_paused_at_step_zero_with_something_to_show) {
  const Worker worker(course());
  const auto report = worker.latest();
  ASSERT_TRUE(report);
  EXPECT_FALSE(report->playing);
  EXPECT_EQ(report->snapshot->step, 0);
  EXPECT_EQ(report->snapshot->runs.size(), 3u);
}

TEST(worker, steps_as_told_and_then_rests) {
  Worker worker(course());
  worker.post(command::Step{7});
  ASSERT_TRUE(reached(worker, 7));
  ASSERT_TRUE(obeyed(worker, worker.post(command::Pause{})));
  EXPECT_EQ(worker.latest()->snapshot->step, 7);
}

TEST(worker, has_the_same_bits_as_the_comparison_it_wraps) {
  Worker worker(course());
  worker.post(command::SetSpeed{std::numeric_limits<double>::infinity()});
  worker.post(command::Play{});
  ASSERT_TRUE(reached(worker, 500));
  ASSERT_TRUE(obeyed(worker, worker.post(command::Pause{})));
  const auto snapshot = worker.latest()->snapshot;
  Comparison comparison(course());
  comparison.advance(snapshot->step);
  const auto same = comparison.snapshot();
  for (std::size_t lane = 0; lane < 3; ++lane) EXPECT_EQ(snapshot->runs[lane].cost, same->runs[lane].cost);
}

TEST(worker, rewinds_to_the_same_path) {
  Worker worker(course());
  worker.post(command::Step{300});
  ASSERT_TRUE(reached(worker, 300));
  const auto first = worker.latest()->snapshot;
  ASSERT_TRUE(obeyed(worker, worker.post(command::Rewind{})));
  EXPECT_EQ(worker.latest()->snapshot->step, 0);
  worker.post(command::Step{300});
  ASSERT_TRUE(reached(worker, 300));
  const auto second = worker.latest()->snapshot;
  for (std::size_t lane = 0; lane < 3; ++lane) {
    EXPECT_EQ(first->runs[lane].cost, second->runs[lane].cost);
    EXPECT_EQ(first->runs[lane].history.size(), second->runs[lane].history.size());
  }
}

TEST(worker, a_switched_lane_catches_up_while_the_others_go_on) {
  Worker worker(course());
  worker.post(command::SetSpeed{2000});
  worker.post(command::Step{2000});
  ASSERT_TRUE(reached(worker, 2000));
  worker.post(command::Play{});
  Lane changed = course().lanes[0];
  changed.scheme = SchemeId::kHeNormal;
  changed.name = "He again";
  const std::uint64_t number = worker.post(command::SetLane{0, changed, false});
  ASSERT_TRUE(obeyed(worker, number));
  EXPECT_GE(worker.latest()->snapshot->step, 2000);
  ASSERT_TRUE(eventually([&] {
    const auto snapshot = worker.latest()->snapshot;
    return !snapshot->runs[0].catching_up && snapshot->runs[0].step == snapshot->step;
  }));
  // The same scheme and seed as lane 3: the same network, bit for bit, once level.
  const auto snapshot = worker.latest()->snapshot;
  EXPECT_EQ(snapshot->runs[0].cost, snapshot->runs[2].cost);
  EXPECT_EQ(snapshot->experiment->lanes[0].name, "He again");
}

TEST(worker, plays_at_about_the_speed_asked_for) {
  Worker worker(course());
  worker.post(command::SetSpeed{1});
  ASSERT_TRUE(obeyed(worker, worker.post(command::Play{})));
  std::this_thread::sleep_for(std::chrono::milliseconds(300));
  // A step a second: none or one is due by now, never a run of them.
  EXPECT_LE(worker.latest()->snapshot->step, 2);
}

TEST(worker, stops_at_the_last_step) {
  Experiment experiment = course();
  experiment.training.steps = 40;
  Worker worker(experiment);
  worker.post(command::SetSpeed{std::numeric_limits<double>::infinity()});
  worker.post(command::Play{});
  ASSERT_TRUE(eventually([&] { return worker.latest()->snapshot->step == 40 && !worker.latest()->playing; }));
}

TEST(worker, ends_cleanly_in_the_middle_of_training) {
  for (int i = 0; i < 20; ++i) {
    Worker worker(course());
    worker.post(command::SetSpeed{std::numeric_limits<double>::infinity()});
    worker.post(command::Play{});
    if (i % 2 == 0) reached(worker, 50);
  }
}

Command random_command(NumpyRandom& random) {
  Lane lane = course().lanes[0];
  lane.scheme = static_cast<SchemeId>(random.interval(static_cast<std::uint64_t>(SchemeId::kCount) - 1));
  switch (random.interval(11)) {
    case 0:
      return command::Play{};
    case 1:
      return command::Pause{};
    case 2:
      return command::Step{static_cast<std::int64_t>(random.interval(50))};
    case 3:
      return command::Rewind{};
    case 4:
      return command::NewSeed{};
    case 5:
      return command::SetSpeed{std::pow(10.0, 5 * random.random_sample())};
    case 6:
      return command::SetSpeed{std::numeric_limits<double>::infinity()};
    case 7:
      return command::SetLane{random.interval(3), lane, random.interval(3) == 0};
    case 8:
      return command::CallOffCatchUp{};
    case 9:
      return command::SetLive{LiveSetting::kLearningRate, random.interval(3), 0.01 + random.random_sample()};
    case 10:
      return command::SetView{{.field = {static_cast<int>(8 + random.interval(40)), 16}}};
    default: {
      Experiment other = course();
      other.lanes.resize(1 + random.interval(2));
      other.data.samples = 50;
      return command::ReplaceExperiment{other};
    }
  }
}

TEST(worker, lives_through_a_storm_of_commands) {
  NumpyRandom random(20);
  std::uint64_t last = 0;
  Worker worker(course());
  std::thread reader([&worker] {
    std::uint64_t seen = 0;
    for (int i = 0; i < 2000; ++i) {
      const auto report = worker.latest();
      EXPECT_GE(report->sequence, seen);
      seen = report->sequence;
      EXPECT_EQ(report->snapshot->runs.size(), report->snapshot->experiment->lanes.size());
      std::this_thread::sleep_for(std::chrono::microseconds(200));
    }
  });
  for (int i = 0; i < 600; ++i) {
    last = worker.post(random_command(random));
    if (i % 20 == 0) std::this_thread::sleep_for(std::chrono::milliseconds(2));
  }
  EXPECT_TRUE(obeyed(worker, last));
  reader.join();
}

}  // namespace
}  // namespace initlab
