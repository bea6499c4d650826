// Where everything in the window stands: rectangles from a size, nothing drawn. 1440 x 900 is the size
// designed for; 1024 x 700 works, and so does less.
#pragma once

#include <cstddef>
#include <vector>

#include "app/canvas/geometry.h"

namespace initlab {

inline constexpr double kTopBarHeight = 56;
inline constexpr double kColumnWidth = 232;
// Below this width the experiment column folds away unless it is asked for.
inline constexpr double kFoldWidth = 1100;

struct LaneRects {
  Rect heading;  // swatch, name, formula
  Rect field;    // decision boundary
  Rect numbers;  // cost and accuracies
  Rect verdict;
};

struct Layout {
  Rect top_bar;
  Rect column;  // width 0 where it is folded away
  Rect main;
  std::vector<LaneRects> lanes;
  Rect cost;        // with its title
  Rect histograms;  // with its tabs
  // The histograms' columns stand below their lanes; else they share their rectangle evenly.
  bool columns_below_lanes = true;
};

Layout make_layout(double width, double height, std::size_t lane_count, bool column_shown);

}  // namespace initlab
