// The fitted curve of one lane: what a network of one feature answers along x, over the points that it learns
// from. The range of y follows the points; a curve that leaves it is cut off. Test points of a made
// regression lie on the curve that is to be learned, which is drawn dashed.
#pragma once

#include <cstddef>
#include <optional>

#include "app/canvas/canvas.h"
#include "app/figures/axis.h"
#include "app/theme.h"
#include "core/experiment/snapshot.h"

namespace initlab {

struct FitPlot {
  Rect plot;
  Axis x;  // the feature
  Axis y;  // the answer
};
// Where draw_fit draws; null where it draws a sentence instead: for other than one feature and one output.
std::optional<FitPlot> fit_plot(Rect rect, const Snapshot& snapshot, std::size_t lane);

// What the network answers at x; null outside the curve and where it is not finite.
std::optional<double> answer_at(const ResponseCurve& curve, double x);

void draw_fit(Canvas& canvas, const Theme& theme, Rect rect, const Snapshot& snapshot, std::size_t lane);

}  // namespace initlab
