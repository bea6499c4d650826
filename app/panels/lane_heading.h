// The heading of a lane: swatch, name, formula and gain, which open the list of schemes, and at the right the
// dots of its menu; in the last lane's heading a plus that adds a lane.
#pragma once

#include <cstddef>

#include "app/panels/panel.h"

namespace initlab {

void draw_lane_heading_row(PanelContext& context, std::size_t lane, Rect rect);

}  // namespace initlab
