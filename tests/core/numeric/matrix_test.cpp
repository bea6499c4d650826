// The matrix: shape, padding, alignment, comparison.
#include "core/numeric/matrix.h"

#include <gtest/gtest.h>

#include <cstdint>
#include <limits>

namespace initlab {
namespace {

TEST(matrix, rows_are_padded_to_eight_and_aligned_to_a_cache_line) {
  for (const std::size_t columns : {1U, 7U, 8U, 9U, 64U, 256U, 300U, 1024U}) {
    Matrix m(3, columns);
    EXPECT_EQ(m.stride() % kLaneCount, 0U);
    EXPECT_GE(m.stride(), columns);
    EXPECT_LT(m.stride(), columns + 2 * kLaneCount);
    EXPECT_NE(m.stride() % 64, 0U) << "rows share their sets of the cache";
    EXPECT_EQ(m.size(), 3 * columns);
    for (std::size_t r = 0; r < 3; ++r) {
      EXPECT_EQ(reinterpret_cast<std::uintptr_t>(m.row(r)) % 64, 0U);
      EXPECT_EQ(m.row_span(r).size(), columns);
    }
  }
}

TEST(matrix, starts_and_resizes_to_zeros_with_padding_included) {
  Matrix m(2, 3);
  for (std::size_t i = 0; i < 2 * m.stride(); ++i) {
    EXPECT_EQ(m.row(0)[i], 0.0);
    m.row(0)[i] = 5;
  }
  const double* memory = m.row(0);
  m.resize(1, 5);
  EXPECT_EQ(m.row(0), memory);
  EXPECT_EQ(m.rows(), 1U);
  EXPECT_EQ(m.columns(), 5U);
  for (std::size_t i = 0; i < m.stride(); ++i) EXPECT_EQ(m.row(0)[i], 0.0);
}

TEST(matrix, equality_looks_at_shape_and_values_but_not_at_padding) {
  Matrix a(2, 3);
  Matrix b(2, 3);
  a(1, 2) = b(1, 2) = 7;
  a.row(0)[3] = 99;
  EXPECT_TRUE(a == b);
  b(0, 1) = 1;
  EXPECT_FALSE(a == b);
  EXPECT_FALSE(Matrix(2, 3) == Matrix(3, 2));
  EXPECT_FALSE(Matrix(2, 3) == Matrix(2, 4));
  Matrix nan(1, 1);
  nan(0, 0) = std::numeric_limits<double>::quiet_NaN();
  EXPECT_FALSE(nan == nan);
}

TEST(matrix, may_be_empty) {
  EXPECT_EQ(Matrix().size(), 0U);
  EXPECT_TRUE(Matrix() == Matrix(0, 0));
  EXPECT_EQ(Matrix(0, 4).size(), 0U);
}

}  // namespace
}  // namespace initlab
