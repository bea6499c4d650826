// The menu of a lane, behind the dots in its heading: its name and place, and what it sets besides its
// scheme: activation, biases, batch normalization, replicas and the schemes of single layers.
#pragma once

#include <cstddef>

#include "app/panels/panel.h"

namespace initlab {

// Opens the menu of a lane (from 0) in this frame; from the window that the headings stand in.
void open_lane_menu(PanelContext& context, std::size_t lane);
// Draws it where it is open, below `dots` in the lane's heading.
void draw_lane_menu(PanelContext& context, std::size_t lane, Rect dots);

}  // namespace initlab
