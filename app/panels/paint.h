// Points placed by hand: while painting is on, a strip chooses the class or the eraser, and dragging over any
// lane's picture paints or erases. Each stroke becomes the experiment's data once it is done, so undo takes
// back one stroke at a time.
#pragma once

#include <cstddef>
#include <optional>
#include <string>
#include <vector>

#include "app/figures/decision_boundary.h"
#include "app/panels/paint_state.h"
#include "app/panels/panel.h"

namespace initlab {

// Why nothing can be painted: the data have no plane or no classes, or too many points. Null where it can.
std::optional<std::string> paint_refusal(const Snapshot& snapshot);
// On or off; where it cannot be switched on, a message says why.
void toggle_paint(PanelContext& context);

// A digit chooses a class, E the eraser, Escape ends painting. True where the key meant painting.
bool paint_key(PanelContext& context, const KeyPress& press);

// The strip with the classes, the eraser and what a stroke does.
void draw_paint_strip(PanelContext& context, Rect rect);
// The mouse over the item that was handed to ImGui last, a lane's picture which shows `view`: paints, erases,
// and draws what the snapshot does not show yet.
void paint_on_picture(PanelContext& context, const PlaneView& view);

}  // namespace initlab
