// Layer-sequential unit variance, one layer of it: Mishkin and Matas 2015, "All you need is a good init".
// Their tolerance, measured before the activation, over units and samples together.
#include <cmath>
#include <limits>

#include "core/network/initializers.h"
#include "core/numeric/kernels.h"
#include "core/numeric/statistics.h"

namespace initlab {
namespace {

// NaN where Z holds anything that is not finite: there is no scale that mends it.
double variance_of_sums(const Matrix& w, std::span<const double> b, const Matrix& a, Matrix& z) {
  if (!kernels().affine(w, b, a, z)) return std::numeric_limits<double>::quiet_NaN();
  const double std = summarize(z).std;
  return std * std;
}

void divide(Matrix& w, double divisor) {
  for (std::size_t r = 0; r < w.rows(); ++r) {
    for (double& weight : w.row_span(r)) weight /= divisor;
  }
}

}  // namespace

LsuvResult scale_to_unit_variance(std::span<const double> b, const Matrix& a, Matrix& w) {
  Matrix z(w.rows(), a.columns());
  LsuvResult result;
  for (;;) {
    result.variance = variance_of_sums(w, b, a, z);
    const bool is_near = std::abs(result.variance - 1) < kLsuvTolerance;
    const bool can_be_scaled = std::isfinite(result.variance) && result.variance > 0;
    if (is_near || !can_be_scaled || result.iterations == kLsuvIterations) return result;
    divide(w, std::sqrt(result.variance));
    ++result.iterations;
  }
}

}  // namespace initlab
