// Eigen's blocked Householder QR. Its products cut their sums by the processor's cache sizes, so those are
// fixed here: the same seed gives the same bits on every machine.
#include "core/network/orthogonal.h"

#include <Eigen/Dense>
#include <algorithm>

namespace initlab {
namespace {

using Index = Eigen::Index;

void fix_block_sizes() {
  // Once, before the first product; sizes of an ordinary processor. Nothing else here multiplies with Eigen.
  static const bool kDone = [] {
    Eigen::setCpuCacheSizes(Index{32} << 10, Index{512} << 10, Index{4} << 20);
    return true;
  }();
  (void)kDone;
}

// Q (rows, columns), rows >= columns, its columns orthonormal.
Eigen::MatrixXd random_orthonormal(Index rows, Index columns, NumpyRandom& random) {
  fix_block_sizes();
  Eigen::MatrixXd gaussian(rows, columns);
  for (Index r = 0; r < rows; ++r) {
    for (Index c = 0; c < columns; ++c) gaussian(r, c) = random.randn();
  }
  const Eigen::HouseholderQR<Eigen::Ref<Eigen::MatrixXd>> qr(gaussian);
  Eigen::MatrixXd q = Eigen::MatrixXd::Identity(rows, columns);
  q.applyOnTheLeft(qr.householderQ());
  for (Index c = 0; c < columns; ++c) {
    if (qr.matrixQR()(c, c) < 0) q.col(c) = -q.col(c);
  }
  return q;
}

}  // namespace

void fill_orthogonal(double gain, NumpyRandom& random, Matrix& w) {
  const auto rows = static_cast<Index>(w.rows());
  const auto columns = static_cast<Index>(w.columns());
  const bool is_wide = rows < columns;
  const Eigen::MatrixXd q = random_orthonormal(std::max(rows, columns), std::min(rows, columns), random);
  for (Index r = 0; r < rows; ++r) {
    double* row = w.row(static_cast<std::size_t>(r));
    for (Index c = 0; c < columns; ++c) row[c] = gain * (is_wide ? q(c, r) : q(r, c));
  }
}

}  // namespace initlab
