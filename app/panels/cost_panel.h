// The cost of all lanes over the steps: one curve a lane, hover reads every lane, L switches to log axes.
#pragma once

#include "app/panels/panel.h"

namespace initlab {

void draw_cost_panel(PanelContext& context, Rect rect);
// Log cost axis on, log both, linear: the next of the three.
void next_cost_axes(LabState& state);

}  // namespace initlab
