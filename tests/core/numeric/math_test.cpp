// exp, log1p, tanh and sigmoid against the C library's long double functions, in units in the last place, on
// every path: the errors that math-inl.h states are asserted here.
#include <gtest/gtest.h>

#include <cmath>
#include <limits>
#include <string>
#include <vector>

#include "core/numeric/kernels.h"
#include "tests/core/numeric/ulp.h"

namespace initlab {
namespace {

using namespace test;

double sigmoid_of(const Kernels& k, double x) {
  Matrix z(1, 1);
  Matrix a(1, 1);
  z(0, 0) = x;
  k.sigmoid.apply(0, z, a);
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

}  // namespace
}  // namespace initlab
