// One value after another. Sums stand in eight lanes all the same, so that the bits are those of the kernels.
#include "core/numeric/statistics_naive.h"

#include <algorithm>
#include <array>
#include <cassert>
#include <cmath>
#include <limits>
#include <numeric>

namespace initlab {
namespace {

constexpr double kLargest = std::numeric_limits<double>::max();

using Lanes = std::array<double, kLaneCount>;

// Calls function(value, lane) for every value: whole groups of eight first, so that the inner loop
// vectorises.
template <class Function>
void for_each_in_lanes(std::span<const double> values, Function function) {
  std::size_t i = 0;
  for (; i + kLaneCount <= values.size(); i += kLaneCount) {
    for (std::size_t lane = 0; lane < kLaneCount; ++lane) function(values[i + lane], lane);
  }
  for (std::size_t lane = 0; i + lane < values.size(); ++lane) function(values[i + lane], lane);
}

double add_lanes(const Lanes& lanes) {
  return ((lanes[0] + lanes[4]) + (lanes[2] + lanes[6])) + ((lanes[1] + lanes[5]) + (lanes[3] + lanes[7]));
}

bool is_finite(double value) {
  return std::abs(value) <= kLargest;
}

struct Rows {
  const double* first;
  std::size_t rows;
  std::size_t columns;
  std::size_t stride;
  std::span<const double> row(std::size_t r) const { return {first + r * stride, columns}; }
};

struct Extremes {
  double min = kLargest;
  double max = -kLargest;
  std::int64_t finite = 0;
};

Extremes find_extremes(const Rows& values) {
  Lanes low;
  Lanes high;
  std::array<std::int64_t, kLaneCount> finite{};
  low.fill(kLargest);
  high.fill(-kLargest);
  for (std::size_t r = 0; r < values.rows; ++r) {
    for_each_in_lanes(values.row(r), [&](double v, std::size_t lane) {
      const bool is_number = is_finite(v);
      const double for_low = is_number ? v : kLargest;
      const double for_high = is_number ? v : -kLargest;
      low[lane] = for_low < low[lane] ? for_low : low[lane];
      high[lane] = for_high > high[lane] ? for_high : high[lane];
      finite[lane] += is_number ? 1 : 0;
    });
  }
  return {*std::min_element(low.begin(), low.end()), *std::max_element(high.begin(), high.end()),
          std::accumulate(finite.begin(), finite.end(), std::int64_t{0})};
}

// The power of two that brings `largest` near 1, as far as a double can express it.
double scale_for(double largest) {
  return std::ldexp(1.0, std::clamp(-std::ilogb(largest), -1022, 1023));
}

Summary summarize_rows(const Rows& values) {
  Summary summary;
  summary.count = static_cast<std::int64_t>(values.rows * values.columns);
  const Extremes extremes = find_extremes(values);
  summary.non_finite = summary.count - extremes.finite;
  if (extremes.finite == 0) return summary;
  summary.min = extremes.min;
  summary.max = extremes.max;
  if (extremes.min == extremes.max) {
    summary.mean = extremes.min;
    return summary;
  }
  const double count = static_cast<double>(extremes.finite);
  const double scale = scale_for(std::max(std::abs(extremes.min), std::abs(extremes.max)));

  Lanes sums{};
  for (std::size_t r = 0; r < values.rows; ++r) {
    for_each_in_lanes(values.row(r),
                      [&](double v, std::size_t lane) { sums[lane] += is_finite(v) ? v * scale : 0.0; });
  }
  const double mean = add_lanes(sums) / count;

  // Two passes, corrected by what the rounded mean leaves (Chan, Golub and LeVeque 1983).
  Lanes squares{};
  Lanes rests{};
  for (std::size_t r = 0; r < values.rows; ++r) {
    for_each_in_lanes(values.row(r), [&](double v, std::size_t lane) {
      const double distance = is_finite(v) ? v * scale - mean : 0.0;
      squares[lane] += distance * distance;
      rests[lane] += distance;
    });
  }
  const double rest = add_lanes(rests);
  const double variance = std::max(0.0, (add_lanes(squares) - rest * rest / count) / count);
  summary.mean = std::clamp((mean + rest / count) / scale, extremes.min, extremes.max);
  // No distribution on [min, max] is wider than half of it: the bound only takes away rounding at the far
  // end.
  summary.std = std::min(std::sqrt(variance) / scale, extremes.max / 2 - extremes.min / 2);
  return summary;
}

// The bins of a histogram, in numbers scaled by a power of two where the range would overflow or underflow.
class Bins {
 public:
  Bins(double low, double high, std::size_t count) : last_(count - 1) {
    const double largest = std::max(std::abs(low), std::abs(high));
    if (largest > 0x1p1000) scale_ = 0.25;
    if (largest < 0x1p-500) scale_ = 0x1p500;
    low_ = low * scale_;
    high_ = high * scale_;
    step_ = (high_ - low_) / static_cast<double>(count);
    bins_per_unit_ = static_cast<double>(count) / (high_ - low_);
  }

  // Requires low <= value <= high. A first guess by one multiplication, put right against the bin's own
  // edges.
  std::size_t index_of(double value) const {
    const double scaled = value * scale_;
    const double guess = (scaled - low_) * bins_per_unit_;
    std::size_t index = guess < static_cast<double>(last_) ? static_cast<std::size_t>(guess) : last_;
    if (scaled < edge(index)) {
      --index;
    } else if (index != last_ && scaled >= edge(index + 1)) {
      ++index;
    }
    return index;
  }

 private:
  double edge(std::size_t index) const { return static_cast<double>(index) * step_ + low_; }

  std::size_t last_;
  double scale_ = 1;
  double low_ = 0;
  double high_ = 0;
  double step_ = 0;
  double bins_per_unit_ = 0;
};

void count_outside(double value, Histogram& histogram) {
  if (std::isnan(value)) {
    ++histogram.nan;
  } else if (std::isinf(value)) {
    ++(value < 0 ? histogram.negative_infinity : histogram.positive_infinity);
  } else {
    ++(value < histogram.low ? histogram.underflow : histogram.overflow);
  }
}

void fill_from_rows(const Rows& values, Histogram& histogram) {
  assert(histogram.low <= histogram.high && is_finite(histogram.low) && is_finite(histogram.high));
  assert(!histogram.counts.empty());
  std::fill(histogram.counts.begin(), histogram.counts.end(), 0);
  histogram.underflow = histogram.overflow = 0;
  histogram.negative_infinity = histogram.positive_infinity = histogram.nan = histogram.zero = 0;
  const double low = histogram.low;
  const double high = histogram.high;
  const bool is_point = low == high;
  const Bins bins(low, high, histogram.counts.size());
  std::int64_t zero = 0;
  for (std::size_t r = 0; r < values.rows; ++r) {
    for (const double value : values.row(r)) {
      zero += value == 0 ? 1 : 0;
      if (value >= low && value <= high) {
        ++histogram.counts[is_point ? 0 : bins.index_of(value)];
      } else {
        count_outside(value, histogram);
      }
    }
  }
  histogram.zero = zero;
}

Rows rows_of(ConstBlock values) {
  return {values.rows() == 0 ? nullptr : values.row(0), values.rows(), values.columns(), values.stride()};
}

}  // namespace

Summary summarize_naive(ConstBlock values) {
  return summarize_rows(rows_of(values));
}

void fill_histogram_naive(ConstBlock values, Histogram& histogram) {
  fill_from_rows(rows_of(values), histogram);
}

}  // namespace initlab
