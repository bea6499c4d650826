// How large one quantity is in every layer of every lane, beside what theory predicts: a signal that keeps
// its size runs level, one that vanishes or explodes is a slope. Logarithmic, with a place of its own for 0
// below the decades and for what is not finite above them. The title is the caller's.
#pragma once

#include <cstddef>
#include <optional>
#include <span>
#include <string>
#include <string_view>
#include <vector>

#include "app/canvas/canvas.h"
#include "app/figures/axis.h"
#include "app/theme.h"
#include "core/experiment/snapshot.h"

namespace initlab {

enum class SignalQuantity { kPreActivations, kActivations, kGradients, kWeightNorm, kGradientNorm, kCount };

struct SignalQuantityRow {
  SignalQuantity quantity;
  std::string_view id, symbol, label;  // "pre_activations", "z", "std of z"
  std::string_view help;
};
std::span<const SignalQuantityRow> signal_quantities();
const SignalQuantityRow& signal_quantity(SignalQuantity quantity);

// A number of one layer, or why there is none to be drawn on a logarithmic axis.
struct SignalValue {
  enum class Kind { kNone, kZero, kPositive, kNotFinite };
  Kind kind = Kind::kNone;  // kNone: not measured; kNotFinite: some value of the tensor is not
  double value = 0;         // of the finite values; above 0 where kPositive
};
// Of layer `layer` (from 0) of a run that has one.
SignalValue measured_signal(const RunSnapshot& run, SignalQuantity quantity, std::size_t layer);
// Theory speaks of z and dz at the start alone.
SignalValue predicted_signal(const RunSnapshot& run, SignalQuantity quantity, std::size_t layer);

struct LayerRange {
  double first = 1;
  double last = 2;  // above first
};
struct SignalRange {
  double low = 0.1;  // above 0
  double high = 10;  // above low
};

struct SignalOptions {
  SignalQuantity quantity = SignalQuantity::kPreActivations;
  std::optional<LayerRange> layers = {};      // zoomed; null: all
  std::optional<SignalRange> values = {};     // zoomed; null: all that is drawn, to whole decades
  std::optional<double> hover_x = {};         // pixel; the nearest layer is read there
  std::optional<std::size_t> only_lane = {};  // from 0; null: all
};

// Whether the options show that lane.
inline bool shows_lane(const SignalOptions& options, std::size_t lane) {
  return !options.only_lane || *options.only_lane == lane;
}
// Size of the names at the ends of the curves, in logical pixels.
double signal_label_size(Rect rect);

// The range that counts as healthy: as far from a layer of a lane that learns as the verdicts allow.
struct SignalBand {
  double low = 0;
  double high = 0;
  std::string caption;  // "healthy: within 20 x of He's layer 1"
};
std::optional<SignalBand> signal_band(const Snapshot& snapshot, const SignalOptions& options);

// Where the axes stand: what the figure draws with, for hover, zoom and pan.
struct SignalPlot {
  Rect plot;
  Axis x;  // layer, from 1
  Axis y;  // the decades; shorter than the plot where 0 or what is not finite has its place
  std::optional<double> zero_y;        // where 0 stands
  std::optional<double> not_finite_y;  // where NaN and infinity stand
  std::size_t layer_count = 0;

  // Where a value stands; null for what is not measured.
  std::optional<double> to_pixel(const SignalValue& value) const;
};
SignalPlot signal_plot(Rect rect, const Snapshot& snapshot, const SignalOptions& options);

void draw_signal_by_layer(Canvas& canvas, const Theme& theme, Rect rect, const Snapshot& snapshot,
                          const SignalOptions& options = {});

}  // namespace initlab
