// The tree builder behind nlohmann's SAX parser, which is not recursive: no depth of input exhausts the
// stack.
#include "core/experiment/file/json_value.h"

#include <fmt/format.h>

#include <algorithm>
#include <limits>
#include <nlohmann/json.hpp>
#include <optional>

#include "core/numeric/input_text.h"

namespace initlab {
namespace {

constexpr std::size_t kShownCharacters = 60;
constexpr std::size_t kComplaintCharacters = 160;

// "line 3, column 12" of the byte before `position`, both from 1; columns count bytes.
std::string place_of(std::string_view text, std::size_t position) {
  const std::string_view before = text.substr(0, std::min(position == 0 ? 0 : position - 1, text.size()));
  const auto line = 1 + std::count(before.begin(), before.end(), '\n');
  const std::size_t line_break = before.rfind('\n');
  const std::size_t line_start = line_break == std::string_view::npos ? 0 : line_break + 1;
  return fmt::format("line {}, column {}", line, before.size() - line_start + 1);
}

// nlohmann's "[json.exception.parse_error.101] parse error at line 1, column 2: syntax error ..." without
// what this program says itself.
std::string_view complaint(std::string_view what) {
  if (const std::size_t end = what.find("] "); end != std::string_view::npos) what.remove_prefix(end + 2);
  if (what.starts_with("parse error")) {
    if (const std::size_t end = what.find(": "); end != std::string_view::npos) what.remove_prefix(end + 2);
  }
  return what;
}

class TreeBuilder final : public nlohmann::json_sax<nlohmann::json> {
 public:
  explicit TreeBuilder(std::string_view text) : text_(text) {}

  bool null() override { return add({}) != nullptr; }
  bool boolean(bool value) override {
    JsonValue node;
    node.kind = JsonValue::Kind::kBoolean;
    node.boolean = value;
    return add(std::move(node)) != nullptr;
  }
  bool number_integer(number_integer_t value) override {
    return add_number(static_cast<double>(value), std::to_string(value));
  }
  bool number_unsigned(number_unsigned_t value) override {
    return add_number(static_cast<double>(value), std::to_string(value));
  }
  bool number_float(number_float_t value, const string_t& digits) override {
    return add_number(value, digits);
  }
  bool string(string_t& value) override {
    JsonValue node;
    node.kind = JsonValue::Kind::kText;
    node.text = std::move(value);
    return add(std::move(node)) != nullptr;
  }
  bool binary(binary_t&) override { return false; }  // never in text
  bool start_object(std::size_t) override { return open(JsonValue::Kind::kObject); }
  bool start_array(std::size_t) override { return open(JsonValue::Kind::kList); }
  bool end_object() override { return close(); }
  bool end_array() override { return close(); }
  bool key(string_t& name) override {
    JsonValue& object = *open_.back();
    if (object.find(name) != nullptr)
      return fail("key " + in_quotes(name) + " stands twice in " + open_place());
    if (object.members.size() == kMaximumJsonMembers) {
      return fail("too many keys in " + open_place() + "; allowed: up to " +
                  std::to_string(kMaximumJsonMembers));
    }
    object.members.push_back({std::move(name), {}});
    return true;
  }
  bool parse_error(std::size_t position, const std::string& last_token,
                   const nlohmann::json::exception& error) override {
    constexpr int kNumberOverflow = 406;
    const std::string place = place_of(text_, position) + ": ";
    if (error.id == kNumberOverflow) {
      return fail(place + one_line(last_token, kShownCharacters) + " is beyond what a number can hold");
    }
    return fail(place + one_line(complaint(error.what()), kComplaintCharacters));
  }

  JsonValue take_root() { return std::move(root_); }
  InputError take_error() { return {error_.value_or("not JSON")}; }

 private:
  bool fail(std::string message) {
    error_ = std::move(message);
    return false;
  }

  // Of the innermost open object or list: "lanes.2", or "the file".
  std::string open_place() const {
    std::string place;
    for (std::size_t i = 0; i + 1 < open_.size(); ++i) {
      const JsonValue& node = *open_[i];
      if (!place.empty()) place += '.';
      place +=
          node.kind == JsonValue::Kind::kList ? std::to_string(node.items.size()) : node.members.back().key;
    }
    return place.empty() ? "the file" : one_line(place, kShownCharacters);
  }

  bool add_number(double value, std::string digits) {
    JsonValue node;
    node.kind = JsonValue::Kind::kNumber;
    node.number = value;
    node.text = std::move(digits);
    return add(std::move(node)) != nullptr;
  }

  // Where the node now stands. Addresses in open_ stay good: only the innermost open node grows.
  JsonValue* add(JsonValue node) {
    if (open_.empty()) {
      root_ = std::move(node);
      return &root_;
    }
    JsonValue& parent = *open_.back();
    if (parent.kind == JsonValue::Kind::kList) return &parent.items.emplace_back(std::move(node));
    parent.members.back().value = std::move(node);
    return &parent.members.back().value;
  }

  bool open(JsonValue::Kind kind) {
    if (open_.size() == kMaximumJsonDepth) {
      return fail(open_place() + " is nested too deeply; allowed: up to " +
                  std::to_string(kMaximumJsonDepth) + " levels");
    }
    JsonValue node;
    node.kind = kind;
    open_.push_back(add(std::move(node)));
    return true;
  }

  bool close() {
    open_.pop_back();
    return true;
  }

  std::string_view text_;
  JsonValue root_;
  std::vector<JsonValue*> open_;
  std::optional<std::string> error_;
};

}  // namespace

const JsonValue* JsonValue::find(std::string_view key) const {
  for (const JsonMember& member : members) {
    if (member.key == key) return &member.value;
  }
  return nullptr;
}

Result<JsonValue> parse_json(std::string_view text) {
  if (text.size() > kMaximumJsonBytes) {
    return InputError{"longer than " + format_number(static_cast<double>(kMaximumJsonBytes)) +
                      " bytes, which is what is allowed"};
  }
  TreeBuilder builder(text);
  if (!nlohmann::json::sax_parse(text.begin(), text.end(), &builder)) return builder.take_error();
  return builder.take_root();
}

std::string shown(const JsonValue& value) {
  switch (value.kind) {
    case JsonValue::Kind::kNull:
      return "null";
    case JsonValue::Kind::kBoolean:
      return value.boolean ? "true" : "false";
    case JsonValue::Kind::kNumber:
      return one_line(value.text, kShownCharacters);
    case JsonValue::Kind::kText:
      return in_quotes(value.text);
    case JsonValue::Kind::kList:
      return "a list";
    case JsonValue::Kind::kObject:
      return "an object";
  }
  return "";
}

}  // namespace initlab
