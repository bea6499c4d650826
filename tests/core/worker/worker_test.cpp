// The worker as the window uses it: commands obeyed in order, reports that hold together, no race, a clean
// end.
#include "core/worker/worker.h"

#include <gtest/gtest.h>

#include <chrono>
#include <cmath>
#include <limits>
#include <mutex>
#include <thread>
#include <vector>

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

// A network whose full fields take far longer than a piece of work at rest.
Experiment deep() {
  Experiment experiment;
  experiment.network.hidden.assign(20, 40);
  experiment.network.activation = ActivationId::kTanh;
  experiment.data.samples = 50;
  experiment.lanes = {make_lane("Xavier", SchemeId::kXavierNormal), make_lane("He", SchemeId::kHeNormal)};
  return experiment;
}

TEST(worker, shows_a_large_network_coarse_first_and_then_as_a_comparison_does) {
  std::mutex mutex;
  std::vector<FieldSize> sizes;
  const Worker* watched = nullptr;
  Worker worker(deep(), [&] {
    const std::lock_guard lock(mutex);
    if (watched == nullptr) return;
    const FieldSize size = watched->latest()->snapshot->runs[0].field.size;
    if (sizes.empty() || !(sizes.back() == size)) sizes.push_back(size);
  });
  {
    const std::lock_guard lock(mutex);
    watched = &worker;
  }
  const SnapshotOptions view{.field = {96, 72}};
  worker.post(command::SetView{view});
  const std::uint64_t number = worker.post(command::Step{3});
  ASSERT_TRUE(obeyed(worker, number));
  ASSERT_TRUE(eventually([&] {
    const auto snapshot = worker.latest()->snapshot;
    return snapshot->step == 3 && snapshot->runs[1].field.size == view.field;
  }));
  const auto shown = worker.latest()->snapshot;
  {
    const std::lock_guard lock(mutex);
    watched = nullptr;
    ASSERT_GE(sizes.size(), 2u);
    for (const FieldSize size : sizes) EXPECT_EQ(size.columns * 3, size.rows * 4);
    EXPECT_LT(sizes[sizes.size() - 2].columns, view.field.columns);
  }
  Comparison comparison(deep());
  comparison.advance(3);
  const auto same = comparison.snapshot(view);
  for (std::size_t lane = 0; lane < 2; ++lane) {
    EXPECT_EQ(shown->runs[lane].field.domain, same->runs[lane].field.domain);
    EXPECT_EQ(shown->runs[lane].field.logit, same->runs[lane].field.logit);
    EXPECT_EQ(shown->runs[lane].cost, same->runs[lane].cost);
    EXPECT_EQ(shown->runs[lane].layers[7].z.histogram, same->runs[lane].layers[7].z.histogram);
    EXPECT_EQ(shown->runs[lane].layers[7].effective_rank, same->runs[lane].layers[7].effective_rank);
  }
}

// A rest that is as good as endless: one slice is trained, and a command still wakes the worker.
TEST(worker, rests_after_a_slice_where_it_is_told_to_and_wakes_for_commands) {
  Worker worker(course(), {}, {.rest_per_training = 1e9});
  worker.post(command::SetSpeed{std::numeric_limits<double>::infinity()});
  ASSERT_TRUE(obeyed(worker, worker.post(command::Play{})));
  const std::int64_t step = worker.latest()->snapshot->step;
  const auto slices = [&] { return worker.latest()->snapshot->step; };
  std::this_thread::sleep_for(std::chrono::milliseconds(50));
  EXPECT_EQ(slices(), step);
  ASSERT_TRUE(obeyed(worker, worker.post(command::SetSpeed{std::numeric_limits<double>::infinity()})));
  EXPECT_GT(slices(), step);
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
