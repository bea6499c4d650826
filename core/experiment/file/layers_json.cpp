// What a layer's object holds is remembered as keys and values: a key that stands there holds even where its
// value is the lane's own.
#include "core/experiment/file/layers_json.h"

#include <algorithm>
#include <vector>

#include "core/experiment/file/field_json.h"
#include "core/numeric/input_text.h"

namespace initlab {
namespace {

using Trouble = std::optional<InputError>;

// The exception of a layer, made where there is none.
LayerException& exception_of(Lane& lane, std::size_t layer) {
  const auto place = std::find_if(lane.layers.begin(), lane.layers.end(),
                                  [layer](const LayerException& row) { return row.layer >= layer; });
  if (place != lane.layers.end() && place->layer == layer) return *place;
  LayerException exception;
  exception.layer = layer;
  return *lane.layers.insert(place, std::move(exception));
}

bool is_given(const LayerException& exception, std::string_view key) {
  return std::find(exception.given.begin(), exception.given.end(), key) != exception.given.end();
}

// Keys are the rows' own, so that they outlive the text that they were read from, and stand in the rows'
// order.
void give(const Field<LayerStart>& given, LayerException& exception) {
  std::vector<std::string_view> keys;
  for (const Field<LayerStart>& field : fields<LayerStart>()) {
    if (&field == &given || is_given(exception, field.key)) keys.push_back(field.key);
  }
  exception.given = std::move(keys);
}

Trouble read_layer(const JsonValue& object, const std::string& path, std::size_t layer, Lane& lane) {
  std::vector<std::string_view> keys;
  for (const Field<LayerStart>& field : fields<LayerStart>()) keys.push_back(field.key);
  if (Trouble trouble = check_keys(object, keys, 0, path)) return trouble;
  if (object.members.empty()) return std::nullopt;
  LayerException& exception = exception_of(lane, layer);
  for (const JsonMember& member : object.members) {
    const Field<LayerStart>& field = *find_field<LayerStart>(member.key);
    if (Trouble trouble = assign_field(exception.start, field, member.value, path + "." + member.key))
      return trouble;
    give(field, exception);
  }
  // Only now is the scheme known that says which keys are read.
  const LayerStart start = layer_start(lane, layer);
  for (const JsonMember& member : object.members) {
    const Field<LayerStart>& field = *find_field<LayerStart>(member.key);
    if (Trouble trouble = check_applies(start, field, path + "." + member.key)) return trouble;
  }
  return std::nullopt;
}

// {"scheme": "normal", "std": 2}: what was given and is read.
std::string layer_text(const Lane& lane, const LayerException& exception) {
  const LayerStart whole = layer_start(lane, exception.layer);
  LayerStart start = exception.start;
  std::string text;
  for (const std::string_view key : exception.given) {
    const Field<LayerStart>& field = *find_field<LayerStart>(key);
    if (!applies(field, whole)) continue;
    text += (text.empty() ? "" : ", ") + json_text(key) + ": " + json_text(field.member(start));
  }
  return text.empty() ? "" : "{" + text + "}";
}

}  // namespace

std::optional<InputError> read_layers(const JsonValue& object, const std::string& path, Lane& lane) {
  if (object.kind != JsonValue::Kind::kObject)
    return InputError{path + ": " + shown(object) + " is not an object"};
  lane.layers.clear();
  for (const JsonMember& member : object.members) {
    const std::optional<std::size_t> layer = layer_number(member.key);
    if (!layer) return no_layer(path, member.key);
    if (Trouble trouble = read_layer(member.value, path + "." + member.key, *layer, lane)) return trouble;
  }
  return std::nullopt;
}

std::optional<InputError> set_in_layer(const Field<LayerStart>& field, const JsonValue& value,
                                       const std::string& path, std::size_t layer, Lane& lane) {
  Lane changed = lane;
  LayerException& exception = exception_of(changed, layer);
  if (Trouble trouble = assign_field(exception.start, field, value, path)) return trouble;
  give(field, exception);
  if (Trouble trouble = check_applies(layer_start(changed, layer), field, path)) return trouble;
  lane = std::move(changed);
  return std::nullopt;
}

std::string layers_text(const Lane& lane) {
  std::string text;
  for (const LayerException& exception : lane.layers) {
    const std::string layer = layer_text(lane, exception);
    if (layer.empty()) continue;
    text += (text.empty() ? "\"" : ", \"") + std::to_string(exception.layer) + "\": " + layer;
  }
  return text.empty() ? "" : "{" + text + "}";
}

}  // namespace initlab
