// Softmax and its cross entropy over Pack8, once for each target: eight samples at a time, one a lane, rows
// in their order. The sum over samples is that of elementwise-inl.h.
#if defined(INITLAB_SOFTMAX_INL_H_) == defined(HWY_TARGET_TOGGLE)
#ifdef INITLAB_SOFTMAX_INL_H_
#undef INITLAB_SOFTMAX_INL_H_
#else
#define INITLAB_SOFTMAX_INL_H_
#endif

#include "core/numeric/elementwise-inl.h"

HWY_BEFORE_NAMESPACE();
namespace initlab {
namespace HWY_NAMESPACE {

// The largest is taken off before exp, so nothing overflows and the sum is at least 1.
void softmax(ConstBlock z, Block a) {
  assert(z.rows() == a.rows() && z.columns() == a.columns());
  if (z.rows() == 0) return;
  for (Size c = 0; c < z.columns(); c += 8) {
    Pack8 largest = load(z.row(0) + c);
    for (Size r = 1; r < z.rows(); ++r) {
      const Pack8 logit = load(z.row(r) + c);
      largest = select(is_less(largest, logit), logit, largest);
    }
    Pack8 total = zero();
    for (Size r = 0; r < z.rows(); ++r) {
      const Pack8 e = exp_pack(subtract(load(z.row(r) + c), largest));
      store(a.row(r) + c, e);
      total = add(total, e);
    }
    for (Size r = 0; r < z.rows(); ++r) store(a.row(r) + c, divide(load(a.row(r) + c), total));
  }
}

bool softmax_backward(ConstBlock a, ConstBlock d_a, Block d_z) {
  assert(a.rows() == d_a.rows() && a.rows() == d_z.rows());
  assert(a.columns() == d_a.columns() && a.columns() == d_z.columns());
  const Size columns = a.columns();
  Pack8 poison = zero();
  for (Size c = 0; c < columns; c += 8) {
    Pack8 mean = zero();  // of dA, weighted by A
    for (Size r = 0; r < a.rows(); ++r) mean = multiply_add(load(a.row(r) + c), load(d_a.row(r) + c), mean);
    Pack8 group_poison = zero();
    for (Size r = 0; r < a.rows(); ++r) {
      const Pack8 d = multiply(load(a.row(r) + c), subtract(load(d_a.row(r) + c), mean));
      store(d_z.row(r) + c, d);
      group_poison = poisoned_by(d, group_poison);
    }
    if (c + 8 > columns) group_poison = keep(first_lanes(columns - c), group_poison);
    poison = add(poison, group_poison);
  }
  return !any_nan(poison);
}

// log(sum exp z) = largest + log1p(rest): `rest` is the sum of exp(z - largest) without the largest's own 1,
// so a sample learned well costs exp(-margin), not 0. Both are kept up row by row.
struct LogSumExp {
  Pack8 largest;
  Pack8 rest;
};

HWY_INLINE LogSumExp log_sum_exp(ConstBlock z, Size c) {
  LogSumExp sum{load(z.row(0) + c), zero()};
  for (Size r = 1; r < z.rows(); ++r) {
    const Pack8 logit = load(z.row(r) + c);
    const Pack8 ratio = exp_pack(negate(absolute(subtract(logit, sum.largest))));
    const Mask8 is_larger = is_less(sum.largest, logit);
    const Pack8 rescaled = multiply_add(sum.rest, ratio, ratio);  // (rest + 1) ratio
    sum.rest = select(is_larger, rescaled, add(sum.rest, ratio));
    sum.largest = select(is_larger, logit, sum.largest);
  }
  return sum;
}

// sum of y (largest - z) + log1p(rest), which is log(sum exp z) - sum of y z where the y sum to 1. `scale` is
// a power of two that keeps sums of huge finite terms finite. y = 0 leaves its term out, so that a logit of
// minus infinity costs nothing where it is right.
struct SoftmaxTerm {
  ConstBlock z;
  ConstBlock y;
  double scale;
  HWY_INLINE Pack8 of(Size c) const {
    const Pack8 factor = broadcast(scale);
    const LogSumExp sum = log_sum_exp(z, c);
    const Pack8 largest = multiply(sum.largest, factor);
    Pack8 term = multiply(log1p_pack(sum.rest), factor);
    for (Size r = 0; r < z.rows(); ++r) {
      const Pack8 share = load(y.row(r) + c);
      const Pack8 margin = subtract(largest, multiply(load(z.row(r) + c), factor));
      term = select(is_less_or_equal(share, zero()), term, multiply_add(share, margin, term));
    }
    return term;
  }
};

double softmax_cross_entropy(ConstBlock z, ConstBlock y) {
  assert(z.rows() == y.rows() && z.columns() == y.columns());
  if (z.rows() == 0) return 0;
  const double scale = 0.5 * scale_of_terms(z.columns());
  const SoftmaxTerm term{z, y, scale};
  const Size columns = z.columns();
  Pack8 total = zero();
  Size c = 0;
  for (; c + 8 <= columns; c += 8) total = add(total, term.of(c));
  if (c < columns) total = add(total, keep(first_lanes(columns - c), term.of(c)));
  return sum(total) / (scale * static_cast<double>(columns));
}

bool softmax_cross_entropy_backward(ConstBlock a, ConstBlock y, Block d_z) {
  return logistic_cross_entropy_backward(a, y, d_z);
}

}  // namespace HWY_NAMESPACE
}  // namespace initlab
HWY_AFTER_NAMESPACE();

#endif  // per-target include guard
