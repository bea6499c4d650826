#include "core/network/small_network.h"

#include <algorithm>
#include <cmath>

namespace initlab {
namespace {

bool is_small(const Network& network) {
  return network.layers.size() <= kMostSmallLayers && network.layers.front().inputs() <= kMostSmallUnits &&
         std::ranges::all_of(network.layers, [](const Layer& layer) {
           return layer.units() <= kMostSmallUnits && !layer.norm;
         });
}

// Null for what the kernels of whole matrices are for: losses that sum over several outputs, softmax with
// squared error.
std::optional<SmallLoss> small_loss(const Network& network, LossId loss) {
  const bool one_output = network.layers.back().units() == 1;
  if (network.output == OutputId::kSoftmax) {
    if (loss == LossId::kCrossEntropy) return SmallLoss::kSoftmaxCrossEntropy;
    return std::nullopt;
  }
  if (!one_output) return std::nullopt;
  return loss == LossId::kCrossEntropy ? SmallLoss::kLogisticCrossEntropy : SmallLoss::kSquaredError;
}

// Blocks of z, a and d_z and sums of every layer, blocks of X and Y.
std::size_t scratch_size(const Network& network) {
  constexpr std::size_t kBlock = kSmallBlockPacks * kLaneCount;
  std::size_t size = (network.layers.front().inputs() + network.layers.back().units()) * kBlock;
  for (const Layer& layer : network.layers) {
    size += layer.units() * (3 * kBlock + (layer.inputs() + 1) * kLaneCount);
  }
  return size;
}

void prepare(const Network& network, SmallWorkspace& small) {
  if (const std::size_t size = scratch_size(network); small.scratch.size() != size)
    small.scratch.resize(1, size);
  small.layers.clear();
  for (const Layer& layer : network.layers) {
    small.layers.push_back({.w = &layer.w,
                            .b = layer.b.data(),
                            .f = elementwise(layer.activation, layer.activation_parameters),
                            .d_w = nullptr,
                            .d_b = nullptr});
  }
}

}  // namespace

std::optional<double> small_gradients(const Network& network, const Objective& objective, const Matrix& x,
                                      const Matrix& y, SmallWorkspace& small, Workspace& workspace) {
  if (!is_small(network) || x.columns() == 0) return std::nullopt;
  const std::optional<SmallLoss> loss = small_loss(network, objective.loss);
  if (!loss) return std::nullopt;
  prepare(network, small);
  match_gradients(network, workspace);
  for (std::size_t l = 0; l < network.layers.size(); ++l) {
    small.layers[l].d_w = &workspace.layers[l].d_w;
    small.layers[l].d_b = workspace.layers[l].d_b.data();
  }
  const SmallOutcome outcome = kernels().small_pass({.layers = small.layers.data(),
                                                     .count = small.layers.size(),
                                                     .loss = *loss,
                                                     .x = x,
                                                     .y = y,
                                                     .scratch = small.scratch.row(0)});
  if (!outcome.is_finite) return std::nullopt;
  const double cost = with_penalty(network, objective, outcome.cost);
  if (!std::isfinite(cost)) return std::nullopt;
  add_penalty_gradients(network, objective, workspace);
  return cost;
}

bool small_forward(const Network& network, const Matrix& x, SmallWorkspace& small, Matrix& z) {
  if (!is_small(network)) return false;
  prepare(network, small);
  if (z.rows() != network.layers.back().units() || z.columns() != x.columns()) {
    z.resize(network.layers.back().units(), x.columns());
  }
  kernels().small_forward(small.layers.data(), small.layers.size(), x, small.scratch.row(0), z);
  return true;
}

}  // namespace initlab
