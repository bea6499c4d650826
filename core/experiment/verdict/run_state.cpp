#include "core/experiment/verdict/run_state.h"

#include <cmath>

namespace initlab {
namespace {

std::optional<double> cost_before(const Run& run) {
  const std::int64_t step = run.step() - kPlateauSteps;
  return step >= 0 && step < run.history().size() ? std::optional(run.history()[step]) : std::nullopt;
}

double entropy_of(double p) {
  return p > 0 ? -p * std::log(p) : 0;
}

}  // namespace

double chance_cost(const Experiment& experiment, const LearningTask& task) {
  const Matrix& targets = task.train_targets;
  double cost = 0;
  for (std::size_t r = 0; r < targets.rows(); ++r) {
    const Summary summary = summarize(targets.row_span(r));
    if (experiment.training.loss == LossId::kMeanSquaredError) {
      cost += summary.std * summary.std / static_cast<double>(targets.rows());
    } else if (experiment.network.output == OutputId::kSoftmax) {
      cost += entropy_of(summary.mean);
    } else {
      cost += entropy_of(summary.mean) + entropy_of(1 - summary.mean);
    }
  }
  return cost;
}

RunState state_of(const Experiment& experiment, std::size_t lane, const Run& run, double chance_cost) {
  const Lane& begun = experiment.lanes[lane];
  RunState state;
  state.step = run.step();
  state.cost = run.cost();
  state.first_cost = run.history().size() > 0 ? run.history()[0] : run.cost();
  state.earlier_cost = cost_before(run);
  state.chance_cost = chance_cost;
  state.diverged = run.diverged();
  state.scheme = begun.scheme;
  state.gain = begun.parameters.gain;
  state.bias = begun.bias;
  state.learning_rate = live_settings(experiment, lane, run.step()).learning_rate;
  return state;
}

}  // namespace initlab
