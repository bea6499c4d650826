// Every kind of member, from JSON and to it.
#include "core/experiment/file/field_json.h"

#include <algorithm>
#include <array>
#include <cassert>
#include <charconv>
#include <cmath>
#include <nlohmann/json.hpp>
#include <type_traits>

#include "core/numeric/input_text.h"

namespace initlab {
namespace {

using Kind = JsonValue::Kind;

// What is wrong with the value in words ("is not a number"); empty when nothing is.
using Trouble = std::string;

constexpr double kLargestNumberAsText = 1e9;

Trouble check_range(double value, const FieldRule& rule) {
  return value >= rule.minimum && value <= rule.maximum ? "" : "is out of range";
}

// 3.0 is a whole number, 3.5 is none. Every range here lies within 2^53, so a double in range is exact.
Trouble read_whole(const FieldRule& rule, const JsonValue& value, std::int64_t& whole) {
  if (value.kind != Kind::kNumber) return "is not a whole number";
  if (Trouble trouble = check_range(value.number, rule); !trouble.empty()) return trouble;
  if (value.number != std::floor(value.number)) return "is not a whole number";
  whole = static_cast<std::int64_t>(value.number);
  return "";
}

Trouble read(const FieldRule& rule, const JsonValue& value, std::int64_t& member) {
  return read_whole(rule, value, member);
}

Trouble read(const FieldRule& rule, const JsonValue& value, double& member) {
  if (value.kind != Kind::kNumber) return "is not a number";
  Trouble trouble = check_range(value.number, rule);
  if (trouble.empty()) member = value.number;
  return trouble;
}

Trouble read(const FieldRule&, const JsonValue& value, bool& member) {
  if (value.kind != Kind::kBoolean) return "is not true or false";
  member = value.boolean;
  return "";
}

Trouble read(const FieldRule& rule, const JsonValue& value, std::string& member) {
  if (rule.number_as_text && value.kind == Kind::kNumber) {
    std::int64_t number = 0;
    const FieldRule whole = {0, kLargestNumberAsText, "", false};
    if (!read_whole(whole, value, number).empty()) return "is neither a text nor a whole number";
    member = std::to_string(number);
    return "";
  }
  if (value.kind != Kind::kText) return "is not a text";
  if (!is_utf8(value.text)) return "is not valid UTF-8";
  if (has_control_characters(value.text)) return "has a line break or another control character";
  const auto length = static_cast<double>(character_count(value.text));
  if (length < rule.minimum) return "is too short";
  if (length > rule.maximum) return "is too long";
  member = value.text;
  return "";
}

// The first id that a choice could have meant; assert: only called with an enum's member.
std::optional<std::size_t> index_of(const std::vector<Choice>& ids, std::string_view id) {
  for (std::size_t i = 0; i < ids.size(); ++i) {
    if (ids[i].id == id) return i;
  }
  return std::nullopt;
}

std::optional<InputError> assign_choice(const FieldValue& member, const FieldRule& rule,
                                        const JsonValue& value, const std::string& path) {
  if (value.kind != Kind::kText) return not_allowed(path, shown(value) + " is not a name", rule.allowed);
  const std::vector<Choice> ids = choices(member);
  const std::optional<std::size_t> index = index_of(ids, value.text);
  if (index) {
    set_choice(member, *index);
    return std::nullopt;
  }
  std::vector<std::string_view> words;
  for (const Choice& choice : ids) words.push_back(choice.id);
  const std::string_view near = nearest_word(value.text, words);
  if (near.empty()) return not_allowed(path, shown(value) + " is unknown", rule.allowed);
  return InputError{path + ": " + shown(value) + " is unknown; did you mean " + in_quotes(near) +
                    "? allowed: " + rule.allowed};
}

std::optional<InputError> assign_list(std::vector<std::int64_t>& member, const FieldRule& rule,
                                      const JsonValue& value, const std::string& path) {
  if (value.kind != Kind::kList) return not_allowed(path, shown(value) + " is not a list", rule.allowed);
  if (value.items.size() > kMaximumHiddenLayers) {
    const std::string count = format_number(static_cast<double>(value.items.size()));
    return not_allowed(path, count + " layers are too many", rule.allowed);
  }
  std::vector<std::int64_t> list(value.items.size());
  for (std::size_t i = 0; i < list.size(); ++i) {
    const Trouble trouble = read_whole(rule, value.items[i], list[i]);
    if (!trouble.empty()) return not_allowed(path, shown(value.items[i]) + " " + trouble, rule.allowed);
  }
  member = std::move(list);
  return std::nullopt;
}

// [x1, x2, class].
Trouble read_point(const FieldRule& rule, const JsonValue& value, PlacedPoint& point) {
  if (value.kind != Kind::kList || value.items.size() != 3) return "is not a list of three numbers";
  if (Trouble trouble = read(rule, value.items[0], point.x1); !trouble.empty())
    return "has an x1 that " + trouble;
  if (Trouble trouble = read(rule, value.items[1], point.x2); !trouble.empty())
    return "has an x2 that " + trouble;
  const FieldRule classes = {0, kMaximumClasses - 1, "", false};
  const Trouble trouble = read_whole(classes, value.items[2], point.label);
  return trouble.empty() ? "" : "has a class that " + trouble;
}

std::optional<InputError> assign_points(std::vector<PlacedPoint>& member, const FieldRule& rule,
                                        const JsonValue& value, const std::string& path) {
  if (value.kind != Kind::kList) return not_allowed(path, shown(value) + " is not a list", rule.allowed);
  if (value.items.size() > kMaximumPoints) {
    const std::string count = format_number(static_cast<double>(value.items.size()));
    return not_allowed(path, count + " points are too many", rule.allowed);
  }
  std::vector<PlacedPoint> points(value.items.size());
  for (std::size_t i = 0; i < points.size(); ++i) {
    const Trouble trouble = read_point(rule, value.items[i], points[i]);
    if (trouble.empty()) continue;
    return not_allowed(path, "point " + format_number(static_cast<double>(i + 1)) + " " + trouble,
                       rule.allowed);
  }
  member = std::move(points);
  return std::nullopt;
}

// true and false are values of their own in JSON; elsewhere choices are known by their ids.
std::optional<InputError> assign_switch(const Unsettable<bool>& member, const FieldRule& rule,
                                        const JsonValue& value, const std::string& path) {
  if (value.kind == Kind::kBoolean) {
    *member = value.boolean;
    return std::nullopt;
  }
  if (value.kind == Kind::kText && value.text == member.unset.id) {
    *member = std::nullopt;
    return std::nullopt;
  }
  return not_allowed(path, shown(value) + " is not true or false", rule.allowed);
}

// A point is short, so several stand on a line; the lines of a long list stand below each other.
std::string points_text(const std::vector<PlacedPoint>& points) {
  constexpr std::size_t kPerLine = 8;
  std::string text;
  for (std::size_t i = 0; i < points.size(); ++i) {
    if (i > 0) text += i % kPerLine == 0 ? ",\n    " : ", ";
    const PlacedPoint& point = points[i];
    text +=
        "[" + json_number(point.x1) + ", " + json_number(point.x2) + ", " + std::to_string(point.label) + "]";
  }
  return "[" + text + "]";
}

struct JsonText {
  std::string operator()(const std::int64_t* number) const { return std::to_string(*number); }
  std::string operator()(const double* number) const { return json_number(*number); }
  std::string operator()(const bool* on) const { return *on ? "true" : "false"; }
  std::string operator()(const std::string* text) const { return json_text(std::string_view(*text)); }
  std::string operator()(const std::vector<std::int64_t>* numbers) const {
    std::string list;
    for (const std::int64_t number : *numbers) list += (list.empty() ? "" : ", ") + std::to_string(number);
    return "[" + list + "]";
  }
  std::string operator()(const std::vector<PlacedPoint>* points) const { return points_text(*points); }
  std::string operator()(const Unsettable<bool>& member) const {
    if (!*member) return json_text(member.unset.id);
    return **member ? "true" : "false";
  }
  std::string operator()(const Unsettable<ActivationId>& member) const { return id_of(member); }
  template <class T>
  requires std::is_enum_v<T> std::string operator()(T* member) const { return id_of(member); }

