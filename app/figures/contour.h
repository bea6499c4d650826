// Lines of equal height through a grid of numbers: marching squares (Lorensen and Cline 1987, in the plane)
// with linear interpolation, joined to polylines. A saddle is resolved by the mean of its four corners. Cells
// with a corner that is not finite hold no line.
#pragma once

#include <span>
#include <vector>

#include "app/canvas/geometry.h"

namespace initlab {

// Where the grid value (column, row) has the coordinates (column, row).
struct ContourLine {
  std::vector<Point> points;  // at least two
  bool closed = false;        // the last point joins the first
};

// `values` holds rows * columns numbers, row by row. Corners equal to `level` count as above it.
std::vector<ContourLine> contour_lines(std::span<const float> values, int columns, int rows, double level);

}  // namespace initlab
