// The settings of an experiment, one row each: key, label, unit, range, help and the member that it sets. JSON,
// `--set key=value`, the controls of the window, `initlab list settings` and the tests all read these rows.
//
// To add a setting: a member of its struct in experiment.h and a row in fields.cpp.
#pragma once

#include <cstdint>
#include <optional>
#include <span>
#include <string>
#include <string_view>
#include <variant>
#include <vector>

#include "core/experiment/experiment.h"

namespace initlab {

// One of the ids of a table, with what a person reads.
struct Choice {
  std::string_view id;
  std::string_view label;
};

// What changing a setting does to a comparison that lives.
enum class Effect {
  kLive,         // holds from the next step on
  kRestartLane,  // the lane goes back to step 0 (and may catch up)
  kRestartAll,   // every lane goes back to step 0
  kNone          // names, where playing stops
};

// A reference to the member that a row describes. Numbers carry their range in the row.
using FieldValue = std::variant<std::int64_t*, double*, bool*, std::string*, std::vector<std::int64_t>*, DatasetId*,
                                ActivationId*, OutputId*, LossId*, OptimizerId*, SchemeId*>;

// Section: DataSettings, NetworkSettings, TrainingSettings or Lane.
template <class Section>
struct Field {
  std::string_view key;    // in the file: "learning_rate"
  std::string_view label;  // on the screen: "Rate"
  std::string_view unit;   // "" where it has none
  std::string_view help;   // one sentence
  double minimum = 0;      // of a number, or of each number of a list; both ends are allowed
  double maximum = 0;
  Effect effect = Effect::kRestartAll;
  FieldValue (*member)(Section&);
  // Whether the section as it stands reads this key; null: always. "factor" belongs to circles alone.
  bool (*applies)(const Section&) = nullptr;
};

template <class Section>
std::span<const Field<Section>> fields();
template <>
std::span<const Field<DataSettings>> fields<DataSettings>();
template <>
std::span<const Field<NetworkSettings>> fields<NetworkSettings>();
template <>
std::span<const Field<TrainingSettings>> fields<TrainingSettings>();
template <>
std::span<const Field<Lane>> fields<Lane>();

// What a field of one of the enums may be; empty for every other kind of field.
std::vector<Choice> choices(const FieldValue& value);
// Position of the current value in choices(), and setting it by position.
std::size_t choice_index(const FieldValue& value);
void set_choice(const FieldValue& value, std::size_t index);

// "1 to 4,096", "circles, moons, blobs, xor, spiral", "true or false": what is allowed, for a message.
template <class Section>
std::string allowed_values(const Field<Section>& field);

}  // namespace initlab
