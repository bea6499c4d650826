// The layers of a small network for one block of samples, over Pack8, once for each target: forward, backward
// and the sums of gradients that go from block to block. small_pass-inl.h walks through the samples with
// them. The order of operations of every number is that of the kernels of whole matrices, and so are the
// bits.
#if defined(INITLAB_SMALL_LAYERS_INL_H_) == defined(HWY_TARGET_TOGGLE)
#ifdef INITLAB_SMALL_LAYERS_INL_H_
#undef INITLAB_SMALL_LAYERS_INL_H_
#else
#define INITLAB_SMALL_LAYERS_INL_H_
#endif

#include "core/numeric/activations-inl.h"

HWY_BEFORE_NAMESPACE();
namespace initlab {
namespace HWY_NAMESPACE {

constexpr Size kBlockColumns = 8 * kSmallBlockPacks;

// How a product ends. Z is checked here, where ReLU may hide a number that is not finite; whatever is not
// finite in A or dZ makes a sum of gradients so, and those are checked in the end.
struct SmallLinear {
  HWY_INLINE Pack8 of(Pack8 sum, Size) const { return sum; }
  HWY_INLINE Pack8 note(Pack8 sum, Pack8, Pack8 noted) const { return add(noted, sum); }
};
// Loses a NaN, which the check has seen.
struct SmallRelu {
  HWY_INLINE Pack8 of(Pack8 sum, Size) const { return larger(sum, zero()); }
  HWY_INLINE Pack8 note(Pack8 sum, Pack8, Pack8 noted) const { return add(noted, sum); }
};
// A is positive where Z is.
struct SmallReluGradient {
  const double* a;
  HWY_INLINE Pack8 of(Pack8 sum, Size offset) const { return keep(is_less(zero(), load(a + offset)), sum); }
  HWY_INLINE Pack8 note(Pack8, Pack8, Pack8 noted) const { return noted; }
};
struct SmallUnchecked {
  HWY_INLINE Pack8 of(Pack8 sum, Size) const { return sum; }
  HWY_INLINE Pack8 note(Pack8, Pack8, Pack8 noted) const { return noted; }
};

// One layer while the samples go by. z and a are the same rows where the activation needs no z of its own.
struct SmallState {
  const SmallLayer* layer;
  bool is_relu;
  bool is_linear;
  Tiling units;  // of products
  Tiling inputs;
  Tiling gradient_units;
  Tiling gradient_inputs;
  double* z;       // (units, kBlockColumns)
  double* a;       // likewise
  double* d_z;     // likewise
  Part* d_w_sums;  // tile by tile
  double* d_b_sums;

  HWY_INLINE Size unit_count() const { return layer->w->rows(); }
  HWY_INLINE Size input_count() const { return layer->w->columns(); }
};

// A check of a whole pass: finite in the end where all numbers were, unless their sum overflowed.
struct Watch {
  Pack8 noted[kProductPacks];
  bool all_finite = true;

