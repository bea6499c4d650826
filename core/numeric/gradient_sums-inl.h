// dW = dZ A^T and db = row sums of dZ over Pack8, once for each target: sums over samples, each in eight
// lanes (lane = sample mod 8) that sum() adds in one fixed order. A tile of outputs stays in registers while
// it goes through the samples.
#if defined(INITLAB_GRADIENT_SUMS_INL_H_) == defined(HWY_TARGET_TOGGLE)
#ifdef INITLAB_GRADIENT_SUMS_INL_H_
#undef INITLAB_GRADIENT_SUMS_INL_H_
#else
#define INITLAB_GRADIENT_SUMS_INL_H_
#endif

#include "core/numeric/products-inl.h"

HWY_BEFORE_NAMESPACE();
namespace initlab {
namespace HWY_NAMESPACE {

// A few rows of dZ against a few rows of A.
struct SampleSums {
  const double* d_z;
  Size d_z_stride;
  const double* a;
  Size a_stride;
  Size columns;
};

// The sums of a tile while they grow: [part][unit][input].
template <int kUnits, int kInputs>
struct TileSums {
  Part parts[kParts][kUnits][kInputs];
  HWY_INLINE Pack8 at(int u, int i) const { return join(&parts[0][u][i], kUnits * kInputs); }
  HWY_INLINE void set(int u, int i, Pack8 value) { split_into(value, &parts[0][u][i], kUnits * kInputs); }
};

// Adds the products of all whole groups of eight samples.
template <int kUnits, int kInputs>
HWY_INLINE void add_groups(const SampleSums& s, TileSums<kUnits, kInputs>& sums) {
  const Size whole = s.columns & ~Size{7};
  for (int part = 0; part < kParts; ++part) {
    Part kept[kUnits][kInputs];
    for (int u = 0; u < kUnits; ++u) {
      for (int i = 0; i < kInputs; ++i) kept[u][i] = sums.parts[part][u][i];
    }
    for (Size column = 0; column < whole; column += 8) {
      Part x[kInputs];
      for (int i = 0; i < kInputs; ++i)
        x[i] = load_part(s.a + static_cast<Size>(i) * s.a_stride + column, part);
      for (int u = 0; u < kUnits; ++u) {
        const Part d = load_part(s.d_z + static_cast<Size>(u) * s.d_z_stride + column, part);
        for (int i = 0; i < kInputs; ++i) kept[u][i] = multiply_add(d, x[i], kept[u][i]);
      }
    }
    for (int u = 0; u < kUnits; ++u) {
      for (int i = 0; i < kInputs; ++i) sums.parts[part][u][i] = kept[u][i];
    }
  }
}

// Adds those of the last group, where it ends in padding.
template <int kUnits, int kInputs>
HWY_INLINE void add_last_group(const SampleSums& s, TileSums<kUnits, kInputs>& sums) {
  const Size column = s.columns & ~Size{7};
  if (column == s.columns) return;
  const Mask8 real = first_lanes(s.columns - column);
  for (int u = 0; u < kUnits; ++u) {
    const Pack8 d = keep(real, load(s.d_z + static_cast<Size>(u) * s.d_z_stride + column));
    for (int i = 0; i < kInputs; ++i) {
      const Pack8 x = keep(real, load(s.a + static_cast<Size>(i) * s.a_stride + column));
      sums.set(u, i, multiply_add(d, x, sums.at(u, i)));
    }
  }
}

// Where a pack takes two registers, samples are gone through twice, in chunks that the nearest cache holds.
constexpr Size kGradientChunk = kParts == 1 ? Size{1} << 40 : 256;
// Inputs whose sums are kept while the samples go by, chunk by chunk.
constexpr Size kGradientGroup = 60;

// Sums over one chunk of samples for one tile of outputs, whose rows of dZ and A are given. Sums go from
// chunk to chunk in `kept`; those of the first chunk start at 0, those of the last are added up into d_w.
// Returns NaN where a total is not finite, else 0.
template <int kUnits, int kInputs>
HWY_INLINE double chunk_sums(const SampleSums& s, bool is_first, bool is_last,
                             TileSums<kUnits, kInputs>& kept, double* d_w, Size d_w_stride) {
  TileSums<kUnits, kInputs> sums;
  if (is_first) {
    for (int u = 0; u < kUnits; ++u) {
      for (int i = 0; i < kInputs; ++i) sums.set(u, i, zero());
    }
  } else {
    sums = kept;
  }
  add_groups(s, sums);
  if (!is_last) {
    kept = sums;
    return 0;
  }
  add_last_group(s, sums);
  double poison = 0;
  for (int u = 0; u < kUnits; ++u) {
    double* row = d_w + static_cast<Size>(u) * d_w_stride;
    constexpr int kByFour = kInputs / 4 * 4;
    for (int i = 0; i < kByFour; i += 4) {
      poison +=
          store_four_sums(sums.at(u, i), sums.at(u, i + 1), sums.at(u, i + 2), sums.at(u, i + 3), row + i);
    }
    for (int i = kByFour; i < kInputs; ++i) {
      row[i] = sum(sums.at(u, i));
      poison += row[i] * 0.0;
    }
  }
  return poison;
}

// One tile of units from `unit` on against a group of inputs from first_input on, over all samples. Returns
// NaN or 0 as above.
template <int kUnits>
HWY_INLINE double group_sums(ConstBlock d_z, ConstBlock a, Size unit, Size first_input, const Tiling& inputs,
                             Matrix& d_w) {
  alignas(64) Part kept[kGradientGroup * kUnits * kParts];
  double poison = 0;
  const Size columns = d_z.columns();
  for (Size column = 0; column < columns; column += kGradientChunk) {
    const Size count = columns - column < kGradientChunk ? columns - column : kGradientChunk;
    for_each_tile<kGradientInputs>(inputs, first_input, [&](auto size, Size input) INITLAB_LAMBDA {
      constexpr int kInputs = decltype(size)::value;
      Part* memory = kept + (input - first_input) * kUnits * kParts;
      poison += chunk_sums(
          SampleSums{d_z.row(unit) + column, d_z.stride(), a.row(input) + column, a.stride(), count},
          column == 0, column + count == columns, *reinterpret_cast<TileSums<kUnits, kInputs>*>(memory),
          d_w.row(unit) + input, d_w.stride());
    });
  }
  return poison;
}

// Sums of kUnits rows of dZ.
template <int kUnits>
HWY_INLINE double row_sums(ConstBlock d_z, Size unit, double* d_b, double poison) {
  Pack8 sums[kUnits];
  for (int u = 0; u < kUnits; ++u) sums[u] = zero();
  const double* from = d_z.row(unit);
  Size column = 0;
  for (; column + 8 <= d_z.columns(); column += 8) {
    for (int u = 0; u < kUnits; ++u) {
      sums[u] = add(sums[u], load(from + static_cast<Size>(u) * d_z.stride() + column));
    }
  }
  for (int u = 0; u < kUnits; ++u) {
    if (column < d_z.columns()) {
      const Pack8 last = load(from + static_cast<Size>(u) * d_z.stride() + column);
      sums[u] = add(sums[u], keep(first_lanes(d_z.columns() - column), last));
    }
    const double total = sum(sums[u]);
    d_b[unit + static_cast<Size>(u)] = total;
    poison += total * 0.0;
  }
  return poison;
}

bool gradient_sums(ConstBlock d_z, ConstBlock a, Matrix& d_w, std::span<double> d_b) {
  assert(d_z.columns() == a.columns() && d_w.rows() == d_z.rows() && d_w.columns() == a.rows());
  assert(d_b.size() == d_z.rows());
  if (d_z.rows() == 0) return true;
  double poison = 0;
  const Tiling units = tiling_of(d_z.rows(), kGradientUnits);
  for (Size input = 0; input < a.rows(); input += kGradientGroup) {
    const Size count = a.rows() - input < kGradientGroup ? a.rows() - input : kGradientGroup;
    const Tiling inputs = tiling_of(count, kGradientInputs);
    for_each_tile<kGradientUnits>(units, 0, [&](auto size, Size unit) INITLAB_LAMBDA {
      poison += group_sums<decltype(size)::value>(d_z, a, unit, input, inputs, d_w);
    });
  }
  double* sums = pointer_to(d_b);
  Size unit = 0;
  for (; unit + 4 <= d_z.rows(); unit += 4) poison = row_sums<4>(d_z, unit, sums, poison);
  for (; unit < d_z.rows(); ++unit) poison = row_sums<1>(d_z, unit, sums, poison);
  return poison == 0;
}

}  // namespace HWY_NAMESPACE
}  // namespace initlab
HWY_AFTER_NAMESPACE();

#endif  // per-target include guard
