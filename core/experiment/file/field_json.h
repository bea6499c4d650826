// One setting from a JSON value, checked against its row, and back.
#pragma once

#include <optional>
#include <span>
#include <string>
#include <string_view>
#include <type_traits>

#include "core/experiment/file/experiment_json.h"
#include "core/experiment/file/fields.h"
#include "core/experiment/file/json_value.h"

namespace initlab {

// What a value must satisfy: of a number its range, of a text its length; `allowed` says so in words.
struct FieldRule {
  double minimum = 0;
  double maximum = 0;
  std::string allowed;
  bool number_as_text = false;  // a text may be written as a whole number
};
template <class Section>
FieldRule rule_of(const Field<Section>& field) {
  return {field.minimum, field.maximum, allowed_values(field), field.form.number_as_text};
}

// "training.learning_rate: "nan" is not a number; allowed: 0 to 1,000".
InputError not_allowed(const std::string& path, const std::string& what, const std::string& allowed);

// Sets the member, or leaves it as it was and says why; `path` names it.
std::optional<InputError> assign(const FieldValue& member, const FieldRule& rule, const JsonValue& value,
                                 const std::string& path);

template <class Section>
std::optional<InputError> assign_field(Section& section, const Field<Section>& field, const JsonValue& value,
                                       const std::string& path) {
  return assign(field.member(section), rule_of(field), value, path);
}

// Null when the section as it stands reads the field; else "data.factor: not read by moons, only by circles".
template <class Section>
std::optional<InputError> check_applies(const Section& section, const Field<Section>& field,
                                        const std::string& path) {
  if constexpr (std::is_same_v<Section, DataSettings> || std::is_base_of_v<LayerStart, Section>) {
    if (!applies(field, section)) {
      return InputError{path + ": not read by " + std::string(reader_id(section, field.key)) + ", only by " +
                        readers(field)};
    }
  }
  return std::nullopt;
}

// The number of a layer, as a key; null for what is none, as "03" is none.
std::optional<std::size_t> layer_number(std::string_view key);
InputError no_layer(const std::string& path, std::string_view key);

// An object with none but these keys, and all of the `required` first ones.
std::optional<InputError> check_keys(const JsonValue& object, std::span<const std::string_view> keys,
                                     std::size_t required, const std::string& path);

// Whether a file shows the field of a section that reads it.
template <class Section>
bool is_written(const Field<Section>& field, Section& section) {
  Section standard;
  return !field.form.omitted_at_default || !same_value(field.member(section), field.member(standard));
}

std::string json_text(std::string_view text);
// As short as it reads back the same, to the bit; finite.
std::string json_number(double value);
// Of an unset member its word: "network".
std::string json_text(const FieldValue& member);

// The training section's field behind a live setting, and its path: "training.learning_rate".
const Field<TrainingSettings>& live_field(LiveSetting setting);
std::string live_path(LiveSetting setting);

// "<", "<=", ">", ">=", "=".
std::string_view relation_sign(Relation relation);

}  // namespace initlab
