// The cost of every lane over the steps, labelled at the ends of the curves. However long a history is, one
// pixel column costs one look into its pyramid. The title is the caller's.
#pragma once

#include <cstddef>
#include <cstdint>
#include <optional>

#include "app/canvas/canvas.h"
#include "app/figures/axis.h"
#include "app/theme.h"
#include "core/experiment/snapshot.h"

namespace initlab {

struct StepRange {
  double first = 0;
  double last = 0;  // above first
};
struct CostWindow {
  double low = 0;
  double high = 0;  // above low; both above 0 on a log axis
};

struct CostCurveOptions {
  bool log_x = false;
  bool log_y = true;
  std::optional<StepRange> steps = {};        // zoomed; null: 0 to the experiment's steps
  std::optional<CostWindow> costs = {};       // zoomed; null: the range that keeps the curves readable
  std::optional<double> hover_x = {};         // pixel; a read-out of every lane stands there
  std::optional<std::size_t> only_lane = {};  // from 0; null: all
  bool axis_title = true;                     // "step" below the axis' end
};

// Where the axes stand: what the figure draws with, for hover, zoom and pan.
struct CostPlot {
  Rect plot;
  Axis x;  // step
  Axis y;  // cost
};
CostPlot cost_plot(Rect rect, const Snapshot& snapshot, const CostCurveOptions& options);

// Whether the options show that lane.
inline bool shows_lane(const CostCurveOptions& options, std::size_t lane) {
  return !options.only_lane || *options.only_lane == lane;
}

// The range of costs shown without zoom: all that the curves do, but where one begins far above the rest only
// as much of it as leaves half of the height to what the others do. Both above 0 for `log_y`.
CostWindow cost_window(const Snapshot& snapshot, const CostCurveOptions& options);

void draw_cost_curve(Canvas& canvas, const Theme& theme, Rect rect, const Snapshot& snapshot,
                     const CostCurveOptions& options = {});

}  // namespace initlab
