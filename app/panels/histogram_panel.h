// Histograms of every layer of every lane: tabs choose the tensor, columns stand below their lanes.
#pragma once

#include "app/layout.h"
#include "app/panels/panel.h"

namespace initlab {

// Whether histograms stand as maps against depth: as it was chosen, else where a grid of that height has not
// a row for every layer.
bool shows_depth(const PanelContext& context, double height);

void draw_histogram_panel(PanelContext& context, const Layout& layout);

}  // namespace initlab
