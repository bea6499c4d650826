// One pair of axis limits for a tensor across lanes and layers, so that columns of histograms compare at a
// glance.
#pragma once

#include <vector>

#include "core/experiment/measure/probe.h"

namespace initlab {

// Memory of share_histogram_ranges, reused from call to call.
struct RangeScratch {
  std::vector<TensorProbe*> together;
  std::vector<double> sizes;
};

// Sets low, high and kHistogramBins bins of every histogram: per tensor one range for all runs and
// layers, or one a layer. All runs have the same layers, and there is at least one run. The range is
// symmetric about 0, or starts at 0 where nothing is negative; it reaches to twice the median of the largest
// sizes of what is not constant, rounded up to 1, 2 or 5 times a power of ten, so one exploding layer does
// not flatten the others: its values are counted as out of range.
void share_histogram_ranges(const std::vector<std::vector<LayerProbe>*>& runs, bool per_layer,
                            RangeScratch& scratch);

}  // namespace initlab
