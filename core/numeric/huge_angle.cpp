// Multiplies the angle's whole mantissa by just those bits of 2 / pi that matter: higher ones make multiples
// of four quarters, lower ones are beyond the result's last digit.
#include "core/numeric/huge_angle.h"

#include <array>
#include <cassert>
#include <cmath>
#include <cstdint>

namespace initlab {
namespace {

using Word = std::uint64_t;
__extension__ using DoubleWord = unsigned __int128;

// 64 zeros, then the bits of 2 / pi behind the point.
constexpr std::array<Word, 20> kTwoOverPiBits = {
    0x0000000000000000U, 0xa2f9836e4e441529U, 0xfc2757d1f534ddc0U, 0xdb6295993c439041U, 0xfe5163abdebbc561U,
    0xb7246e3a424dd2e0U, 0x06492eea09d1921cU, 0xfe1deb1cb129a73eU, 0xe88235f52ebb4484U, 0xe99c7026b45f7e41U,
    0x3991d639835339f4U, 0x9c845f8bbdf9283bU, 0x1ff897ffde05980fU, 0xef2f118b5a0a6d1fU, 0x6d367ecf27cb09b7U,
    0x4f463f669e5fea2dU, 0x7527bac7ebe5f17bU, 0x3d0739f78a5292eaU, 0x6bfb5fb11f8d5d08U, 0x56033046fc7b6babU};

// 64 bits of the table, from bit `first` on.
Word bits_from(int first) {
  const auto word = static_cast<std::size_t>(first / 64);
  const int shift = first % 64;
  if (shift == 0) return kTwoOverPiBits[word];
  return (kTwoOverPiBits[word] << shift) | (kTwoOverPiBits[word + 1] >> (64 - shift));
}

// 192 bits, the highest first.
struct Wide {
  Word high;
  Word middle;
  Word low;
};

// The low 192 bits of factor times w.
Wide product(Word factor, const Wide& w) {
  const DoubleWord low = DoubleWord{factor} * w.low;
  const DoubleWord middle = DoubleWord{factor} * w.middle + (low >> 64);
  return {factor * w.high + static_cast<Word>(middle >> 64), static_cast<Word>(middle),
          static_cast<Word>(low)};
}

Wide negative(const Wide& w) {
  const Word low = ~w.low + 1;
  const Word middle = ~w.middle + (low == 0 ? 1 : 0);
  return {~w.high + (low == 0 && middle == 0 ? 1 : 0), middle, low};
}

}  // namespace

QuarterTurns reduce_huge_angle(double angle) {
  int exponent = 0;
  const double mantissa = std::frexp(std::abs(angle), &exponent);
  assert(exponent > 40);
  const auto whole = static_cast<Word>(std::ldexp(mantissa, 53));
  exponent -= 53;  // |angle| = whole 2^exponent

  // Bit j behind the point of 2 / pi makes multiples of four for j < exponent - 1; it is bit 63 + j of the
  // table. The product below is in units of 2^-190.
  const int first = 63 + exponent - 1;
  const Wide turns = product(whole, {bits_from(first), bits_from(first + 64), bits_from(first + 128)});

  // The top two bits count quarters; what is left is a fraction of one, made signed by rounding to nearest.
  Wide fraction{turns.high << 2 | turns.middle >> 62, turns.middle << 2 | turns.low >> 62, turns.low << 2};
  const bool rounds_up = (fraction.high >> 63) != 0;
  const double quarters = static_cast<double>(turns.high >> 62) + (rounds_up ? 1 : 0);
  if (rounds_up) fraction = negative(fraction);

  // In three pieces of at most 53 bits, each exact as a double.
  const double first_piece = std::ldexp(static_cast<double>(fraction.high >> 11), -53);
  const double second_piece =
      std::ldexp(static_cast<double>((fraction.high << 53 >> 11) | (fraction.middle >> 22)), -106);
  const double third_piece =
      std::ldexp(static_cast<double>((fraction.middle << 42 >> 11) | (fraction.low >> 33)), -159);
  const double high = first_piece + second_piece;
  const double low = (first_piece - high) + second_piece + third_piece;

  constexpr double kHalfPiHigh = 0x1.921fb54442d18p+0;
  constexpr double kHalfPiLow = 0x1.1a62633145c07p-54;
  const double product_high = high * kHalfPiHigh;
  const double product_low =
      std::fma(high, kHalfPiHigh, -product_high) + (high * kHalfPiLow + low * kHalfPiHigh);
  const double rest = product_high + product_low;
  const double sign = (angle < 0) == rounds_up ? 1 : -1;
  return {angle < 0 ? -quarters : quarters, sign * rest, sign * ((product_high - rest) + product_low)};
}

}  // namespace initlab
