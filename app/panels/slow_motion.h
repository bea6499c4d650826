// Slow motion: one step of training taken apart into forward pass, loss, backward pass and update, each with
// its formula, its numbers of the selected lane, and the figure that shows it marked. All stages look at the
// same snapshot: it holds z, a, dz and dW of its step. Only leaving the last stage trains a step.
#pragma once

#include "app/layout.h"
#include "app/panels/panel.h"

namespace initlab {

void draw_slow_motion(PanelContext& context, Rect rect);
// Marks the figure that shows the stage.
void draw_slow_motion_mark(PanelContext& context, const Layout& layout);

// On or off; on pauses the training.
void toggle_slow_motion(PanelContext& context);
// The next stage; after the last one the step is made and the first stage follows.
void next_slow_stage(PanelContext& context);
void previous_slow_stage(PanelContext& context);

}  // namespace initlab
