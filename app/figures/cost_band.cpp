#include "app/figures/cost_band.h"

#include <algorithm>
#include <cmath>
#include <optional>

#include "core/experiment/result/replica_band.h"

namespace initlab {
namespace {

constexpr double kColumnWidth = 2;

// The part of a column between two costs that is within the plot; null where there is none.
std::optional<Rect> column_of(const CostPlot& plot, double x, double low, double high) {
  const Rect& area = plot.plot;
  const auto pixel = [&](double cost) {
    if (!std::isfinite(cost)) return area.y;  // diverged: beyond everything
    return std::clamp(plot.y.to_pixel(cost), area.y - 1, area.bottom() + 1);
  };
  const double top = std::max(pixel(high), area.y);
  const double bottom = std::min(pixel(low), area.bottom());
  if (!(bottom > top)) return std::nullopt;
  return Rect{x, top, std::min(kColumnWidth, area.right() - x), bottom - top};
}

}  // namespace

CostBandColumns cost_band_columns(const CostPlot& plot, const RunSnapshot& run) {
  CostBandColumns columns;
  std::int64_t steps = run.history.size();
  for (const RunSnapshot& replica : run.replicas) steps = std::max(steps, replica.history.size());
  if (run.replicas.empty() || steps == 0) return columns;
  const double last = static_cast<double>(steps - 1);
  for (double x = std::floor(plot.plot.x); x < plot.plot.right(); x += kColumnWidth) {
    const double step = std::round(plot.x.to_value(x + kColumnWidth / 2));
    if (step > last) break;
    const auto band = cost_band(run, static_cast<std::int64_t>(std::max(step, 0.0)));
    if (!band) continue;
    if (const auto column = column_of(plot, x, band->minimum, band->maximum))
      columns.range.push_back(*column);
    if (const auto column = column_of(plot, x, band->lower_quartile, band->upper_quartile))
      columns.quartiles.push_back(*column);
  }
  return columns;
}

}  // namespace initlab
