// The kernels of kernels.h over Pack8, once for each target. The order of operations of one output never
// depends on the tile it falls into. Groups of eight samples that end in padding are taken apart: reductions
// and finite checks mask it, so that whatever stands in padding cannot reach a result.
//
// Finite checks add 0 * x into a `poison` that starts at 0 (poisoned_by).
#if defined(INITLAB_KERNELS_INL_H_) == defined(HWY_TARGET_TOGGLE)
#ifdef INITLAB_KERNELS_INL_H_
#undef INITLAB_KERNELS_INL_H_
#else
#define INITLAB_KERNELS_INL_H_
#endif

#include <cassert>
#include <cstddef>

#include "core/numeric/kernels.h"
#include "core/numeric/math-inl.h"

HWY_BEFORE_NAMESPACE();
namespace initlab {
namespace HWY_NAMESPACE {

using Size = std::size_t;

// --- Products: Z = W A + b and dA = W^T dZ are one loop with other steps through W.

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
};

template <int kUnits, int kPacks>
HWY_INLINE Pack8 product_tile(const Product& p, Size unit, Size column, Pack8 poison) {
  Pack8 sums[kUnits][kPacks];
  for (int u = 0; u < kUnits; ++u) {
    const Pack8 start = broadcast(p.b == nullptr ? 0.0 : p.b[unit + static_cast<Size>(u)]);
    for (int i = 0; i < kPacks; ++i) sums[u][i] = start;
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
    double* out = p.out + (unit + static_cast<Size>(u)) * p.out_stride + column;
    for (int i = 0; i < kPacks; ++i) {
      store(out + i * 8, sums[u][i]);
      poison = poisoned_by(sums[u][i], poison);
    }
  }
  return poison;
}

// All units of kPacks groups of samples from `column` on.
template <int kPacks>
HWY_INLINE Pack8 product_columns(const Product& p, Size units, Size column, Pack8 poison) {
  Size unit = 0;
  for (; unit + 4 <= units; unit += 4) poison = product_tile<4, kPacks>(p, unit, column, poison);
  switch (units - unit) {
    case 3:
      return product_tile<3, kPacks>(p, unit, column, poison);
    case 2:
      return product_tile<2, kPacks>(p, unit, column, poison);
    case 1:
      return product_tile<1, kPacks>(p, unit, column, poison);
    default:
      return poison;
  }
}

bool product(const Product& p, Size units, Size columns) {
  Pack8 poison = zero();
  Size column = 0;
  for (; column + 8 * kPacksPerTile <= columns; column += 8 * kPacksPerTile) {
    poison = product_columns<kPacksPerTile>(p, units, column, poison);
  }
  for (; column + 8 <= columns; column += 8) poison = product_columns<1>(p, units, column, poison);
  if (column < columns) {
    const Pack8 tail_poison = product_columns<1>(p, units, column, zero());
    poison = add(poison, keep(first_lanes(columns - column), tail_poison));
  }
  return !any_nan(poison);
}

bool affine(const Matrix& w, std::span<const double> b, const Matrix& a, Matrix& z) {
  assert(w.columns() == a.rows() && w.rows() == z.rows() && a.columns() == z.columns() &&
         b.size() == w.rows());
  if (z.size() == 0) return true;
  const double* inputs = a.rows() == 0 ? nullptr : a.row(0);
  return product(
      {w.row(0), w.stride(), 1, w.columns(), pointer_to(b), inputs, a.stride(), z.row(0), z.stride()},
      z.rows(), z.columns());
}

void transposed_product(const Matrix& w, const Matrix& d_z, Matrix& d_a) {
  assert(w.rows() == d_z.rows() && w.columns() == d_a.rows() && d_z.columns() == d_a.columns());
  if (d_a.size() == 0) return;
  product({w.row(0), 1, w.stride(), w.rows(), nullptr, d_z.row(0), d_z.stride(), d_a.row(0), d_a.stride()},
          d_a.rows(), d_a.columns());
}

// --- Sums over samples: eight lanes, added in the fixed order of sum().

struct SampleSums {
  const double* d_z;
  Size d_z_stride;
  const double* a;
  Size a_stride;
  Size columns;
  double* d_w;
  Size d_w_stride;
};

template <int kUnits, int kInputs>
HWY_INLINE double gradient_tile(const SampleSums& s, Size unit, Size input, double poison) {
  Pack8 sums[kUnits][kInputs];
  for (int u = 0; u < kUnits; ++u) {
    for (int i = 0; i < kInputs; ++i) sums[u][i] = zero();
  }
  const double* d_z = s.d_z + unit * s.d_z_stride;
  const double* a = s.a + input * s.a_stride;
  Size column = 0;
  for (; column + 8 <= s.columns; column += 8) {
    Pack8 x[kInputs];
    for (int i = 0; i < kInputs; ++i) x[i] = load(a + static_cast<Size>(i) * s.a_stride + column);
    for (int u = 0; u < kUnits; ++u) {
      const Pack8 d = load(d_z + static_cast<Size>(u) * s.d_z_stride + column);
      for (int i = 0; i < kInputs; ++i) sums[u][i] = multiply_add(d, x[i], sums[u][i]);
    }
  }
  if (column < s.columns) {
    const Mask8 real = first_lanes(s.columns - column);
    for (int u = 0; u < kUnits; ++u) {
      const Pack8 d = keep(real, load(d_z + static_cast<Size>(u) * s.d_z_stride + column));
      for (int i = 0; i < kInputs; ++i) {
        const Pack8 x = keep(real, load(a + static_cast<Size>(i) * s.a_stride + column));
        sums[u][i] = multiply_add(d, x, sums[u][i]);
      }
    }
  }
  for (int u = 0; u < kUnits; ++u) {
    for (int i = 0; i < kInputs; ++i) {
      const double total = sum(sums[u][i]);
      s.d_w[(unit + static_cast<Size>(u)) * s.d_w_stride + input + static_cast<Size>(i)] = total;
      poison += total * 0.0;
    }
  }
  return poison;
}

// All inputs of kUnits units from `unit` on.
template <int kUnits>
HWY_INLINE double gradient_units(const SampleSums& s, Size inputs, Size unit, double poison) {
  Size input = 0;
  for (; input + kGradientTile <= inputs; input += kGradientTile) {
    poison = gradient_tile<kUnits, kGradientTile>(s, unit, input, poison);
  }
  switch (inputs - input) {
    case 3:
      return gradient_tile<kUnits, 3>(s, unit, input, poison);
    case 2:
      return gradient_tile<kUnits, 2>(s, unit, input, poison);
    case 1:
      return gradient_tile<kUnits, 1>(s, unit, input, poison);
    default:
      return poison;
  }
}

// Sums of kUnits rows of dZ.
template <int kUnits>
HWY_INLINE double row_sums(const SampleSums& s, Size unit, double* d_b, double poison) {
  Pack8 sums[kUnits];
  for (int u = 0; u < kUnits; ++u) sums[u] = zero();
  const double* d_z = s.d_z + unit * s.d_z_stride;
  Size column = 0;
  for (; column + 8 <= s.columns; column += 8) {
    for (int u = 0; u < kUnits; ++u) {
      sums[u] = add(sums[u], load(d_z + static_cast<Size>(u) * s.d_z_stride + column));
    }
  }
  for (int u = 0; u < kUnits; ++u) {
    if (column < s.columns) {
      const Pack8 last = load(d_z + static_cast<Size>(u) * s.d_z_stride + column);
      sums[u] = add(sums[u], keep(first_lanes(s.columns - column), last));
    }
    const double total = sum(sums[u]);
    d_b[unit + static_cast<Size>(u)] = total;
    poison += total * 0.0;
  }
  return poison;
}

bool gradient_sums(const Matrix& d_z, const Matrix& a, Matrix& d_w, std::span<double> d_b) {
  assert(d_z.columns() == a.columns() && d_w.rows() == d_z.rows() && d_w.columns() == a.rows());
  assert(d_b.size() == d_z.rows());
  if (d_z.rows() == 0) return true;
  const double* inputs = a.rows() == 0 ? nullptr : a.row(0);
  const SampleSums s{d_z.row(0), d_z.stride(), inputs, a.stride(), d_z.columns(), d_w.row(0), d_w.stride()};
  double poison = 0;
  Size unit = 0;
  for (; unit + kGradientTile <= d_z.rows(); unit += kGradientTile) {
    poison = gradient_units<kGradientTile>(s, a.rows(), unit, poison);
  }
  for (; unit < d_z.rows(); ++unit) poison = gradient_units<1>(s, a.rows(), unit, poison);
  double* sums = pointer_to(d_b);
  for (unit = 0; unit + 4 <= d_z.rows(); unit += 4) poison = row_sums<4>(s, unit, sums, poison);
  for (; unit < d_z.rows(); ++unit) poison = row_sums<1>(s, unit, sums, poison);
  return poison == 0;
}

}  // namespace HWY_NAMESPACE
}  // namespace initlab
HWY_AFTER_NAMESPACE();

#endif  // per-target include guard
