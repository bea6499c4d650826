// What lies between the passes of the kernels: scales, and the roots at the end. Runs on the worker thread,
// over every tensor of a snapshot.
#include "core/numeric/statistics.h"

#include <algorithm>
#include <array>
#include <cassert>
#include <cmath>
#include <numeric>

#include "core/numeric/kernels.h"
#include "core/numeric/statistics_naive.h"

namespace initlab {
namespace {

// The power of two that brings `largest` near 1, as far as a double can express it.
double scale_for(double largest) {
  return std::ldexp(1.0, std::clamp(-std::ilogb(largest), -1022, 1023));
}

Summary summarize_block(ConstBlock values) {
  Summary summary;
  summary.count = static_cast<std::int64_t>(values.size());
  const FiniteExtremes extremes = kernels().finite_extremes(values);
  summary.non_finite = summary.count - static_cast<std::int64_t>(extremes.count);
  if (extremes.count == 0) return summary;
  summary.min = extremes.min;
  summary.max = extremes.max;
  if (extremes.min == extremes.max) {
    summary.mean = extremes.min;
    return summary;
  }
  const double count = extremes.count;
  const double scale = scale_for(std::max(std::abs(extremes.min), std::abs(extremes.max)));
  const double mean = kernels().finite_sum(scale, values) / count;
  // Two passes, corrected by what the rounded mean leaves (Chan, Golub and LeVeque 1983).
  const FiniteSpread spread = kernels().finite_spread(scale, mean, values);
  const double rest = spread.rests;
  const double variance = std::max(0.0, (spread.squares - rest * rest / count) / count);
  summary.mean = std::clamp((mean + rest / count) / scale, extremes.min, extremes.max);
  // No distribution on [min, max] is wider than half of it: the bound only takes away rounding at the far
  // end.
  summary.std = std::min(std::sqrt(variance) / scale, extremes.max / 2 - extremes.min / 2);
  return summary;
}

// Scaled by a power of two where the range would overflow or underflow.
BinScale scale_bins(const Histogram& histogram) {
  BinScale bins{.low = histogram.low, .high = histogram.high, .count = histogram.counts.size()};
  const double largest = std::max(std::abs(bins.low), std::abs(bins.high));
  if (largest > 0x1p1000) bins.scale = 0.25;
  if (largest < 0x1p-500) bins.scale = 0x1p500;
  const double width = bins.high * bins.scale - bins.low * bins.scale;
  bins.scaled_low = bins.low * bins.scale;
  bins.step = width / static_cast<double>(bins.count);
  bins.bins_per_unit = static_cast<double>(bins.count) / width;
  return bins;
}

void fill_from_block(ConstBlock values, Histogram& histogram) {
  assert(histogram.low <= histogram.high && !histogram.counts.empty());
  const std::size_t bins = histogram.counts.size();
  if (histogram.low == histogram.high || bins > kMostFastBins) return fill_histogram_naive(values, histogram);
  std::array<std::int64_t, kMostFastBins + kSlotsBesideBins> slots;
  kernels().count_in_bins(values, scale_bins(histogram), slots.data());
  std::copy_n(slots.begin(), bins, histogram.counts.begin());
  const std::int64_t* beside = slots.data() + bins;
  histogram.underflow = beside[kUnderflowSlot];
  histogram.overflow = beside[kOverflowSlot];
  histogram.negative_infinity = beside[kNegativeInfinitySlot];
  histogram.positive_infinity = beside[kPositiveInfinitySlot];
  histogram.nan = beside[kNanSlot];
  histogram.zero = beside[kZeroSlot];
}

ConstBlock block_of(std::span<const double> values) {
  return {values.data(), values.empty() ? 0U : 1U, values.size(), values.size()};
}

}  // namespace

Summary summarize(const Matrix& values) {
  return summarize_block(values);
}
Summary summarize(std::span<const double> values) {
  return summarize_block(block_of(values));
}

std::int64_t Histogram::total() const {
  return std::accumulate(counts.begin(), counts.end(),
                         underflow + overflow + negative_infinity + positive_infinity + nan);
}

void fill_histogram(const Matrix& values, Histogram& histogram) {
  fill_from_block(values, histogram);
}
void fill_histogram(std::span<const double> values, Histogram& histogram) {
  fill_from_block(block_of(values), histogram);
}

}  // namespace initlab
