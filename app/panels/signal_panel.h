// How large signals and gradients are in every layer of every lane: tabs choose the quantity, hover reads all
// lanes, wheel and drag look closer.
#pragma once

#include "app/figures/signal_by_layer.h"
#include "app/panels/plot_zoom.h"

namespace initlab {

struct PanelContext;

// What the panel remembers between frames.
struct SignalPanelState {
  SignalQuantity quantity = SignalQuantity::kPreActivations;
  PlotZoom zoom;
  // Where there is no room beside the cost curve the two share a place, and one of them is in front.
  bool shares_place = false;
  bool in_front = false;
};

void draw_signal_panel(PanelContext& context, Rect rect);

}  // namespace initlab
