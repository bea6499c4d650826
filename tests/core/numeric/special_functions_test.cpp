// expm1, erf, sin and cos against the C library's long double functions, in units in the last place, on every
// path: the errors that math-inl.h, normal-inl.h and trigonometry-inl.h state are asserted here.
#include <gtest/gtest.h>

#include <array>
#include <cmath>
#include <string>
#include <string_view>
#include <vector>

#include "core/numeric/kernels.h"
#include "tests/core/numeric/ulp.h"

namespace initlab {
namespace {

using namespace test;

struct Function {
  std::string_view name;
  SpanFunction Kernels::*function;
  Exact exact;
  double bound;  // in units in the last place
};

const std::array kFunctions = {
    Function{"expm1", &Kernels::expm1_span, [](long double x) { return std::expm1(x); }, 2.0},
    Function{"erf", &Kernels::erf_span, [](long double x) { return std::erf(x); }, 2.0},
    Function{"sin", &Kernels::sin_span, [](long double x) { return std::sin(x); }, 1.0},
    Function{"cos", &Kernels::cos_span, [](long double x) { return std::cos(x); }, 1.0},
};

class special_functions : public ::testing::TestWithParam<const Kernels*> {};
INSTANTIATE_TEST_SUITE_P(each_path, special_functions, ::testing::ValuesIn(available_kernels()),
                         [](const auto& path) { return std::string(path.param->name); });

TEST_P(special_functions, are_within_the_errors_that_they_state) {
  for (const Function& f : kFunctions) {
    const SpanFunction function = GetParam()->*f.function;
    EXPECT_LT(largest_error(function, f.exact, evenly(-8, 8, 200003)), f.bound) << f.name;
    EXPECT_LT(largest_error(function, f.exact, evenly(-800, 800, 100003)), f.bound) << f.name;
    EXPECT_LT(largest_error(function, f.exact, over_magnitudes(-1074, 9, 60)), f.bound) << f.name;
  }
}

// Angles from where neighbouring doubles are close to where one step is many turns.
TEST_P(special_functions, sin_and_cos_are_exact_to_the_end_of_double) {
  for (const Function& f : kFunctions) {
    if (f.name != "sin" && f.name != "cos") continue;
    const SpanFunction function = GetParam()->*f.function;
    EXPECT_LT(largest_error(function, f.exact, evenly(-1e5, 1e5, 200003)), f.bound) << f.name;
    EXPECT_LT(largest_error(function, f.exact, over_magnitudes(9, 1024, 60)), f.bound) << f.name;
  }
}

// The doubles nearest to multiples of pi / 2: what is left of the angle is far below its last place.
TEST_P(special_functions, sin_and_cos_keep_their_digits_beside_their_zeros) {
  std::vector<double> x;
  for (long double n = 1; n < 1e15L; n = std::floor(n * 1.03L) + 1) {
    x.push_back(static_cast<double>(n * 1.570796326794896619231321691639751442L));
  }
  x.push_back(std::ldexp(6381956970095103.0, 797));  // the hardest double of all: 4.7e-19 from a multiple
  for (const Function& f : kFunctions) {
    if (f.name != "sin" && f.name != "cos") continue;
    EXPECT_LT(largest_error(GetParam()->*f.function, f.exact, x), f.bound) << f.name;
  }
}

TEST_P(special_functions, keep_signs_limits_and_nan) {
  const Kernels& k = *GetParam();
  for (const Function& f : kFunctions) {
    const SpanFunction function = k.*f.function;
    EXPECT_TRUE(std::isnan(one(function, kNaN))) << f.name;
    if (f.name == "cos") continue;
    for (const double x : {0.0, -0.0, kTiny, -kTiny}) {
      EXPECT_TRUE(same_bits(one(function, x), static_cast<double>(f.exact(x)))) << f.name << " of " << x;
    }
  }
  EXPECT_EQ(one(k.expm1_span, kInf), kInf);
  EXPECT_EQ(one(k.expm1_span, -kInf), -1);
  EXPECT_EQ(one(k.expm1_span, 709.79), kInf);
  EXPECT_EQ(one(k.expm1_span, -1e300), -1);
  EXPECT_EQ(one(k.erf_span, kInf), 1);
  EXPECT_EQ(one(k.erf_span, -kInf), -1);
  EXPECT_EQ(one(k.erf_span, 1e300), 1);
  EXPECT_EQ(one(k.cos_span, 0), 1);
  EXPECT_EQ(one(k.cos_span, kTiny), 1);
  for (const double infinity : {kInf, -kInf}) {
    EXPECT_TRUE(std::isnan(one(k.sin_span, infinity)));
    EXPECT_TRUE(std::isnan(one(k.cos_span, infinity)));
  }
}

TEST_P(special_functions, of_a_span_do_not_write_past_its_end) {
  const auto& k = *GetParam();
  for (const SpanFunction function :
       {k.exp_span, k.log1p_span, k.tanh_span, k.erf_span, k.expm1_span, k.sin_span, k.cos_span}) {
    const double expected = one(function, 0.5);
    for (std::size_t count = 0; count <= 17; ++count) {
      const std::vector<double> x(count, 0.5);
      std::vector<double> y(count + 8, -7.0);
      function(x, std::span(y).first(count));
      for (std::size_t i = 0; i < y.size(); ++i) {
        EXPECT_EQ(y[i], i < count ? expected : -7.0) << count << " values, at " << i;
      }
    }
  }
}

}  // namespace
}  // namespace initlab
