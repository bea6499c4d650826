// The list of schemes of a lane: label, formula, reference and the names in PyTorch and Keras of each, and
// below the list what the chosen one reads: gain, std, seed. What a lane sets besides its scheme is in
// lane_menu.h.
#pragma once

#include <cstddef>

#include "app/panels/panel.h"

namespace initlab {

// Opens the list of a lane (from 0) in this frame; from the window that the headings stand in.
void open_scheme_list(PanelContext& context, std::size_t lane);
// Draws it where it is open, beside the lane's heading.
void draw_scheme_list(PanelContext& context, std::size_t lane, Rect heading);

// Gives a lane (from 0) another scheme: it catches up, or all restart, as the window is set. Its name
// follows.
void switch_scheme(PanelContext& context, std::size_t lane, SchemeId scheme);
// The next (1) or previous (-1) row of the schemes.
void switch_scheme_by(PanelContext& context, std::size_t lane, int rows);

}  // namespace initlab
