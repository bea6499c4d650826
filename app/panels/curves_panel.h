// The two figures with one curve a lane: cost over the steps and signal over the layers, side by side or, in
// a narrow window, one behind the other under two tabs.
#pragma once

#include <string_view>

#include "app/canvas/geometry.h"

namespace initlab {

struct PanelContext;

// `signal` has width 0 where both share the place of `cost`.
void draw_curves(PanelContext& context, Rect cost, Rect signal);

// The title of either at the left end of its line, as a tab beside the other's where they share a place.
// Returns where it ends.
double draw_curve_title(PanelContext& context, Rect line, std::string_view title);

inline constexpr std::string_view kCostTitle = "Cost";
inline constexpr std::string_view kSignalTitle = "Signal by layer";

}  // namespace initlab
