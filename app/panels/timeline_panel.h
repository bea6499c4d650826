// The timeline at the lower edge: every step from 0 to the last, how far the networks have been, what was
// changed and where a lane diverged. Dragging it takes every figure to that step, exactly; a step that was
// not reached yet is trained to.
#pragma once

#include <cstdint>
#include <optional>

#include "app/canvas/geometry.h"
#include "app/panels/timeline_state.h"

namespace initlab {

struct PanelContext;

void draw_timeline(PanelContext& context, Rect rect);

// To `step`, by going back in time or by training, whichever it takes; kept to 0 and the experiment's steps.
void go_to_step(PanelContext& context, std::int64_t step);

}  // namespace initlab
