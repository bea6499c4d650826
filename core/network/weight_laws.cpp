// The draws keep numpy's order of operations: `randn * std`, then `+ mean`, so that a notebook's numbers and
// these are the same bits.
#include "core/network/weight_laws.h"

#include <algorithm>
#include <cmath>
#include <limits>

namespace initlab {
namespace {

using Distribution = WeightLaw::Distribution;
constexpr double kInfinity = std::numeric_limits<double>::infinity();

template <class Draw>
void fill(Matrix& w, Draw&& draw) {
  for (std::size_t r = 0; r < w.rows(); ++r) {
    for (double& weight : w.row_span(r)) weight = draw();
  }
}

// gain * sqrt(numerator / denominator): the one scale rule of every family.
double scaled_std(const Variance& variance, double gain) {
  return gain * std::sqrt(variance.numerator / variance.denominator);
}

// Of one column: the outgoing weights of one input.
std::size_t zeros_a_column(double sparsity, std::size_t fan_out) {
  const auto count = static_cast<double>(fan_out);
  return static_cast<std::size_t>(std::clamp(std::ceil(sparsity * count), 0.0, count));
}

// Mean 0 and a standard deviation, and limits that no weight passes; of no named distribution.
WeightLaw moments_law(double std, double limit) {
  if (std == 0) return constant_law(0);
  const double size = std::abs(limit);
  return {.distribution = Distribution::kOther, .mean = 0, .std = std::abs(std), .min = -size, .max = size};
}

}  // namespace

void fill_constant(double value, Matrix& w) {
  fill(w, [&] { return value; });
}

void fill_normal(double mean, double std, NumpyRandom& random, Matrix& w) {
  fill(w, [&] { return random.randn() * std; });
  if (mean == 0) return;
  for (std::size_t r = 0; r < w.rows(); ++r) {
    for (double& weight : w.row_span(r)) weight += mean;
  }
}

void fill_truncated(double std, NumpyRandom& random, Matrix& w) {
  fill(w, [&] {
    double z = random.randn();
    while (std::abs(z) > 2) z = random.randn();
    return z * std;
  });
}

void fill_uniform(double limit, NumpyRandom& random, Matrix& w) {
  fill(w, [&] { return random.uniform(-limit, limit); });
}

void fill_identity(double diagonal, Matrix& w) {
  fill_constant(0, w);
  for (std::size_t i = 0; i < std::min(w.rows(), w.columns()); ++i) w(i, i) = diagonal;
}

void fill_sparse(double std, double sparsity, NumpyRandom& random, Matrix& w) {
  fill_normal(0, std, random, w);
  const std::size_t zeros = zeros_a_column(sparsity, w.rows());
  for (std::size_t c = 0; c < w.columns(); ++c) {
    const std::vector<std::int64_t> units = random.permutation(w.rows());
    for (std::size_t i = 0; i < zeros; ++i) w(static_cast<std::size_t>(units[i]), c) = 0;
  }
}

WeightLaw constant_law(double value) {
  return {.distribution = Distribution::kConstant, .mean = value, .std = 0, .min = value, .max = value};
}

WeightLaw normal_law(double mean, double std) {
  if (std == 0) return constant_law(mean);
  return {.distribution = Distribution::kNormal,
          .mean = mean,
          .std = std::abs(std),
          .min = -kInfinity,
          .max = kInfinity};
}

WeightLaw truncated_law(double std) {
  if (std == 0) return constant_law(0);
  const double size = std::abs(std);
  return {.distribution = Distribution::kTruncatedNormal,
          .mean = 0,
          .std = kTruncatedStd * size,
          .min = -2 * size,
          .max = 2 * size};
}

WeightLaw uniform_law(double limit) {
  if (limit == 0) return constant_law(0);
  const double size = std::abs(limit);
  return {.distribution = Distribution::kUniform,
          .mean = 0,
          .std = size / std::sqrt(3.0),
          .min = -size,
          .max = size};
}

WeightLaw sparse_law(double std, double sparsity, std::size_t fan_out) {
  const double share = static_cast<double>(zeros_a_column(sparsity, fan_out)) / static_cast<double>(fan_out);
  return moments_law(std * std::sqrt(1 - share), kInfinity);
}

WeightLaw orthogonal_law(double gain, const LayerShape& shape) {
  const auto longest = static_cast<double>(std::max(shape.fan_in, shape.fan_out));
  return moments_law(gain / std::sqrt(longest), gain);
}

WeightLaw unknown_law() {
  constexpr double kNan = std::numeric_limits<double>::quiet_NaN();
  return {
      .distribution = Distribution::kUnknown, .mean = kNan, .std = kNan, .min = -kInfinity, .max = kInfinity};
}

void fill_scaled(Spread spread, const Variance& variance, double gain, NumpyRandom& random, Matrix& w) {
  switch (spread) {
    case Spread::kNormal:
      return fill_normal(0, scaled_std(variance, gain), random, w);
    case Spread::kUniform:
      return fill_uniform(gain * uniform_limit(variance), random, w);
    case Spread::kTruncated:
      return fill_truncated(scaled_std(variance, gain) / kTruncatedStd, random, w);
  }
}

WeightLaw scaled_law(Spread spread, const Variance& variance, double gain) {
  switch (spread) {
    case Spread::kNormal:
      return normal_law(0, scaled_std(variance, gain));
    case Spread::kUniform:
      return uniform_law(gain * uniform_limit(variance));
    case Spread::kTruncated:
      return truncated_law(scaled_std(variance, gain) / kTruncatedStd);
  }
  return unknown_law();
}

double uniform_limit(const Variance& variance) {
  return std::sqrt(3 * variance.numerator / variance.denominator);
}

}  // namespace initlab
