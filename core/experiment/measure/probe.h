// What can be measured in a network at one moment: moments and histograms of every tensor of every layer, the
// units that have died, saturated or become copies of each other, and how alike the layer makes its samples.
//
// Everything is a few passes over the tensors, except two figures that can be left out (ProbeOptions). Those
// two, and the search for near copies, look at an evenly spaced part of what is very large; each says of
// what.
#pragma once

#include <optional>
#include <vector>

#include "core/experiment/measure/unit_groups.h"
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
  std::size_t inputs = 0;
  ActivationId activation = ActivationId::kRelu;
  ActivationParameters activation_parameters;
  bool batch_norm = false;
  // Units that differ from each other in incoming weights and bias by more than 1e-12 of the largest of them
  // (with batch normalization also in its scale and shift).
  std::size_t distinct_units = 0;
  std::size_t largest_group = 0;  // units of the largest group of such copies; 1 where all differ
  // Rows of dW that differ by the same rule: copies with the same gradient stay copies.
  std::size_t distinct_gradients = 0;
  // Units whose activations differ for at least one sample by more than 1e-12 of the largest; all the dead
  // ones count as one.
  std::size_t distinct_activations = 0;
  // Units whose incoming weights and bias point the same way as another's, or the opposite one: |cos| above
  // 0.999, copies included. Among at most kMostCompared evenly spaced units; `compared` says how many.
  std::size_t near_copies = 0;
  std::size_t compared = 0;
  std::size_t dead_units = 0;  // activation gets <= 0 for every sample; 0 for activations that cannot die
  // Share of activations beyond 99 % of their range; null where the activation is unbounded.
  std::optional<double> saturated;
  // Mean cosine between the activations of two samples, and effective rank of the activation matrix (Roy and
  // Vetterli 2007: exp of the entropy of its singular values). Null where not measured, and where no two
  // samples (for the rank: not one) have finite activations other than 0. See activation_rank.h for the part
  // that is looked at.
  std::optional<double> correlation;
  std::optional<double> effective_rank;
  TensorProbe weights, z, a, d_z, d_w;

  // Share of dead units; null for activations that cannot die.
  std::optional<double> dead() const;
  double weight_norm() const;    // Frobenius, of the finite weights
  double gradient_norm() const;  // Frobenius, of the finite elements of dW
  double d_z_rms() const;        // root mean square, of the finite elements
};

// Bins of a histogram; their range is shared, see histogram_range.h.
inline constexpr std::size_t kHistogramBins = 40;
inline constexpr std::size_t kMostCompared = 512;

struct ProbeOptions {
  bool spectra = true;  // correlation and effective rank
};

// Measures every layer from the last forward and backward passes in `workspace`; histograms are left empty.
// Reuses the memory of `layers` and `scratch`; with both, and without spectra, nothing is allocated.
void probe_layers(const Network& network, const Workspace& workspace, RowScratch& scratch,
                  std::vector<LayerProbe>& layers, ProbeOptions options = {});

// Fills the histogram of each tensor over the bins that it holds (low, high, counts.size()).
void probe_histograms(const Network& network, const Workspace& workspace, std::vector<LayerProbe>& layers);

double root_mean_square(const Summary& summary);

// How the signal changes on its way through the hidden layers, from the probes of a whole network: rms of z
// in the last of them over that in layer 1, and rms of dz in layer 1 over that in the last of them (not in
// the output layer, whose few units have a scale of their own). Null where there are not two hidden layers,
// or one side is 0 or has no finite number.
std::optional<double> signal_ratio(const std::vector<LayerProbe>& layers);
std::optional<double> gradient_ratio(const std::vector<LayerProbe>& layers);

// Groups of units that are copies of each other, by the rule of LayerProbe::distinct_units; `weights` is of
// the layer's W. list_groups tells each unit's afterwards.
RowGroups group_units(const Layer& layer, const Summary& weights, RowScratch& scratch);

// How many rows of [W b] differ, by the rule above.
std::size_t count_distinct_units(const Layer& layer);

}  // namespace initlab
