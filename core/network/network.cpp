// Forward, cost, backward and update over the kernels of core/numeric.
#include "core/network/network.h"

#include <array>
#include <cassert>
#include <cmath>

namespace initlab {
namespace {

void match(Matrix& matrix, std::size_t rows, std::size_t columns) {
  if (matrix.rows() != rows || matrix.columns() != columns) matrix.resize(rows, columns);
}

// Shapes of every tensor of a pass over m samples; allocates only when they change.
void match_workspace(const Network& network, std::size_t m, Workspace& workspace) {
  workspace.layers.resize(network.layers.size());
  for (std::size_t l = 0; l < network.layers.size(); ++l) {
    match(workspace.layers[l].z, network.layers[l].units(), m);
    match(workspace.layers[l].a, network.layers[l].units(), m);
  }
}

// The gradient of the loss with respect to the output layer's z.
bool output_gradient(const Network& network, const Objective& objective, const Matrix& y,
                     Workspace& workspace) {
  LayerPass& last = workspace.layers.back();
  const Activation& row = activation(network.layers.back().activation);
  if (objective.loss == LossId::kCrossEntropy) {
    assert(row.kind == ActivationId::kSigmoid);
    return kernels().logistic_cross_entropy_backward(last.a, y, last.d_z);
  }
  kernels().squared_error_backward(last.a, y, last.d_z);
  return (kernels().*row.apply_backward)(last.z, last.a, last.d_z, last.d_z);
}

}  // namespace

std::string_view tensor_name(Tensor tensor) {
  constexpr std::array<std::string_view, 6> kNames = {"z", "a", "cost", "dz", "dw", "weights"};
  return kNames[static_cast<std::size_t>(tensor)];
}

Network make_network(const NetworkPlan& plan) {
  assert(plan.sizes.size() >= 2);
  Network network;
  NumpyRandom random(plan.seed);
  for (std::size_t l = 1; l < plan.sizes.size(); ++l) {
    Layer layer;
    layer.w = Matrix(plan.sizes[l], plan.sizes[l - 1]);
    layer.b.assign(plan.sizes[l], 0.0);
    layer.activation = l + 1 == plan.sizes.size() ? plan.output_activation : plan.hidden_activation;
    scheme(plan.scheme).draw(plan.parameters, random, layer.w);
    network.layers.push_back(std::move(layer));
  }
  return network;
}

std::optional<NonFinite> forward(const Network& network, const Matrix& x, Workspace& workspace) {
  match_workspace(network, x.columns(), workspace);
  std::optional<NonFinite> trouble;
  const Matrix* input = &x;
  for (std::size_t l = 0; l < network.layers.size(); ++l) {
    const Layer& layer = network.layers[l];
    LayerPass& pass = workspace.layers[l];
    const bool is_finite = kernels().affine(layer.w, layer.b, *input, pass.z);
    if (!is_finite && !trouble) trouble = NonFinite{l + 1, Tensor::kZ};
    // Every activation here is finite where z is.
    (kernels().*activation(layer.activation).apply)(pass.z, pass.a);
    input = &pass.a;
  }
  return trouble;
}

double cost(const Network& network, const Objective& objective, const Matrix& y, const Workspace& workspace) {
  const LayerPass& last = workspace.layers.back();
  double total = objective.loss == LossId::kCrossEntropy ? kernels().logistic_cross_entropy(last.z, y)
                                                         : kernels().squared_error(last.a, y);
  if (objective.l1 != 0 || objective.l2 != 0) {
    for (const Layer& layer : network.layers) total += kernels().penalty(objective.l1, objective.l2, layer.w);
  }
  return total;
}

std::optional<NonFinite> backward(const Network& network, const Objective& objective, const Matrix& x,
                                  const Matrix& y, Workspace& workspace) {
  const std::size_t m = x.columns();
  std::optional<NonFinite> trouble;
  for (std::size_t l = network.layers.size(); l-- > 0;) {
    const Layer& layer = network.layers[l];
    LayerPass& pass = workspace.layers[l];
    match(pass.d_z, layer.units(), m);
    match(pass.d_w, layer.units(), layer.inputs());
    pass.d_b.resize(layer.units());
    bool signal_is_finite;
    if (l + 1 == network.layers.size()) {
      signal_is_finite = output_gradient(network, objective, y, workspace);
    } else {
      kernels().transposed_product(network.layers[l + 1].w, workspace.layers[l + 1].d_z, pass.d_z);
      signal_is_finite =
          (kernels().*activation(layer.activation).apply_backward)(pass.z, pass.a, pass.d_z, pass.d_z);
    }
    if (!signal_is_finite && !trouble) trouble = NonFinite{l + 1, Tensor::kDz};
    const Matrix& input = l == 0 ? x : workspace.layers[l - 1].a;
    const bool sums_are_finite = kernels().gradient_sums(pass.d_z, input, pass.d_w, pass.d_b);
    if (!sums_are_finite && !trouble) trouble = NonFinite{l + 1, Tensor::kDw};
    if (objective.l1 != 0 || objective.l2 != 0) {
      kernels().add_penalty_gradient(objective.l1, objective.l2, layer.w, pass.d_w);
    }
  }
  return trouble;
}

std::optional<NonFinite> descend(double rate, const Workspace& workspace, Network& network) {
  std::optional<NonFinite> trouble;
  for (std::size_t l = 0; l < network.layers.size(); ++l) {
    Layer& layer = network.layers[l];
    const LayerPass& pass = workspace.layers[l];
    const bool w_finite = kernels().descend(rate, pass.d_w, layer.w);
    const bool b_finite = kernels().descend_vector(rate, pass.d_b, layer.b);
    if (!(w_finite && b_finite) && !trouble) trouble = NonFinite{l + 1, Tensor::kWeights};
  }
  return trouble;
}

double accuracy(const Workspace& workspace, const Matrix& y) {
  const Matrix& z = workspace.layers.back().z;
  assert(z.rows() == y.rows() && z.columns() == y.columns());
  std::size_t right = 0;
  for (std::size_t r = 0; r < z.rows(); ++r) {
    for (std::size_t c = 0; c < z.columns(); ++c) right += (z(r, c) > 0) == (y(r, c) > 0.5);
  }
  return static_cast<double>(right) / static_cast<double>(z.size());
}

}  // namespace initlab
