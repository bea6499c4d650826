// Lanes side by side: stepping, switching, catching up.
#include "core/experiment/comparison.h"

#include <algorithm>
#include <cassert>
#include <functional>
#include <iterator>
#include <thread>

#include "core/experiment/crew.h"
#include "core/experiment/verdict/run_state.h"

namespace initlab {
namespace {

unsigned thread_count(unsigned wanted, std::size_t lanes) {
  if (wanted == 0) wanted = std::max(1u, std::thread::hardware_concurrency());
  return std::min(wanted, static_cast<unsigned>(lanes));
}

std::size_t most_runs(const Experiment& experiment) {
  std::int64_t runs = 0;
  for (const Lane& lane : experiment.lanes) runs += lane.replicas;
  return std::max<std::size_t>(kMaximumLanes, static_cast<std::size_t>(runs));
}

}  // namespace

Result<std::unique_ptr<Comparison>> Comparison::make(Experiment experiment, ComparisonOptions options) {
  Result<Materials> materials = gather_materials(experiment, options.find);
  if (auto* error = std::get_if<InputError>(&materials)) return *error;
  return std::unique_ptr<Comparison>(
      new Comparison(std::move(experiment), std::move(std::get<Materials>(materials)), std::move(options)));
}

Comparison::Comparison(Experiment experiment, ComparisonOptions options)
    : Comparison(experiment, std::get<Materials>(gather_materials(experiment, options.find)), options) {}

Comparison::Comparison(Experiment experiment, Materials materials, ComparisonOptions options)
    : experiment_(std::make_shared<const Experiment>(std::move(experiment))),
      find_(std::move(options.find)),
      crew_(std::make_unique<Crew>(thread_count(options.threads, most_runs(*experiment_)))),
      snapshots_([](Snapshot& idle) {
        idle.experiment.reset();
        idle.data.reset();
      }) {
  begin(std::move(materials));
}

Comparison::~Comparison() = default;

void Comparison::begin(Materials materials) {
  step_ = 0;
  task_ = make_learning_task(*experiment_, std::move(materials.data));
  chance_cost_ = chance_cost(*experiment_, *task_);
  domain_aspect_ = 0;
  last_.reset();
  places_.clear();
  places_.resize(experiment_->lanes.size());
  for (std::size_t lane = 0; lane < places_.size(); ++lane) {
    places_[lane].sources = std::move(materials.lanes[lane]);
    make_runs(lane);
  }
  list_runs();
}

void Comparison::make_runs(std::size_t lane) {
  Place& place = places_[lane];
  place.runs.clear();
  for (std::int64_t replica = 0; replica < experiment_->lanes[lane].replicas; ++replica) {
    place.runs.push_back(std::make_unique<Run>(RunOrigin{.experiment = experiment_,
                                                         .task = task_,
                                                         .lane = lane,
                                                         .replica = replica,
                                                         .sources = place.sources}));
  }
  place.generation = ++generations_;
  place.theory = std::make_shared<const LaneTheory>(
      predict_signal(*experiment_, experiment_->lanes[lane], *task_->data));
  Run& shown = *place.runs.front();
  shown.refresh();
  std::vector<LayerProbe> layers;
  probe_layers(shown.network(), shown.training_pass(), place.scratch.rows, layers, {.spectra = false});
  RunState state = state_of(*experiment_, lane, shown, chance_cost_);
  state.accuracy = shown.train_accuracy();
  place.began_healthy = judge(state, layers).front().kind == VerdictKind::kHealthy;
}

void Comparison::list_runs() {
  everyone_.clear();
  for (std::size_t lane = 0; lane < places_.size(); ++lane) {
    for (const auto& run : places_[lane].runs) everyone_.push_back({run.get(), lane});
  }
  in_hand_ = std::make_unique<std::mutex[]>(everyone_.size());
}

void Comparison::adopt(Experiment experiment) {
  ++edits_;
  experiment_ = std::make_shared<const Experiment>(std::move(experiment));
  for (Place& place : places_) {
    for (const auto& run : place.runs) run->adopt(experiment_);
    if (!place.previous) continue;
    for (const auto& run : place.previous->runs) run->adopt(experiment_);
  }
}

void Comparison::advance(std::int64_t count) {
  assert(count >= 0);
  const std::int64_t target = step_ + std::min(count, experiment_->training.steps - step_);
  if (target <= step_) return;
  // Where threads cannot share the runs evenly, each run is trained in pieces, whoever is free taking the
  // next of one that nobody has in hand: three lanes on two cores take as long as one and a half.
  const std::size_t runs = everyone_.size();
  const std::size_t threads = crew_->threads();
  const std::size_t pieces = threads > 1 && runs > threads && runs % threads != 0 ? threads : 1;
  const std::int64_t piece =
      (target - step_ + static_cast<std::int64_t>(pieces) - 1) / static_cast<std::int64_t>(pieces);
  const auto train = [&](std::size_t i) {
    const Member& member = everyone_[i % runs];
    if (places_[member.lane].catching_up) return;
    const std::lock_guard alone(in_hand_[i % runs]);
    member.run->advance(std::min(piece, target - member.run->step()));
  };
  crew_->for_each(runs * pieces, std::cref(train));
  step_ = target;
}

void Comparison::catch_up(std::int64_t count) {
  crew_->for_each(everyone_.size(), [&](std::size_t i) {
    const Member& member = everyone_[i];
    if (!places_[member.lane].catching_up) return;
    member.run->advance(std::min(count, step_ - member.run->step()));
  });
  for (Place& place : places_) {
    if (place.catching_up) settle(place);
  }
}

void Comparison::settle(Place& place) {
  for (const auto& run : place.runs) {
    if (run->step() < step_ && !run->diverged()) return;
  }
  place.catching_up = false;
  place.previous.reset();
}

bool Comparison::catching_up() const {
  return std::ranges::any_of(places_, &Place::catching_up);
}

void Comparison::rewind() {
  step_ = 0;
  for (Place& place : places_) {
    for (const auto& run : place.runs) run->rewind();
    settle(place);
  }
}

void Comparison::new_seed() {
  Experiment next = *experiment_;
  for (Lane& lane : next.lanes) lane.seed = lane.seed < 0xffffffff ? lane.seed + 1 : 0;
  // Whatever a lane copies is where it was: only the seeds are new.
  experiment_ = std::make_shared<const Experiment>(std::move(next));
  Materials materials{.data = task_->data, .lanes = {}};
  for (Place& place : places_) materials.lanes.push_back(std::move(place.sources));
  begin(std::move(materials));
}

std::optional<InputError> Comparison::set_lane(std::size_t lane, const Lane& changed, bool restart_all) {
  assert(lane < places_.size());
  Experiment next = *experiment_;
  const Lane before = next.lanes[lane];
  next.lanes[lane] = changed;
  // What was expected of the lane as it was does not hold for another.
  const auto concerns = [&](const Expectation& expected) { return expected.lane == before.name; };
  std::vector<Expectation> dropped;
  std::ranges::copy_if(next.expect, std::back_inserter(dropped), concerns);
  std::erase_if(next.expect, concerns);
  if (restart_all) return replace(std::move(next));
  Result<LayerSources> sources = gather_sources(next, changed, shape_of(*task_->data), find_);
  if (auto* error = std::get_if<InputError>(&sources)) return *error;
  Place& place = places_[lane];
  if (!place.previous) {
    place.previous_lane = before;
    place.previous_expect = std::move(dropped);
    place.previous = std::move(static_cast<Lived&>(place));
  }
  experiment_ = std::make_shared<const Experiment>(std::move(next));
  place.sources = std::move(std::get<LayerSources>(sources));
  make_runs(lane);
  place.catching_up = true;
  settle(place);
  list_runs();
  return std::nullopt;
}

void Comparison::call_off_catch_up() {
  Experiment next = *experiment_;
  for (std::size_t lane = 0; lane < places_.size(); ++lane) {
    Place& place = places_[lane];
    if (!place.previous) continue;
    next.lanes[lane] = place.previous_lane;
    next.expect.insert(next.expect.end(), place.previous_expect.begin(), place.previous_expect.end());
    static_cast<Lived&>(place) = std::move(*place.previous);
    place.previous.reset();
  }
  list_runs();
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

std::optional<InputError> Comparison::replace(Experiment experiment) {
  const bool same_data =
      experiment.data == experiment_->data && experiment.folder == experiment_->folder &&
      (experiment.network.output == OutputId::kLinear) == (experiment_->network.output == OutputId::kLinear);
  Result<Materials> materials = gather_materials(experiment, find_, same_data ? task_->data : nullptr);
  if (auto* error = std::get_if<InputError>(&materials)) return *error;
  experiment_ = std::make_shared<const Experiment>(std::move(experiment));
  begin(std::move(std::get<Materials>(materials)));
  return std::nullopt;
}

}  // namespace initlab
