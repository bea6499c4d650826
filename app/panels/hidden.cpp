#include "app/panels/hidden.h"

#include <algorithm>

#include "app/panels/widgets.h"

namespace initlab {

bool hides_controls(const PanelContext& context) {
  return !context.experiment().hide.empty();
}

bool is_hidden(const PanelContext& context, HiddenControl control) {
  const Experiment& experiment = context.experiment();
  if (experiment.hide.empty() || context.state.comfort.all_shown_of == experiment.name) return false;
  return std::ranges::find(experiment.hide, control) != experiment.hide.end();
}

void show_or_hide_controls(PanelContext& context) {
  std::string& shown = context.state.comfort.all_shown_of;
  const std::string& name = context.experiment().name;
  shown = shown == name ? std::string() : name;
}

void draw_hidden_note(PanelContext& context, Rect rect) {
  const bool all_shown = context.state.comfort.all_shown_of == context.experiment().name;
  label(context.canvas, {rect.x, rect.y + 14},
        all_shown ? "This lesson hides some controls" : "Some controls are hidden", rect.width,
        {.size = kSecondarySize, .color = context.theme.secondary, .vertical = VerticalAlign::kMiddle});
  const std::string_view text = all_shown ? "hide them" : "show all";
  if (button(context, {rect.x - 12, rect.y + 26, button_width(text), 28}, text,
             {.look = ButtonLook::kLink, .tooltip = "What the experiment's file leaves out"})) {
    show_or_hide_controls(context);
  }
}

}  // namespace initlab
