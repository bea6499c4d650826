#include "app/panels/histogram_panel.h"

#include <imgui.h>

#include <iterator>
#include <vector>

#include "app/canvas/text_metrics.h"
#include "app/panels/network_panel.h"
#include "app/panels/widgets.h"

namespace initlab {
namespace {

constexpr double kTabsHeight = 28;

// What is offered, in the order of learning's own questions: what comes out, what goes in, what comes back,
// what is.
constexpr HistogramTensor kShown[] = {HistogramTensor::kActivations, HistogramTensor::kPreActivations,
                                      HistogramTensor::kPreActivationGradients,
                                      HistogramTensor::kWeightGradients, HistogramTensor::kWeights};

// Words, or the tensors' symbols where words do not fit.
std::vector<std::string_view> tab_labels(double width) {
  std::vector<std::string_view> labels;
  std::vector<std::string_view> symbols;
  for (const HistogramTensor tensor : kShown) {
    const HistogramTensorRow& row = histogram_tensors()[static_cast<std::size_t>(tensor)];
    labels.push_back(row.label);
    symbols.push_back(row.symbol);
  }
  labels.emplace_back("Network");
  symbols.emplace_back("Network");
  return tabs_width(labels) <= width ? labels : symbols;
}

void draw_tabs(PanelContext& context, Rect rect) {
  const std::vector<std::string_view> labels = tab_labels(rect.width);
  std::size_t current = 0;
  for (std::size_t i = 0; i < labels.size(); ++i) {
    if (i < std::size(kShown) && kShown[i] == context.state.tensor) current = i;
  }
  if (context.state.network_shown) current = std::size(kShown);
  if (const auto chosen = tabs(context, "histogram tabs", rect, labels, current)) {
    context.state.network_shown = *chosen == std::size(kShown);
    if (!context.state.network_shown) context.state.tensor = kShown[*chosen];
  }
}

}  // namespace

void draw_histogram_panel(PanelContext& context, const Layout& layout) {
  const Rect rect = layout.histograms;
  std::vector<ColumnSpan> columns;
  if (layout.columns_below_lanes) {
    for (const LaneRects& lane : layout.lanes) columns.push_back({lane.field.x, lane.field.width});
  }
  const Rect figure = {rect.x, rect.y + kTabsHeight + 4, rect.width, rect.height - kTabsHeight - 4};
  if (context.state.network_shown) {
    draw_tabs(context, {rect.x, rect.y, rect.width, kTabsHeight});
    draw_network_panel(context, figure, columns);
    return;
  }
  const bool roomy = rect.width > 760;
  const std::string_view shared = roomy ? "shared axes · log counts" : "shared axes";
  const std::string_view own = roomy ? "an axis a layer · log counts" : "an axis a layer";
  const std::string_view axes = context.state.axis_per_layer ? own : shared;
  const double width = button_width(axes);
  if (button(context, {rect.right() - width, rect.y, width, kTabsHeight}, axes,
             {.look = ButtonLook::kLink, .tooltip = "One horizontal axis for all layers, or one for each"})) {
    context.state.axis_per_layer = !context.state.axis_per_layer;
  }
  draw_tabs(context, {rect.x, rect.y, rect.width - width, kTabsHeight});

  HistogramGridOptions options;
  options.tensor = context.state.tensor;
  options.columns = columns;
  options.axis_per_layer = context.state.axis_per_layer;
  touch_area("histograms", figure);
  if (ImGui::IsItemHovered()) {
    const ImVec2 mouse = ImGui::GetIO().MousePos;
    options.hover = Point{static_cast<double>(mouse.x), static_cast<double>(mouse.y)};
  }
  draw_histogram_grid(context.canvas, context.theme, figure, context.snapshot(), options);
}

}  // namespace initlab
