// Every activation: its kernel against its scalar form, its derivative against finite differences.
#include "core/network/activations.h"

#include <gtest/gtest.h>

#include <algorithm>
#include <cmath>

namespace initlab {
namespace {

Matrix points() {
  Matrix z(3, 401);
  for (std::size_t r = 0; r < z.rows(); ++r) {
    for (std::size_t c = 0; c < z.columns(); ++c) {
      z(r, c) = (static_cast<double>(c) - 200.3 + static_cast<double>(r) / 3) / 20;
    }
  }
  return z;
}

TEST(activations, kernels_agree_with_the_scalar_forms) {
  const Matrix z = points();
  for (const Activation& row : activations()) {
    Matrix a(z.rows(), z.columns());
    Matrix ones(z.rows(), z.columns());
    Matrix d_z(z.rows(), z.columns());
    for (std::size_t r = 0; r < z.rows(); ++r) std::ranges::fill(ones.row_span(r), 1.0);
    (kernels().*row.apply)(z, a);
    EXPECT_TRUE((kernels().*row.apply_backward)(z, a, ones, d_z)) << row.id;
    for (std::size_t r = 0; r < z.rows(); ++r) {
      for (std::size_t c = 0; c < z.columns(); ++c) {
        EXPECT_NEAR(a(r, c), row.value(z(r, c)), 4e-15 * std::max(1.0, std::abs(z(r, c)))) << row.id;
        EXPECT_NEAR(d_z(r, c), row.derivative(z(r, c)), 4e-15) << row.id << " at " << z(r, c);
      }
    }
  }
}

TEST(activations, derivatives_are_the_slopes_of_the_values) {
  constexpr double kStep = 1e-5;
  for (const Activation& row : activations()) {
    for (double z = -6.05; z < 6; z += 0.1) {
      const double slope = (row.value(z + kStep) - row.value(z - kStep)) / (2 * kStep);
      EXPECT_NEAR(row.derivative(z), slope, 1e-8) << row.id << " at " << z;
    }
  }
}

TEST(activations, relu_has_no_slope_at_zero) {
  EXPECT_EQ(activation(ActivationId::kRelu).derivative(0), 0);
}

TEST(activations, ids_are_unique_and_every_row_explains_itself) {
  for (const Activation& row : activations()) {
    EXPECT_EQ(std::ranges::count(activations(), row.id, &Activation::id), 1);
    EXPECT_FALSE(row.label.empty());
    EXPECT_FALSE(row.formula.empty());
    EXPECT_FALSE(row.help.empty());
  }
}

}  // namespace
}  // namespace initlab
