// Each kernel on each path: close to its naive twin, right about finiteness, deaf to what stands in padding.
#include "core/numeric/kernels.h"

#include <gtest/gtest.h>

#include <string>

#include "core/numeric/kernels_naive.h"
#include "tests/core/numeric/test_matrices.h"

namespace initlab {
namespace {

using namespace test;

class kernels_on : public ::testing::TestWithParam<const Kernels*> {
 protected:
  const Kernels& k = *GetParam();
  NumpyRandom random{77};
};
INSTANTIATE_TEST_SUITE_P(each_path, kernels_on, ::testing::ValuesIn(available_kernels()),
                         [](const auto& path) { return std::string(path.param->name); });

TEST_P(kernels_on, products_are_those_of_their_naive_twins) {
  for (const auto& [units, inputs, samples] : odd_shapes()) {
    SCOPED_TRACE(::testing::Message() << units << " x " << inputs << ", " << samples << " samples");
    const Matrix w = drawn(random, units, inputs);
    const Matrix a = drawn(random, inputs, samples);
    const Matrix d_z = drawn(random, units, samples);
    const std::vector<double> b = drawn_vector(random, units);

    Matrix z = unwritten(units, samples);
    Matrix expected_z(units, samples);
    EXPECT_TRUE(k.affine(w, b, a, z));
    naive::affine(w, b, a, expected_z);
    EXPECT_LT(largest_difference(z, expected_z), 1e-13);

    Matrix d_a = unwritten(inputs, samples);
    Matrix expected_d_a(inputs, samples);
    k.transposed_product(w, d_z, d_a);
    naive::transposed_product(w, d_z, expected_d_a);
    EXPECT_LT(largest_difference(d_a, expected_d_a), 1e-13);

    Matrix d_w = unwritten(units, inputs);
    Matrix expected_d_w(units, inputs);
    std::vector<double> d_b(units, -5);
    std::vector<double> expected_d_b(units);
    EXPECT_TRUE(k.gradient_sums(d_z, a, d_w, d_b));
    naive::gradient_sums(d_z, a, expected_d_w, expected_d_b);
    EXPECT_LT(largest_difference(d_w, expected_d_w), 1e-12);
    EXPECT_LT(largest_difference(d_b, expected_d_b), 1e-12);
  }
}

// The order is part of the contract: from the bias on, input by input, each step fused.
TEST_P(kernels_on, affine_sums_in_the_order_of_the_inputs) {
  const Matrix w = drawn(random, 9, 13);
  const Matrix a = drawn(random, 13, 27);
  const std::vector<double> b = drawn_vector(random, 9);
  Matrix z(9, 27);
  k.affine(w, b, a, z);
  for (std::size_t r = 0; r < 9; ++r) {
    for (std::size_t c = 0; c < 27; ++c) {
      double sum = b[r];
      for (std::size_t i = 0; i < 13; ++i) sum = std::fma(w(r, i), a(i, c), sum);
      EXPECT_EQ(z(r, c), sum);
    }
  }
}

// Likewise sums over samples: lane = sample mod 8, lanes added in one order.
TEST_P(kernels_on, gradient_sums_add_eight_lanes_in_one_order) {
  const Matrix d_z = drawn(random, 5, 43);
  const Matrix a = drawn(random, 6, 43);
  Matrix d_w(5, 6);
  std::vector<double> d_b(5);
  k.gradient_sums(d_z, a, d_w, d_b);
  const auto added = [](const std::array<double, 8>& l) {
    return ((l[0] + l[4]) + (l[2] + l[6])) + ((l[1] + l[5]) + (l[3] + l[7]));
  };
  for (std::size_t r = 0; r < 5; ++r) {
    std::array<double, 8> row{};
    for (std::size_t j = 0; j < 43; ++j) row[j % 8] += d_z(r, j);
    EXPECT_EQ(d_b[r], added(row));
    for (std::size_t c = 0; c < 6; ++c) {
      std::array<double, 8> lanes{};
      for (std::size_t j = 0; j < 43; ++j) lanes[j % 8] = std::fma(d_z(r, j), a(c, j), lanes[j % 8]);
      EXPECT_EQ(d_w(r, c), added(lanes));
    }
  }
}

TEST_P(kernels_on, activations_are_those_of_their_naive_twins) {
  for (std::size_t columns = 1; columns <= 40; ++columns) {
    Matrix z = drawn(random, 3, columns);
    for (double& v : z.row_span(1)) v *= 8;
    Matrix a = unwritten(3, columns);
    Matrix expected(3, columns);
    k.linear.apply(0, z, a);
    EXPECT_TRUE(a == z);
    k.relu.apply(0, z, a);
    naive::relu(z, expected);
    EXPECT_TRUE(a == expected);
    k.tanh.apply(0, z, a);
    naive::tanh(z, expected);
    EXPECT_LT(largest_difference(a, expected), 1e-15);
    k.sigmoid.apply(0, z, a);
    naive::sigmoid(z, expected);
    EXPECT_LT(largest_difference(a, expected), 1e-15);
  }
}

TEST_P(kernels_on, derivatives_are_those_of_their_naive_twins) {
  for (std::size_t columns = 1; columns <= 40; ++columns) {
    Matrix z = drawn(random, 3, columns);
    for (double& v : z.row_span(1)) v *= 8;
    z(2, 0) = 0;
    const Matrix d_a = drawn(random, 3, columns);
    Matrix a = unwritten(3, columns);
    Matrix d_z = unwritten(3, columns);
    Matrix expected(3, columns);
    EXPECT_TRUE(k.linear.backward(0, z, z, d_a, d_z));
    EXPECT_TRUE(d_z == d_a);
    k.relu.apply(0, z, a);
    EXPECT_TRUE(k.relu.backward(0, z, a, d_a, d_z));
    naive::relu_backward(z, d_a, expected);
    EXPECT_TRUE(d_z == expected);
    EXPECT_EQ(d_z(2, 0), 0) << "ReLU's derivative at 0";
    k.tanh.apply(0, z, a);
    EXPECT_TRUE(k.tanh.backward(0, z, a, d_a, d_z));
    naive::tanh_backward(z, d_a, expected);
    EXPECT_LT(largest_difference(d_z, expected), 1e-15);
    k.sigmoid.apply(0, z, a);
    EXPECT_TRUE(k.sigmoid.backward(0, z, a, d_a, d_z));
    naive::sigmoid_backward(z, d_a, expected);
    EXPECT_LT(largest_difference(d_z, expected), 1e-15);
  }
}

// Saturated units: a derivative of 1e-300 is measured, not rounded to 0.
TEST_P(kernels_on, derivatives_keep_their_digits_where_the_activation_saturates) {
  Matrix z(2, 700);
  for (std::size_t c = 0; c < 700; ++c) z(0, c) = z(1, c) = static_cast<double>(c) * 0.5;
  for (double& v : z.row_span(1)) v = -2 * v;
  Matrix d_a(2, 700);
  for (std::size_t r = 0; r < 2; ++r) {
    for (double& v : d_a.row_span(r)) v = 1;
  }
  Matrix a(2, 700);
  Matrix d_z(2, 700);
  Matrix expected(2, 700);
  const auto largest_relative_error = [&] {
    double largest = 0;
    for (std::size_t c = 0; c < 700; ++c) {
      for (std::size_t r = 0; r < 2; ++r) {
        EXPECT_GT(d_z(r, c), 0);
        largest = std::max(largest, std::abs(d_z(r, c) / expected(r, c) - 1));
      }
    }
    return largest;
  };
  k.sigmoid.apply(0, z, a);
  k.sigmoid.backward(0, z, a, d_a, d_z);
  naive::sigmoid_backward(z, d_a, expected);
  EXPECT_LT(largest_relative_error(), 3e-15);
  for (double& v : z.row_span(1)) v /= 2;  // tanh falls twice as fast
  k.tanh.apply(0, z, a);
  k.tanh.backward(0, z, a, d_a, d_z);
  naive::tanh_backward(z, d_a, expected);
  EXPECT_LT(largest_relative_error(), 3e-15);
}

TEST_P(kernels_on, a_gradient_may_be_computed_in_place) {
  const Matrix z = drawn(random, 4, 21);
  const Matrix d_a = drawn(random, 4, 21);
  Matrix a(4, 21);
  k.tanh.apply(0, z, a);
  Matrix apart(4, 21);
  Matrix in_place = d_a;
  k.tanh.backward(0, z, a, d_a, apart);
  k.tanh.backward(0, z, a, in_place, in_place);
  EXPECT_TRUE(apart == in_place);
}

TEST_P(kernels_on, costs_and_their_gradients_are_those_of_their_naive_twins) {
  for (std::size_t columns = 1; columns <= 40; ++columns) {
    const std::size_t rows = 1 + columns % 3;
    const Matrix z = drawn(random, rows, columns);
    Matrix y(rows, columns);
    for (std::size_t r = 0; r < rows; ++r) {
      for (double& v : y.row_span(r)) v = static_cast<double>(random.interval(1));
    }
    spoil_padding(y);
    EXPECT_NEAR(k.logistic_cross_entropy(z, y), naive::logistic_cross_entropy(z, y), 1e-14);
    EXPECT_NEAR(k.squared_error(z, y), naive::squared_error(z, y), 1e-13);

    Matrix a = unwritten(rows, columns);
    Matrix d_z = unwritten(rows, columns);
    Matrix d_a = unwritten(rows, columns);
    k.sigmoid.apply(0, z, a);
    EXPECT_TRUE(k.logistic_cross_entropy_backward(a, y, d_z));
    k.squared_error_backward(z, y, d_a);
    const auto m = static_cast<double>(columns);
    for (std::size_t r = 0; r < rows; ++r) {
      for (std::size_t c = 0; c < columns; ++c) {
        EXPECT_NEAR(d_z(r, c), (a(r, c) - y(r, c)) / m, 1e-16);
        EXPECT_NEAR(d_a(r, c), 2 * (z(r, c) - y(r, c)) / (m * static_cast<double>(rows)), 1e-14);
      }
    }
  }
}

TEST_P(kernels_on, cross_entropy_is_finite_and_exact_for_every_finite_logit) {
  Matrix z(1, 3);
  Matrix y(1, 3);
  for (const double size : {1e308, 1e300, 800.0}) {
    for (std::size_t c = 0; c < 3; ++c) {
      z(0, c) = size;
      y(0, c) = 0;
    }
    EXPECT_NEAR(k.logistic_cross_entropy(z, y) / size, 1, 1e-15);
    for (std::size_t c = 0; c < 3; ++c) y(0, c) = 1;
    EXPECT_EQ(k.logistic_cross_entropy(z, y), 0);
  }
  // Learned well: the cost is exp(-z), not 0.
  for (std::size_t c = 0; c < 3; ++c) z(0, c) = 300;
  EXPECT_NEAR(k.logistic_cross_entropy(z, y) / std::exp(-300.0), 1, 1e-15);
}

// Logarithms are taken together, of products that must neither overflow nor lose what is small.
TEST_P(kernels_on, cross_entropy_keeps_its_digits_over_many_samples) {
  const std::size_t samples = 20'003;
  for (const double size : {0.0, 0.1, 20.0, 600.0}) {
    Matrix z(1, samples);
    Matrix y(1, samples);
    long double expected = 0;
    for (std::size_t c = 0; c < samples; ++c) {
      y(0, c) = static_cast<double>(c % 2);
      z(0, c) = (c % 2 == 0 ? -size : size) * (1 + random.random_sample());
      expected += std::log1p(std::exp(-std::abs(static_cast<long double>(z(0, c)))));
    }
    expected /= samples;
    EXPECT_NEAR(static_cast<double>(k.logistic_cross_entropy(z, y) / expected), 1, 1e-12) << size;
  }
}

TEST_P(kernels_on, descent_is_one_fused_step) {
  for (std::size_t columns = 1; columns <= 17; ++columns) {
    const Matrix d_w = drawn(random, 3, columns);
    const Matrix before = drawn(random, 3, columns);
    Matrix w = before;
    EXPECT_TRUE(k.descend(0.3, d_w, w));
    for (std::size_t r = 0; r < 3; ++r) {
      std::vector<double> b(before.row_span(r).begin(), before.row_span(r).end());
      b.push_back(-7);
      EXPECT_TRUE(k.descend_vector(0.3, d_w.row_span(r), std::span(b).first(columns)));
      for (std::size_t c = 0; c < columns; ++c) {
        EXPECT_EQ(w(r, c), std::fma(-0.3, d_w(r, c), before(r, c)));
        EXPECT_EQ(b[c], w(r, c));
      }
      EXPECT_EQ(b[columns], -7) << "written past the end";
    }
  }
}

TEST_P(kernels_on, penalties_are_their_formulas) {
  for (std::size_t columns = 1; columns <= 17; ++columns) {
    Matrix w = drawn(random, 4, columns);
    w(1, 0) = 0;
    const Matrix before = drawn(random, 4, columns);
    Matrix d_w = before;
    k.add_penalty_gradient(0.25, 0.5, w, d_w);
    double sizes = 0;
    double squares = 0;
    for (std::size_t r = 0; r < 4; ++r) {
      for (std::size_t c = 0; c < columns; ++c) {
        const double sign = w(r, c) > 0 ? 1 : (w(r, c) < 0 ? -1 : 0);
        EXPECT_NEAR(d_w(r, c), before(r, c) + 0.5 * w(r, c) + 0.25 * sign, 1e-15);
        sizes += std::abs(w(r, c));
        squares += w(r, c) * w(r, c);
      }
    }
    EXPECT_NEAR(k.penalty(0.25, 0.5, w), 0.25 * sizes + 0.25 * squares, 1e-13);
    w(0, 0) = kInf;
    EXPECT_EQ(k.penalty(0, 0, w), 0) << "a coefficient of 0 leaves its term out";
  }
}

// --- Finiteness.

TEST_P(kernels_on, one_infinity_in_the_last_real_column_is_seen) {
  for (std::size_t columns = 1; columns <= 24; ++columns) {
    for (const double bad : {kInf, -kInf, kNaN}) {
      const std::size_t last = columns - 1;
      const Matrix w = drawn(random, 3, 2);
      Matrix a = drawn(random, 2, columns);
      const std::vector<double> b(3);
      Matrix z = unwritten(3, columns);
      EXPECT_TRUE(k.affine(w, b, a, z));
      a(1, last) = bad;
      EXPECT_FALSE(k.affine(w, b, a, z));

      Matrix d = drawn(random, 3, columns);
      Matrix out = unwritten(3, columns);
      const Matrix zeros(3, columns);
      Matrix halves(3, columns);
      for (std::size_t r = 0; r < 3; ++r) {
        for (double& v : halves.row_span(r)) v = 0.5;
      }
      EXPECT_TRUE(k.linear.backward(0, zeros, zeros, d, out));
      EXPECT_TRUE(k.descend(0.1, d, out));
      EXPECT_TRUE(k.logistic_cross_entropy_backward(d, zeros, out));
      Matrix d_w = unwritten(3, 3);
      std::vector<double> d_b(3);
      EXPECT_TRUE(k.gradient_sums(d, d, d_w, d_b));
      d(2, last) = bad;
      EXPECT_FALSE(k.linear.backward(0, zeros, zeros, d, out));
      EXPECT_FALSE(k.relu.backward(0, halves, halves, d, out));
      EXPECT_FALSE(k.tanh.backward(0, zeros, halves, d, out));
      EXPECT_FALSE(k.sigmoid.backward(0, zeros, halves, d, out));
      EXPECT_FALSE(k.logistic_cross_entropy_backward(d, zeros, out));
      EXPECT_FALSE(k.gradient_sums(d, d, d_w, d_b));
      Matrix target(3, columns);
      EXPECT_FALSE(k.descend(0.1, d, target));
      std::vector<double> vector(columns);
      EXPECT_TRUE(k.descend_vector(0.1, d.row_span(1), vector));
      EXPECT_FALSE(k.descend_vector(0.1, d.row_span(2), vector));
    }
  }
}

TEST_P(kernels_on, sums_that_overflow_are_seen) {
  Matrix d_z(1, 2);
  d_z(0, 0) = d_z(0, 1) = 1e308;
  Matrix a(1, 2);
  Matrix d_w(1, 1);
  std::vector<double> d_b(1);
  EXPECT_FALSE(k.gradient_sums(d_z, a, d_w, d_b));
  EXPECT_EQ(d_w(0, 0), 0);
  EXPECT_EQ(d_b[0], kInf);
}

TEST_P(kernels_on, nan_and_infinity_flow_through) {
  Matrix z(1, 5);
  Matrix a(1, 5);
  z(0, 1) = kNaN;
  z(0, 2) = kInf;
  z(0, 3) = -kInf;
  k.relu.apply(0, z, a);
  EXPECT_TRUE(same_bits(a.row_span(0), std::vector<double>{0, kNaN, kInf, 0, 0}));
  k.sigmoid.apply(0, z, a);
  EXPECT_TRUE(same_bits(a.row_span(0), std::vector<double>{0.5, kNaN, 1, 0, 0.5}));
  k.tanh.apply(0, z, a);
  EXPECT_TRUE(same_bits(a.row_span(0), std::vector<double>{0, kNaN, 1, -1, 0}));
  EXPECT_TRUE(std::isnan(k.logistic_cross_entropy(z, Matrix(1, 5))));
}

TEST_P(kernels_on, empty_shapes_are_no_trouble) {
  const std::vector<double> none;
  Matrix nothing;
  EXPECT_TRUE(k.affine(nothing, none, nothing, nothing));
  k.relu.apply(0, nothing, nothing);
  EXPECT_TRUE(k.descend(1, nothing, nothing));
  EXPECT_EQ(k.penalty(1, 1, nothing), 0);
}

}  // namespace
}  // namespace initlab
