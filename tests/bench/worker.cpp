// switch/course, catch_up/course_15000 and scrub/course: how long somebody waits who switches a scheme, or
// drags the timeline to another step, until every figure of it is there. The worker trains at unlimited speed
// on its own thread, as in the window.
#include "core/worker/worker.h"

#include <algorithm>
#include <chrono>
#include <cmath>
#include <limits>
#include <thread>

#include "tests/bench/bench.h"
#include "tests/bench/work.h"

namespace initlab::bench {
namespace {

using Clock = std::chrono::steady_clock;
constexpr std::size_t kLane = 2;           // that is switched, from 0
constexpr std::int64_t kLastStep = 15000;  // of the course

double seconds_since(Clock::time_point start) {
  return std::chrono::duration<double>(Clock::now() - start).count();
}

SchemeId other_scheme(const Report& report) {
  const SchemeId shown = report.snapshot->runs[kLane].lane.scheme;
  return shown == SchemeId::kXavierNormal ? SchemeId::kHeNormal : SchemeId::kXavierNormal;
}

// A worker with the course's experiment, and the bell that it rings.
class RingingWorker {
 public:
  RingingWorker() : worker_(course_experiment(), [this] { bell_.ring(); }) {}

  std::shared_ptr<const Report> latest() const { return worker_.latest(); }
  // Posts a command and waits until it is obeyed.
  bool obeyed(Command command) {
    const std::uint64_t number = worker_.post(std::move(command));
    return until([number](const Report& report) { return report.commands_obeyed >= number; });
  }
  template <class Condition>
  bool until(Condition condition) {
    return bell_.wait([&] { return condition(*worker_.latest()); });
  }
  // Nothing lags behind, and some of the course is left to play.
  bool plays_level() {
    const Report& report = *latest();
    if (!report.playing || report.snapshot->step > kLastStep / 2) {
      if (!obeyed(command::Rewind{}) || !obeyed(command::Play{})) return false;
    }
    return until([](const Report& r) { return !r.snapshot->runs[kLane].catching_up; });
  }

 private:
  Bell bell_;  // first, so that it goes last
  Worker worker_;
};

void switch_course(benchmark::State& state, Session& session) {
  RingingWorker worker;
  std::vector<double> seconds;
  worker.obeyed(command::SetView{{.field = {240, 180}}});
  worker.obeyed(command::SetSpeed{std::numeric_limits<double>::infinity()});
  for (auto _ : state) {
    if (!worker.plays_level()) return fail(state, session, "the worker did not play");
    // Anywhere in a slice of its training.
    std::this_thread::sleep_for(std::chrono::microseconds(1000 + 997 * (seconds.size() % 11)));
    const auto before = worker.latest();
    const Lane changed = make_lane("switched", other_scheme(*before));
    const Clock::time_point start = Clock::now();
    if (!worker.obeyed(command::SetLane{kLane, changed, false})) return fail(state, session, "no report");
    seconds.push_back(seconds_since(start));
    state.SetIterationTime(seconds.back());
    const RunSnapshot& run = worker.latest()->snapshot->runs[kLane];
    if (run.lane.scheme != changed.scheme || run.revision == before->snapshot->runs[kLane].revision)
      return fail(state, session, "the report shows the old weights");
  }
  report_spread(state, std::move(seconds));
}

void catch_up_course(benchmark::State& state, Session& session) {
  RingingWorker worker;
  std::vector<double> seconds;
  worker.obeyed(command::SetView{{.field = {240, 180}}});
  worker.obeyed(command::Step{kLastStep});
  for (auto _ : state) {
    if (!worker.until([](const Report& r) { return r.snapshot->step == kLastStep; }))
      return fail(state, session, "the worker did not reach the last step");
    const Lane changed = make_lane("switched", other_scheme(*worker.latest()));
    const Clock::time_point start = Clock::now();
    const bool level =
        worker.obeyed(command::SetLane{kLane, changed, false}) && worker.until([](const Report& r) {
          const RunSnapshot& run = r.snapshot->runs[kLane];
          return !run.catching_up && run.step == kLastStep;
        });
    seconds.push_back(seconds_since(start));
    state.SetIterationTime(seconds.back());
    if (!level) return fail(state, session, "the lane did not catch up");
  }
  // The lane that caught up is the lane that was there from the start.
  const auto report = worker.latest();
  Experiment alone = course_experiment();
  alone.lanes = {report->snapshot->runs[kLane].lane};
  const std::unique_ptr<Run> run = make_run(alone);
  run->advance(kLastStep);
  run->refresh();
  if (run->cost() != report->snapshot->runs[kLane].cost)
    fail(state, session, "a lane that began there has another cost");
  report_spread(state, std::move(seconds));
}

// Steps all over the course, in no order.
void scrub_course(benchmark::State& state, Session& session) {
  RingingWorker worker;
  std::vector<double> seconds;
  worker.obeyed(command::SetView{{.field = {240, 180}}});
  worker.obeyed(command::Step{kLastStep});
  if (!worker.until([](const Report& r) { return r.snapshot->step == kLastStep; }))
    return fail(state, session, "the worker did not reach the last step");
  std::int64_t step = kLastStep;
  for (auto _ : state) {
    step = (step + 6143) % kLastStep;
    const Clock::time_point start = Clock::now();
    const bool there = worker.obeyed(command::Seek{step}) && worker.until([step](const Report& r) {
      return r.snapshot->step == step && !r.seeking_to;
    });
    seconds.push_back(seconds_since(start));
    state.SetIterationTime(seconds.back());
    if (!there) return fail(state, session, "the step was not reached");
  }
  const auto report = worker.latest();
  Comparison fresh(course_experiment());
  fresh.advance(step);
  for (std::size_t lane = 0; lane < report->snapshot->runs.size(); ++lane) {
    if (fresh.snapshot()->runs[lane].cost != report->snapshot->runs[lane].cost)
      fail(state, session, "a run that was stopped at that step has another cost");
  }
  report_spread(state, std::move(seconds));
}

}  // namespace

void register_worker(Session& session) {
  benchmark::RegisterBenchmark("switch/course",
                               [&session](benchmark::State& state) { switch_course(state, session); })
      ->UseManualTime()
      ->Unit(benchmark::kMillisecond)
      ->Iterations(session.repeats(200));
  benchmark::RegisterBenchmark("catch_up/course_15000",
                               [&session](benchmark::State& state) { catch_up_course(state, session); })
      ->UseManualTime()
      ->Unit(benchmark::kMillisecond)
      ->Iterations(session.repeats(20));
  benchmark::RegisterBenchmark("scrub/course",
                               [&session](benchmark::State& state) { scrub_course(state, session); })
      ->UseManualTime()
      ->Unit(benchmark::kMillisecond)
      ->Iterations(session.repeats(200));
}

}  // namespace initlab::bench
