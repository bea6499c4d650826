#include "app/figures/histogram_layout.h"

#include <fmt/format.h>

#include <algorithm>
#include <cmath>

#include "app/canvas/text_metrics.h"
#include "core/numeric/number_text.h"

namespace initlab {
namespace {

constexpr double kColumnGap = 16;
constexpr double kHeaderHeight = 17;  // "50 % zero", "Layer 1"
constexpr double kTickHeight = 22;    // tick labels below the bars
constexpr double kRowGap = 8;
constexpr double kLeastBars = 20;
constexpr double kNoteHeight = 20;
constexpr double kSlotGap = 12;

constexpr double kLeastRow = kHeaderHeight + kLeastBars + kRowGap;

std::vector<EndSlot> slots_of(const std::vector<const TensorProbe*>& probes, const HistogramRange& range) {
  std::vector<EndSlot> slots;
  for (const EndBin kind : {EndBin::kBelow, EndBin::kAbove, EndBin::kNotFinite}) {
    double width = 0;
    for (const TensorProbe* probe : probes) {
      if (probe == nullptr) continue;
      const std::int64_t count = end_bin_count(probe->histogram, kind);
      if (count == 0) continue;
      const double share = static_cast<double>(count) / static_cast<double>(probe->histogram.total());
      width = std::max(width, measure_text(share_text(share), kTickSize).width);
    }
    if (width == 0) continue;
    EndSlot slot;
    slot.kind = kind;
    slot.label = kind == EndBin::kBelow   ? "< " + number_text(range.low, 2)
                 : kind == EndBin::kAbove ? "> " + number_text(range.high, 2)
                                          : "nan, inf";
    slot.width = std::ceil(std::max(width, measure_text(slot.label, kTickSize).width)) + kSlotGap;
    slots.push_back(slot);
  }
  return slots;
}

// Puts the axis between the end bins' rooms.
void place_slots(HistogramCell& cell, Rect row) {
  double left = 0;
  double right = 0;
  for (const EndSlot& slot : cell.slots) (slot.kind == EndBin::kBelow ? left : right) += slot.width;
  double x = row.x;
  for (EndSlot& slot : cell.slots) {
    if (slot.kind != EndBin::kBelow) continue;
    slot.x = x;
    x += slot.width;
  }
  const double width = std::max(row.width - left - right, 1.0);
  cell.bars = {x, row.y, width, row.height};
  x += width;
  for (EndSlot& slot : cell.slots) {
    if (slot.kind == EndBin::kBelow) continue;
    slot.x = x;
    x += slot.width;
  }
}

std::int64_t fullest_bin(const std::vector<const TensorProbe*>& probes) {
  std::int64_t fullest = 1;
  for (const TensorProbe* probe : probes) {
    if (probe == nullptr) continue;
    const Histogram& histogram = probe->histogram;
    for (const std::int64_t count : histogram.counts) fullest = std::max(fullest, count);
    for (const EndBin kind : {EndBin::kBelow, EndBin::kAbove, EndBin::kNotFinite}) {
      fullest = std::max(fullest, end_bin_count(histogram, kind));
    }
  }
  return fullest;
}

std::string left_out_text(const std::vector<std::size_t>& shown, std::size_t layer_count) {
  std::string text;
  std::size_t next = 1;
  const bool one = shown.size() + 1 == layer_count;
  const auto add = [&](std::size_t first, std::size_t last) {
    text += !text.empty() ? ", " : one ? "not shown: layer " : "not shown: layers ";
    text += first == last ? fmt::format("{}", first) : fmt::format("{} to {}", first, last);
  };
  for (const std::size_t layer : shown) {
    if (layer > next) add(next, layer - 1);
    next = layer + 1;
  }
  if (next <= layer_count) add(next, layer_count);
  return text;
}

}  // namespace

std::vector<std::size_t> shown_lanes(const Snapshot& snapshot, const HistogramGridOptions& options) {
  std::vector<std::size_t> lanes;
  for (std::size_t lane = 0; lane < snapshot.runs.size(); ++lane) {
    if (!options.only_lane || *options.only_lane == lane) lanes.push_back(lane);
  }
  return lanes;
}

std::vector<ColumnSpan> histogram_columns(Rect rect, std::size_t lanes, const HistogramGridOptions& options) {
  std::vector<ColumnSpan> columns(options.columns.begin(), options.columns.end());
  if (columns.size() == lanes) return columns;
  const double count = static_cast<double>(lanes);
  const double width = (rect.width - (count - 1) * kColumnGap) / count;
  columns.clear();
  for (std::size_t i = 0; i < lanes; ++i)
    columns.push_back({rect.x + static_cast<double>(i) * (width + kColumnGap), width});
  return columns;
}

const TensorProbe* histogram_probe(const RunSnapshot& run, std::size_t layer, HistogramTensor tensor) {
  if (layer < 1 || layer > run.layers.size()) return nullptr;
  return &(run.layers[layer - 1].*histogram_tensors()[static_cast<std::size_t>(tensor)].probe);
}

HistogramRange histogram_range(const std::vector<const TensorProbe*>& probes) {
  bool any = false;
  HistogramRange range;
  for (const TensorProbe* probe : probes) {
    if (probe == nullptr || probe->histogram.counts.empty()) continue;
    const Histogram& histogram = probe->histogram;
    range.low = any ? std::min(range.low, histogram.low) : histogram.low;
    range.high = any ? std::max(range.high, histogram.high) : histogram.high;
    any = true;
  }
  if (range.low < range.high) return range;
  const double half = range.low == 0 ? 1 : std::abs(range.low) / 2;
  return {range.low - half, range.low + half};
}

double histogram_grid_height(std::size_t layer_count) {
  return static_cast<double>(layer_count) * kLeastRow - kRowGap + kTickHeight;
}

std::vector<std::size_t> shown_layers(std::size_t layer_count, double height) {
  const auto rows_in = [](double room) {
    return static_cast<std::size_t>(std::max(1.0, std::floor((room - kTickHeight + kRowGap) / kLeastRow)));
  };
  std::size_t rows = rows_in(height);
  if (rows < layer_count) rows = rows_in(height - kNoteHeight);
  std::vector<std::size_t> layers;
  if (rows >= layer_count) {
    for (std::size_t layer = 1; layer <= layer_count; ++layer) layers.push_back(layer);
    return layers;
  }
  if (rows == 1) return {1};
  for (std::size_t row = 0; row < rows; ++row) {
    const double share = static_cast<double>(row) / static_cast<double>(rows - 1);
    layers.push_back(1 + static_cast<std::size_t>(std::lround(share * static_cast<double>(layer_count - 1))));
  }
  return layers;
}

HistogramLayout layout_histograms(Rect rect, const Snapshot& snapshot, const HistogramGridOptions& options) {
  HistogramLayout layout;
  const std::vector<std::size_t> lanes = shown_lanes(snapshot, options);
  for (const std::size_t lane : lanes)
    layout.layer_count = std::max(layout.layer_count, snapshot.runs[lane].layers.size());
  if (lanes.empty() || layout.layer_count == 0 || rect.width <= 0) return layout;

  const std::vector<ColumnSpan> columns = histogram_columns(rect, lanes.size(), options);
  layout.layers = shown_layers(layout.layer_count, rect.height);
  layout.left_out = left_out_text(layout.layers, layout.layer_count);
  layout.note = {rect.x, rect.bottom() - kNoteHeight, rect.width, kNoteHeight};
  const double rows = static_cast<double>(layout.layers.size());
  const double tick_rows = options.axis_per_layer ? rows : 1;
  const double room = rect.height - (layout.left_out.empty() ? 0 : kNoteHeight) - tick_rows * kTickHeight -
                      (rows - 1) * kRowGap;
  const double row_height = std::max(room / rows, kHeaderHeight + 1);

  std::vector<const TensorProbe*> all;
  for (const std::size_t layer : layout.layers) {
    for (const std::size_t lane : lanes)
      all.push_back(histogram_probe(snapshot.runs[lane], layer, options.tensor));
  }
  double y = rect.y;
  for (std::size_t row = 0; row < layout.layers.size(); ++row) {
    const auto first = all.begin() + static_cast<std::ptrdiff_t>(row * lanes.size());
    const std::vector<const TensorProbe*> own(first, first + std::ssize(lanes));
    const std::vector<const TensorProbe*>& group = options.axis_per_layer ? own : all;
    const HistogramRange range = histogram_range(group);
    const std::vector<EndSlot> slots = slots_of(group, range);
    const bool ticks = options.axis_per_layer || row + 1 == layout.layers.size();
    for (std::size_t i = 0; i < lanes.size(); ++i) {
      HistogramCell cell;
      cell.lane = lanes[i];
      cell.layer = layout.layers[row];
      cell.probe = own[i];
      cell.whole = {columns[i].x, y, columns[i].width, row_height + (ticks ? kTickHeight : 0)};
      cell.slots = slots;
      cell.tick_labels = ticks;
      cell.full_count = fullest_bin(group);
      place_slots(cell, {columns[i].x, y + kHeaderHeight, columns[i].width, row_height - kHeaderHeight});
      cell.axis = {AxisDirection::kHorizontal, AxisScale::kLinear, range.low, range.high, cell.bars.x,
                   cell.bars.right()};
      layout.cells.push_back(std::move(cell));
    }
    y += row_height + kRowGap + (options.axis_per_layer ? kTickHeight : 0);
  }
  return layout;
}

std::int64_t not_finite_count(const Histogram& histogram) {
  return histogram.nan + histogram.negative_infinity + histogram.positive_infinity;
}

std::int64_t end_bin_count(const Histogram& histogram, EndBin kind) {
  switch (kind) {
    case EndBin::kBelow:
      return histogram.underflow;
    case EndBin::kAbove:
      return histogram.overflow;
    case EndBin::kNotFinite:
      break;
  }
  return not_finite_count(histogram);
}

bool is_constant(const TensorProbe& probe) {
  return probe.summary.count > probe.summary.non_finite && probe.summary.min == probe.summary.max;
}

double bar_share(std::int64_t count, std::int64_t full_count, bool log_counts) {
  if (count <= 0 || full_count <= 0) return 0;
  if (!log_counts) return static_cast<double>(count) / static_cast<double>(full_count);
  return std::log1p(static_cast<double>(count)) / std::log1p(static_cast<double>(full_count));
}

}  // namespace initlab
