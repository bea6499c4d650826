// erf and the normal distribution's tail of eight doubles, for GELU: Phi(-u) = exp(-u^2 / 2) R(u), where R is
// smooth and falls slowly, so that the tail keeps its digits down to the subnormal numbers.
//
// Largest error of erf: 2 units in the last place; tests/core/numeric/special_functions_test.cpp asserts
// it, and activation_kernels_test.cpp the digits of the tail, through GELU. Method: R(u) (1 + u) as one
// polynomial in (u - 6) / (u + 6), after Shepherd and Laframboise 1981, Chebyshev approximation of (1 + 2x)
// exp(x^2) erfc(x); coefficients by interpolation at Chebyshev nodes in 60 digits.
#if defined(INITLAB_NORMAL_INL_H_) == defined(HWY_TARGET_TOGGLE)
#ifdef INITLAB_NORMAL_INL_H_
#undef INITLAB_NORMAL_INL_H_
#else
#define INITLAB_NORMAL_INL_H_
#endif

#include "core/numeric/math-inl.h"

HWY_BEFORE_NAMESPACE();
namespace initlab {
namespace HWY_NAMESPACE {

constexpr double kOneOverRootTwoPi = 0x1.9884533d43651p-2;
// From here on Phi(-u) is 0 in double.
constexpr double kNormalTailEnd = 40.0;

// erf(x) / x as a polynomial in x^2 on [0, 1], error below 2^-62.
constexpr double kErfCoefficients[] = {0x1.20dd750429b6dp+0,   -0x1.812746b0379e6p-2,  0x1.ce2f21a042b30p-4,
                                       -0x1.b82ce31284e00p-6,  0x1.565bcd0dbaa38p-8,   -0x1.c02db3dac435fp-11,
                                       0x1.f9a321d5b8e1ep-14,  -0x1.f4d1e3183f7aep-17, 0x1.b9df224ca4b97p-20,
                                       -0x1.5f1ecb6f0764cp-23, 0x1.f7b4bf3b13963p-27,  -0x1.389d4f2641624p-30,
                                       0x1.05ffd737fb32cp-34};

// R(u) (1 + u) as a polynomial in (u - 6) / (u + 6) on [0, 40], error below 2^-58.
constexpr double kTailCoefficients[] = {
    0x1.d0568f5d76666p-2,   -0x1.5c438de6f0fe4p-4,  0x1.46229bd017007p-5,   -0x1.1e9d4130edfffp-8,
    -0x1.08766e432d4dep-6,  0x1.7227accaf681ap-6,   -0x1.43da9f7395446p-6,  0x1.b212c0271185cp-7,
    -0x1.ceac1d8a6cba3p-8,  0x1.80c841123dadbp-9,   -0x1.c79a7c92389e8p-11, 0x1.f52ceb3127324p-14,
    0x1.3d0baaa1a1338p-15,  -0x1.ba21625dabe78p-16, 0x1.28241cb774916p-18,  0x1.dea46d029dc47p-20,
    -0x1.0c989f6f3623ap-20, 0x1.af6f2e531b4e9p-32,  0x1.1f5382e0065a6p-23,  -0x1.5e825d12d8633p-26,
    -0x1.203e801291047p-26, 0x1.832e0678264a1p-29,  0x1.0d428d675b4aep-29,  0x1.3bd533307e523p-33};

// exp(-scale u^2) for u in [0, 40] and a scale that is a power of two. The rounding error of u^2, which exp
// would multiply by u^2, is found by a fused operation and taken back.
INITLAB_MATH Pack8 gaussian(Pack8 u, double scale) {
  const Pack8 square = multiply(u, u);
  const Pack8 lost = multiply_add(u, u, negate(square));
  const Pack8 e = exp_pack(multiply(square, broadcast(-scale)));
  return multiply_subtract_from(e, multiply(lost, broadcast(scale)), e);
}

// R(u) = exp(u^2 / 2) Phi(-u) for u in [0, 40].
INITLAB_MATH Pack8 tail_ratio(Pack8 u) {
  const Pack8 middle = broadcast(6.0);
  const Pack8 t = divide(subtract(u, middle), add(u, middle));
  return divide(horner(kTailCoefficients, t), add(broadcast(1.0), u));
}

// x P(x^2) where |x| <= 1, else 1 - erfc |x| with erfc(u) = 2 exp(-u^2) R(u sqrt 2).
INITLAB_MATH Pack8 erf_pack(Pack8 x) {
  const Pack8 one = broadcast(1.0);
  Pack8 size = absolute(x);
  Pack8 result = multiply(size, horner(kErfCoefficients, multiply(size, size)));
  const Mask8 is_large = is_less(one, size);
  if (any(is_large)) {
    size = select(is_less(broadcast(10.0), size), broadcast(10.0), size);
    const Pack8 half_erfc = multiply(gaussian(size, 1.0), tail_ratio(multiply(size, broadcast(kRootTwo))));
    result = select(is_large, multiply_subtract_from(broadcast(2.0), half_erfc, one), result);
  }
  return copy_sign(result, x);
}

}  // namespace HWY_NAMESPACE
}  // namespace initlab
HWY_AFTER_NAMESPACE();

#endif  // per-target include guard
