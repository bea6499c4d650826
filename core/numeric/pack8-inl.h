// Pack8: eight doubles, eight samples of one unit. Kernels are written once over it; here it becomes one
// AVX-512 vector, two AVX2 vectors, or a plain array whose fused multiply-add is the C library's. Every
// operation is exact or rounded once, so all three give the same bits (but for the sign and payload of a
// NaN).
//
// poisoned_by(x, poison) is 0 * x + poison: what is 0 stays 0 until something not finite makes it NaN for
// good.
//
// Included once for each target by kernels.cpp (Highway's foreach_target); no templates of the standard
// library here, because one compiled for a wide target could be linked into code for a narrow one.
#if defined(INITLAB_PACK8_INL_H_) == defined(HWY_TARGET_TOGGLE)
#ifdef INITLAB_PACK8_INL_H_
#undef INITLAB_PACK8_INL_H_
#else
#define INITLAB_PACK8_INL_H_
#endif

#include <hwy/highway.h>

#include <cmath>
#include <cstddef>
#include <cstdint>
#include <cstring>

HWY_BEFORE_NAMESPACE();
namespace initlab {
namespace HWY_NAMESPACE {

namespace hn = hwy::HWY_NAMESPACE;

// 2^52 + 2^51: added to a whole number |n| < 2^51, it leaves n in the low bits of the sum.
constexpr double kMagic = 0x1.8p52;
constexpr std::uint64_t kOneBits = 0x3ff0000000000000U;
constexpr std::uint64_t kTwoTo52Bits = 0x4330000000000000U;
constexpr std::uint64_t kMantissaMask = 0x000fffffffffffffU;
constexpr std::uint64_t kRootHalfBits = 0x3fe6a09e667f3bcdU;
constexpr double kTwoTo52PlusBias = 0x1p52 + 1023;

#if HWY_TARGET == HWY_AVX3

#define INITLAB_PATH_NAME "avx512"
#define INITLAB_MATH HWY_INLINE
// Register tiles: so many of the 32 registers accumulate as leave room for what is multiplied.
constexpr int kProductUnits = 6;  // x 4 packs of samples
constexpr int kProductPacks = 4;
constexpr int kGradientUnits = 5;  // x 5 inputs
constexpr int kGradientInputs = 5;

using Tag = hn::FixedTag<double, 8>;
using BitsTag = hn::FixedTag<std::uint64_t, 8>;
struct Pack8 {
  hn::Vec<Tag> v;
};
struct Mask8 {
  hn::Mask<Tag> v;
};

HWY_INLINE Pack8 load(const double* p) {
  return {hn::LoadU(Tag(), p)};
}
HWY_INLINE void store(double* p, Pack8 x) {
  hn::StoreU(x.v, Tag(), p);
}
HWY_INLINE Pack8 broadcast(double x) {
  return {hn::Set(Tag(), x)};
}
HWY_INLINE Pack8 add(Pack8 a, Pack8 b) {
  return {hn::Add(a.v, b.v)};
}
HWY_INLINE Pack8 subtract(Pack8 a, Pack8 b) {
  return {hn::Sub(a.v, b.v)};
}
HWY_INLINE Pack8 multiply(Pack8 a, Pack8 b) {
  return {hn::Mul(a.v, b.v)};
}
HWY_INLINE Pack8 divide(Pack8 a, Pack8 b) {
  return {hn::Div(a.v, b.v)};
}
HWY_INLINE Pack8 multiply_add(Pack8 a, Pack8 b, Pack8 c) {
  return {hn::MulAdd(a.v, b.v, c.v)};
}
HWY_INLINE Pack8 multiply_subtract_from(Pack8 a, Pack8 b, Pack8 c) {
  return {hn::NegMulAdd(a.v, b.v, c.v)};
}
// The larger; b where both are zeros or one is NaN.
HWY_INLINE Pack8 larger(Pack8 a, Pack8 b) {
  return {hn::Max(a.v, b.v)};
}
HWY_INLINE Pack8 absolute(Pack8 a) {
  return {hn::Abs(a.v)};
}
HWY_INLINE Pack8 negate(Pack8 a) {
  return {hn::Neg(a.v)};
}
HWY_INLINE Pack8 copy_sign(Pack8 size, Pack8 sign) {
  return {hn::CopySign(size.v, sign.v)};
}
HWY_INLINE Mask8 is_less(Pack8 a, Pack8 b) {
  return {hn::Lt(a.v, b.v)};
}
HWY_INLINE Mask8 is_less_or_equal(Pack8 a, Pack8 b) {
  return {hn::Le(a.v, b.v)};
}
HWY_INLINE Pack8 select(Mask8 m, Pack8 yes, Pack8 no) {
  return {hn::IfThenElse(m.v, yes.v, no.v)};
}
HWY_INLINE Pack8 keep(Mask8 m, Pack8 a) {
  return {hn::IfThenElseZero(m.v, a.v)};
}
HWY_INLINE Pack8 poisoned_by(Pack8 x, Pack8 poison) {
  return multiply_add(x, broadcast(0.0), poison);
}
HWY_INLINE bool any(Mask8 m) {
  return !hn::AllFalse(Tag(), m.v);
}
HWY_INLINE bool any_nan(Pack8 a) {
  return !hn::AllFalse(Tag(), hn::IsNaN(a.v));
}
HWY_INLINE Mask8 first_lanes(std::size_t count) {
  return {hn::FirstN(Tag(), count)};
}

#elif HWY_TARGET == HWY_AVX2

#define INITLAB_PATH_NAME "avx2"
#define INITLAB_MATH HWY_INLINE
// Register tiles, in 16 registers: 6 units x 1 pack of samples, 4 units x 3 inputs of half a pack.
constexpr int kProductUnits = 6;
constexpr int kProductPacks = 1;
constexpr int kGradientUnits = 4;
constexpr int kGradientInputs = 3;

using Tag = hn::FixedTag<double, 4>;
using BitsTag = hn::FixedTag<std::uint64_t, 4>;
struct Pack8 {
  hn::Vec<Tag> lo, hi;
};
struct Mask8 {
  hn::Mask<Tag> lo, hi;
};

HWY_INLINE Pack8 load(const double* p) {
  return {hn::LoadU(Tag(), p), hn::LoadU(Tag(), p + 4)};
}
HWY_INLINE void store(double* p, Pack8 x) {
  hn::StoreU(x.lo, Tag(), p);
  hn::StoreU(x.hi, Tag(), p + 4);
}
HWY_INLINE Pack8 broadcast(double x) {
  return {hn::Set(Tag(), x), hn::Set(Tag(), x)};
}
HWY_INLINE Pack8 add(Pack8 a, Pack8 b) {
  return {hn::Add(a.lo, b.lo), hn::Add(a.hi, b.hi)};
}
HWY_INLINE Pack8 subtract(Pack8 a, Pack8 b) {
  return {hn::Sub(a.lo, b.lo), hn::Sub(a.hi, b.hi)};
}
HWY_INLINE Pack8 multiply(Pack8 a, Pack8 b) {
  return {hn::Mul(a.lo, b.lo), hn::Mul(a.hi, b.hi)};
}
HWY_INLINE Pack8 divide(Pack8 a, Pack8 b) {
  return {hn::Div(a.lo, b.lo), hn::Div(a.hi, b.hi)};
}
HWY_INLINE Pack8 multiply_add(Pack8 a, Pack8 b, Pack8 c) {
  return {hn::MulAdd(a.lo, b.lo, c.lo), hn::MulAdd(a.hi, b.hi, c.hi)};
}
HWY_INLINE Pack8 multiply_subtract_from(Pack8 a, Pack8 b, Pack8 c) {
  return {hn::NegMulAdd(a.lo, b.lo, c.lo), hn::NegMulAdd(a.hi, b.hi, c.hi)};
}
// The larger; b where both are zeros or one is NaN.
HWY_INLINE Pack8 larger(Pack8 a, Pack8 b) {
  return {hn::Max(a.lo, b.lo), hn::Max(a.hi, b.hi)};
}
HWY_INLINE Pack8 absolute(Pack8 a) {
  return {hn::Abs(a.lo), hn::Abs(a.hi)};
}
HWY_INLINE Pack8 negate(Pack8 a) {
  return {hn::Neg(a.lo), hn::Neg(a.hi)};
}
HWY_INLINE Pack8 copy_sign(Pack8 size, Pack8 sign) {
  return {hn::CopySign(size.lo, sign.lo), hn::CopySign(size.hi, sign.hi)};
}
HWY_INLINE Mask8 is_less(Pack8 a, Pack8 b) {
  return {hn::Lt(a.lo, b.lo), hn::Lt(a.hi, b.hi)};
}
HWY_INLINE Mask8 is_less_or_equal(Pack8 a, Pack8 b) {
  return {hn::Le(a.lo, b.lo), hn::Le(a.hi, b.hi)};
}
HWY_INLINE Pack8 select(Mask8 m, Pack8 yes, Pack8 no) {
  return {hn::IfThenElse(m.lo, yes.lo, no.lo), hn::IfThenElse(m.hi, yes.hi, no.hi)};
}
HWY_INLINE Pack8 keep(Mask8 m, Pack8 a) {
  return {hn::IfThenElseZero(m.lo, a.lo), hn::IfThenElseZero(m.hi, a.hi)};
}
HWY_INLINE Pack8 poisoned_by(Pack8 x, Pack8 poison) {
  return multiply_add(x, broadcast(0.0), poison);
}
HWY_INLINE bool any(Mask8 m) {
  return !hn::AllFalse(Tag(), hn::Or(m.lo, m.hi));
}
HWY_INLINE bool any_nan(Pack8 a) {
  return any({hn::IsNaN(a.lo), hn::IsNaN(a.hi)});
}
HWY_INLINE Mask8 first_lanes(std::size_t count) {
  return {hn::FirstN(Tag(), count < 4 ? count : 4), hn::FirstN(Tag(), count < 4 ? 0 : count - 4)};
}

#else

#define INITLAB_PATH_NAME "portable"
// Eight lanes of calls to fma inlined into every activation would be megabytes, and minutes to a sanitizer.
#define INITLAB_MATH HWY_NOINLINE
constexpr int kProductUnits = 4;
constexpr int kProductPacks = 1;
constexpr int kGradientUnits = 2;
constexpr int kGradientInputs = 2;

struct Pack8 {
  double v[8];
};
struct Mask8 {
  bool v[8];
};

// Applies an expression of the lane number i to all eight lanes of a new pack or mask.
#define INITLAB_EACH_LANE(Type, expression) \
  Type result;                              \
  for (int i = 0; i < 8; ++i) {             \
    result.v[i] = (expression);             \
  }                                         \
  return result

HWY_INLINE Pack8 load(const double* p) {
  INITLAB_EACH_LANE(Pack8, p[i]);
}
HWY_INLINE void store(double* p, Pack8 x) {
  std::memcpy(p, x.v, sizeof x.v);
}
HWY_INLINE Pack8 broadcast(double x) {
  INITLAB_EACH_LANE(Pack8, x);
}
HWY_INLINE Pack8 add(Pack8 a, Pack8 b) {
  INITLAB_EACH_LANE(Pack8, a.v[i] + b.v[i]);
}
HWY_INLINE Pack8 subtract(Pack8 a, Pack8 b) {
  INITLAB_EACH_LANE(Pack8, a.v[i] - b.v[i]);
}
HWY_INLINE Pack8 multiply(Pack8 a, Pack8 b) {
  INITLAB_EACH_LANE(Pack8, a.v[i] * b.v[i]);
}
HWY_INLINE Pack8 divide(Pack8 a, Pack8 b) {
  INITLAB_EACH_LANE(Pack8, a.v[i] / b.v[i]);
}
HWY_INLINE Pack8 multiply_add(Pack8 a, Pack8 b, Pack8 c) {
  INITLAB_EACH_LANE(Pack8, std::fma(a.v[i], b.v[i], c.v[i]));
}
HWY_INLINE Pack8 multiply_subtract_from(Pack8 a, Pack8 b, Pack8 c) {
  INITLAB_EACH_LANE(Pack8, std::fma(-a.v[i], b.v[i], c.v[i]));
}
// The larger; b where both are zeros or one is NaN.
HWY_INLINE Pack8 larger(Pack8 a, Pack8 b) {
  INITLAB_EACH_LANE(Pack8, a.v[i] > b.v[i] ? a.v[i] : b.v[i]);
}
HWY_INLINE Pack8 absolute(Pack8 a) {
  INITLAB_EACH_LANE(Pack8, std::fabs(a.v[i]));
}
HWY_INLINE Pack8 negate(Pack8 a) {
  INITLAB_EACH_LANE(Pack8, -a.v[i]);
}
HWY_INLINE Pack8 copy_sign(Pack8 size, Pack8 sign) {
  INITLAB_EACH_LANE(Pack8, std::copysign(size.v[i], sign.v[i]));
}
HWY_INLINE Mask8 is_less(Pack8 a, Pack8 b) {
  INITLAB_EACH_LANE(Mask8, a.v[i] < b.v[i]);
}
HWY_INLINE Mask8 is_less_or_equal(Pack8 a, Pack8 b) {
  INITLAB_EACH_LANE(Mask8, a.v[i] <= b.v[i]);
}
HWY_INLINE Pack8 select(Mask8 m, Pack8 yes, Pack8 no) {
  INITLAB_EACH_LANE(Pack8, m.v[i] ? yes.v[i] : no.v[i]);
}
HWY_INLINE Pack8 keep(Mask8 m, Pack8 a) {
  INITLAB_EACH_LANE(Pack8, m.v[i] ? a.v[i] : 0.0);
}
HWY_INLINE Pack8 poisoned_by(Pack8 x, Pack8 poison) {
  INITLAB_EACH_LANE(Pack8, x.v[i] * 0.0 + poison.v[i]);
}
HWY_INLINE bool any(Mask8 m) {
  bool found = false;
  for (const bool lane : m.v) found = found || lane;
  return found;
}
HWY_INLINE bool any_nan(Pack8 a) {
  bool found = false;
  for (const double lane : a.v) found = found || lane != lane;
  return found;
}
HWY_INLINE Mask8 first_lanes(std::size_t count) {
  INITLAB_EACH_LANE(Mask8, static_cast<std::size_t>(i) < count);
}

#endif

// 2^n, given t = kMagic + n with a whole n in -1022..1023.
#if HWY_TARGET == HWY_AVX3 || HWY_TARGET == HWY_AVX2
HWY_INLINE hn::Vec<Tag> two_to_part(hn::Vec<Tag> t) {
  const auto exponent = hn::ShiftLeft<52>(hn::BitCast(BitsTag(), t));
  return hn::BitCast(Tag(), hn::Add(exponent, hn::Set(BitsTag(), kOneBits)));
}
// Splits y = 2^k m with m in [sqrt(1/2), sqrt(2)): returns k, writes m. For normal y > 0; otherwise
// arbitrary.
HWY_INLINE hn::Vec<Tag> split_part(hn::Vec<Tag> y, hn::Vec<Tag>& m) {
  const auto root_half = hn::Set(BitsTag(), kRootHalfBits);
  const auto from_root = hn::Sub(hn::BitCast(BitsTag(), y), root_half);
  const auto biased = hn::ShiftRight<52>(hn::Add(from_root, hn::Set(BitsTag(), kOneBits)));
  m = hn::BitCast(Tag(), hn::Add(hn::And(from_root, hn::Set(BitsTag(), kMantissaMask)), root_half));
  const auto shifted = hn::BitCast(Tag(), hn::Or(biased, hn::Set(BitsTag(), kTwoTo52Bits)));
  return hn::Sub(shifted, hn::Set(Tag(), kTwoTo52PlusBias));
}
// (0+4 + 2+6) + (1+5 + 3+7), from the four sums of lanes i and i + 4.
HWY_INLINE double sum_of_four(hn::Vec<hn::FixedTag<double, 4>> four) {
  const hn::FixedTag<double, 2> two_tag;
  const auto two = hn::Add(hn::LowerHalf(two_tag, four), hn::UpperHalf(two_tag, four));
  return hn::GetLane(two) + hn::GetLane(hn::Reverse2(two_tag, two));
}
#endif

// --- A Part is what one register holds of a pack: sums over samples fill all registers with parts of one
// kind, then go through the samples again for the other half.

#if HWY_TARGET == HWY_AVX2
constexpr int kParts = 2;
struct Part {
  hn::Vec<Tag> v;
};
HWY_INLINE Part zero_part() {
  return {hn::Zero(Tag())};
}
// Part number `part` of the pack at p.
HWY_INLINE Part load_part(const double* p, int part) {
  return {hn::LoadU(Tag(), p + 4 * part)};
}
HWY_INLINE Part multiply_add(Part a, Part b, Part c) {
  return {hn::MulAdd(a.v, b.v, c.v)};
}
// The pack of the parts at p[0] and p[step].
HWY_INLINE Pack8 join(const Part* p, int step) {
  return {p[0].v, p[step].v};
}
HWY_INLINE void split_into(Pack8 a, Part* p, int step) {
  p[0].v = a.lo;
  p[step].v = a.hi;
}
#else
constexpr int kParts = 1;
using Part = Pack8;
HWY_INLINE Part zero_part() {
  return broadcast(0.0);
}
HWY_INLINE Part load_part(const double* p, int) {
  return load(p);
}
HWY_INLINE Pack8 join(const Part* p, int) {
  return p[0];
}
HWY_INLINE void split_into(Pack8 a, Part* p, int) {
  p[0] = a;
}
#endif

#if HWY_TARGET == HWY_AVX3
HWY_INLINE Pack8 two_to(Pack8 t) {
  return {two_to_part(t.v)};
}
HWY_INLINE Pack8 split(Pack8 y, Pack8& m) {
  return {split_part(y.v, m.v)};
}
HWY_INLINE hn::Vec<hn::FixedTag<double, 4>> halves_added(Pack8 a) {
  const hn::FixedTag<double, 4> half;
  return hn::Add(hn::LowerHalf(half, a.v), hn::UpperHalf(half, a.v));
}
#elif HWY_TARGET == HWY_AVX2
HWY_INLINE Pack8 two_to(Pack8 t) {
  return {two_to_part(t.lo), two_to_part(t.hi)};
}
HWY_INLINE Pack8 split(Pack8 y, Pack8& m) {
  return {split_part(y.lo, m.lo), split_part(y.hi, m.hi)};
}
HWY_INLINE hn::Vec<hn::FixedTag<double, 4>> halves_added(Pack8 a) {
  return hn::Add(a.lo, a.hi);
}
#else
HWY_INLINE std::uint64_t bits_of(double x) {
  std::uint64_t bits;
  std::memcpy(&bits, &x, sizeof bits);
  return bits;
}
HWY_INLINE double double_of(std::uint64_t bits) {
  double x;
  std::memcpy(&x, &bits, sizeof x);
  return x;
}
HWY_INLINE Pack8 two_to(Pack8 t) {
  INITLAB_EACH_LANE(Pack8, double_of((bits_of(t.v[i]) << 52U) + kOneBits));
}
HWY_INLINE Pack8 split(Pack8 y, Pack8& m) {
  Pack8 k;
  for (int i = 0; i < 8; ++i) {
    const std::uint64_t from_root = bits_of(y.v[i]) - kRootHalfBits;
    m.v[i] = double_of((from_root & kMantissaMask) + kRootHalfBits);
    k.v[i] = double_of(((from_root + kOneBits) >> 52U) | kTwoTo52Bits) - kTwoTo52PlusBias;
  }
  return k;
}
HWY_INLINE double sum(const Pack8& a) {
  return ((a.v[0] + a.v[4]) + (a.v[2] + a.v[6])) + ((a.v[1] + a.v[5]) + (a.v[3] + a.v[7]));
}
// The sums of four packs, to out[0] ... out[3]; returns 0 where they are finite, else NaN.
HWY_INLINE double store_four_sums(const Pack8& a, const Pack8& b, const Pack8& c, const Pack8& d,
                                  double* out) {
  out[0] = sum(a);
  out[1] = sum(b);
  out[2] = sum(c);
  out[3] = sum(d);
  return (out[0] * 0.0 + out[1] * 0.0) + (out[2] * 0.0 + out[3] * 0.0);
}
#undef INITLAB_EACH_LANE
#endif

#if HWY_TARGET == HWY_AVX3 || HWY_TARGET == HWY_AVX2
HWY_INLINE double sum(Pack8 a) {
  return sum_of_four(halves_added(a));
}
// The sums of four packs, each in the order of sum(), to out[0] ... out[3]; returns 0 where they are finite,
// else NaN.
HWY_INLINE double store_four_sums(Pack8 a, Pack8 b, Pack8 c, Pack8 d, double* out) {
  const hn::FixedTag<double, 4> tag;
  const auto of_a = halves_added(a);
  const auto of_b = halves_added(b);
  const auto of_c = halves_added(c);
  const auto of_d = halves_added(d);
  const auto ac = hn::Add(hn::ConcatLowerLower(tag, of_c, of_a), hn::ConcatUpperUpper(tag, of_c, of_a));
  const auto bd = hn::Add(hn::ConcatLowerLower(tag, of_d, of_b), hn::ConcatUpperUpper(tag, of_d, of_b));
  const auto totals = hn::Add(hn::InterleaveLower(tag, ac, bd), hn::InterleaveUpper(tag, ac, bd));
  hn::StoreU(totals, tag, out);
  return sum_of_four(hn::Mul(totals, hn::Zero(tag)));
}
#endif

}  // namespace HWY_NAMESPACE
}  // namespace initlab
HWY_AFTER_NAMESPACE();

#endif  // per-target include guard
