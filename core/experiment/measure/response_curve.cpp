// One forward pass over a grid of x, one backward pass from the output's activation, which is given a
// gradient of 1. Batch normalization takes part with its running statistics, as in every answer.
#include "core/experiment/measure/response_curve.h"

#include <algorithm>
#include <cmath>

namespace initlab {
namespace {

constexpr std::size_t kPoints = 257;
constexpr double kMargin = 0.1;

void match(Matrix& matrix, std::size_t rows, std::size_t columns) {
  if (matrix.rows() != rows || matrix.columns() != columns) matrix.resize(rows, columns);
}

void fill_axis(const Dataset& data, std::vector<double>& x) {
  double low = data.train.x(0, 0);
  double high = low;
  for (const Samples* samples : {&data.train, &data.test}) {
    if (samples->count() == 0) continue;
    const auto values = samples->x.row_span(0);
    low = std::min(low, *std::ranges::min_element(values));
    high = std::max(high, *std::ranges::max_element(values));
  }
  const double margin = kMargin * std::max(high - low, 1e-6);
  x.resize(kPoints);
  for (std::size_t i = 0; i < kPoints; ++i) {
    const double share = static_cast<double>(i) / static_cast<double>(kPoints - 1);
    x[i] = (low - margin) + share * (high - low + 2 * margin);
  }
}

// d_z of every layer for d output = 1 at every point.
void unit_gradients(const Network& network, Workspace& scratch) {
  for (std::size_t l = network.layers.size(); l-- > 0;) {
    const Layer& layer = network.layers[l];
    LayerPass& pass = scratch.layers[l];
    match(pass.d_z, layer.units(), pass.a.columns());
    if (l + 1 == network.layers.size()) {
      std::ranges::fill(pass.d_z.row_span(0), 1.0);
    } else {
      kernels().transposed_product(network.layers[l + 1].w, scratch.layers[l + 1].d_z, pass.d_z);
    }
    const ElementwiseFunction f = elementwise(layer.activation, layer.activation_parameters);
    f.kernel.backward(f.parameter, pass.into_activation(layer), pass.a, pass.d_z, pass.d_z);
    if (!layer.norm) continue;
    for (std::size_t r = 0; r < layer.units(); ++r) {
      const double slope =
          layer.norm->gamma[r] / std::sqrt(layer.norm->running_variance[r] + kBatchNormEpsilon);
      for (double& value : pass.d_z.row_span(r)) value *= slope;
    }
  }
}

// Scaled by the largest, so that 1e-200 does not vanish in its square; NaN where one is not finite.
double root_mean_square_of_column(const Matrix& values, std::size_t column) {
  double largest = 0;
  for (std::size_t r = 0; r < values.rows(); ++r) largest = std::max(largest, std::abs(values(r, column)));
  if (largest == 0) largest = 1;
  double squares = 0;
  for (std::size_t r = 0; r < values.rows(); ++r) {
    const double scaled = values(r, column) / largest;
    squares += scaled * scaled;
  }
  return largest * std::sqrt(squares / static_cast<double>(values.rows()));
}

}  // namespace

void fill_response_curve(const Network& network, const Dataset& data, Workspace& scratch, Matrix& grid,
                         ResponseCurve& curve) {
  if (network.layers.front().inputs() != 1 || network.layers.back().units() != 1 ||
      network.output == OutputId::kSoftmax || data.train.count() == 0) {
    curve = {};
    return;
  }
  fill_axis(data, curve.x);
  match(grid, 1, kPoints);
  std::ranges::copy(curve.x, grid.row(0));
  forward(network, grid, scratch, Pass::kEvaluation);
  unit_gradients(network, scratch);

  const auto y = scratch.layers.back().a.row_span(0);
  curve.y.assign(y.begin(), y.end());
  curve.gradient.resize(network.layers.size());
  for (std::size_t l = 0; l < network.layers.size(); ++l) {
    curve.gradient[l].resize(kPoints);
    for (std::size_t i = 0; i < kPoints; ++i) {
      curve.gradient[l][i] = root_mean_square_of_column(scratch.layers[l].d_z, i);
    }
  }
}

}  // namespace initlab
