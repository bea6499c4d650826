// What the value of a setting may be: in words for messages, by position for lists on the screen.
#include <array>
#include <cassert>
#include <type_traits>

#include "core/experiment/file/fields.h"
#include "core/numeric/input_text.h"

namespace initlab {
namespace {

constexpr double kJustBelowOne = 0x1.fffffffffffffp-1;

// The table behind an enum.
template <class T>
constexpr auto table_of() {
  if constexpr (std::is_same_v<T, DatasetId>) return &datasets;
  if constexpr (std::is_same_v<T, ActivationId>) return &activations;
  if constexpr (std::is_same_v<T, OutputId>) return &outputs;
  if constexpr (std::is_same_v<T, LossId>) return &losses;
  if constexpr (std::is_same_v<T, OptimizerId>) return &optimizers;
  if constexpr (std::is_same_v<T, SchemeId>) return &schemes;
  if constexpr (std::is_same_v<T, FanMode>) return &fan_modes;
  if constexpr (std::is_same_v<T, BiasId>) return &biases;
}

// A choice by its position: of one of the enums, and of one that may be unset, which is position 0 there.
template <class T>
struct Position {
  static std::size_t of(T value) { return static_cast<std::size_t>(value); }
  static T value(std::size_t index) {
    if constexpr (std::is_enum_v<T>) assert(index < static_cast<std::size_t>(T::kCount));
    return static_cast<T>(index);
  }
};
// Off comes after on, as people say it.
template <>
struct Position<bool> {
  static std::size_t of(bool value) { return value ? 0 : 1; }
  static bool value(std::size_t index) { return index == 0; }
};

template <class T>
void append_choices(std::vector<Choice>& list) {
  if constexpr (std::is_same_v<T, bool>) {
    list.push_back({"true", "Yes"});
    list.push_back({"false", "No"});
  } else {
    for (const auto& row : table_of<T>()()) list.push_back({row.id, row.label});
  }
}

struct ChoicesOf {
  std::vector<Choice> operator()(const auto*) const { return {}; }
  template <class T>
  requires std::is_enum_v<T> std::vector<Choice>
  operator()(const T*) const {
    std::vector<Choice> list;
    append_choices<T>(list);
    return list;
  }
  template <class T>
  std::vector<Choice> operator()(const Unsettable<T>& member) const {
    std::vector<Choice> list = {member.unset};
    append_choices<T>(list);
    return list;
  }
};

struct IndexOf {
  std::size_t operator()(const auto*) const {
    assert(false && "only a choice has an index");
    return 0;
  }
  template <class T>
  requires std::is_enum_v<T> std::size_t operator()(const T* member) const {
    return Position<T>::of(*member);
  }
  template <class T>
  std::size_t operator()(const Unsettable<T>& member) const {
    return *member ? 1 + Position<T>::of(**member) : 0;
  }
};

struct SetIndex {
  std::size_t index;
  void operator()(auto*) const { assert(false && "only a choice has an index"); }
  template <class T>
  requires std::is_enum_v<T>
  void operator()(T* member) const { *member = Position<T>::value(index); }
  template <class T>
  void operator()(const Unsettable<T>& member) const {
    *member = index == 0 ? std::nullopt : std::optional<T>(Position<T>::value(index - 1));
  }
};

template <class Section>
std::string range_of(const Field<Section>& field) {
  const std::string maximum = field.maximum == kJustBelowOne ? "below 1" : format_number(field.maximum);
  return format_number(field.minimum) + " to " + maximum;
}

std::string joined_ids(const std::vector<Choice>& list) {
  std::vector<std::string_view> ids;
  for (const Choice& choice : list) ids.push_back(choice.id);
  return joined(ids);
}

template <class Rows>
std::string reading_rows(const Rows& rows, std::string_view key) {
  std::vector<std::string_view> ids;
  for (const auto& row : rows) {
    if (row.reads(key)) ids.push_back(row.id);
  }
  return ids.size() == rows.size() ? "" : joined(ids);
}

}  // namespace

std::vector<Choice> choices(const FieldValue& value) {
  return std::visit(ChoicesOf{}, value);
}

std::size_t choice_index(const FieldValue& value) {
  return std::visit(IndexOf{}, value);
}

void set_choice(const FieldValue& value, std::size_t index) {
  std::visit(SetIndex{index}, value);
}

bool same_value(const FieldValue& a, const FieldValue& b) {
  return std::visit(
      [&b](auto left) {
        const auto* right = std::get_if<decltype(left)>(&b);
        return right != nullptr && *left == **right;
      },
      a);
}

template <class Section>
std::string allowed_values(const Field<Section>& field) {
  Section section;
  const FieldValue value = field.member(section);
  if (std::holds_alternative<bool*>(value)) return "true or false";
  if (std::holds_alternative<std::string*>(value)) return range_of(field) + " characters";
  if (std::holds_alternative<std::vector<std::int64_t>*>(value)) {
    return "up to " + format_number(kMaximumHiddenLayers) + " layers of " + range_of(field) + " units";
  }
  if (std::holds_alternative<std::vector<PlacedPoint>*>(value)) {
    return "up to " + format_number(kMaximumPoints) + " points [x1, x2, class], " + range_of(field) +
           ", class 0 to " + format_number(kMaximumClasses - 1);
  }
  const std::vector<Choice> ids = choices(value);
  return ids.empty() ? range_of(field) : joined_ids(ids);
}

template <class Section>
std::string readers(const Field<Section>& field) {
  if (field.applies == nullptr) return "";
  if constexpr (std::is_same_v<Section, DataSettings>) return reading_rows(datasets(), field.key);
  if constexpr (std::is_base_of_v<LayerStart, Section>) {
    if (field.key == "slope") return std::string(activation(ActivationId::kLeakyRelu).id);
    if (field.key == "bias_value") return std::string(bias(BiasId::kConstant).id);
    return reading_rows(schemes(), field.key);
  }
  return "";
}

std::string_view reader_id(const DataSettings& data, std::string_view) {
  return dataset_row(data.kind).id;
}
std::string_view reader_id(const LayerStart& start, std::string_view key) {
  if (key == "slope" && start.activation) return activation(*start.activation).id;
  if (key == "bias_value") return bias(start.bias).id;
  return scheme(start.scheme).id;
}

template std::string allowed_values(const Field<DataSettings>&);
template std::string allowed_values(const Field<NetworkSettings>&);
template std::string allowed_values(const Field<TrainingSettings>&);
template std::string allowed_values(const Field<LayerStart>&);
template std::string allowed_values(const Field<Lane>&);
template std::string allowed_values(const Field<Experiment>&);
template std::string readers(const Field<DataSettings>&);
template std::string readers(const Field<NetworkSettings>&);
template std::string readers(const Field<TrainingSettings>&);
template std::string readers(const Field<LayerStart>&);
template std::string readers(const Field<Lane>&);
template std::string readers(const Field<Experiment>&);

}  // namespace initlab
