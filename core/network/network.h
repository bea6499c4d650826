// A multilayer perceptron and one pass of learning: forward, cost, backward. No history, no schedule, no
// thread: a Run (core/experiment) owns those; optimizers.h takes the step.
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
#include "core/network/batch_norm.h"
#include "core/network/initializers.h"
#include "core/network/losses.h"
#include "core/numeric/matrix.h"

namespace initlab {

struct Layer {
  Matrix w;               // (n_out, n_in)
  std::vector<double> b;  // (n_out)
  ActivationId activation = ActivationId::kRelu;
  ActivationParameters activation_parameters;
  std::optional<BatchNorm> norm;  // between Z and the activation
  bool frozen = false;            // no step changes it

  std::size_t units() const { return w.rows(); }
  std::size_t inputs() const { return w.columns(); }
  bool operator==(const Layer&) const = default;
};

struct Network {
  std::vector<Layer> layers;  // at least one; the last is the output layer
  OutputId output = OutputId::kSigmoid;
  bool operator==(const Network&) const = default;
};

// How one layer is built.
struct LayerPlan {
  std::size_t units = 1;
  ActivationId activation = ActivationId::kRelu;
  ActivationParameters activation_parameters;
  SchemeId scheme = SchemeId::kHeNormal;
  SchemeParameters parameters;
  BiasId bias = BiasId::kFramework;
  double bias_value = 0.01;  // of a constant bias
  bool batch_norm = false;
};

// How a network is built, and from what: the pointers may be null where no layer asks for them, and are not
// kept.
struct NetworkPlan {
  std::size_t inputs = 1;
  std::vector<LayerPlan> layers;
  OutputId output = OutputId::kSigmoid;
  std::uint32_t seed = 0;
  const Matrix* x = nullptr;  // (inputs, m), training samples: LSUV
  const Matrix* y = nullptr;  // (outputs, m), their targets: log-odds
  // For each layer the network that it is copied from (layer of the same number): from_file, from_run. Empty
  // where there is none; shapes agree.
  std::vector<const Network*> sources;
};
// What the scheme of layer `l` (from 0) is told.
LayerContext layer_context(const NetworkPlan& plan, std::size_t l);
// One generator, seeded once, draws the layers in order: weights, then biases where they are drawn.
Network make_network(const NetworkPlan& plan);

// The common case: one scheme and one hidden activation throughout.
struct UniformPlan {
  std::vector<std::size_t> sizes;  // from the inputs to the outputs: at least two numbers
  ActivationId hidden_activation = ActivationId::kRelu;
  OutputId output = OutputId::kSigmoid;
  SchemeId scheme = SchemeId::kHeNormal;
  SchemeParameters parameters;
  std::uint32_t seed = 0;
};
NetworkPlan network_plan(const UniformPlan& plan);

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
  // Only where the layer has batch normalization.
  Matrix u;            // (units, m), what the activation gets
  BatchNormPass norm;  // statistics of the batch and gradients

  const Matrix& into_activation(const Layer& layer) const { return layer.norm ? u : z; }
};
struct Workspace {
  std::vector<LayerPass> layers;
};

// Whose statistics batch normalization uses: the batch's own, or the running ones.
enum class Pass { kTraining, kEvaluation };

// Fills z and a of every layer for X (inputs, m). Null when all is finite.
std::optional<NonFinite> forward(const Network& network, const Matrix& x, Workspace& workspace,
                                 Pass pass = Pass::kTraining);

// Cost of the last forward pass against Y (outputs, m), penalties included. Cross entropy needs a sigmoid or
// softmax output and is taken from its logits.
double cost(const Network& network, const Objective& objective, const Matrix& y, const Workspace& workspace);

// Fills d_z, d_w, d_b of every layer from the last forward pass (a training pass). Null when all is finite.
std::optional<NonFinite> backward(const Network& network, const Objective& objective, const Matrix& x,
                                  const Matrix& y, Workspace& workspace);

// The parts of the above that every way through the network shares: shapes of d_w and d_b; a cost and l1 *
// sum |w| + l2 / 2 * sum w^2 of every layer; what that adds to every d_w.
void match_gradients(const Network& network, Workspace& workspace);
double with_penalty(const Network& network, const Objective& objective, double cost);
void add_penalty_gradients(const Network& network, const Objective& objective, Workspace& workspace);

// Share of samples on the right side: sigmoid above one half against y above one half, or the largest of the
// softmax against the class. Only the output layer's z is read. Not for a linear output.
double accuracy(const Network& network, const Workspace& workspace, const Matrix& y);

// Targets of the output layer from Samples::y (1, m): the row itself, or one row a class with a 1 where it is
// that class. `outputs` is the number of units of the output layer.
Matrix targets_of(OutputId output, const Matrix& y, std::size_t outputs);

// Biases of an output layer that guesses the share of each class: ln(p / (1 - p)), for softmax ln p, with p
// kept half a sample away from 0 and 1. Y (outputs, m), m > 0.
std::vector<double> log_odds(OutputId output, const Matrix& y);

// Largest relative difference between `backward` and central differences of `cost` over every weight, bias,
// and scale and shift of a batch normalization: |g - d| / max(1e-4, |g| + |d|). `step` is the half width of
// the difference.
double gradient_check(const Network& network, const Objective& objective, const Matrix& x, const Matrix& y,
                      double step = 1e-5);

}  // namespace initlab
