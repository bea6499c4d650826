// A comparison becomes that of another experiment: what lives on, what is drawn anew, what goes back in time.
#include <algorithm>
#include <cassert>

#include "core/experiment/comparison.h"
#include "core/experiment/file/experiment_json.h"

namespace initlab {
namespace {

// Whether two experiments train on the same data, in networks of the same form, by the same rules, save those
// that may change from step to step.
bool train_alike(const Experiment& a, const Experiment& b) {
  TrainingSettings training = b.training;
  training.learning_rate = a.training.learning_rate;
  training.l1 = a.training.l1;
  training.l2 = a.training.l2;
  training.steps = a.training.steps;
  return a.data == b.data && a.folder == b.folder && a.network == b.network && a.training == training;
}

bool begin_alike(const Lane& a, const Lane& b) {
  Lane renamed = b;
  renamed.name = a.name;
  return a == renamed;
}

// For each lane of `next` the one of `now` that begins like it, none twice; null where there is none. The
// same name counts first, then the same place.
std::vector<std::optional<std::size_t>> match_lanes(const std::vector<Lane>& now,
                                                    const std::vector<Lane>& next) {
  std::vector<std::optional<std::size_t>> matches(next.size());
  std::vector<bool> taken(now.size());
  const auto match = [&](auto suits) {
    for (std::size_t i = 0; i < next.size(); ++i) {
      for (std::size_t j = 0; j < now.size() && !matches[i]; ++j) {
        if (taken[j] || !begin_alike(now[j], next[i]) || !suits(i, j)) continue;
        matches[i] = j;
        taken[j] = true;
      }
    }
  };
  match([&](std::size_t i, std::size_t j) { return next[i].name == now[j].name; });
  match([](std::size_t i, std::size_t j) { return i == j; });
  match([](std::size_t, std::size_t) { return true; });
  return matches;
}

// Expectations of a lane that another experiment does not have.
std::vector<Expectation> dropped_expectations(const Experiment& now, const std::string& lane,
                                              const Experiment& next) {
  std::vector<Expectation> dropped;
  for (const Expectation& expected : now.expect) {
    const bool is_kept = std::ranges::find(next.expect, expected) != next.expect.end();
    if (expected.lane == lane && !is_kept) dropped.push_back(expected);
  }
  return dropped;
}

}  // namespace

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

std::optional<InputError> Comparison::set_lane(std::size_t lane, const Lane& changed, bool restart_all) {
  assert(lane < places_.size());
  Experiment next = *experiment_;
  const std::string name = next.lanes[lane].name;
  const bool renamed = begin_alike(next.lanes[lane], changed);
  next.lanes[lane] = changed;
  for (Expectation& expected : next.expect) {
    if (renamed && expected.lane == name) expected.lane = changed.name;
  }
  // What was expected of the lane as it was does not hold for another.
  if (!renamed) std::erase_if(next.expect, [&](const Expectation& e) { return e.lane == name; });
  return change(std::move(next), restart_all);
}

// A lane of another experiment in this one.
struct Comparison::Heir {
  std::optional<std::size_t> place;  // whose runs it takes over; null: it is drawn
  bool of_previous = false;          // not the runs that live there, but those that were set aside
  LayerSources sources;              // of a lane that is drawn
};

Result<std::vector<Comparison::Heir>> Comparison::find_heirs(const Experiment& next) const {
  const auto matches = match_lanes(experiment_->lanes, next.lanes);
  std::vector<Heir> heirs(next.lanes.size());
  std::vector<bool> taken(places_.size());
  for (std::size_t i = 0; i < heirs.size(); ++i) {
    heirs[i].place = matches[i];
    if (matches[i]) taken[*matches[i]] = true;
  }
  for (std::size_t i = 0; i < heirs.size(); ++i) {
    for (std::size_t j = 0; j < places_.size() && !heirs[i].place; ++j) {
      const bool was_so = places_[j].previous && begin_alike(places_[j].previous_lane, next.lanes[i]);
      if (taken[j] || !was_so) continue;
      heirs[i].place = j;
      heirs[i].of_previous = taken[j] = true;
    }
    if (heirs[i].place) continue;
    Result<LayerSources> sources = gather_sources(next, next.lanes[i], shape(), find_);
    if (auto* error = std::get_if<InputError>(&sources)) return *error;
    heirs[i].sources = std::move(std::get<LayerSources>(sources));
  }
  return heirs;
}

void Comparison::set_aside(Place& before, const Lane& lane, const Experiment& next, Place& place) const {
  if (before.previous) {
    place.previous = std::move(before.previous);
    place.previous_lane = std::move(before.previous_lane);
    place.previous_expect = std::move(before.previous_expect);
  } else {
    place.previous = std::move(static_cast<Lived&>(before));
    place.previous_lane = lane;
    place.previous_expect = dropped_expectations(*experiment_, lane.name, next);
  }
}

std::optional<InputError> Comparison::change(Experiment next, bool restart_all) {
  if (!restart_all && next == *experiment_) return std::nullopt;
  if (restart_all || !train_alike(*experiment_, next)) return replace(std::move(next));
  next.training.steps = std::max(next.training.steps, step_);
  if (auto error = check_shape(next, shape())) return error;
  Result<std::vector<Heir>> found = find_heirs(next);
  if (auto* error = std::get_if<InputError>(&found)) return *error;
  auto& heirs = std::get<std::vector<Heir>>(found);

  std::vector<Place> places(heirs.size());
  for (std::size_t lane = 0; lane < heirs.size(); ++lane) {
    const Heir& heir = heirs[lane];
    if (!heir.place) continue;
    places[lane] = std::move(places_[*heir.place]);
    places_[*heir.place].runs.clear();
    if (!heir.of_previous) continue;
    revive(places[lane]);
  }
  for (std::size_t lane = 0; lane < heirs.size(); ++lane) {
    if (heirs[lane].place) continue;
    const bool is_switched = lane < places_.size() && !places_[lane].runs.empty();
    if (is_switched) set_aside(places_[lane], experiment_->lanes[lane], next, places[lane]);
    places[lane].sources = std::move(heirs[lane].sources);
  }
  places_ = std::move(places);
  experiment_ = std::make_shared<const Experiment>(next);
  for (std::size_t lane = 0; lane < heirs.size(); ++lane) {
    if (heirs[lane].place) continue;
    make_runs(lane);
    places_[lane].catching_up = true;
  }
  list_runs();
  adopt(std::move(next));
  return std::nullopt;
}

void Comparison::revive(Place& place) const {
  static_cast<Lived&>(place) = std::move(*place.previous);
  place.previous.reset();
  place.catching_up = false;
  for (const auto& run : place.runs) run->approach(step_);
}

void Comparison::call_off_catch_up() {
  Experiment next = *experiment_;
  for (std::size_t lane = 0; lane < places_.size(); ++lane) {
    Place& place = places_[lane];
    if (!place.previous) continue;
    next.lanes[lane] = std::move(place.previous_lane);
    next.expect.insert(next.expect.end(), place.previous_expect.begin(), place.previous_expect.end());
    revive(place);
  }
  list_runs();
  adopt(std::move(next));
}

}  // namespace initlab
