#include "app/figures/comparison.h"

#include <algorithm>
#include <cmath>
#include <vector>

#include "app/figures/cost_curve.h"
#include "app/figures/decision_boundary.h"
#include "app/figures/lane_card.h"
#include "app/figures/page.h"

namespace initlab {
namespace {

constexpr double kColumnGap = 2 * kGrid;
constexpr double kBlockGap = 2 * kGrid;
constexpr double kLeastColumn = 150;  // a lane narrower than this goes into a second row
constexpr double kLeastBoundary = 88;
constexpr double kWidestBoundary = 1.6;   // width over height
constexpr double kLeastHistograms = 170;  // with their heading

// The heights of a lane's parts, the same for all lanes so that they stand in line.
struct LanePlan {
  double heading = kLaneHeadingHeight;
  double boundary = 0;
  double verdict = 0;  // 0: none
  double height() const { return heading + boundary + kLaneNumbersHeight + verdict; }
};

struct PagePlan {
  std::size_t lane_columns = 1;
  double column_width = 0;
  LanePlan lane;
  Rect lanes;
  Rect histograms;  // height 0: none
  Rect cost;
};

std::size_t lane_rows(const PagePlan& plan, std::size_t lanes) {
  return (lanes + plan.lane_columns - 1) / plan.lane_columns;
}

double verdict_height(const Snapshot& snapshot, double width, std::size_t most) {
  std::size_t lines = 0;
  for (const RunSnapshot& run : snapshot.runs)
    lines = std::max(lines, verdict_lines(run, width, most).size());
  return lines == 0 ? 0 : static_cast<double>(lines) * kVerdictLineHeight + 2 * kVerdictPadding;
}

// Two lanes or one leave half of a wide page to the cost curve.
bool cost_stands_beside(Rect inner, std::size_t lanes) {
  return lanes <= 2 && inner.width >= 900;
}

void plan_columns(PagePlan& plan, Rect area, std::size_t lanes) {
  const auto width_of = [&](std::size_t columns) {
    const double count = static_cast<double>(columns);
    return (area.width - (count - 1) * kColumnGap) / count;
  };
  plan.lane_columns = std::max<std::size_t>(lanes, 1);
  if (width_of(plan.lane_columns) < kLeastColumn) plan.lane_columns = (plan.lane_columns + 1) / 2;
  plan.column_width = width_of(plan.lane_columns);
}

// Gives the height to the parts: first what cannot shrink, then the boundaries, then histograms and cost
// share.
PagePlan plan_page(Rect inner, const Snapshot& snapshot) {
  PagePlan plan;
  const std::size_t lanes = snapshot.runs.size();
  const bool beside = cost_stands_beside(inner, lanes);
  Rect area = inner;
  if (beside) {
    area.width = std::floor(inner.width * (lanes == 1 ? 0.46 : 0.6));
    plan.cost = {area.right() + 3 * kGrid, inner.y, inner.right() - area.right() - 3 * kGrid, inner.height};
  }
  plan_columns(plan, area, lanes);
  const double rows = static_cast<double>(lane_rows(plan, lanes));
  const bool roomy = inner.height >= 560;
  for (std::size_t lane = 0; lane < lanes && roomy; ++lane) {
    if (!lane_heading_fits(snapshot, lane, plan.column_width)) plan.lane.heading = kLaneHeadingTwoLines;
  }
  double cost = beside ? 0 : std::clamp(0.28 * inner.height, 110.0, 260.0);
  const double cost_gap = beside ? 0 : kBlockGap;
  const double verdict = verdict_height(snapshot, plan.column_width, roomy ? 4 : 2);
  const auto lanes_room = [&](double histograms) {
    return (inner.height - cost - cost_gap - histograms - (histograms > 0 ? kBlockGap : 0) -
            (rows - 1) * kBlockGap) /
           rows;
  };
  const double bare = plan.lane.heading + kLaneNumbersHeight;
  double histograms = rows == 1 ? std::clamp(0.28 * inner.height, kLeastHistograms, 300.0) : 0;
  if (lanes_room(histograms) < bare + verdict + 1.5 * kLeastBoundary) histograms = 0;
  if (lanes_room(histograms) >= bare + verdict + kLeastBoundary) plan.lane.verdict = verdict;
  plan.lane.boundary = std::max(0.0, lanes_room(histograms) - bare - plan.lane.verdict);
  // No higher than wide, what remains goes to the others; no wider than the data fills.
  const double spare = rows * std::max(0.0, plan.lane.boundary - plan.column_width * (beside ? 0.8 : 0.75));
  plan.lane.boundary -= spare / rows;
  if (histograms > 0) {
    histograms += beside ? spare : spare / 2;
    if (!beside) cost += spare / 2;
  } else {
    cost += beside ? 0 : spare;
  }
  plan.lanes = {area.x, area.y, area.width, rows * plan.lane.height() + (rows - 1) * kBlockGap};
  plan.histograms = {area.x, plan.lanes.bottom() + kBlockGap, area.width, histograms};
  if (!beside) plan.cost = {inner.x, inner.bottom() - cost, inner.width, cost};
  return plan;
}

Rect column_rect(const PagePlan& plan, std::size_t lane) {
  const double column = static_cast<double>(lane % plan.lane_columns);
  const double row = static_cast<double>(lane / plan.lane_columns);
  return {plan.lanes.x + column * (plan.column_width + kColumnGap),
          plan.lanes.y + row * (plan.lane.height() + kBlockGap), plan.column_width, plan.lane.height()};
}

void draw_lane(Canvas& canvas, const Theme& theme, const PagePlan& plan, const Snapshot& snapshot,
               std::size_t lane) {
  const Rect whole = column_rect(plan, lane);
  draw_lane_heading(canvas, theme, {whole.x, whole.y, whole.width, plan.lane.heading}, snapshot, lane);
  double y = whole.y + plan.lane.heading;
  draw_decision_boundary(canvas, theme, {whole.x, y, whole.width, plan.lane.boundary}, snapshot,
                         {.lane = lane});
  y += plan.lane.boundary;
  draw_lane_numbers(canvas, theme, {whole.x, y, whole.width, kLaneNumbersHeight}, snapshot, lane);
  y += kLaneNumbersHeight;
  if (plan.lane.verdict > 0) {
    draw_lane_verdict(canvas, theme, {whole.x, y, whole.width, plan.lane.verdict}, snapshot.runs[lane]);
  }
}

void draw_histograms(Canvas& canvas, const Theme& theme, const PagePlan& plan, const Snapshot& snapshot,
                     HistogramTensor tensor) {
  std::vector<ColumnSpan> columns;
  for (std::size_t lane = 0; lane < snapshot.runs.size(); ++lane) {
    const Rect column = column_rect(plan, lane);
    columns.push_back({column.x, column.width});
  }
  HistogramGridOptions options;
  options.tensor = tensor;
  options.columns = columns;
  const Rect rest = draw_section(canvas, theme, plan.histograms,
                                 histogram_tensors()[static_cast<std::size_t>(tensor)].label,
                                 histogram_caption(snapshot, options));
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
