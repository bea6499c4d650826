// The bar at the top: play, step, rewind, new seed, where the training is, its speed, theme and key list.
#pragma once

#include <array>

#include "app/panels/panel.h"

namespace initlab {

void draw_top_bar(PanelContext& context, Rect rect);

// What the buttons and the keys do alike.
void play_or_pause(PanelContext& context);
inline constexpr std::array kTextSizes = {0.75, 0.9, 1.0, 1.15, 1.3, 1.5, 1.75, 2.0};
void change_text_size(LabState& state, int steps);  // 0: back to normal

}  // namespace initlab
