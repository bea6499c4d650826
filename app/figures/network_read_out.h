// What is known of the unit or link under the mouse: words, and a unit's map large.
#pragma once

#include "app/figures/network_diagram.h"

namespace initlab {

// A box beside `mouse`, inside `rect` where it has room there.
void draw_network_read_out(Canvas& canvas, const Theme& theme, Rect rect, const Snapshot& snapshot,
                           const DiagramHit& hit, Point mouse, bool editable);

}  // namespace initlab
