// How far each layer can be moved by a sample at x: for a network of one feature, the root mean square over a
// layer's units of d output / d z, a line a layer, on a log axis that all lanes share. Where a line is near
// 0, no sample there can teach that layer anything.
#pragma once

#include <cstddef>
#include <span>
#include <vector>

#include "app/canvas/canvas.h"
#include "app/figures/axis.h"
#include "app/theme.h"
#include "core/experiment/snapshot.h"

namespace initlab {

struct GradientRange {
  double low = 1e-3;  // powers of ten, low < high
  double high = 1;
  bool has_zero = false;     // some gradient is exactly 0
  bool has_smaller = false;  // some gradient is above 0 and below `low`
};
// What the lanes' gradients cover together: no more than kGradientDecades below the largest of the lane that
// has the smallest ones.
inline constexpr int kGradientDecades = 8;
GradientRange gradient_range(const Snapshot& snapshot, std::span<const std::size_t> lanes);

struct GradientPlot {
  Rect plot;  // the log axis' part, and below it a strip for what is 0 or smaller than the axis
  Axis x;
  Axis y;
  double zero_y = 0;  // the middle of the strip; the plot's bottom where there is none
};
GradientPlot gradient_plot(Rect rect, const ResponseCurve& curve, const GradientRange& range);

// The layers (from 1) that get a line: all, or the first, the last and evenly spaced ones between them.
std::vector<std::size_t> gradient_layers(std::size_t layer_count, double height);

// One lane; a sentence where there is no gradient to draw.
void draw_gradient_against_x(Canvas& canvas, const Theme& theme, Rect rect, const Snapshot& snapshot,
                             std::size_t lane, const GradientRange& range);

}  // namespace initlab
