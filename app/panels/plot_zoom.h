// Wheel, drag and double click on a figure with two axes: which part of it is looked at. Arithmetic on axes;
// what the part means is the figure's.
#pragma once

#include <optional>

#include "app/canvas/geometry.h"
#include "app/figures/axis.h"

namespace initlab {

struct AxisSpan {
  double low = 0;
  double high = 1;  // above low
  bool operator==(const AxisSpan&) const = default;
};

struct PlotZoom {
  std::optional<AxisSpan> x, y;  // null: fitted by the figure
  bool zoomed() const { return x || y; }
};

struct PlotReach {
  AxisSpan x_all;      // never shown beyond; where all of it is shown, both axes are fitted again
  double x_least = 1;  // smallest span that is shown
};

// The span that an axis shows once what stands at pixel `fixed` stays and all else moves away from it by
// 1 / factor, and then everything moves by `shift` pixels.
AxisSpan moved_span(const Axis& axis, double fixed, double factor, double shift);

// The mouse over the item that was handed to ImGui last, which covers the plot and its labels: the wheel
// zooms at the cursor (beside the plot one axis alone), a drag pans, a double click fits.
void steer_plot_zoom(PlotZoom& zoom, const Axis& x, const Axis& y, Rect plot, const PlotReach& reach);

}  // namespace initlab
