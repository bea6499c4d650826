// The column at the left: what is trained and how. Every control is a row of core/experiment/file/fields.h.
#pragma once

#include <string_view>

#include "app/panels/panel.h"

namespace initlab {

void draw_experiment_column(PanelContext& context, Rect rect);

// A training setting of `experiment` has changed, by its key: live ones hold from the next step on, where
// playing stops changes nothing else, all else starts anew.
void apply_training(PanelContext& context, std::string_view key, Experiment experiment);

// Checks `experiment` and lets it run in place of the present one; what is wrong becomes a message.
void replace_experiment(PanelContext& context, Experiment experiment);

}  // namespace initlab