  HWY_INLINE Watch() {
    for (Pack8& one : noted) one = zero();
  }
  HWY_INLINE bool is_quiet() const {
    Pack8 poison = zero();
    for (const Pack8& one : noted) poison = poisoned_by(one, poison);
    return all_finite && !any_nan(poison);
  }
};

template <class Ending>
HWY_INLINE void small_product(const Product& p, Size columns, const Ending& ending, Watch& watch) {
  Pack8 noted[kProductPacks];  // in registers
  for (int i = 0; i < kProductPacks; ++i) noted[i] = watch.noted[i];
  Size column = 0;
  for (; column + 8 * kProductPacks <= columns; column += 8 * kProductPacks) {
    product_columns<kProductPacks>(p, column, ending, noted);
  }
  product_rest(p, column, columns, ending, noted);
  for (int i = 0; i < kProductPacks; ++i) watch.noted[i] = noted[i];
}

// `columns` here and below: a multiple of eight, at most kBlockColumns.
HWY_INLINE void small_forward(const SmallState& s, const double* in, Size in_stride, Size columns,
                              Watch& watch) {
  const Matrix& w = *s.layer->w;
  const Product p{w.row(0), w.stride(), 1,   w.columns(),   s.layer->b,
                  in,       in_stride,  s.z, kBlockColumns, s.units};
  if (s.is_relu) {
    small_product(p, columns, SmallRelu(), watch);
    return;
  }
  small_product(p, columns, SmallLinear(), watch);
  if (s.is_linear) return;
  const ElementwiseFunction& f = s.layer->f;
  f.kernel.apply(f.parameter, {s.z, w.rows(), columns, kBlockColumns},
                 {s.a, w.rows(), columns, kBlockColumns});
}

// d_z of `below` from that of `s`, the layer above it.
HWY_INLINE void small_backward(const SmallState& s, const SmallState& below, Size columns, Watch& watch) {
  const Matrix& w = *s.layer->w;
  const Product p{w.row(0),      1,         w.stride(),    w.rows(), nullptr, s.d_z,
                  kBlockColumns, below.d_z, kBlockColumns, s.inputs};
  if (below.is_relu) {
    small_product(p, columns, SmallReluGradient{below.a}, watch);
    return;
  }
  small_product(p, columns, SmallUnchecked(), watch);
  if (below.is_linear) return;
  const ElementwiseFunction& f = below.layer->f;
  const Block d_z{below.d_z, below.unit_count(), columns, kBlockColumns};
  watch.all_finite &= f.kernel.backward(f.parameter, {below.z, below.unit_count(), columns, kBlockColumns},
                                        {below.a, below.unit_count(), columns, kBlockColumns}, d_z, d_z);
}

// --- Sums of gradients.

// Calls function(sums, unit, input) for the sums of every tile.
template <class Function>
HWY_INLINE void for_each_sums(const SmallState& s, const Function& function) {
  for_each_tile<kGradientUnits>(s.gradient_units, 0, [&](auto units, Size unit) INITLAB_LAMBDA {
    constexpr int kUnits = decltype(units)::value;
    for_each_tile<kGradientInputs>(s.gradient_inputs, 0, [&](auto inputs, Size input) INITLAB_LAMBDA {
      Part* first = s.d_w_sums + (unit * s.input_count() + input * kUnits) * kParts;
      function(*reinterpret_cast<TileSums<kUnits, decltype(inputs)::value>*>(first), unit, input);
    });
  });
}

HWY_INLINE void small_gradient(const SmallState& s, const double* in, Size in_stride, Size columns) {
  for_each_sums(s, [&](auto& sums, Size unit, Size input) INITLAB_LAMBDA {
    add_groups(
        SampleSums{s.d_z + unit * kBlockColumns, kBlockColumns, in + input * in_stride, in_stride, columns},
        sums);
  });
  for (Size u = 0; u < s.unit_count(); ++u) {
    const double* d_z = s.d_z + u * kBlockColumns;
    Pack8 total = load(s.d_b_sums + u * 8);
    for (Size c = 0; c < columns; c += 8) total = add(total, load(d_z + c));
    store(s.d_b_sums + u * 8, total);
  }
}

// Adds the lanes of every sum up, into the layer's gradients.
HWY_INLINE void small_totals(const SmallState& s, Watch& watch) {
  double noted[4] = {};
  for_each_sums(
      s, [&]<int kUnits, int kInputs>(TileSums<kUnits, kInputs>& sums, Size unit, Size input) INITLAB_LAMBDA {
        for (int u = 0; u < kUnits; ++u) {
          double* row = s.layer->d_w->row(unit + static_cast<Size>(u)) + input;
          for (int i = 0; i < kInputs; ++i) {
            row[i] = sum(sums.at(u, i));
            noted[i % 4] += row[i];
          }
        }
      });
  for (Size u = 0; u < s.unit_count(); ++u) {
    s.layer->d_b[u] = sum(load(s.d_b_sums + u * 8));
    noted[u % 4] += s.layer->d_b[u];
  }
  watch.all_finite &= ((noted[0] + noted[1]) + (noted[2] + noted[3])) * 0.0 == 0;
}

}  // namespace HWY_NAMESPACE
}  // namespace initlab
HWY_AFTER_NAMESPACE();

#endif  // per-target include guard
