// One lane: its heading with the list of schemes, its decision boundary, its numbers and its verdict.
#pragma once

#include <cstddef>

#include "app/layout.h"
#include "app/panels/panel.h"

namespace initlab {

void draw_lane(PanelContext& context, std::size_t lane, const LaneRects& rects);

// Gives a lane (from 0) another scheme: it catches up, or all restart, as the window is set. Its name
// follows.
void switch_scheme(PanelContext& context, std::size_t lane, SchemeId scheme);
// The next (1) or previous (-1) row of the schemes.
void switch_scheme_by(PanelContext& context, std::size_t lane, int rows);

}  // namespace initlab
