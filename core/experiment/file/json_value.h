// JSON text as a tree that keeps what a message needs: numbers as they were written, members in their order.
// nlohmann's parser does the reading; this room adds limits and turns its complaints into one line.
#pragma once

#include <cstddef>
#include <string>
#include <string_view>
#include <utility>
#include <variant>
#include <vector>

#include "core/experiment/file/experiment_json.h"

namespace initlab {

inline constexpr std::size_t kMaximumJsonDepth = 16;
inline constexpr std::size_t kMaximumJsonBytes = std::size_t{16} << 20;
// Of one object: each layer of the deepest network may have a key.
inline constexpr std::size_t kMaximumJsonMembers = kMaximumHiddenLayers + 1;

struct JsonMember;
struct JsonValue {
  enum class Kind { kNull, kBoolean, kNumber, kText, kList, kObject };
  Kind kind = Kind::kNull;
  bool boolean = false;
  double number = 0;  // always finite
  std::string text;   // of a text its content, of a number its digits
  std::vector<JsonValue> items;
  std::vector<JsonMember> members;  // no key twice

  // Null where there is none.
  const JsonValue* find(std::string_view key) const;
};
struct JsonMember {
  std::string key;
  JsonValue value;
};

// Errors: what is no JSON and numbers beyond the range of a double, with line and column; a key given twice
// and more than the limits above, with the name of the object.
Result<JsonValue> parse_json(std::string_view text);

// As a message shows it: "quoted text", 3.5, true, a list, an object.
std::string shown(const JsonValue& value);

}  // namespace initlab
