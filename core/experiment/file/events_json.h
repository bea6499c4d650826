// What happened to a run while it lived, as a file has it:
//   {"step": 9000, "lane": 1, "set": {"training.learning_rate": 0.005}}      a live setting
//   {"step": 9000, "lane": 1, "set": {"layers.2.weights.3.1": 0.5}}          layer 2, unit 3, input 1
//   {"step": 9000, "lane": 1, "set": {"layers.2.bias.3": 0}}
// all counted from 1; lane 0 is every lane. One object may set several, each of which becomes an event.
#pragma once

#include <optional>
#include <string>
#include <string_view>
#include <vector>

#include "core/experiment/file/experiment_json.h"
#include "core/experiment/file/json_value.h"

namespace initlab {

// Appends to `events`.
std::optional<InputError> read_events(const JsonValue& list, std::vector<Event>& events);
// One event as the object that reads back the same.
std::string event_text(const Event& event);

// "layers.2.weights.3.1", "layers.2.bias.3", and back; null where the text is none.
std::string weight_path(const WeightPlace& place);
std::optional<WeightPlace> weight_place(std::string_view path);

// Null when every network of the experiment has that number; else which layer, unit or input there is not.
std::optional<InputError> check_weight_place(const Experiment& experiment, const DataShape& shape,
                                             const WeightPlace& place);

}  // namespace initlab
