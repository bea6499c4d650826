#include "core/network/orthogonal.h"

#include <gtest/gtest.h>

#include <cmath>

#include "core/network/initializers.h"

namespace initlab {
namespace {

Matrix orthogonal(std::size_t rows, std::size_t columns, double gain, std::uint32_t seed) {
  Matrix w(rows, columns);
  NumpyRandom random(seed);
  fill_orthogonal(gain, random, w);
  return w;
}

// Largest distance of W W^T (or W^T W, whichever is smaller) from gain^2 I.
double worst_angle(const Matrix& w, double gain) {
  const bool is_wide = w.rows() <= w.columns();
  const std::size_t side = is_wide ? w.rows() : w.columns();
  const std::size_t length = is_wide ? w.columns() : w.rows();
  const auto entry = [&](std::size_t vector, std::size_t i) { return is_wide ? w(vector, i) : w(i, vector); };
  double worst = 0;
  for (std::size_t p = 0; p < side; ++p) {
    for (std::size_t q = 0; q <= p; ++q) {
      double product = 0;
      for (std::size_t i = 0; i < length; ++i) product += entry(p, i) * entry(q, i);
      worst = std::max(worst, std::abs(product / (gain * gain) - (p == q ? 1 : 0)));
    }
  }
  return worst;
}

TEST(orthogonal, its_vectors_are_of_equal_length_and_at_right_angles_in_every_shape) {
  struct Shape {
    std::size_t rows, columns;
  };
  for (const Shape shape : {Shape{1, 1}, Shape{1, 7}, Shape{7, 1}, Shape{3, 4}, Shape{4, 3}, Shape{64, 64},
                            Shape{20, 200}, Shape{200, 20}, Shape{150, 149}, Shape{256, 256}}) {
    for (const double gain : {1.0, 0.5, 1.4142135623730951, -3.0}) {
      EXPECT_LT(worst_angle(orthogonal(shape.rows, shape.columns, gain, 11), gain), 1e-12)
          << shape.rows << " x " << shape.columns << ", gain " << gain;
    }
  }
}

TEST(orthogonal, it_is_numpys_qr_with_its_signs_fixed) {
  // np.random.seed(3); q, r = np.linalg.qr(np.random.randn(5, 3)); q * np.sign(np.diag(r))
  const double first[] = {0.6452854206866805, -0.19384052502580007, -0.16368066874173323};
  const double last[] = {0.31795405925410763, 0.6782706653374871, 0.5205062840547436};
  const Matrix tall = orthogonal(5, 3, 1, 3);
  const Matrix wide = orthogonal(3, 5, 1, 3);
  for (std::size_t c = 0; c < 3; ++c) {
    EXPECT_NEAR(tall(0, c), first[c], 1e-14);
    EXPECT_NEAR(tall(4, c), last[c], 1e-14);
    EXPECT_NEAR(wide(c, 4), last[c], 1e-14);
  }
}

TEST(orthogonal, no_direction_is_preferred) {
  // The trace of a Haar matrix has mean 0 and variance 1; without the signs fixed its mean is -1.3 for n = 6.
  constexpr std::size_t kSide = 6;
  constexpr int kDraws = 2000;
  double sum = 0;
  double squares = 0;
  NumpyRandom random(1);
  Matrix w(kSide, kSide);
  for (int draw = 0; draw < kDraws; ++draw) {
    fill_orthogonal(1, random, w);
    double trace = 0;
    for (std::size_t i = 0; i < kSide; ++i) trace += w(i, i);
    sum += trace;
    squares += trace * trace;
  }
  EXPECT_NEAR(sum / kDraws, 0, 4 / std::sqrt(static_cast<double>(kDraws)));
  EXPECT_NEAR(squares / kDraws, 1, 4 * std::sqrt(2.0 / kDraws));
}

}  // namespace
}  // namespace initlab
