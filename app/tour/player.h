// Plays a tour: moves the mouse, presses keys and waits, frame by frame, as a person would, and holds what
// the window shows and the worker reports against what the script expects. Knows no graphics; the same on
// every surface. Main thread.
#pragma once

#include <functional>
#include <string>

#include "app/tour/script.h"
#include "app/tour/surface.h"

namespace initlab {

struct TourOutcome {
  enum class End { kDone, kFailed, kBadInput, kCouldNotWrite };
  End end = End::kDone;
  std::string complaint;  // one line that begins with the script and the line; empty when all is done
  int commands = 0;       // played
  int expectations = 0;   // that held
};

// The laboratory begins with the course's experiment unless the script opens another first; `on_picture` is
// told each file that was written. An expectation that does not hold is given some seconds.
TourOutcome play_tour(const TourScript& script, TourSurface& surface,
                      const std::function<void(const std::string& file)>& on_picture);

// Null when every experiment that the script opens can be opened, else what is wrong with the first: one
// line.
std::optional<std::string> check_tour(const TourScript& script);

}  // namespace initlab
