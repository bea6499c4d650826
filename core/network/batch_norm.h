// Batch normalization of a layer's sums before its activation (Ioffe and Szegedy 2015), in PyTorch's form:
// U = gamma (Z - mean) / sqrt(var + 1e-5) + beta, with the batch's own mean and variance in training and
// running ones, an exponential average with momentum 0.1 and the unbiased variance, elsewhere.
//
// Reductions run in eight lanes (sample mod 8), added in one fixed order, so bits are the same everywhere.
#pragma once

#include <span>
#include <vector>

#include "core/numeric/matrix.h"

namespace initlab {

inline constexpr double kBatchNormEpsilon = 1e-5;
inline constexpr double kBatchNormMomentum = 0.1;

// One number a unit each. Learned: gamma, beta.
struct BatchNorm {
  std::vector<double> gamma, beta;
  std::vector<double> running_mean, running_variance;
  bool operator==(const BatchNorm&) const = default;
};
BatchNorm make_batch_norm(std::size_t units);  // gamma 1, beta 0, running mean 0 and variance 1

// What a pass leaves behind: one number a unit each.
struct BatchNormPass {
  std::vector<double> mean, variance;   // of the batch; the variance divides by m
  std::vector<double> d_gamma, d_beta;  // gradients of the cost
};

// U from Z (units, m) with the batch's statistics, which it leaves in `pass`. Returns whether finite.
bool normalize_batch(const BatchNorm& norm, const Matrix& z, BatchNormPass& pass, Matrix& u);
// U from Z with the running statistics. Returns whether finite.
bool normalize_running(const BatchNorm& norm, const Matrix& z, Matrix& u);
// dZ from dU, which may be the same matrix, through the batch's statistics; d_gamma and d_beta. Returns
// whether finite.
bool normalize_backward(const BatchNorm& norm, const Matrix& z, const Matrix& d_u, BatchNormPass& pass,
                        Matrix& d_z);
// Moves the running statistics towards those of the batch of m samples.
void update_running(const BatchNormPass& pass, std::size_t m, BatchNorm& norm);

}  // namespace initlab
