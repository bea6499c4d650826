// What mouse and keyboard did during one frame, the same from a window, a tour and a test.
#pragma once

#include <array>
#include <string>
#include <vector>

#include "app/canvas/geometry.h"
#include "app/platform/frame.h"

namespace initlab {

struct GuiInput {
  Point mouse = {-1e9, -1e9};       // logical pixels; far outside: no mouse
  std::array<bool, 3> button = {};  // held: left, right, middle
  double wheel = 0;                 // notches, positive away from the user
  double wheel_horizontal = 0;      // notches, positive to the left
  bool ctrl = false;                // held
  bool shift = false;
  bool alt = false;
  std::vector<KeyPress> keys;              // pressed or repeated, in order
  std::string text;                        // typed, UTF-8: for a text field
  std::vector<std::string> dropped_files;  // paths
};

}  // namespace initlab
