// Z = W A + b and dA = W^T dZ over Pack8, once for each target: one loop with other steps through W. The sum
// of one output runs from the bias on in the order of the inputs, whatever tile it falls into.
//
// Groups of eight samples that end in padding are taken apart: finite checks mask it, so that whatever stands
// in padding cannot reach a result. Finite checks add 0 * x into a `poison` that starts at 0 (poisoned_by).
#if defined(INITLAB_PRODUCTS_INL_H_) == defined(HWY_TARGET_TOGGLE)
#ifdef INITLAB_PRODUCTS_INL_H_
#undef INITLAB_PRODUCTS_INL_H_
#else
#define INITLAB_PRODUCTS_INL_H_
#endif

#include <cassert>
#include <cstddef>

#include "core/numeric/kernels.h"
#include "core/numeric/math-inl.h"

// A lambda that is compiled for the target at hand, and into the loop that calls it.
#ifndef INITLAB_LAMBDA
#define INITLAB_LAMBDA HWY_ATTR __attribute__((always_inline))
#endif

HWY_BEFORE_NAMESPACE();
namespace initlab {
namespace HWY_NAMESPACE {

using Size = std::size_t;

// `count` in as few parts of at most `most` as will do, all of one size or one less: the first `larger` of
// them have smallest + 1.
struct Tiling {
  Size tiles;
  Size smallest;
  Size larger;
  HWY_INLINE Size size_of(Size tile) const { return smallest + (tile < larger ? 1 : 0); }
};
constexpr HWY_INLINE Tiling tiling_of(Size count, Size most) {
  if (count == 0) return {0, 0, 0};
  const Size tiles = (count + most - 1) / most;
  return {tiles, count / tiles, count % tiles};
}

// The size of a tile as a type.
template <int kValue>
struct Count {
  static constexpr int value = kValue;
};

// Calls function(Count<size>(), at) for each tile, `at` counted from `first` on. No tile is larger than
// kMost.
template <int kMost, class Function>
HWY_INLINE void for_each_tile(const Tiling& tiling, Size first, const Function& function) {
  static_assert(kMost <= 6, "a case for each size");
  Size at = first;
  for (Size tile = 0; tile < tiling.tiles; ++tile) {
    const Size size = tiling.size_of(tile);
    switch (size) {
      case 1:
        function(Count<1>(), at);
        break;
      case 2:
        function(Count<2>(), at);
        break;
      case 3:
        if constexpr (kMost >= 3) function(Count<3>(), at);
        break;
      case 4:
        if constexpr (kMost >= 4) function(Count<4>(), at);
        break;
      case 5:
        if constexpr (kMost >= 5) function(Count<5>(), at);
        break;
      default:
        if constexpr (kMost >= 6) function(Count<6>(), at);
        break;
    }
    at += size;
  }
}

struct Product {
  const double* w;
  Size unit_step;   // from one output unit's weight to the next one's
  Size input_step;  // from one input's weight to the next one's
  Size inputs;
  const double* b;  // null: zeros
  const double* in;
  Size in_stride;
  double* out;
  Size out_stride;
  Tiling units;
  bool continues = false;  // from the sums that stand in `out`, not from b
};

// What becomes of a sum before it is stored at `offset` in the output, and what a check for finite numbers
// notes of it. This one stores it as it is; the check starts at 0 and is NaN in the end exactly where a
// number was not finite.
struct AsItIs {
  HWY_INLINE Pack8 of(Pack8 sum, Size) const { return sum; }
  HWY_INLINE Pack8 note(Pack8, Pack8 stored, Pack8 noted) const { return poisoned_by(stored, noted); }
};

// `noted` has one for each pack of the tile, so that checks do not wait for each other.
template <int kUnits, int kPacks, class Ending>
HWY_INLINE void product_tile(const Product& p, Size unit, Size column, const Ending& ending, Pack8* noted) {
  Pack8 sums[kUnits][kPacks];
  if (p.continues) {
    for (int u = 0; u < kUnits; ++u) {
      const double* out = p.out + (unit + static_cast<Size>(u)) * p.out_stride + column;
      for (int i = 0; i < kPacks; ++i) sums[u][i] = load(out + i * 8);
    }
  } else {
    for (int u = 0; u < kUnits; ++u) {
      const Pack8 start = broadcast(p.b == nullptr ? 0.0 : p.b[unit + static_cast<Size>(u)]);
      for (int i = 0; i < kPacks; ++i) sums[u][i] = start;
    }
  }
  const double* w = p.w + unit * p.unit_step;
  const double* in = p.in + column;
  for (Size k = 0; k < p.inputs; ++k, w += p.input_step, in += p.in_stride) {
    Pack8 x[kPacks];
    for (int i = 0; i < kPacks; ++i) x[i] = load(in + i * 8);
    for (int u = 0; u < kUnits; ++u) {
      const Pack8 weight = broadcast(w[static_cast<Size>(u) * p.unit_step]);
      for (int i = 0; i < kPacks; ++i) sums[u][i] = multiply_add(weight, x[i], sums[u][i]);
    }
  }
  for (int u = 0; u < kUnits; ++u) {
    const Size offset = (unit + static_cast<Size>(u)) * p.out_stride + column;
    for (int i = 0; i < kPacks; ++i) {
      const Pack8 stored = ending.of(sums[u][i], offset + static_cast<Size>(i) * 8);
      store(p.out + offset + i * 8, stored);
      noted[i] = ending.note(sums[u][i], stored, noted[i]);
    }
  }
}

// All units of kPacks groups of samples from `column` on.
template <int kPacks, class Ending>
HWY_INLINE void product_columns(const Product& p, Size column, const Ending& ending, Pack8* noted) {
  for_each_tile<kProductUnits>(p.units, 0, [&](auto units, Size unit) INITLAB_LAMBDA {
    product_tile<decltype(units)::value, kPacks>(p, unit, column, ending, noted);
  });
}

// Whole groups of eight samples in [column, columns), fewer than a panel; returns where they end.
template <class Ending>
HWY_INLINE Size product_rest(const Product& p, Size column, Size columns, const Ending& ending,
                             Pack8* noted) {
  if constexpr (kProductPacks > 2) {
    for (; column + 16 <= columns; column += 16) product_columns<2>(p, column, ending, noted);
  }
  for (; column + 8 <= columns; column += 8) product_columns<1>(p, column, ending, noted);
  return column;
}

// --- Many inputs: weights that fill the outer caches should pass by few times, and rows of inputs lie in as
// many pages. So panels are wider there, and copied some inputs at a time, sums waiting in the output
// meanwhile.

constexpr Size kDeepInputs = 384;  // from here on that pays
constexpr Size kPanelDepth = 128;  // inputs copied at a time
constexpr Size kPanelPacks = 16;   // groups of samples

// `packs` groups from `column` on, a multiple of kProductPacks.
HWY_NOINLINE void deep_panel(const Product& p, Size column, Size packs, Pack8* poison) {
  alignas(64) double panel[kPanelDepth * kPanelPacks * 8];
  for (Size first = 0; first < p.inputs; first += kPanelDepth) {
    Product part = p;
    part.w += first * p.input_step;
    part.inputs = p.inputs - first < kPanelDepth ? p.inputs - first : kPanelDepth;
    part.in = panel;
    part.in_stride = kPanelPacks * 8;
    part.out += column;
    part.continues = first > 0;
    for (Size k = 0; k < part.inputs; ++k) {
      const double* in = p.in + (first + k) * p.in_stride + column;
      for (Size i = 0; i < packs; ++i) store(panel + (k * kPanelPacks + i) * 8, load(in + i * 8));
    }
    for_each_tile<kProductUnits>(p.units, 0, [&](auto units, Size unit) INITLAB_LAMBDA {
      for (Size pack = 0; pack < packs; pack += kProductPacks) {
        product_tile<decltype(units)::value, kProductPacks>(part, unit, pack * 8, AsItIs(), poison);
      }
    });
  }
}

// `columns` samples, a panel of kProductPacks groups at a time: after each, panel_done(column, count).
// Returns whether finite.
template <class PanelDone>
HWY_INLINE bool product(const Product& p, Size columns, const PanelDone& panel_done) {
  constexpr Size kPanel = 8 * kProductPacks;
  Pack8 poison[kProductPacks];
  for (Pack8& one : poison) one = zero();
  Size column = 0;
  while (p.inputs >= kDeepInputs && column + kPanel <= columns) {
    const Size panels = (columns - column) / kPanel;
    const Size packs = kProductPacks * panels < kPanelPacks ? kProductPacks * panels : kPanelPacks;
    deep_panel(p, column, packs, poison);
    panel_done(column, packs * 8);
    column += packs * 8;
  }
  for (; column + kPanel <= columns; column += kPanel) {
    product_columns<kProductPacks>(p, column, AsItIs(), poison);
    panel_done(column, kPanel);
  }
  const Size rest = column;
  column = product_rest(p, column, columns, AsItIs(), poison);
  if (column < columns) {
    Pack8 tail_poison = zero();
    product_columns<1>(p, column, AsItIs(), &tail_poison);
    poison[0] = add(poison[0], keep(first_lanes(columns - column), tail_poison));
  }
  if (rest < columns) panel_done(rest, columns - rest);
  for (int i = 1; i < kProductPacks; ++i) poison[0] = add(poison[0], poison[i]);
  return !any_nan(poison[0]);
}

struct NothingMore {
  HWY_INLINE void operator()(Size, Size) const {}
};

HWY_INLINE Product affine_product(const Matrix& w, const double* b, ConstBlock a, Block z) {
  return {w.row(0), w.stride(), 1,        w.columns(), b,
          a.row(0), a.stride(), z.row(0), z.stride(),  tiling_of(w.rows(), kProductUnits)};
}
HWY_INLINE Product transposed(const Matrix& w, ConstBlock d_z, Block d_a) {
  return {w.row(0),     1,
          w.stride(),   w.rows(),
          nullptr,      d_z.row(0),
          d_z.stride(), d_a.row(0),
          d_a.stride(), tiling_of(w.columns(), kProductUnits)};
}

bool affine(const Matrix& w, std::span<const double> b, ConstBlock a, Block z) {
  assert(w.columns() == a.rows() && w.rows() == z.rows() && a.columns() == z.columns() &&
         b.size() == w.rows());
  if (z.size() == 0) return true;
  return product(affine_product(w, pointer_to(b), a, z), z.columns(), NothingMore());
}

void transposed_product(const Matrix& w, ConstBlock d_z, Block d_a) {
  assert(w.rows() == d_z.rows() && w.columns() == d_a.rows() && d_z.columns() == d_a.columns());
  if (d_a.size() == 0) return;
  product(transposed(w, d_z, d_a), d_a.columns(), NothingMore());
}

bool affine_activated(const Matrix& w, std::span<const double> b, ConstBlock a, Block z,
                      const ElementwiseFunction& f, Block f_of_z) {
  assert(w.columns() == a.rows() && w.rows() == z.rows() && a.columns() == z.columns() &&
         b.size() == w.rows());
  assert(z.rows() == f_of_z.rows() && z.columns() == f_of_z.columns());
  if (z.size() == 0) return true;
  return product(
      affine_product(w, pointer_to(b), a, z), z.columns(), [&](Size column, Size count) INITLAB_LAMBDA {
        f.kernel.apply(f.parameter, z.columns_from(column, count), f_of_z.columns_from(column, count));
      });
}

bool transposed_product_activated(const Matrix& w, ConstBlock d_z_above, const ElementwiseFunction& f,
                                  ConstBlock z, ConstBlock f_of_z, Block d_z) {
  assert(w.rows() == d_z_above.rows() && w.columns() == d_z.rows() && d_z_above.columns() == d_z.columns());
  if (d_z.size() == 0) return true;
  bool is_finite = true;
  product(transposed(w, d_z_above, d_z), d_z.columns(), [&](Size column, Size count) INITLAB_LAMBDA {
    const Block panel = d_z.columns_from(column, count);
    is_finite &= f.kernel.backward(f.parameter, z.columns_from(column, count),
                                   f_of_z.columns_from(column, count), panel, panel);
  });
  return is_finite;
}

}  // namespace HWY_NAMESPACE
}  // namespace initlab
HWY_AFTER_NAMESPACE();

#endif  // per-target include guard
