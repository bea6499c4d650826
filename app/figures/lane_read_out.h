// The box beside the mouse that reads a value of every lane: a title, then a row a lane. Words only: what is
// read, and the mark on the curve, are the figure's.
#pragma once

#include <cstddef>
#include <string>
#include <vector>

#include "app/canvas/canvas.h"
#include "app/theme.h"

namespace initlab {

struct LaneReadOut {
  std::size_t lane = 0;  // its swatch
  std::string name;      // shortened where there is no room
  std::string value;
};

// To the right of `at` where `bounds` has room, else to its left; never beyond `bounds`.
void draw_lane_read_outs(Canvas& canvas, const Theme& theme, Rect bounds, Point at, const std::string& title,
                         const std::vector<LaneReadOut>& rows);

}  // namespace initlab
