// Training from the command line: in small pieces, so that Ctrl-C ends it between two steps and a terminal
// sees how far it is. Main thread.
#pragma once

#include <cstdint>

#include "core/experiment/comparison.h"

namespace initlab {

// While one lives, Ctrl-C does not end the process but is remembered.
class InterruptGuard {
 public:
  InterruptGuard();
  ~InterruptGuard();
  InterruptGuard(const InterruptGuard&) = delete;  // owns the process's signal handler
  InterruptGuard& operator=(const InterruptGuard&) = delete;

 private:
  void (*previous_)(int);
};

// Trains to `step`; progress goes to stderr when that is a terminal. False when interrupted before it got
// there.
bool train_to(Comparison& comparison, std::int64_t step);

}  // namespace initlab
