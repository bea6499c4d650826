// Labels beside the ends of curves: where each stands so that none covers another. Places only: nothing is
// drawn.
#pragma once

#include <span>

#include "app/canvas/geometry.h"

namespace initlab {

struct EndLabel {
  double x = 0;         // where its text begins
  double width = 0;     // of its text
  double wanted_y = 0;  // the end of its curve
  double y = 0;         // filled in: the middle of its text
};

// Labels that stand above each other are moved to be `spacing` apart or more, in the order of their ends, by
// the least sum of squares (pool adjacent violators), between top and bottom. Where they do not all fit,
// `spacing` shrinks.
void push_apart(std::span<EndLabel> labels, double spacing, double top, double bottom);

}  // namespace initlab
