// Buttons, lists, text fields and sliders of the laboratory, drawn on the canvas and steered by ImGui. Each
// is named by an id, unique in its window. UI thread only.
#pragma once

#include <optional>
#include <span>
#include <string>
#include <string_view>

#include "app/panels/panel.h"
#include "core/experiment/file/fields.h"

namespace initlab {

enum class Icon { kNone, kPlay, kPause, kMenu, kSun, kMoon };
enum class ButtonLook { kPrimary, kSoft, kLink };

struct ButtonOptions {
  ButtonLook look = ButtonLook::kSoft;
  Icon icon = Icon::kNone;
  std::string_view tooltip;
};
// True when it was clicked. `label` is also its id.
bool button(PanelContext& context, Rect rect, std::string_view label, const ButtonOptions& options = {});
// Width that a button needs for its label and icon.
double button_width(std::string_view label, Icon icon = Icon::kNone);

// True while the mouse is over a free area; `clicked` and `id` as for a button, nothing is drawn.
struct Touch {
  bool hovered = false;
  bool clicked = false;
};
Touch touch_area(std::string_view id, Rect rect);

// Draws the current choice in a soft box with a small arrow; a click opens the list. The chosen position,
// when another was chosen.
std::optional<std::size_t> choice_box(PanelContext& context, std::string_view id, Rect rect,
                                      std::span<const Choice> choices, std::size_t current);

// Draws `current` in a soft box; a click makes it a text field. What was typed, when Enter or a click
// elsewhere ends it; Escape keeps what was.
std::optional<std::string> edit_box(PanelContext& context, std::string_view id, Rect rect,
                                    const std::string& current);

// What was typed last was wrong: after Enter the field opens again with it, so that nothing typed is lost.
void edit_again(LabState& state, std::string_view id);

// Inside an open list: Escape and Enter close it, unless a text field in it has the keyboard.
void close_on_escape();

// Tells whoever records the frames that an area of one's own is a slider, whose ends are the rectangle's.
void note_slider(std::string_view id, Rect rect);

// A slider for a share in [0, 1]; true while it is moved.
bool slider(PanelContext& context, std::string_view id, Rect rect, double& share);

// Words one beside the other, the current one underlined; the chosen position, when another was chosen. Draws
// from (rect.x, rect.y) and returns within rect.
// Letters become smaller where the width asks for it.
// What does not fit even so is left out; see tabs_width.
std::optional<std::size_t> tabs(PanelContext& context, std::string_view id, Rect rect,
                                std::span<const std::string_view> labels, std::size_t current);

// The least width in which tabs stand whole.
double tabs_width(std::span<const std::string_view> labels);
// The width in which they stand in full size.
double wide_tabs_width(std::span<const std::string_view> labels);

// A note beside the mouse, wrapped; call while the thing is hovered. It waits a moment.
void tooltip(PanelContext& context, std::string_view text);

// A line of text, cut with an ellipsis where it is too long for `width`.
void label(Canvas& canvas, Point anchor, std::string_view text, double width, const TextStyle& style);

}  // namespace initlab
