// The command palette: everything by its name. Actions, experiments to open, schemes for the selected lane,
// and settings by their path: "training.learning_rate = 0.05" sets it.
#pragma once

#include "app/panels/panel.h"

namespace initlab {

void draw_command_palette(PanelContext& context, double width, double height);

}  // namespace initlab
