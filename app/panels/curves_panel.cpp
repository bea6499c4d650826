#include "app/panels/curves_panel.h"

#include <array>

#include "app/canvas/text_metrics.h"
#include "app/panels/cost_panel.h"
#include "app/panels/panel.h"
#include "app/panels/signal_panel.h"
#include "app/panels/widgets.h"

namespace initlab {

void draw_curves(PanelContext& context, Rect cost, Rect signal) {
  SignalPanelState& state = context.state.signal;
  state.shares_place = signal.width <= 0;
  if (!state.shares_place) {
    draw_cost_panel(context, cost);
    draw_signal_panel(context, signal);
  } else if (state.in_front) {
    draw_signal_panel(context, cost);
  } else {
    draw_cost_panel(context, cost);
  }
}

double draw_curve_title(PanelContext& context, Rect line, std::string_view title) {
  if (!context.state.signal.shares_place) {
    context.canvas.text({line.x, line.center().y}, title,
                        {.size = kBodySize,
                         .color = context.theme.ink,
                         .weight = FontWeight::kMedium,
                         .vertical = VerticalAlign::kMiddle});
    return line.x + measure_text(title, kBodySize, FontWeight::kMedium).width;
  }
  constexpr std::array kTitles = {kCostTitle, kSignalTitle};
  const double width = wide_tabs_width(kTitles);
  if (const auto chosen = tabs(context, "curves", {line.x, line.y, width, line.height}, kTitles,
                               context.state.signal.in_front ? 1 : 0)) {
    context.state.signal.in_front = *chosen == 1;
  }
  return line.x + width - 18;
}

}  // namespace initlab
