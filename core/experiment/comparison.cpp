// Lanes side by side: stepping, switching, catching up, measuring.
#include "core/experiment/comparison.h"

#include <algorithm>
#include <cassert>
#include <cmath>
#include <iterator>
#include <thread>

#include "core/experiment/crew.h"
#include "core/experiment/histogram_range.h"

namespace initlab {
namespace {

unsigned thread_count(unsigned wanted, std::size_t lanes) {
  if (wanted == 0) wanted = std::max(1u, std::thread::hardware_concurrency());
  return std::min(wanted, static_cast<unsigned>(lanes));
}

std::optional<double> cost_before(const RunSnapshot& run) {
  const std::int64_t step = run.step - kPlateauSteps;
  return step >= 0 && step < run.history.size() ? std::optional(run.history[step]) : std::nullopt;
}

// Cost of the best answer that ignores the input: the entropy of the labels, or their variance.
double chance_cost(const Experiment& experiment, const Dataset& data) {
  const Summary labels = summarize(data.train.y);
  if (experiment.training.loss == LossId::kMeanSquaredError) return labels.std * labels.std;
  const double p = labels.mean;
  if (p <= 0 || p >= 1) return 0;
  return -p * std::log(p) - (1 - p) * std::log1p(-p);
}

}  // namespace

Comparison::Comparison(Experiment experiment, ComparisonOptions options)
    : experiment_(std::make_shared<const Experiment>(std::move(experiment))),
      crew_(std::make_unique<Crew>(thread_count(options.threads, kMaximumLanes))) {
  data_ = std::make_shared<const Dataset>(make_dataset(experiment_->data));
  make_runs();
}

Comparison::~Comparison() = default;

void Comparison::make_runs() {
  step_ = 0;
  places_.clear();
  places_.resize(experiment_->lanes.size());
  for (std::size_t lane = 0; lane < places_.size(); ++lane) {
    places_[lane].run = std::make_unique<Run>(experiment_, data_, lane);
    places_[lane].generation = ++generations_;
  }
}

void Comparison::adopt(Experiment experiment) {
  experiment_ = std::make_shared<const Experiment>(std::move(experiment));
  for (Place& place : places_) {
    place.run->adopt(experiment_);
    if (place.previous_run) place.previous_run->adopt(experiment_);
  }
}

void Comparison::advance(std::int64_t count) {
  assert(count >= 0);
  const std::int64_t target = step_ + std::min(count, experiment_->training.steps - step_);
  if (target <= step_) return;
  crew_->for_each(places_.size(), [&](std::size_t lane) {
    Place& place = places_[lane];
    if (!place.catching_up) place.run->advance(target - place.run->step());
  });
  step_ = target;
}

void Comparison::catch_up(std::int64_t count) {
  crew_->for_each(places_.size(), [&](std::size_t lane) {
    Place& place = places_[lane];
    if (!place.catching_up) return;
    place.run->advance(std::min(count, step_ - place.run->step()));
    settle(place);
  });
}

void Comparison::settle(Place& place) {
  if (place.run->step() < step_ && !place.run->diverged()) return;
  place.catching_up = false;
  place.previous_run.reset();
}

bool Comparison::catching_up() const {
  return std::ranges::any_of(places_, &Place::catching_up);
}

void Comparison::rewind() {
  step_ = 0;
  for (Place& place : places_) {
    place.run->rewind();
    settle(place);
  }
}

void Comparison::new_seed() {
  Experiment next = *experiment_;
  for (Lane& lane : next.lanes) lane.seed = lane.seed < 0xffffffff ? lane.seed + 1 : 0;
  replace(std::move(next));
}

void Comparison::set_lane(std::size_t lane, const Lane& changed, bool restart_all) {
  assert(lane < places_.size());
  Experiment next = *experiment_;
  const Lane before = next.lanes[lane];
  next.lanes[lane] = changed;
  // What was expected of the lane as it was does not hold for another.
  const auto concerns = [&](const Expectation& expected) { return expected.lane == before.name; };
  std::vector<Expectation> dropped;
  std::ranges::copy_if(next.expect, std::back_inserter(dropped), concerns);
  std::erase_if(next.expect, concerns);
  if (restart_all) {
    replace(std::move(next));
    return;
  }
  Place& place = places_[lane];
  if (!place.previous_run) {
    place.previous_lane = before;
    place.previous_expect = std::move(dropped);
    place.previous_run = std::move(place.run);
    place.previous_generation = place.generation;
  }
  place.run.reset();
  experiment_ = std::make_shared<const Experiment>(std::move(next));
  place.run = std::make_unique<Run>(experiment_, data_, lane);
  place.generation = ++generations_;
  place.catching_up = true;
  settle(place);
}

void Comparison::call_off_catch_up() {
  Experiment next = *experiment_;
  for (std::size_t lane = 0; lane < places_.size(); ++lane) {
    Place& place = places_[lane];
    if (!place.previous_run) continue;
    next.lanes[lane] = place.previous_lane;
    next.expect.insert(next.expect.end(), place.previous_expect.begin(), place.previous_expect.end());
    place.run = std::move(place.previous_run);
    place.generation = place.previous_generation;
  }
  adopt(std::move(next));
  for (Place& place : places_) settle(place);
}

void Comparison::set_live(LiveSetting setting, std::size_t lane, double value) {
  Experiment next = *experiment_;
  // A change in the past replaces the future of the same knob.
  std::erase_if(next.events, [&](const Event& event) {
    return event.setting == setting && event.step >= step_ && (lane == 0 || event.lane == lane);
  });
  if (step_ == 0 && lane == 0) {
    // Nothing has happened yet: it is the experiment's own setting.
    switch (setting) {
      case LiveSetting::kLearningRate:
        next.training.learning_rate = value;
        break;
      case LiveSetting::kL1:
        next.training.l1 = value;
        break;
      case LiveSetting::kL2:
        next.training.l2 = value;
        break;
    }
  } else {
    const auto after = std::ranges::upper_bound(next.events, step_, {}, &Event::step);
    next.events.insert(after, {step_, lane, setting, value});
  }
  adopt(std::move(next));
}

void Comparison::set_steps(std::int64_t steps) {
  Experiment next = *experiment_;
  next.training.steps = std::max(steps, step_);
  adopt(std::move(next));
}

void Comparison::replace(Experiment experiment) {
  const bool same_data = experiment.data == experiment_->data;
  experiment_ = std::make_shared<const Experiment>(std::move(experiment));
  if (!same_data) data_ = std::make_shared<const Dataset>(make_dataset(experiment_->data));
  make_runs();
}

RunSnapshot Comparison::run_snapshot(std::size_t lane, const SnapshotOptions& options) {
  Place& place = places_[lane];
  Run& run = *place.run;
  run.refresh();
  RunSnapshot result;
  result.lane = experiment_->lanes[lane];
  result.step = run.step();
  result.catching_up = place.catching_up;
  result.diverged = run.diverged();
  result.cost = run.cost();
  result.train_accuracy = run.train_accuracy();
  result.test_accuracy = run.test_accuracy();
  result.history = run.history();
  result.revision = (place.generation << 32) + static_cast<std::uint64_t>(run.step());
  probe_layers(run.network(), run.training_pass(), result.layers);
  const double aspect = static_cast<double>(options.field.columns) / options.field.rows;
  fill_decision_field(run.network(), domain_of(*data_, aspect), options.field, field_pass_, field_grid_,
                      result.field);
  return result;
}

std::shared_ptr<const Snapshot> Comparison::snapshot(const SnapshotOptions& options) {
  auto result = std::make_shared<Snapshot>();
  result->experiment = experiment_;
  result->data = data_;
  result->step = step_;
  result->chance_cost = chance_cost(*experiment_, *data_);
  std::vector<std::vector<LayerProbe>*> probes;
  for (std::size_t lane = 0; lane < places_.size(); ++lane)
    result->runs.push_back(run_snapshot(lane, options));
  for (RunSnapshot& run : result->runs) probes.push_back(&run.layers);
  if (options.histograms) {
    share_histogram_ranges(probes, options.range_per_layer);
    for (std::size_t lane = 0; lane < places_.size(); ++lane) {
      const Run& run = *places_[lane].run;
      probe_histograms(run.network(), run.training_pass(), *probes[lane]);
    }
  }
  for (RunSnapshot& run : result->runs) {
    run.verdicts = judge({.step = run.step,
                          .cost = run.cost,
                          .first_cost = run.history.size() > 0 ? run.history[0] : run.cost,
                          .earlier_cost = cost_before(run),
                          .accuracy = run.train_accuracy,
                          .chance_cost = result->chance_cost,
                          .diverged = run.diverged},
                         run.layers);
  }
  return result;
}

}  // namespace initlab
