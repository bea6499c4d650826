#include "app/figures/figure_table.h"

#include <algorithm>
#include <array>
#include <cmath>
#include <string>
#include <vector>

#include "app/canvas/text_metrics.h"
#include "app/figures/comparison.h"
#include "app/figures/cost_curve.h"
#include "app/figures/depth_map.h"
#include "app/figures/fit.h"
#include "app/figures/gradient_against_x.h"
#include "app/figures/histogram_grid.h"
#include "app/figures/lane_card.h"
#include "app/figures/lane_picture.h"
#include "app/figures/network_diagram.h"
#include "app/figures/page.h"
#include "app/figures/signal_by_layer.h"

namespace initlab {
namespace {

std::vector<std::size_t> lanes_of(const Snapshot& snapshot, const FigureOptions& options) {
  std::vector<std::size_t> lanes;
  for (std::size_t lane = 0; lane < snapshot.runs.size(); ++lane) {
    if (!options.lane || *options.lane == lane) lanes.push_back(lane);
  }
  return lanes;
}

void draw_whole_comparison(Canvas& canvas, const Theme& theme, Rect rect, const Snapshot& snapshot,
                           const FigureOptions& options) {
  draw_comparison(canvas, theme, rect, snapshot, {.log_x = options.log_x, .log_y = options.log_y});
}

// The columns that make the pictures of `count` lanes largest in `area`; a picture is about 4 by 3.
std::size_t best_columns(Rect area, std::size_t count) {
  std::size_t best = 1;
  double largest = 0;
  for (std::size_t columns = 1; columns <= count; ++columns) {
    const double rows = std::ceil(static_cast<double>(count) / static_cast<double>(columns));
    const double width = area.width / static_cast<double>(columns) - 2 * kGrid;
    const double height = area.height / rows - kLaneHeadingHeight - kLaneNumbersHeight - 2 * kGrid;
    const double size = std::min(width, height * 4 / 3);
    if (size > largest) {
      largest = size;
      best = columns;
    }
  }
  return best;
}

// Every lane under its heading, its numbers below.
template <class Draw>
void draw_lanes(Canvas& canvas, const Theme& theme, Rect inner, const Snapshot& snapshot,
                const std::vector<std::size_t>& lanes, const Draw& draw) {
  constexpr double kGap = 2 * kGrid;
  const std::size_t columns = best_columns(inner, lanes.size());
  const std::size_t rows = (lanes.size() + columns - 1) / columns;
  const double width = (inner.width + kGap) / static_cast<double>(columns) - kGap;
  const double height = (inner.height + kGap) / static_cast<double>(rows) - kGap;
  const double picture = height - kLaneHeadingHeight - kLaneNumbersHeight;
  for (std::size_t i = 0; i < lanes.size(); ++i) {
    const std::size_t row = i / columns;
    const double x = inner.x + static_cast<double>(i - row * columns) * (width + kGap);
    const double y = inner.y + static_cast<double>(row) * (height + kGap);
    draw_lane_heading(canvas, theme, {x, y, width, kLaneHeadingHeight}, snapshot, lanes[i]);
    draw(Rect{x, y + kLaneHeadingHeight, width, picture}, lanes[i]);
    draw_lane_numbers(canvas, theme, {x, y + kLaneHeadingHeight + picture, width, kLaneNumbersHeight},
                      snapshot, lanes[i]);
  }
}

template <void (*draw)(Canvas&, const Theme&, Rect, const Snapshot&, std::size_t)>
void draw_pictures(Canvas& canvas, const Theme& theme, Rect rect, const Snapshot& snapshot,
                   const FigureOptions& options) {
  const Rect inner = draw_page(canvas, theme, rect, snapshot);
  const std::vector<std::size_t> lanes = lanes_of(snapshot, options);
  if (lanes.empty() || !snapshot.experiment) return;
  draw_lanes(canvas, theme, inner, snapshot, lanes,
             [&](Rect place, std::size_t lane) { draw(canvas, theme, place, snapshot, lane); });
}

void draw_lane_with_defaults(Canvas& canvas, const Theme& theme, Rect rect, const Snapshot& snapshot,
                             std::size_t lane) {
  draw_lane_picture(canvas, theme, rect, snapshot, lane);
}

void draw_gradients_against_x(Canvas& canvas, const Theme& theme, Rect rect, const Snapshot& snapshot,
                              const FigureOptions& options) {
  const Rect inner = draw_page(canvas, theme, rect, snapshot);
  const std::vector<std::size_t> lanes = lanes_of(snapshot, options);
  if (lanes.empty() || !snapshot.experiment) return;
  Rect rest = draw_section(canvas, theme, inner, "Gradient against x",
                           "rms over a layer's units of d output / d z, log axis");
  constexpr double kCaption = 24;
  const bool measured = std::any_of(lanes.begin(), lanes.end(),
                                    [&](std::size_t lane) { return !snapshot.runs[lane].response.empty(); });
  if (measured) {
    rest.height -= kCaption;
    canvas.text({rest.x, rest.bottom() + kCaption - 6},
                fit_text("Where a line is near 0, no sample at that x can teach the layer anything. "
                         "Marks at the axis are the samples.",
                         rest.width, kSecondarySize),
                {.size = kSecondarySize, .color = theme.secondary});
  }
  const GradientRange range = gradient_range(snapshot, lanes);
  draw_lanes(canvas, theme, rest, snapshot, lanes, [&](Rect place, std::size_t lane) {
    draw_gradient_against_x(canvas, theme, place, snapshot, lane, range);
  });
}

void draw_cost(Canvas& canvas, const Theme& theme, Rect rect, const Snapshot& snapshot,
               const FigureOptions& options) {
  const Rect inner = draw_page(canvas, theme, rect, snapshot);
  if (!snapshot.experiment) return;
  CostCurveOptions cost;
  cost.log_x = options.log_x;
  cost.log_y = options.log_y;
  cost.only_lane = options.lane;
  std::string note = options.log_y ? "log axis" : "";
  if (options.log_x) note = options.log_y ? "log axes" : "log steps";
  draw_cost_curve(canvas, theme, draw_section(canvas, theme, inner, "Cost", note), snapshot, cost);
}

// The way forward above the way back.
void draw_signal(Canvas& canvas, const Theme& theme, Rect rect, const Snapshot& snapshot,
                 const FigureOptions& options) {
  const Rect inner = draw_page(canvas, theme, rect, snapshot);
  if (!snapshot.experiment) return;
  const double height = (inner.height - 2 * kGrid) / 2;
  double y = inner.y;
  for (const SignalQuantity quantity : {SignalQuantity::kPreActivations, SignalQuantity::kGradients}) {
    SignalOptions signal;
    signal.quantity = quantity;
    signal.only_lane = options.lane;
    const std::string title = "Signal by layer, " + std::string(signal_quantity(quantity).label);
    draw_signal_by_layer(
        canvas, theme,
        draw_section(canvas, theme, {inner.x, y, inner.width, height}, title, "dashed: theory at the start"),
        snapshot, signal);
    y += height + 2 * kGrid;
  }
}

// Every lane's heading at the top of its column; `columns` are filled. Returns what is left below.
Rect draw_columns(Canvas& canvas, const Theme& theme, Rect rect, const Snapshot& snapshot,
                  const std::vector<std::size_t>& lanes, std::vector<ColumnSpan>& columns) {
  constexpr double kGap = 3 * kGrid;
  const double width = (rect.width + kGap) / static_cast<double>(lanes.size()) - kGap;
  double heading = kLaneHeadingHeight;
  for (const std::size_t lane : lanes) {
    if (!lane_heading_fits(snapshot, lane, width)) heading = kLaneHeadingTwoLines;
  }
  for (std::size_t i = 0; i < lanes.size(); ++i) {
    columns.push_back({rect.x + static_cast<double>(i) * (width + kGap), width});
    draw_lane_heading(canvas, theme, {columns.back().x, rect.y, width, heading}, snapshot, lanes[i]);
  }
  heading += kGrid / 2;
  return {rect.x, rect.y + heading, rect.width, rect.height - heading};
}

template <HistogramTensor tensor, bool by_depth = false>
void draw_histograms(Canvas& canvas, const Theme& theme, Rect rect, const Snapshot& snapshot,
                     const FigureOptions& options) {
  const Rect inner = draw_page(canvas, theme, rect, snapshot);
  const std::vector<std::size_t> lanes = lanes_of(snapshot, options);
  if (lanes.empty() || !snapshot.experiment) return;
  HistogramGridOptions grid;
  grid.tensor = tensor;
  grid.only_lane = options.lane;
  std::string title(histogram_tensors()[static_cast<std::size_t>(tensor)].label);
  if (by_depth) title += " by depth";
  const std::string caption = by_depth ? depth_map_caption(grid) : histogram_caption(snapshot, grid);
  Rect rest = draw_section(canvas, theme, inner, title, caption);
  std::vector<ColumnSpan> columns;
  rest = draw_columns(canvas, theme, rest, snapshot, lanes, columns);
  grid.columns = columns;
  if (by_depth) {
    draw_depth_map(canvas, theme, rest, snapshot, grid);
  } else {
    draw_histogram_grid(canvas, theme, rest, snapshot, grid);
  }
}

// Diagrams below their lanes' headings, in rows where there are many lanes.
void draw_networks(Canvas& canvas, const Theme& theme, Rect rect, const Snapshot& snapshot,
                   const FigureOptions& options) {
  const Rect inner = draw_page(canvas, theme, rect, snapshot);
  const std::vector<std::size_t> lanes = lanes_of(snapshot, options);
  if (lanes.empty() || !snapshot.experiment) return;
  Rect rest = draw_section(canvas, theme, inner, "Network", "each unit: what it responds to");
  NetworkDiagramOptions diagram;
  diagram.lanes = lanes;
  rest.height -= kNetworkLegendHeight + kGrid / 2;
  draw_network_legend(canvas, theme, {rest.x, rest.bottom() + kGrid / 2, rest.width, kNetworkLegendHeight},
                      snapshot, diagram);
  constexpr double kGap = 3 * kGrid;
  const std::size_t columns = lanes.size() <= 3 ? lanes.size() : (lanes.size() + 1) / 2;
  const std::size_t rows = (lanes.size() + columns - 1) / columns;
  const double width = (rest.width + kGap) / static_cast<double>(columns) - kGap;
  const double height = (rest.height + kGrid) / static_cast<double>(rows) - kGrid;
  const bool fits = std::all_of(lanes.begin(), lanes.end(),
                                [&](std::size_t lane) { return lane_heading_fits(snapshot, lane, width); });
  const double heading = fits || height < 160 ? kLaneHeadingHeight : kLaneHeadingTwoLines;
  for (std::size_t first = 0; first < lanes.size(); first += columns) {
    const double y = rest.y + static_cast<double>(first / columns) * (height + kGrid);
    const auto row = std::span(lanes).subspan(first, std::min(columns, lanes.size() - first));
    std::vector<ColumnSpan> spans;
    for (const std::size_t lane : row) {
      spans.push_back({rest.x + static_cast<double>(spans.size()) * (width + kGap), width});
      draw_lane_heading(canvas, theme, {spans.back().x, y, width, heading}, snapshot, lane);
    }
    diagram.lanes = row;
    diagram.columns = spans;
    draw_network_diagram(canvas, theme, {rest.x, y + heading, rest.width, height - heading}, snapshot,
                         diagram);
  }
}

constexpr std::array kFigures = {
    FigureRow{"comparison", "Comparison",
              "All lanes on one page: boundaries, numbers, verdicts, histograms, cost.", 1440, 900,
              draw_whole_comparison},
    FigureRow{
        "decision_boundary", "Decision boundary",
        "What each network answers over the plane, the lines where its answer changes, and the data; of "
        "one feature the fitted curve.",
        1200, 480, draw_pictures<draw_lane_with_defaults>},
    FigureRow{"fit", "Fitted curve",
              "What each network of one feature answers along x, over the points that it learns from.", 1200,
              480, draw_pictures<draw_fit>},
    FigureRow{
        "gradient_against_x", "Gradient against x",
        "How far a sample at x can move each layer: d output / d z along x, for networks of one feature.",
        1200, 560, draw_gradients_against_x},
    FigureRow{"cost_curve", "Cost", "The cost of every lane at every step.", 960, 540, draw_cost},
    FigureRow{"signal", "Signal by layer",
              "Standard deviation of z and of dz in every layer, measured and predicted, on log axes.", 960,
              720, draw_signal},
    FigureRow{"network", "Network",
              "Every unit as a map of what it responds to, every link a weight; copies of one unit on a "
              "common ground.",
              1200, 600, draw_networks},
    FigureRow{"depth", "Pre-activations by depth",
              "How z is distributed against depth, for networks of up to a hundred layers.", 1200, 480,
              draw_histograms<HistogramTensor::kPreActivations, true>},
    FigureRow{"activations", "Activations", "How a is distributed, layer by layer, on shared axes.", 1200,
              600, draw_histograms<HistogramTensor::kActivations>},
    FigureRow{"pre_activations", "Pre-activations", "How z is distributed, layer by layer, on shared axes.",
              1200, 600, draw_histograms<HistogramTensor::kPreActivations>},
    FigureRow{"weights", "Weights", "How W is distributed, layer by layer, on shared axes.", 1200, 600,
              draw_histograms<HistogramTensor::kWeights>},
    FigureRow{"gradients", "Gradients of z",
              "How the cost's gradient in z is distributed, layer by layer, on shared axes.", 1200, 600,
              draw_histograms<HistogramTensor::kPreActivationGradients>},
    FigureRow{"weight_gradients", "Gradients of W",
              "How the cost's gradient in W is distributed, layer by layer, on shared axes.", 1200, 600,
              draw_histograms<HistogramTensor::kWeightGradients>},
};

}  // namespace

std::span<const FigureRow> figures() {
  return kFigures;
}

const FigureRow* find_figure(std::string_view id) {
  const auto same = [](char a, char b) { return a == (b == '-' ? '_' : b); };
  const auto* row = std::find_if(kFigures.begin(), kFigures.end(), [&](const FigureRow& r) {
    return std::equal(r.id.begin(), r.id.end(), id.begin(), id.end(), same);
  });
  return row == kFigures.end() ? nullptr : row;
}

}  // namespace initlab
