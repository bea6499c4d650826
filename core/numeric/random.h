// numpy's legacy random generator, bit for bit: `np.random.seed(3); np.random.randn(10, 2)` in a student's
// notebook and NumpyRandom(3) here draw the same numbers.
//
// MT19937 (Matsumoto and Nishimura 1998) seeded as `np.random.seed(int)`, 53-bit doubles, Marsaglia's polar
// method with its cached second value, masked rejection for integers. Draws use the C library's log and sqrt,
// as numpy's do. Not thread safe: one generator belongs to one owner and is passed in.
#pragma once

#include <array>
#include <cstdint>
#include <span>
#include <utility>
#include <vector>

#include "core/numeric/matrix.h"

namespace initlab {

class NumpyRandom {
 public:
  explicit NumpyRandom(std::uint32_t seed);

  // The next raw 32 bits.
  std::uint32_t next_uint32();
  // Uniform on [0, 1) with 53 random bits: `np.random.random_sample()`.
  double random_sample();
  // Standard normal: `np.random.randn()`.
  double randn();
  // low + (high - low) * random_sample(): `np.random.uniform(low, high)`.
  double uniform(double low, double high);
  // Uniform on 0..maximum, both included: numpy's `random_interval`, masked rejection.
  std::uint64_t interval(std::uint64_t maximum);

  // In place, as `np.random.shuffle` does a one-dimensional array.
  template <class T>
  void shuffle(std::span<T> values) {
    for (std::size_t i = values.size(); i-- > 1;) std::swap(values[i], values[interval(i)]);
  }
  // A shuffled 0..count-1: `np.random.permutation(count)`.
  std::vector<std::int64_t> permutation(std::size_t count);

 private:
  void refill();

  std::array<std::uint32_t, 624> state_;
  std::size_t position_;
  double cached_normal_ = 0;
  bool has_cached_normal_ = false;
};

}  // namespace initlab
