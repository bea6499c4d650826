// What the figure of signals by layer shows and where: values, the healthy band, axes. Drawn by
// signal_by_layer.cpp.
#include <fmt/format.h>

#include <algorithm>
#include <array>
#include <cassert>
#include <cmath>
#include <limits>

#include "app/canvas/text_metrics.h"
#include "app/figures/signal_by_layer.h"
#include "core/experiment/verdict/verdict_rules.h"

namespace initlab {
namespace {

constexpr double kEndLabelDistance = 12;
constexpr double kTickLabelDistance = 8;
constexpr double kAxisHeight = 24;   // tick labels below the plot
constexpr double kPlaceHeight = 20;  // of 0 and of what is not finite, beyond the decades
constexpr double kLeast = 1e-307;
constexpr double kLargest = 1e307;

constexpr std::array<SignalQuantityRow, static_cast<std::size_t>(SignalQuantity::kCount)> kQuantities = {{
    {SignalQuantity::kPreActivations, "pre_activations", "z", "std of z",
     "Standard deviation of what a layer's units get, over units and samples"},
    {SignalQuantity::kActivations, "activations", "a", "std of a",
     "Standard deviation of what a layer gives on, over units and samples"},
    {SignalQuantity::kGradients, "gradients", "dz", "std of dz",
     "Standard deviation of the cost's gradient in z, over units and samples"},
    {SignalQuantity::kWeightNorm, "weight_norm", "|W|", "norm of W",
     "Frobenius norm of a layer's weights: the root of the sum of their squares"},
    {SignalQuantity::kGradientNorm, "gradient_norm", "|dW|", "norm of dW",
     "Frobenius norm of the gradient of a layer's weights"},
}};
static_assert([] {
  for (std::size_t i = 0; i < kQuantities.size(); ++i) {
    if (kQuantities[i].quantity != static_cast<SignalQuantity>(i)) return false;
  }
  return true;
}());

const TensorProbe& tensor_of(const LayerProbe& layer, SignalQuantity quantity) {
  switch (quantity) {
    case SignalQuantity::kActivations:
      return layer.a;
    case SignalQuantity::kGradients:
      return layer.d_z;
    case SignalQuantity::kWeightNorm:
      return layer.weights;
    case SignalQuantity::kGradientNorm:
      return layer.d_w;
    default:
      return layer.z;
  }
}

SignalValue signal_value(double value) {
  if (!std::isfinite(value)) return {SignalValue::Kind::kNotFinite, 0};
  if (value > 0) return {SignalValue::Kind::kPositive, value};
  return {SignalValue::Kind::kZero, 0};
}

std::size_t layers_of(const Snapshot& snapshot, const SignalOptions& options) {
  std::size_t count = 0;
  for (std::size_t lane = 0; lane < snapshot.runs.size(); ++lane) {
    if (shows_lane(options, lane)) count = std::max(count, snapshot.runs[lane].layers.size());
  }
  return count;
}

// What the figure draws, measured and predicted.
struct Extent {
  double low = std::numeric_limits<double>::infinity();
  double high = 0;
  bool zero = false;
  bool not_finite = false;

