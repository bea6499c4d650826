// Forward, cost and backward over the kernels of core/numeric.
#include "core/network/network.h"

#include <array>
#include <cassert>
#include <cmath>

namespace initlab {
namespace {

void match(Matrix& matrix, std::size_t rows, std::size_t columns) {
  if (matrix.rows() != rows || matrix.columns() != columns) matrix.resize(rows, columns);
}

// Shapes of z and a of every layer for m samples; allocates only when they change.
void match_workspace(const Network& network, std::size_t m, Workspace& workspace) {
  workspace.layers.resize(network.layers.size());
  for (std::size_t l = 0; l < network.layers.size(); ++l) {
    match(workspace.layers[l].z, network.layers[l].units(), m);
    match(workspace.layers[l].a, network.layers[l].units(), m);
  }
}

ElementwiseFunction activation_of(const Layer& layer) {
  return elementwise(layer.activation, layer.activation_parameters);
}

bool activate_backward(const Layer& layer, const LayerPass& pass, const Matrix& d_a, Matrix& d_z) {
  const ElementwiseFunction f = activation_of(layer);
  return f.kernel.backward(f.parameter, pass.into_activation(layer), pass.a, d_a, d_z);
}

// Z and A of one layer; returns whether Z and what the activation gets are finite. Every activation here is
// finite where its input is.
bool forward_layer(const Layer& layer, const Matrix& input, Pass mode, LayerPass& pass) {
  const ElementwiseFunction f = activation_of(layer);
  if (!layer.norm) return kernels().affine_activated(layer.w, layer.b, input, pass.z, f, pass.a);
  bool is_finite = kernels().affine(layer.w, layer.b, input, pass.z);
  is_finite &= mode == Pass::kTraining ? normalize_batch(*layer.norm, pass.z, pass.norm, pass.u)
                                       : normalize_running(*layer.norm, pass.z, pass.u);
  f.kernel.apply(f.parameter, pass.u, pass.a);
  return is_finite;
}

// The gradient of the loss with respect to the output layer's z.
bool output_gradient(const Network& network, const Objective& objective, const Matrix& y, LayerPass& last) {
  if (objective.loss == LossId::kCrossEntropy) {
    assert(network.output != OutputId::kLinear);
    return network.output == OutputId::kSoftmax
               ? kernels().softmax_cross_entropy_backward(last.a, y, last.d_z)
               : kernels().logistic_cross_entropy_backward(last.a, y, last.d_z);
  }
  kernels().squared_error_backward(last.a, y, last.d_z);
  if (network.output == OutputId::kSoftmax) return kernels().softmax_backward(last.a, last.d_z, last.d_z);
  return activate_backward(network.layers.back(), last, last.d_z, last.d_z);
}

// The gradient with respect to a hidden layer's z, from the layer above.
bool hidden_gradient(const Layer& above, const Matrix& d_z_above, const Layer& layer, LayerPass& pass) {
  const bool is_finite = kernels().transposed_product_activated(
      above.w, d_z_above, activation_of(layer), pass.into_activation(layer), pass.a, pass.d_z);
  if (!layer.norm) return is_finite;
  return normalize_backward(*layer.norm, pass.z, pass.d_z, pass.norm, pass.d_z) && is_finite;
}

std::size_t largest_row(const Matrix& values, std::size_t column) {
  std::size_t largest = 0;
  for (std::size_t r = 1; r < values.rows(); ++r) {
    if (values(r, column) > values(largest, column)) largest = r;
  }
  return largest;
}

}  // namespace

std::string_view tensor_name(Tensor tensor) {
  constexpr std::array<std::string_view, 6> kNames = {"z", "a", "cost", "dz", "dw", "weights"};
  return kNames[static_cast<std::size_t>(tensor)];
}

std::optional<NonFinite> forward(const Network& network, const Matrix& x, Workspace& workspace, Pass mode) {
  match_workspace(network, x.columns(), workspace);
  std::optional<NonFinite> trouble;
  const Matrix* input = &x;
  for (std::size_t l = 0; l < network.layers.size(); ++l) {
    LayerPass& pass = workspace.layers[l];
    const bool is_finite = forward_layer(network.layers[l], *input, mode, pass);
    if (!is_finite && !trouble) trouble = NonFinite{l + 1, Tensor::kZ};
    input = &pass.a;
  }
  if (network.output == OutputId::kSoftmax) {
    LayerPass& last = workspace.layers.back();
    kernels().softmax(last.z, last.a);
  }
  return trouble;
}

double cost(const Network& network, const Objective& objective, const Matrix& y, const Workspace& workspace) {
  const LayerPass& last = workspace.layers.back();
  double total = 0;
  if (objective.loss == LossId::kMeanSquaredError) {
    total = kernels().squared_error(last.a, y);
  } else if (network.output == OutputId::kSoftmax) {
    total = kernels().softmax_cross_entropy(last.z, y);
  } else {
    total = kernels().logistic_cross_entropy(last.z, y);
  }
  return with_penalty(network, objective, total);
}

double with_penalty(const Network& network, const Objective& objective, double cost) {
  if (objective.l1 == 0 && objective.l2 == 0) return cost;
  for (const Layer& layer : network.layers) cost += kernels().penalty(objective.l1, objective.l2, layer.w);
  return cost;
}

std::optional<NonFinite> backward(const Network& network, const Objective& objective, const Matrix& x,
                                  const Matrix& y, Workspace& workspace) {
  match_gradients(network, workspace);
  std::optional<NonFinite> trouble;
  for (std::size_t l = network.layers.size(); l-- > 0;) {
    const Layer& layer = network.layers[l];
    LayerPass& pass = workspace.layers[l];
    match(pass.d_z, layer.units(), x.columns());
    const bool signal_is_finite =
        l + 1 == network.layers.size()
            ? output_gradient(network, objective, y, pass)
            : hidden_gradient(network.layers[l + 1], workspace.layers[l + 1].d_z, layer, pass);
    if (!signal_is_finite && !trouble) trouble = NonFinite{l + 1, Tensor::kDz};
    const Matrix& input = l == 0 ? x : workspace.layers[l - 1].a;
    const bool sums_are_finite = kernels().gradient_sums(pass.d_z, input, pass.d_w, pass.d_b);
    if (!sums_are_finite && !trouble) trouble = NonFinite{l + 1, Tensor::kDw};
  }
  add_penalty_gradients(network, objective, workspace);
  return trouble;
}

void match_gradients(const Network& network, Workspace& workspace) {
  workspace.layers.resize(network.layers.size());
  for (std::size_t l = 0; l < network.layers.size(); ++l) {
    match(workspace.layers[l].d_w, network.layers[l].units(), network.layers[l].inputs());
    workspace.layers[l].d_b.resize(network.layers[l].units());
  }
}

void add_penalty_gradients(const Network& network, const Objective& objective, Workspace& workspace) {
  if (objective.l1 == 0 && objective.l2 == 0) return;
  for (std::size_t l = 0; l < network.layers.size(); ++l) {
    kernels().add_penalty_gradient(objective.l1, objective.l2, network.layers[l].w, workspace.layers[l].d_w);
  }
}

double accuracy(const Network& network, const Workspace& workspace, const Matrix& y) {
  const Matrix& z = workspace.layers.back().z;
  assert(z.rows() == y.rows() && z.columns() == y.columns() && network.output != OutputId::kLinear);
  std::size_t right = 0;
  if (network.output == OutputId::kSoftmax) {
    for (std::size_t c = 0; c < y.columns(); ++c) right += largest_row(z, c) == largest_row(y, c);
    return static_cast<double>(right) / static_cast<double>(y.columns());
  }
  for (std::size_t r = 0; r < z.rows(); ++r) {
    for (std::size_t c = 0; c < z.columns(); ++c) right += (z(r, c) > 0) == (y(r, c) > 0.5);
  }
  return static_cast<double>(right) / static_cast<double>(z.size());
}

Matrix targets_of(OutputId output, const Matrix& y, std::size_t outputs) {
  if (output != OutputId::kSoftmax) return y;
  Matrix targets(outputs, y.columns());
  for (std::size_t c = 0; c < y.columns(); ++c) {
    const auto label = static_cast<std::size_t>(y(0, c));
    assert(label < outputs);
    targets(label, c) = 1;
  }
  return targets;
}

}  // namespace initlab
