// One setting from a JSON value, checked against its row, and back.
#pragma once

#include <optional>
#include <string>

#include "core/experiment/experiment_json.h"
#include "core/experiment/fields.h"
#include "core/experiment/json_value.h"

namespace initlab {

// What a value must satisfy: of a number its range, of a text its length; `allowed` says so in words.
struct FieldRule {
  double minimum = 0;
  double maximum = 0;
  std::string allowed;
};
template <class Section>
FieldRule rule_of(const Field<Section>& field) {
  return {field.minimum, field.maximum, allowed_values(field)};
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
  if (applies(field, section)) return std::nullopt;
  return InputError{path + ": not read by " + std::string(kind_id(section)) + ", only by " + readers(field)};
}

std::string json_text(std::string_view text);
std::string json_text(const FieldValue& member);

// The training section's field behind a live setting, and its path: "training.learning_rate".
const Field<TrainingSettings>& live_field(LiveSetting setting);
std::string live_path(LiveSetting setting);

// "<", "<=", ">", ">=", "=".
std::string_view relation_sign(Relation relation);

}  // namespace initlab
