// How far a function of a double is from the exact one, in units in the last place, and where to look.
#pragma once

#include <gtest/gtest.h>

#include <cmath>
#include <limits>
#include <span>
#include <string>
#include <vector>

#include "core/numeric/random.h"
#include "tests/core/numeric/test_matrices.h"

namespace initlab::test {

inline constexpr double kTiny = std::numeric_limits<double>::denorm_min();

// |value - exact| in units in the last place of the double nearest to `exact`; subnormals have the unit
// kTiny.
inline double error_in_ulp(double value, long double exact) {
  const auto rounded = static_cast<double>(exact);
  if (value == rounded) return 0;
  if (std::isinf(rounded) || std::isinf(value)) return kInf;
  const int exponent = rounded == 0 ? -1074 : std::max(std::ilogb(rounded) - 52, -1074);
  return static_cast<double>(std::ldexp(std::abs(static_cast<long double>(value) - exact), -exponent));
}

inline std::vector<double> evenly(double low, double high, int count) {
  std::vector<double> x;
  for (int i = 0; i <= count; ++i) x.push_back(low + (high - low) * i / count);
  return x;
}

// Both signs of sizes spread evenly over the exponents of [2^low, 2^high].
inline std::vector<double> over_magnitudes(int low, int high, int each) {
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

inline double largest_error(SpanFunction function, Exact exact, const std::vector<double>& x) {
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

inline double one(SpanFunction function, double x) {
  double y = 0;
  function({&x, 1}, {&y, 1});
  return y;
}

}  // namespace initlab::test
