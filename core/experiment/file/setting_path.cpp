// Single settings by their dotted path, as the command line gives them.
#include <fmt/format.h>

#include <algorithm>
#include <charconv>
#include <cmath>

#include "core/experiment/file/events_json.h"
#include "core/experiment/file/experiment_json.h"
#include "core/experiment/file/field_json.h"
#include "core/experiment/file/fields.h"
#include "core/experiment/file/json_value.h"
#include "core/experiment/file/layers_json.h"
#include "core/numeric/input_text.h"

namespace initlab {
namespace {

using Trouble = std::optional<InputError>;

JsonValue text_value(std::string_view text) {
  JsonValue value;
  value.kind = JsonValue::Kind::kText;
  value.text = text;
  return value;
}

// What a command line's text means for a member: JSON where it is, else a bare word. ".5" and "5." are
// numbers too, and "16,8" is a list.
JsonValue value_from_text(const FieldValue& member, std::string_view text) {
  const bool wants_text = std::holds_alternative<std::string*>(member);
  const bool wants_list = std::holds_alternative<std::vector<std::int64_t>*>(member);
  const bool bare_list = wants_list && !text.starts_with('[');
  Result<JsonValue> parsed =
      parse_json(bare_list ? std::string("[").append(text).append("]") : std::string(text));
  if (auto* value = std::get_if<JsonValue>(&parsed)) {
    // A name may be 42 or true.
    if (!wants_text || value->kind == JsonValue::Kind::kText) return std::move(*value);
  }
  JsonValue value = text_value(text);
  if (!std::holds_alternative<double*>(member)) return value;
  double number = 0;
  const auto [end, error] = std::from_chars(text.data(), text.data() + text.size(), number);
  if (error == std::errc() && end == text.data() + text.size() && std::isfinite(number)) {
    value.kind = JsonValue::Kind::kNumber;
    value.number = number;
  }
  return value;
}

template <class Section>
void append_paths(std::vector<std::string>& paths, std::string_view prefix) {
  for (const Field<Section>& field : fields<Section>())
    paths.push_back(fmt::format("{}{}", prefix, field.key));
}

// Those of the layer that `path` names, where it names one, and all others.
std::vector<std::string> all_paths(const Experiment& experiment, std::string_view path) {
  std::vector<std::string> paths;
  append_paths<Experiment>(paths, "");
  append_paths<DataSettings>(paths, "data.");
  append_paths<NetworkSettings>(paths, "network.");
  append_paths<TrainingSettings>(paths, "training.");
  for (std::size_t i = 0; i < experiment.lanes.size(); ++i) {
    append_paths<Lane>(paths, fmt::format("lanes.{}.", i + 1));
    paths.push_back(fmt::format("lanes.{}.{}", i + 1, kLayersKey));
  }
  const std::size_t dot = path.rfind('.');
  if (path.find(kLayersKey) < dot && dot != std::string_view::npos)
    append_paths<LayerStart>(paths, path.substr(0, dot + 1));
  return paths;
}

InputError unknown_setting(const Experiment& experiment, std::string_view path) {
  const std::vector<std::string> paths = all_paths(experiment, path);
  std::string_view near;
  // A key without its section is as near as can be: "learning_rate".
  const std::string ending = fmt::format(".{}", path);
  for (const std::string& candidate : paths) {
    if (near.empty() && candidate.ends_with(ending)) near = candidate;
  }
  if (near.empty()) near = nearest_word(path, std::vector<std::string_view>(paths.begin(), paths.end()));
  const std::string hint =
      near.empty() ? "`initlab list settings` shows all" : fmt::format("did you mean \"{}\"?", near);
  return {fmt::format("{}: unknown setting; {}", one_line(path, 60), hint)};
}

template <class Section>
Trouble set_in(const Experiment& experiment, Section& section, std::string_view key, std::string_view path,
               std::string_view text) {
  const Field<Section>* field = find_field<Section>(key);
  if (field == nullptr) return unknown_setting(experiment, path);
  const std::string name(path);
  if (Trouble trouble = check_applies(section, *field, name)) return trouble;
  return assign_field(section, *field, value_from_text(field->member(section), text), name);
}

// The part before the first dot of `rest`, which loses it and the dot.
std::string_view take_part(std::string_view& rest) {
  const std::size_t dot = rest.find('.');
  const std::string_view part = rest.substr(0, dot);
  rest = dot == std::string_view::npos ? std::string_view() : rest.substr(dot + 1);
  return part;
}

// `rest` is what follows "layers": "" for all of them as an object, else a layer's number and its key.
Trouble set_in_layers(const Experiment& experiment, Lane& lane, std::string_view rest, std::string_view path,
                      std::string_view text) {
  const std::string name(path);
  if (rest.empty()) {
    Result<JsonValue> parsed = parse_json(text);
    const auto* object = std::get_if<JsonValue>(&parsed);
    if (object == nullptr) return InputError{name + ": " + in_quotes(text) + " is not an object"};
    return read_layers(*object, name, lane);
  }
  const std::string_view digits = take_part(rest);
  const std::optional<std::size_t> layer = layer_number(digits);
  if (!layer) return no_layer(one_line(path, 60), digits);
  const Field<LayerStart>* field = find_field<LayerStart>(rest);
  if (field == nullptr) return unknown_setting(experiment, path);
  LayerStart scratch;
  return set_in_layer(*field, value_from_text(field->member(scratch), text), name, *layer, lane);
}

Trouble set_in_lane(Experiment& experiment, std::string_view rest, std::string_view path,
                    std::string_view text) {
  if (rest.find('.') == std::string_view::npos) return unknown_setting(experiment, path);
  const std::string_view digits = take_part(rest);
  std::size_t number = 0;
  const auto [end, error] = std::from_chars(digits.data(), digits.data() + digits.size(), number);
  const bool is_number = error == std::errc() && end == digits.data() + digits.size();
  if (!is_number || number < 1 || number > experiment.lanes.size()) {
    return not_allowed(one_line(path, 60), "there is no lane " + in_quotes(digits),
                       fmt::format("1 to {}", experiment.lanes.size()));
  }
  Lane& lane = experiment.lanes[number - 1];
  const std::string old_name = lane.name;
  std::string_view key = rest;
  if (take_part(key) == kLayersKey) return set_in_layers(experiment, lane, key, path, text);
  const bool named_by_scheme = lane.name == scheme(lane.scheme).label;
  if (Trouble trouble = set_in(experiment, lane, rest, path, text)) return trouble;
  if (rest == "scheme" && named_by_scheme) lane.name = lane_name(experiment.lanes, number - 1);
  // What is expected of a lane stays expected of it under its new name.
  for (Expectation& expectation : experiment.expect) {
    if (expectation.lane == old_name) expectation.lane = lane.name;
  }
  return std::nullopt;
}

Trouble set_unchecked(Experiment& experiment, std::string_view path, std::string_view text) {
  const std::size_t dot = path.find('.');
  if (dot == std::string_view::npos) return set_in(experiment, experiment, path, path, text);
  const std::string_view section = path.substr(0, dot);
  const std::string_view key = path.substr(dot + 1);
  if (section == "data") return set_in(experiment, experiment.data, key, path, text);
  if (section == "network") return set_in(experiment, experiment.network, key, path, text);
  if (section == "training") return set_in(experiment, experiment.training, key, path, text);
  if (section == "lanes") return set_in_lane(experiment, key, path, text);
  return unknown_setting(experiment, path);
}

// A weight that another network does not have is no longer edited.
void forget_edits(Experiment& experiment) {
  const std::optional<DataShape> shape = shape_of(experiment.data);
  if (!shape) return;
  std::erase_if(experiment.events, [&](const Event& event) {
    return event.weight && check_weight_place(experiment, *shape, *event.weight);
  });
}

}  // namespace

std::optional<InputError> set_by_paths(Experiment& experiment, std::span<const SettingText> settings) {
  Experiment changed = experiment;
  bool tests_given = false;
  for (const SettingText& setting : settings) {
    if (Trouble trouble = set_unchecked(changed, setting.path, setting.value)) return trouble;
    tests_given = tests_given || setting.path == "data.test_samples";
  }
  // Another kind of data tests on as many points as it does by default, where that was so before.
  const bool as_usual = experiment.data.test_samples == default_test_samples(experiment.data.kind);
  if (changed.data.kind != experiment.data.kind && as_usual && !tests_given) {
    changed.data.test_samples = default_test_samples(changed.data.kind);
  }
  forget_edits(changed);
  if (Trouble trouble = check_experiment(changed)) return trouble;
  experiment = std::move(changed);
  return std::nullopt;
}

std::optional<InputError> set_by_path(Experiment& experiment, std::string_view path, std::string_view value) {
  const SettingText setting{std::string(path), std::string(value)};
  return set_by_paths(experiment, std::span(&setting, 1));
}

}  // namespace initlab
