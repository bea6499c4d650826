// What a comparison shows of itself: every run measured at its step, and judged beside the others.
#include "core/experiment/comparison.h"
#include "core/experiment/measure/histogram_range.h"
#include "core/experiment/verdict/run_state.h"

namespace initlab {

RunSnapshot Comparison::measure(Run& run, const Place& place, const SnapshotOptions& options) {
  run.refresh();
  RunSnapshot result;
  result.step = run.step();
  result.catching_up = place.catching_up;
  result.diverged = run.diverged();
  result.cost = run.cost();
  result.train_accuracy = run.train_accuracy();
  result.test_accuracy = run.test_accuracy();
  result.test_cost = run.test_cost();
  result.history = run.history();
  probe_layers(run.network(), run.training_pass(), result.layers, {.spectra = options.spectra});
  return result;
}

RunSnapshot Comparison::run_snapshot(std::size_t lane, const SnapshotOptions& options) {
  Place& place = places_[lane];
  Run& run = *place.runs.front();
  RunSnapshot result = measure(run, place, options);
  result.lane = experiment_->lanes[lane];
  result.theory = place.theory;
  result.revision = (place.generation << 32) + static_cast<std::uint64_t>(run.step());
  const double aspect = static_cast<double>(options.field.columns) / options.field.rows;
  const Dataset& data = *task_->data;
  fill_decision_field(run.network(), domain_of(data, aspect), options.field, field_pass_, field_grid_,
                      result.field);
  fill_response_curve(run.network(), data, response_pass_, result.response);
  for (std::size_t i = 1; i < place.runs.size(); ++i) {
    result.replicas.push_back(measure(*place.runs[i], place, options));
    result.replicas.back().lane = result.lane;
    result.replicas.back().lane.seed = place.runs[i]->seed();
  }
  return result;
}

std::shared_ptr<const Snapshot> Comparison::snapshot(const SnapshotOptions& options) {
  auto result = std::make_shared<Snapshot>();
  result->experiment = experiment_;
  result->data = task_->data;
  result->step = step_;
  result->chance_cost = chance_cost(*experiment_, *task_);
  std::vector<std::vector<LayerProbe>*> probes;
  for (std::size_t lane = 0; lane < places_.size(); ++lane)
    result->runs.push_back(run_snapshot(lane, options));
  for (RunSnapshot& run : result->runs) probes.push_back(&run.layers);
  if (options.histograms) {
    share_histogram_ranges(probes, options.range_per_layer);
    for (std::size_t lane = 0; lane < places_.size(); ++lane) {
      const Run& run = *places_[lane].runs.front();
      probe_histograms(run.network(), run.training_pass(), *probes[lane]);
    }
  }
  add_verdicts(*result);
  return result;
}

void Comparison::add_verdicts(Snapshot& snapshot) const {
  for (std::size_t lane = 0; lane < places_.size(); ++lane) {
    // The best of the others that began well and stands at the same step.
    std::optional<HealthyStart> healthy;
    for (std::size_t other = 0; other < places_.size(); ++other) {
      const RunSnapshot& run = snapshot.runs[other];
      const bool stands_beside = other != lane && run.step == snapshot.runs[lane].step && !run.diverged;
      if (!stands_beside || !places_[other].began_healthy) continue;
      if (healthy && !(run.cost < healthy->cost)) continue;
      healthy = HealthyStart{run.lane.name, run.history[0], run.cost};
    }
    const auto judge_run = [&](const Run& run, RunSnapshot& shown) {
      RunState state = state_of(*experiment_, lane, run, snapshot.chance_cost);
      state.accuracy = shown.train_accuracy;
      state.healthy = healthy;
      shown.verdicts = judge(state, shown.layers);
    };
    RunSnapshot& shown = snapshot.runs[lane];
    judge_run(*places_[lane].runs.front(), shown);
    for (std::size_t i = 0; i < shown.replicas.size(); ++i)
      judge_run(*places_[lane].runs[i + 1], shown.replicas[i]);
  }
}

}  // namespace initlab
