// snapshot/*: what a comparison measures of itself for the window, one step after the last time. The snapshot
// is held against one that a fresh comparison makes at the same step.
#include <chrono>

#include "core/experiment/comparison.h"
#include "tests/bench/bench.h"
#include "tests/bench/work.h"

namespace initlab::bench {
namespace {

using Clock = std::chrono::steady_clock;

// As the window asks while it plays: a field of a lane's size, for a deep network as coarse as the worker
// makes it, and no spectra.
SnapshotOptions course_view() {
  return {.field = {240, 180}, .spectra = false};
}
SnapshotOptions deep_view() {
  return {.field = {54, 40}, .spectra = false};
}

std::string trouble_in(const Snapshot& timed, Comparison& fresh, const SnapshotOptions& view) {
  fresh.advance(timed.step);
  const auto expected = fresh.snapshot(view);
  if (timed.step != expected->step || timed.runs.size() != expected->runs.size()) return "another step";
  for (std::size_t lane = 0; lane < timed.runs.size(); ++lane) {
    const RunSnapshot& a = timed.runs[lane];
    const RunSnapshot& b = expected->runs[lane];
    const bool same_figures = a.cost == b.cost && a.train_accuracy == b.train_accuracy &&
                              a.test_accuracy == b.test_accuracy && a.history.size() == b.history.size() &&
                              a.verdicts.size() == b.verdicts.size();
    if (!same_figures) return "lane " + std::to_string(lane + 1) + " has other figures";
    if (a.field.logit.empty() || a.field.logit != b.field.logit) return "another decision field";
    for (std::size_t l = 0; l < b.layers.size(); ++l) {
      const LayerProbe& p = a.layers[l];
      const LayerProbe& q = b.layers[l];
      if (p.distinct_units != q.distinct_units || p.dead_units != q.dead_units ||
          p.gradient_norm() != q.gradient_norm() || p.a.histogram.counts != q.a.histogram.counts ||
          p.weights.histogram.counts != q.weights.histogram.counts)
        return "layer " + std::to_string(l + 1) + " was measured otherwise";
    }
  }
  return "";
}

void time_snapshots(benchmark::State& state, Session& session, const Experiment& experiment,
                    const SnapshotOptions& view) {
  Comparison comparison(experiment, {.threads = 1});
  std::shared_ptr<const Snapshot> latest = comparison.snapshot(view);
  for (auto _ : state) {
    comparison.advance(1);
    const Clock::time_point start = Clock::now();
    latest = comparison.snapshot(view);  // the one before goes, as the window's does
    state.SetIterationTime(std::chrono::duration<double>(Clock::now() - start).count());
  }
  Comparison fresh(experiment, {.threads = 1});
  const std::string trouble = trouble_in(*latest, fresh, view);
  if (!trouble.empty()) fail(state, session, trouble);
}

}  // namespace

void register_snapshots(Session& session) {
  Experiment deep = deep_tanh_work().experiment;
  deep.training.steps = kMaximumSteps;
  Experiment course = course_experiment();
  course.training.steps = kMaximumSteps;
  benchmark::RegisterBenchmark(
      "snapshot/course",
      [&session, course](benchmark::State& state) { time_snapshots(state, session, course, course_view()); })
      ->UseManualTime()
      ->Unit(benchmark::kMillisecond);
  benchmark::RegisterBenchmark(
      "snapshot/deep_tanh",
      [&session, deep](benchmark::State& state) { time_snapshots(state, session, deep, deep_view()); })
      ->UseManualTime()
      ->Unit(benchmark::kMillisecond);
}

}  // namespace initlab::bench
