#include "app/tour/line_words.h"

#include <fmt/format.h>

#include <algorithm>
#include <array>
#include <charconv>
#include <cmath>

#include "core/experiment/file/field_json.h"
#include "core/numeric/input_text.h"

namespace initlab {

std::optional<double> number_in(std::string_view text) {
  double value = 0;
  const auto [end, error] = std::from_chars(text.data(), text.data() + text.size(), value);
  if (error != std::errc() || end != text.data() + text.size()) return std::nullopt;
  return value;
}

LineWords::LineWords(std::string_view line) {
  std::size_t at = 0;
  while (at < line.size()) {
    const char c = line[at];
    if (c == ' ' || c == '\t' || c == '\r') {
      ++at;
    } else if (c == '#') {
      return;
    } else if (c == '"') {
      Word word{"", true};
      for (++at; at < line.size() && line[at] != '"'; ++at) {
        if (line[at] == '\\' && at + 1 < line.size()) ++at;
        word.text += line[at];
      }
      if (at == line.size()) {
        fail("a quote is not closed");
        return;
      }
      ++at;
      words_.push_back(std::move(word));
    } else if (c == '(') {
      const std::size_t end = line.find(')', at);
      if (end == std::string_view::npos) {
        fail("a bracket is not closed");
        return;
      }
      words_.push_back({std::string(line.substr(at, end + 1 - at)), false});
      at = end + 1;
    } else {
      const std::size_t end = std::min(line.find_first_of(" \t\r", at), line.size());
      words_.push_back({std::string(line.substr(at, end - at)), false});
      at = end;
    }
  }
}

void LineWords::fail(std::string message) {
  if (!error_) error_ = std::move(message);
}

const LineWords::Word* LineWords::take(std::string_view what) {
  if (error_) return nullptr;
  if (at_end()) {
    fail(fmt::format("{} is missing", what));
    return nullptr;
  }
  return &words_[next_++];
}

bool LineWords::take_if(std::string_view word) {
  if (at_end() || words_[next_].quoted || words_[next_].text != word) return false;
  ++next_;
  return true;
}

std::string LineWords::take_word(std::string_view what) {
  const Word* const word = take(what);
  if (word != nullptr && word->text.empty()) fail(fmt::format("{} is empty", what));
  return word != nullptr ? word->text : "";
}

std::string LineWords::take_label(std::string_view what) {
  const Word* const word = take(what);
  if (word == nullptr) return "";
  if (!word->quoted) fail(fmt::format("{} stands in double quotes, not as {}", what, in_quotes(word->text)));
  if (word->text.empty()) fail(fmt::format("{} is empty", what));
  return word->text;
}

double LineWords::take_number(std::string_view what, double least, double most) {
  const Word* const word = take(what);
  if (word == nullptr) return 0;
  const std::optional<double> value = number_in(word->text);
  if (!value || !(*value >= least && *value <= most)) {
    fail(fmt::format("{} is {}, a number from {} to {} is allowed", what, in_quotes(word->text),
                     format_number(least), format_number(most)));
  }
  return value.value_or(0);
}

std::int64_t LineWords::take_whole(std::string_view what, std::int64_t least, std::int64_t most) {
  const double value = take_number(what, static_cast<double>(least), static_cast<double>(most));
  if (value != std::floor(value)) fail(fmt::format("{} is {}, no whole number", what, value));
  return static_cast<std::int64_t>(value);
}

Relation LineWords::take_relation() {
  constexpr std::array kRelations = {Relation::kLess, Relation::kLessOrEqual, Relation::kGreater,
                                     Relation::kGreaterOrEqual, Relation::kEqual};
  const Word* const word = take("one of < <= > >= =");
  if (word == nullptr) return Relation::kEqual;
  for (const Relation relation : kRelations) {
    if (relation_sign(relation) == word->text) return relation;
  }
  fail(fmt::format("{} is none of < <= > >= =", in_quotes(word->text)));
  return Relation::kEqual;
}

std::optional<Point> LineWords::point_in(std::string_view text) const {
  const std::size_t comma = text.find(',');
  if (comma == std::string_view::npos) return std::nullopt;
  const auto trimmed = [](std::string_view part) {
    while (part.starts_with(' ')) part.remove_prefix(1);
    while (part.ends_with(' ')) part.remove_suffix(1);
    return part;
  };
  const auto x = number_in(trimmed(text.substr(0, comma)));
  const auto y = number_in(trimmed(text.substr(comma + 1)));
  if (!x || !y) return std::nullopt;
  return Point{*x, *y};
}

TourTarget LineWords::take_target() {
  TourTarget target;
  if (!at_end() && !words_[next_].quoted && words_[next_].text.starts_with('(')) {
    const std::string& text = words_[next_++].text;
    target.place = point_in(std::string_view(text).substr(1, text.size() - 2));
    if (!target.place) fail(fmt::format("{} is no place such as (120,300)", in_quotes(text)));
    return target;
  }
  target.label = take_label();
  if (take_if("near") || take_if("in")) target.near = take_label();
  if (take_if("nth")) target.nth = static_cast<int>(take_whole("nth", 1, 100));
  if (take_if("at")) {
    const std::string text = take_word("X,Y");
    target.share = point_in(text);
    const bool inside = target.share && target.share->x >= 0 && target.share->x <= 1 &&
                        target.share->y >= 0 && target.share->y <= 1;
    if (!inside) fail(fmt::format("{} is no place on a widget such as 0.5,0.25", in_quotes(text)));
  }
  return target;
}

}  // namespace initlab
