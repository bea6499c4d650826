// The arithmetic of training, vectorised over samples: one SIMD lane, one sample.
//
// Three paths exist, AVX-512, AVX2 with FMA, and portable; the widest that the processor has is chosen at run
// time, or INITLAB_SIMD picks one. All give the same bits: every multiply-add is one fused operation, sums
// over inputs run in the order of the inputs, sums over samples run in kLaneCount lanes (lane = sample mod 8)
// that are added in one fixed order at the end. No kernel allocates. All are safe to call from several
// threads at once on different outputs.
//
// "Returns whether finite": true when no real (not padding) element of the output is NaN or infinite. NaN and
// infinity are results like any other, and flow on.
#pragma once

#include <cstdint>
#include <optional>
#include <span>
#include <string>
#include <string_view>

#include "core/numeric/matrix.h"
#include "core/numeric/statistics_kernels.h"

namespace initlab {

// An activation on one path. `parameter` is what it is tuned by; most ignore it.
struct ActivationKernel {
  // A = f(Z), elementwise, same shape.
  void (*apply)(double parameter, ConstBlock z, Block a);
  // dZ = dA * f'(Z), given both Z and A = f(Z), elementwise; dA and dZ may be the same matrix. At kinks f' is
  // PyTorch's: 0 for ReLU, the slope for leaky ReLU, 1 for ELU, lambda alpha for SELU. Where functions
  // saturate the derivative keeps its digits, down to 1e-300 and below. Returns whether finite.
  bool (*backward)(double parameter, ConstBlock z, ConstBlock a, ConstBlock d_a, Block d_z);
};
struct ElementwiseFunction {
  ActivationKernel kernel;
  double parameter = 0;
};

// --- Small networks: few units a layer, so that a block of samples stays in the nearest cache for a whole
// pass.

inline constexpr std::size_t kMostSmallUnits = 16;  // of every layer, and inputs of the first
inline constexpr std::size_t kMostSmallLayers = 16;
inline constexpr std::size_t kSmallBlockPacks = 8;  // groups of eight samples that go through together

struct SmallLayer {
  const Matrix* w;  // (units, inputs)
  const double* b;  // (units)
  ElementwiseFunction f;
  Matrix* d_w;  // (units, inputs)
  double* d_b;  // (units)
};
// Logistic cross entropy and squared error are for one output.
enum class SmallLoss { kLogisticCrossEntropy, kSoftmaxCrossEntropy, kSquaredError };
struct SmallPass {
  const SmallLayer* layers;
  std::size_t count;  // of layers
  SmallLoss loss;
  ConstBlock x;     // (inputs, m)
  ConstBlock y;     // (outputs, m)
  double* scratch;  // of small_scratch_size() doubles, aligned to 64 bytes; content is of no matter
};
struct SmallOutcome {
  double cost;
  // False where a number of the pass is not finite, and rarely where all are: then the kernels of whole
  // matrices tell.
  bool is_finite;
};

struct Kernels {
  // "avx512", "avx2" or "portable".
  std::string_view name;

  // Z = W A + b. W (n_out, n_in), b (n_out), A (n_in, m), Z (n_out, m). Returns whether finite.
  bool (*affine)(const Matrix& w, std::span<const double> b, ConstBlock a, Block z);
  // dA = W^T dZ. W (n_out, n_in), dZ (n_out, m), dA (n_in, m).
  void (*transposed_product)(const Matrix& w, ConstBlock d_z, Block d_a);
  // dW = dZ A^T, db = row sums of dZ: sums over samples. dZ (n_out, m), A (n_in, m), dW (n_out, n_in), db
  // (n_out). Returns whether finite.
  bool (*gradient_sums)(ConstBlock d_z, ConstBlock a, Matrix& d_w, std::span<double> d_b);

  // The same two, and after each panel of some samples, while they are in cache, what follows: A' = f(Z), and
  // dZ = (W^T dZ_above) * f'(Z). Returns whether Z, and dZ, are finite.
  bool (*affine_activated)(const Matrix& w, std::span<const double> b, ConstBlock a, Block z,
                           const ElementwiseFunction& f, Block f_of_z);
  bool (*transposed_product_activated)(const Matrix& w, ConstBlock d_z_above, const ElementwiseFunction& f,
                                       ConstBlock z, ConstBlock f_of_z, Block d_z);

  // Cost, and the gradients of every layer, to the bit what the kernels of whole matrices give.
  SmallOutcome (*small_pass)(const SmallPass& pass);
  // Z of the last of `count` layers for X (inputs, m), without what gradients need. Scratch as above.
  void (*small_forward)(const SmallLayer* layers, std::size_t count, ConstBlock x, double* scratch, Block z);

