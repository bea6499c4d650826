// One lane: its heading, its decision boundary, its numbers and its verdict. Heading and numbers have files
// of their own (lane_heading.h, lane_numbers.h).
#pragma once

#include <cstddef>

#include "app/layout.h"
#include "app/panels/panel.h"

namespace initlab {

void draw_lane(PanelContext& context, std::size_t lane, const LaneRects& rects);

}  // namespace initlab
