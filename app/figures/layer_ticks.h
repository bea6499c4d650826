// Labels of an axis of layers: words for a few, round numbers for many, the first and the last always named.
#pragma once

#include <cstddef>
#include <vector>

#include "app/figures/axis.h"

namespace initlab {

// Of a horizontal axis over layers 1 to `count`, of which it may show a part: "layer 1", "layer 2", "output",
// or "layer 1", "10", "20", "output".
std::vector<Tick> layer_ticks(const Axis& axis, std::size_t count);

}  // namespace initlab