  ActivationKernel linear;
  ActivationKernel relu;
  ActivationKernel leaky_relu;  // parameter: the slope
  ActivationKernel tanh;
  ActivationKernel sigmoid;
  ActivationKernel elu;
  ActivationKernel selu;
  ActivationKernel gelu;
  ActivationKernel gelu_tanh;
  ActivationKernel silu;
  ActivationKernel softplus;
  ActivationKernel sine;  // parameter: the frequency
  ActivationKernel softsign;

  // A = exp(Z - max) / sum over the k rows, for each sample. Z, A (k, m).
  void (*softmax)(ConstBlock z, Block a);
  // dZ = A * (dA - sum over rows of A * dA), given A = softmax(Z); dA and dZ may be the same matrix. Returns
  // whether finite.
  bool (*softmax_backward)(ConstBlock a, ConstBlock d_a, Block d_z);
  // Mean over samples of log(sum exp(z)) - sum y z: cross entropy of a softmax output from its logits, finite
  // for every finite Z. Z, Y (k, m); each column of Y sums to 1.
  double (*softmax_cross_entropy)(ConstBlock z, ConstBlock y);
  // Its gradient: dZ = (softmax(Z) - Y) / m, given A = softmax(Z). Returns whether finite.
  bool (*softmax_cross_entropy_backward)(ConstBlock a, ConstBlock y, Block d_z);

  // Mean over samples of softplus(z) - y z, summed over outputs: cross entropy of a sigmoid output from its
  // logit, finite for every finite z. Z, Y (k, m), Y in [0, 1].
  double (*logistic_cross_entropy)(ConstBlock z, ConstBlock y);
  // Its gradient: dZ = (sigmoid(Z) - Y) / m, given A = sigmoid(Z). Returns whether finite.
  bool (*logistic_cross_entropy_backward)(ConstBlock a, ConstBlock y, Block d_z);
  // Mean over samples and outputs of (a - y)^2. A, Y (k, m).
  double (*squared_error)(ConstBlock a, ConstBlock y);
  // Its gradient: dA = 2 (A - Y) / (k m).
  void (*squared_error_backward)(ConstBlock a, ConstBlock y, Block d_a);

  // W = W - rate * dW, one fused operation an element. Returns whether finite.
  bool (*descend)(double rate, const Matrix& d_w, Matrix& w);
  bool (*descend_vector)(double rate, std::span<const double> d_b, std::span<double> b);
  // dW = dW + l2 * W + l1 * sign(W).
  void (*add_penalty_gradient)(double l1, double l2, const Matrix& w, Matrix& d_w);
  // l1 * sum |w| + l2 / 2 * sum w^2.
  double (*penalty)(double l1, double l2, const Matrix& w);

  // The project's own functions, elementwise over a span, for tests and for what is not a matrix.
  void (*exp_span)(std::span<const double> x, std::span<double> y);
  void (*log1p_span)(std::span<const double> x, std::span<double> y);
  void (*tanh_span)(std::span<const double> x, std::span<double> y);
  void (*erf_span)(std::span<const double> x, std::span<double> y);
  void (*expm1_span)(std::span<const double> x, std::span<double> y);
  void (*sin_span)(std::span<const double> x, std::span<double> y);
  void (*cos_span)(std::span<const double> x, std::span<double> y);

  // Of statistics.h, whose values need no padding: extremes, the sum of the finite values times `scale`, how
  // far they lie from a mean, and the counts of a histogram (`slots`: bins.count + kSlotsBesideBins; low <
  // high, at most kMostFastBins bins).
  FiniteExtremes (*finite_extremes)(ConstBlock values);
  double (*finite_sum)(double scale, ConstBlock values);
  FiniteSpread (*finite_spread)(double scale, double mean, ConstBlock values);
  void (*count_in_bins)(ConstBlock values, const BinScale& bins, std::int64_t* slots);
};

// The path in use: chosen once, at the first call, from INITLAB_SIMD or the processor. Requires that
// check_simd_choice() found nothing wrong.
const Kernels& kernels();

// Null when INITLAB_SIMD is unset, empty, or names a path that this processor has; else one line that quotes
// it and says what is allowed here.
std::optional<std::string> check_simd_choice();

// Every path that this processor has, the widest first: for tests that hold one against another.
std::span<const Kernels* const> available_kernels();

}  // namespace initlab
