#include "app/figures/comparison.h"

#include <algorithm>
#include <cmath>
#include <vector>

#include "app/figures/cost_curve.h"
#include "app/figures/lane_card.h"
#include "app/figures/lane_picture.h"
#include "app/figures/page.h"

namespace initlab {
namespace {

constexpr double kColumnGap = 2 * kGrid;
constexpr double kBlockGap = 2 * kGrid;
constexpr double kLeastColumn = 150;  // a lane narrower than this goes into a second row
constexpr double kLeastBoundary = 88;
constexpr double kNumbersBeside = 64;  // room for a column of numbers
// Width over height of a boundary: flatter ones would cut the data, and where there is height to spare they
// grow.
constexpr double kFlattest = 1.65;
constexpr double kTallest = 1.3;

// The heights of a lane's parts, the same for all lanes so that they stand in line.
struct LanePlan {
  double heading = kLaneHeadingHeight;
  double boundary = 0;
  double numbers = kLaneNumbersHeight;  // 0: beside the boundary
  double verdict = 0;                   // 0: none
  double height() const { return heading + boundary + numbers + verdict; }
};

struct PagePlan {
  std::size_t lane_columns = 1;
  double column_width = 0;
  LanePlan lane;
  Rect lanes;
  Rect histograms;               // height 0: none
  bool histograms_below = true;  // each below its lane; else in columns of their own, with the lanes' names
  Rect cost;
};

double verdict_height(const Snapshot& snapshot, double width, std::size_t most) {
  std::size_t lines = 0;
  for (const RunSnapshot& run : snapshot.runs)
    lines = std::max(lines, verdict_lines(run, width, most).size());
  return lines == 0 ? 0 : static_cast<double>(lines) * kVerdictLineHeight + 2 * kVerdictPadding;
}

// A heading and up to three legible rows; more layers than that are thinned out by the grid.
double least_histograms(const Snapshot& snapshot) {
  std::size_t layers = 1;
  for (const RunSnapshot& run : snapshot.runs) layers = std::max(layers, run.layers.size());
  return kSectionHeadingHeight + histogram_grid_height(std::min<std::size_t>(layers, 3)) +
         (layers > 3 ? 20 : 0);
}

// Every end label of the curve has its line.
double least_cost(const Snapshot& snapshot) {
  return std::max(104.0, kSectionHeadingHeight + 36 + 15 * static_cast<double>(snapshot.runs.size()));
}

void plan_columns(PagePlan& plan, double width, const Snapshot& snapshot, bool roomy) {
  const std::size_t lanes = snapshot.runs.size();
  const auto width_of = [&](std::size_t columns) {
    const double count = static_cast<double>(columns);
    return (width - (count - 1) * kColumnGap) / count;
  };
  plan.lane_columns = std::max<std::size_t>(lanes, 1);
  if (width_of(plan.lane_columns) < kLeastColumn) plan.lane_columns = (plan.lane_columns + 1) / 2;
  plan.column_width = width_of(plan.lane_columns);
  for (std::size_t lane = 0; lane < lanes && roomy; ++lane) {
    if (!lane_heading_fits(snapshot, lane, plan.column_width)) plan.lane.heading = kLaneHeadingTwoLines;
  }
}

// As many lines of verdict as leave `boundary` to the picture in `height` of a lane; narrow columns need more
// of them.
void plan_verdict(PagePlan& plan, const Snapshot& snapshot, double height, double boundary) {
  plan.lane.verdict = 0;
  const double bare = plan.lane.height() - plan.lane.boundary;
  for (const std::size_t lines : {4u, 3u, 2u}) {
    if (lines > (plan.column_width >= 300 ? 2 : 4)) continue;
    const double verdict = verdict_height(snapshot, plan.column_width, lines);
    if (height - bare - verdict < boundary) continue;
    plan.lane.verdict = verdict;
    return;
  }
}

// Lanes in two rows of small pictures, the cost of all at the bottom.
PagePlan plan_two_rows(Rect inner, const Snapshot& snapshot, PagePlan plan) {
  plan.lane.heading = kLaneHeadingHeight - 2;
  plan.lane.numbers = 0;
  const double cost = std::max(least_cost(snapshot), 0.3 * inner.height);
  const double lanes = inner.height - cost - kBlockGap;
  plan.lane.boundary = std::max(0.0, (lanes - kBlockGap) / 2 - plan.lane.height());
  plan.lanes = {inner.x, inner.y, inner.width, lanes};
  plan.cost = {inner.x, inner.bottom() - cost, inner.width, cost};
  return plan;
}

// Lanes in a row, their histograms below them, the cost of all at the bottom.
PagePlan plan_stacked(Rect inner, const Snapshot& snapshot) {
  PagePlan plan;
  plan_columns(plan, inner.width, snapshot, inner.height >= 560);
  if (plan.lane_columns < snapshot.runs.size()) return plan_two_rows(inner, snapshot, plan);
  double cost = std::max(least_cost(snapshot), std::clamp(0.2 * inner.height, 104.0, 180.0));
  double histograms = least_histograms(snapshot);
  const double wanted = std::max(plan.column_width / kFlattest, kLeastBoundary);
  const auto lane_room = [&] {
    return inner.height - cost - kBlockGap - (histograms > 0 ? histograms + kBlockGap : 0);
  };
  plan_verdict(plan, snapshot, lane_room(), wanted);
  if (plan.lane.verdict == 0) {
    histograms = 0;
    plan_verdict(plan, snapshot, lane_room(), std::min(wanted, 1.3 * kLeastBoundary));
  }
  const double room = std::max(lane_room() - plan.lane.height(), 0.0);
  plan.lane.boundary = std::min(room, wanted);
  // What is left goes to all, but no boundary gets so high that the data swims in it.
  double spare = room - plan.lane.boundary;
  const double more = std::min(spare * (histograms > 0 ? 0.25 : 0.6),
                               std::max(plan.column_width / kTallest - plan.lane.boundary, 0.0));
  plan.lane.boundary += more;
  spare -= more;
  cost += histograms > 0 ? spare / 2 : spare;
  if (histograms > 0) histograms += spare / 2;
  plan.lanes = {inner.x, inner.y, inner.width, plan.lane.height()};
  plan.histograms = {inner.x, plan.lanes.bottom() + kBlockGap, inner.width, histograms};
  plan.cost = {inner.x, inner.bottom() - cost, inner.width, cost};
  return plan;
}

// Three lanes on a wide page: large pictures above, cost and histograms side by side below.
PagePlan plan_three(Rect inner, const Snapshot& snapshot) {
  constexpr double kGap = 4 * kGrid;
  PagePlan plan;
  plan.histograms_below = false;
  plan_columns(plan, inner.width, snapshot, true);
  const double band = std::max(0.4 * inner.height, least_histograms(snapshot) + kLaneHeadingHeight);
  const double room = inner.height - band - kBlockGap;
  plan_verdict(plan, snapshot, room, plan.column_width / kFlattest);
  plan.lane.boundary = std::min(room - plan.lane.height(), plan.column_width / kTallest);
  plan.lanes = {inner.x, inner.y, inner.width, plan.lane.height()};
  const double top = plan.lanes.bottom() + kBlockGap;
  const double half = std::floor((inner.width - kGap) / 2);
  plan.cost = {inner.x, top, half, inner.bottom() - top};
  plan.histograms = {inner.right() - half, top, half, inner.bottom() - top};
  return plan;
}

// One lane: its picture on the left, cost and histograms on the right.
PagePlan plan_one(Rect inner, const Snapshot& snapshot) {
  PagePlan plan;
  plan.histograms_below = false;
  const double gap = inner.width >= 900 ? 4 * kGrid : 2 * kGrid;
  const double left = std::floor((inner.width - gap) * 0.5);
  plan_columns(plan, left, snapshot, inner.height >= 560);
  plan_verdict(plan, snapshot, inner.height, left / kFlattest);
  plan.lane.boundary = inner.height - plan.lane.height();
  plan.lanes = {inner.x, inner.y, left, inner.height};
  const Rect right{inner.x + left + gap, inner.y, inner.width - left - gap, inner.height};
  double histograms = std::max(least_histograms(snapshot), 0.45 * right.height);
  if (right.height - histograms - kBlockGap < 150) histograms = 0;
  plan.cost = {right.x, right.y, right.width, right.height - (histograms > 0 ? histograms + kBlockGap : 0)};
  plan.histograms = {right.x, plan.cost.bottom() + kBlockGap, right.width, histograms};
  return plan;
}

// Two lanes on a wide page with their histograms below them; the cost beside.
PagePlan plan_two(Rect inner, const Snapshot& snapshot) {
  constexpr double kGap = 4 * kGrid;
  const double left = std::floor((inner.width - kGap) * 0.62);
  PagePlan plan;
  plan_columns(plan, left, snapshot, inner.height >= 560);
  double histograms = std::max(least_histograms(snapshot), 0.34 * inner.height);
  const double wanted = plan.column_width / kFlattest;
  plan_verdict(plan, snapshot, inner.height - histograms - kBlockGap, wanted);
  double room = inner.height - histograms - kBlockGap - plan.lane.height();
  if (room < wanted) {
    histograms = 0;
    plan_verdict(plan, snapshot, inner.height, wanted);
    room = inner.height - plan.lane.height();
  }
  plan.lane.boundary = histograms > 0 ? std::min(room, plan.column_width / kTallest) : room;
  plan.lanes = {inner.x, inner.y, left, plan.lane.height()};
  const double top = plan.lanes.bottom() + kBlockGap;
  plan.histograms = {inner.x, top, left, histograms > 0 ? inner.bottom() - top : 0};
  plan.cost = {inner.x + left + kGap, inner.y, inner.width - left - kGap, inner.height};
  return plan;
}

PagePlan plan_page(Rect inner, const Snapshot& snapshot) {
  const std::size_t lanes = snapshot.runs.size();
  if (lanes == 1 && inner.width >= 560) return plan_one(inner, snapshot);
  if (lanes == 2 && inner.width >= 900) return plan_two(inner, snapshot);
  if (lanes == 3 && inner.width >= 1100 && inner.height >= 600) return plan_three(inner, snapshot);
  return plan_stacked(inner, snapshot);
}

Rect column_rect(const PagePlan& plan, std::size_t lane) {
  const std::size_t row_index = lane / plan.lane_columns;
  const auto row = static_cast<double>(row_index);
  const auto column = static_cast<double>(lane - row_index * plan.lane_columns);
  return {plan.lanes.x + column * (plan.column_width + kColumnGap),
          plan.lanes.y + row * (plan.lane.height() + kBlockGap), plan.column_width, plan.lane.height()};
}

void draw_lane(Canvas& canvas, const Theme& theme, const PagePlan& plan, const Snapshot& snapshot,
               std::size_t lane) {
  const Rect whole = column_rect(plan, lane);
  draw_lane_heading(canvas, theme, {whole.x, whole.y, whole.width, plan.lane.heading}, snapshot, lane);
  double y = whole.y + plan.lane.heading;
  const bool beside = plan.lane.numbers == 0;
  const double picture = whole.width - (beside ? kNumbersBeside : 0);
  draw_lane_picture(canvas, theme, {whole.x, y, picture, plan.lane.boundary}, snapshot, lane);
  if (beside) {
    const Rect numbers{whole.x + picture + kGrid, y, kNumbersBeside - kGrid, plan.lane.boundary};
    draw_lane_numbers_stacked(canvas, theme, numbers, snapshot, lane);
  }
  y += plan.lane.boundary;
  if (!beside) draw_lane_numbers(canvas, theme, {whole.x, y, whole.width, plan.lane.numbers}, snapshot, lane);
  y += plan.lane.numbers;
  if (plan.lane.verdict > 0) {
    draw_lane_verdict(canvas, theme, {whole.x, y, whole.width, plan.lane.verdict}, snapshot.runs[lane]);
  }
}

void draw_histograms(Canvas& canvas, const Theme& theme, const PagePlan& plan, const Snapshot& snapshot,
                     HistogramTensor tensor) {
  const std::size_t lanes = snapshot.runs.size();
  HistogramGridOptions options;
  options.tensor = tensor;
  Rect rest = draw_section(canvas, theme, plan.histograms,
                           histogram_tensors()[static_cast<std::size_t>(tensor)].label,
                           histogram_caption(snapshot, options));
  std::vector<ColumnSpan> columns;
  for (std::size_t lane = 0; lane < lanes; ++lane) {
    const double width = (rest.width + kColumnGap) / static_cast<double>(lanes) - kColumnGap;
    const Rect below = column_rect(plan, lane);
    columns.push_back(plan.histograms_below
                          ? ColumnSpan{below.x, below.width}
                          : ColumnSpan{rest.x + static_cast<double>(lane) * (width + kColumnGap), width});
  }
  if (!plan.histograms_below && lanes > 1) {
    for (std::size_t lane = 0; lane < lanes; ++lane) {
      draw_lane_name(canvas, theme, {columns[lane].x, rest.y, columns[lane].width, 20}, snapshot, lane);
    }
    rest = {rest.x, rest.y + 3 * kGrid, rest.width, rest.height - 3 * kGrid};
  }
  options.columns = columns;
  draw_histogram_grid(canvas, theme, rest, snapshot, options);
}

}  // namespace

void draw_comparison(Canvas& canvas, const Theme& theme, Rect rect, const Snapshot& snapshot,
                     const ComparisonPageOptions& options) {
  const Rect inner = draw_page(canvas, theme, rect, snapshot);
  if (!snapshot.experiment || snapshot.runs.empty()) return;
  const PagePlan plan = plan_page(inner, snapshot);
  for (std::size_t lane = 0; lane < snapshot.runs.size(); ++lane)
    draw_lane(canvas, theme, plan, snapshot, lane);
  if (plan.histograms.height > 0) draw_histograms(canvas, theme, plan, snapshot, options.tensor);
  CostCurveOptions cost;
  cost.log_x = options.log_x;
  cost.log_y = options.log_y;
  const Rect rest = draw_section(canvas, theme, plan.cost, "Cost", options.log_y ? "log axis" : "");
  draw_cost_curve(canvas, theme, rest, snapshot, cost);
}

}  // namespace initlab
