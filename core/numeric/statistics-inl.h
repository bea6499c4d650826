// Moments and histograms over Pack8, once for each target: eight neighbouring values of a row at a time, sums
// in eight lanes (lane = column mod 8) that are added in one fixed order. What a row lacks to a group of
// eight is read as NaN, which no sum and no bin takes.
#if defined(INITLAB_STATISTICS_INL_H_) == defined(HWY_TARGET_TOGGLE)
#ifdef INITLAB_STATISTICS_INL_H_
#undef INITLAB_STATISTICS_INL_H_
#else
#define INITLAB_STATISTICS_INL_H_
#endif

#include "core/numeric/elementwise-inl.h"

HWY_BEFORE_NAMESPACE();
namespace initlab {
namespace HWY_NAMESPACE {

constexpr double kLargestDouble = 0x1.fffffffffffffp1023;

// Calls take(group) for every eight values of every row.
template <class Take>
HWY_INLINE void for_each_group(ConstBlock values, Take& take) {
  for (Size r = 0; r < values.rows(); ++r) {
    const double* row = values.row(r);
    Size c = 0;
    for (; c + 8 <= values.columns(); c += 8) take.group(load(row + c));
    if (c == values.columns()) continue;
    double rest[8];
    for (Size lane = 0; lane < 8; ++lane)
      rest[lane] = c + lane < values.columns() ? row[c + lane] : static_cast<double>(NAN);
    take.group(load(rest));
  }
}

HWY_INLINE Mask8 is_finite(Pack8 a) {
  return is_less_or_equal(absolute(a), broadcast(kLargestDouble));
}

struct ExtremesOf {
  Pack8 low;
  Pack8 high;
  Pack8 finite;
  HWY_INLINE void group(Pack8 v) {
    const Mask8 is_number = is_finite(v);
    const Pack8 for_low = select(is_number, v, broadcast(kLargestDouble));
    const Pack8 for_high = select(is_number, v, broadcast(-kLargestDouble));
    low = select(is_less(for_low, low), for_low, low);
    high = select(is_less(high, for_high), for_high, high);
    finite = add(finite, keep(is_number, broadcast(1.0)));
  }
};

FiniteExtremes finite_extremes(ConstBlock values) {
  ExtremesOf found{broadcast(kLargestDouble), broadcast(-kLargestDouble), zero()};
  for_each_group(values, found);
  double low[8];
  double high[8];
  store(low, found.low);
  store(high, found.high);
  FiniteExtremes extremes{low[0], high[0], sum(found.finite)};
  for (int lane = 1; lane < 8; ++lane) {
    if (low[lane] < extremes.min) extremes.min = low[lane];
    if (extremes.max < high[lane]) extremes.max = high[lane];
  }
  return extremes;
}

struct ScaledSum {
  double scale;
  Pack8 total;
  HWY_INLINE void group(Pack8 v) { total = add(total, keep(is_finite(v), multiply(v, broadcast(scale)))); }
};

double finite_sum(double scale, ConstBlock values) {
  ScaledSum scaled{scale, zero()};
  for_each_group(values, scaled);
  return sum(scaled.total);
}

struct Distances {
  double scale;
  double mean;
  Pack8 squares;
  Pack8 rests;
  HWY_INLINE void group(Pack8 v) {
    const Pack8 distance = keep(is_finite(v), subtract(multiply(v, broadcast(scale)), broadcast(mean)));
    squares = add(squares, multiply(distance, distance));
    rests = add(rests, distance);
  }
};

FiniteSpread finite_spread(double scale, double mean, ConstBlock values) {
  Distances distances{scale, mean, zero(), zero()};
  for_each_group(values, distances);
  return {sum(distances.squares), sum(distances.rests)};
}

// Counts stand in four copies, so that equal neighbours do not wait for each other.
constexpr int kCountCopies = 4;
constexpr int kMostSlots = kMostFastBins + kSlotsBesideBins;

struct BinCounter {
  const BinScale& bins;
  double last;
  Pack8 zeros;
  std::uint32_t counts[kCountCopies][kMostSlots];

