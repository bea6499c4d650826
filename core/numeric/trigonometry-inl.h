// sin and cos of eight doubles.
//
// Largest error 1 unit in the last place for every finite x, results near the zeros included;
// tests/core/numeric/special_functions_test.cpp asserts it.
// Method: Cody and Waite's reduction by pi / 2 in three parts of 53 bits up to 2^40, huge_angle.h beyond, the
// remainder kept in two doubles; polynomials on |r| <= 0.8 by interpolation at Chebyshev nodes in 60 digits,
// put together as in Sun's fdlibm.
#if defined(INITLAB_TRIGONOMETRY_INL_H_) == defined(HWY_TARGET_TOGGLE)
#ifdef INITLAB_TRIGONOMETRY_INL_H_
#undef INITLAB_TRIGONOMETRY_INL_H_
#else
#define INITLAB_TRIGONOMETRY_INL_H_
#endif

#include "core/numeric/huge_angle.h"
#include "core/numeric/math-inl.h"

HWY_BEFORE_NAMESPACE();
namespace initlab {
namespace HWY_NAMESPACE {

constexpr double kTwoOverPi = 0x1.45f306dc9c883p-1;
constexpr double kHalfPiHigh = 0x1.921fb54442d18p+0;  // pi / 2 = high + middle + low, to 161 bits
constexpr double kHalfPiMiddle = 0x1.1a62633145c07p-54;
constexpr double kHalfPiLow = -0x1.f1976b7ed8fbcp-110;
constexpr double kReductionEnd = 0x1p40;

// (sin r / r - 1) / r^2 and (cos r - 1 + r^2 / 2) / r^4 as polynomials in r^2, errors below 2^-63.
constexpr double kSinCoefficients[] = {-0x1.5555555555555p-3, 0x1.1111111111110p-7,   -0x1.a01a01a0197d4p-13,
                                       0x1.71de3a54361f8p-19, -0x1.ae6453ca65b3dp-26, 0x1.612146c012421p-33,
                                       -0x1.aaf7413aa62d7p-41};
constexpr double kCosCoefficients[] = {0x1.5555555555555p-5,   -0x1.6c16c16c16c16p-10, 0x1.a01a01a019c6cp-16,
                                       -0x1.27e4fb76fff37p-22, 0x1.1eed8dcb66c6fp-29,  -0x1.939487f8b82d5p-37,
                                       0x1.ab5b60f3701edp-45};

// x = quarters pi / 2 + high + low, |high| <= 0.8, quarters whole.
struct Angle {
  Pack8 quarters;
  Pack8 high;
  Pack8 low;
};

INITLAB_MATH Angle reduce_by_half_pi(Pack8 x) {
  const Pack8 shifted = multiply_add(x, broadcast(kTwoOverPi), broadcast(kMagic));
  const Pack8 n = subtract(shifted, broadcast(kMagic));
  // Exact: both terms are multiples of 2^-53, and the difference is below 1.
  const Pack8 rest = multiply_subtract_from(n, broadcast(kHalfPiHigh), x);
  // rest - n middle in two doubles: the product's rounding error by a fused operation, the difference's by
  // Knuth's two-sum.
  const Pack8 product = multiply(n, broadcast(kHalfPiMiddle));
  const Pack8 product_lost = multiply_add(n, broadcast(kHalfPiMiddle), negate(product));
  const Pack8 difference = subtract(rest, product);
  const Pack8 of_rest = add(difference, product);
  const Pack8 of_product = subtract(of_rest, difference);
  const Pack8 lost = add(subtract(rest, of_rest), subtract(of_product, product));
  const Pack8 below = multiply_subtract_from(n, broadcast(kHalfPiLow), subtract(lost, product_lost));
  const Pack8 high = add(difference, below);
  return {n, high, add(subtract(difference, high), below)};
}

// sin(quarters pi / 2 + high + low).
INITLAB_MATH Pack8 sin_of(const Angle& angle) {
  const Pack8 one = broadcast(1.0);
  const Pack8 r = angle.high;
  const Pack8 square = multiply(r, r);
  const Pack8 half_square = multiply(square, broadcast(0.5));
  // The low part enters sin times cos r, nearly 1 - r^2 / 2, and cos times -r.
  const Pack8 low_of_sin = multiply_subtract_from(half_square, angle.low, angle.low);
  const Pack8 cube = multiply(square, r);
  const Pack8 sine = add(r, multiply_add(cube, horner(kSinCoefficients, square), low_of_sin));
  const Pack8 start = subtract(one, half_square);
  const Pack8 start_lost = subtract(subtract(one, start), half_square);
  const Pack8 fourth = multiply(square, square);
  const Pack8 rest = multiply_subtract_from(r, angle.low, start_lost);
  const Pack8 cosine = add(start, multiply_add(fourth, horner(kCosCoefficients, square), rest));

  // quarters mod 4 as one of -2, -1, 0, 1, 2.
  const Pack8 turns =
      subtract(multiply_add(angle.quarters, broadcast(0.25), broadcast(kMagic)), broadcast(kMagic));
  const Pack8 quarter = multiply_subtract_from(turns, broadcast(4.0), angle.quarters);
  const Mask8 is_odd = is_less(absolute(subtract(absolute(quarter), one)), broadcast(0.5));
  const Pack8 value = select(is_odd, cosine, sine);
  const Pack8 turned = select(is_less(quarter, broadcast(-0.5)), negate(value), value);
  return select(is_less(broadcast(1.5), quarter), negate(value), turned);
}

// Lane by lane where one is huge. Infinity and NaN take the ordinary way, which makes them NaN.
INITLAB_MATH Angle angle_of(Pack8 x) {
  Angle angle = reduce_by_half_pi(x);
  const Pack8 size = absolute(x);
  const Pack8 finite_size = keep(is_less(size, broadcast(kInfinity)), size);
  if (!any(is_less_or_equal(broadcast(kReductionEnd), finite_size))) return angle;
  double lanes[8];
  double parts[3][8];
  store(lanes, x);
  store(parts[0], angle.quarters);
  store(parts[1], angle.high);
  store(parts[2], angle.low);
  for (int i = 0; i < 8; ++i) {
    const double lane_size = lanes[i] < 0 ? -lanes[i] : lanes[i];
    if (!(lane_size >= kReductionEnd && lane_size < kInfinity)) continue;
    const QuarterTurns turns = reduce_huge_angle(lanes[i]);
    parts[0][i] = turns.quarters;
    parts[1][i] = turns.high;
    parts[2][i] = turns.low;
  }
  return {load(parts[0]), load(parts[1]), load(parts[2])};
}

INITLAB_MATH Pack8 sin_pack(Pack8 x) {
  // Tiny x, -0 and the subnormal numbers among them, are their own sines.
  return select(is_less(absolute(x), broadcast(0x1p-28)), x, sin_of(angle_of(x)));
}

// A quarter further on, the sine is the cosine.
INITLAB_MATH Pack8 cos_pack(Pack8 x) {
  Angle angle = angle_of(x);
  angle.quarters = add(angle.quarters, broadcast(1.0));
  return sin_of(angle);
}

}  // namespace HWY_NAMESPACE
}  // namespace initlab
HWY_AFTER_NAMESPACE();

#endif  // per-target include guard
