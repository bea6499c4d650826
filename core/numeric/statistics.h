// Moments and histograms of a tensor, for values of any size: 1e-300 does not vanish in them, 1e300 does not
// overflow, and what is not finite is counted, never dropped and never mixed into a moment.
#pragma once

#include <cstdint>
#include <span>
#include <vector>

#include "core/numeric/matrix.h"

namespace initlab {

// Moments of the finite values; all zero where there is none. `std` is the population's (numpy's default,
// ddof 0).
struct Summary {
  double mean = 0;
  double std = 0;
  double min = 0;
  double max = 0;
  std::int64_t count = 0;       // all values, finite or not
  std::int64_t non_finite = 0;  // NaN and both infinities
};
// The values are scaled by a power of two before they are squared, so the result is right to a few ulp for
// any magnitude, from subnormal to the largest double.
Summary summarize(const Matrix& values);
Summary summarize(std::span<const double> values);

// Counts over equal bins of [low, high]; `high` itself belongs to the last bin, as in `np.histogram`.
struct Histogram {
  double low = 0;
  double high = 0;
  std::vector<std::int64_t> counts;
  std::int64_t underflow = 0;  // finite and below low
  std::int64_t overflow = 0;   // finite and above high
  std::int64_t negative_infinity = 0;
  std::int64_t positive_infinity = 0;
  std::int64_t nan = 0;
  std::int64_t zero = 0;  // exactly 0, counted besides in its bin: what ReLU silences

  std::int64_t total() const;
  bool operator==(const Histogram&) const = default;
};
// Fills `histogram` anew over its own low, high and counts.size(); low == high puts every equal value in the
// first bin. Requires low <= high, both finite, and at least one bin.
void fill_histogram(const Matrix& values, Histogram& histogram);
void fill_histogram(std::span<const double> values, Histogram& histogram);

}  // namespace initlab
