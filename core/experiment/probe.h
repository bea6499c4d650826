// What can be measured in a network at one moment: moments and histograms of every tensor of every layer, and
// the units that have died, saturated, or become copies of each other.
#pragma once

#include <optional>
#include <vector>

#include "core/network/network.h"
#include "core/numeric/statistics.h"

namespace initlab {

struct TensorProbe {
  Summary summary;
  Histogram histogram;
};

struct LayerProbe {
  std::size_t layer = 1;  // from 1; the output layer is the last
  std::size_t units = 0;
  ActivationId activation = ActivationId::kRelu;
  // Units that differ from each other in incoming weights and bias by more than 1e-12 of the largest of them.
  std::size_t distinct_units = 0;
  std::size_t dead_units = 0;  // z <= 0 for every sample; 0 for activations that cannot die
  // Share of activations beyond 99 % of their range; null where the activation is unbounded.
  std::optional<double> saturated;
  TensorProbe weights, z, a, d_z, d_w;

  // Share of dead units; null for activations that cannot die.
  std::optional<double> dead() const;
};

// Bins of a histogram; their range is shared, see histogram_range.h.
inline constexpr std::size_t kHistogramBins = 40;

// Measures every layer from the last forward and backward passes in `workspace`; histograms are left empty.
// Reuses the memory of `layers`.
void probe_layers(const Network& network, const Workspace& workspace, std::vector<LayerProbe>& layers);

// Fills the histogram of each tensor over the bins that it holds (low, high, counts.size()).
void probe_histograms(const Network& network, const Workspace& workspace, std::vector<LayerProbe>& layers);

// How many rows of [W b] differ, by the rule above.
std::size_t count_distinct_units(const Layer& layer);

}  // namespace initlab
