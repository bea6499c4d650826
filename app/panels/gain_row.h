// The gain of a lane: a slider from 0.1 to 10 by factors, with a number beside it that takes any gain.
#pragma once

#include <cstddef>

#include "app/panels/panel.h"

namespace initlab {

inline constexpr double kGainRowHeight = 36;

// Asks for the gain while the slider is moved; a double click brings 1 back.
void draw_gain_row(PanelContext& context, Rect rect, std::size_t lane);

// The gain that stands at a share of the slider, in three digits, and back; the share of what lies beyond is
// 0 or 1, and so is that of 0 and of negative gains.
double gain_at(double share);
double share_of_gain(double gain);

}  // namespace initlab
