#include "app/panels/histogram_panel.h"

#include <imgui.h>

#include <algorithm>
#include <array>
#include <iterator>
#include <vector>

#include "app/canvas/text_metrics.h"
#include "app/figures/depth_map.h"
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

// What the histograms' axes are, each a link to the other way. Those that leave no room for the tabs' words
// are left out, the last ones first: the list of commands has them all. Beside a diagram their place is kept,
// so that no tab moves when it is chosen. Returns where they begin.
double draw_links(PanelContext& context, Rect line, bool by_depth) {
  LabState& state = context.state;
  struct Link {
    std::string_view label, tooltip;
    bool pressed = false;
  };
  std::array links = {
      Link{by_depth ? "by depth" : "layer by layer", "All layers in one map, or a histogram for each"},
      Link{state.axis_per_layer ? "an axis a layer" : "shared axes",
           "One axis for all layers, or one for each"},
      Link{state.log_counts ? "log counts" : "counts",
           "Heights by the logarithm of the count, or by the count"}};
  std::vector<std::string_view> symbols;
  for (const HistogramTensor tensor : kShown)
    symbols.push_back(histogram_tensors()[static_cast<std::size_t>(tensor)].symbol);
  symbols.emplace_back("Network");
  const double least_tabs = wide_tabs_width(symbols);
  double x = line.right();
  for (Link& link : links) {
    const double width = button_width(link.label);
    if (x - width < line.x + least_tabs) break;
    x -= width;
    if (state.network_shown) continue;
    link.pressed = button(context, {x, line.y, width, line.height}, link.label,
                          {.look = ButtonLook::kLink, .tooltip = link.tooltip});
  }
  if (links[0].pressed) state.by_depth = !by_depth;
  if (links[1].pressed) state.axis_per_layer = !state.axis_per_layer;
  if (links[2].pressed) state.log_counts = !state.log_counts;
  return x;
}

}  // namespace

bool shows_depth(const PanelContext& context, double height) {
  std::size_t layers = 0;
  for (const RunSnapshot& run : context.snapshot().runs) layers = std::max(layers, run.layers.size());
  return context.state.by_depth.value_or(shown_layers(layers, height).size() < layers);
}

void draw_histogram_panel(PanelContext& context, const Layout& layout) {
  const Rect rect = layout.histograms;
  std::vector<ColumnSpan> columns;
  if (layout.columns_below_lanes) {
    for (const LaneRects& lane : layout.lanes) columns.push_back({lane.field.x, lane.field.width});
  }
  const Rect figure = {rect.x, rect.y + kTabsHeight + 4, rect.width, rect.height - kTabsHeight - 4};
  const bool by_depth = shows_depth(context, figure.height);
  context.state.depth_is_shown = by_depth;
  const ExplanationId what = context.state.network_shown ? ExplanationId::kNetwork
                             : by_depth                  ? ExplanationId::kDepthMap
                                                         : explanation_of(context.state.tensor);
  const double sign = rect.right() - kExplainSize;
  explain_button(context, {sign, rect.y + kTabsHeight / 2}, what);
  const double links = draw_links(context, {rect.x, rect.y, sign - 4 - rect.x, kTabsHeight}, by_depth);
  draw_tabs(context, {rect.x, rect.y, links - rect.x, kTabsHeight});
  if (context.state.network_shown) {
    draw_network_panel(context, figure, columns);
    return;
  }
  HistogramGridOptions options;
  options.tensor = context.state.tensor;
  options.columns = columns;
  options.axis_per_layer = context.state.axis_per_layer;
  options.log_counts = context.state.log_counts;
  touch_area("histograms", figure);
  if (ImGui::IsItemHovered()) {
    const ImVec2 mouse = ImGui::GetIO().MousePos;
    options.hover = Point{static_cast<double>(mouse.x), static_cast<double>(mouse.y)};
  }
  const auto draw = by_depth ? draw_depth_map : draw_histogram_grid;
  draw(context.canvas, context.theme, figure, context.snapshot(), options);
}

}  // namespace initlab
