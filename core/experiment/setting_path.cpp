// Single settings by their dotted path, as the command line gives them.
#include <fmt/format.h>

#include <algorithm>
#include <charconv>
#include <cmath>

#include "core/experiment/experiment_json.h"
#include "core/experiment/field_json.h"
#include "core/experiment/fields.h"
#include "core/experiment/json_value.h"
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
void append_paths(std::vector<std::string>& paths, const std::string& prefix) {
  for (const Field<Section>& field : fields<Section>()) paths.push_back(prefix + std::string(field.key));
}

std::vector<std::string> all_paths(const Experiment& experiment) {
  std::vector<std::string> paths;
  append_paths<Experiment>(paths, "");
  append_paths<DataSettings>(paths, "data.");
  append_paths<NetworkSettings>(paths, "network.");
  append_paths<TrainingSettings>(paths, "training.");
  for (std::size_t i = 0; i < experiment.lanes.size(); ++i) {
    append_paths<Lane>(paths, fmt::format("lanes.{}.", i + 1));
  }
  return paths;
}

InputError unknown_setting(const Experiment& experiment, std::string_view path) {
  const std::vector<std::string> paths = all_paths(experiment);
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

Trouble set_in_lane(Experiment& experiment, std::string_view rest, std::string_view path,
                    std::string_view text) {
  const std::size_t dot = rest.find('.');
  if (dot == std::string_view::npos) return unknown_setting(experiment, path);
  const std::string_view digits = rest.substr(0, dot);
  std::size_t number = 0;
  const auto [end, error] = std::from_chars(digits.data(), digits.data() + digits.size(), number);
  const bool is_number = error == std::errc() && end == digits.data() + digits.size();
  if (!is_number || number < 1 || number > experiment.lanes.size()) {
    return not_allowed(one_line(path, 60), "there is no lane " + in_quotes(digits),
                       fmt::format("1 to {}", experiment.lanes.size()));
  }
  Lane& lane = experiment.lanes[number - 1];
  const std::string old_name = lane.name;
  if (Trouble trouble = set_in(experiment, lane, rest.substr(dot + 1), path, text)) return trouble;
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

}  // namespace

std::optional<InputError> set_by_paths(Experiment& experiment, std::span<const SettingText> settings) {
  Experiment changed = experiment;
  for (const SettingText& setting : settings) {
    if (Trouble trouble = set_unchecked(changed, setting.path, setting.value)) return trouble;
  }
  if (Trouble trouble = check_experiment(changed)) return trouble;
  experiment = std::move(changed);
  return std::nullopt;
}

std::optional<InputError> set_by_path(Experiment& experiment, std::string_view path, std::string_view value) {
  const SettingText setting{std::string(path), std::string(value)};
  return set_by_paths(experiment, std::span(&setting, 1));
}

}  // namespace initlab
