// Every activation's kernels on each path: the digits of value and derivative, in the tails too; limits, NaN,
// padding, shapes.
#include <gtest/gtest.h>

#include <algorithm>
#include <array>
#include <cmath>
#include <string>
#include <vector>

#include "core/numeric/kernels.h"
#include "tests/core/numeric/activation_rows.h"
#include "tests/core/numeric/ulp.h"

namespace initlab {
namespace {

using namespace test;

class activation_kernels : public ::testing::TestWithParam<const Kernels*> {
 protected:
  const Kernels& k = *GetParam();
  NumpyRandom random{5};
};
INSTANTIATE_TEST_SUITE_P(each_path, activation_kernels, ::testing::ValuesIn(available_kernels()),
                         [](const auto& path) { return std::string(path.param->name); });

Matrix row_of(const std::vector<double>& values) {
  Matrix m(1, values.size());
  std::ranges::copy(values, m.row(0));
  spoil_padding(m);
  return m;
}

Matrix ones(std::size_t rows, std::size_t columns) {
  Matrix m(rows, columns);
  for (std::size_t r = 0; r < rows; ++r) std::ranges::fill(m.row_span(r), 1.0);
  return m;
}

// From one end of every function's tail to the other, with the neighbourhood of 0.
std::vector<double> sweep() {
  std::vector<double> z = evenly(-12, 12, 40003);
  for (const double far : evenly(-800, 800, 20003)) z.push_back(far);
  for (const double near : over_magnitudes(-1000, 3, 10)) z.push_back(near);
  return z;
}

// In units in the last place of `size`. What is below 2^-1000 may have passed through subnormal numbers on
// its way and is held to the unit of 2^-1000.
double error_of(double value, long double exact, long double size) {
  const long double unit = std::ldexp(std::max(std::abs(size), std::ldexp(1.0L, -1000)), -52);
  const auto error = static_cast<double>(std::abs(value - exact) / unit);
  return std::isnan(error) ? kInf : error;
}

struct Worst {
  double error = 0;
  double at = 0;
  void consider(double e, double z) {
    if (e > error) {
      error = e;
      at = z;
    }
  }
};

TEST_P(activation_kernels, keep_the_digits_of_value_and_derivative) {
  const Matrix z = row_of(sweep());
  for (const ActivationRow& f : activation_rows()) {
    Matrix a = unwritten(1, z.columns());
    Matrix d_z = unwritten(1, z.columns());
    f.apply(k, z, a);
    EXPECT_TRUE(f.apply_backward(k, z, a, ones(1, z.columns()), d_z)) << f.name;
    Worst value;
    Worst derivative;
    for (std::size_t c = 0; c < z.columns(); ++c) {
      const double at = z(0, c);
      value.consider(error_of(a(0, c), f.value(at), f.value(at)), at);
      derivative.consider(error_of(d_z(0, c), f.derivative(at), f.derivative_size(at)), at);
    }
    EXPECT_LE(value.error, f.value_bound) << f.name << " at " << value.at;
    EXPECT_LE(derivative.error, f.derivative_bound) << f.name << "' at " << derivative.at;
    RecordProperty(std::string(f.name), std::to_string(value.error) + " at " + std::to_string(value.at));
    RecordProperty(std::string(f.name) + "_slope",
                   std::to_string(derivative.error) + " at " + std::to_string(derivative.at));
  }
}

// A gradient that vanishes is measured, not rounded to 0.
TEST_P(activation_kernels, have_a_derivative_far_out_on_the_left) {
  struct Tail {
    std::string_view name;
    double z;
  };
  for (const Tail tail : {Tail{"sigmoid", -700}, Tail{"tanh", -350}, Tail{"tanh", 350}, Tail{"elu", -700},
                          Tail{"selu", -700}, Tail{"gelu", -37}, Tail{"gelu_tanh", -21}, Tail{"silu", -690},
                          Tail{"softplus", -700}, Tail{"softsign", -1e150}}) {
    const auto row = std::ranges::find(activation_rows(), tail.name, &ActivationRow::name);
    ASSERT_NE(row, activation_rows().end());
    const Matrix z = row_of({tail.z});
    Matrix a(1, 1);
    Matrix d_z(1, 1);
    row->apply(k, z, a);
    row->apply_backward(k, z, a, ones(1, 1), d_z);
    EXPECT_NE(d_z(0, 0), 0) << tail.name;
    EXPECT_LT(std::abs(d_z(0, 0)), 1e-280) << tail.name;
    EXPECT_LT(std::abs(static_cast<double>(d_z(0, 0) / row->derivative(tail.z) - 1)), 3e-15) << tail.name;
  }
}

TEST_P(activation_kernels, have_their_limits_and_pytorchs_derivatives_at_kinks) {
  const Matrix z = row_of({-kInf, 0, kInf});
  const Matrix huge = row_of({-1e300, -0.0, 1e300});
  for (const ActivationRow& f : activation_rows()) {
    Matrix a(1, 3);
    Matrix d_z(1, 3);
    f.apply(k, z, a);
    f.apply_backward(k, z, a, ones(1, 3), d_z);
    for (std::size_t c = 0; c < 3; ++c) {
      const bool is_nan = std::isnan(f.values[c]);
      EXPECT_TRUE(is_nan ? std::isnan(a(0, c)) : a(0, c) == f.values[c]) << f.name << ": " << a(0, c);
      EXPECT_TRUE(is_nan ? std::isnan(d_z(0, c)) : d_z(0, c) == f.derivatives[c])
          << f.name << ": " << d_z(0, c);
    }
    f.apply(k, huge, a);
    EXPECT_TRUE(f.apply_backward(k, huge, a, ones(1, 3), d_z)) << f.name;
    for (std::size_t c = 0; c < 3; ++c) {
      EXPECT_TRUE(std::isfinite(a(0, c))) << f.name;
      if (f.name == "sine") continue;
      EXPECT_NEAR(d_z(0, c), f.derivatives[c], 1e-15) << f.name;
      if (std::isfinite(f.values[c])) {
        EXPECT_NEAR(a(0, c), f.values[c], 1e-15) << f.name;
      }
    }
  }
}

TEST_P(activation_kernels, let_nan_flow) {
  const Matrix z = row_of({1, kNaN, 1});
  Matrix a(1, 3);
  Matrix d_z(1, 3);
  for (const ActivationRow& f : activation_rows()) {
    f.apply(k, z, a);
    EXPECT_TRUE(std::isfinite(a(0, 0)) && std::isnan(a(0, 1)) && std::isfinite(a(0, 2))) << f.name;
    EXPECT_FALSE(f.apply_backward(k, z, a, row_of({1, kNaN, 1}), d_z)) << f.name;
    EXPECT_TRUE(std::isfinite(d_z(0, 0)) && std::isnan(d_z(0, 1)) && std::isfinite(d_z(0, 2))) << f.name;
  }
}

// Also: the gradient is a multiple of what comes in, may be computed in place, and padding is not looked at.
TEST_P(activation_kernels, do_the_same_in_every_column_of_every_shape) {
  for (const ActivationRow& f : activation_rows()) {
    for (std::size_t columns = 1; columns <= 25; ++columns) {
      const Matrix z = drawn(random, 3, columns);
      const Matrix d_a = drawn(random, 3, columns);
      Matrix a = unwritten(3, columns);
      Matrix d_z = unwritten(3, columns);
      f.apply(k, z, a);
      EXPECT_TRUE(f.apply_backward(k, z, a, d_a, d_z)) << f.name << ", " << columns << " columns";
      for (std::size_t r = 0; r < 3; ++r) {
        for (std::size_t c = 0; c < columns; ++c) {
          const double at = z(r, c);
          EXPECT_NEAR(a(r, c), static_cast<double>(f.value(at)), 4e-15) << f.name << " at " << at;
          const auto expected = static_cast<double>(d_a(r, c) * f.derivative(at));
          EXPECT_NEAR(d_z(r, c), expected, 1e-15 + 1e-15 * std::abs(expected)) << f.name << "' at " << at;
        }
      }
      Matrix in_place = d_a;
      EXPECT_TRUE(f.apply_backward(k, z, a, in_place, in_place));
      EXPECT_TRUE(in_place == d_z) << f.name;
      in_place = d_a;
      in_place(2, columns - 1) = kInf;
      const bool is_stopped = f.name == "relu" && z(2, columns - 1) <= 0;
      EXPECT_EQ(f.apply_backward(k, z, a, in_place, in_place), is_stopped) << f.name;
    }
  }
}

}  // namespace
}  // namespace initlab
