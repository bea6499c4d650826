// Where everything in the window stands: rectangles from a size, nothing drawn. 1440 x 900 is the size
// designed for; 1024 x 700 works, and so does less.
#pragma once

#include <cstddef>
#include <vector>

#include "app/canvas/geometry.h"

namespace initlab {

inline constexpr double kTopBarHeight = 56;
inline constexpr double kTimelineHeight = 44;
inline constexpr double kColumnWidth = 232;
inline constexpr double kLessonWidth = 256;
inline constexpr double kSlowMotionHeight = 76;
inline constexpr double kPaintHeight = 44;
// Below these widths the experiment column and the lesson fold away unless they are asked for.
inline constexpr double kFoldWidth = 1100;
inline constexpr double kLessonFoldWidth = 1360;

// What there is to place. In a window too narrow for both columns the lesson has the room.
struct LayoutRequest {
  double width = 0;  // of the window, logical pixels
  double height = 0;
  std::size_t lanes = 1;
  bool column = false;
  bool lesson = false;
  bool slow_motion = false;
  bool paint = false;
  bool timeline = true;
  bool pictures = true;  // of the lanes; else their place takes a sentence
};

struct LaneRects {
  Rect heading;  // swatch, name, formula
  Rect field;    // decision boundary
  Rect numbers;  // cost and accuracies
  Rect verdict;
};

struct Layout {
  Rect top_bar;
  Rect column;       // width 0 where it is folded away
  Rect lesson;       // likewise
  Rect timeline;     // height 0 where it is hidden
  Rect main;         // what these leave
  Rect slow_motion;  // height 0 where it is off
  Rect paint;        // below it; likewise
  std::vector<LaneRects> lanes;
  Rect cost;        // with its title
  Rect signal;      // with its title; width 0 where it has no room beside the cost: then they share its place
  Rect histograms;  // with its tabs
  // The histograms' columns stand below their lanes; else they share their rectangle evenly.
  bool columns_below_lanes = true;
};

Layout make_layout(const LayoutRequest& request);

}  // namespace initlab
