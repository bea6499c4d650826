// The column at the left: what is trained and how. Every control is a row of core/experiment/file/fields.h.
#pragma once

#include "app/panels/panel.h"

namespace initlab {

void draw_experiment_column(PanelContext& context, Rect rect);

// Checks `experiment` and lets it run in place of the present one; what is wrong becomes a message.
void replace_experiment(PanelContext& context, Experiment experiment);

}  // namespace initlab
