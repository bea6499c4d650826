// The networks of all lanes as diagrams, or of the selected one alone: hover reads a unit or a link, a click
// edits its bias or weight in place.
#pragma once

#include <span>

#include "app/panels/panel.h"

namespace initlab {

// `columns` stand below their lanes; empty: the rectangle in equal parts.
void draw_network_panel(PanelContext& context, Rect rect, std::span<const ColumnSpan> columns);

}  // namespace initlab
