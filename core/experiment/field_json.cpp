// Every kind of member, from JSON and to it.
#include "core/experiment/field_json.h"

#include <array>
#include <cassert>
#include <cmath>
#include <nlohmann/json.hpp>
#include <type_traits>

#include "core/numeric/input_text.h"

namespace initlab {
namespace {

using Kind = JsonValue::Kind;

// What is wrong with the value in words ("is not a number"); empty when nothing is.
using Trouble = std::string;

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

Trouble read(const FieldRule& rule, const JsonValue& value, bool& member) {
  if (value.kind != Kind::kBoolean) return "is not true or false";
  if (value.boolean && rule.maximum == 0) return "is not possible yet";
  member = value.boolean;
  return "";
}

Trouble read(const FieldRule& rule, const JsonValue& value, std::string& member) {
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

}  // namespace

InputError not_allowed(const std::string& path, const std::string& what, const std::string& allowed) {
  return {path + ": " + what + "; allowed: " + allowed};
}

std::optional<InputError> assign(const FieldValue& member, const FieldRule& rule, const JsonValue& value,
                                 const std::string& path) {
  return std::visit(
      [&](auto* target) -> std::optional<InputError> {
        using T = std::remove_pointer_t<decltype(target)>;
        if constexpr (std::is_enum_v<T>) {
          return assign_choice(member, rule, value, path);
        } else if constexpr (std::is_same_v<T, std::vector<std::int64_t>>) {
          return assign_list(*target, rule, value, path);
        } else {
          const Trouble trouble = read(rule, value, *target);
          if (trouble.empty()) return std::nullopt;
          return not_allowed(path, shown(value) + " " + trouble, rule.allowed);
        }
      },
      member);
}

std::string json_text(std::string_view text) {
  return nlohmann::json(text).dump(-1, ' ', false, nlohmann::json::error_handler_t::replace);
}

std::string json_text(const FieldValue& member) {
  return std::visit(
      [&](auto* source) -> std::string {
        using T = std::remove_pointer_t<decltype(source)>;
        if constexpr (std::is_enum_v<T>) {
          return json_text(choices(member)[choice_index(member)].id);
        } else if constexpr (std::is_same_v<T, bool>) {
          return *source ? "true" : "false";
        } else if constexpr (std::is_same_v<T, std::string>) {
          return json_text(std::string_view(*source));
        } else if constexpr (std::is_same_v<T, double>) {
          assert(std::isfinite(*source));
          return shortest(*source);
        } else if constexpr (std::is_same_v<T, std::int64_t>) {
          return std::to_string(*source);
        } else {
          std::string list;
          for (const std::int64_t number : *source)
            list += (list.empty() ? "" : ", ") + std::to_string(number);
          return "[" + list + "]";
        }
      },
      member);
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
