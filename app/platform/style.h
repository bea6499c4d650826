// ImGui's own widgets (text fields, lists, popups, scroll bars) in the theme's colours and the 8 px grid.
#pragma once

#include "app/theme.h"

namespace initlab {

// For the current ImGui context, from the next widget on; before or between frames.
void apply_style(const Theme& theme);

}  // namespace initlab