  void include(const SignalValue& value) {
    zero = zero || value.kind == SignalValue::Kind::kZero;
    not_finite = not_finite || value.kind == SignalValue::Kind::kNotFinite;
    if (value.kind != SignalValue::Kind::kPositive) return;
    low = std::min(low, value.value);
    high = std::max(high, value.value);
  }
};

Extent extent_of(const Snapshot& snapshot, const SignalOptions& options) {
  Extent extent;
  for (std::size_t lane = 0; lane < snapshot.runs.size(); ++lane) {
    if (!shows_lane(options, lane)) continue;
    const RunSnapshot& run = snapshot.runs[lane];
    for (std::size_t layer = 0; layer < run.layers.size(); ++layer) {
      extent.include(measured_signal(run, options.quantity, layer));
      extent.include(predicted_signal(run, options.quantity, layer));
    }
  }
  return extent;
}

// Whole decades with a little air, so that the axis stands still while it trains.
SignalRange decades_of(const Extent& extent) {
  if (!(extent.low <= extent.high)) return {0.1, 10};
  constexpr double kAir = 0.08;  // decades
  double low = std::floor(std::log10(extent.low) - kAir);
  double high = std::ceil(std::log10(extent.high) + kAir);
  if (high - low < 2) (high < 1 ? high : low) += high < 1 ? 1 : -1;
  return {std::max(std::pow(10.0, low), kLeast), std::min(std::pow(10.0, high), kLargest)};
}

double end_label_room(Rect rect, const Snapshot& snapshot, const SignalOptions& options) {
  double widest = 0;
  for (std::size_t lane = 0; lane < snapshot.runs.size(); ++lane) {
    if (!shows_lane(options, lane)) continue;
    widest = std::max(
        widest,
        measure_text(snapshot.runs[lane].lane.name, signal_label_size(rect), FontWeight::kMedium).width);
  }
  return std::min(std::ceil(widest) + kEndLabelDistance, 0.3 * rect.width);
}

// How far the signal of the hidden layers' last is from that of their first, in powers of e; null where
// either is not a positive number.
std::optional<double> drift_of(const RunSnapshot& run, SignalQuantity quantity) {
  if (run.layers.size() < 2) return std::nullopt;
  const SignalValue first = measured_signal(run, quantity, 0);
  const SignalValue last = measured_signal(run, quantity, run.layers.size() - 2);
  if (first.kind != SignalValue::Kind::kPositive || last.kind != SignalValue::Kind::kPositive)
    return std::nullopt;
  return std::abs(std::log(last.value) - std::log(first.value));
}

// The lane that the band is about: one that is called healthy, else the one whose signal keeps its size best.
std::optional<std::size_t> band_lane(const Snapshot& snapshot, const SignalOptions& options) {
  std::optional<std::size_t> steadiest;
  double least = 0;
  for (std::size_t lane = 0; lane < snapshot.runs.size(); ++lane) {
    const RunSnapshot& run = snapshot.runs[lane];
    const auto drift = drift_of(run, options.quantity);
    if (!shows_lane(options, lane) || !drift) continue;
    if (!run.verdicts.empty() && run.verdicts.front().good) return lane;
    if (steadiest && *drift >= least) continue;
    steadiest = lane;
    least = *drift;
  }
  return steadiest;
}

}  // namespace

double signal_label_size(Rect rect) {
  return rect.height >= 200 && rect.width >= 400 ? kSecondarySize : kTickSize;
}

std::span<const SignalQuantityRow> signal_quantities() {
  return kQuantities;
}

const SignalQuantityRow& signal_quantity(SignalQuantity quantity) {
  return kQuantities[static_cast<std::size_t>(quantity)];
}

SignalValue measured_signal(const RunSnapshot& run, SignalQuantity quantity, std::size_t layer) {
  assert(layer < run.layers.size());
  const LayerProbe& probe = run.layers[layer];
  const Summary& summary = tensor_of(probe, quantity).summary;
  if (summary.count == 0) return {};
  if (summary.non_finite > 0) return {SignalValue::Kind::kNotFinite, 0};
  switch (quantity) {
    case SignalQuantity::kWeightNorm:
      return signal_value(probe.weight_norm());
    case SignalQuantity::kGradientNorm:
      return signal_value(probe.gradient_norm());
    default:
      return signal_value(summary.std);
  }
}

SignalValue predicted_signal(const RunSnapshot& run, SignalQuantity quantity, std::size_t layer) {
  if (!run.theory || layer >= run.theory->layers.size()) return {};
  const LayerTheory& theory = run.theory->layers[layer];
  const std::optional<double> value = quantity == SignalQuantity::kPreActivations ? theory.z_std
                                      : quantity == SignalQuantity::kGradients    ? theory.d_z_std
                                                                                  : std::nullopt;
  return value ? signal_value(*value) : SignalValue{};
}

std::optional<SignalBand> signal_band(const Snapshot& snapshot, const SignalOptions& options) {
  const bool backward = options.quantity == SignalQuantity::kGradients;
  if (options.quantity > SignalQuantity::kGradients) return std::nullopt;
  const std::size_t count = layers_of(snapshot, options);
  if (count < 2) return std::nullopt;
  // Signals are judged from the first layer on, gradients from the last hidden one back.
  const std::size_t layer = backward ? count - 2 : 0;
  const auto lane = band_lane(snapshot, options);
  if (!lane) return std::nullopt;
  const RunSnapshot& run = snapshot.runs[*lane];
  const double middle = measured_signal(run, options.quantity, layer).value;
  return SignalBand{middle * kLeastRatio, middle * kLargestRatio,
                    fmt::format("healthy: within 20\u00d7 of layer {} of {}", layer + 1, run.lane.name)};
}

std::optional<double> SignalPlot::to_pixel(const SignalValue& value) const {
  switch (value.kind) {
    case SignalValue::Kind::kZero:
      return zero_y;
    case SignalValue::Kind::kNotFinite:
      return not_finite_y;
    case SignalValue::Kind::kPositive:
      return y.to_pixel(value.value);
    case SignalValue::Kind::kNone:
      break;
  }
  return std::nullopt;
}

SignalPlot signal_plot(Rect rect, const Snapshot& snapshot, const SignalOptions& options) {
  SignalPlot result;
  result.layer_count = std::max<std::size_t>(layers_of(snapshot, options), 1);
  const Extent extent = extent_of(snapshot, options);
  const SignalRange range = options.values.value_or(decades_of(extent));
  Rect& plot = result.plot;
  plot = {rect.x, rect.y + kGrid, rect.width - end_label_room(rect, snapshot, options),
          std::max(rect.height - kGrid - kAxisHeight, 1.0)};
  double top = plot.y;
  double bottom = plot.bottom();
  const bool roomy = plot.height > 4 * kPlaceHeight;
  if (extent.zero) {
    result.zero_y = bottom;
    bottom -= roomy ? kPlaceHeight : plot.height / 5;
  }
  if (extent.not_finite) {
    result.not_finite_y = top;
    top += roomy ? kPlaceHeight : plot.height / 5;
  }
  result.y = {AxisDirection::kVertical, AxisScale::kLog, range.low, range.high, bottom, top};
  // Room for five signs at least, so that the plot does not move when a label of three becomes one of four.
  const double label = std::max(widest_label(axis_ticks(result.y)), measure_text("1e-10", kTickSize).width);
  const double left = std::ceil(label) + kTickLabelDistance;
  plot.x += left;
  plot.width = std::max(plot.width - left, 1.0);
  const auto count = static_cast<double>(result.layer_count);
  const double air = result.layer_count == 1 ? 0.5 : std::min(0.25, 0.02 * (count - 1));
  const LayerRange layers = options.layers.value_or(LayerRange{1 - air, count + air});
  result.x = {
      AxisDirection::kHorizontal, AxisScale::kLinear, layers.first, layers.last, plot.x, plot.right()};
  return result;
}

}  // namespace initlab
