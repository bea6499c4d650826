#include "app/figure_focus.h"

#include <fmt/format.h>

#include "app/canvas/text_metrics.h"
#include "app/panels/cost_panel.h"
#include "app/panels/histogram_panel.h"
#include "app/panels/lane_panel.h"
#include "app/panels/signal_panel.h"
#include "app/panels/widgets.h"
#include "core/numeric/number_text.h"

namespace initlab {
namespace {

constexpr double kMargin = 24;
constexpr double kTitleHeight = 56;

bool holds(Rect rect, Point point) {
  return rect.width > 0 && rect.height > 0 && rect.contains(point);
}

}  // namespace

std::optional<FocusedFigure> figure_at(const Layout& layout, Point point) {
  for (std::size_t lane = 0; lane < layout.lanes.size(); ++lane) {
    const LaneRects& rects = layout.lanes[lane];
    for (const Rect& part : {rects.heading, rects.field, rects.numbers, rects.verdict}) {
      if (holds(part, point)) return FocusedFigure{FigureKind::kLane, lane};
    }
  }
  if (holds(layout.cost, point)) return FocusedFigure{FigureKind::kCost};
  if (holds(layout.signal, point)) return FocusedFigure{FigureKind::kSignal};
  if (holds(layout.histograms, point)) return FocusedFigure{FigureKind::kHistograms};
  return std::nullopt;
}

Layout focused_layout(const Layout& layout, const FocusedFigure& figure, double width, double height) {
  const Rect whole = {kMargin, kTitleHeight, width - 2 * kMargin, height - kTitleHeight - kMargin};
  Layout focused;
  focused.top_bar = {0, 0, width, kTitleHeight};
  focused.main = whole;
  focused.lanes.resize(layout.lanes.size());
  focused.columns_below_lanes = false;
  switch (figure.kind) {
    case FigureKind::kLane: {
      // Heights as beside the others: the picture has what is left.
      const LaneRects& before = layout.lanes[figure.lane];
      LaneRects& lane = focused.lanes[figure.lane];
      const double rest = before.heading.height + before.numbers.height + before.verdict.height;
      lane.heading = {whole.x, whole.y, whole.width, before.heading.height};
      lane.field = {whole.x, lane.heading.bottom(), whole.width, whole.height - rest};
      lane.numbers = {whole.x, lane.field.bottom(), whole.width, before.numbers.height};
      lane.verdict = {whole.x, lane.numbers.bottom(), whole.width, before.verdict.height};
      break;
    }
    case FigureKind::kCost:
      focused.cost = whole;
      break;
    case FigureKind::kSignal:
      focused.signal = whole;
      break;
    case FigureKind::kHistograms:
      focused.histograms = whole;
      break;
  }
  return focused;
}

void draw_focused(PanelContext& context, const Layout& layout, const FocusedFigure& figure) {
  const Theme& theme = context.theme;
  const Experiment& experiment = context.experiment();
  const Rect line = layout.top_bar;
  constexpr std::string_view kBack = "Back (Esc)";
  const double width = button_width(kBack);
  const std::string step = fmt::format("step {}", count_text(context.snapshot().step));
  const double right = line.right() - kMargin - width - 16;
  const double step_width = measure_text(step, kReadoutSize, FontWeight::kMedium).width;
  label(context.canvas, {line.x + kMargin, line.center().y},
        experiment.title.empty() ? experiment.name : experiment.title,
        right - step_width - 24 - line.x - kMargin,
        {.size = kReadoutSize,
         .color = theme.ink,
         .weight = FontWeight::kMedium,
         .vertical = VerticalAlign::kMiddle});
  context.canvas.text({right, line.center().y}, step,
                      {.size = kReadoutSize,
                       .color = theme.secondary,
                       .horizontal = HorizontalAlign::kRight,
                       .vertical = VerticalAlign::kMiddle});
  if (button(context, {line.right() - kMargin - width, line.center().y - 18, width, 36}, kBack)) {
    context.state.comfort.focus.reset();
  }
  context.state.signal.shares_place = false;  // each under its own title
  switch (figure.kind) {
    case FigureKind::kLane:
      draw_lane(context, figure.lane, layout.lanes[figure.lane]);
      break;
    case FigureKind::kCost:
      draw_cost_panel(context, layout.cost);
      break;
    case FigureKind::kSignal:
      draw_signal_panel(context, layout.signal);
      break;
    case FigureKind::kHistograms:
      draw_histogram_panel(context, layout);
      break;
  }
}

}  // namespace initlab
