// An experiment from its file, section by section. The first thing that is wrong ends the reading.
#include "core/experiment/file/experiment_json.h"

#include <fmt/format.h>

#include <algorithm>
#include <array>
#include <fstream>
#include <limits>
#include <system_error>

#include "core/experiment/file/events_json.h"
#include "core/experiment/file/field_json.h"
#include "core/experiment/file/fields.h"
#include "core/experiment/file/json_value.h"
#include "core/experiment/file/layers_json.h"
#include "core/numeric/input_text.h"

namespace initlab {
namespace {

using Kind = JsonValue::Kind;
using Trouble = std::optional<InputError>;
using Keys = std::span<const std::string_view>;

constexpr double kVersion = 1;
constexpr std::array<std::string_view, 11> kFileKeys = {
    "initlab", "name", "title", "watch", "data", "network", "training", "lanes", "events", "expect", "hide"};
constexpr std::array<std::string_view, 4> kExpectationKeys = {"lane", "quantity", "relation", "value"};

std::string numbered(std::string_view list, std::size_t index) {
  return fmt::format("{}.{}", list, index + 1);
}

// Every key of the object that is a row; `others` are known too, and read elsewhere.
template <class Section>
Trouble read_section(const JsonValue& object, const std::string& path, Section& section, Keys others = {}) {
  std::vector<std::string_view> keys;
  for (const Field<Section>& field : fields<Section>()) keys.push_back(field.key);
  keys.insert(keys.end(), others.begin(), others.end());
  if (Trouble trouble = check_keys(object, keys, 0, path)) return trouble;
  for (const JsonMember& member : object.members) {
    const Field<Section>* field = find_field<Section>(member.key);
    if (field == nullptr) continue;
    if (Trouble trouble = assign_field(section, *field, member.value, path + "." + member.key))
      return trouble;
  }
  // Only now is the kind known that says which keys are read.
  for (const JsonMember& member : object.members) {
    const Field<Section>* field = find_field<Section>(member.key);
    if (field == nullptr) continue;
    if (Trouble trouble = check_applies(section, *field, path + "." + member.key)) return trouble;
  }
  return std::nullopt;
}

Trouble read_data(const JsonValue& object, DataSettings& data) {
  if (Trouble trouble = read_section(object, "data", data)) return trouble;
  const Field<DataSettings>& field = *find_field<DataSettings>("test_samples");
  const bool given = object.find(field.key) != nullptr;
  if (!given && applies(field, data)) data.test_samples = default_test_samples(data.kind);
  return std::nullopt;
}

Trouble check_list(const JsonValue& list, const std::string& path) {
  if (list.kind == Kind::kList) return std::nullopt;
  return InputError{path + ": " + shown(list) + " is not a list"};
}

// Lanes without a name take their scheme's label, numbered from the second of a kind on.
void name_lanes(std::vector<Lane>& lanes) {
  for (std::size_t i = 0; i < lanes.size(); ++i) {
    if (lanes[i].name.empty()) lanes[i].name = lane_name(lanes, i);
  }
}

Trouble read_lane(const JsonValue& object, const std::string& path, Lane& lane) {
  if (Trouble trouble = read_section(object, path, lane, std::span(&kLayersKey, 1))) return trouble;
  const JsonValue* layers = object.find(kLayersKey);
  if (layers == nullptr) return std::nullopt;
  return read_layers(*layers, path + "." + std::string(kLayersKey), lane);
}

Trouble read_lanes(const JsonValue& list, std::vector<Lane>& lanes) {
  if (Trouble trouble = check_list(list, "lanes")) return trouble;
  if (list.items.empty() || list.items.size() > kMaximumLanes) {
    return not_allowed("lanes", format_number(static_cast<double>(list.items.size())) + " lanes",
                       fmt::format("1 to {}", kMaximumLanes));
  }
  lanes.assign(list.items.size(), {});
  for (std::size_t i = 0; i < lanes.size(); ++i) {
    if (Trouble trouble = read_lane(list.items[i], numbered("lanes", i), lanes[i])) return trouble;
  }
  name_lanes(lanes);
  return std::nullopt;
}

Trouble read_relation(const JsonValue& value, const std::string& path, Relation& relation) {
  constexpr std::array kRelations = {Relation::kLess, Relation::kLessOrEqual, Relation::kGreater,
                                     Relation::kGreaterOrEqual, Relation::kEqual};
  for (const Relation candidate : kRelations) {
    if (value.kind == Kind::kText && value.text == relation_sign(candidate)) {
      relation = candidate;
      return std::nullopt;
    }
  }
  return not_allowed(path, shown(value) + " is not a relation", "<, <=, >, >=, =");
}

Trouble read_expectations(const JsonValue& list, std::vector<Expectation>& expectations) {
  if (Trouble trouble = check_list(list, "expect")) return trouble;
  constexpr double kAny = std::numeric_limits<double>::max();
  const FieldRule text_rule{1, 100, "1 to 100 characters", false};
  for (std::size_t i = 0; i < list.items.size(); ++i) {
    const JsonValue& object = list.items[i];
    const std::string path = numbered("expect", i);
    if (Trouble trouble = check_keys(object, kExpectationKeys, kExpectationKeys.size(), path)) return trouble;
    Expectation expectation;
    if (Trouble trouble = assign(&expectation.lane, text_rule, *object.find("lane"), path + ".lane"))
      return trouble;
    if (Trouble trouble =
            assign(&expectation.quantity, text_rule, *object.find("quantity"), path + ".quantity")) {
      return trouble;
    }
    if (Trouble trouble = read_relation(*object.find("relation"), path + ".relation", expectation.relation)) {
      return trouble;
    }
    const FieldRule number_rule{-kAny, kAny, "any number", false};
    if (Trouble trouble = assign(&expectation.value, number_rule, *object.find("value"), path + ".value")) {
      return trouble;
    }
    expectations.push_back(std::move(expectation));
  }
  return std::nullopt;
}

Trouble read_hidden(const JsonValue& list, std::vector<HiddenControl>& hide) {
  if (Trouble trouble = check_list(list, "hide")) return trouble;
  for (std::size_t i = 0; i < list.items.size(); ++i) {
    const JsonValue& word = list.items[i];
    const auto row = std::ranges::find(kHiddenControls, word.text, &HiddenControlRow::id);
    if (word.kind != Kind::kText || row == kHiddenControls.end()) {
      std::string allowed;
      for (const HiddenControlRow& each : kHiddenControls) {
        allowed += (allowed.empty() ? "" : ", ") + std::string(each.id);
      }
      return not_allowed(numbered("hide", i), shown(word) + " is no control that can be hidden", allowed);
    }
    if (std::ranges::find(hide, row->control) == hide.end()) hide.push_back(row->control);
  }
  return std::nullopt;
}

Trouble check_version(const JsonValue& file) {
  constexpr const char* kAllowed = "1, the version of the format that this program understands";
  if (file.kind != Kind::kObject)
    return InputError{shown(file) + " is not an experiment; allowed: an object"};
  const JsonValue* version = file.find("initlab");
  if (version == nullptr) return not_allowed("initlab", "the key is missing", kAllowed);
  if (version->kind == Kind::kNumber && version->number == kVersion) return std::nullopt;
  return not_allowed("initlab", shown(*version) + " is unknown", kAllowed);
}

Trouble read_experiment(const JsonValue& file, Experiment& experiment) {
  if (Trouble trouble = check_version(file)) return trouble;
  if (Trouble trouble = check_keys(file, kFileKeys, 0, "the file")) return trouble;
  for (const Field<Experiment>& field : fields<Experiment>()) {
    const JsonValue* value = file.find(field.key);
    if (value == nullptr) continue;
    if (Trouble trouble = assign_field(experiment, field, *value, std::string(field.key))) return trouble;
  }
  const auto read = [&file](const char* key, auto reader) -> Trouble {
    const JsonValue* value = file.find(key);
    return value == nullptr ? std::nullopt : reader(*value);
  };
  experiment.lanes = course_lanes();
  Trouble trouble = read("data", [&](const JsonValue& v) { return read_data(v, experiment.data); });
  if (!trouble) {
    trouble =
        read("network", [&](const JsonValue& v) { return read_section(v, "network", experiment.network); });
  }
  if (!trouble) {
    trouble = read("training",
                   [&](const JsonValue& v) { return read_section(v, "training", experiment.training); });
  }
  if (!trouble) trouble = read("lanes", [&](const JsonValue& v) { return read_lanes(v, experiment.lanes); });
  if (!trouble)
    trouble = read("events", [&](const JsonValue& v) { return read_events(v, experiment.events); });
  if (!trouble)
    trouble = read("expect", [&](const JsonValue& v) { return read_expectations(v, experiment.expect); });
  if (!trouble) trouble = read("hide", [&](const JsonValue& v) { return read_hidden(v, experiment.hide); });
  return trouble ? trouble : check_experiment(experiment);
}

InputError at_source(std::string_view source, const InputError& error) {
  constexpr std::size_t kSourceCharacters = 200;
  return {one_line(source, kSourceCharacters) + ": " + error.message};
}

}  // namespace

Result<Experiment> experiment_from_json(std::string_view json, std::string_view source) {
  Result<JsonValue> parsed = parse_json(json);
  if (const auto* error = std::get_if<InputError>(&parsed)) return at_source(source, *error);
  Experiment experiment;
  if (const Trouble trouble = read_experiment(std::get<JsonValue>(parsed), experiment)) {
    return at_source(source, *trouble);
  }
  return experiment;
}

Result<Experiment> experiment_from_file(const std::filesystem::path& file) {
  const std::string source = file.string();
  std::error_code error;
  const std::filesystem::file_status status = std::filesystem::status(file, error);
  if (!std::filesystem::exists(status)) return at_source(source, {"there is no such file"});
  if (std::filesystem::is_directory(status)) return at_source(source, {"is a folder; allowed: a file"});
  if (!std::filesystem::is_regular_file(status)) return at_source(source, {"is not a regular file"});
  std::ifstream stream(file, std::ios::binary);
  // One byte more than allowed is read, so that a file that is too long is seen to be.
  std::string text(kMaximumJsonBytes + 1, '\0');
  stream.read(text.data(), static_cast<std::streamsize>(text.size()));
  if (!stream.is_open() || stream.bad()) return at_source(source, {"cannot be read"});
  text.resize(static_cast<std::size_t>(stream.gcount()));
  Result<Experiment> result = experiment_from_json(text, source);
  if (auto* experiment = std::get_if<Experiment>(&result)) experiment->folder = file.parent_path();
  return result;
}

}  // namespace initlab
