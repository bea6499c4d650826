// numpy's legacy generator: mt19937.c, legacy-distributions.c and distributions.c of numpy 1.24 define the
// exact sequence of operations, which is kept. The parallel of numpy's newer Generator is deliberately not
// here.
#include "core/numeric/random.h"

#include <bit>
#include <cmath>

namespace initlab {
namespace {

constexpr std::size_t kStateSize = 624;
constexpr std::size_t kShiftSize = 397;
constexpr std::uint32_t kUpperMask = 0x80000000U;
constexpr std::uint32_t kLowerMask = 0x7fffffffU;

std::uint32_t twist(std::uint32_t current, std::uint32_t next, std::uint32_t distant) {
  const std::uint32_t y = (current & kUpperMask) | (next & kLowerMask);
  return distant ^ (y >> 1U) ^ ((y & 1U) * 0x9908b0dfU);
}

}  // namespace

NumpyRandom::NumpyRandom(std::uint32_t seed) : position_(kStateSize) {
  state_[0] = seed;
  for (std::size_t i = 1; i < kStateSize; ++i) {
    state_[i] = 1812433253U * (state_[i - 1] ^ (state_[i - 1] >> 30U)) + static_cast<std::uint32_t>(i);
  }
}

void NumpyRandom::refill() {
  std::size_t i = 0;
  for (; i < kStateSize - kShiftSize; ++i)
    state_[i] = twist(state_[i], state_[i + 1], state_[i + kShiftSize]);
  for (; i < kStateSize - 1; ++i) {
    state_[i] = twist(state_[i], state_[i + 1], state_[i + kShiftSize - kStateSize]);
  }
  state_[i] = twist(state_[i], state_[0], state_[i + kShiftSize - kStateSize]);
  position_ = 0;
}

std::uint32_t NumpyRandom::next_uint32() {
  if (position_ == kStateSize) refill();
  std::uint32_t y = state_[position_++];
  y ^= y >> 11U;
  y ^= (y << 7U) & 0x9d2c5680U;
  y ^= (y << 15U) & 0xefc60000U;
  y ^= y >> 18U;
  return y;
}

double NumpyRandom::random_sample() {
  const std::uint32_t high = next_uint32() >> 5U;  // 27 bits
  const std::uint32_t low = next_uint32() >> 6U;   // 26 bits
  return (high * 67108864.0 + low) / 9007199254740992.0;
}

double NumpyRandom::randn() {
  if (has_cached_normal_) {
    has_cached_normal_ = false;
    return cached_normal_;
  }
  double x1 = 0;
  double x2 = 0;
  double r2 = 0;
  do {
    x1 = 2.0 * random_sample() - 1.0;
    x2 = 2.0 * random_sample() - 1.0;
    r2 = x1 * x1 + x2 * x2;
  } while (r2 >= 1.0 || r2 == 0.0);
  const double factor = std::sqrt(-2.0 * std::log(r2) / r2);
  cached_normal_ = factor * x1;
  has_cached_normal_ = true;
  return factor * x2;
}

double NumpyRandom::uniform(double low, double high) {
  return low + (high - low) * random_sample();
}

std::uint64_t NumpyRandom::interval(std::uint64_t maximum) {
  if (maximum == 0) return 0;
  const std::uint64_t mask = ~std::uint64_t{0} >> static_cast<unsigned>(std::countl_zero(maximum));
  std::uint64_t value = 0;
  do {
    value = next_uint32();
    if (maximum > 0xffffffffU) value = value << 32U | next_uint32();
    value &= mask;
  } while (value > maximum);
  return value;
}

std::vector<std::int64_t> NumpyRandom::permutation(std::size_t count) {
  std::vector<std::int64_t> order(count);
  for (std::size_t i = 0; i < count; ++i) order[i] = static_cast<std::int64_t>(i);
  shuffle(std::span(order));
  return order;
}

}  // namespace initlab
