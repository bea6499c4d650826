// Histograms of every layer of every lane: tabs choose the tensor, columns stand below their lanes.
#pragma once

#include "app/layout.h"
#include "app/panels/panel.h"

namespace initlab {

void draw_histogram_panel(PanelContext& context, const Layout& layout);

}  // namespace initlab
