// Row by row: sums in eight lanes, then one elementwise pass.
#include "core/network/batch_norm.h"

#include <array>
#include <cassert>
#include <cmath>

namespace initlab {
namespace {

using Lanes = std::array<double, kLaneCount>;

double total(const Lanes& lanes) {
  return ((lanes[0] + lanes[4]) + (lanes[2] + lanes[6])) + ((lanes[1] + lanes[5]) + (lanes[3] + lanes[7]));
}

// Sum of term(c) over the samples of a row: sample c in lane c mod 8.
template <class Term>
double sum_over_samples(std::size_t m, const Term& term) {
  Lanes lanes{};
  std::size_t c = 0;
  for (; c + kLaneCount <= m; c += kLaneCount) {
    for (std::size_t lane = 0; lane < kLaneCount; ++lane) lanes[lane] += term(c + lane);
  }
  for (std::size_t lane = 0; c + lane < m; ++lane) lanes[lane] += term(c + lane);
  return total(lanes);
}

void match(const Matrix& like, Matrix& matrix) {
  if (matrix.rows() != like.rows() || matrix.columns() != like.columns())
    matrix.resize(like.rows(), like.columns());
}

// u = gamma (z - mean) / sqrt(variance + epsilon) + beta for one unit.
bool normalize_row(const BatchNorm& norm, std::size_t r, double mean, double variance, const Matrix& z,
                   Matrix& u) {
  const double scale = norm.gamma[r] / std::sqrt(variance + kBatchNormEpsilon);
  const double* from = z.row(r);
  double* to = u.row(r);
  // A sum of products with zero is NaN as soon as one of them is not finite.
  double poison = 0;
  for (std::size_t c = 0; c < z.columns(); ++c) {
    to[c] = scale * (from[c] - mean) + norm.beta[r];
    poison += 0 * to[c];
  }
  return poison == 0;
}

}  // namespace

BatchNorm make_batch_norm(std::size_t units) {
  return {.gamma = std::vector<double>(units, 1.0),
          .beta = std::vector<double>(units, 0.0),
          .running_mean = std::vector<double>(units, 0.0),
          .running_variance = std::vector<double>(units, 1.0)};
}

bool normalize_batch(const BatchNorm& norm, const Matrix& z, BatchNormPass& pass, Matrix& u) {
  assert(norm.gamma.size() == z.rows());
  const std::size_t m = z.columns();
  match(z, u);
  pass.mean.resize(z.rows());
  pass.variance.resize(z.rows());
  bool is_finite = true;
  for (std::size_t r = 0; r < z.rows(); ++r) {
    const double* row = z.row(r);
    const double count = static_cast<double>(m);
    const double mean = sum_over_samples(m, [&](std::size_t c) { return row[c]; }) / count;
    const double variance =
        sum_over_samples(m, [&](std::size_t c) { return (row[c] - mean) * (row[c] - mean); }) / count;
    pass.mean[r] = mean;
    pass.variance[r] = variance;
    is_finite &= normalize_row(norm, r, mean, variance, z, u);
  }
  return is_finite;
}

bool normalize_running(const BatchNorm& norm, const Matrix& z, Matrix& u) {
  assert(norm.gamma.size() == z.rows());
  match(z, u);
  bool is_finite = true;
  for (std::size_t r = 0; r < z.rows(); ++r)
    is_finite &= normalize_row(norm, r, norm.running_mean[r], norm.running_variance[r], z, u);
  return is_finite;
}

bool normalize_backward(const BatchNorm& norm, const Matrix& z, const Matrix& d_u, BatchNormPass& pass,
                        Matrix& d_z) {
  const std::size_t m = z.columns();
  const double count = static_cast<double>(m);
  match(z, d_z);
  pass.d_gamma.resize(z.rows());
  pass.d_beta.resize(z.rows());
  double poison = 0;
  for (std::size_t r = 0; r < z.rows(); ++r) {
    const double* from = d_u.row(r);
    const double* sums = z.row(r);
    const double mean = pass.mean[r];
    const double inverse_std = 1 / std::sqrt(pass.variance[r] + kBatchNormEpsilon);
    const auto normalized = [&](std::size_t c) { return (sums[c] - mean) * inverse_std; };
    const double d_beta = sum_over_samples(m, [&](std::size_t c) { return from[c]; });
    const double d_gamma = sum_over_samples(m, [&](std::size_t c) { return from[c] * normalized(c); });
    pass.d_beta[r] = d_beta;
    pass.d_gamma[r] = d_gamma;
    const double scale = norm.gamma[r] * inverse_std;
    double* to = d_z.row(r);
    for (std::size_t c = 0; c < m; ++c) {
      to[c] = scale * (from[c] - d_beta / count - normalized(c) * (d_gamma / count));
      poison += 0 * to[c];
    }
  }
  return poison == 0;
}

void update_running(const BatchNormPass& pass, std::size_t m, BatchNorm& norm) {
  // PyTorch keeps the unbiased variance; a batch of one has none.
  const double unbiased = m > 1 ? static_cast<double>(m) / static_cast<double>(m - 1) : 1.0;
  for (std::size_t r = 0; r < norm.gamma.size(); ++r) {
    norm.running_mean[r] += kBatchNormMomentum * (pass.mean[r] - norm.running_mean[r]);
    norm.running_variance[r] += kBatchNormMomentum * (unbiased * pass.variance[r] - norm.running_variance[r]);
  }
}

}  // namespace initlab
