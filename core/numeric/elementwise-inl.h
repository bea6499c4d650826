// The ways through the elements of a matrix, and what needs no function of its own: losses of single
// elements, the plain descent step, penalties; over Pack8, once for each target. Activations are in
// activations-inl.h. Padding is computed along where no result depends on it, masked where one does.
#if defined(INITLAB_ELEMENTWISE_INL_H_) == defined(HWY_TARGET_TOGGLE)
#ifdef INITLAB_ELEMENTWISE_INL_H_
#undef INITLAB_ELEMENTWISE_INL_H_
#else
#define INITLAB_ELEMENTWISE_INL_H_
#endif

#include <cassert>

#include "core/numeric/gradient_sums-inl.h"

HWY_BEFORE_NAMESPACE();
namespace initlab {
namespace HWY_NAMESPACE {

// --- Four ways through the elements. An Operation is a struct whose of(...) maps packs to a pack.

// out = operation.of(x), padding included.
template <class Operation>
HWY_INLINE void map(ConstBlock x, Block out, const Operation& operation = {}) {
  assert(x.rows() == out.rows() && x.columns() == out.columns());
  for (Size r = 0; r < x.rows(); ++r) {
    const double* from = x.row(r);
    double* to = out.row(r);
    for (Size c = 0; c < x.columns(); c += 8) store(to + c, operation.of(load(from + c)));
  }
}

// out(r) = operation.of(r, c) for the group of eight that starts at column c; returns whether finite.
template <class Operation>
HWY_INLINE bool fill_checked(const Operation& operation, Block out) {
  const Size columns = out.columns();
  const Mask8 real = first_lanes(columns % 8);
  Pack8 poison = zero();
  for (Size r = 0; r < out.rows(); ++r) {
    double* to = out.row(r);
    Size c = 0;
    for (; c + 8 <= columns; c += 8) {
      const Pack8 value = operation.of(r, c);
      store(to + c, value);
      poison = poisoned_by(value, poison);
    }
    if (c < columns) {
      const Pack8 value = operation.of(r, c);
      store(to + c, value);
      poison = poisoned_by(keep(real, value), poison);
    }
  }
  return !any_nan(poison);
}

// The sum of operation.of(r, c) over all elements, in eight lanes.
template <class Operation>
HWY_INLINE double sum_over(const Operation& operation, Size rows, Size columns) {
  const Mask8 real = first_lanes(columns % 8);
  Pack8 total = zero();
  for (Size r = 0; r < rows; ++r) {
    Size c = 0;
    for (; c + 8 <= columns; c += 8) total = operation.add_to(total, r, c);
    if (c < columns) total = select(real, operation.add_to(total, r, c), total);
  }
  return sum(total);
}

// y = of(x) over spans of any length and alignment.
template <class Operation>
HWY_INLINE void map_span(std::span<const double> x, std::span<double> y) {
  assert(x.size() == y.size());
  const Size count = x.size();
  const double* from = pointer_to(x);
  double* to = pointer_to(y);
  Size i = 0;
  for (; i + 8 <= count; i += 8) store(to + i, Operation::of(load(from + i)));
  if (i < count) {
    double last[8] = {};
    std::memcpy(last, from + i, (count - i) * sizeof(double));
    store(last, Operation::of(load(last)));
    std::memcpy(to + i, last, (count - i) * sizeof(double));
  }
}

// --- Losses.

// A power of two that keeps the sum of so many huge finite terms finite.
HWY_INLINE double scale_of_terms(Size count) {
  double scale = 1;
  for (Size terms = 1; terms < count; terms *= 2) scale *= 0.5;
  return scale;
}

// Sum over samples of softplus(z) - y z = (max(z, 0) - y z) + log(1 + e), e = exp(-|z|), in eight lanes. The
// first part is exact where label and logit agree, so a sample learned well costs e, not 0. The logarithms
// are taken together: log(1 + e1) + log(1 + e2) = log1p(q), q = e1 + e2 + e1 e2, all of whose terms are
// positive, so n samples of a lane lose n units in the last place at most. q stays below 2^kTogether.
struct CrossEntropySum {
  static constexpr int kTogether = 512;
  double scale;  // of scale_of_terms()
  Pack8 linear;
  Pack8 q;
  int packs = 0;  // in q

  HWY_INLINE explicit CrossEntropySum(Size terms) : scale(scale_of_terms(terms)), linear(zero()), q(zero()) {}

