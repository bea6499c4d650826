// What is done to the lanes of an experiment as a whole: added, copied, removed and moved. The first
// half are values in, values out; the second asks the worker for it and says in a message what was refused.
//
// Events and expectations follow the lane that they belong to.
#pragma once

#include <cstddef>
#include <cstdint>
#include <optional>
#include <string>
#include <string_view>
#include <vector>

#include "app/panels/panel.h"
#include "core/experiment/experiment.h"

namespace initlab {

// `wanted`, numbered where another lane than `except` has that name: "He normal", "He normal 2".
std::string free_lane_name(const std::vector<Lane>& lanes, std::size_t except, std::string_view wanted);

// Lanes count from 0. A new lane has the last one's seed and the first scheme of a short list that no lane
// has.
Experiment with_new_lane(Experiment experiment);
Experiment with_copied_lane(Experiment experiment, std::size_t lane);  // right of it
Experiment without_lane(Experiment experiment, std::size_t lane);
Experiment with_moved_lane(Experiment experiment, std::size_t from, std::size_t to);

// Checks `experiment` and asks for it; runs of unchanged lanes go on. What is wrong becomes a message; then
// nothing is asked for, and the answer is false.
bool change_experiment(PanelContext& context, Experiment experiment);
// The lane anew as `changed` has it, as LabState::restart_all says: it alone, catching up, or all lanes.
// The command's number; null where it was refused, by a message.
std::optional<std::uint64_t> change_lane(PanelContext& context, std::size_t lane, Lane changed);

bool add_lane(PanelContext& context);
bool copy_lane(PanelContext& context, std::size_t lane);
bool remove_lane(PanelContext& context, std::size_t lane);
// By one place: -1 to the left, 1 to the right.
bool move_lane(PanelContext& context, std::size_t lane, int places);

// "Draws this lane anew; it catches up with the others." or "All lanes start again.": what changing a lane's
// start does.
std::string_view lane_effect(const LabState& state);

}  // namespace initlab
