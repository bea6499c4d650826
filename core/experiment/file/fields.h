// The settings of an experiment, one row each: key, label, unit, range, help and the member that it sets.
// JSON,
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

// A member that may be left to something else; `unset` is the choice, and the word, that leaves it there.
template <class T>
struct Unsettable {
  std::optional<T>* member;
  Choice unset;
  std::optional<T>& operator*() const { return *member; }
};

// A reference to the member that a row describes. Numbers carry their range in the row, texts their length.
using FieldValue =
    std::variant<std::int64_t*, double*, bool*, std::string*, std::vector<std::int64_t>*,
                 std::vector<PlacedPoint>*, DatasetId*, ActivationId*, OutputId*, LossId*, OptimizerId*,
                 SchemeId*, FanMode*, BiasId*, Unsettable<ActivationId>, Unsettable<bool>>;

inline constexpr std::size_t kMaximumPoints = 10'000;

// How a file may have a setting, where that is not the common form.
struct FileForm {
  bool omitted_at_default = false;  // left out while it has its default
  bool number_as_text = false;      // a text that may be written as a whole number
};

// Section: DataSettings, NetworkSettings, TrainingSettings, Lane, LayerStart (the rows that a lane has and
// one of its layers may have too), or Experiment for what stands in none (name, title, watch).
template <class Section>
struct Field {
  std::string_view key;    // in the file: "learning_rate"
  std::string_view label;  // on the screen: "Rate"
  std::string_view unit;   // "" where it has none
  std::string_view help;   // one sentence
  // Of a number, of each number of a list, of a text's count of characters, of a point's place. Both ends are
  // allowed.
  double minimum = 0;
  double maximum = 0;
  Effect effect = Effect::kRestartAll;
  FieldValue (*member)(Section&) = nullptr;
  // Whether the section as it stands reads this key; null: always. "factor" belongs to circles alone.
  bool (*applies)(const Section&, std::string_view key) = nullptr;
  FileForm form = {};
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
std::span<const Field<LayerStart>> fields<LayerStart>();
template <>
std::span<const Field<Lane>> fields<Lane>();
template <>
std::span<const Field<Experiment>> fields<Experiment>();

// Whether the section as it stands reads this field.
template <class Section>
bool applies(const Field<Section>& field, const Section& section) {
  return field.applies == nullptr || field.applies(section, field.key);
}

// The row of a key; null where there is none.
template <class Section>
const Field<Section>* find_field(std::string_view key) {
  for (const Field<Section>& field : fields<Section>()) {
    if (field.key == key) return &field;
  }
  return nullptr;
}

// What a field of one of the enums may be, the unset choice first where there is one; empty for every other
// kind of field.
std::vector<Choice> choices(const FieldValue& value);
// Position of the current value in choices(), and setting it by position.
std::size_t choice_index(const FieldValue& value);
void set_choice(const FieldValue& value, std::size_t index);

// Whether both refer to the same value of the same kind.
bool same_value(const FieldValue& a, const FieldValue& b);

// "1 to 4,096", "circles, moons, blobs, xor, spiral", "true or false": what is allowed, for a message.
template <class Section>
std::string allowed_values(const Field<Section>& field);

// Which kinds or schemes read a key that not all of them read: "circles", "normal, uniform". Empty where all
// do.
template <class Section>
std::string readers(const Field<Section>& field);

// The id of what decides whether a section reads a key: the kind of its data, the scheme, the bias or the
// activation of a lane.
std::string_view reader_id(const DataSettings& data, std::string_view key);
std::string_view reader_id(const LayerStart& start, std::string_view key);

// How many points a kind of data tests on unless its file says so: a CSV's are all learned from.
std::int64_t default_test_samples(DatasetId kind);

}  // namespace initlab
