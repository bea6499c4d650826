#include "app/layout.h"

#include <algorithm>

namespace initlab {
namespace {

constexpr double kMargin = 16;
constexpr double kLaneGap = 16;
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

struct Heights {
  double field;
  double verdict;
  double cost;
  double histograms;
};
// Shares the height: fields wish to keep their shape, curves and histograms to be readable; too little is
// taken from both alike, too much goes to what lies below.
Heights share_heights(double height, double lane_width, std::size_t rows) {
  constexpr double kCostWish = 200;
  constexpr double kHistogramsWish = 216;
  const double verdict = rows == 1 ? 46 : 26;
  const auto count = static_cast<double>(rows);
  const double fixed = count * (kHeading + kNumbers + verdict + kRowGap) + kRowGap;
  const double free = std::max(height - fixed, 100.0);
  const double field_wish = count * std::min(lane_width / kFieldAspect, rows == 1 ? 420.0 : 300.0);
  const double wish = field_wish + kCostWish + kHistogramsWish;
  const double share = std::min(1.0, free / wish);
  const double fields = field_wish * share;
  const double below = free - fields;
  const double cost = below * kCostWish / (kCostWish + kHistogramsWish);
  return {fields / count, verdict, cost, below - cost};
}

}  // namespace

Layout make_layout(double width, double height, std::size_t lane_count, bool column_shown) {
  Layout layout;
  layout.top_bar = {0, 0, width, kTopBarHeight};
  const double column = column_shown ? kColumnWidth : 0;
  layout.column = {0, kTopBarHeight, column, height - kTopBarHeight};
  layout.main = {column, kTopBarHeight, width - column, height - kTopBarHeight};

  const Rect inner = {layout.main.x + kMargin, layout.main.y + 8, layout.main.width - 2 * kMargin,
                      layout.main.height - 8 - kMargin};
  const Grid grid = grid_of(lane_count);
  const auto columns = static_cast<double>(grid.columns);
  const double lane_width = (inner.width - (columns - 1) * kLaneGap) / columns;
  const Heights heights = share_heights(inner.height, lane_width, grid.rows);

  double y = inner.y;
  for (std::size_t row = 0; row < grid.rows; ++row) {
    for (std::size_t place = 0; place < grid.columns && layout.lanes.size() < lane_count; ++place) {
      const double x = inner.x + static_cast<double>(place) * (lane_width + kLaneGap);
      LaneRects lane;
      lane.heading = {x, y, lane_width, kHeading};
      lane.field = {x, lane.heading.bottom(), lane_width, heights.field};
      lane.numbers = {x, lane.field.bottom(), lane_width, kNumbers};
      lane.verdict = {x, lane.numbers.bottom(), lane_width, heights.verdict};
      layout.lanes.push_back(lane);
    }
    y += kHeading + heights.field + kNumbers + heights.verdict + kRowGap;
  }
  layout.cost = {inner.x, y, inner.width, heights.cost};
  layout.histograms = {inner.x, layout.cost.bottom() + kRowGap, inner.width, heights.histograms};
  return layout;
}

}  // namespace initlab
