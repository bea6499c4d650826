// Undo and redo of what was changed in the experiment, whoever changed it: settings, schemes, lanes, points,
// another experiment. Training itself is no change: the timeline goes back in time. Holds values, asks
// nobody.
#pragma once

#include <cstdint>
#include <deque>
#include <memory>
#include <optional>
#include <string>

#include "core/experiment/experiment.h"

namespace initlab {

class UndoHistory {
 public:
  using Value = std::shared_ptr<const Experiment>;

  // The experiment of the latest report, and how many commands the worker had obeyed by then; `seconds` is
  // any clock's. What differs from before is remembered; quick changes of one setting count as one.
  void observe(const Value& shown, std::uint64_t commands_obeyed, double seconds);

  bool can_undo() const { return !past_.empty() && !asked_; }
  bool can_redo() const { return !future_.empty() && !asked_; }

  // The experiment to go to, and what comes back with it in a few words.
  struct Move {
    Value experiment;
    std::string text;  // "training.learning_rate 0.05"
  };
  Move undo();  // only while can_undo
  Move redo();  // only while can_redo
  // The command that asks for it has that number: what the reports show from then on is its outcome.
  void asked(std::uint64_t command) { asked_ = command; }

 private:
  static constexpr std::size_t kMost = 100;
  static constexpr double kQuick = 1.0;  // seconds

  Value now_;  // null before the first report
  std::deque<Value> past_, future_;
  std::optional<std::uint64_t> asked_;
  std::string last_setting_;
  double last_change_ = -1e9;
};

// The first thing in which `to` differs from `from`: a setting's path, and its value in `to`.
struct ExperimentChange {
  std::string setting;  // "training.learning_rate", "lanes", "experiment"
  std::string text;     // "training.learning_rate 0.05", "lane He", "course-initialization"
};
ExperimentChange change_between(const Experiment& from, const Experiment& to);

}  // namespace initlab
