#include "app/panels/signal_panel.h"

#include <imgui.h>

#include <vector>

#include "app/canvas/text_metrics.h"
#include "app/panels/curves_panel.h"
#include "app/panels/panel.h"
#include "app/panels/widgets.h"

namespace initlab {
namespace {

constexpr double kTitleHeight = 26;

// The quantities' symbols at the right end of the title's line; returns where they begin.
double draw_quantities(PanelContext& context, Rect line) {
  SignalPanelState& state = context.state.signal;
  std::vector<std::string_view> symbols;
  for (const SignalQuantityRow& row : signal_quantities()) symbols.push_back(row.symbol);
  const double width = wide_tabs_width(symbols);
  const Rect place = {line.right() - width, line.y, width, line.height};
  if (const auto chosen =
          tabs(context, "signal quantity", place, symbols, static_cast<std::size_t>(state.quantity))) {
    state.quantity = static_cast<SignalQuantity>(*chosen);
    state.zoom.y.reset();
  }
  return place.x;
}

// "Signal by layer", then what is shown of it as far as there is room.
void draw_title(PanelContext& context, Rect line) {
  const double end = draw_curve_title(context, line, kSignalTitle);
  explain_button(context, {end + 8, line.center().y}, ExplanationId::kSignal);
  const double x = end + 8 + kExplainSize + 8;
  const SignalQuantityRow& row = signal_quantity(context.state.signal.quantity);
  const bool predicted =
      row.quantity == SignalQuantity::kPreActivations || row.quantity == SignalQuantity::kGradients;
  std::vector<std::string> notes = {std::string(row.label)};
  if (predicted) notes.insert(notes.begin(), notes.front() + " \u00b7 dashed: theory");
  for (const std::string& note : notes) {
    if (x + measure_text(note, kSecondarySize).width > line.right() - 12) continue;
    context.canvas.text(
        {x, line.center().y}, note,
        {.size = kSecondarySize, .color = context.theme.secondary, .vertical = VerticalAlign::kMiddle});
    break;
  }
}

}  // namespace

void draw_signal_panel(PanelContext& context, Rect rect) {
  if (rect.width <= 0 || rect.height <= kTitleHeight) return;
  SignalPanelState& state = context.state.signal;
  const Rect line = {rect.x, rect.y, rect.width, kTitleHeight};
  const double tabs_begin = draw_quantities(context, line);
  draw_title(context, {line.x, line.y, tabs_begin - line.x, line.height});

  const Rect figure = {rect.x, rect.y + kTitleHeight, rect.width, rect.height - kTitleHeight};
  SignalOptions options;
  options.quantity = state.quantity;
  if (state.zoom.x) options.layers = LayerRange{state.zoom.x->low, state.zoom.x->high};
  if (state.zoom.y) options.values = SignalRange{state.zoom.y->low, state.zoom.y->high};
  touch_area("signal figure", figure);
  if (ImGui::IsItemHovered()) options.hover_x = static_cast<double>(ImGui::GetIO().MousePos.x);
  draw_signal_by_layer(context.canvas, context.theme, figure, context.snapshot(), options);

  SignalOptions fitted = options;
  fitted.layers.reset();
  const Axis all = signal_plot(figure, context.snapshot(), fitted).x;
  const SignalPlot plot = signal_plot(figure, context.snapshot(), options);
  steer_plot_zoom(state.zoom, plot.x, plot.y, plot.plot, {{all.low, all.high}, 1});
}

}  // namespace initlab
