// One page that tells an experiment: title, what was trained, every lane with its boundary, numbers, verdict
// and histograms, and the cost curve of all. It needs no window and no words beside it.
#pragma once

#include "app/canvas/canvas.h"
#include "app/figures/histogram_grid.h"
#include "app/theme.h"
#include "core/experiment/snapshot.h"

namespace initlab {

struct ComparisonPageOptions {
  HistogramTensor tensor = HistogramTensor::kActivations;
  bool log_x = false;
  bool log_y = true;
};

// Fills the rectangle with the ground. Complete from 640 x 480 upwards and for 1 to 6 lanes; what finds no
// legible place in a small page is left out in this order: histograms, formulas, verdicts.
void draw_comparison(Canvas& canvas, const Theme& theme, Rect rect, const Snapshot& snapshot,
                     const ComparisonPageOptions& options = {});

}  // namespace initlab
