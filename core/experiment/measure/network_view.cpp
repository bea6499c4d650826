// One look at every shown unit, then one forward pass over the points of the maps, some at a time so that a
// wide layer's activations stay in cache.
#include "core/experiment/measure/network_view.h"

#include <algorithm>
#include <cmath>

#include "core/experiment/measure/probe.h"

namespace initlab {
namespace {

constexpr std::size_t kPointsInAPass = 64;
// What maps may cost: multiplications of their pass, and numbers kept.
constexpr double kMostProducts = 3e7;
constexpr double kMostCells = 4e5;
constexpr double kMarginOfAxis = 0.1;

void match(Matrix& matrix, std::size_t rows, std::size_t columns) {
  if (matrix.rows() != rows || matrix.columns() != columns) matrix.resize(rows, columns);
}

// Number `i` of `shown` evenly spaced ones among `count`, from 1; the first and the last are among them.
std::size_t spaced(std::size_t i, std::size_t shown, std::size_t count) {
  return shown <= 1 ? 1 : 1 + i * (count - 1) / (shown - 1);
}

std::size_t side_of_maps(const Network& network) {
  const std::size_t inputs = network.layers.front().inputs();
  if (inputs == 1) return kUnitCurvePoints;
  if (inputs > 2) return 0;
  double products = 0;
  double units = 0;
  for (const Layer& layer : network.layers) {
    products += static_cast<double>(layer.w.size());
    units += static_cast<double>(std::min(layer.units(), kMostUnitsViewed));
  }
  for (const std::size_t side : {kUnitMapSide, std::size_t{16}}) {
    const auto cells = static_cast<double>(side * side);
    if (products * cells <= kMostProducts && units * cells <= kMostCells) return side;
  }
  return 8;
}

Domain domain_of_maps(const Dataset& data, std::size_t inputs) {
  if (data.train.count() == 0 || data.train.x.rows() != inputs || inputs > 2) return {};
  if (inputs == 2) return domain_of(data, 1.0);
  auto [low, high] = std::ranges::minmax(data.train.x.row_span(0));
  for (const double x : data.test.count() > 0 ? data.test.x.row_span(0) : std::span<const double>()) {
    low = std::min(low, x);
    high = std::max(high, x);
  }
  const double margin = kMarginOfAxis * std::max(high - low, 1e-6);
  return {.x_min = low - margin, .x_max = high + margin};
}

// The points from `first` on, as many as the matrix has columns.
void place_points(const NetworkView& view, std::size_t first, Matrix& points) {
  const Domain& domain = view.domain;
  const auto side = static_cast<double>(view.map_side);
  for (std::size_t i = 0; i < points.columns(); ++i) {
    if (points.rows() == 1) {
      points(0, i) = domain.x_min + static_cast<double>(first + i) / (side - 1) * domain.width();
      continue;
    }
    const std::size_t column = (first + i) % view.map_side;
    const std::size_t row = (first + i) / view.map_side;
    points(0, i) = domain.x_min + (static_cast<double>(column) + 0.5) / side * domain.width();
    points(1, i) = domain.y_max - (static_cast<double>(row) + 0.5) / side * domain.height();
  }
}

void find_range(UnitView& unit) {
  unit.map_low = unit.map_high = 0;
  bool any = false;
  for (const float value : unit.map) {
    if (!std::isfinite(value)) continue;
    unit.map_low = any ? std::min(unit.map_low, value) : value;
    unit.map_high = any ? std::max(unit.map_high, value) : value;
    any = true;
  }
}

void fill_maps(const Network& network, NetworkViewScratch& scratch, NetworkView& view) {
  const std::size_t inputs = network.layers.front().inputs();
  const std::size_t cells = inputs == 2 ? view.map_side * view.map_side : view.map_side;
  for (LayerView& layer : view.layers) {
    for (UnitView& unit : layer.shown) unit.map.resize(cells);
  }
  match(scratch.points, inputs, std::min(cells, kPointsInAPass));
  for (std::size_t first = 0; first < cells; first += scratch.points.columns()) {
    place_points(view, first, scratch.points);
    forward(network, scratch.points, scratch.pass, Pass::kEvaluation);
    for (LayerView& layer : view.layers) {
      const Matrix& a = scratch.pass.layers[layer.layer - 1].a;
      for (UnitView& unit : layer.shown) {
        std::ranges::transform(a.row_span(unit.unit - 1),
                               unit.map.begin() + static_cast<std::ptrdiff_t>(first),
                               [](double value) { return static_cast<float>(value); });
      }
    }
  }
  for (LayerView& layer : view.layers) {
    for (UnitView& unit : layer.shown) find_range(unit);
  }
}

void fill_unit(const Layer& layer, const LayerPass& pass, UnitView& unit) {
  const std::size_t r = unit.unit - 1;
  const Activation& row = activation(layer.activation);
  const auto a = pass.a.row_span(r);
  unit.dead = row.can_die && std::ranges::all_of(pass.into_activation(layer).row_span(r),
                                                 [](double value) { return value <= 0; });
  unit.saturated = 0;
  if (row.saturates() && !a.empty()) {
    const auto beyond = std::ranges::count_if(
        a, [&](double value) { return value < row.saturated_below || value > row.saturated_above; });
    unit.saturated = static_cast<double>(beyond) / static_cast<double>(a.size());
  }
  unit.bias = layer.b[r];
  unit.d_bias = pass.d_b[r];
  const Summary summary = summarize(a);
  unit.mean = summary.mean;
  unit.std = summary.std;
  unit.non_finite = static_cast<std::size_t>(summary.non_finite);
}

double largest_size(const Summary& summary) {
  return std::max(std::abs(summary.min), std::abs(summary.max));
}

// All but the maps; `view.shown_inputs` is there.
void fill_layer(const Layer& layer, const LayerPass& pass, NetworkViewScratch& scratch, LayerView& view) {
  view.units = layer.units();
  view.inputs = layer.inputs();
  view.activation = layer.activation;
  view.frozen = layer.frozen;
  const Summary weights = summarize(layer.w);
  view.largest_weight = largest_size(weights);
  view.largest_gradient = largest_size(summarize(pass.d_w));
  group_units(layer, weights, scratch.rows);
  scratch.groups.resize(layer.units());
  list_groups(scratch.rows, scratch.groups);
  view.shown.resize(std::min(layer.units(), kMostUnitsViewed));
  match(view.weights, view.shown.size(), view.shown_inputs.size());
  match(view.d_weights, view.shown.size(), view.shown_inputs.size());
  for (std::size_t i = 0; i < view.shown.size(); ++i) {
    UnitView& unit = view.shown[i];
    unit.unit = spaced(i, view.shown.size(), layer.units());
    const std::size_t r = unit.unit - 1;
    unit.group = scratch.groups[r].number;
    unit.copies = scratch.groups[r].copies;
    fill_unit(layer, pass, unit);
    for (std::size_t k = 0; k < view.shown_inputs.size(); ++k) {
      view.weights(i, k) = layer.w(r, view.shown_inputs[k] - 1);
      view.d_weights(i, k) = pass.d_w(r, view.shown_inputs[k] - 1);
    }
  }
}

}  // namespace

void fill_network_view(const Network& network, const Workspace& workspace, const Dataset& data,
                       NetworkViewScratch& scratch, NetworkView& view) {
  view.map_side = side_of_maps(network);
  view.domain = domain_of_maps(data, network.layers.front().inputs());
  view.output = network.output;
  view.layers.resize(network.layers.size());
  for (std::size_t l = 0; l < network.layers.size(); ++l) {
    const std::size_t inputs = network.layers[l].inputs();
    LayerView& layer = view.layers[l];
    layer.layer = l + 1;
    layer.shown_inputs.resize(std::min(inputs, kMostUnitsViewed));
    for (std::size_t i = 0; i < layer.shown_inputs.size(); ++i) {
      layer.shown_inputs[i] = spaced(i, layer.shown_inputs.size(), inputs);
    }
    fill_layer(network.layers[l], workspace.layers[l], scratch, layer);
    if (view.map_side > 0) continue;
    for (UnitView& unit : layer.shown) {
      unit.map.clear();
      find_range(unit);
    }
  }
  if (view.map_side > 0) fill_maps(network, scratch, view);
}

}  // namespace initlab
