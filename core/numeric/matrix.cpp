// Storage of the one matrix type. No arithmetic here: that is kernels.h.
#include "core/numeric/matrix.h"

namespace initlab {
namespace {

// Rows that lie a multiple of 512 bytes apart meet in few sets of a cache and drive each other out: one cache
// line more between them spreads them.
std::size_t stride_for(std::size_t columns) {
  const std::size_t groups = (columns + kLaneCount - 1) / kLaneCount;
  return (groups > 0 && groups % 8 == 0 ? groups + 1 : groups) * kLaneCount;
}

}  // namespace

Matrix::Matrix(std::size_t rows, std::size_t columns) {
  resize(rows, columns);
}

void Matrix::resize(std::size_t rows, std::size_t columns) {
  rows_ = rows;
  columns_ = columns;
  stride_ = stride_for(columns);
  values_.assign(rows_ * stride_, 0.0);
}

bool operator==(const Matrix& a, const Matrix& b) {
  if (a.rows_ != b.rows_ || a.columns_ != b.columns_) return false;
  for (std::size_t r = 0; r < a.rows_; ++r) {
    const double* row_a = a.row(r);
    const double* row_b = b.row(r);
    for (std::size_t c = 0; c < a.columns_; ++c) {
      if (!(row_a[c] == row_b[c])) return false;
    }
  }
  return true;
}

}  // namespace initlab
