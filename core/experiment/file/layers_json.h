// The layers of a lane that begin in their own way, as a file has them: "layers": {"2": {"scheme": "zeros"}}.
#pragma once

#include <optional>
#include <string>

#include "core/experiment/file/experiment_json.h"
#include "core/experiment/file/fields.h"
#include "core/experiment/file/json_value.h"

namespace initlab {

// A lane's key for them, which is no row of fields<Lane>().
inline constexpr std::string_view kLayersKey = "layers";

// What differs in the layers of `object`, in place of what differed before. The rest of the lane has been
// read: it decides with a layer's own keys which of them are read. `path` names the object: "lanes.2.layers".
std::optional<InputError> read_layers(const JsonValue& object, const std::string& path, Lane& lane);

// One key of one layer (from 1); the rest of what differs stays. `path` names it: "lanes.2.layers.3.scheme".
std::optional<InputError> set_in_layer(const Field<LayerStart>& field, const JsonValue& value,
                                       const std::string& path, std::size_t layer, Lane& lane);

// The object that reads back the same; empty where no layer differs.
std::string layers_text(const Lane& lane);

}  // namespace initlab
