// The optimizers: how a step follows from the gradient, one row each, in PyTorch's form and with its
// defaults. A new row needs its step in optimizers.cpp and an entry in OptimizerId.
#pragma once

#include <cstdint>
#include <optional>
#include <span>
#include <string_view>
#include <vector>

#include "core/network/network.h"

namespace initlab {

enum class OptimizerId { kGradientDescent, kMomentum, kRmsprop, kAdam, kCount };

// What an optimizer remembers of earlier steps; empty, or as initial_state() has it, until its first.
struct OptimizerState {
  struct Moments {
    Matrix w;                         // shape of the layer's weights
    std::vector<double> b;            // and of its biases
    std::vector<double> gamma, beta;  // and of its batch normalization
  };
  std::int64_t steps = 0;
  double beta1_power = 1;       // Adam: 0.9^steps
  double beta2_power = 1;       // Adam: 0.999^steps
  std::vector<Moments> first;   // momentum's velocity, Adam's mean
  std::vector<Moments> second;  // mean of squares: RMSProp, Adam
};

struct Optimizer {
  OptimizerId kind;
  std::string_view id, label, formula, help, reference;
  int moments;  // how many numbers it remembers of each weight
};
std::span<const Optimizer> optimizers();
const Optimizer& optimizer(OptimizerId kind);

// Before the first step of a network: zeros in its shapes.
OptimizerState initial_state(OptimizerId kind, const Network& network);

// One step with the gradients in `workspace` (of a backward pass over `m` samples), for every layer that is
// not frozen; running statistics of batch normalizations move too. Null when all weights are finite.
std::optional<NonFinite> update(OptimizerId kind, double rate, const Workspace& workspace,
                                OptimizerState& state, Network& network);

}  // namespace initlab
