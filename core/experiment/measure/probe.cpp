// Moments, histograms and unit counts of a network between two steps.
#include "core/experiment/measure/probe.h"

#include <algorithm>
#include <cmath>
#include <span>

#include "core/experiment/measure/activation_rank.h"

namespace initlab {
namespace {

std::size_t count_dead_units(const Matrix& into_activation) {
  std::size_t dead = 0;
  for (std::size_t r = 0; r < into_activation.rows(); ++r) {
    dead += std::ranges::all_of(into_activation.row_span(r), [](double value) { return value <= 0; });
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

double largest_size(const Summary& summary) {
  return std::max(std::abs(summary.min), std::abs(summary.max));
}

// What belongs to a unit besides its weights.
std::array<std::span<const double>, 3> columns_beside(const Layer& layer) {
  if (!layer.norm) return {layer.b};
  return {layer.b, layer.norm->gamma, layer.norm->beta};
}

// Of the finite weights and biases: an infinite one must not make all others equal.
double largest_size(const Summary& weights, std::span<const std::span<const double>> columns) {
  double largest = largest_size(weights);
  for (const auto& column : columns) {
    for (const double value : column) {
      if (std::isfinite(value)) largest = std::max(largest, std::abs(value));
    }
  }
  return largest;
}

void probe_units(const Layer& layer, const LayerPass& pass, RowScratch& scratch, LayerProbe& probe) {
  const Activation& row = activation(layer.activation);
  const RowGroups groups = group_units(layer, probe.weights.summary, scratch);
  probe.distinct_units = groups.distinct;
  probe.largest_group = groups.largest;
  const std::array<std::span<const double>, 3> d_b = {pass.d_b};
  probe.distinct_gradients =
      group_rows(pass.d_w, largest_size(probe.d_w.summary, std::span(d_b).first(1)), scratch, d_b).distinct;
  probe.distinct_activations = group_rows(pass.a, largest_size(probe.a.summary), scratch).distinct;
  probe.compared = std::min(layer.units(), kMostCompared);
  probe.near_copies = count_near_copies(layer.w, layer.b, probe.compared, scratch);
  probe.dead_units = row.can_die ? count_dead_units(pass.into_activation(layer)) : 0;
  probe.saturated = row.saturates() ? std::optional(saturated_share(pass.a, row)) : std::nullopt;
}

void begin_probe(const Matrix& values, TensorProbe& probe) {
  probe.summary = summarize(values);
  Histogram& bins = probe.histogram;
  bins.counts.clear();
  bins.low = bins.high = 0;
  bins.underflow = bins.overflow = bins.negative_infinity = bins.positive_infinity = bins.nan = bins.zero = 0;
}

double frobenius_norm(const Summary& summary) {
  return root_mean_square(summary) * std::sqrt(static_cast<double>(summary.count - summary.non_finite));
}

// Null where one side says nothing.
std::optional<double> ratio_of(const Summary& above, const Summary& below) {
  const double numerator = root_mean_square(above);
  const double denominator = root_mean_square(below);
  if (!(numerator > 0) || !(denominator > 0)) return std::nullopt;
  return numerator / denominator;
}

}  // namespace

RowGroups group_units(const Layer& layer, const Summary& weights, RowScratch& scratch) {
  const auto beside = columns_beside(layer);
  return group_rows(layer.w, largest_size(weights, beside), scratch, beside);
}

double root_mean_square(const Summary& summary) {
  return std::hypot(summary.mean, summary.std);
}

std::optional<double> LayerProbe::dead() const {
  if (!initlab::activation(activation).can_die) return std::nullopt;
  return static_cast<double>(dead_units) / static_cast<double>(units);
}

double LayerProbe::weight_norm() const {
  return frobenius_norm(weights.summary);
}
double LayerProbe::gradient_norm() const {
  return frobenius_norm(d_w.summary);
}
double LayerProbe::d_z_rms() const {
  return root_mean_square(d_z.summary);
}

std::optional<double> signal_ratio(const std::vector<LayerProbe>& layers) {
  if (layers.size() < 3) return std::nullopt;
  return ratio_of(layers[layers.size() - 2].z.summary, layers.front().z.summary);
}

std::optional<double> gradient_ratio(const std::vector<LayerProbe>& layers) {
  if (layers.size() < 3) return std::nullopt;
  return ratio_of(layers.front().d_z.summary, layers[layers.size() - 2].d_z.summary);
}

std::size_t count_distinct_units(const Layer& layer) {
  RowScratch scratch;
  return group_units(layer, summarize(layer.w), scratch).distinct;
}

void probe_layers(const Network& network, const Workspace& workspace, RowScratch& scratch,
                  std::vector<LayerProbe>& layers, ProbeOptions options) {
  layers.resize(network.layers.size());
  for (std::size_t l = 0; l < layers.size(); ++l) {
    const Layer& layer = network.layers[l];
    const LayerPass& pass = workspace.layers[l];
    LayerProbe& probe = layers[l];
    probe.layer = l + 1;
    probe.units = layer.units();
    probe.inputs = layer.inputs();
    probe.activation = layer.activation;
    probe.activation_parameters = layer.activation_parameters;
    probe.batch_norm = layer.norm.has_value();
    begin_probe(layer.w, probe.weights);
    begin_probe(pass.z, probe.z);
    begin_probe(pass.a, probe.a);
    begin_probe(pass.d_z, probe.d_z);
    begin_probe(pass.d_w, probe.d_w);
    probe_units(layer, pass, scratch, probe);
    const ActivationSpectrum spectrum = options.spectra ? activation_spectrum(pass.a) : ActivationSpectrum{};
    probe.correlation = spectrum.correlation;
    probe.effective_rank = spectrum.effective_rank;
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
