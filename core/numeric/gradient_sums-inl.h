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

// Calls visitor.visit<kUnits, kInputs>(unit, input) for every tile of inputs, from first_input on.
template <int kUnits, class Visitor>
HWY_INLINE void visit_inputs(const Tiling& inputs, Size unit, Size first_input, Visitor& visitor) {
  Size input = first_input;
  for (Size tile = 0; tile < inputs.tiles; ++tile) {
    const Size size = inputs.size_of(tile);
    switch (size) {
      case 1:
        visitor.template visit<kUnits, 1>(unit, input);
        break;
      case 2:
        visitor.template visit<kUnits, 2>(unit, input);
        break;
      case 3:
        if constexpr (kGradientInputs >= 3) visitor.template visit<kUnits, 3>(unit, input);
        break;
      case 4:
        if constexpr (kGradientInputs >= 4) visitor.template visit<kUnits, 4>(unit, input);
        break;
      default:
        if constexpr (kGradientInputs >= 5) visitor.template visit<kUnits, 5>(unit, input);
        break;
    }
    input += size;
  }
}
// Calls visitor.visit<kUnits>(unit) for every tile of units.
template <class Visitor>
HWY_INLINE void visit_units(const Tiling& units, Visitor& visitor) {
  Size unit = 0;
  for (Size tile = 0; tile < units.tiles; ++tile) {
    const Size size = units.size_of(tile);
    switch (size) {
      case 1:
        visitor.template visit<1>(unit);
        break;
      case 2:
        visitor.template visit<2>(unit);
        break;
      case 3:
        if constexpr (kGradientUnits >= 3) visitor.template visit<3>(unit);
        break;
      case 4:
        if constexpr (kGradientUnits >= 4) visitor.template visit<4>(unit);
        break;
      default:
        if constexpr (kGradientUnits >= 5) visitor.template visit<5>(unit);
        break;
    }
    unit += size;
  }
}
static_assert(kGradientUnits <= 5 && kGradientInputs <= 5, "a case for each size");

// Where a pack takes two registers, samples are gone through twice, in chunks that the nearest cache holds.
constexpr Size kGradientChunk = kParts == 1 ? Size{1} << 40 : 256;
// Inputs whose sums are kept while the samples go by, chunk by chunk.
constexpr Size kGradientGroup = 60;

// Sums over one chunk of samples for one tile of units and a group of inputs. Sums go from chunk to chunk in
// `kept`; those of the first chunk start at 0, those of the last are added up.
struct GradientChunk {
  ConstBlock d_z;
  ConstBlock a;
  Size first_input;
  bool is_first;
  bool is_last;
  Part* kept;
  Matrix& d_w;
  double poison;

  template <int kUnits, int kInputs>
  HWY_INLINE void visit(Size unit, Size input) {
    const SampleSums s{d_z.row(unit), d_z.stride(), a.row(input), a.stride(), d_z.columns()};
    auto* memory =
        reinterpret_cast<TileSums<kUnits, kInputs>*>(kept + (input - first_input) * kUnits * kParts);
    TileSums<kUnits, kInputs> sums;
    if (is_first) {
      for (int u = 0; u < kUnits; ++u) {
        for (int i = 0; i < kInputs; ++i) sums.set(u, i, zero());
      }
    } else {
      sums = *memory;
    }
    add_groups(s, sums);
    if (!is_last) {
      *memory = sums;
      return;
    }
    add_last_group(s, sums);
    for (int u = 0; u < kUnits; ++u) {
      double* row = d_w.row(unit + static_cast<Size>(u)) + input;
      for (int i = 0; i < kInputs; ++i) {
        row[i] = sum(sums.at(u, i));
        poison += row[i] * 0.0;
      }
    }
  }
};

// One tile of units from `unit` on against a group of inputs, over all samples.
struct GradientGroup {
  ConstBlock d_z;
  ConstBlock a;
  Matrix& d_w;
  Size first_input;
  Tiling inputs;
  double poison;

  template <int kUnits>
  HWY_INLINE void visit(Size unit) {
    alignas(64) Part kept[kGradientGroup * kUnits * kParts];
    const Size columns = d_z.columns();
    for (Size column = 0; column < columns; column += kGradientChunk) {
      const Size count = columns - column < kGradientChunk ? columns - column : kGradientChunk;
      GradientChunk chunk{d_z.columns_from(column, count),
                          a.columns_from(column, count),
                          first_input,
                          column == 0,
                          column + count == columns,
                          kept,
                          d_w,
                          poison};
      visit_inputs<kUnits>(inputs, unit, first_input, chunk);
      poison = chunk.poison;
    }
  }
};

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
    GradientGroup group{d_z, a, d_w, input, tiling_of(count, kGradientInputs), poison};
    visit_units(units, group);
    poison = group.poison;
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
