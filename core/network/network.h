// A multilayer perceptron and one pass of learning: forward, cost, backward, update. No history, no schedule,
// no thread: a Run (core/experiment) owns those.
//
// Layers count from 1 in everything a person sees; here layers[0] is layer 1. Nothing allocates after the
// first pass with the same shapes.
#pragma once

#include <cstddef>
#include <cstdint>
#include <optional>
#include <span>
#include <string_view>
#include <vector>

#include "core/network/activations.h"
#include "core/network/initializers.h"
#include "core/network/losses.h"
#include "core/numeric/matrix.h"

namespace initlab {

struct Layer {
  Matrix w;               // (n_out, n_in)
  std::vector<double> b;  // (n_out)
  ActivationId activation = ActivationId::kRelu;

  std::size_t units() const { return w.rows(); }
  std::size_t inputs() const { return w.columns(); }
  bool operator==(const Layer&) const = default;
};

struct Network {
  std::vector<Layer> layers;  // at least one; the last is the output layer
  bool operator==(const Network&) const = default;
};

// How to build a network: sizes from the inputs to the outputs, so at least two numbers.
struct NetworkPlan {
  std::vector<std::size_t> sizes;
  ActivationId hidden_activation = ActivationId::kRelu;
  ActivationId output_activation = ActivationId::kSigmoid;
  SchemeId scheme = SchemeId::kHeNormal;
  SchemeParameters parameters;
  std::uint32_t seed = 0;
};
// One generator, seeded once, draws the layers in order.
Network make_network(const NetworkPlan& plan);

struct Objective {
  LossId loss = LossId::kCrossEntropy;
  double l1 = 0;
  double l2 = 0;
  bool operator==(const Objective&) const = default;
};

// The tensors in which a number can stop being finite, in the order in which a step computes them.
enum class Tensor { kZ, kA, kCost, kDz, kDw, kWeights };
std::string_view tensor_name(Tensor tensor);  // "z", "a", "cost", "dz", "dw", "weights"

// Where a non-finite number stood first: layer from 1, 0 for the cost.
struct NonFinite {
  std::size_t layer = 0;
  Tensor tensor = Tensor::kZ;
  bool operator==(const NonFinite&) const = default;
};

// What a pass leaves behind for one layer.
struct LayerPass {
  Matrix z, a;              // (units, m)
  Matrix d_z;               // (units, m), gradient of the cost
  Matrix d_w;               // (units, inputs), penalties included
  std::vector<double> d_b;  // (units)
};
struct Workspace {
  std::vector<LayerPass> layers;
};

// Fills z and a of every layer for X (inputs, m). Null when all is finite.
std::optional<NonFinite> forward(const Network& network, const Matrix& x, Workspace& workspace);

// Cost of the last forward pass against Y (outputs, m), penalties included. Cross entropy needs a sigmoid
// output and is taken from its logit.
double cost(const Network& network, const Objective& objective, const Matrix& y, const Workspace& workspace);

// Fills d_z, d_w, d_b of every layer from the last forward pass. Null when all is finite.
std::optional<NonFinite> backward(const Network& network, const Objective& objective, const Matrix& x,
                                  const Matrix& y, Workspace& workspace);

// w = w - rate * d_w for every weight and bias: gradient descent. Null when all weights are finite.
std::optional<NonFinite> descend(double rate, const Workspace& workspace, Network& network);

// Share of samples on the right side: output activation above one half against y above one half. Only the
// output layer's z is read. Meaningful for a sigmoid output.
double accuracy(const Workspace& workspace, const Matrix& y);

// Largest relative difference between `backward` and central differences of `cost` over every weight and
// bias: |g - d| / max(1e-7, |g| + |d|). `step` is the half width of the difference.
double gradient_check(const Network& network, const Objective& objective, const Matrix& x, const Matrix& y,
                      double step = 1e-5);

}  // namespace initlab
