// Time as the window steers it: seeks, edits, other experiments, and what stops it.
#include <gtest/gtest.h>

#include <algorithm>
#include <atomic>
#include <chrono>
#include <limits>
#include <mutex>
#include <thread>

#include "core/numeric/random.h"
#include "core/worker/worker.h"

namespace initlab {
namespace {

constexpr double kUnlimited = std::numeric_limits<double>::infinity();

Experiment course() {
  Experiment experiment;
  experiment.lanes = course_lanes();
  return experiment;
}

// Lanes 2 and 3 diverge, each after some steps of its own; the first goes on.
Experiment with_a_diverging_lane() {
  Experiment experiment = course();
  experiment.network.output = OutputId::kLinear;
  experiment.training.loss = LossId::kMeanSquaredError;
  experiment.network.activation = ActivationId::kLinear;
  experiment.lanes = {make_lane("calm", SchemeId::kHeNormal), make_lane("wild", SchemeId::kXavierNormal),
                      make_lane("wilder", SchemeId::kLecunNormal)};
  experiment.events = {{100, 2, LiveSetting::kLearningRate, 1e3}, {40, 3, LiveSetting::kLearningRate, 1e3}};
  return experiment;
}

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
  return eventually([&] {
    const auto report = worker.latest();
    return report->commands_obeyed >= number && !report->seeking_to;
  });
}
bool rests_at(const Worker& worker, std::int64_t step) {
  return eventually([&] {
    const auto report = worker.latest();
    return report->snapshot->step == step && !report->playing && !report->seeking_to;
  });
}

// The bits of a report's costs against a fresh comparison's.
void expect_costs_of(const Experiment& experiment, const Snapshot& snapshot) {
  Comparison fresh(experiment);
  fresh.advance(snapshot.step);
  const auto expected = fresh.snapshot({.field = {4, 3}});
  for (std::size_t lane = 0; lane < experiment.lanes.size(); ++lane) {
    EXPECT_EQ(snapshot.runs[lane].cost, expected->runs[lane].cost);
    EXPECT_EQ(snapshot.runs[lane].step, expected->runs[lane].step);
  }
}

TEST(worker_time, a_seek_pauses_and_is_there_exactly) {
  Worker worker(course());
  worker.post(command::SetSpeed{kUnlimited});
  worker.post(command::Play{});
  ASSERT_TRUE(eventually([&] { return worker.latest()->snapshot->step >= 3000; }));
  worker.post(command::Seek{1234});
  ASSERT_TRUE(rests_at(worker, 1234));
  const auto snapshot = worker.latest()->snapshot;
  EXPECT_GE(snapshot->reached, 3000);
  EXPECT_GE(snapshot->runs[2].history.size(), 3000);
  expect_costs_of(course(), *snapshot);
  worker.post(command::Step{6});
  ASSERT_TRUE(rests_at(worker, 1240));
  expect_costs_of(course(), *worker.latest()->snapshot);
}

// Without key frames a seek is long: every report before its end shows the step before it.
TEST(worker_time, on_the_way_reports_show_the_last_moment_and_where_it_goes) {
  std::atomic<bool> half_way = false;
  std::atomic<int> seeking_reports = 0;
  const Worker* watched = nullptr;
  std::mutex mutex;
  auto comparison = std::make_unique<Comparison>(course(), ComparisonOptions{.key_frame_bytes = 0});
  comparison->advance(15000);
  Worker worker(std::move(comparison), [&] {
    const std::lock_guard lock(mutex);
    if (watched == nullptr) return;
    const auto report = watched->latest();
    if (report->seeking_to) {
      ++seeking_reports;
      if (report->snapshot->step != 15000 || *report->seeking_to != 14000) half_way = true;
    }
    for (const RunSnapshot& run : report->snapshot->runs) {
      if (run.step != report->snapshot->step) half_way = true;
    }
  });
  {
    const std::lock_guard lock(mutex);
    watched = &worker;
  }
  worker.post(command::Seek{14000});
  const auto pause = worker.post(command::Pause{});
  ASSERT_TRUE(eventually([&] { return worker.latest()->commands_obeyed >= pause; }));
  ASSERT_TRUE(rests_at(worker, 14000));
  const std::lock_guard lock(mutex);
  watched = nullptr;
  EXPECT_FALSE(half_way);
  EXPECT_GE(seeking_reports, 1);
}

TEST(worker_time, the_latest_of_many_seeks_counts) {
  Worker worker(course());
  worker.post(command::Step{4000});
  ASSERT_TRUE(rests_at(worker, 4000));
  NumpyRandom random(3);
  std::int64_t step = 0;
  for (int i = 0; i < 300; ++i) {
    step = static_cast<std::int64_t>(random.interval(4000));
    worker.post(command::Seek{step});
    if (i % 30 == 0) std::this_thread::sleep_for(std::chrono::milliseconds(3));
  }
  ASSERT_TRUE(rests_at(worker, step));
  expect_costs_of(course(), *worker.latest()->snapshot);
}

TEST(worker_time, lives_through_a_storm_of_seeks_edits_and_changes) {
  NumpyRandom random(11);
  Worker worker(course());
  worker.post(command::SetSpeed{kUnlimited});
  std::uint64_t last = 0;
  const auto command = [&]() -> Command {
    switch (random.interval(7)) {
      case 0:
        return command::Play{};
      case 1:
        return command::Step{static_cast<std::int64_t>(random.interval(200))};
      case 2:
        return command::EditWeight{random.interval(3), 1 + random.interval(3), 1 + random.interval(5),
                                   random.interval(5), random.randn()};
      case 3:
        return command::SetLive{LiveSetting::kLearningRate, random.interval(3),
                                0.02 * random.random_sample()};
      case 4: {
        Experiment next =
            worker.latest()->snapshot->experiment ? *worker.latest()->snapshot->experiment : course();
        if (next.lanes.size() > 1 && random.interval(1) == 0) {
          std::swap(next.lanes[0], next.lanes[1]);
        } else {
          next.lanes.resize(1);
          next.lanes.push_back(make_lane("another", SchemeId::kXavierNormal));
          next.events.clear();
        }
        return command::Change{next, random.interval(9) == 0};
      }
      case 5:
        return command::CallOffCatchUp{};
      default:
        return command::Seek{static_cast<std::int64_t>(random.interval(3000))};
    }
  };
  for (int i = 0; i < 400; ++i) {
    last = worker.post(command());
    if (i % 10 == 0) std::this_thread::sleep_for(std::chrono::milliseconds(2));
  }
  ASSERT_TRUE(obeyed(worker, worker.post(command::Pause{})));
  ASSERT_TRUE(eventually([&] {
    const auto snapshot = worker.latest()->snapshot;
    return std::ranges::none_of(snapshot->runs, &RunSnapshot::catching_up);
  }));
  EXPECT_GE(worker.latest()->commands_obeyed, last);
  expect_costs_of(*worker.latest()->snapshot->experiment, *worker.latest()->snapshot);
}

TEST(worker_time, a_weight_is_edited_at_the_step_that_is_shown) {
  Worker worker(course());
  worker.post(command::Step{20});
  ASSERT_TRUE(rests_at(worker, 20));
  ASSERT_TRUE(obeyed(worker, worker.post(command::EditWeight{2, 1, 3, 2, 0.75})));
  const Event expected{.step = 20, .lane = 3, .value = 0.75, .weight = WeightPlace{1, 3, 2}};
  EXPECT_EQ(worker.latest()->snapshot->experiment->events, std::vector{expected});
}

TEST(worker_time, an_edit_of_no_weight_is_refused_in_one_line) {
  Worker worker(course());
  const std::uint64_t number = worker.post(command::EditWeight{0, 2, 6, 1, 0});
  ASSERT_TRUE(obeyed(worker, number));
  const auto report = worker.latest();
  ASSERT_TRUE(report->refusal);
  EXPECT_EQ(report->refusal->command, number);
  EXPECT_EQ(report->refusal->message, "layers.2.weights.6.1: there is no unit 6 in layer 2; allowed: 1 to 5");
  EXPECT_TRUE(report->snapshot->experiment->events.empty());
}

TEST(worker_time, a_divergence_pauses_at_its_step_and_only_once) {
  Worker worker(with_a_diverging_lane());
  worker.post(command::SetSpeed{kUnlimited});
  std::vector<Stop> stops;
  for (int i = 0; i < 2; ++i) {
    ASSERT_TRUE(obeyed(worker, worker.post(command::Play{})));
    ASSERT_TRUE(eventually([&] { return !worker.latest()->playing && !worker.latest()->seeking_to; }));
    const auto report = worker.latest();
    ASSERT_TRUE(report->stop);
    stops.push_back(*report->stop);
    EXPECT_EQ(report->stop->reason, Stop::Reason::kDivergence);
    ASSERT_TRUE(report->snapshot->runs[report->stop->lane].diverged);
    EXPECT_EQ(report->stop->step, report->snapshot->runs[report->stop->lane].diverged->step);
    EXPECT_EQ(report->snapshot->step, report->stop->step);
  }
  EXPECT_NE(stops[0].lane, stops[1].lane);
  // The lane that is left goes on to the end.
  worker.post(command::SetSteps{stops[1].step + 300});
  ASSERT_TRUE(obeyed(worker, worker.post(command::Play{})));
  EXPECT_FALSE(worker.latest()->stop);
  ASSERT_TRUE(rests_at(worker, stops[1].step + 300));
  // From the start it happens again.
  worker.post(command::Rewind{});
  ASSERT_TRUE(obeyed(worker, worker.post(command::Play{})));
  ASSERT_TRUE(rests_at(worker, stops[0].step));
  EXPECT_EQ(worker.latest()->stop->lane, stops[0].lane);
}

TEST(worker_time, with_nothing_left_to_play_it_stops_at_once_and_says_why) {
  Experiment experiment = with_a_diverging_lane();
  experiment.lanes = {experiment.lanes[1]};
  experiment.events = {{100, 1, LiveSetting::kLearningRate, 1e3}};
  Worker worker(experiment);
  worker.post(command::SetSpeed{kUnlimited});
  worker.post(command::Play{});
  ASSERT_TRUE(eventually([&] { return worker.latest()->stop.has_value() && !worker.latest()->seeking_to; }));
  const auto first = worker.latest();
  ASSERT_TRUE(obeyed(worker, worker.post(command::Play{})));
  const auto second = worker.latest();
  EXPECT_FALSE(second->playing);
  ASSERT_TRUE(second->stop);
  EXPECT_EQ(second->stop->step, first->stop->step);
  EXPECT_EQ(second->snapshot->step, first->snapshot->step);
}

TEST(worker_time, told_not_to_it_does_not_stop_at_a_divergence) {
  Experiment experiment = with_a_diverging_lane();
  experiment.training.steps = 500;
  Worker worker(experiment);
  worker.post(command::SetStopRule{.cost = 0, .divergence = false});
  worker.post(command::SetSpeed{kUnlimited});
  worker.post(command::Play{});
  ASSERT_TRUE(rests_at(worker, 500));
  EXPECT_TRUE(worker.latest()->snapshot->runs[1].diverged);
  EXPECT_FALSE(worker.latest()->stop);
}

TEST(worker_time, a_cost_that_falls_below_what_was_asked_for_stops_it_there) {
  Worker worker(course());
  worker.post(command::SetStopRule{.cost = 0.6, .divergence = true});
  worker.post(command::SetSpeed{kUnlimited});
  worker.post(command::Play{});
  ASSERT_TRUE(eventually([&] { return worker.latest()->stop.has_value() && !worker.latest()->seeking_to; }));
  const auto report = worker.latest();
  EXPECT_EQ(report->stop->reason, Stop::Reason::kCost);
  EXPECT_EQ(report->snapshot->step, report->stop->step);
  const RunSnapshot& run = report->snapshot->runs[report->stop->lane];
  EXPECT_LT(run.cost, 0.6);
  EXPECT_GE(run.history[report->stop->step - 1], 0.6);
  // And goes on from there.
  ASSERT_TRUE(obeyed(worker, worker.post(command::Play{})));
  ASSERT_TRUE(eventually([&] { return worker.latest()->snapshot->step > report->stop->step; }));
}

TEST(worker_time, another_experiment_keeps_the_step_where_it_can) {
  Worker worker(course());
  worker.post(command::Step{500});
  ASSERT_TRUE(rests_at(worker, 500));
  Experiment next = course();
  next.lanes.push_back(make_lane("Xavier", SchemeId::kXavierNormal));
  ASSERT_TRUE(obeyed(worker, worker.post(command::Change{next})));
  ASSERT_TRUE(eventually([&] {
    const auto snapshot = worker.latest()->snapshot;
    return snapshot->runs.size() == 4 && !snapshot->runs[3].catching_up;
  }));
  EXPECT_EQ(worker.latest()->snapshot->step, 500);
  expect_costs_of(next, *worker.latest()->snapshot);
}

}  // namespace
}  // namespace initlab
