// The activations of kernels.h and their derivatives over Pack8, once for each target. An activation is a
// struct whose of(z) maps a pack to a pack; its gradient's of(z, a, d_a) is d_a f'(z).
//
// Infinite z gives the limit of f and f', as sigmoid and tanh have it: a bound on z keeps infinity times 0
// out. NaN flows. Where f' dies away it is computed from exp of what is left, never as a difference of two
// numbers near 1, so a vanishing gradient is measured rather than lost. Largest errors down to results of
// 1e-301, GELU's far left tail included: 3 units in the last place of the value, 4 of the derivative's larger
// term, 12 of tanh' (tests/core/numeric/activation_rows.cpp has them one by one).
#if defined(INITLAB_ACTIVATIONS_INL_H_) == defined(HWY_TARGET_TOGGLE)
#ifdef INITLAB_ACTIVATIONS_INL_H_
#undef INITLAB_ACTIVATIONS_INL_H_
#else
#define INITLAB_ACTIVATIONS_INL_H_
#endif

#include "core/numeric/elementwise-inl.h"
#include "core/numeric/normal-inl.h"
#include "core/numeric/trigonometry-inl.h"

HWY_BEFORE_NAMESPACE();
namespace initlab {
namespace HWY_NAMESPACE {

// Klambauer, Unterthiner, Mayr and Hochreiter 2017, Self-Normalizing Neural Networks.
constexpr double kSeluLambda = 1.0507009873554804934193349852946;
// Like PyTorch's a product of doubles, 1 unit in the last place below the true one.
constexpr double kSeluLambdaAlpha = kSeluLambda * 1.6732632423543772848170429916717;
// 2 sqrt(2 / pi) and 0.044715 times that, each in two doubles: GELU's tanh form is z sigmoid(c1 z + c3 z^3).
constexpr double kGeluLinear = 0x1.9884533d43651p+0;
constexpr double kGeluLinearLow = -0x1.cbc0d30ebfd15p-54;
constexpr double kGeluCubic = 0x1.2444f2a4d8b4bp-4;
constexpr double kGeluCubicLow = -0x1.6c843a29d1c70p-61;
// Bounds from which on exp(-|z|) and the GELUs' tails are 0 in double.
constexpr double kExpEnd = 1000.0;
constexpr double kGeluTanhEnd = 30.0;

// f'(z) from f'(-|z|), for the gated units: f(z) - f(-z) = z, so f'(z) = 1 - f'(-z).
HWY_INLINE Pack8 gated_slope(Pack8 z, Pack8 slope_at_minus_size) {
  return select(is_less(z, zero()), slope_at_minus_size, subtract(broadcast(1.0), slope_at_minus_size));
}

// --- Piecewise linear.

struct Linear {
  HWY_INLINE static Pack8 of(Pack8 z) { return z; }
};
struct LinearGradient {
  HWY_INLINE static Pack8 of(Pack8, Pack8, Pack8 d_a) { return d_a; }
};

struct Relu {
  HWY_INLINE static Pack8 of(Pack8 z) { return select(is_less_or_equal(z, zero()), zero(), z); }
};
struct ReluGradient {
  HWY_INLINE static Pack8 of(Pack8 z, Pack8, Pack8 d_a) {
    return select(is_less_or_equal(z, zero()), zero(), d_a);
  }
};

struct LeakyRelu {
  double slope;
  HWY_INLINE Pack8 of(Pack8 z) const { return select(is_less(zero(), z), z, multiply(broadcast(slope), z)); }
};
struct LeakyReluGradient {
  double slope;
  HWY_INLINE Pack8 of(Pack8 z, Pack8, Pack8 d_a) const {
    return select(is_less(zero(), z), d_a, multiply(broadcast(slope), d_a));
  }
};

// --- Saturating on both sides.

struct Tanh {
  HWY_INLINE static Pack8 of(Pack8 z) { return tanh_pack(z); }
};
// 1 - a^2 loses its digits where tanh saturates, four bits of them at |z| = 2, and is 0 from |z| = 19 on; e
// (1 + |a|)^2 with e = exp(-2 |z|) is the same and keeps them.
struct TanhGradient {
  HWY_INLINE static Pack8 of(Pack8 z, Pack8 a, Pack8 d_a) {
    const Pack8 one = broadcast(1.0);
    const Pack8 size = absolute(z);
    Pack8 slope = multiply_subtract_from(a, a, one);
    const Mask8 saturated = is_less(broadcast(2.0), size);
    if (any(saturated)) {
      const Pack8 both = add(one, absolute(a));
      const Pack8 e = exp_pack(multiply(size, broadcast(-2.0)));
      slope = select(saturated, multiply(multiply(both, both), e), slope);
    }
    return multiply(d_a, slope);
  }
};

struct Sigmoid {
  HWY_INLINE static Pack8 of(Pack8 z) { return sigmoid_pack(z); }
};
// Likewise a (1 - a) = a^2 e with e = exp(-z).
struct SigmoidGradient {
  HWY_INLINE static Pack8 of(Pack8 z, Pack8 a, Pack8 d_a) {
    const Pack8 one = broadcast(1.0);
    Pack8 slope = multiply(a, subtract(one, a));
    const Mask8 saturated = is_less(one, z);
    if (any(saturated)) {
      slope = select(saturated, multiply(multiply(a, a), exp_pack(negate(z))), slope);
    }
    return multiply(d_a, slope);
  }
};

struct Softsign {
  HWY_INLINE static Pack8 of(Pack8 z) {
    const Pack8 size = at_most(absolute(z), kLargest);
    return copy_sign(divide(size, add(broadcast(1.0), size)), z);
  }
};
struct SoftsignGradient {
  HWY_INLINE static Pack8 of(Pack8 z, Pack8, Pack8 d_a) {
    const Pack8 one = broadcast(1.0);
    const Pack8 rest = divide(one, add(one, absolute(z)));
    return multiply(d_a, multiply(rest, rest));
  }
};

// --- Saturating on the left.

struct Elu {
  HWY_INLINE static Pack8 of(Pack8 z) {
    const Mask8 is_positive = is_less(zero(), z);
    return select(is_positive, z, expm1_pack(z));
  }
};
struct EluGradient {
  HWY_INLINE static Pack8 of(Pack8 z, Pack8, Pack8 d_a) {
    return select(is_less(zero(), z), d_a, multiply(d_a, exp_pack(z)));
  }
};

struct Selu {
  HWY_INLINE static Pack8 of(Pack8 z) {
    return select(is_less(zero(), z), multiply(broadcast(kSeluLambda), z),
                  multiply(broadcast(kSeluLambdaAlpha), expm1_pack(z)));
  }
};
struct SeluGradient {
  HWY_INLINE static Pack8 of(Pack8 z, Pack8, Pack8 d_a) {
    const Pack8 slope = select(is_less(zero(), z), broadcast(kSeluLambda),
                               multiply(broadcast(kSeluLambdaAlpha), exp_pack(z)));
    return multiply(d_a, slope);
  }
};

struct Softplus {
  HWY_INLINE static Pack8 of(Pack8 z) {
    return add(select(is_less_or_equal(z, zero()), zero(), z), softplus_rest(z));
  }
};
struct SoftplusGradient {
  HWY_INLINE static Pack8 of(Pack8 z, Pack8, Pack8 d_a) { return multiply(d_a, sigmoid_pack(z)); }
};

// --- Gated: z times a share between 0 and 1.

struct Gelu {
  HWY_INLINE static Pack8 of(Pack8 z) {
    const Pack8 u = at_most(absolute(z), kNormalTailEnd);
    const Pack8 tail = multiply(gaussian(u, 0.5), tail_ratio(u));  // Phi(-u)
    const Pack8 share = select(is_less(z, zero()), tail, subtract(broadcast(1.0), tail));
    return multiply(at_least(z, -kNormalTailEnd), share);
  }
};
// At -u: Phi(-u) - u exp(-u^2 / 2) / sqrt(2 pi).
struct GeluGradient {
  HWY_INLINE static Pack8 of(Pack8 z, Pack8, Pack8 d_a) {
    const Pack8 u = at_most(absolute(z), kNormalTailEnd);
    const Pack8 ratio = multiply_subtract_from(u, broadcast(kOneOverRootTwoPi), tail_ratio(u));
    return multiply(d_a, gated_slope(z, multiply(gaussian(u, 0.5), ratio)));
  }
};

// exp(-(c1 u + c3 u^3)) for u in [0, 30]: the exponent in two doubles, because exp multiplies its error by
// its size.
INITLAB_MATH Pack8 gelu_tanh_exp(Pack8 u) {
  const Pack8 c1 = broadcast(kGeluLinear);
  const Pack8 c3 = broadcast(kGeluCubic);
  const Pack8 square = multiply(u, u);
  const Pack8 square_lost = multiply_add(u, u, negate(square));
  const Pack8 cubic = multiply(c3, square);
  const Pack8 cubic_lost = multiply_add(c3, square, negate(cubic));
  const Pack8 factor = add(c1, cubic);
  const Pack8 of_c1 = subtract(factor, cubic);
  const Pack8 sum_lost = add(subtract(c1, of_c1), subtract(cubic, subtract(factor, of_c1)));
  Pack8 factor_low = add(add(sum_lost, cubic_lost), broadcast(kGeluLinearLow));
  factor_low = multiply_add(c3, square_lost, factor_low);
  factor_low = multiply_add(broadcast(kGeluCubicLow), square, factor_low);
  const Pack8 exponent = multiply(u, factor);
  const Pack8 exponent_low = multiply_add(u, factor_low, multiply_add(u, factor, negate(exponent)));
  const Pack8 e = exp_pack(negate(exponent));
  return multiply_subtract_from(e, exponent_low, e);
}

struct GeluTanh {
  HWY_INLINE static Pack8 of(Pack8 z) {
    const Pack8 one = broadcast(1.0);
    const Pack8 e = gelu_tanh_exp(at_most(absolute(z), kGeluTanhEnd));
    const Pack8 share = divide(select(is_less(z, zero()), e, one), add(one, e));
    return multiply(at_least(z, -kGeluTanhEnd), share);
  }
};
// With s = sigmoid(-v), v = c1 u + c3 u^3, at -u: s (1 - u (1 - s) v').
struct GeluTanhGradient {
  HWY_INLINE static Pack8 of(Pack8 z, Pack8, Pack8 d_a) {
    const Pack8 one = broadcast(1.0);
    const Pack8 u = at_most(absolute(z), kGeluTanhEnd);
    const Pack8 e = gelu_tanh_exp(u);
    const Pack8 upper = divide(one, add(one, e));
    const Pack8 growth = multiply_add(broadcast(3 * kGeluCubic), multiply(u, u), broadcast(kGeluLinear));
    const Pack8 rest = multiply_subtract_from(multiply(u, growth), upper, one);
    return multiply(d_a, gated_slope(z, multiply(multiply(e, upper), rest)));
  }
};

struct Silu {
  HWY_INLINE static Pack8 of(Pack8 z) { return multiply(at_least(z, -kExpEnd), sigmoid_pack(z)); }
};
// At -u, with s = sigmoid(-u): s (1 - u (1 - s)).
struct SiluGradient {
  HWY_INLINE static Pack8 of(Pack8 z, Pack8, Pack8 d_a) {
    const Pack8 one = broadcast(1.0);
    const Pack8 u = at_most(absolute(z), kExpEnd);
    const Pack8 e = exp_pack(negate(u));
    const Pack8 upper = divide(one, add(one, e));
    const Pack8 rest = multiply_subtract_from(u, upper, one);
    return multiply(d_a, gated_slope(z, multiply(multiply(e, upper), rest)));
  }
};

// --- Periodic.

struct Sine {
  double frequency;
  HWY_INLINE Pack8 of(Pack8 z) const { return sin_pack(multiply(broadcast(frequency), z)); }
};
struct SineGradient {
  double frequency;
  HWY_INLINE Pack8 of(Pack8 z, Pack8, Pack8 d_a) const {
    const Pack8 rate = broadcast(frequency);
    return multiply(d_a, multiply(rate, cos_pack(multiply(rate, z))));
  }
};

// --- The kernels. An activation that takes a parameter is made from it.

template <class Function>
HWY_INLINE Function made_with(double parameter) {
  if constexpr (__is_empty(Function)) {
    return Function{};
  } else {
    return Function{parameter};
  }
}

template <class Gradient>
struct Backward {
  Gradient gradient;
  ConstBlock z;
  ConstBlock a;
  ConstBlock d_a;
  HWY_INLINE Pack8 of(Size r, Size c) const {
    return gradient.of(load(z.row(r) + c), load(a.row(r) + c), load(d_a.row(r) + c));
  }
};

template <class Function>
void apply(double parameter, ConstBlock z, Block a) {
  map(z, a, made_with<Function>(parameter));
}
template <class Gradient>
bool backward(double parameter, ConstBlock z, ConstBlock a, ConstBlock d_a, Block d_z) {
  assert(z.rows() == a.rows() && z.rows() == d_a.rows() && z.rows() == d_z.rows());
  assert(z.columns() == a.columns() && z.columns() == d_a.columns() && z.columns() == d_z.columns());
  return fill_checked(Backward<Gradient>{made_with<Gradient>(parameter), z, a, d_a}, d_z);
}
template <class Function, class Gradient>
constexpr ActivationKernel kActivation = {apply<Function>, backward<Gradient>};

// --- Functions of a span.

struct Exp {
  HWY_INLINE static Pack8 of(Pack8 x) { return exp_pack(x); }
};
struct Expm1 {
  HWY_INLINE static Pack8 of(Pack8 x) { return expm1_pack(x); }
};
struct Log1p {
  HWY_INLINE static Pack8 of(Pack8 x) { return log1p_pack(x); }
};
struct Erf {
  HWY_INLINE static Pack8 of(Pack8 x) { return erf_pack(x); }
};
struct Sin {
  HWY_INLINE static Pack8 of(Pack8 x) { return sin_pack(x); }
};
struct Cos {
  HWY_INLINE static Pack8 of(Pack8 x) { return cos_pack(x); }
};

template <class Function>
void over_span(std::span<const double> x, std::span<double> y) {
  map_span<Function>(x, y);
}

}  // namespace HWY_NAMESPACE
}  // namespace initlab
HWY_AFTER_NAMESPACE();

#endif  // per-target include guard