  // Adds the first `real` lanes, given e = exp(-|z|).
  HWY_INLINE void add_pack(Pack8 z, Pack8 y, Pack8 e, Size real) {
    const Pack8 positive = select(is_less_or_equal(z, zero()), zero(), z);
    const Pack8 term = multiply_subtract_from(y, z, positive);
    const Pack8 next_linear = multiply_add(term, broadcast(scale), linear);
    const Pack8 next_q = multiply_add(q, e, add(q, e));
    if (real >= 8) {
      linear = next_linear;
      q = next_q;
    } else {
      const Mask8 mask = first_lanes(real);
      linear = select(mask, next_linear, linear);
      q = select(mask, next_q, q);
    }
    if (++packs == kTogether) take_logarithms();
  }
  HWY_INLINE void take_logarithms() {
    linear = multiply_add(log1p_pack(q), broadcast(scale), linear);
    q = zero();
    packs = 0;
  }
  // The mean over `samples`.
  HWY_INLINE double mean(Size samples) {
    take_logarithms();
    return sum(linear) / (scale * static_cast<double>(samples));
  }
};

double logistic_cross_entropy(ConstBlock z, ConstBlock y) {
  assert(z.rows() == y.rows() && z.columns() == y.columns());
  CrossEntropySum total(z.size());
  for (Size r = 0; r < z.rows(); ++r) {
    for (Size c = 0; c < z.columns(); c += 8) {
      const Pack8 logit = load(z.row(r) + c);
      total.add_pack(logit, load(y.row(r) + c), exp_pack(negate(absolute(logit))), z.columns() - c);
    }
  }
  return total.mean(z.columns());
}

struct ScaledDifference {
  ConstBlock a;
  ConstBlock y;
  double scale;
  HWY_INLINE Pack8 of(Size r, Size c) const {
    return multiply(subtract(load(a.row(r) + c), load(y.row(r) + c)), broadcast(scale));
  }
};

bool logistic_cross_entropy_backward(ConstBlock a, ConstBlock y, Block d_z) {
  assert(a.rows() == y.rows() && a.columns() == y.columns());
  assert(a.rows() == d_z.rows() && a.columns() == d_z.columns());
  return fill_checked(ScaledDifference{a, y, 1.0 / static_cast<double>(a.columns())}, d_z);
}

struct SquaredTerm {
  ConstBlock a;
  ConstBlock y;
  HWY_INLINE Pack8 add_to(Pack8 total, Size r, Size c) const {
    const Pack8 difference = subtract(load(a.row(r) + c), load(y.row(r) + c));
    return multiply_add(difference, difference, total);
  }
};

double squared_error(ConstBlock a, ConstBlock y) {
  assert(a.rows() == y.rows() && a.columns() == y.columns());
  return sum_over(SquaredTerm{a, y}, a.rows(), a.columns()) / static_cast<double>(a.size());
}

void squared_error_backward(ConstBlock a, ConstBlock y, Block d_a) {
  assert(a.rows() == y.rows() && a.columns() == y.columns());
  assert(a.rows() == d_a.rows() && a.columns() == d_a.columns());
  fill_checked(ScaledDifference{a, y, 2.0 / static_cast<double>(a.size())}, d_a);
}

// --- Parameters.

struct Descent {
  double rate;
  const Matrix& d_w;
  const Matrix& w;
  HWY_INLINE Pack8 of(Size r, Size c) const {
    return multiply_subtract_from(broadcast(rate), load(d_w.row(r) + c), load(w.row(r) + c));
  }
};

bool descend(double rate, const Matrix& d_w, Matrix& w) {
  assert(d_w.rows() == w.rows() && d_w.columns() == w.columns());
  return fill_checked(Descent{rate, d_w, w}, w);
}

bool descend_vector(double rate, std::span<const double> d_b, std::span<double> b) {
  assert(d_b.size() == b.size());
  const Size count = b.size();
  const double* from = pointer_to(d_b);
  double* to = pointer_to(b);
  Pack8 poison = zero();
  Size i = 0;
  for (; i + 8 <= count; i += 8) {
    const Pack8 value = multiply_subtract_from(broadcast(rate), load(from + i), load(to + i));
    store(to + i, value);
    poison = poisoned_by(value, poison);
  }
  if (i < count) {
    double slope[8] = {};
    double last[8] = {};
    std::memcpy(slope, from + i, (count - i) * sizeof(double));
    std::memcpy(last, to + i, (count - i) * sizeof(double));
    const Pack8 value = multiply_subtract_from(broadcast(rate), load(slope), load(last));
    poison = poisoned_by(keep(first_lanes(count - i), value), poison);
    store(last, value);
    std::memcpy(to + i, last, (count - i) * sizeof(double));
  }
  return !any_nan(poison);
}

// A coefficient of 0 leaves its term out altogether: 0 times an infinite weight must not become NaN.
struct PenaltyGradient {
  double l1;
  double l2;
  const Matrix& w;
  const Matrix& d_w;
  HWY_INLINE Pack8 of(Size r, Size c) const {
    const Pack8 weight = load(w.row(r) + c);
    Pack8 d = load(d_w.row(r) + c);
    if (l2 != 0) d = multiply_add(broadcast(l2), weight, d);
    if (l1 != 0) {
      const Pack8 one = broadcast(1.0);
      const Pack8 below = select(is_less(weight, zero()), negate(one), weight);
      d = multiply_add(broadcast(l1), select(is_less(zero(), weight), one, below), d);
    }
    return d;
  }
};

void add_penalty_gradient(double l1, double l2, const Matrix& w, Matrix& d_w) {
  assert(d_w.rows() == w.rows() && d_w.columns() == w.columns());
  fill_checked(PenaltyGradient{l1, l2, w, d_w}, d_w);
}

struct SizeTerm {
  const Matrix& w;
  HWY_INLINE Pack8 add_to(Pack8 total, Size r, Size c) const {
    return add(total, absolute(load(w.row(r) + c)));
  }
};
struct SquareTerm {
  const Matrix& w;
  HWY_INLINE Pack8 add_to(Pack8 total, Size r, Size c) const {
    const Pack8 weight = load(w.row(r) + c);
    return multiply_add(weight, weight, total);
  }
};

double penalty(double l1, double l2, const Matrix& w) {
  double total = 0;
  if (l1 != 0) total += l1 * sum_over(SizeTerm{w}, w.rows(), w.columns());
  if (l2 != 0) total += l2 / 2 * sum_over(SquareTerm{w}, w.rows(), w.columns());
  return total;
}

}  // namespace HWY_NAMESPACE
}  // namespace initlab
HWY_AFTER_NAMESPACE();

#endif  // per-target include guard
