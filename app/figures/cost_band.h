// The costs of all seeds of a lane with replicas as columns of pixels: from the least to the largest, and
// between the quartiles. One column costs one look at every seed; where they jump from step to step, it shows
// one of its steps.
#pragma once

#include <vector>

#include "app/canvas/geometry.h"
#include "app/figures/cost_curve.h"

namespace initlab {

struct CostBandColumns {
  std::vector<Rect> range;      // least to largest; seeds that diverged reach to the plot's upper edge
  std::vector<Rect> quartiles;  // the middle half
};

// Empty for a lane without replicas.
CostBandColumns cost_band_columns(const CostPlot& plot, const RunSnapshot& run);

}  // namespace initlab
