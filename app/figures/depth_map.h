// Histograms of one kind of tensor against depth, for networks of more layers than a grid has rows: a map a
// lane, a column of cells a layer, darker where more values are. Nothing is dropped: what lies beyond the
// axis and what is not finite stands in strips at its ends, exact zeros on a line of their own. The same
// histograms, options and read-outs as the grid's (histogram_grid.h).
#pragma once

#include <optional>

#include "app/figures/histogram_grid.h"

namespace initlab {

void draw_depth_map(Canvas& canvas, const Theme& theme, Rect rect, const Snapshot& snapshot,
                    const HistogramGridOptions& options = {});

// What stands at a pixel: "layer 12, 0.2 to 0.3: 412 of 3,000".
std::optional<HistogramHit> depth_map_at(Rect rect, const Snapshot& snapshot,
                                         const HistogramGridOptions& options, Point pixel);

// What the axes are, for a heading: "shared axes, log counts".
std::string depth_map_caption(const HistogramGridOptions& options);

}  // namespace initlab
