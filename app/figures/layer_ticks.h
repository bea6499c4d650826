// Labels of an axis of layers: words for a few, round numbers for many, the last layer always named.
#pragma once

#include <cstddef>
#include <vector>

#include "app/figures/axis.h"

namespace initlab {

struct LayerTicks {
  std::vector<Tick> ticks;
  bool words = false;  // "layer 1", "layer 2", "output"; else "1", "10", "output" beside the axis' title
};
// Of a horizontal axis over layers 1 to `count`, of which it may show a part.
LayerTicks layer_ticks(const Axis& axis, std::size_t count);

// The labels below `plot`, within `bounds`; where they are numbers, "layer" at the right end.
void draw_layer_axis(Canvas& canvas, const Theme& theme, const Axis& axis, std::size_t count, Rect plot,
                     Rect bounds);

}  // namespace initlab
