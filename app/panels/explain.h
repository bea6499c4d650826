// The small "?" beside a figure's title: the mouse on it, or a click that keeps it open, says what the figure
// shows.
#pragma once

#include <optional>

#include "app/canvas/geometry.h"
#include "app/figures/explanations.h"

namespace initlab {

struct PanelContext;

struct ExplainState {
  std::optional<ExplanationId> open;  // kept open by a click
  Rect sign;                          // beside which it stands
  bool opened_now = false;            // the click that opened it must not close it
};

inline constexpr double kExplainSize = 18;

// Draws the sign with its left middle at `left_middle`, kExplainSize wide.
void explain_button(PanelContext& context, Point left_middle, ExplanationId what);

// The note that is open, over everything; a click anywhere or Escape closes it. Once a frame, last.
void draw_explanation(PanelContext& context, double width, double height);

}  // namespace initlab
