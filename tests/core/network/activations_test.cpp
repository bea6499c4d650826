// Every activation: its kernel against its scalar form, its derivative against finite differences, values
// against the reference's table, gains against PyTorch's, flags against what the function does.
#include "core/network/activations.h"

#include <gtest/gtest.h>

#include <algorithm>
#include <array>
#include <cmath>
#include <limits>
#include <string_view>

namespace initlab {
namespace {

constexpr double kInfinity = std::numeric_limits<double>::infinity();

// The defaults, Keras' slope with the frequency of SIREN, and a slope of 0.
constexpr std::array kParameters = {ActivationParameters{},
                                    ActivationParameters{.slope = 0.2, .frequency = 30},
                                    ActivationParameters{.slope = 0, .frequency = 2.5}};

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
    for (const ActivationParameters& p : kParameters) {
      Matrix a(z.rows(), z.columns());
      Matrix ones(z.rows(), z.columns());
      Matrix d_z(z.rows(), z.columns());
      for (std::size_t r = 0; r < z.rows(); ++r) std::ranges::fill(ones.row_span(r), 1.0);
      const ElementwiseFunction f = elementwise(row.kind, p);
      f.kernel.apply(f.parameter, z, a);
      EXPECT_TRUE(f.kernel.backward(f.parameter, z, a, ones, d_z)) << row.id;
      const double slope_scale = row.kind == ActivationId::kSine ? p.frequency : 1;
      for (std::size_t r = 0; r < z.rows(); ++r) {
        for (std::size_t c = 0; c < z.columns(); ++c) {
          const double at = z(r, c);
          EXPECT_NEAR(a(r, c), row.value(at, p), 4e-15 * std::max(1.0, std::abs(at))) << row.id;
          EXPECT_NEAR(d_z(r, c), row.derivative(at, p), 4e-15 * slope_scale) << row.id << " at " << at;
        }
      }
    }
  }
}

// By a five-point formula; no point stands nearer to the kink at 0 than its step.
TEST(activations, derivatives_are_the_slopes_of_the_values) {
  for (const Activation& row : activations()) {
    for (const ActivationParameters& p : kParameters) {
      const double rate = row.kind == ActivationId::kSine ? std::max(1.0, p.frequency) : 1;
      const double step = 1e-3 / rate;
      const auto f = [&](double z) { return row.value(z, p); };
      for (double z = -6.05; z < 6; z += 0.1) {
        const double slope =
            (8 * (f(z + step) - f(z - step)) - (f(z + 2 * step) - f(z - 2 * step))) / (12 * step);
        EXPECT_NEAR(row.derivative(z, p), slope, 1e-10 * rate) << row.id << " at " << z;
      }
    }
  }
}

TEST(activations, derivatives_at_kinks_are_pytorchs) {
  const auto at_zero = [](ActivationId kind, double slope = 0.01) {
    return activation(kind).derivative(0, {.slope = slope});
  };
  EXPECT_EQ(at_zero(ActivationId::kRelu), 0);
  EXPECT_EQ(at_zero(ActivationId::kLeakyRelu), 0.01);
  EXPECT_EQ(at_zero(ActivationId::kLeakyRelu, 0.2), 0.2);
  EXPECT_EQ(at_zero(ActivationId::kElu), 1);
  EXPECT_EQ(at_zero(ActivationId::kSelu), 1.7580993408473766);
}

struct TableRow {
  ActivationId kind;
  double slope;
  std::array<double, 7> values;
  std::array<double, 7> derivatives;
};
constexpr std::array kTableAt = {-3.0, -1.0, -0.5, 0.0, 0.5, 1.0, 3.0};

