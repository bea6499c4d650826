#include "app/figures/histogram_grid.h"

#include <fmt/format.h>

#include <algorithm>
#include <array>
#include <cmath>

#include "app/canvas/text_metrics.h"
#include "app/figures/captions.h"
#include "app/figures/histogram_layout.h"
#include "core/numeric/number_text.h"

namespace initlab {
namespace {

constexpr double kSpikeWidth = 4;
constexpr double kSlotBarWidth = 12;
constexpr double kLeastBar = 1.5;  // height of a bar of one value among a million
constexpr double kEndBinTone = 0.55;
constexpr double kSparseTicks = 1.5 * kTickSize;  // ticks as sparse as if their labels were that large

constexpr std::array<HistogramTensorRow, static_cast<std::size_t>(HistogramTensor::kCount)> kTensors = {{
    {HistogramTensor::kWeights, "weights", "Weights", "W", &LayerProbe::weights},
    {HistogramTensor::kPreActivations, "pre_activations", "Pre-activations", "z", &LayerProbe::z},
    {HistogramTensor::kActivations, "activations", "Activations", "a", &LayerProbe::a},
    {HistogramTensor::kPreActivationGradients, "gradients", "Gradients of z", "dz", &LayerProbe::d_z},
    {HistogramTensor::kWeightGradients, "weight_gradients", "Gradients of W", "dW", &LayerProbe::d_w},
}};

Rect bar_of(const Rect& bars, double x, double width, double share) {
  const double height = share > 0 ? std::max(share * bars.height, kLeastBar) : 0;
  return {x, bars.bottom() - height, width, height};
}

// Left and right pixel of bin `i`.
std::pair<double, double> bin_pixels(const HistogramCell& cell, std::size_t i) {
  const Histogram& histogram = cell.probe->histogram;
  const double count = static_cast<double>(histogram.counts.size());
  const double width = histogram.high / count - histogram.low / count;
  const double low = histogram.low + static_cast<double>(i) * width;
  return {cell.axis.to_pixel(low),
          cell.axis.to_pixel(i + 1 == histogram.counts.size() ? histogram.high : low + width)};
}

std::string zero_text(const TensorProbe& probe) {
  const Histogram& histogram = probe.histogram;
  if (is_constant(probe) && not_finite_count(histogram) == 0)
    return "all " + number_text(probe.summary.min, 2);
  if (histogram.zero == 0) return {};
  return share_text(static_cast<double>(histogram.zero) / static_cast<double>(histogram.total())) + " zero";
}

void draw_header(Canvas& canvas, const Theme& theme, const HistogramCell& cell, std::size_t layer_count) {
  const double y = cell.whole.y + 8;
  TextStyle style{.size = kTickSize, .color = theme.secondary, .vertical = VerticalAlign::kMiddle};
  const std::string left = cell.probe->histogram.total() == 0 ? "not measured" : zero_text(*cell.probe);
  const double left_width = left.empty() ? 0 : measure_text(left, kTickSize).width + 8;
  const bool slot_follows = !cell.slots.empty() && cell.slots.back().kind != EndBin::kBelow;
  const double room = cell.bars.width - (slot_follows ? kGrid : 0);
  if (left_width <= room) canvas.text({cell.bars.x, y}, left, style);
  style.horizontal = HorizontalAlign::kRight;
  for (const std::string& name : {layer_caption(cell.layer, layer_count), fmt::format("Layer {}", cell.layer),
                                  fmt::format("{}", cell.layer)}) {
    if (left_width + measure_text(name, kTickSize).width > room) continue;
    canvas.text({cell.bars.x + room, y}, name, style);
    break;
  }
}

void draw_slots(Canvas& canvas, const Theme& theme, const HistogramCell& cell, bool log_counts) {
  const Histogram& histogram = cell.probe->histogram;
  for (const EndSlot& slot : cell.slots) {
    const double middle = slot.x + slot.width / 2;
    const TextStyle style{.size = kTickSize,
                          .color = theme.secondary,
                          .horizontal = HorizontalAlign::kCenter,
                          .vertical = VerticalAlign::kMiddle};
    if (cell.tick_labels) {
      canvas.text({middle, cell.bars.bottom() + 7.5}, slot.label,
                  {.size = kTickSize,
                   .color = theme.secondary,
                   .horizontal = HorizontalAlign::kCenter,
                   .vertical = VerticalAlign::kTop});
    }
    const std::int64_t count = end_bin_count(histogram, slot.kind);
    if (count == 0) continue;
    canvas.line({middle - kSlotBarWidth / 2 - 2, cell.bars.bottom() + 0.5},
                {middle + kSlotBarWidth / 2 + 2, cell.bars.bottom() + 0.5}, {theme.hairline, 1, {}});
    canvas.fill_rect(bar_of(cell.bars, middle - kSlotBarWidth / 2, kSlotBarWidth,
                            bar_share(count, cell.full_count, log_counts)),
                     lane_color(theme, cell.lane).with_alpha(kEndBinTone));
    const double share = static_cast<double>(count) / static_cast<double>(histogram.total());
    canvas.text({middle, cell.whole.y + 8}, share_text(share), style);
  }
}

void draw_bars(Canvas& canvas, const Theme& theme, const HistogramCell& cell, bool log_counts) {
  const Histogram& histogram = cell.probe->histogram;
  const Color color = lane_color(theme, cell.lane);
  const double value = cell.probe->summary.min;
  if (is_constant(*cell.probe) && value >= cell.axis.low && value <= cell.axis.high) {
    std::int64_t count = 0;
    for (const std::int64_t bin : histogram.counts) count += bin;
    canvas.fill_rect(bar_of(cell.bars, cell.axis.to_pixel(value) - kSpikeWidth / 2, kSpikeWidth,
                            bar_share(count, cell.full_count, log_counts)),
                     color);
    return;
  }
  for (std::size_t i = 0; i < histogram.counts.size(); ++i) {
    if (histogram.counts[i] == 0) continue;
    const auto [left, right] = bin_pixels(cell, i);
    const double gap = right - left >= 4 ? 1 : 0;
    canvas.fill_rect(bar_of(cell.bars, left, std::max(right - left - gap, 1.0),
                            bar_share(histogram.counts[i], cell.full_count, log_counts)),
                     color);
  }
}

// A cell without a bar on its axis says where its values are, lest it be taken for an empty one.
void draw_off_axis_note(Canvas& canvas, const Theme& theme, const HistogramCell& cell) {
  const TensorProbe& probe = *cell.probe;
  const Histogram& histogram = probe.histogram;
  if (histogram.underflow + histogram.overflow == 0) return;
  for (const std::int64_t count : histogram.counts) {
    if (count > 0) return;
  }
  const std::string text =
      is_constant(probe) ? "all " + number_text(probe.summary.min, 3) + ", off the axis"
                         : number_text(probe.summary.min, 2) + " to " + number_text(probe.summary.max, 2);
  canvas.text({cell.bars.center().x, cell.bars.center().y},
              fit_text(text, cell.bars.width - 2 * kGrid, kTickSize),
              {.size = kTickSize,
               .color = theme.secondary,
               .horizontal = HorizontalAlign::kCenter,
               .vertical = VerticalAlign::kMiddle});
}

void draw_cell(Canvas& canvas, const Theme& theme, const HistogramCell& cell, std::size_t layer_count,
               bool log_counts) {
  if (cell.probe == nullptr) return;
  draw_header(canvas, theme, cell, layer_count);
  draw_bars(canvas, theme, cell, log_counts);
  draw_slots(canvas, theme, cell, log_counts);
  draw_off_axis_note(canvas, theme, cell);
  canvas.line({cell.bars.x, cell.bars.bottom() + 0.5}, {cell.bars.right(), cell.bars.bottom() + 0.5},
              {theme.hairline, 1, {}});
  if (!cell.tick_labels) return;
  // An end bin's label already says where the axis ends: no tick label beside it.
  double left = cell.whole.x;
  double right = cell.whole.right();
  for (const EndSlot& slot : cell.slots) {
    const double half = measure_text(slot.label, kTickSize).width / 2 + kGrid;
    const double middle = slot.x + slot.width / 2;
    if (slot.kind == EndBin::kBelow) left = std::max(left, middle + half);
    if (slot.kind != EndBin::kBelow) right = std::min(right, middle - half);
  }
  std::vector<Tick> ticks = axis_ticks(cell.axis, kSparseTicks);
  std::erase_if(ticks, [&](const Tick& tick) {
    const double at = cell.axis.to_pixel(tick.value);
    const double half = measure_text(tick.label, kTickSize).width / 2;
    return (left > cell.whole.x && at - half < left) || (right < cell.whole.right() && at + half > right);
  });
  Rect plot = cell.bars;
  plot.height -= 0.5;
  draw_axis(canvas, theme, cell.axis, ticks, plot, {left, cell.whole.y, right - left, cell.whole.height},
            false);
}

std::string value_range_text(double low, double high) {
  return number_text(low) + " to " + number_text(high);
}

std::string hit_text(const HistogramCell& cell, const std::string& where, std::int64_t count) {
  return fmt::format("{}: {} of {}", where, count_text(count), count_text(cell.probe->histogram.total()));
}

std::optional<HistogramHit> hit_in(const HistogramCell& cell, Point pixel) {
  const Histogram& histogram = cell.probe->histogram;
  for (const EndSlot& slot : cell.slots) {
    if (pixel.x < slot.x || pixel.x >= slot.x + slot.width) continue;
    const std::int64_t count = end_bin_count(histogram, slot.kind);
    const Rect bar{slot.x + slot.width / 2 - kSlotBarWidth / 2, cell.bars.y, kSlotBarWidth, cell.bars.height};
    return HistogramHit{cell.lane, cell.layer, bar, count, hit_text(cell, slot.label, count)};
  }
  for (std::size_t i = 0; i < histogram.counts.size(); ++i) {
    const auto [left, right] = bin_pixels(cell, i);
    if (pixel.x < left || pixel.x >= right) continue;
    const double bins = static_cast<double>(histogram.counts.size());
    const double width = histogram.high / bins - histogram.low / bins;
    const double low = histogram.low + static_cast<double>(i) * width;
    return HistogramHit{cell.lane,
                        cell.layer,
                        {left, cell.bars.y, right - left, cell.bars.height},
                        histogram.counts[i],
                        hit_text(cell, value_range_text(low, low + width), histogram.counts[i])};
  }
  return std::nullopt;
}

std::optional<HistogramHit> hit_in(const HistogramLayout& layout, Point pixel) {
  for (const HistogramCell& cell : layout.cells) {
    if (cell.probe != nullptr && cell.whole.contains(pixel)) return hit_in(cell, pixel);
  }
  return std::nullopt;
}

}  // namespace

std::span<const HistogramTensorRow> histogram_tensors() {
  return kTensors;
}

void draw_histogram_hit(Canvas& canvas, const Theme& theme, Rect rect, const HistogramHit& hit) {
  canvas.fill_rect(hit.bar, theme.ink.with_alpha(0.12));
  const std::string text = fit_text(hit.text, rect.width - 2 * kGrid, kSecondarySize);
  const double width = measure_text(text, kSecondarySize).width + 2 * kGrid;
  Rect box{hit.bar.right() + 6, hit.bar.y, width, 26};
  if (box.right() > rect.right()) box.x = hit.bar.x - 6 - width;
  box.x = std::max(box.x, rect.x);
  canvas.fill_rect(box, theme.card, kCornerRadius);
  canvas.stroke_rect(box.inset(0.5, 0.5), {theme.hairline, 1, {}}, kCornerRadius);
  canvas.text({box.x + kGrid, box.center().y}, text,
              {.size = kSecondarySize, .color = theme.ink, .vertical = VerticalAlign::kMiddle});
}

std::string histogram_caption(const Snapshot& snapshot, const HistogramGridOptions& options) {
  const HistogramLayout layout = layout_histograms({0, 0, 1e4, 1e6}, snapshot, options);
  std::string text = options.axis_per_layer ? "axes shared by lanes" : "shared axes";
  text += options.log_counts ? ", log counts" : ", counts";
  if (!options.axis_per_layer && !layout.cells.empty()) {
    text += ", full height " + count_text(layout.cells.front().full_count);
  }
  return text;
}

void draw_histogram_grid(Canvas& canvas, const Theme& theme, Rect rect, const Snapshot& snapshot,
                         const HistogramGridOptions& options) {
  if (rect.width < 40 || rect.height < 40) return;
  const HistogramLayout layout = layout_histograms(rect, snapshot, options);
  for (const HistogramCell& cell : layout.cells) {
    draw_cell(canvas, theme, cell, layout.layer_count, options.log_counts);
  }
  if (!layout.left_out.empty()) {
    canvas.text({layout.note.right(), layout.note.center().y},
                fit_text(layout.left_out, layout.note.width, kTickSize),
                {.size = kTickSize,
                 .color = theme.secondary,
                 .horizontal = HorizontalAlign::kRight,
                 .vertical = VerticalAlign::kMiddle});
  }
  if (!options.hover) return;
  if (const auto hit = hit_in(layout, *options.hover)) draw_histogram_hit(canvas, theme, rect, *hit);
}

std::optional<HistogramHit> histogram_at(Rect rect, const Snapshot& snapshot,
                                         const HistogramGridOptions& options, Point pixel) {
  return hit_in(layout_histograms(rect, snapshot, options), pixel);
}

}  // namespace initlab
