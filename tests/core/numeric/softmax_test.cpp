// Softmax and its cross entropy on each path: close to the naive twins, exact where naive formulas overflow
// or cancel, right about finiteness, deaf to padding.
#include <gtest/gtest.h>

#include <algorithm>
#include <cmath>
#include <string>
#include <vector>

#include "core/numeric/kernels.h"
#include "core/numeric/kernels_naive.h"
#include "tests/core/numeric/test_matrices.h"

namespace initlab {
namespace {

using namespace test;

class softmax_on : public ::testing::TestWithParam<const Kernels*> {
 protected:
  const Kernels& k = *GetParam();
  NumpyRandom random{91};
};
INSTANTIATE_TEST_SUITE_P(each_path, softmax_on, ::testing::ValuesIn(available_kernels()),
                         [](const auto& path) { return std::string(path.param->name); });

Matrix column_of(const std::vector<double>& values) {
  Matrix m(values.size(), 1);
  for (std::size_t r = 0; r < values.size(); ++r) m(r, 0) = values[r];
  spoil_padding(m);
  return m;
}

// One class a sample, or shares that sum to 1.
Matrix labels(NumpyRandom& random, std::size_t rows, std::size_t columns, bool are_shares) {
  Matrix y(rows, columns);
  for (std::size_t c = 0; c < columns; ++c) {
    if (!are_shares) {
      y(random.interval(rows - 1), c) = 1;
      continue;
    }
    double total = 0;
    for (std::size_t r = 0; r < rows; ++r) total += y(r, c) = random.random_sample();
    for (std::size_t r = 0; r < rows; ++r) y(r, c) /= total;
  }
  spoil_padding(y);
  return y;
}

TEST_P(softmax_on, everything_is_as_in_the_naive_twins) {
  for (std::size_t columns = 1; columns <= 40; ++columns) {
    const std::size_t rows = 1 + columns % 11;
    SCOPED_TRACE(::testing::Message() << rows << " classes, " << columns << " samples");
    Matrix z = drawn(random, rows, columns);
    for (double& v : z.row_span(0)) v *= 20;
    Matrix a = unwritten(rows, columns);
    Matrix expected(rows, columns);
    k.softmax(z, a);
    naive::softmax(z, expected);
    EXPECT_LT(largest_difference(a, expected), 2e-15);
    for (std::size_t c = 0; c < columns; ++c) {
      double total = 0;
      for (std::size_t r = 0; r < rows; ++r) total += a(r, c);
      EXPECT_NEAR(total, 1, 2e-15);
    }

    const Matrix d_a = drawn(random, rows, columns);
    Matrix d_z = unwritten(rows, columns);
    EXPECT_TRUE(k.softmax_backward(a, d_a, d_z));
    naive::softmax_backward(expected, d_a, expected);
    EXPECT_LT(largest_difference(d_z, expected), 4e-15);
    Matrix in_place = d_a;
    EXPECT_TRUE(k.softmax_backward(a, in_place, in_place));
    EXPECT_TRUE(in_place == d_z);

    for (const bool are_shares : {false, true}) {
      const Matrix y = labels(random, rows, columns, are_shares);
      const double cost = k.softmax_cross_entropy(z, y);
      EXPECT_NEAR(cost, naive::softmax_cross_entropy(z, y), 1e-14 * std::max(1.0, cost));
      EXPECT_TRUE(k.softmax_cross_entropy_backward(a, y, d_z));
      for (std::size_t r = 0; r < rows; ++r) {
        for (std::size_t c = 0; c < columns; ++c) {
          EXPECT_NEAR(d_z(r, c), (a(r, c) - y(r, c)) / static_cast<double>(columns), 1e-16);
        }
      }
    }
  }
}

TEST_P(softmax_on, the_gradient_is_the_slope_of_the_cost) {
  Matrix z = drawn(random, 5, 13);
  const Matrix y = labels(random, 5, 13, true);
  Matrix a(5, 13);
  Matrix d_z(5, 13);
  k.softmax(z, a);
  k.softmax_cross_entropy_backward(a, y, d_z);
  constexpr double kStep = 1e-5;
  for (std::size_t r = 0; r < 5; ++r) {
    for (std::size_t c = 0; c < 13; ++c) {
      const double before = z(r, c);
      z(r, c) = before + kStep;
      const double above = k.softmax_cross_entropy(z, y);
      z(r, c) = before - kStep;
      const double below = k.softmax_cross_entropy(z, y);
      z(r, c) = before;
      EXPECT_NEAR(d_z(r, c), (above - below) / (2 * kStep), 1e-10);
    }
  }
}

// Two classes are the logistic case: softmax of (z, 0) is sigmoid(z).
TEST_P(softmax_on, two_classes_are_the_logistic_case) {
  const Matrix logit = drawn(random, 1, 29);
  Matrix z(2, 29);
  std::ranges::copy(logit.row_span(0), z.row(0));
  Matrix y(2, 29);
  Matrix label(1, 29);
  for (std::size_t c = 0; c < 29; ++c) {
    label(0, c) = y(0, c) = static_cast<double>(random.interval(1));
    y(1, c) = 1 - y(0, c);
  }
  EXPECT_NEAR(k.softmax_cross_entropy(z, y), k.logistic_cross_entropy(logit, label), 1e-15);
}

TEST_P(softmax_on, huge_logits_cost_what_they_should) {
  const Matrix y = column_of({1, 0, 0});
  EXPECT_EQ(k.softmax_cross_entropy(column_of({1e308, -1e308, 0}), y), 0);
  EXPECT_EQ(k.softmax_cross_entropy(column_of({-8e307, 8e307, 0}), y), 1.6e308);
  // Beyond double alone, but not in the mean over samples.
  Matrix z(2, 9);
  Matrix right(2, 9);
  for (std::size_t c = 0; c < 9; ++c) right(0, c) = 1;
  z(0, 4) = -1.5e308;
  z(1, 4) = 1.5e308;
  EXPECT_NEAR(k.softmax_cross_entropy(z, right) / (1.5e308 / 4.5), 1, 1e-15);
  Matrix a(3, 1);
  k.softmax(column_of({1e308, -1e308, 1e308}), a);
  EXPECT_TRUE(a == column_of({0.5, 0, 0.5}));
}

// The cost of a sample learned well is the others' share, not 0.
TEST_P(softmax_on, a_sample_learned_well_keeps_its_digits) {
  for (const std::size_t right : {0U, 1U, 2U}) {
    std::vector<double> logits = {-300, -301, -302};
    std::vector<double> label(3);
    logits[right] = 7;
    label[right] = 1;
    double others = 0;
    for (std::size_t r = 0; r < 3; ++r) others += r == right ? 0 : std::exp(logits[r] - 7);
    EXPECT_NEAR(k.softmax_cross_entropy(column_of(logits), column_of(label)) / others, 1, 1e-15);
  }
}

TEST_P(softmax_on, shifted_logits_are_the_same_distribution) {
  Matrix a(3, 1);
  Matrix b(3, 1);
  k.softmax(column_of({1, 2, 4}), a);
  k.softmax(column_of({-1023, -1022, -1020}), b);
  EXPECT_TRUE(a == b);
}

TEST_P(softmax_on, nan_and_infinity_flow_through) {
  const Matrix y = column_of({1, 0, 0});
  Matrix a(3, 1);
  for (const std::vector<double>& z :
       {std::vector{0.0, kNaN, 0.0}, {kNaN, 0, 0}, {0, 0, kNaN}, {kInf, 0, kInf}}) {
    k.softmax(column_of(z), a);
    EXPECT_TRUE(std::isnan(a(0, 0)) && std::isnan(a(2, 0)));
    EXPECT_TRUE(std::isnan(k.softmax_cross_entropy(column_of(z), y)));
  }
  k.softmax(column_of({0, -kInf, 0}), a);
  EXPECT_TRUE(a == column_of({0.5, 0, 0.5}));
  EXPECT_NEAR(k.softmax_cross_entropy(column_of({0, -kInf, 0}), y), std::log(2.0), 1e-15);
  EXPECT_EQ(k.softmax_cross_entropy(column_of({-kInf, 0, 0}), y), kInf);
}

TEST_P(softmax_on, one_infinity_in_the_last_real_column_is_seen) {
  for (std::size_t columns = 1; columns <= 17; ++columns) {
    const Matrix y = labels(random, 3, columns, false);
    Matrix d = drawn(random, 3, columns);
    Matrix a(3, columns);
    Matrix out(3, columns);
    k.softmax(d, a);
    EXPECT_TRUE(k.softmax_backward(a, d, out));
    EXPECT_TRUE(k.softmax_cross_entropy_backward(a, y, out));
    for (const double bad : {kInf, -kInf, kNaN}) {
      d(2, columns - 1) = bad;
      EXPECT_FALSE(k.softmax_backward(a, d, out));
      EXPECT_FALSE(k.softmax_cross_entropy_backward(d, y, out));
    }
  }
}

}  // namespace
}  // namespace initlab
