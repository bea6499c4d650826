#include "app/figures/fit.h"

#include <algorithm>
#include <array>
#include <cmath>
#include <string>
#include <vector>

#include "app/canvas/text_metrics.h"
#include "app/figures/captions.h"
#include "app/figures/marks.h"
#include "app/figures/picture_card.h"
#include "core/numeric/number_text.h"

namespace initlab {
namespace {

constexpr double kCurveWidth = 2;
constexpr std::array<double, 2> kTargetDash = {4, 3};
constexpr double kMarginOfY = 0.15;        // of the points' range, above and below
constexpr std::size_t kMostPoints = 2000;  // drawn; of more every n-th
constexpr double kLeastForLabels = 110;    // of the card's shorter side
constexpr double kLargest = 1e300;
constexpr double kSparseTicks = 1.4 * kTickSize;

struct Range {
  double low;
  double high;
};

// Of what is learned and tested, with its margin.
Range range_of_y(const Dataset& data) {
  Range range{0, 0};
  bool any = false;
  for (const Samples* samples : {&data.train, &data.test}) {
    if (samples->count() == 0) continue;
    const auto [least, most] = std::ranges::minmax(samples->y.row_span(0));
    const double low = std::clamp(least, -kLargest, kLargest);  // so that the range is a number
    const double high = std::clamp(most, -kLargest, kLargest);
    range = any ? Range{std::min(range.low, low), std::max(range.high, high)} : Range{low, high};
    any = true;
  }
  double extent = range.high - range.low;
  if (!(extent > 0)) extent = range.high == 0 ? 1 : std::abs(range.high);
  return {range.low - kMarginOfY * extent, range.high + kMarginOfY * extent};
}

// The lines of a curve between its non-finite places. What lies far outside is drawn just outside.
std::vector<std::vector<Point>> curve_lines(const FitPlot& plot, const ResponseCurve& curve) {
  const double reach = plot.y.high - plot.y.low;
  std::vector<std::vector<Point>> lines(1);
  for (std::size_t i = 0; i < curve.x.size(); ++i) {
    if (!std::isfinite(curve.y[i])) {
      if (!lines.back().empty()) lines.emplace_back();
      continue;
    }
    const double y = std::clamp(curve.y[i], plot.y.low - reach, plot.y.high + reach);
    lines.back().push_back({plot.x.to_pixel(curve.x[i]), plot.y.to_pixel(y)});
  }
  return lines;
}

// The curve that is to be learned, where the test points are known to lie on it.
void draw_target(Canvas& canvas, const Theme& theme, const FitPlot& plot, const Snapshot& snapshot) {
  const DatasetRow& row = dataset_row(snapshot.experiment->data.kind);
  const Samples& test = snapshot.data->test;
  if (!row.is_regression || test.count() < 20) return;
  std::vector<Point> points;
  const std::size_t every = (test.count() + kMostPoints - 1) / kMostPoints;
  for (std::size_t i = 0; i < test.count(); i += every) {
    points.push_back({plot.x.to_pixel(test.x(0, i)), plot.y.to_pixel(test.y(0, i))});
  }
  std::sort(points.begin(), points.end(), [](const Point& a, const Point& b) { return a.x < b.x; });
  canvas.polyline(points, {theme.secondary, 1.2, kTargetDash});
}

void draw_points(Canvas& canvas, const Theme& theme, const FitPlot& plot, const Snapshot& snapshot) {
  const Samples& samples = snapshot.data->train;
  const double shorter = std::min(plot.plot.width, plot.plot.height);
  const double radius = std::clamp(shorter / 110 + 0.4, 1.6, 2.8);
  const std::size_t every = (samples.count() + kMostPoints - 1) / kMostPoints;
  for (std::size_t i = 0; i < samples.count(); i += every) {
    const double y = samples.y(0, i);
    const double label = snapshot.data->classes > 0 ? std::max(0.0, std::round(y)) : 0;
    draw_data_point(canvas, theme, {plot.x.to_pixel(samples.x(0, i)), plot.y.to_pixel(y)},
                    static_cast<std::size_t>(label), radius);
  }
}

// An answer that never comes into view is told of in words.
std::string out_of_view_text(const FitPlot& plot, const ResponseCurve& curve) {
  double low = 0;
  double high = 0;
  bool any = false;
  for (const double y : curve.y) {
    if (!std::isfinite(y)) continue;
    low = any ? std::min(low, y) : y;
    high = any ? std::max(high, y) : y;
    any = true;
  }
  if (!any || (high >= plot.y.low && low <= plot.y.high)) return {};
  return "the answer is out of view: " + number_text(low, 2) + " to " + number_text(high, 2);
}

void draw_plot(Canvas& canvas, const Theme& theme, Rect rect, const FitPlot& plot, const Snapshot& snapshot,
               const RunSnapshot& run) {
  if (std::min(rect.width, rect.height) >= kLeastForLabels) {
    draw_axis(canvas, theme, plot.y, axis_ticks(plot.y, kSparseTicks), plot.plot, rect, true);
    draw_axis(canvas, theme, plot.x, axis_ticks(plot.x, kSparseTicks), plot.plot,
              {plot.plot.x, rect.y, rect.right() - kGrid - plot.plot.x, rect.height}, true);
  }
  canvas.push_clip(plot.plot.inset(-3, -3));
  draw_points(canvas, theme, plot, snapshot);
  canvas.pop_clip();
  canvas.push_clip(plot.plot);
  draw_target(canvas, theme, plot, snapshot);
  for (const std::vector<Point>& line : curve_lines(plot, run.response)) {
    canvas.polyline(line, {theme.ink, kCurveWidth, {}});
  }
  canvas.pop_clip();
  const std::string note =
      fit_text(out_of_view_text(plot, run.response), plot.plot.width - 2 * kGrid, kTickSize);
  if (note.empty() || plot.plot.height < 3 * kTickSize) return;
  canvas.text({plot.plot.center().x, plot.plot.bottom() - 1.5 * kTickSize}, note,
              {.size = kTickSize,
               .color = theme.warning,
               .horizontal = HorizontalAlign::kCenter,
               .vertical = VerticalAlign::kMiddle});
}

}  // namespace

std::optional<FitPlot> fit_plot(Rect rect, const Snapshot& snapshot, std::size_t lane) {
  rect = on_whole_pixels(rect);
  if (lane >= snapshot.runs.size() || rect.width <= 0 || rect.height <= 0) return std::nullopt;
  const ResponseCurve& curve = snapshot.runs[lane].response;
  if (curve.empty() || !snapshot.data) return std::nullopt;
  const Range range = range_of_y(*snapshot.data);
  FitPlot plot;
  const bool labels = std::min(rect.width, rect.height) >= kLeastForLabels;
  plot.plot =
      labels ? Rect{rect.x, rect.y + kGrid, rect.width - kGrid, rect.height - kGrid - 26} : rect.inset(4, 4);
  plot.plot.height = std::max(plot.plot.height, 1.0);
  plot.y = {AxisDirection::kVertical, AxisScale::kLinear, range.low, range.high,
            plot.plot.bottom(),       plot.plot.y};
  if (labels) {
    const double left = std::ceil(widest_label(axis_ticks(plot.y, kSparseTicks))) + 2 * kGrid;
    plot.plot.x += left;
    plot.plot.width -= left;
  }
  plot.plot.width = std::max(plot.plot.width, 1.0);
  plot.x = {AxisDirection::kHorizontal, AxisScale::kLinear, curve.x.front(), curve.x.back(), plot.plot.x,
            plot.plot.right()};
  return plot;
}

std::optional<double> answer_at(const ResponseCurve& curve, double x) {
  if (curve.empty() || !(x >= curve.x.front() && x <= curve.x.back())) return std::nullopt;
  const double share = (x - curve.x.front()) / (curve.x.back() - curve.x.front());
  const double at = share * static_cast<double>(curve.x.size() - 1);
  const std::size_t first = std::min(static_cast<std::size_t>(at), curve.x.size() - 2);
  const double rest = at - static_cast<double>(first);
  const double y = (1 - rest) * curve.y[first] + rest * curve.y[first + 1];
  return std::isfinite(y) ? std::optional(y) : std::nullopt;
}

void draw_fit(Canvas& canvas, const Theme& theme, Rect rect, const Snapshot& snapshot, std::size_t lane) {
  rect = on_whole_pixels(rect);
  if (lane >= snapshot.runs.size() || rect.width <= 0 || rect.height <= 0) return;
  const RunSnapshot& run = snapshot.runs[lane];
  canvas.fill_rect(rect, theme.paper, kCornerRadius);
  if (const auto plot = fit_plot(rect, snapshot, lane)) {
    draw_plot(canvas, theme, rect, *plot, snapshot, run);
  } else {
    draw_sentence(canvas, theme, rect, no_fit_caption(snapshot));
  }
  canvas.stroke_rect(rect.inset(0.5, 0.5), {theme.hairline, 1, {}}, kCornerRadius);
  draw_state(canvas, theme, rect, run, snapshot);
}

}  // namespace initlab
