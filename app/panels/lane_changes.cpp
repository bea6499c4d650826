#include "app/panels/lane_changes.h"

#include <fmt/format.h>

#include <algorithm>
#include <array>
#include <cctype>
#include <utility>

#include "core/experiment/file/experiment_json.h"

namespace initlab {
namespace {

// What a new lane begins with: the first of these that is not on the screen yet.
constexpr std::array kNewSchemes = {SchemeId::kHeNormal,   SchemeId::kXavierNormal,  SchemeId::kLecunNormal,
                                    SchemeId::kOrthogonal, SchemeId::kPytorchLinear, SchemeId::kZeros};

SchemeId scheme_for_new_lane(const std::vector<Lane>& lanes) {
  const auto is_shown = [&](SchemeId kind) {
    return std::ranges::any_of(lanes, [kind](const Lane& lane) { return lane.scheme == kind; });
  };
  const auto free = std::ranges::find_if_not(kNewSchemes, is_shown);
  return free == kNewSchemes.end() ? kNewSchemes.front() : *free;
}

// "He normal" of "He normal 2": copies of copies are counted, not stacked.
std::string without_number(const std::string& name) {
  std::size_t end = name.size();
  while (end > 0 && std::isdigit(static_cast<unsigned char>(name[end - 1])) != 0) --end;
  const bool numbered = end < name.size() && end > 1 && name[end - 1] == ' ';
  return numbered ? name.substr(0, end - 1) : name;
}

// Gives every event the lane number that `place` (from 1 to from 1; 0: gone) names for it.
template <class Place>
void renumber_events(Experiment& experiment, Place place) {
  std::erase_if(experiment.events, [&](Event& event) {
    if (event.lane == 0) return false;  // of all lanes
    event.lane = place(event.lane);
    return event.lane == 0;
  });
}

bool refuse(PanelContext& context, std::string text) {
  show_message(context.state, std::move(text), true);
  return false;
}

}  // namespace

std::string free_lane_name(const std::vector<Lane>& lanes, std::size_t except, std::string_view wanted) {
  std::string name(wanted);
  const auto taken = [&](const std::string& candidate) {
    for (std::size_t other = 0; other < lanes.size(); ++other) {
      if (other != except && lanes[other].name == candidate) return true;
    }
    return false;
  };
  for (int number = 2; taken(name); ++number) name = fmt::format("{} {}", wanted, number);
  return name;
}

Experiment with_new_lane(Experiment experiment) {
  const SchemeId kind = scheme_for_new_lane(experiment.lanes);
  const std::int64_t seed = experiment.lanes.empty() ? Lane{}.seed : experiment.lanes.back().seed;
  const std::string name = free_lane_name(experiment.lanes, experiment.lanes.size(), scheme(kind).label);
  experiment.lanes.push_back(make_lane(name, kind, {}, seed));
  return experiment;
}

Experiment with_copied_lane(Experiment experiment, std::size_t lane) {
  Lane copy = experiment.lanes[lane];
  copy.name = free_lane_name(experiment.lanes, experiment.lanes.size(), without_number(copy.name));
  experiment.lanes.insert(experiment.lanes.begin() + static_cast<std::ptrdiff_t>(lane) + 1, std::move(copy));
  const std::size_t number = lane + 1;
  renumber_events(experiment, [number](std::size_t other) { return other > number ? other + 1 : other; });
  // What was done to the lane was done to its copy too.
  std::vector<Event> events;
  for (const Event& event : experiment.events) {
    events.push_back(event);
    if (event.lane != number) continue;
    events.push_back(event);
    events.back().lane = number + 1;
  }
  experiment.events = std::move(events);
  return experiment;
}

Experiment without_lane(Experiment experiment, std::size_t lane) {
  const std::string name = experiment.lanes[lane].name;
  experiment.lanes.erase(experiment.lanes.begin() + static_cast<std::ptrdiff_t>(lane));
  const std::size_t number = lane + 1;
  renumber_events(experiment, [number](std::size_t other) {
    return other == number ? std::size_t{0} : other > number ? other - 1 : other;
  });
  std::erase_if(experiment.expect, [&](const Expectation& row) { return row.lane == name; });
  return experiment;
}

Experiment with_moved_lane(Experiment experiment, std::size_t from, std::size_t to) {
  std::vector<std::size_t> order(experiment.lanes.size());
  for (std::size_t i = 0; i < order.size(); ++i) order[i] = i;
  order.erase(order.begin() + static_cast<std::ptrdiff_t>(from));
  order.insert(order.begin() + static_cast<std::ptrdiff_t>(to), from);
  std::vector<Lane> lanes;
  for (const std::size_t old : order) lanes.push_back(experiment.lanes[old]);
  experiment.lanes = std::move(lanes);
  renumber_events(experiment, [&](std::size_t number) {
    const auto place = std::ranges::find(order, number - 1);
    return static_cast<std::size_t>(place - order.begin()) + 1;
  });
  return experiment;
}

bool change_experiment(PanelContext& context, Experiment experiment) {
  if (const auto error = check_experiment(experiment)) return refuse(context, error->message);
  context.worker.post(command::Change{std::move(experiment)});
  return true;
}

std::optional<std::uint64_t> change_lane(PanelContext& context, std::size_t lane, Lane changed) {
  Experiment experiment = context.experiment();
  experiment.lanes[lane] = changed;
  experiment.expect.clear();  // may name a lane that is called otherwise now
  if (const auto error = check_experiment(experiment)) {
    refuse(context, error->message);
    return std::nullopt;
  }
  return context.worker.post(command::SetLane{lane, std::move(changed), context.state.restart_all});
}

bool add_lane(PanelContext& context) {
  if (context.experiment().lanes.size() >= kMaximumLanes) {
    return refuse(context, fmt::format("There are {} lanes already, and no room for more.", kMaximumLanes));
  }
  Experiment changed = with_new_lane(context.experiment());
  const Lane added = changed.lanes.back();
  const std::size_t number = changed.lanes.size();
  if (!change_experiment(context, std::move(changed))) return false;
  show_message(context.state,
               fmt::format("Lane {}: {}. A click on its name chooses another scheme.", number, added.name),
               false);
  return true;
}

bool copy_lane(PanelContext& context, std::size_t lane) {
  if (context.experiment().lanes.size() >= kMaximumLanes) {
    return refuse(context, fmt::format("There are {} lanes already, and no room for more.", kMaximumLanes));
  }
  if (!change_experiment(context, with_copied_lane(context.experiment(), lane))) return false;
  context.state.selected_lane = lane + 1;
  return true;
}

bool remove_lane(PanelContext& context, std::size_t lane) {
  const Experiment& experiment = context.experiment();
  if (experiment.lanes.size() == 1) {
    return refuse(context, fmt::format("\"{}\" is the last lane, and one lane has to stay.",
                                       experiment.lanes[lane].name));
  }
  if (!change_experiment(context, without_lane(experiment, lane))) return false;
  std::size_t& selected = context.state.selected_lane;
  if (selected > lane) --selected;
  return true;
}

bool move_lane(PanelContext& context, std::size_t lane, int places) {
  const std::size_t count = context.experiment().lanes.size();
  if (places < 0 ? lane == 0 : lane + 1 >= count) return false;
  const std::size_t to = places < 0 ? lane - 1 : lane + 1;
  if (!change_experiment(context, with_moved_lane(context.experiment(), lane, to))) return false;
  std::size_t& selected = context.state.selected_lane;
  if (selected == lane) {
    selected = to;
  } else if (selected == to) {
    selected = lane;
  }
  return true;
}

std::string_view lane_effect(const LabState& state) {
  return state.restart_all ? "All lanes start again."
                           : "Draws this lane anew; it catches up with the others.";
}

}  // namespace initlab
