// Controls that the experiment's file asks to leave out, and the line that says so.
#pragma once

#include "app/panels/panel.h"
#include "core/experiment/hidden_controls.h"

namespace initlab {

// Whether a control is left out now.
bool is_hidden(const PanelContext& context, HiddenControl control);
// Whether the file names any, shown or not.
bool hides_controls(const PanelContext& context);
// All of them, or as the file has it.
void show_or_hide_controls(PanelContext& context);

// "Some controls are hidden" and a link, in two lines from the top of `rect`.
void draw_hidden_note(PanelContext& context, Rect rect);
inline constexpr double kHiddenNoteHeight = 56;

}  // namespace initlab
