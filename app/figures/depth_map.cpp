#include "app/figures/depth_map.h"

#include <fmt/format.h>

#include <algorithm>
#include <array>
#include <bit>
#include <cmath>

#include "app/canvas/oklab.h"
#include "app/canvas/text_metrics.h"
#include "app/figures/histogram_layout.h"
#include "app/figures/layer_ticks.h"
#include "core/numeric/number_text.h"

namespace initlab {
namespace {

constexpr std::uint64_t kImageIds = 0x6465'7074'6800;  // "depth": one picture a lane
constexpr int kRows = 80;                              // of the picture: two a bin
constexpr std::size_t kShades = 64;
constexpr double kLeastShade = 0.14;  // of a bin that holds anything
constexpr double kHeader = 17;        // "all 0: layers 3 to 10"
constexpr double kStrip = 9;          // height of an end strip
constexpr double kStripPitch = 14;    // with the gap that its label needs
constexpr double kZeroLine = 3;
constexpr double kLabelDistance = 8;
constexpr double kAxisHeight = 24;

// A strip for what the axis does not show, over the full width of every lane's map.
struct EndStrip {
  EndBin kind = EndBin::kAbove;
  std::string label;
  double y = 0;
};

struct LaneMap {
  std::size_t lane = 0;
  double header_x = 0;
  Rect plot;  // cells between the strips
  Axis x;     // layers, each from half a layer before to half a layer after it
};

struct DepthLayout {
  std::vector<LaneMap> maps;
  std::vector<EndStrip> strips;
  Axis y;  // values; with an axis a layer, shares of each layer's own largest
  std::size_t layer_count = 0;
  std::int64_t full_count = 1;
  double header_y = 0;
};

const TensorProbe* probe_at(const Snapshot& snapshot, const HistogramGridOptions& options, std::size_t lane,
                            std::size_t layer) {
  const TensorProbe* probe = histogram_probe(snapshot.runs[lane], layer, options.tensor);
  return probe == nullptr || probe->histogram.counts.empty() ? nullptr : probe;
}

// The value that `at` on the y axis means in this layer.
double value_at(const Histogram& histogram, const HistogramGridOptions& options, double at) {
  if (!options.axis_per_layer) return at;
  return at * std::max(std::abs(histogram.low), std::abs(histogram.high));
}

// The bin of a value; null outside of them all.
std::optional<std::size_t> bin_of(const Histogram& histogram, double value) {
  if (!(histogram.high > histogram.low))
    return value == histogram.low ? std::optional<std::size_t>(0) : std::nullopt;
  if (value < histogram.low || value > histogram.high) return std::nullopt;
  const double share = (value / 2 - histogram.low / 2) / (histogram.high / 2 - histogram.low / 2);
  const auto count = static_cast<double>(histogram.counts.size());
  return static_cast<std::size_t>(std::clamp(share * count, 0.0, count - 1));
}

// Zeros stand on their own line, not in their bin.
std::int64_t count_in(const Histogram& histogram, std::size_t bin) {
  const bool holds_zero = histogram.zero > 0 && bin_of(histogram, 0) == bin;
  return histogram.counts[bin] - (holds_zero ? histogram.zero : 0);
}

std::string strip_label(EndBin kind, const HistogramRange& range, const HistogramGridOptions& options) {
  if (kind == EndBin::kNotFinite) return "nan, inf";
  const bool below = kind == EndBin::kBelow;
  if (options.axis_per_layer) return below ? "less" : "more";
  return (below ? "< " : "> ") + number_text(below ? range.low : range.high, 2);
}

struct Measured {
  std::vector<const TensorProbe*> probes;
  std::array<bool, 3> ends = {};  // by EndBin: whether any layer has some
  std::int64_t full_count = 1;
};
Measured measured(const Snapshot& snapshot, const HistogramGridOptions& options,
                  const std::vector<std::size_t>& lanes, std::size_t layer_count) {
  Measured all;
  for (const std::size_t lane : lanes) {
    for (std::size_t layer = 1; layer <= layer_count; ++layer) {
      const TensorProbe* probe = probe_at(snapshot, options, lane, layer);
      if (probe == nullptr) continue;
      all.probes.push_back(probe);
      for (const EndBin kind : {EndBin::kBelow, EndBin::kAbove, EndBin::kNotFinite}) {
        if (end_bin_count(probe->histogram, kind) > 0) all.ends[static_cast<std::size_t>(kind)] = true;
      }
      for (const std::int64_t count : probe->histogram.counts)
        all.full_count = std::max(all.full_count, count);
    }
  }
  return all;
}

HistogramRange axis_range(const Measured& all, const HistogramGridOptions& options) {
  if (!options.axis_per_layer) return histogram_range(all.probes);
  const bool negative = std::any_of(all.probes.begin(), all.probes.end(),
                                    [](const TensorProbe* probe) { return probe->histogram.low < 0; });
  return {negative ? -1.0 : 0.0, 1};
}

std::vector<Tick> value_ticks(const DepthLayout& layout, const HistogramGridOptions& options) {
  std::vector<Tick> ticks;
  if (options.axis_per_layer) {
    if (layout.y.low < 0) ticks.push_back({-1, "\u2212max"});
    ticks.push_back({0, "0"});
    ticks.push_back({1, "max"});
  } else {
    ticks = axis_ticks(layout.y, 1.5 * kTickSize);
  }
  // A strip's label already says where the axis ends.
  std::erase_if(ticks, [&](const Tick& tick) {
    const double y = layout.y.to_pixel(tick.value);
    return std::any_of(layout.strips.begin(), layout.strips.end(), [&](const EndStrip& strip) {
      return std::abs(strip.y + kStrip / 2 - y) < kTickSize + 2;
    });
  });
  return ticks;
}

DepthLayout layout_map(Rect rect, const Snapshot& snapshot, const HistogramGridOptions& options) {
  DepthLayout layout;
  const std::vector<std::size_t> lanes = shown_lanes(snapshot, options);
  for (const std::size_t lane : lanes)
    layout.layer_count = std::max(layout.layer_count, snapshot.runs[lane].layers.size());
  if (lanes.empty() || layout.layer_count == 0) return layout;
  const Measured all = measured(snapshot, options, lanes, layout.layer_count);
  layout.full_count = all.full_count;
  const HistogramRange range = axis_range(all, options);
  layout.header_y = rect.y + kHeader / 2;
  double top = rect.y + kHeader;
  double bottom = rect.bottom() - kAxisHeight;
  double label = 0;
  for (const EndBin kind : {EndBin::kNotFinite, EndBin::kAbove, EndBin::kBelow}) {
    if (!all.ends[static_cast<std::size_t>(kind)]) continue;
    EndStrip strip{kind, strip_label(kind, range, options), 0};
    label = std::max(label, measure_text(strip.label, kTickSize).width);
    if (kind == EndBin::kBelow) {
      strip.y = bottom - kStrip;
      bottom -= kStripPitch;
    } else {
      strip.y = top;
      top += kStripPitch;
    }
    layout.strips.push_back(std::move(strip));
  }
  bottom = std::max(bottom, top + 1);
  layout.y = {AxisDirection::kVertical, AxisScale::kLinear, range.low, range.high, bottom, top};
  label = std::max(
      {label, widest_label(value_ticks(layout, options)), measure_text("\u22120.5", kTickSize).width});
  const double left = std::ceil(label) + kLabelDistance;
  const std::vector<ColumnSpan> columns = histogram_columns(rect, lanes.size(), options);
  for (std::size_t i = 0; i < lanes.size(); ++i) {
    LaneMap map;
    map.lane = lanes[i];
    map.header_x = columns[i].x;
    map.plot = {columns[i].x + left, top, std::max(columns[i].width - left, 1.0), bottom - top};
    map.x = {AxisDirection::kHorizontal,
             AxisScale::kLinear,
             0.5,
             static_cast<double>(layout.layer_count) + 0.5,
             map.plot.x,
             map.plot.right()};
    layout.maps.push_back(map);
  }
  return layout;
}

// Everything that the pixels of a lane's map depend on.
std::uint64_t revision_of(const Theme& theme, const Snapshot& snapshot, const HistogramGridOptions& options,
                          const DepthLayout& layout, std::size_t lane) {
  std::uint64_t all = static_cast<std::uint64_t>(theme.id) + 1;
  const auto mix = [&all](std::uint64_t more) { all = (all ^ more) * 0x9e37'79b9'7f4a'7c15 + (all >> 29); };
  const auto mix_color = [&](Color c) { mix(static_cast<std::uint64_t>(c.r << 16 | c.g << 8 | c.b)); };
  mix_color(lane_color(theme, lane));
  mix_color(theme.paper);
  mix((options.log_counts ? 1u : 0u) + (options.axis_per_layer ? 2u : 0u));
  mix(static_cast<std::uint64_t>(layout.full_count));
  mix(std::bit_cast<std::uint64_t>(layout.y.low));
  mix(std::bit_cast<std::uint64_t>(layout.y.high));
  for (std::size_t layer = 1; layer <= layout.layer_count; ++layer) {
    const TensorProbe* probe = probe_at(snapshot, options, lane, layer);
    if (probe == nullptr) {
      mix(layer);
      continue;
    }
    mix(std::bit_cast<std::uint64_t>(probe->histogram.low));
    mix(std::bit_cast<std::uint64_t>(probe->histogram.high));
    mix(static_cast<std::uint64_t>(probe->histogram.zero));
    for (const std::int64_t count : probe->histogram.counts) mix(static_cast<std::uint64_t>(count));
  }
  return all;
}

using Shades = std::array<Color, kShades + 1>;
Shades shades_of(const Theme& theme, std::size_t lane) {
  const Oklab paper = to_oklab(theme.paper);
  const Oklab end = to_oklab(lane_color(theme, lane));
  Shades shades;
  shades[0] = theme.paper;
  for (std::size_t i = 1; i <= kShades; ++i) {
    const double share = static_cast<double>(i) / kShades;
    shades[i] = from_oklab(mix(paper, end, kLeastShade + (1 - kLeastShade) * share));
  }
  return shades;
}

Color shade_of(const Shades& shades, std::int64_t count, std::int64_t full, bool log_counts) {
  if (count <= 0) return shades[0];
  const double share = std::min(bar_share(count, full, log_counts), 1.0);
  return shades[1 + static_cast<std::size_t>(share * (kShades - 1) + 0.5)];
}

void paint_map(const Theme& theme, const Snapshot& snapshot, const HistogramGridOptions& options,
               const DepthLayout& layout, std::size_t lane, std::span<Color> pixels) {
  const Shades shades = shades_of(theme, lane);
  for (std::size_t layer = 1; layer <= layout.layer_count; ++layer) {
    const TensorProbe* probe = probe_at(snapshot, options, lane, layer);
    for (int row = 0; row < kRows; ++row) {
      Color color = theme.paper;
      if (probe != nullptr) {
        const double share = (row + 0.5) / kRows;
        const double at = layout.y.high * (1 - share) + layout.y.low * share;
        const auto bin = bin_of(probe->histogram, value_at(probe->histogram, options, at));
        if (bin)
          color = shade_of(shades, count_in(probe->histogram, *bin), layout.full_count, options.log_counts);
      }
      pixels[static_cast<std::size_t>(row) * layout.layer_count + layer - 1] = color;
    }
  }
}

// "all 0: layers 3 to 10", of what is one and the same value in every unit for every sample.
std::string constant_text(const Snapshot& snapshot, const HistogramGridOptions& options,
                          const DepthLayout& layout, std::size_t lane) {
  std::string text;
  std::size_t found = 0;
  const auto is_zero = [&](std::size_t layer) {
    const TensorProbe* probe = probe_at(snapshot, options, lane, layer);
    return probe != nullptr && is_constant(*probe) && probe->summary.min == 0;
  };
  for (std::size_t layer = 1; layer <= layout.layer_count; ++layer) {
    if (!is_zero(layer)) continue;
    const std::size_t first = layer;
    while (layer < layout.layer_count && is_zero(layer + 1)) ++layer;
    found += layer - first + 1;
    text += text.empty() ? "all 0: layer " : ", ";
    text += first == layer ? fmt::format("{}", first) : fmt::format("{} to {}", first, layer);
  }
  return found == layout.layer_count ? "all 0 in every layer" : text;
}

// A run of cells `height` high at `y`, as dark as the share that `count_of` has of each layer's values.
template <class CountOf>
void draw_shares(Canvas& canvas, const Theme& theme, const Snapshot& snapshot,
                 const HistogramGridOptions& options, const DepthLayout& layout, const LaneMap& map, double y,
                 double height, const CountOf& count_of) {
  const Color color = lane_color(theme, map.lane);
  for (std::size_t layer = 1; layer <= layout.layer_count; ++layer) {
    const TensorProbe* probe = probe_at(snapshot, options, map.lane, layer);
    if (probe == nullptr) continue;
    const std::int64_t count = count_of(probe->histogram);
    if (count <= 0) continue;
    const double share = bar_share(count, probe->histogram.total(), options.log_counts);
    // Neighbours meet on whole pixels: no seam shows between them.
    const double left = std::round(map.x.to_pixel(static_cast<double>(layer) - 0.5));
    const double right = std::round(map.x.to_pixel(static_cast<double>(layer) + 0.5));
    canvas.fill_rect({left, y, right - left, height},
                     color.with_alpha(kLeastShade + (1 - kLeastShade) * std::min(share, 1.0)));
  }
}

double zero_y(const DepthLayout& layout) {
  return std::clamp(layout.y.to_pixel(0) - kZeroLine / 2, layout.y.pixel_high,
                    layout.y.pixel_low - kZeroLine);
}

void draw_map(Canvas& canvas, const Theme& theme, const Snapshot& snapshot,
              const HistogramGridOptions& options, const DepthLayout& layout, const LaneMap& map,
              const std::vector<Tick>& ticks) {
  ImageSource image;
  image.id = kImageIds + map.lane;
  image.revision = revision_of(theme, snapshot, options, layout, map.lane);
  image.width = static_cast<int>(layout.layer_count);
  image.height = kRows;
  image.smooth = false;
  image.paint = [&](std::span<Color> pixels) {
    paint_map(theme, snapshot, options, layout, map.lane, pixels);
  };
  canvas.image(map.plot, image);
  if (layout.y.low <= 0 && layout.y.high >= 0) {
    draw_shares(canvas, theme, snapshot, options, layout, map, zero_y(layout), kZeroLine,
                [](const Histogram& histogram) { return histogram.zero; });
  }
  for (const EndStrip& strip : layout.strips) {
    canvas.fill_rect({map.plot.x, strip.y, map.plot.width, kStrip}, theme.soft);
    draw_shares(canvas, theme, snapshot, options, layout, map, strip.y, kStrip,
                [&](const Histogram& histogram) { return end_bin_count(histogram, strip.kind); });
    canvas.text({map.plot.x - kLabelDistance, strip.y + kStrip / 2}, strip.label,
                {.size = kTickSize,
                 .color = theme.secondary,
                 .horizontal = HorizontalAlign::kRight,
                 .vertical = VerticalAlign::kMiddle});
  }
  Rect whole = map.plot;
  for (const EndStrip& strip : layout.strips) {
    whole.height = std::max(whole.height, strip.y + kStrip - whole.y);
  }
  draw_axis(canvas, theme, layout.y, ticks, map.plot, map.plot, false);
  draw_axis(canvas, theme, map.x, layer_ticks(map.x, layout.layer_count), whole,
            {map.header_x, whole.y, map.plot.right() - map.header_x, whole.height}, false);
  const std::string header = constant_text(snapshot, options, layout, map.lane);
  if (header.empty()) return;
  canvas.text({map.plot.x, layout.header_y}, fit_text(header, map.plot.width, kTickSize),
              {.size = kTickSize, .color = theme.secondary, .vertical = VerticalAlign::kMiddle});
}

std::optional<HistogramHit> hit_in(const DepthLayout& layout, const Snapshot& snapshot,
                                   const HistogramGridOptions& options, Point pixel) {
  for (const LaneMap& map : layout.maps) {
    if (pixel.x < map.plot.x || pixel.x >= map.plot.right()) continue;
    const auto layer = static_cast<std::size_t>(
        std::clamp(std::round(map.x.to_value(pixel.x)), 1.0, static_cast<double>(layout.layer_count)));
    const TensorProbe* probe = probe_at(snapshot, options, map.lane, layer);
    if (probe == nullptr) return std::nullopt;
    const Histogram& histogram = probe->histogram;
    const double left = map.x.to_pixel(static_cast<double>(layer) - 0.5);
    const double width = map.x.to_pixel(static_cast<double>(layer) + 0.5) - left;
    const auto hit = [&](double y, double height, const std::string& where, std::int64_t count) {
      return HistogramHit{map.lane,
                          layer,
                          {left, y, width, height},
                          count,
                          fmt::format("layer {}, {}: {} of {}", layer, where, count_text(count),
                                      count_text(histogram.total()))};
    };
    for (const EndStrip& strip : layout.strips) {
      if (pixel.y >= strip.y && pixel.y < strip.y + kStrip)
        return hit(strip.y, kStrip, strip.label, end_bin_count(histogram, strip.kind));
    }
    if (!map.plot.contains(pixel)) return std::nullopt;
    const double zero = zero_y(layout);
    if (histogram.zero > 0 && pixel.y >= zero - 1 && pixel.y < zero + kZeroLine + 1)
      return hit(zero, kZeroLine, "exactly 0", histogram.zero);
    const auto bin = bin_of(histogram, value_at(histogram, options, layout.y.to_value(pixel.y)));
    if (!bin) return std::nullopt;
    const auto bins = static_cast<double>(histogram.counts.size());
    const double size = histogram.high / bins - histogram.low / bins;
    const double low = histogram.low + static_cast<double>(*bin) * size;
    const double scale = value_at(histogram, options, 1);
    const double unit = options.axis_per_layer && scale > 0 ? scale : 1;
    const double top = layout.y.to_pixel((low + size) / unit);
    return hit(top, layout.y.to_pixel(low / unit) - top, number_text(low) + " to " + number_text(low + size),
               count_in(histogram, *bin));
  }
  return std::nullopt;
}

}  // namespace

std::string depth_map_caption(const HistogramGridOptions& options) {
  std::string text = options.axis_per_layer ? "an axis a layer" : "shared axes";
  return text + (options.log_counts ? ", log counts" : ", counts");
}

void draw_depth_map(Canvas& canvas, const Theme& theme, Rect rect, const Snapshot& snapshot,
                    const HistogramGridOptions& options) {
  if (rect.width < 40 || rect.height < 80) return;
  const DepthLayout layout = layout_map(rect, snapshot, options);
  const std::vector<Tick> ticks = value_ticks(layout, options);
  for (const LaneMap& map : layout.maps) draw_map(canvas, theme, snapshot, options, layout, map, ticks);
  if (!options.hover) return;
  if (const auto hit = hit_in(layout, snapshot, options, *options.hover))
    draw_histogram_hit(canvas, theme, rect, *hit);
}

std::optional<HistogramHit> depth_map_at(Rect rect, const Snapshot& snapshot,
                                         const HistogramGridOptions& options, Point pixel) {
  return hit_in(layout_map(rect, snapshot, options), snapshot, options, pixel);
}

}  // namespace initlab
