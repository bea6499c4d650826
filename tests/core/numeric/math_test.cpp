// exp, log1p, tanh and sigmoid against the C library's long double functions, in units in the last place, on
// every path: the errors that math-inl.h states are asserted here.
#include <gtest/gtest.h>

#include <cmath>
#include <limits>
#include <string>
#include <vector>

#include "core/numeric/kernels.h"
#include "core/numeric/random.h"

namespace initlab {
namespace {

constexpr double kInf = std::numeric_limits<double>::infinity();
constexpr double kNaN = std::numeric_limits<double>::quiet_NaN();
constexpr double kTiny = std::numeric_limits<double>::denorm_min();

// |value - exact| in units in the last place of the double nearest to `exact`; subnormals have the unit
// kTiny.
double error_in_ulp(double value, long double exact) {
  const auto rounded = static_cast<double>(exact);
  if (value == rounded) return 0;
  if (std::isinf(rounded) || std::isinf(value)) return kInf;
  const int exponent = rounded == 0 ? -1074 : std::max(std::ilogb(rounded) - 52, -1074);
  return static_cast<double>(std::ldexp(std::abs(static_cast<long double>(value) - exact), -exponent));
}

std::vector<double> evenly(double low, double high, int count) {
  std::vector<double> x;
  for (int i = 0; i <= count; ++i) x.push_back(low + (high - low) * i / count);
  return x;
}

// Both signs of sizes spread evenly over the exponents of [2^low, 2^high].
std::vector<double> over_magnitudes(int low, int high, int each) {
  NumpyRandom random(17);
  std::vector<double> x;
  for (int exponent = low; exponent < high; ++exponent) {
    for (int i = 0; i < each; ++i) {
      const double size = std::ldexp(1 + random.random_sample(), exponent);
      x.push_back(size);
      x.push_back(-size);
    }
  }
  return x;
}

using SpanFunction = void (*)(std::span<const double>, std::span<double>);
using Exact = long double (*)(long double);

double largest_error(SpanFunction function, Exact exact, const std::vector<double>& x) {
  std::vector<double> y(x.size());
  function(x, y);
  double largest = 0;
  std::size_t worst = 0;
  for (std::size_t i = 0; i < x.size(); ++i) {
    const double error = error_in_ulp(y[i], exact(x[i]));
    if (!(error <= largest)) {
      largest = error;
      worst = i;
    }
  }
  ::testing::Test::RecordProperty("largest_error",
                                  std::to_string(largest) + " at " + std::to_string(x[worst]));
  return largest;
}

double one(SpanFunction function, double x) {
  double y = 0;
  function({&x, 1}, {&y, 1});
  return y;
}

double sigmoid_of(const Kernels& k, double x) {
  Matrix z(1, 1);
  Matrix a(1, 1);
  z(0, 0) = x;
  k.sigmoid(z, a);
  return a(0, 0);
}

class math : public ::testing::TestWithParam<const Kernels*> {};
INSTANTIATE_TEST_SUITE_P(each_path, math, ::testing::ValuesIn(available_kernels()),
                         [](const auto& path) { return std::string(path.param->name); });

TEST_P(math, exp_is_within_one_ulp) {
  const Exact exact = [](long double x) { return std::exp(x); };
  EXPECT_LT(largest_error(GetParam()->exp_span, exact, evenly(-708, 709.78, 200003)), 1.0);
  EXPECT_LT(largest_error(GetParam()->exp_span, exact, evenly(-2, 2, 100003)), 1.0);
  EXPECT_LT(largest_error(GetParam()->exp_span, exact, over_magnitudes(-60, 9, 500)), 1.0);
}

TEST_P(math, exp_underflows_gradually_and_overflows_to_infinity) {
  const SpanFunction exp = GetParam()->exp_span;
  const Exact exact = [](long double x) { return std::exp(x); };
  EXPECT_LT(largest_error(exp, exact, evenly(-746, -708, 100003)), 1.0);
  EXPECT_EQ(one(exp, -745.13), kTiny);
  EXPECT_EQ(one(exp, -745.14), 0);
  EXPECT_EQ(one(exp, -1e300), 0);
  EXPECT_EQ(one(exp, -kInf), 0);
  EXPECT_TRUE(std::isfinite(one(exp, 709.782712893383)));
  EXPECT_EQ(one(exp, 709.782712893385), kInf);
  EXPECT_EQ(one(exp, 1e300), kInf);
  EXPECT_EQ(one(exp, kInf), kInf);
  EXPECT_EQ(one(exp, 0.0), 1);
  EXPECT_EQ(one(exp, -0.0), 1);
  EXPECT_EQ(one(exp, kTiny), 1);
  EXPECT_TRUE(std::isnan(one(exp, kNaN)));
}

TEST_P(math, log1p_is_within_two_ulp) {
  const Exact exact = [](long double x) { return std::log1p(x); };
  EXPECT_LT(largest_error(GetParam()->log1p_span, exact, evenly(-0.9999, 4, 200003)), 2.0);
  EXPECT_LT(largest_error(GetParam()->log1p_span, exact, over_magnitudes(-1074, 0, 60)), 2.0);
  std::vector<double> large = over_magnitudes(0, 1024, 60);
  std::erase_if(large, [](double x) { return x < 0; });
  EXPECT_LT(largest_error(GetParam()->log1p_span, exact, large), 2.0);
}

TEST_P(math, log1p_keeps_the_extremes) {
  const SpanFunction log1p = GetParam()->log1p_span;
  EXPECT_EQ(one(log1p, -1.0), -kInf);
  EXPECT_TRUE(std::isnan(one(log1p, -1.5)));
  EXPECT_TRUE(std::isnan(one(log1p, -kInf)));
  EXPECT_EQ(one(log1p, kInf), kInf);
  EXPECT_TRUE(std::isnan(one(log1p, kNaN)));
  EXPECT_EQ(one(log1p, 0.0), 0);
  EXPECT_EQ(one(log1p, kTiny), kTiny);
  EXPECT_EQ(one(log1p, -kTiny), -kTiny);
  EXPECT_NEAR(one(log1p, std::numeric_limits<double>::max()), 709.782712893384, 1e-9);
}

TEST_P(math, tanh_is_within_three_ulp) {
  const Exact exact = [](long double x) { return std::tanh(x); };
  EXPECT_LT(largest_error(GetParam()->tanh_span, exact, evenly(-25, 25, 400003)), 3.0);
  EXPECT_LT(largest_error(GetParam()->tanh_span, exact, over_magnitudes(-1074, 10, 60)), 3.0);
}

TEST_P(math, tanh_keeps_signs_limits_and_nan) {
  const SpanFunction tanh = GetParam()->tanh_span;
  EXPECT_EQ(one(tanh, kInf), 1);
  EXPECT_EQ(one(tanh, -kInf), -1);
  EXPECT_EQ(one(tanh, 1e300), 1);
  EXPECT_TRUE(std::signbit(one(tanh, -0.0)));
  EXPECT_EQ(one(tanh, -kTiny), -kTiny);
  EXPECT_TRUE(std::isnan(one(tanh, kNaN)));
}

TEST_P(math, sigmoid_is_within_two_and_a_half_ulp_down_to_the_subnormals) {
  for (const double z : evenly(-744, 40, 100003)) {
    const long double e = std::exp(static_cast<long double>(z));
    ASSERT_LT(error_in_ulp(sigmoid_of(*GetParam(), z), e / (1 + e)), 2.5) << z;
  }
  EXPECT_EQ(sigmoid_of(*GetParam(), -kInf), 0);
  EXPECT_EQ(sigmoid_of(*GetParam(), kInf), 1);
  EXPECT_EQ(sigmoid_of(*GetParam(), -1e300), 0);
  EXPECT_EQ(sigmoid_of(*GetParam(), 1e300), 1);
  EXPECT_EQ(sigmoid_of(*GetParam(), 0), 0.5);
  EXPECT_TRUE(std::isnan(sigmoid_of(*GetParam(), kNaN)));
}

TEST_P(math, functions_of_a_span_do_not_write_past_its_end) {
  for (std::size_t count = 0; count <= 17; ++count) {
    std::vector<double> x(count, 0.5);
    std::vector<double> y(count + 8, -7.0);
    GetParam()->exp_span(x, std::span(y).first(count));
    for (std::size_t i = 0; i < y.size(); ++i) {
      EXPECT_NEAR(y[i], i < count ? std::exp(0.5) : -7.0, 1e-15) << count << " values, at " << i;
    }
  }
}

}  // namespace
}  // namespace initlab