  HWY_INLINE Pack8 edge(Pack8 index) const {
    return add(multiply(index, broadcast(bins.step)), broadcast(bins.scaled_low));
  }
  // A first guess by one multiplication, put right against the bin's own edges.
  HWY_INLINE Pack8 slot_inside(Pack8 v) const {
    const Pack8 one = broadcast(1.0);
    const Pack8 scaled = multiply(v, broadcast(bins.scale));
    const Pack8 guess = multiply(subtract(scaled, broadcast(bins.scaled_low)), broadcast(bins.bins_per_unit));
    const Pack8 nearest = subtract(add(guess, broadcast(kMagic)), broadcast(kMagic));
    Pack8 index = select(is_less(guess, nearest), subtract(nearest, one), nearest);
    index = select(is_less(index, broadcast(last)), index, broadcast(last));
    const Pack8 next = add(index, one);
    const Pack8 corrected = select(is_less_or_equal(edge(next), scaled), next, index);
    const Pack8 at_most_last = select(is_less(broadcast(last), corrected), index, corrected);
    return select(is_less(scaled, edge(index)), subtract(index, one), at_most_last);
  }
  HWY_INLINE Pack8 slot_outside(Pack8 v) const {
    const double beside = static_cast<double>(bins.count);
    const Pack8 largest = broadcast(kLargestDouble);
    Pack8 slot = broadcast(beside + kNanSlot);
    slot = select(is_less(v, broadcast(bins.low)), broadcast(beside + kUnderflowSlot), slot);
    slot = select(is_less(broadcast(bins.high), v), broadcast(beside + kOverflowSlot), slot);
    slot = select(is_less(v, negate(largest)), broadcast(beside + kNegativeInfinitySlot), slot);
    return select(is_less(largest, v), broadcast(beside + kPositiveInfinitySlot), slot);
  }
  HWY_INLINE void group(Pack8 v) {
    zeros = add(zeros, keep(is_less_or_equal(absolute(v), zero()), broadcast(1.0)));
    const Pack8 inside_low = keep(is_less_or_equal(broadcast(bins.low), v), broadcast(1.0));
    const Pack8 inside = keep(is_less_or_equal(v, broadcast(bins.high)), inside_low);
    Pack8 slot = slot_inside(v);
    const Mask8 is_outside = is_less(inside, broadcast(1.0));
    if (any(is_outside)) slot = select(is_outside, slot_outside(v), slot);
    // A whole number n stands in the low bits of kMagic + n.
    double shifted[8];
    store(shifted, add(slot, broadcast(kMagic)));
    for (int lane = 0; lane < 8; ++lane) {
      std::uint32_t index;
      std::memcpy(&index, &shifted[lane], sizeof index);
      ++counts[lane % kCountCopies][index];
    }
  }
};

void count_in_bins(ConstBlock values, const BinScale& bins, std::int64_t* slots) {
  assert(bins.count >= 1 && bins.count <= kMostFastBins);
  BinCounter counter{bins, static_cast<double>(bins.count - 1), zero(), {}};
  for_each_group(values, counter);
  for (Size slot = 0; slot < bins.count + kSlotsBesideBins; ++slot) {
    slots[slot] = 0;
    for (const auto& copy : counter.counts) slots[slot] += copy[slot];
  }
  slots[bins.count + kZeroSlot] = static_cast<std::int64_t>(sum(counter.zeros));
  // What rows lacked to whole groups of eight.
  const Size padding = (8 - values.columns() % 8) % 8 * values.rows();
  slots[bins.count + kNanSlot] -= static_cast<std::int64_t>(padding);
}

}  // namespace HWY_NAMESPACE
}  // namespace initlab
HWY_AFTER_NAMESPACE();

#endif  // per-target include guard
