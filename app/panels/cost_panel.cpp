#include "app/panels/cost_panel.h"

#include <imgui.h>

#include "app/canvas/text_metrics.h"
#include "app/figures/cost_curve.h"
#include "app/panels/widgets.h"

namespace initlab {
namespace {

constexpr double kTitleHeight = 26;

std::string_view axes_text(const LabState& state) {
  if (state.log_x) return "log axes";
  return state.log_y ? "log cost axis" : "linear axes";
}

}  // namespace

void next_cost_axes(LabState& state) {
  if (state.log_x) {
    state.log_x = state.log_y = false;
  } else if (state.log_y) {
    state.log_x = true;
  } else {
    state.log_y = true;
  }
}

void draw_cost_panel(PanelContext& context, Rect rect) {
  const Theme& theme = context.theme;
  context.canvas.text({rect.x, rect.y + kTitleHeight / 2}, "Cost",
                      {.size = kBodySize,
                       .color = theme.ink,
                       .weight = FontWeight::kMedium,
                       .vertical = VerticalAlign::kMiddle});
  const double width = button_width(axes_text(context.state));
  if (button(context, {rect.right() - width, rect.y, width, kTitleHeight}, axes_text(context.state),
             {.look = ButtonLook::kLink, .tooltip = "Log cost axis, log axes both, linear (L)"})) {
    next_cost_axes(context.state);
  }
  const Rect figure = {rect.x, rect.y + kTitleHeight, rect.width, rect.height - kTitleHeight};
  CostCurveOptions options;
  options.log_x = context.state.log_x;
  options.log_y = context.state.log_y;
  touch_area("cost figure", figure);
  if (ImGui::IsItemHovered()) options.hover_x = static_cast<double>(ImGui::GetIO().MousePos.x);
  draw_cost_curve(context.canvas, theme, figure, context.snapshot(), options);
  const Rect plot = cost_plot(figure, context.snapshot(), options).plot;
  constexpr double kHintWidth = 360;
  if (context.snapshot().step == 0 && !context.report.playing && plot.width >= kHintWidth) {
    context.canvas.text(plot.center(), "Space to train",
                        {.size = kReadoutSize,
                         .color = theme.secondary,
                         .horizontal = HorizontalAlign::kCenter,
                         .vertical = VerticalAlign::kMiddle});
  }
}

}  // namespace initlab
