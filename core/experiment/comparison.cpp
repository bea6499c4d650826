// Lanes side by side: stepping, seeking, catching up, and what is set while they live. How a comparison
// becomes that of another experiment is comparison_change.cpp.
#include "core/experiment/comparison.h"

#include <fmt/format.h>

#include <algorithm>
#include <cassert>
#include <cmath>
#include <functional>
#include <limits>
#include <thread>

#include "core/experiment/crew.h"
#include "core/experiment/file/events_json.h"
#include "core/experiment/file/field_json.h"
#include "core/experiment/verdict/run_state.h"
#include "core/numeric/input_text.h"

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

// Behind the others of its step.
void insert(std::vector<Event>& events, const Event& event) {
  events.insert(std::ranges::upper_bound(events, event.step, {}, &Event::step), event);
}

constexpr std::int64_t kAllSteps = std::numeric_limits<std::int64_t>::max();

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
      key_frame_bytes_(options.key_frame_bytes),
      snapshots_([](Snapshot& idle) {
        idle.experiment.reset();
        idle.data.reset();
      }) {
  begin(std::move(materials));
}

Comparison::~Comparison() = default;

void Comparison::begin(Materials materials) {
  step_ = reached_ = 0;
  seeking_ = false;
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
  std::vector<Run*> all;
  for (std::size_t lane = 0; lane < places_.size(); ++lane) {
    for (const auto& run : places_[lane].runs) everyone_.push_back({run.get(), lane});
    if (!places_[lane].previous) continue;
    for (const auto& run : places_[lane].previous->runs) all.push_back(run.get());
  }
  in_hand_ = std::make_unique<std::mutex[]>(everyone_.size());
  for (const Member& member : everyone_) all.push_back(member.run);
  for (Run* run : all) run->set_frame_bytes(key_frame_bytes_ / all.size());
}

void Comparison::adopt(Experiment experiment) {
  ++edits_;
  experiment_ = std::make_shared<const Experiment>(std::move(experiment));
  for (std::size_t lane = 0; lane < places_.size(); ++lane) {
    Place& place = places_[lane];
    adopt_runs(place, lane);
    if (place.previous) adopt_runs(*place.previous, lane);
    place.catching_up |= !seeking_ && !is_level(place);
    settle(place);
  }
}

void Comparison::adopt_runs(Lived& lived, std::size_t lane) {
  bool changed = false;
  for (const auto& run : lived.runs) {
    const std::optional<std::int64_t> since = run->adopt(experiment_, lane);
    if (!since) continue;
    changed = true;
    reached_ = std::max(step_, std::min(reached_, *since));
  }
  // What was shown of a step may be shown of it again, and be something else.
  if (changed) lived.generation = ++generations_;
}

void Comparison::advance(std::int64_t count) {
  assert(count >= 0);
  while (continue_seek(kAllSteps)) {
  }
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
  reached_ = std::max(reached_, step_);
}

void Comparison::seek(std::int64_t step) {
  begin_seek(step);
  while (continue_seek(kAllSteps)) {
  }
}

void Comparison::begin_seek(std::int64_t step) {
  step_ = std::clamp<std::int64_t>(step, 0, reached_);
  for (Place& place : places_) {
    // Whoever has been there has nothing to catch up.
    const auto has_been_there = [this](const auto& run) { return run->step() >= step_ || run->diverged(); };
    place.catching_up &= !std::ranges::all_of(place.runs, has_been_there);
    if (!place.catching_up) place.previous.reset();
  }
  crew_->for_each(everyone_.size(), [this](std::size_t i) { everyone_[i].run->approach(step_); });
  const auto is_on_its_way = [this](const Place& place) { return !place.catching_up && !is_level(place); };
  seeking_ = std::ranges::any_of(places_, is_on_its_way);
}

bool Comparison::continue_seek(std::int64_t count) {
  if (!seeking_) return false;
  crew_->for_each(everyone_.size(), [&](std::size_t i) {
    const Member& member = everyone_[i];
    if (!places_[member.lane].catching_up) member.run->advance(std::min(count, step_ - member.run->step()));
  });
  seeking_ = !std::ranges::all_of(
      places_, [this](const Place& place) { return place.catching_up || is_level(place); });
  return seeking_;
}

void Comparison::catch_up(std::int64_t count) {
  crew_->for_each(everyone_.size(), [&](std::size_t i) {
    const Member& member = everyone_[i];
    if (!places_[member.lane].catching_up) return;
    member.run->advance(std::min(count, step_ - member.run->step()));
  });
  for (Place& place : places_) settle(place);
}

bool Comparison::is_level(const Place& place) const {
  return std::ranges::all_of(
      place.runs, [this](const auto& run) { return run->step() == step_ || run->diverged().has_value(); });
}

void Comparison::settle(Place& place) {
  if (!place.catching_up || !is_level(place)) return;
  place.catching_up = false;
  place.previous.reset();
}

bool Comparison::catching_up() const {
  return std::ranges::any_of(places_, &Place::catching_up);
}

void Comparison::rewind() {
  step_ = reached_ = 0;
  seeking_ = false;
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

void Comparison::set_live(LiveSetting setting, std::size_t lane, double value) {
  Experiment next = *experiment_;
  // A change in the past replaces the future of the same knob.
  std::erase_if(next.events, [&](const Event& event) {
    return !event.weight && event.setting == setting && event.step >= step_ &&
           (lane == 0 || event.lane == lane);
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
    insert(next.events, {step_, lane, setting, value});
  }
  adopt(std::move(next));
}

std::optional<InputError> Comparison::edit_weight(std::size_t lane, const WeightPlace& place, double value) {
  if (lane >= places_.size()) {
    return not_allowed("an edited weight", fmt::format("there is no lane {}", lane + 1),
                       fmt::format("1 to {}", places_.size()));
  }
  if (auto error = check_weight_place(*experiment_, shape(), place)) return error;
  const std::string name = fmt::format("{} of lane {}", weight_path(place), lane + 1);
  if (!std::isfinite(value)) return not_allowed(name, shortest(value) + " is not finite", "any number");
  for (const auto& run : places_[lane].runs) {
    if (!run->diverged()) continue;
    return not_allowed(
        name,
        fmt::format("its run diverged at step {}", format_number(static_cast<double>(run->diverged()->step))),
        "an edit before that step");
  }
  Experiment next = *experiment_;
  std::erase_if(next.events, [&](const Event& event) {
    return event.weight == place && event.step >= step_ && event.lane == lane + 1;
  });
  insert(next.events, {.step = step_, .lane = lane + 1, .value = value, .weight = place});
  adopt(std::move(next));
  return std::nullopt;
}

void Comparison::set_steps(std::int64_t steps) {
  Experiment next = *experiment_;
  next.training.steps = std::max(steps, step_);
  adopt(std::move(next));
}

}  // namespace initlab
