// Small text for messages about input: quoting what was given, numbers as people write them, and the known
// word that an unknown one was meant to be.
#pragma once

#include <cstddef>
#include <span>
#include <string>
#include <string_view>

namespace initlab {

bool is_utf8(std::string_view text);
// Characters (code points) of valid UTF-8.
std::size_t character_count(std::string_view text);
bool has_control_characters(std::string_view text);

// One line of valid UTF-8: line breaks, control characters and bytes that are not UTF-8 are written as
// escapes, and what is longer than `limit` characters ends in "...".
std::string one_line(std::string_view text, std::size_t limit);
// The same in double quotes, at most about 60 characters.
std::string in_quotes(std::string_view text);

// "4,096", "0.05", "1e-09": whole numbers below 1e15 with commas, others as short as they read back the same.
std::string format_number(double value);
// As short as it reads back the same, without commas: for a file.
std::string shortest(double value);

// "a, b, c".
std::string joined(std::span<const std::string_view> words);

// Of `candidates` the one most like `word` (Damerau-Levenshtein, capitals or not), empty when none is near.
std::string_view nearest_word(std::string_view word, std::span<const std::string_view> candidates);
// "; did you mean "learning_rate"?" or, when none is near, "; allowed: a, b, c".
std::string suggestion(std::string_view word, std::span<const std::string_view> candidates);

}  // namespace initlab
