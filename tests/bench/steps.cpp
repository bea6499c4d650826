// step/*: one step of training, through Run::advance. The timed run is held against a fresh one, cost by cost
// and bit by bit, and its first steps against plain loops.
#include <algorithm>
#include <cmath>

#include "tests/bench/bench.h"
#include "tests/bench/plain_training.h"
#include "tests/bench/work.h"

namespace initlab::bench {
namespace {

// Steps in one call of advance, about a hundredth of a slice of the worker's.
std::int64_t batch_of(const Work& work) {
  return work.name == "course" ? 100 : 1;
}

// Costs by plain loops agree to this: rounding, grown by as many steps.
constexpr double kPlainTolerance = 1e-9;

class TimedStep {
 public:
  explicit TimedStep(Work work) : work_(std::move(work)) {}

  void run(benchmark::State& state, Session& session) {
    const std::unique_ptr<Run> run = make_run(work_.experiment);
    const Network start = run->network();
    const std::int64_t batch = batch_of(work_);
    run->advance(work_.plain_steps);  // warm: what the first step allocates is there
    const double began = thread_seconds();
    while (state.KeepRunningBatch(batch)) run->advance(batch);
    const double seconds = thread_seconds() - began;
    check(state, session, *run, start);
    const double steps = static_cast<double>(state.iterations());
    const double gflops = 2e-9 * multiply_adds_of_step(start, samples()) * steps / seconds;
    state.counters["GFLOP/s"] = gflops;
    state.counters["of_peak"] = gflops / measure_peak_gflops();
  }

 private:
  std::size_t samples() const { return static_cast<std::size_t>(work_.experiment.data.samples); }

  void check(benchmark::State& state, Session& session, Run& run, const Network& start) {
    if (run.diverged()) return fail(state, session, "the run diverged");
    if (plain_.empty()) {
      const Dataset data = make_dataset(work_.experiment.data);
      const Matrix targets = targets_of(start.output, data.train.y, start.layers.back().units());
      plain_ = plain_costs(start, data.train.x, targets, work_.experiment.training.learning_rate,
                           work_.plain_steps);
    }
    run.refresh();
    for (std::size_t step = 0; step < plain_.size(); ++step) {
      const double cost = run.history()[static_cast<std::int64_t>(step)];
      if (!(std::abs(cost - plain_[step]) <= kPlainTolerance * plain_[step]))
        return fail(state, session, "plain loops have another cost at step " + std::to_string(step));
    }
    const std::unique_ptr<Run> fresh = make_run(work_.experiment);
    fresh->advance(run.step());
    fresh->refresh();
    if (fresh->cost() != run.cost() || fresh->network() != run.network())
      return fail(state, session, "a fresh run has other bits at step " + std::to_string(run.step()));
  }

  Work work_;
  std::vector<double> plain_;  // made once
};

}  // namespace

void register_steps(Session& session) {
  for (Work& work : all_works()) {
    const std::string name = "step/" + std::string(work.name);
    const auto timed = std::make_shared<TimedStep>(std::move(work));
    benchmark::RegisterBenchmark(name.c_str(), [timed, &session](benchmark::State& state) {
      timed->run(state, session);
    })->Unit(benchmark::kMicrosecond);
  }
}

}  // namespace initlab::bench
