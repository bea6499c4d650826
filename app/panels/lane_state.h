// What the lanes' controls remember between frames.
#pragma once

#include <cstddef>
#include <cstdint>
#include <optional>

#include "core/network/initializers.h"

namespace initlab {

struct LaneState {
  std::optional<std::size_t> open_menu;  // lane (from 0) whose menu is open
  // While the gain's slider is held: where it stands, and the number of the command that asked for a gain
  // last. The next is asked for once that one is obeyed, so that none pile up.
  std::optional<double> held_gain;
  std::uint64_t gain_command = 0;
  bool gain_is_reset = false;  // by a double click: the mouse has to let go first
};

}  // namespace initlab
