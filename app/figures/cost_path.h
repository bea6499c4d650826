// A cost history as what can be drawn of it in pixels: a line where it is smooth, and where it jumps up and
// down from step to step the area that it covers. One pixel column costs one look into the history's pyramid.
#pragma once

#include <optional>
#include <vector>

#include "app/canvas/geometry.h"
#include "app/figures/cost_curve.h"
#include "core/experiment/cost_history.h"

namespace initlab {

struct CostLine {
  std::vector<Point> points;
  bool jagged = false;  // turns at every step
};

struct CostPath {
  std::vector<CostLine> lines;
  std::vector<Rect> noise;            // columns of one pixel, from the largest cost in them down to the least
  std::optional<Point> end;           // the last finite cost, within the plot
  std::optional<double> above_until;  // the last pixel column in which it is above the plot
};

// Of the costs of steps first..last-1 that the history has. `end` is that of the last of them.
CostPath cost_path(const CostPlot& plot, const CostHistory& history, std::int64_t first, std::int64_t last);

}  // namespace initlab