 private:
  static std::string id_of(const FieldValue& choice) {
    return json_text(choices(choice)[choice_index(choice)].id);
  }
};

}  // namespace

InputError not_allowed(const std::string& path, const std::string& what, const std::string& allowed) {
  return {path + ": " + what + "; allowed: " + allowed};
}

std::optional<InputError> assign(const FieldValue& member, const FieldRule& rule, const JsonValue& value,
                                 const std::string& path) {
  return std::visit(
      [&](auto target) -> std::optional<InputError> {
        using T = std::remove_reference_t<decltype(*target)>;
        if constexpr (!std::is_pointer_v<decltype(target)>) {
          if (value.kind == Kind::kNull) {
            *target = std::nullopt;
            return std::nullopt;
          }
          if constexpr (std::is_same_v<T, std::optional<bool>>) {
            return assign_switch(target, rule, value, path);
          } else {
            return assign_choice(member, rule, value, path);
          }
        } else if constexpr (std::is_enum_v<T>) {
          return assign_choice(member, rule, value, path);
        } else if constexpr (std::is_same_v<T, std::vector<std::int64_t>>) {
          return assign_list(*target, rule, value, path);
        } else if constexpr (std::is_same_v<T, std::vector<PlacedPoint>>) {
          return assign_points(*target, rule, value, path);
        } else {
          const Trouble trouble = read(rule, value, *target);
          if (trouble.empty()) return std::nullopt;
          return not_allowed(path, shown(value) + " " + trouble, rule.allowed);
        }
      },
      member);
}

std::optional<std::size_t> layer_number(std::string_view key) {
  std::size_t layer = 0;
  const auto [end, error] = std::from_chars(key.data(), key.data() + key.size(), layer);
  const bool canonical = error == std::errc() && end == key.data() + key.size() && !key.starts_with('0');
  if (!canonical || layer > kMaximumHiddenLayers + 1) return std::nullopt;
  return layer;
}

InputError no_layer(const std::string& path, std::string_view key) {
  return not_allowed(path, in_quotes(key) + " is not the number of a layer", "1 to that of the output layer");
}

std::optional<InputError> check_keys(const JsonValue& object, std::span<const std::string_view> keys,
                                     std::size_t required, const std::string& path) {
  if (object.kind != Kind::kObject) return InputError{path + ": " + shown(object) + " is not an object"};
  for (const JsonMember& member : object.members) {
    if (std::find(keys.begin(), keys.end(), member.key) == keys.end()) {
      return InputError{"unknown key " + in_quotes(member.key) + " in " + path +
                        suggestion(member.key, keys)};
    }
  }
  for (const std::string_view key : keys.first(required)) {
    if (object.find(key) == nullptr) return InputError{"no key " + in_quotes(key) + " in " + path};
  }
  return std::nullopt;
}

std::string json_text(std::string_view text) {
  return nlohmann::json(text).dump(-1, ' ', false, nlohmann::json::error_handler_t::replace);
}

std::string json_number(double value) {
  assert(std::isfinite(value));
  // Without a point it would be read as a whole number, which has no negative zero.
  return value == 0 && std::signbit(value) ? "-0.0" : shortest(value);
}

std::string json_text(const FieldValue& member) {
  return std::visit(JsonText{}, member);
}

const Field<TrainingSettings>& live_field(LiveSetting setting) {
  constexpr std::array<std::string_view, 3> kKeys = {"learning_rate", "l1", "l2"};
  const Field<TrainingSettings>* field =
      find_field<TrainingSettings>(kKeys[static_cast<std::size_t>(setting)]);
  assert(field != nullptr);
  return *field;
}

std::string live_path(LiveSetting setting) {
  return "training." + std::string(live_field(setting).key);
}

std::string_view relation_sign(Relation relation) {
  constexpr std::array<std::string_view, 5> kSigns = {"<", "<=", ">", ">=", "="};
  return kSigns[static_cast<std::size_t>(relation)];
}

}  // namespace initlab
