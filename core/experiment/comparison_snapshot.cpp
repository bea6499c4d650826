// What a comparison shows of itself: every run measured at its step, and judged beside the others.
#include <algorithm>
#include <limits>

#include "core/experiment/comparison.h"
#include "core/experiment/verdict/run_state.h"

namespace initlab {
namespace {

std::uint64_t revision_of(std::uint64_t generation, const Run& run) {
  return (generation << 32) + static_cast<std::uint64_t>(run.step());
}

// The figures of layers; fields have a rule of their own.
bool has_same_figures(const SnapshotOptions& a, const SnapshotOptions& b) {
  return a.histograms == b.histograms && a.range_per_layer == b.range_per_layer && a.spectra == b.spectra;
}

}  // namespace

Comparison::Stand Comparison::stand_of(const Place& place) const {
  Stand stand{revision_of(place.generation, *place.runs.front()), 0, edits_};
  for (const auto& run : place.runs) stand.steps += run->step();
  return stand;
}

bool Comparison::is_known(const Place& place, const SnapshotOptions& options) const {
  return last_ && has_same_figures(options, last_options_) && stand_of(place) == place.measured;
}

void Comparison::measure(Run& run, const SnapshotOptions& options, RunSnapshot& shown) {
  run.refresh();
  shown.step = run.step();
  shown.diverged = run.diverged();
  shown.cost = run.cost();
  shown.train_accuracy = run.train_accuracy();
  shown.test_accuracy = run.test_accuracy();
  shown.test_cost = run.test_cost();
  shown.history = run.history();
  probe_layers(run.network(), run.training_pass(), row_scratch_, shown.layers, {.spectra = options.spectra});
}

void Comparison::show_run(std::size_t lane, const SnapshotOptions& options, RunSnapshot& shown) {
  Place& place = places_[lane];
  Run& run = *place.runs.front();
  if (is_known(place, options)) {
    shown = last_->runs[lane];
  } else {
    measure(run, options, shown);
    fill_response_curve(run.network(), *task_->data, response_pass_, response_grid_, shown.response);
    shown.field.size = {};
    shown.replicas.resize(place.runs.size() - 1);
    for (std::size_t i = 1; i < place.runs.size(); ++i)
      measure(*place.runs[i], options, shown.replicas[i - 1]);
    place.measured = stand_of(place);
  }
  const Lane& described = experiment_->lanes[lane];
  shown.lane = described;
  shown.catching_up = place.catching_up;
  shown.theory = place.theory;
  shown.revision = revision_of(place.generation, run);
  for (std::size_t i = 1; i < place.runs.size(); ++i) {
    shown.replicas[i - 1].lane = described;
    shown.replicas[i - 1].lane.seed = place.runs[i]->seed();
    shown.replicas[i - 1].catching_up = place.catching_up;
  }
  if (has_size(shown.field, options)) return;
  sketch_field(place, options, std::numeric_limits<std::size_t>::max());
  std::swap(shown.field, place.sketch.field);
  place.sketch.stand = {};
}

const Domain& Comparison::domain(FieldSize size) {
  const double aspect = static_cast<double>(size.columns) / size.rows;
  if (domain_aspect_ != aspect) domain_ = domain_of(*task_->data, aspect);
  domain_aspect_ = aspect;
  return domain_;
}

bool Comparison::has_size(const DecisionField& field, const SnapshotOptions& options) {
  return field.size == coarser(options.field, options.field_divisor) && field.domain == domain(options.field);
}

std::size_t Comparison::sketch_field(Place& place, const SnapshotOptions& options, std::size_t cells) {
  const Network& network = place.runs.front()->network();
  Sketch& sketch = place.sketch;
  const Stand stand = stand_of(place);
  if (sketch.stand != stand || !has_size(sketch.field, options)) {
    begin_decision_field(network, domain(options.field), coarser(options.field, options.field_divisor),
                         sketch.field);
    sketch.stand = stand;
    sketch.cells = 0;
  }
  const std::size_t count = std::min(cells, sketch.field.logit.size() - sketch.cells);
  fill_cells(network, sketch.cells, count, field_pass_, field_grid_, sketch.field);
  sketch.cells += count;
  return count;
}

std::size_t Comparison::prepare_fields(const SnapshotOptions& options, std::size_t cells) {
  std::size_t filled = 0;
  for (std::size_t lane = 0; lane < places_.size(); ++lane) {
    if (is_known(places_[lane], options) && has_size(last_->runs[lane].field, options)) continue;
    filled += sketch_field(places_[lane], options, cells - filled);
  }
  return filled;
}

std::shared_ptr<const Snapshot> Comparison::snapshot(const SnapshotOptions& options) {
  const std::shared_ptr<Snapshot> result = snapshots_.take();
  result->experiment = experiment_;
  result->data = task_->data;
  result->step = step_;
  result->chance_cost = chance_cost_;
  result->runs.resize(places_.size());
  bool all_known = true;
  for (std::size_t lane = 0; lane < places_.size(); ++lane) {
    all_known = all_known && is_known(places_[lane], options);
    show_run(lane, options, result->runs[lane]);
  }
  // A lane's range depends on the others.
  if (options.histograms && !all_known) show_histograms(options, *result);
  add_verdicts(*result);
  last_ = result;
  last_options_ = options;
  return result;
}

void Comparison::show_histograms(const SnapshotOptions& options, Snapshot& snapshot) {
  probed_.clear();
  for (RunSnapshot& run : snapshot.runs) probed_.push_back(&run.layers);
  share_histogram_ranges(probed_, options.range_per_layer, range_scratch_);
  for (std::size_t lane = 0; lane < places_.size(); ++lane) {
    const Run& run = *places_[lane].runs.front();
    probe_histograms(run.network(), run.training_pass(), *probed_[lane]);
  }
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
