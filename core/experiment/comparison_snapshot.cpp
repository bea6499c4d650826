// What a comparison shows of itself: every run measured at its step, and judged beside the others.
#include <algorithm>
#include <functional>

#include "core/experiment/comparison.h"
#include "core/experiment/crew.h"
#include "core/experiment/verdict/run_state.h"

namespace initlab {
namespace {

std::uint64_t revision_of(std::uint64_t generation, const Run& run) {
  return (generation << 32) + static_cast<std::uint64_t>(run.step());
}

// The figures of layers; fields have a rule of their own.
bool has_same_figures(const SnapshotOptions& a, const SnapshotOptions& b) {
  return a.histograms == b.histograms && a.range_per_layer == b.range_per_layer && a.spectra == b.spectra &&
         a.network == b.network;
}

}  // namespace

Comparison::Stand Comparison::stand_of(const Place& place) const {
  const Run& shown = *place.runs.front();
  Stand stand{revision_of(place.generation, shown), 0, edits_, shown.diverged().has_value()};
  for (const auto& run : place.runs) stand.steps += run->step();
  return stand;
}

std::uint64_t Comparison::revision(std::size_t lane) const {
  return revision_of(places_[lane].generation, *places_[lane].runs.front());
}

bool Comparison::is_known(const Place& place, const SnapshotOptions& options) const {
  return last_ && has_same_figures(options, last_options_) && stand_of(place) == place.measured;
}

void Comparison::measure(Run& run, const SnapshotOptions& options, RowScratch& scratch, RunSnapshot& shown) {
  run.refresh();
  shown.step = run.step();
  shown.diverged = run.diverged();
  shown.cost = run.cost();
  shown.train_accuracy = run.train_accuracy();
  shown.test_accuracy = run.test_accuracy();
  shown.test_cost = run.test_cost();
  shown.history = run.history();
  probe_layers(run.network(), run.training_pass(), scratch, shown.layers, {.spectra = options.spectra});
}

void Comparison::show_run(std::size_t lane, const SnapshotOptions& options, RunSnapshot& shown) {
  Place& place = places_[lane];
  Run& run = *place.runs.front();
  if (is_known(place, options)) {
    // A run that was rewound stands where it stood, but its passes are yet to be made: verdicts read them.
    for (const auto& each : place.runs) each->refresh();
    shown = last_->runs[lane];
  } else {
    measure(run, options, place.scratch.rows, shown);
    fill_response_curve(run.last_finite(), *task_->data, place.scratch.response_pass,
                        place.scratch.response_grid, shown.response);
    if (options.network) {
      fill_network_view(run.network(), run.training_pass(), *task_->data, place.scratch.network,
                        shown.network);
    } else {
      shown.network.layers.clear();
    }
    shown.field.size = {};
    shown.field_step = run.last_finite_step();
    shown.replicas.resize(place.runs.size() - 1);
    for (std::size_t i = 1; i < place.runs.size(); ++i)
      measure(*place.runs[i], options, place.scratch.rows, shown.replicas[i - 1]);
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
  begin_sketch(place, options);
  fill_sketch(place, place.sketch.field.logit.size() - place.sketch.cells);
  std::swap(shown.field, place.sketch.field);
  place.sketch.stand = {};
}

void Comparison::choose_domain(const SnapshotOptions& options) {
  if (options.domain) {
    domain_ = *options.domain;
    domain_aspect_ = 0;
    return;
  }
  const FieldSize size = options.field;
  const double aspect = static_cast<double>(size.columns) / size.rows;
  if (domain_aspect_ != aspect) domain_ = domain_of(*task_->data, aspect);
  domain_aspect_ = aspect;
}

bool Comparison::has_size(const DecisionField& field, const SnapshotOptions& options) const {
  return field.size == coarser(options.field, options.field_divisor) && field.domain == domain_;
}

void Comparison::begin_sketch(Place& place, const SnapshotOptions& options) const {
  Sketch& sketch = place.sketch;
  const Stand stand = stand_of(place);
  if (sketch.stand == stand && has_size(sketch.field, options)) return;
  begin_decision_field(place.runs.front()->last_finite(), domain_,
                       coarser(options.field, options.field_divisor), sketch.field);
  sketch.stand = stand;
  sketch.cells = 0;
}

void Comparison::fill_sketch(Place& place, std::size_t count) {
  Sketch& sketch = place.sketch;
  fill_cells(place.runs.front()->last_finite(), sketch.cells, count, place.scratch.field, sketch.field);
  sketch.cells += count;
}

std::size_t Comparison::prepare_fields(const SnapshotOptions& options, std::size_t cells) {
  choose_domain(options);
  // What each lane may fill is settled before threads share it: a piece is mostly one lane's.
  std::size_t taken = 0;
  for (std::size_t lane = 0; lane < places_.size(); ++lane) {
    Place& place = places_[lane];
    place.cells_to_fill = 0;
    if (is_known(place, options) && has_size(last_->runs[lane].field, options)) continue;
    begin_sketch(place, options);
    place.cells_to_fill = std::min(cells - taken, place.sketch.field.logit.size() - place.sketch.cells);
    taken += place.cells_to_fill;
  }
  const auto fill = [this](std::size_t lane) { fill_sketch(places_[lane], places_[lane].cells_to_fill); };
  crew_->for_each(places_.size(), std::cref(fill));
  return taken;
}

std::shared_ptr<const Snapshot> Comparison::snapshot(const SnapshotOptions& options) {
  const std::shared_ptr<Snapshot> result = snapshots_.take();
  result->experiment = experiment_;
  result->data = task_->data;
  result->step = step_;
  result->reached = reached_;
  result->chance_cost = chance_cost_;
  result->runs.resize(places_.size());
  choose_domain(options);
  const bool all_known =
      std::ranges::all_of(places_, [&](const Place& place) { return is_known(place, options); });
  const auto show = [&](std::size_t lane) { show_run(lane, options, result->runs[lane]); };
  crew_->for_each(places_.size(), std::cref(show));
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
  const auto fill = [this](std::size_t lane) {
    const Run& run = *places_[lane].runs.front();
    probe_histograms(run.network(), run.training_pass(), *probed_[lane]);
  };
  crew_->for_each(places_.size(), std::cref(fill));
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
      judge(state, shown.layers, shown.verdicts);
    };
    RunSnapshot& shown = snapshot.runs[lane];
    judge_run(*places_[lane].runs.front(), shown);
    for (std::size_t i = 0; i < shown.replicas.size(); ++i)
      judge_run(*places_[lane].runs[i + 1], shown.replicas[i]);
  }
}

}  // namespace initlab
