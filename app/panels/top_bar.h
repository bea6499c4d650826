// The bar at the top: play, step, rewind, new seed, where the training is, its speed, theme and key list.
#pragma once

#include "app/panels/panel.h"

namespace initlab {

void draw_top_bar(PanelContext& context, Rect rect);

// What the buttons and the keys do alike.
void play_or_pause(PanelContext& context);
void change_text_size(LabState& state, int steps);  // 0: back to normal

}  // namespace initlab