// The numbers that PyTorch gives, to eight digits behind the point; softsign's are fractions.
constexpr std::array kTable = {
    TableRow{ActivationId::kLinear, 0.01, {-3, -1, -0.5, 0, 0.5, 1, 3}, {1, 1, 1, 1, 1, 1, 1}},
    TableRow{ActivationId::kRelu, 0.01, {0, 0, 0, 0, 0.5, 1, 3}, {0, 0, 0, 0, 1, 1, 1}},
    TableRow{ActivationId::kLeakyRelu,
             0.01,
             {-0.03, -0.01, -0.005, 0, 0.5, 1, 3},
             {0.01, 0.01, 0.01, 0.01, 1, 1, 1}},
    TableRow{ActivationId::kLeakyRelu, 0.2, {-0.6, -0.2, -0.1, 0, 0.5, 1, 3}, {0.2, 0.2, 0.2, 0.2, 1, 1, 1}},
    TableRow{ActivationId::kTanh,
             0.01,
             {-0.99505475, -0.76159416, -0.46211716, 0, 0.46211716, 0.76159416, 0.99505475},
             {0.00986604, 0.41997434, 0.78644773, 1, 0.78644773, 0.41997434, 0.00986604}},
    TableRow{ActivationId::kSigmoid,
             0.01,
             {0.04742587, 0.26894142, 0.37754067, 0.5, 0.62245933, 0.73105858, 0.95257413},
             {0.04517666, 0.19661193, 0.23500371, 0.25, 0.23500371, 0.19661193, 0.04517666}},
    TableRow{ActivationId::kElu,
             0.01,
             {-0.95021293, -0.63212056, -0.39346934, 0, 0.5, 1, 3},
             {0.04978707, 0.36787944, 0.60653066, 1, 1, 1, 1}},
    TableRow{ActivationId::kSelu,
             0.01,
             {-1.67056873, -1.11133074, -0.69175819, 0, 0.52535049, 1.05070099, 3.15210296},
             {0.08753061, 0.64676860, 1.06634115, 1.75809934, 1.05070099, 1.05070099, 1.05070099}},
    TableRow{ActivationId::kGelu,
             0.01,
             {-0.00404969, -0.15865525, -0.15426877, 0, 0.34573123, 0.84134475, 2.99595031},
             {-0.01194565, -0.08331547, 0.13250488, 0.5, 0.86749512, 1.08331547, 1.01194565}},
    TableRow{ActivationId::kGeluTanh,
             0.01,
             {-0.00363739, -0.15880801, -0.15428599, 0, 0.34571401, 0.84119199, 2.99636261},
             {-0.01158417, -0.08296408, 0.13263010, 0.5, 0.86736990, 1.08296408, 1.01158417}},
    TableRow{ActivationId::kSilu,
             0.01,
             {-0.14227762, -0.26894142, -0.18877033, 0, 0.31122967, 0.73105858, 2.85772238},
             {-0.08810411, 0.07232949, 0.26003881, 0.5, 0.73996119, 0.92767051, 1.08810411}},
    TableRow{ActivationId::kSoftplus,
             0.01,
             {0.04858735, 0.31326169, 0.47407698, 0.69314718, 0.97407698, 1.31326169, 3.04858735},
             {0.04742587, 0.26894142, 0.37754067, 0.5, 0.62245933, 0.73105858, 0.95257413}},
    TableRow{ActivationId::kSine,
             0.01,
             {-0.14112001, -0.84147098, -0.47942554, 0, 0.47942554, 0.84147098, 0.14112001},
             {-0.98999250, 0.54030231, 0.87758256, 1, 0.87758256, 0.54030231, -0.98999250}},
    TableRow{ActivationId::kSoftsign,
             0.01,
             {-0.75, -0.5, -1.0 / 3, 0, 1.0 / 3, 0.5, 0.75},
             {0.0625, 0.25, 4.0 / 9, 1, 4.0 / 9, 0.25, 0.0625}},
};

TEST(activations, values_and_derivatives_are_those_of_the_table) {
  for (const Activation& row : activations()) {
    EXPECT_TRUE(std::ranges::count(kTable, row.kind, &TableRow::kind) > 0)
        << row.id << " is not in the table";
  }
  for (const TableRow& expected : kTable) {
    const Activation& row = activation(expected.kind);
    for (std::size_t i = 0; i < kTableAt.size(); ++i) {
      const ActivationParameters p{.slope = expected.slope};
      EXPECT_NEAR(row.value(kTableAt[i], p), expected.values[i], 5.1e-9) << row.id << " at " << kTableAt[i];
      EXPECT_NEAR(row.derivative(kTableAt[i], p), expected.derivatives[i], 5.1e-9)
          << row.id << "' at " << kTableAt[i];
    }
  }
}

// Far out the scalar forms neither overflow nor cancel: theory integrates over them.
TEST(activations, scalar_forms_keep_limits_and_tails) {
  for (const Activation& row : activations()) {
    for (const double z : {-kInfinity, -1e300, -1e4, 1e4, 1e300, kInfinity}) {
      EXPECT_TRUE(std::isfinite(row.value(z, {})) || std::isinf(z)) << row.id << " at " << z;
      if (row.kind == ActivationId::kSine) continue;
      EXPECT_FALSE(std::isnan(row.value(z, {}))) << row.id << " at " << z;
      EXPECT_TRUE(std::isfinite(row.derivative(z, {}))) << row.id << "' at " << z;
    }
  }
  EXPECT_NEAR(activation(ActivationId::kTanh).derivative(-300, {}) / (4 * std::exp(-600)), 1, 1e-12);
  EXPECT_NEAR(activation(ActivationId::kSigmoid).derivative(600, {}) / std::exp(-600), 1, 1e-12);
  EXPECT_NEAR(activation(ActivationId::kGelu).value(-30, {}) / -1.472014178144456e-196, 1, 1e-12);
}

