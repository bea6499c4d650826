// Cost and gradients of a small network in one walk over the samples, over Pack8, once for each target.
// Forward, loss and backward of a block of samples follow each other while all of it is in the nearest cache.
//
// Checks here add up what they see, so a sum that overflows can raise a false alarm: then the whole-matrix
// kernels, which say exactly where, are to be asked.
#if defined(INITLAB_SMALL_PASS_INL_H_) == defined(HWY_TARGET_TOGGLE)
#ifdef INITLAB_SMALL_PASS_INL_H_
#undef INITLAB_SMALL_PASS_INL_H_
#else
#define INITLAB_SMALL_PASS_INL_H_
#endif

#include "core/numeric/small_layers-inl.h"
#include "core/numeric/softmax-inl.h"

HWY_BEFORE_NAMESPACE();
namespace initlab {
namespace HWY_NAMESPACE {

// --- Losses of one block: adds to `total`, fills d_z of the output layer. `real` is the number of samples.

struct SmallLossState {
  CrossEntropySum cross_entropy;  // of one logistic output
  double scale;                   // of the terms of the other two
  double gradient_scale;
  Pack8 total;
};

HWY_INLINE void small_cross_entropy(const SmallState& s, const double* y, Size real, SmallLossState& loss) {
  CrossEntropySum sum = loss.cross_entropy;
  for (Size c = 0; c < real; c += 8) {
    const Pack8 z = load(s.z + c);
    const Pack8 label = load(y + c);
    const Pack8 e = exp_pack(negate(absolute(z)));
    sum.add_pack(z, label, e, real - c);
    store(s.d_z + c, multiply(subtract(sigmoid_from(z, e), label), broadcast(loss.gradient_scale)));
  }
  loss.cross_entropy = sum;
}

HWY_INLINE void small_softmax(const SmallState& s, ConstBlock y, Size real, SmallLossState& loss,
                              Watch& watch) {
  const Size units = s.unit_count();
  const ConstBlock z{s.z, units, real, kBlockColumns};
  const Block d_z{s.d_z, units, real, kBlockColumns};
  const SoftmaxTerm term{z, y, loss.scale};
  for (Size c = 0; c < real; c += 8) {
    const Pack8 one = term.of(c);
    loss.total = add(loss.total, c + 8 <= real ? one : keep(first_lanes(real - c), one));
  }
  softmax(z, d_z);
  watch.all_finite &= fill_checked(ScaledDifference{d_z, y, loss.gradient_scale}, d_z);
}

HWY_INLINE void small_squared_error(const SmallState& s, const double* y, Size real, SmallLossState& loss,
                                    Watch& watch) {
  for (Size c = 0; c < real; c += 8) {
    const Pack8 difference = subtract(load(s.a + c), load(y + c));
    const Pack8 total = multiply_add(difference, difference, loss.total);
    loss.total = c + 8 <= real ? total : select(first_lanes(real - c), total, loss.total);
    const Pack8 d = multiply(difference, broadcast(loss.gradient_scale));
    store(s.d_z + c, d);
  }
  if (s.is_linear) return;
  const ElementwiseFunction& f = s.layer->f;
  const Block d_z{s.d_z, 1, real, kBlockColumns};
  watch.all_finite &=
      f.kernel.backward(f.parameter, {s.z, 1, real, kBlockColumns}, {s.a, 1, real, kBlockColumns}, d_z, d_z);
}

// --- The walk.

struct TilingTable {
  Tiling of[kMostSmallUnits + 1];
};
constexpr TilingTable tilings(Size most) {
  TilingTable table{};
  for (Size count = 0; count <= kMostSmallUnits; ++count) table.of[count] = tiling_of(count, most);
  return table;
}
constexpr TilingTable kProductTilings = tilings(kProductUnits);
constexpr TilingTable kGradientUnitTilings = tilings(kGradientUnits);
constexpr TilingTable kGradientInputTilings = tilings(kGradientInputs);

// Divides the scratch memory among the layers; returns what is left of it. `passes_z` tells that the loss
// takes z of the output layer, so its activation is not asked.
HWY_INLINE double* lay_out(const SmallLayer* layers, Size count, bool passes_z, double* memory,
                           SmallState* states) {
  for (Size l = 0; l < count; ++l) {
    const SmallLayer& layer = layers[l];
    SmallState& s = states[l];
    const Size units = layer.w->rows();
    const Size inputs = layer.w->columns();
    s.layer = &layer;
    s.is_linear = layer.f.kernel.apply == apply<Linear> || (passes_z && l + 1 == count);
    s.is_relu = layer.f.kernel.apply == apply<Relu> && !s.is_linear;
    s.units = kProductTilings.of[units];
    s.inputs = kProductTilings.of[inputs];
    s.gradient_units = kGradientUnitTilings.of[units];
    s.gradient_inputs = kGradientInputTilings.of[inputs];
    s.z = memory;
    memory += units * kBlockColumns;
    s.a = s.z;
    if (!s.is_linear && !s.is_relu) {
      s.a = memory;
      memory += units * kBlockColumns;
    }
    s.d_z = memory;
    memory += units * kBlockColumns;
  }
  return memory;
}

HWY_INLINE void lay_out_sums(Size count, double* memory, SmallState* states) {
  for (Size l = 0; l < count; ++l) {
    SmallState& s = states[l];
    const Size sums = (s.input_count() + 1) * s.unit_count() * 8;
    std::memset(memory, 0, sums * sizeof(double));
    s.d_b_sums = memory;
    s.d_w_sums = reinterpret_cast<Part*>(memory + s.unit_count() * 8);
    memory += sums;
  }
}

// `real` columns from `column` on, padded to a group of eight with the last of them, so that padding is as
// finite as what is real.
HWY_INLINE void copy_padded(ConstBlock from, Size column, Size real, double* to) {
  const Size columns = (real + 7) & ~Size{7};
  for (Size r = 0; r < from.rows(); ++r, to += kBlockColumns) {
    std::memcpy(to, from.row(r) + column, real * sizeof(double));
    for (Size c = real; c < columns; ++c) to[c] = to[real - 1];
  }
}

// Makes what stands behind the `real` columns of each row 0.
HWY_INLINE void clear_padding(double* rows, Size count, Size real) {
  const Size last = real & ~Size{7};
  if (last == real) return;
  const Mask8 mask = first_lanes(real - last);
  for (double* row = rows + last; count > 0; --count, row += kBlockColumns) store(row, keep(mask, load(row)));
}

// Forward, loss and backward of `real` samples whose rows start at x, y.
HWY_NOINLINE void small_block(const SmallPass& pass, SmallState* states, double* x, Size x_stride,
                              ConstBlock y, Size real, SmallLossState& loss, Watch& watch) {
  const Size columns = (real + 7) & ~Size{7};
  const double* in = x;
  Size in_stride = x_stride;
  for (Size l = 0; l < pass.count; ++l) {
    small_forward(states[l], in, in_stride, columns, watch);
    in = states[l].a;
    in_stride = kBlockColumns;
  }
  SmallState& last = states[pass.count - 1];
  if (pass.loss == SmallLoss::kSoftmaxCrossEntropy) {
    small_softmax(last, y, real, loss, watch);
  } else if (pass.loss == SmallLoss::kLogisticCrossEntropy) {
    small_cross_entropy(last, y.row(0), real, loss);
  } else {
    small_squared_error(last, y.row(0), real, loss, watch);
  }
  for (Size l = pass.count; l-- > 0;) {
    const SmallState& s = states[l];
    double* input = l == 0 ? x : states[l - 1].a;
    const Size stride = l == 0 ? x_stride : kBlockColumns;
    if (real < columns) {
      clear_padding(s.d_z, s.unit_count(), real);
      clear_padding(input, s.input_count(), real);
    }
    small_gradient(s, input, stride, columns);
    if (l > 0) small_backward(s, states[l - 1], columns, watch);
  }
}

// Columns of a block such that all blocks are about as large.
HWY_INLINE Size even_block(Size columns) {
  const Size packs = (columns + 7) / 8;
  const Size blocks = (packs + kSmallBlockPacks - 1) / kSmallBlockPacks;
  return ((packs + blocks - 1) / blocks + 1) / 2 * 16;
}

SmallOutcome small_pass(const SmallPass& pass) {
  assert(pass.count > 0 && pass.count <= kMostSmallLayers && pass.x.columns() == pass.y.columns());
  SmallState states[kMostSmallLayers];
  const Size m = pass.x.columns();
  double* memory =
      lay_out(pass.layers, pass.count, pass.loss != SmallLoss::kSquaredError, pass.scratch, states);
  double* x_copy = memory;
  double* y_copy = x_copy + pass.x.rows() * kBlockColumns;
  lay_out_sums(pass.count, y_copy + pass.y.rows() * kBlockColumns, states);

  const bool is_squared = pass.loss == SmallLoss::kSquaredError;
  SmallLossState loss{CrossEntropySum(m), is_squared ? 1.0 : 0.5 * scale_of_terms(m),
                      (is_squared ? 2.0 : 1.0) / static_cast<double>(m), zero()};
  Watch watch;
  const Size block = even_block(m);
  for (Size column = 0; column < m; column += block) {
    const Size real = m - column < block ? m - column : block;
    if (real % 8 == 0) {
      // Nothing writes to rows that need no padding.
      small_block(pass, states, const_cast<double*>(pass.x.row(0)) + column, pass.x.stride(),
                  pass.y.columns_from(column, real), real, loss, watch);
    } else {
      copy_padded(pass.x, column, real, x_copy);
      copy_padded(pass.y, column, real, y_copy);
      small_block(pass, states, x_copy, kBlockColumns, {y_copy, pass.y.rows(), real, kBlockColumns}, real,
                  loss, watch);
    }
  }
  for (Size l = 0; l < pass.count; ++l) small_totals(states[l], watch);
  const double cost = pass.loss == SmallLoss::kLogisticCrossEntropy
                          ? loss.cross_entropy.mean(m)
                          : sum(loss.total) / (loss.scale * static_cast<double>(m));
  return {cost, watch.is_quiet() && cost * 0.0 == 0};
}

void small_forward_pass(const SmallLayer* layers, std::size_t count, ConstBlock x, double* scratch, Block z) {
  assert(count > 0 && count <= kMostSmallLayers && x.columns() == z.columns());
  SmallState states[kMostSmallLayers];
  lay_out(layers, count, true, scratch, states);
  Watch watch;
  for (Size column = 0; column < x.columns(); column += kBlockColumns) {
    const Size left = (x.columns() - column + 7) & ~Size{7};
    const Size columns = left < kBlockColumns ? left : kBlockColumns;
    const double* in = x.row(0) + column;
    Size in_stride = x.stride();
    for (Size l = 0; l < count; ++l) {
      small_forward(states[l], in, in_stride, columns, watch);
      in = states[l].a;
      in_stride = kBlockColumns;
    }
    for (Size r = 0; r < z.rows(); ++r) {
      std::memcpy(z.row(r) + column, in + r * kBlockColumns, columns * sizeof(double));
    }
  }
}

}  // namespace HWY_NAMESPACE
}  // namespace initlab
HWY_AFTER_NAMESPACE();

#endif  // per-target include guard
