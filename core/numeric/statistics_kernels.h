// What the kernels of statistics.h are told and what they answer: the last section of Kernels.
#pragma once

#include <cstddef>

namespace initlab {

// Of the finite values; the largest double and its negative where there is none.
struct FiniteExtremes {
  double min = 0;
  double max = 0;
  double count = 0;  // of finite values
};

// Of the finite values v: sums of (v scale - mean)^2 and of v scale - mean.
struct FiniteSpread {
  double squares = 0;
  double rests = 0;
};

// Equal bins of [low, high], and the same in numbers scaled by a power of two so that none overflows.
struct BinScale {
  double low = 0;
  double high = 0;
  std::size_t count = 1;
  double scale = 1;
  double scaled_low = 0;
  double step = 0;           // width of a bin, scaled
  double bins_per_unit = 0;  // one over it
};
// More bins than this are counted one value at a time.
inline constexpr std::size_t kMostFastBins = 250;
// Behind the bins stand the counts of what is in none of them, and of exact zeros.
inline constexpr int kUnderflowSlot = 0;
inline constexpr int kOverflowSlot = 1;
inline constexpr int kNegativeInfinitySlot = 2;
inline constexpr int kPositiveInfinitySlot = 3;
inline constexpr int kNanSlot = 4;
inline constexpr int kZeroSlot = 5;
inline constexpr int kSlotsBesideBins = 6;

}  // namespace initlab
