// exp, expm1, log1p, tanh, sigmoid and softplus of eight doubles: the project's own, so that a training step
// has the same bits on every processor and from every compiler. Branch-free; NaN flows through; subnormal
// results are right.
//
// Largest errors in units in the last place, subnormal results included: exp 1, expm1 2, log1p 2, tanh 3,
// sigmoid 2.5. tests/core/numeric/math_test.cpp and special_functions_test.cpp measure them against the C
// library's long double functions and assert them. Methods: Cody and Waite's reduction by ln 2 and a Taylor
// polynomial for exp; the atanh form and polynomial of Sun's fdlibm (Ng 1993) for log.
#if defined(INITLAB_MATH_INL_H_) == defined(HWY_TARGET_TOGGLE)
#ifdef INITLAB_MATH_INL_H_
#undef INITLAB_MATH_INL_H_
#else
#define INITLAB_MATH_INL_H_
#endif

#include <limits>

#include "core/numeric/pack8-inl.h"

HWY_BEFORE_NAMESPACE();
namespace initlab {
namespace HWY_NAMESPACE {

constexpr double kInfinity = __builtin_huge_val();
constexpr double kNotANumber = __builtin_nan("");
constexpr double kLargest = 0x1.fffffffffffffp1023;
constexpr double kRootTwo = 0x1.6a09e667f3bcdp0;
constexpr double kLog2E = 0x1.71547652b82fep0;
constexpr double kLn2High = 0x1.62e42fefa39efp-1;  // ln 2 = high + low, to 106 bits
constexpr double kLn2Low = 0x1.abc9e3b39803fp-56;

HWY_INLINE Pack8 zero() {
  return broadcast(0.0);
}

// The smaller of x and a bound; NaN stays.
HWY_INLINE Pack8 at_most(Pack8 x, double bound) {
  return select(is_less(broadcast(bound), x), broadcast(bound), x);
}
HWY_INLINE Pack8 at_least(Pack8 x, double bound) {
  return select(is_less(x, broadcast(bound)), broadcast(bound), x);
}

// x = n ln 2 + rest, |rest| <= ln 2 / 2. `shifted` is kMagic + n, which is what two_to() takes.
struct Reduced {
  Pack8 shifted;
  Pack8 n;
  Pack8 rest;
};

HWY_INLINE Reduced reduce_by_ln2(Pack8 x) {
  const Pack8 shifted = multiply_add(x, broadcast(kLog2E), broadcast(kMagic));
  const Pack8 n = subtract(shifted, broadcast(kMagic));
  Pack8 rest = multiply_subtract_from(n, broadcast(kLn2High), x);
  rest = multiply_subtract_from(n, broadcast(kLn2Low), rest);
  return {shifted, n, rest};
}

// exp(r) - 1 for |r| <= ln 2 / 2: the Taylor polynomial to r^13 / 13!, whose remainder is below 0.03 ulp.
INITLAB_MATH Pack8 small_expm1(Pack8 r) {
  Pack8 q = broadcast(1.0 / 6227020800.0);
  q = multiply_add(q, r, broadcast(1.0 / 479001600.0));
  q = multiply_add(q, r, broadcast(1.0 / 39916800.0));
  q = multiply_add(q, r, broadcast(1.0 / 3628800.0));
  q = multiply_add(q, r, broadcast(1.0 / 362880.0));
  q = multiply_add(q, r, broadcast(1.0 / 40320.0));
  q = multiply_add(q, r, broadcast(1.0 / 5040.0));
  q = multiply_add(q, r, broadcast(1.0 / 720.0));
  q = multiply_add(q, r, broadcast(1.0 / 120.0));
  q = multiply_add(q, r, broadcast(1.0 / 24.0));
  q = multiply_add(q, r, broadcast(1.0 / 6.0));
  q = multiply_add(q, r, broadcast(0.5));
  return multiply_add(multiply(r, r), q, r);
}

// c[0] + c[1] x + c[2] x^2 + ..., from the highest coefficient down.
template <int kCount>
HWY_INLINE Pack8 horner(const double (&c)[kCount], Pack8 x) {
  Pack8 value = broadcast(c[kCount - 1]);
  for (int i = kCount - 2; i >= 0; --i) value = multiply_add(value, x, broadcast(c[i]));
  return value;
}

INITLAB_MATH Pack8 exp_pack(Pack8 x) {
  // Beyond these the result is infinite or 0 anyway; they keep n within what two_to() can take twice.
  x = select(is_less(broadcast(710.0), x), broadcast(710.0), x);
  x = select(is_less(x, broadcast(-746.0)), broadcast(-746.0), x);
  const Reduced reduced = reduce_by_ln2(x);
  const Pack8 mantissa = add(broadcast(1.0), small_expm1(reduced.rest));
  // 2^n in two factors: the first product is exact, the second rounds once, into infinity or the subnormals.
  const Pack8 half_shifted = multiply_add(reduced.n, broadcast(0.5), broadcast(kMagic));
  const Pack8 half = subtract(half_shifted, broadcast(kMagic));
  const Pack8 other_half_shifted = subtract(reduced.shifted, half);
  return multiply(multiply(mantissa, two_to(half_shifted)), two_to(other_half_shifted));
}

// exp(x) - 1 without cancellation: 2^n (exp(rest) - 1) + (2^n - 1). From 40 on the 1 is below the last digit.
INITLAB_MATH Pack8 expm1_pack(Pack8 x) {
  const Mask8 is_large = is_less(broadcast(40.0), x);
  Pack8 clamped = select(is_large, broadcast(40.0), x);
  clamped = select(is_less(clamped, broadcast(-50.0)), broadcast(-50.0), clamped);
  const Reduced reduced = reduce_by_ln2(clamped);
  const Pack8 power = two_to(reduced.shifted);
  Pack8 result = multiply_add(power, small_expm1(reduced.rest), subtract(power, broadcast(1.0)));
  if (any(is_large)) result = select(is_large, exp_pack(x), result);
  return copy_sign(result, x);
}

// log1p of x from y = 1 + x = 2^k m, m in [sqrt(1/2), sqrt(2)), and scale = 2^-k where that can be had. The
// rounding error of 1 + x is found (Knuth's two-sum), scaled with the mantissa and added back, so that tiny x
// need no case of their own.
HWY_INLINE Pack8 log1p_of_parts(Pack8 x, Pack8 y, Pack8 k, Pack8 m, Pack8 scale) {
  const Pack8 one = broadcast(1.0);
  const Pack8 x_of_y = subtract(y, one);
  const Pack8 lost = add(subtract(one, subtract(y, x_of_y)), subtract(x, x_of_y));
  const Pack8 f = multiply_add(lost, scale, subtract(m, one));
  const Pack8 s = divide(f, add(broadcast(2.0), f));
  const Pack8 z = multiply(s, s);
  Pack8 r = broadcast(1.479819860511658591e-01);
  r = multiply_add(r, z, broadcast(1.531383769920937332e-01));
  r = multiply_add(r, z, broadcast(1.818357216161805012e-01));
  r = multiply_add(r, z, broadcast(2.222219843214978396e-01));
  r = multiply_add(r, z, broadcast(2.857142874366239149e-01));
  r = multiply_add(r, z, broadcast(3.999999999940941908e-01));
  r = multiply_add(r, z, broadcast(6.666666666666735130e-01));
  r = multiply(r, z);
  const Pack8 half_square = multiply(multiply(broadcast(0.5), f), f);
  const Pack8 log_m = subtract(f, multiply_subtract_from(s, add(half_square, r), half_square));
  return multiply_add(k, broadcast(kLn2High), multiply_add(k, broadcast(kLn2Low), log_m));
}

// log1p for 0 <= x <= 1, and NaN of NaN: k is 0 or 1.
INITLAB_MATH Pack8 log1p_of_share(Pack8 x) {
  const Pack8 zero = broadcast(0.0);
  const Pack8 one = broadcast(1.0);
  const Pack8 half = broadcast(0.5);
  const Pack8 y = add(x, one);
  const Mask8 below_root = is_less(y, broadcast(kRootTwo));
  const Pack8 m = select(below_root, y, multiply(y, half));
  return log1p_of_parts(x, y, select(below_root, zero, one), m, select(below_root, one, half));
}

// log1p for every x.
INITLAB_MATH Pack8 log1p_pack(Pack8 x) {
  const Pack8 y = add(x, broadcast(1.0));
  Pack8 m;
  const Pack8 k = split(y, m);
  // For x beyond 2^60 the error of 1 + x is nothing, and 2^-k may not be expressible.
  const Pack8 scale = keep(is_less(x, broadcast(0x1p60)), two_to(subtract(broadcast(kMagic), k)));
  const Pack8 result = log1p_of_parts(x, y, k, m, scale);
  const Pack8 minus_one = broadcast(-1.0);
  const Pack8 below = select(is_less(x, minus_one), broadcast(kNotANumber), broadcast(-kInfinity));
  const Pack8 upper = select(is_less(x, broadcast(kInfinity)), result, x);  // infinity and NaN stay
  return select(is_less_or_equal(x, minus_one), below, upper);
}

// tanh |x| = e / (e + 2) with e = exp(2 |x|) - 1, computed without cancellation; 1 from |x| = 22 on.
INITLAB_MATH Pack8 tanh_pack(Pack8 x) {
  Pack8 size = absolute(x);
  size = select(is_less(broadcast(22.0), size), broadcast(22.0), size);
  const Reduced reduced = reduce_by_ln2(add(size, size));
  const Pack8 power = two_to(reduced.shifted);
  const Pack8 e = multiply_add(power, small_expm1(reduced.rest), subtract(power, broadcast(1.0)));
  return copy_sign(divide(e, add(e, broadcast(2.0))), x);
}

// e / (1 + e) or 1 / (1 + e), given e = exp(-|z|): cannot overflow, keeps its digits where it is tiny.
HWY_INLINE Pack8 sigmoid_from(Pack8 z, Pack8 e) {
  const Pack8 one = broadcast(1.0);
  return divide(select(is_less(z, broadcast(0.0)), e, one), add(one, e));
}
INITLAB_MATH Pack8 sigmoid_pack(Pack8 z) {
  return sigmoid_from(z, exp_pack(negate(absolute(z))));
}

// softplus(z) - max(z, 0): the part of softplus that is even in z.
INITLAB_MATH Pack8 softplus_rest(Pack8 z) {
  return log1p_of_share(exp_pack(negate(absolute(z))));
}

}  // namespace HWY_NAMESPACE
}  // namespace initlab
HWY_AFTER_NAMESPACE();

#endif  // per-target include guard
