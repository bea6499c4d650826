#include "app/layout.h"

#include <algorithm>

namespace initlab {
namespace {

constexpr double kMargin = 16;
constexpr double kLaneGap = 16;
constexpr double kCurveGap = 24;
constexpr double kHeading = 34;
constexpr double kNumbers = 34;
constexpr double kFieldAspect = 1.3;
constexpr double kRowGap = 12;

struct Grid {
  std::size_t columns;
  std::size_t rows;
};
// 1 to 3 in a row, 4 as 2 x 2, 5 and 6 as 3 x 2.
Grid grid_of(std::size_t lanes) {
  if (lanes <= 3) return {std::max<std::size_t>(lanes, 1), 1};
  return {lanes == 4 ? std::size_t{2} : std::size_t{3}, 2};
}

// Narrow lanes need a third line for the same verdict, and high windows have it to spare for what to try
// next; many lanes make do with two small ones, or one.
double verdict_height(double lane_width, std::size_t rows, double height) {
  constexpr double kLowWindow = 560;
  constexpr double kHighWindow = 760;
  if (rows > 1) return height < kLowWindow ? 26 : 40;
  return lane_width < 310 || height >= kHighWindow ? 64 : 46;
}

struct Heights {
  double field;
  double below;  // of all that stands below the lanes
};
// Shares the height: fields wish to keep their shape, curves and histograms to be readable; too little is
// taken from both alike, too much goes to what lies below.
Heights share_heights(double height, double lane_width, std::size_t rows, bool pictures) {
  const double below_wish = rows == 1 ? 428 : 390;
  constexpr double kLeastBelow = 100;
  constexpr double kLeastField = 81;
  const auto count = static_cast<double>(rows);
  const double fixed = count * (kHeading + kNumbers + verdict_height(lane_width, rows, height) + kRowGap);
  const double free = std::max(height - fixed, 100.0);
  const double tallest = rows == 1 ? std::max(420.0, 0.42 * height) : std::max(300.0, 0.28 * height);
  constexpr double kSentence = 104;
  const double field_wish = count * (pictures ? std::min(lane_width / kFieldAspect, tallest) : kSentence);
  const double share = std::min(1.0, free / (field_wish + below_wish));
  // In a low window the fields stay large enough to show a shape.
  const double least = std::min({field_wish, count * kLeastField, std::max(free - kLeastBelow, 0.0)});
  const double fields = std::max(field_wish * share, least);
  return {fields / count, free - fields};
}

// Cost and signal side by side, or where that is too narrow the cost alone: they take turns there.
void place_curves(Rect curves, Layout& layout) {
  constexpr double kLeastWidth = 640;
  layout.cost = curves;
  if (curves.width < kLeastWidth) return;
  const double width = (curves.width - kCurveGap) / 2;
  layout.cost.width = width;
  layout.signal = {curves.x + width + kCurveGap, curves.y, width, curves.height};
}

// Curves above histograms where there is height for both, else side by side.
void place_below(Rect below, std::size_t rows, Layout& layout) {
  // Slow motion sets a formula on the frame of a figure.
  constexpr double kFormula = 18;
  constexpr double kHeightForFormula = 200;
  const bool has_formula = layout.slow_motion.height > 0 && below.height >= kHeightForFormula;
  const double formula = has_formula ? kFormula : 0;
  below = {below.x, below.y + formula, below.width, below.height - formula};
  const double gap = kRowGap + formula;
  constexpr double kHeightForBoth = 340;
  constexpr double kCostShare = 0.46;
  constexpr double kCostWidthShare = 0.4;
  layout.columns_below_lanes = below.height >= kHeightForBoth && rows == 1;
  if (below.height >= kHeightForBoth) {
    const double cost = (below.height - gap) * kCostShare;
    place_curves({below.x, below.y, below.width, cost}, layout);
    layout.histograms = {below.x, layout.cost.bottom() + gap, below.width, below.height - cost - gap};
    return;
  }
  const double cost = below.width * kCostWidthShare - kLaneGap;
  layout.cost = {below.x, below.y, cost, below.height};
  layout.histograms = {layout.cost.right() + 2 * kLaneGap, below.y, below.width - cost - 2 * kLaneGap,
                       below.height};
}

// One lane: its picture at the left as large as can be, the rest beside it.
void place_single(Rect inner, Layout& layout) {
  constexpr double kShare = 0.5;
  const double width = inner.width * kShare;
  const double verdict = verdict_height(width, 1, inner.height);
  LaneRects lane;
  lane.heading = {inner.x, inner.y, width, kHeading};
  lane.field = {inner.x, lane.heading.bottom(), width, inner.height - kHeading - kNumbers - verdict};
  lane.numbers = {inner.x, lane.field.bottom(), width, kNumbers};
  lane.verdict = {inner.x, lane.numbers.bottom(), width, verdict};
  layout.lanes.push_back(lane);
  const double x = inner.x + width + 2 * kLaneGap;
  Rect right = {x, inner.y, inner.right() - x, inner.height};
  // Three below each other where they stay readable, else cost and signal share a place.
  constexpr double kHeightForThree = 640;
  if (inner.height >= kHeightForThree) {
    const double curve = (inner.height - 2 * kRowGap) * 0.29;
    layout.cost = {x, inner.y, right.width, curve};
    layout.signal = {x, layout.cost.bottom() + kRowGap, right.width, curve};
  } else {
    place_curves({x, inner.y, right.width, (inner.height - kRowGap) * 0.46}, layout);
  }
  const double top = std::max(layout.cost.bottom(), layout.signal.bottom()) + kRowGap;
  layout.histograms = {x, top, right.width, inner.bottom() - top};
  layout.columns_below_lanes = false;
}

// The parts at the window's edges, and what they leave for the middle.
void place_edges(const LayoutRequest& request, Layout& layout) {
  layout.top_bar = {0, 0, request.width, kTopBarHeight};
  // Two rows of lanes in a low window need its height more.
  constexpr double kLowWindow = 560;
  const bool has_timeline = request.timeline && (request.lanes <= 3 || request.height >= kLowWindow);
  const double timeline = has_timeline ? kTimelineHeight : 0;
  layout.timeline = {0, request.height - timeline, request.width, timeline};
  const double top = kTopBarHeight;
  const double height = layout.timeline.y - top;
  constexpr double kLeastMain = 680;
  const bool lesson = request.lesson && request.width - kLessonWidth >= kLeastMain - 300;
  const double lesson_width = lesson ? kLessonWidth : 0;
  const bool column =
      request.column && (!lesson || request.width - lesson_width - kColumnWidth >= kLeastMain);
  const double column_width = column ? kColumnWidth : 0;
  layout.column = {0, top, column_width, height};
  layout.lesson = {request.width - lesson_width, top, lesson_width, height};
  layout.main = {column_width, top, request.width - column_width - lesson_width, height};
  const double slow = request.slow_motion ? kSlowMotionHeight : 0;
  layout.slow_motion = {layout.main.x, layout.main.y, layout.main.width, slow};
  layout.paint = {layout.main.x, layout.slow_motion.bottom(), layout.main.width,
                  request.paint ? kPaintHeight : 0};
}

}  // namespace

Layout make_layout(const LayoutRequest& request) {
  Layout layout;
  place_edges(request, layout);
  const double top = layout.paint.bottom() + 8;
  const Rect inner = {layout.main.x + kMargin, top, layout.main.width - 2 * kMargin,
                      layout.main.bottom() - top - (layout.timeline.height > 0 ? 8 : kMargin)};
  const std::size_t lane_count = request.lanes;
  if (lane_count == 1 && inner.width >= 800 && request.pictures) {
    place_single(inner, layout);
    return layout;
  }
  const Grid grid = grid_of(lane_count);
  const auto columns = static_cast<double>(grid.columns);
  const double lane_width = (inner.width - (columns - 1) * kLaneGap) / columns;
  const Heights heights = share_heights(inner.height, lane_width, grid.rows, request.pictures);

  const double verdict = verdict_height(lane_width, grid.rows, inner.height);

  double y = inner.y;
  for (std::size_t row = 0; row < grid.rows; ++row) {
    for (std::size_t place = 0; place < grid.columns && layout.lanes.size() < lane_count; ++place) {
      const double x = inner.x + static_cast<double>(place) * (lane_width + kLaneGap);
      LaneRects lane;
      lane.heading = {x, y, lane_width, kHeading};
      lane.field = {x, lane.heading.bottom(), lane_width, heights.field};
      lane.numbers = {x, lane.field.bottom(), lane_width, kNumbers};
      lane.verdict = {x, lane.numbers.bottom(), lane_width, verdict};
      layout.lanes.push_back(lane);
    }
    y += kHeading + heights.field + kNumbers + verdict + kRowGap;
  }
  place_below({inner.x, y, inner.width, heights.below}, grid.rows, layout);
  return layout;
}

}  // namespace initlab
