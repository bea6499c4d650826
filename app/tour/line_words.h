// One line of a tour, word by word. The first thing that is wrong is kept as its error; what is taken after
// that is empty and means nothing.
#pragma once

#include <optional>
#include <string>
#include <string_view>
#include <vector>

#include "app/tour/script.h"

namespace initlab {

class LineWords {
 public:
  // Splits at spaces; "labels" in double quotes (\" and \\ inside) and (x,y) are one word each; a # outside
  // of quotes ends the line.
  explicit LineWords(std::string_view line);

  bool at_end() const { return next_ == words_.size(); }
  // Takes the next word if it is this bare one.
  bool take_if(std::string_view word);
  // A bare word, such as a name or a file, or one in quotes; `what` names it in the error.
  std::string take_word(std::string_view what);
  std::string take_label(std::string_view what = "a label");  // in double quotes
  double take_number(std::string_view what, double least, double most);
  std::int64_t take_whole(std::string_view what, std::int64_t least, std::int64_t most);
  Relation take_relation();
  // (x,y), or "label" [near "label"] [nth N] [at X,Y]
  TourTarget take_target();

  // Keeps the first.
  void fail(std::string message);
  const std::optional<std::string>& error() const { return error_; }

 private:
  struct Word {
    std::string text;
    bool quoted = false;
  };
  const Word* take(std::string_view what);
  std::optional<Point> point_in(std::string_view text) const;

  std::vector<Word> words_;
  std::size_t next_ = 0;
  std::optional<std::string> error_;
};

// The number that all of `text` is; null when it is none.
std::optional<double> number_in(std::string_view text);

}  // namespace initlab
