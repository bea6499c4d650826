// Reading what was typed: numbers, lists and settings, each checked, with one line that says what is wrong.
// Quotes and suggestions in those lines are core/numeric/input_text.h's. Nothing here is a verb's own.
#pragma once

#include <cstdint>
#include <string>
#include <string_view>
#include <vector>

#include "core/experiment/file/experiment_json.h"
#include "core/numeric/input_text.h"

namespace initlab {

// A whole number in decimal digits from `minimum` to `maximum`; `option` names it in the error.
Result<std::int64_t> read_whole_number(std::string_view option, std::string_view text, std::int64_t minimum,
                                       std::int64_t maximum);
// A decimal number from `minimum` to `maximum`.
Result<double> read_number(std::string_view option, std::string_view text, double minimum, double maximum);

// The parts of "a,b,c"; an empty text is one empty part.
std::vector<std::string_view> split(std::string_view text, char separator);

struct Assignment {
  std::string_view path;
  std::string_view value;
};
// "training.learning_rate=0.05"
Result<Assignment> read_assignment(std::string_view text);
// Applies every "path=value", the last word of a path winning. Null, or what is wrong with one of them.
std::optional<InputError> apply_assignments(Experiment& experiment,
                                            const std::vector<std::string>& assignments);

// The value of a Result known to hold one, and the error of one known to hold that.
template <class T>
T& value_of(Result<T>& result) {
  return std::get<0>(result);
}
template <class T>
const InputError* error_in(const Result<T>& result) {
  return std::get_if<InputError>(&result);
}

}  // namespace initlab
