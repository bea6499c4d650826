// One figure over the whole window, for a projector: which one the mouse means, and where everything of it
// stands then.
#pragma once

#include <optional>

#include "app/layout.h"
#include "app/panels/panel.h"

namespace initlab {

// The figure at a point of the window; null beside all of them.
std::optional<FocusedFigure> figure_at(const Layout& layout, Point point);

// A layout in which that figure has all of the window below a line for its title; what is not shown has no
// extent.
Layout focused_layout(const Layout& layout, const FocusedFigure& figure, double width, double height);

// The panels of the figure in such a layout, and the line above it with the way back.
void draw_focused(PanelContext& context, const Layout& layout, const FocusedFigure& figure);

}  // namespace initlab
