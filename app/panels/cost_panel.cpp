#include "app/panels/cost_panel.h"

#include <imgui.h>

#include <algorithm>

#include "app/canvas/text_metrics.h"
#include "app/figures/cost_curve.h"
#include "app/panels/curves_panel.h"
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
  state.cost_zoom = {};
}

void draw_cost_panel(PanelContext& context, Rect rect) {
  const Theme& theme = context.theme;
  const double end = draw_curve_title(context, {rect.x, rect.y, rect.width, kTitleHeight}, kCostTitle);
  explain_button(context, {end + 8, rect.y + kTitleHeight / 2}, ExplanationId::kCost);
  const double width = button_width(axes_text(context.state));
  if (button(context, {rect.right() - width, rect.y, width, kTitleHeight}, axes_text(context.state),
             {.look = ButtonLook::kLink, .tooltip = "Log cost axis, log axes both, linear (L)"})) {
    next_cost_axes(context.state);
  }
  if (context.state.cost_zoom.zoomed()) {
    const double fit = button_width("fit");
    if (button(context, {rect.right() - width - fit, rect.y, fit, kTitleHeight}, "fit",
               {.look = ButtonLook::kLink, .tooltip = "All steps again (double click)"}))
      context.state.cost_zoom = {};
  }
  const Rect figure = {rect.x, rect.y + kTitleHeight, rect.width, rect.height - kTitleHeight};
  CostCurveOptions options;
  options.log_x = context.state.log_x;
  options.log_y = context.state.log_y;
  PlotZoom& zoom = context.state.cost_zoom;
  if (zoom.x) options.steps = StepRange{zoom.x->low, zoom.x->high};
  if (zoom.y) options.costs = CostWindow{zoom.y->low, zoom.y->high};
  touch_area("cost figure", figure);
  if (ImGui::IsItemHovered()) options.hover_x = static_cast<double>(ImGui::GetIO().MousePos.x);
  draw_cost_curve(context.canvas, theme, figure, context.snapshot(), options);
  const CostPlot axes = cost_plot(figure, context.snapshot(), options);
  constexpr double kLeastSteps = 4;
  const double steps = std::max(1.0, static_cast<double>(context.experiment().training.steps));
  steer_plot_zoom(zoom, axes.x, axes.y, axes.plot, {{0, steps}, std::min(kLeastSteps, steps)});
  const Rect plot = axes.plot;
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