TEST(activations, gains_are_those_of_torch_nn_init_calculate_gain) {
  const auto gain = [](ActivationId kind, double slope = 0.01) {
    return activation(kind).gain({.slope = slope});
  };
  EXPECT_EQ(gain(ActivationId::kLinear), 1);
  EXPECT_EQ(gain(ActivationId::kSigmoid), 1);
  EXPECT_EQ(gain(ActivationId::kTanh), 1.6666666666666667);
  EXPECT_EQ(gain(ActivationId::kRelu), 1.4142135623730951);
  EXPECT_EQ(gain(ActivationId::kLeakyRelu), 1.4141428569978354);
  EXPECT_EQ(gain(ActivationId::kLeakyRelu, 0.1), 1.4071950894605838);
  EXPECT_EQ(gain(ActivationId::kLeakyRelu, 0.2), 1.3867504905630728);
  EXPECT_EQ(gain(ActivationId::kLeakyRelu, 0.25), 1.3719886811400708);
  EXPECT_EQ(gain(ActivationId::kLeakyRelu, 10), 0.14071950894605836);
  EXPECT_EQ(gain(ActivationId::kSelu), 0.75);
  for (const ActivationId none :
       {ActivationId::kElu, ActivationId::kGelu, ActivationId::kGeluTanh, ActivationId::kSilu,
        ActivationId::kSoftplus, ActivationId::kSine, ActivationId::kSoftsign}) {
    EXPECT_TRUE(std::isnan(gain(none))) << activation(none).id;
  }
}

// --- Flags, from the functions themselves.

TEST(activations, flags_say_what_the_functions_do) {
  for (const Activation& row : activations()) {
    const auto f = [&](double z) { return row.value(z, {}); };
    const auto slope = [&](double z) { return row.derivative(z, {}); };
    bool is_odd = true;
    bool grows_evenly = true;
    bool stops_on_the_left = true;
    for (const double z : {0.3, 1.1, 4.2}) {
      is_odd = is_odd && f(-z) == -f(z);
      for (const double side : {z, -z}) {
        grows_evenly = grows_evenly && std::abs(f(3 * side) - 3 * f(side)) < 1e-14;
      }
      stops_on_the_left = stops_on_the_left && slope(-z) == 0;
    }
    EXPECT_EQ(row.is_odd, is_odd) << row.id;
    EXPECT_EQ(row.grows_evenly, grows_evenly) << row.id;
    EXPECT_EQ(row.can_die, stops_on_the_left) << row.id;

    constexpr double kStep = 1e-4;
    const double bend_below = (slope(-kStep) - slope(-2 * kStep)) / kStep;
    const double bend_above = (slope(2 * kStep) - slope(kStep)) / kStep;
    const bool jumps =
        std::abs(slope(kStep) - slope(-kStep)) > 0.01 || std::abs(bend_above - bend_below) > 0.1;
    EXPECT_EQ(row.has_kink, jumps) << row.id;

    const bool is_flat_on_both_sides = std::abs(slope(-1e9)) < 1e-9 && std::abs(slope(1e9)) < 1e-9;
    EXPECT_EQ(row.saturates(), is_flat_on_both_sides) << row.id;
    if (row.saturates()) {
      EXPECT_NEAR(row.saturated_above, 0.99 * f(1e9), 1e-9) << row.id;
      EXPECT_NEAR(row.saturated_below, f(-1e9) == 0 ? 0.01 : 0.99 * f(-1e9), 1e-9) << row.id;
    }
  }
}

TEST(activations, only_the_rows_that_name_a_parameter_read_it) {
  constexpr ActivationParameters kOther{.slope = 0.3, .frequency = 7};
  for (const Activation& row : activations()) {
    const bool differs = row.value(-0.7, {}) != row.value(-0.7, kOther);
    const bool names_one = row.formula.find("slope") != std::string_view::npos ||
                           row.formula.find("frequency") != std::string_view::npos;
    EXPECT_EQ(differs, names_one) << row.id;
  }
}

TEST(activations, ids_are_unique_and_every_row_explains_itself) {
  for (const Activation& row : activations()) {
    EXPECT_EQ(std::ranges::count(activations(), row.id, &Activation::id), 1);
    EXPECT_EQ(&activation(row.kind), &row);
    EXPECT_FALSE(row.label.empty());
    EXPECT_TRUE(row.formula.starts_with("f(z) = ")) << row.id;
    EXPECT_TRUE(row.help.ends_with(".")) << row.id;
  }
}

}  // namespace
}  // namespace initlab
