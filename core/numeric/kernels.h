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

#include <optional>
#include <span>
#include <string>
#include <string_view>

#include "core/numeric/matrix.h"

namespace initlab {

struct Kernels {
  // "avx512", "avx2" or "portable".
  std::string_view name;

  // Z = W A + b. W (n_out, n_in), b (n_out), A (n_in, m), Z (n_out, m). Returns whether finite.
  bool (*affine)(const Matrix& w, std::span<const double> b, const Matrix& a, Matrix& z);
  // dA = W^T dZ. W (n_out, n_in), dZ (n_out, m), dA (n_in, m).
  void (*transposed_product)(const Matrix& w, const Matrix& d_z, Matrix& d_a);
  // dW = dZ A^T, db = row sums of dZ: sums over samples. dZ (n_out, m), A (n_in, m), dW (n_out, n_in), db
  // (n_out). Returns whether finite.
  bool (*gradient_sums)(const Matrix& d_z, const Matrix& a, Matrix& d_w, std::span<double> d_b);

  // A = f(Z), elementwise, same shape.
  void (*linear)(const Matrix& z, Matrix& a);
  void (*relu)(const Matrix& z, Matrix& a);
  void (*leaky_relu)(double slope, const Matrix& z, Matrix& a);
  void (*tanh)(const Matrix& z, Matrix& a);
  void (*sigmoid)(const Matrix& z, Matrix& a);
  void (*elu)(const Matrix& z, Matrix& a);
  void (*selu)(const Matrix& z, Matrix& a);
  void (*gelu)(const Matrix& z, Matrix& a);
  void (*gelu_tanh)(const Matrix& z, Matrix& a);
  void (*silu)(const Matrix& z, Matrix& a);
  void (*softplus)(const Matrix& z, Matrix& a);
  void (*sine)(double frequency, const Matrix& z, Matrix& a);
  void (*softsign)(const Matrix& z, Matrix& a);
  // dZ = dA * f'(Z), given both Z and A = f(Z), elementwise; dA and dZ may be the same matrix. At kinks f' is
  // PyTorch's: 0 for ReLU, the slope for leaky ReLU, 1 for ELU, lambda alpha for SELU. Where functions
  // saturate the derivative keeps its digits, down to 1e-300 and below. Returns whether finite.
  bool (*linear_backward)(const Matrix& z, const Matrix& a, const Matrix& d_a, Matrix& d_z);
  bool (*relu_backward)(const Matrix& z, const Matrix& a, const Matrix& d_a, Matrix& d_z);
  bool (*leaky_relu_backward)(double slope, const Matrix& z, const Matrix& a, const Matrix& d_a, Matrix& d_z);
  bool (*tanh_backward)(const Matrix& z, const Matrix& a, const Matrix& d_a, Matrix& d_z);
  bool (*sigmoid_backward)(const Matrix& z, const Matrix& a, const Matrix& d_a, Matrix& d_z);
  bool (*elu_backward)(const Matrix& z, const Matrix& a, const Matrix& d_a, Matrix& d_z);
  bool (*selu_backward)(const Matrix& z, const Matrix& a, const Matrix& d_a, Matrix& d_z);
  bool (*gelu_backward)(const Matrix& z, const Matrix& a, const Matrix& d_a, Matrix& d_z);
  bool (*gelu_tanh_backward)(const Matrix& z, const Matrix& a, const Matrix& d_a, Matrix& d_z);
  bool (*silu_backward)(const Matrix& z, const Matrix& a, const Matrix& d_a, Matrix& d_z);
  bool (*softplus_backward)(const Matrix& z, const Matrix& a, const Matrix& d_a, Matrix& d_z);
  bool (*sine_backward)(double frequency, const Matrix& z, const Matrix& a, const Matrix& d_a, Matrix& d_z);
  bool (*softsign_backward)(const Matrix& z, const Matrix& a, const Matrix& d_a, Matrix& d_z);

  // A = exp(Z - max) / sum over the k rows, for each sample. Z, A (k, m).
  void (*softmax)(const Matrix& z, Matrix& a);
  // dZ = A * (dA - sum over rows of A * dA), given A = softmax(Z); dA and dZ may be the same matrix. Returns
  // whether finite.
  bool (*softmax_backward)(const Matrix& a, const Matrix& d_a, Matrix& d_z);
  // Mean over samples of log(sum exp(z)) - sum y z: cross entropy of a softmax output from its logits, finite
  // for every finite Z. Z, Y (k, m); each column of Y sums to 1.
  double (*softmax_cross_entropy)(const Matrix& z, const Matrix& y);
  // Its gradient: dZ = (softmax(Z) - Y) / m, given A = softmax(Z). Returns whether finite.
  bool (*softmax_cross_entropy_backward)(const Matrix& a, const Matrix& y, Matrix& d_z);

  // Mean over samples of softplus(z) - y z, summed over outputs: cross entropy of a sigmoid output from its
  // logit, finite for every finite z. Z, Y (k, m), Y in [0, 1].
  double (*logistic_cross_entropy)(const Matrix& z, const Matrix& y);
  // Its gradient: dZ = (sigmoid(Z) - Y) / m, given A = sigmoid(Z). Returns whether finite.
  bool (*logistic_cross_entropy_backward)(const Matrix& a, const Matrix& y, Matrix& d_z);
  // Mean over samples and outputs of (a - y)^2. A, Y (k, m).
  double (*squared_error)(const Matrix& a, const Matrix& y);
  // Its gradient: dA = 2 (A - Y) / (k m).
  void (*squared_error_backward)(const Matrix& a, const Matrix& y, Matrix& d_a);

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
