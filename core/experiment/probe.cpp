// Moments, histograms and unit counts of a network between two steps.
#include "core/experiment/probe.h"

#include <algorithm>
#include <cmath>
#include <numeric>
#include <span>

namespace initlab {
namespace {

std::size_t count_dead_units(const Matrix& z) {
  std::size_t dead = 0;
  for (std::size_t r = 0; r < z.rows(); ++r) {
    dead += std::ranges::all_of(z.row_span(r), [](double value) { return value <= 0; });
  }
  return dead;
}

double saturated_share(const Matrix& a, const Activation& row) {
  std::size_t saturated = 0;
  for (std::size_t r = 0; r < a.rows(); ++r) {
    for (const double value : a.row_span(r)) {
      saturated += value < row.saturated_below || value > row.saturated_above;
    }
  }
  return static_cast<double>(saturated) / static_cast<double>(a.size());
}

// Of the finite weights and biases: an infinite one must not make all others equal.
double largest_size(const Layer& layer) {
  double largest = 0;
  const auto include = [&](double value) {
    if (std::isfinite(value)) largest = std::max(largest, std::abs(value));
  };
  for (std::size_t r = 0; r < layer.units(); ++r) {
    for (const double w : layer.w.row_span(r)) include(w);
    include(layer.b[r]);
  }
  return largest;
}

bool same_unit(const Layer& layer, std::size_t a, std::size_t b, double tolerance) {
  // Written so that NaN differs from everything.
  if (!(std::abs(layer.b[a] - layer.b[b]) <= tolerance)) return false;
  const double* wa = layer.w.row(a);
  const double* wb = layer.w.row(b);
  for (std::size_t c = 0; c < layer.inputs(); ++c) {
    if (!(std::abs(wa[c] - wb[c]) <= tolerance)) return false;
  }
  return true;
}

}  // namespace

std::optional<double> LayerProbe::dead() const {
  if (!initlab::activation(activation).can_die) return std::nullopt;
  return static_cast<double>(dead_units) / static_cast<double>(units);
}

std::size_t count_distinct_units(const Layer& layer) {
  const double tolerance = 1e-12 * largest_size(layer);
  // Sorted by the first weight, copies stand within the tolerance of each other: only such neighbours are
  // compared.
  std::vector<std::size_t> order(layer.units());
  std::iota(order.begin(), order.end(), std::size_t{0});
  const auto key = [&](std::size_t unit) { return layer.w(unit, 0); };
  if (!std::ranges::all_of(order, [&](std::size_t unit) { return std::isfinite(key(unit)); }))
    return layer.units();
  std::ranges::sort(order, {}, key);
  std::size_t distinct = 0;
  for (std::size_t i = 0; i < order.size(); ++i) {
    bool is_copy = false;
    for (std::size_t j = i; j-- > 0 && !is_copy && key(order[i]) - key(order[j]) <= tolerance;) {
      is_copy = same_unit(layer, order[i], order[j], tolerance);
    }
    distinct += !is_copy;
  }
  return distinct;
}

void probe_layers(const Network& network, const Workspace& workspace, std::vector<LayerProbe>& layers) {
  layers.resize(network.layers.size());
  for (std::size_t l = 0; l < layers.size(); ++l) {
    const Layer& layer = network.layers[l];
    const LayerPass& pass = workspace.layers[l];
    const Activation& row = activation(layer.activation);
    LayerProbe& probe = layers[l];
    probe.layer = l + 1;
    probe.units = layer.units();
    probe.activation = layer.activation;
    probe.distinct_units = count_distinct_units(layer);
    probe.dead_units = row.can_die ? count_dead_units(pass.z) : 0;
    probe.saturated = row.saturates() ? std::optional(saturated_share(pass.a, row)) : std::nullopt;
    probe.weights.summary = summarize(layer.w);
    probe.z.summary = summarize(pass.z);
    probe.a.summary = summarize(pass.a);
    probe.d_z.summary = summarize(pass.d_z);
    probe.d_w.summary = summarize(pass.d_w);
  }
}

void probe_histograms(const Network& network, const Workspace& workspace, std::vector<LayerProbe>& layers) {
  for (std::size_t l = 0; l < layers.size(); ++l) {
    const LayerPass& pass = workspace.layers[l];
    fill_histogram(network.layers[l].w, layers[l].weights.histogram);
    fill_histogram(pass.z, layers[l].z.histogram);
    fill_histogram(pass.a, layers[l].a.histogram);
    fill_histogram(pass.d_z, layers[l].d_z.histogram);
    fill_histogram(pass.d_w, layers[l].d_w.histogram);
  }
}

}  // namespace initlab
