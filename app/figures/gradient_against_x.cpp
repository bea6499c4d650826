#include "app/figures/gradient_against_x.h"

#include <fmt/format.h>

#include <algorithm>
#include <cmath>
#include <limits>
#include <string>

#include "app/canvas/oklab.h"
#include "app/canvas/text_metrics.h"
#include "app/figures/captions.h"
#include "app/figures/end_labels.h"
#include "app/figures/picture_card.h"

namespace initlab {
namespace {

constexpr double kLineWidth = 1.75;
constexpr double kLabelSpacing = 15;
constexpr double kLabelDistance = 6;
constexpr double kZeroStrip = 18;
constexpr double kPalest = 0.62;  // how much of the first layer's colour is paper
constexpr std::size_t kMostLayers = 9;
constexpr std::size_t kMostSamples = 400;  // marked at the axis; of more every n-th
constexpr double kLeastExponent = -300;
constexpr double kLargestExponent = 300;

// The least and the largest finite gradient above 0; low > high where there is none.
struct Span {
  double low = std::numeric_limits<double>::infinity();
  double high = 0;
};
Span span_of(const ResponseCurve& curve) {
  Span span;
  for (const std::vector<double>& layer : curve.gradient) {
    for (const double value : layer) {
      if (!std::isfinite(value) || value <= 0) continue;
      span.low = std::min(span.low, value);
      span.high = std::max(span.high, value);
    }
  }
  return span;
}

// Deeper layers are darker.
Color layer_color(const Theme& theme, std::size_t lane, std::size_t layer, std::size_t layer_count) {
  const double depth =
      layer_count > 1 ? static_cast<double>(layer - 1) / static_cast<double>(layer_count - 1) : 1;
  const Oklab color = to_oklab(lane_color(theme, lane));
  return from_oklab(mix(color, to_oklab(theme.paper), kPalest * (1 - depth)));
}

std::string layer_name(std::size_t layer, std::size_t layer_count) {
  return layer == layer_count ? "output" : fmt::format("layer {}", layer);
}

// What is below the axis lies in its strip, what is above it at its upper edge, as a number of pixels.
double pixel_of(const GradientPlot& plot, double gradient) {
  if (gradient < plot.y.low) return plot.zero_y;
  return plot.y.to_pixel(std::min(gradient, plot.y.high));
}

void draw_line(Canvas& canvas, const GradientPlot& plot, const ResponseCurve& curve, std::size_t layer,
               const Stroke& stroke) {
  const std::vector<double>& gradient = curve.gradient[layer - 1];
  std::vector<Point> points;
  for (std::size_t i = 0; i < gradient.size(); ++i) {
    if (std::isfinite(gradient[i])) {
      points.push_back({plot.x.to_pixel(curve.x[i]), pixel_of(plot, gradient[i])});
    }
    if (std::isfinite(gradient[i]) && i + 1 < gradient.size()) continue;
    canvas.polyline(points, stroke);
    points.clear();
  }
}

// Where a line ends at the right; null where it has no finite number.
std::optional<Point> end_of(const GradientPlot& plot, const ResponseCurve& curve, std::size_t layer) {
  const std::vector<double>& gradient = curve.gradient[layer - 1];
  for (std::size_t i = gradient.size(); i-- > 0;) {
    if (std::isfinite(gradient[i])) return Point{plot.x.to_pixel(curve.x[i]), pixel_of(plot, gradient[i])};
  }
  return std::nullopt;
}

void draw_labels(Canvas& canvas, const Theme& theme, const GradientPlot& plot, const ResponseCurve& curve,
                 std::span<const std::size_t> layers, std::size_t lane) {
  const std::size_t count = curve.gradient.size();
  std::vector<EndLabel> places;
  std::vector<std::size_t> named;
  for (const std::size_t layer : layers) {
    const auto end = end_of(plot, curve, layer);
    if (!end) continue;
    const double x = plot.plot.right() + kLabelDistance + 4;
    places.push_back({x, measure_text(layer_name(layer, count), kTickSize).width, end->y, end->y});
    named.push_back(layer);
  }
  push_apart(places, kLabelSpacing, plot.plot.y + 4, plot.plot.bottom() - 4);
  for (std::size_t i = 0; i < places.size(); ++i) {
    const Color color = layer_color(theme, lane, named[i], count);
    canvas.line({plot.plot.right() + 1, places[i].wanted_y}, {places[i].x - 3, places[i].y},
                {color, 1.2, {}});
    canvas.text({places[i].x, places[i].y}, layer_name(named[i], count),
                {.size = kTickSize, .color = theme.ink, .vertical = VerticalAlign::kMiddle});
  }
}

// Where the samples are: short marks that stand on the x axis.
void draw_samples(Canvas& canvas, const Theme& theme, const GradientPlot& plot, const Samples& samples) {
  const std::size_t every = (samples.count() + kMostSamples - 1) / kMostSamples;
  for (std::size_t i = 0; i < samples.count(); i += every) {
    const double x = plot.x.to_pixel(samples.x(0, i));
    canvas.line({x, plot.plot.bottom() - 4}, {x, plot.plot.bottom()},
                {theme.secondary.with_alpha(0.45), 1, {}});
  }
}

void draw_axes(Canvas& canvas, const Theme& theme, Rect rect, const GradientPlot& plot,
               const GradientRange& range) {
  const Rect log_part{plot.plot.x, plot.plot.y, plot.plot.width, plot.y.pixel_low - plot.plot.y};
  draw_axis(canvas, theme, plot.y, axis_ticks(plot.y, 1.2 * kTickSize), log_part, rect, true);
  if (range.has_zero || range.has_smaller) {
    canvas.line({plot.plot.x, plot.zero_y}, {plot.plot.right(), plot.zero_y}, {theme.hairline, 1, {}});
    canvas.text({plot.plot.x - kGrid, plot.zero_y}, range.has_smaller ? "less" : "0",
                {.size = kTickSize,
                 .color = theme.secondary,
                 .horizontal = HorizontalAlign::kRight,
                 .vertical = VerticalAlign::kMiddle});
  }
  const double title = measure_text("x", kTickSize).width;
  canvas.text({plot.plot.right() + kLabelDistance, plot.plot.bottom() + 8}, "x",
              {.size = kTickSize, .color = theme.secondary, .vertical = VerticalAlign::kTop});
  draw_axis(canvas, theme, plot.x, axis_ticks(plot.x, 1.4 * kTickSize), plot.plot,
            {plot.plot.x, rect.y, plot.plot.width + kLabelDistance - title, rect.height}, false);
}

}  // namespace

GradientRange gradient_range(const Snapshot& snapshot, std::span<const std::size_t> lanes) {
  double low = std::numeric_limits<double>::infinity();
  double high = 0;
  for (const std::size_t lane : lanes) {
    const Span span = span_of(snapshot.runs[lane].response);
    if (span.low > span.high) continue;
    low = std::min(low, std::max(span.low, span.high * std::pow(10.0, -kGradientDecades)));
    high = std::max(high, span.high);
  }
  GradientRange range;
  if (low <= high) {
    const double first = std::clamp(std::floor(std::log10(low)), kLeastExponent, kLargestExponent - 1);
    const double last = std::clamp(std::ceil(std::log10(high)), first + 1, kLargestExponent);
    range.low = std::pow(10.0, first);
    range.high = std::pow(10.0, last);
  }
  for (const std::size_t lane : lanes) {
    for (const std::vector<double>& layer : snapshot.runs[lane].response.gradient) {
      for (const double value : layer) {
        range.has_zero = range.has_zero || value == 0;
        range.has_smaller = range.has_smaller || (value > 0 && value < range.low);
      }
    }
  }
  return range;
}

GradientPlot gradient_plot(Rect rect, const ResponseCurve& curve, const GradientRange& range) {
  GradientPlot plot;
  const bool strip = range.has_zero || range.has_smaller;
  const double right = measure_text("layer 100", kTickSize).width + kLabelDistance + 6;
  plot.plot = {rect.x, rect.y + kGrid, std::max(rect.width - right, 1.0),
               std::max(rect.height - kGrid - 26, kZeroStrip + 1)};
  plot.y = {AxisDirection::kVertical,
            AxisScale::kLog,
            range.low,
            range.high,
            plot.plot.bottom() - (strip ? kZeroStrip : 0),
            plot.plot.y};
  plot.zero_y = strip ? plot.plot.bottom() - kZeroStrip / 2 + 3 : plot.plot.bottom();
  const double widest = std::max(widest_label(axis_ticks(plot.y, 1.2 * kTickSize)),
                                 strip ? measure_text("less", kTickSize).width : 0);
  const double left = std::ceil(widest) + kGrid;
  plot.plot.x += left;
  plot.plot.width = std::max(plot.plot.width - left, 1.0);
  plot.x = {AxisDirection::kHorizontal, AxisScale::kLinear, curve.x.front(), curve.x.back(), plot.plot.x,
            plot.plot.right()};
  return plot;
}

std::vector<std::size_t> gradient_layers(std::size_t layer_count, double height) {
  const auto room = static_cast<std::size_t>(std::max(2.0, (height - 34) / kLabelSpacing));
  const std::size_t lines = std::min({layer_count, kMostLayers, room});
  std::vector<std::size_t> layers;
  for (std::size_t i = 0; i < lines; ++i) {
    const double share = lines > 1 ? static_cast<double>(i) / static_cast<double>(lines - 1) : 1;
    layers.push_back(1 + static_cast<std::size_t>(std::lround(share * static_cast<double>(layer_count - 1))));
  }
  return layers;
}

void draw_gradient_against_x(Canvas& canvas, const Theme& theme, Rect rect, const Snapshot& snapshot,
                             std::size_t lane, const GradientRange& range) {
  rect = on_whole_pixels(rect);
  if (lane >= snapshot.runs.size() || rect.width < 120 || rect.height < 60) return;
  const ResponseCurve& curve = snapshot.runs[lane].response;
  if (curve.empty()) {
    canvas.fill_rect(rect, theme.paper, kCornerRadius);
    draw_sentence(canvas, theme, rect, no_gradient_caption(snapshot));
    canvas.stroke_rect(rect.inset(0.5, 0.5), {theme.hairline, 1, {}}, kCornerRadius);
    return;
  }
  const GradientPlot plot = gradient_plot(rect, curve, range);
  draw_axes(canvas, theme, rect, plot, range);
  if (snapshot.data) draw_samples(canvas, theme, plot, snapshot.data->train);
  const std::vector<std::size_t> layers = gradient_layers(curve.gradient.size(), rect.height);
  for (const std::size_t layer : layers) {
    draw_line(canvas, plot, curve, layer,
              {layer_color(theme, lane, layer, curve.gradient.size()), kLineWidth, {}});
  }
  draw_labels(canvas, theme, plot, curve, layers, lane);
  draw_state(canvas, theme, plot.plot, snapshot.runs[lane], snapshot);
}

}  // namespace initlab
