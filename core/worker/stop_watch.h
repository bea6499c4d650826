// Whether playing is to stop before the experiment's last step: a lane has diverged, or its cost has fallen
// below what was asked for. Everything is told once: who plays on meets the next thing.
#pragma once

#include <cstdint>
#include <optional>
#include <vector>

#include "core/experiment/comparison.h"
#include "core/worker/command.h"

namespace initlab {

// Why playing stopped before the experiment's last step.
struct Stop {
  enum class Reason { kCost, kDivergence };
  Reason reason = Reason::kDivergence;
  std::size_t lane = 0;   // from 0
  std::int64_t step = 0;  // at which it happened
};

class StopWatch {
 public:
  void set_rule(const command::SetStopRule& rule) { rule_ = rule; }

  // Playing begins at the comparison's step: what was so before is no reason to stop.
  void begin(const Comparison& comparison) { next_cost_ = comparison.step() + 1; }
  // The first thing that happened since the last look, and only where that is wanted.
  std::optional<Stop> look(const Comparison& comparison);
  // Takes what has happened as told.
  void note(const Comparison& comparison);
  // Where every lane has diverged, the last of these divergences: there is nothing to play. Null where the
  // rule does not stop at divergences.
  std::optional<Stop> end(const Comparison& comparison) const;

 private:
  std::optional<Stop> new_divergence(const Comparison& comparison);
  std::optional<Stop> fallen_cost(const Comparison& comparison);

  command::SetStopRule rule_;
  std::vector<std::uint64_t> told_;  // revisions of the runs that are known to have diverged
  std::vector<std::uint64_t> diverged_;
  std::int64_t next_cost_ = 1;  // the step whose cost is looked at next
};

}  // namespace initlab
