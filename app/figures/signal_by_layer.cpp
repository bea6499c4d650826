#include "app/figures/signal_by_layer.h"

#include <fmt/format.h>

#include <algorithm>
#include <array>
#include <cmath>
#include <limits>

#include "app/canvas/text_metrics.h"
#include "app/figures/end_labels.h"
#include "app/figures/lane_read_out.h"
#include "app/figures/layer_ticks.h"
#include "app/figures/marks.h"
#include "core/numeric/number_text.h"

namespace initlab {
namespace {

constexpr double kCurveWidth = 2;
constexpr double kTheoryWidth = 1.25;
constexpr double kTheoryTone = 0.85;
constexpr double kDotRadius = 3.5;
constexpr double kLabelDistance = 8;
constexpr std::array<double, 2> kTheoryDash = {4, 3};

// What one drawing of the figure works on.
struct Drawing {
  Canvas& canvas;
  const Theme& theme;
  Rect rect;
  const Snapshot& snapshot;
  const SignalOptions& options;
  SignalPlot plot;
  std::vector<std::vector<Point>> curves;  // one a lane; gaps are not finite

  double x_of(std::size_t layer) const { return plot.x.to_pixel(static_cast<double>(layer + 1)); }
  double spacing() const { return std::abs(x_of(1) - x_of(0)); }
};

template <class Value>
std::vector<Point> curve_of(const Drawing& d, std::size_t lane, const Value& value) {
  std::vector<Point> points;
  const RunSnapshot& run = d.snapshot.runs[lane];
  for (std::size_t layer = 0; layer < run.layers.size(); ++layer) {
    const auto y = d.plot.to_pixel(value(run, d.options.quantity, layer));
    points.push_back({d.x_of(layer), y.value_or(std::numeric_limits<double>::quiet_NaN())});
  }
  return points;
}

void draw_band(Drawing& d, const std::optional<SignalBand>& band) {
  if (!band) return;
  const Rect& plot = d.plot.plot;
  const double top = std::clamp(d.plot.y.to_pixel(band->high), d.plot.y.pixel_high, d.plot.y.pixel_low);
  const double bottom = std::clamp(d.plot.y.to_pixel(band->low), d.plot.y.pixel_high, d.plot.y.pixel_low);
  if (bottom - top < 1) return;
  d.canvas.fill_rect({plot.x, top, plot.width, bottom - top}, d.theme.good_ground);
}

bool crosses(const std::vector<Point>& curve, const Rect& area) {
  for (std::size_t i = 0; i + 1 < curve.size(); ++i) {
    const Point& a = curve[i];
    const Point& b = curve[i + 1];
    if (!std::isfinite(a.y) || !std::isfinite(b.y) || b.x <= area.x || a.x >= area.right()) continue;
    const auto y_at = [&](double x) {
      return a.y + (b.y - a.y) * std::clamp((x - a.x) / std::max(b.x - a.x, 1e-9), 0.0, 1.0);
    };
    const double left = y_at(area.x);
    const double right = y_at(area.right());
    if (std::max(left, right) > area.y && std::min(left, right) < area.bottom()) return true;
  }
  return false;
}

// Where no curve runs through it.
void draw_band_caption(Drawing& d, const std::optional<SignalBand>& band) {
  if (!band) return;
  const Rect& plot = d.plot.plot;
  const double top = std::clamp(d.plot.y.to_pixel(band->high), d.plot.y.pixel_high, d.plot.y.pixel_low);
  const double bottom = std::clamp(d.plot.y.to_pixel(band->low), d.plot.y.pixel_high, d.plot.y.pixel_low);
  constexpr double kHeight = kTickSize + 4;
  if (bottom - top < 1) return;
  const bool inside = bottom - top >= kHeight;
  const std::string text = fit_text(band->caption, plot.width - 12, kTickSize);
  const double width = measure_text(text, kTickSize).width;
  // Inside the band at its edges, else beside it.
  std::optional<Rect> place;
  for (const double y : {top + 2, bottom - 2 - kHeight, bottom + 2, top - 2 - kHeight}) {
    for (int i = 0; i <= 5 && !place; ++i) {
      const Rect area{plot.x + 6 + (plot.width - 12 - width) * i / 5, y, width, kHeight};
      const bool beside = y >= bottom || area.bottom() <= top;
      if (y < plot.y || area.bottom() > plot.bottom() || !(inside || beside)) continue;
      const bool free = std::none_of(d.curves.begin(), d.curves.end(),
                                     [&](const std::vector<Point>& curve) { return crosses(curve, area); });
      if (free) place = area;
    }
  }
  if (!place) return;
  d.canvas.text({place->x, place->center().y}, text,
                {.size = kTickSize, .color = d.theme.good, .vertical = VerticalAlign::kMiddle});
}

void draw_axes(Drawing& d) {
  const Rect& plot = d.plot.plot;
  draw_axis(d.canvas, d.theme, d.plot.y, axis_ticks(d.plot.y), plot, d.rect, true);
  const auto place = [&](double y, const char* label) {
    const double sharp = std::floor(y) + 0.5;
    d.canvas.line({plot.x, sharp}, {plot.right(), sharp}, {d.theme.hairline, 1, {}});
    d.canvas.text({plot.x - kLabelDistance, y}, label,
                  {.size = kTickSize,
                   .color = d.theme.secondary,
                   .horizontal = HorizontalAlign::kRight,
                   .vertical = VerticalAlign::kMiddle});
  };
  if (d.plot.zero_y) place(*d.plot.zero_y, "0");
  if (d.plot.not_finite_y) place(*d.plot.not_finite_y, "\u221e");
  draw_axis(d.canvas, d.theme, d.plot.x, layer_ticks(d.plot.x, d.plot.layer_count), plot, d.rect, false);
}

// The stretches between the gaps.
void draw_stretches(Canvas& canvas, std::span<const Point> points, const Stroke& stroke) {
  const auto known = [](const Point& point) { return std::isfinite(point.y); };
  auto from = points.begin();
  while (from != points.end()) {
    from = std::find_if(from, points.end(), known);
    const auto to = std::find_if_not(from, points.end(), known);
    if (to - from >= 2) canvas.polyline({from, to}, stroke);
    from = to;
  }
}

void draw_theory(Drawing& d) {
  for (std::size_t lane = d.curves.size(); lane-- > 0;) {
    if (!shows_lane(d.options, lane)) continue;
    const std::vector<Point> line = curve_of(d, lane, predicted_signal);
    draw_stretches(d.canvas, line,
                   {lane_color(d.theme, lane).with_alpha(kTheoryTone), kTheoryWidth, kTheoryDash});
  }
}

void draw_curves(Drawing& d) {
  const double spacing = d.spacing();
  const double radius = spacing >= 24 ? kDotRadius : spacing >= 8 ? 2.25 : 0;
  for (std::size_t lane = d.curves.size(); lane-- > 0;) {  // the first lane lies on top
    const Color color = lane_color(d.theme, lane);
    draw_stretches(d.canvas, d.curves[lane], {color, kCurveWidth, lane_dash(lane)});
    double marked = -1e9;
    for (std::size_t layer = 0; layer < d.curves[lane].size(); ++layer) {
      const Point& at = d.curves[lane][layer];
      if (!std::isfinite(at.y)) continue;
      const SignalValue value = measured_signal(d.snapshot.runs[lane], d.options.quantity, layer);
      if (value.kind == SignalValue::Kind::kNotFinite) {
        if (at.x - marked < 10) continue;
        marked = at.x;
        draw_cross(d.canvas, at, kDotRadius, {color, kCurveWidth, {}});
      } else if (radius > 0 || d.curves[lane].size() == 1) {
        d.canvas.fill_circle(at, std::max(radius, 2.25), color);
      }
    }
  }
}

void draw_end_labels(Drawing& d) {
  const double size = signal_label_size(d.rect);
  const double spacing = std::ceil(size * 1.25);
  const Rect& plot = d.plot.plot;
  const auto most = static_cast<std::size_t>(std::max(0.0, plot.height / spacing)) + 1;
  std::vector<EndLabel> places;
  std::vector<std::size_t> lanes;
  for (std::size_t lane = 0; lane < d.curves.size() && lanes.size() < most; ++lane) {
    const std::vector<Point>& curve = d.curves[lane];
    const auto end = std::find_if(curve.rbegin(), curve.rend(), [&](const Point& p) {
      return std::isfinite(p.y) && p.x <= plot.right() + 1 && p.x >= plot.x - 1;
    });
    if (end == curve.rend()) continue;
    const double y = std::clamp(end->y, plot.y, plot.bottom());
    places.push_back({plot.right() + kDotRadius + kLabelDistance / 2, d.rect.right() - plot.right(), y, y});
    lanes.push_back(lane);
  }
  push_apart(places, spacing, plot.y + spacing / 2 - 4, plot.bottom() - spacing / 2 + 6);
  for (std::size_t i = 0; i < lanes.size(); ++i) {
    const std::string text = fit_text(d.snapshot.runs[lanes[i]].lane.name, d.rect.right() - places[i].x, size,
                                      FontWeight::kMedium);
    if (text.empty()) continue;
    d.canvas.text({places[i].x, places[i].y}, text,
                  {.size = size,
                   .color = d.theme.ink,
                   .weight = FontWeight::kMedium,
                   .vertical = VerticalAlign::kMiddle});
  }
}

std::string text_of(const SignalValue& value) {
  switch (value.kind) {
    case SignalValue::Kind::kZero:
      return "0";
    case SignalValue::Kind::kNotFinite:
      return "not finite";
    case SignalValue::Kind::kPositive:
      return number_text(value.value, 3);
    case SignalValue::Kind::kNone:
      break;
  }
  return "\u2013";
}

void draw_read_out(Drawing& d, double hover_x) {
  const Rect& plot = d.plot.plot;
  if (hover_x < plot.x || hover_x > plot.right()) return;
  const double nearest =
      std::clamp(std::round(d.plot.x.to_value(hover_x)), 1.0, static_cast<double>(d.plot.layer_count));
  const double x = d.plot.x.to_pixel(nearest);
  if (x < plot.x - 0.5 || x > plot.right() + 0.5) return;
  const auto layer = static_cast<std::size_t>(nearest) - 1;
  d.canvas.line({x, plot.y}, {x, plot.bottom()}, {d.theme.secondary.with_alpha(0.7), 1, {}});
  std::vector<LaneReadOut> rows;
  for (std::size_t lane = 0; lane < d.curves.size(); ++lane) {
    const RunSnapshot& run = d.snapshot.runs[lane];
    if (!shows_lane(d.options, lane) || layer >= run.layers.size()) continue;
    std::string text = text_of(measured_signal(run, d.options.quantity, layer));
    const SignalValue theory = predicted_signal(run, d.options.quantity, layer);
    if (theory.kind != SignalValue::Kind::kNone) text += ", theory " + text_of(theory);
    rows.push_back({lane, run.lane.name, std::move(text)});
    const double y = d.curves[lane][layer].y;
    if (y >= plot.y && y <= plot.bottom())
      d.canvas.fill_circle({x, y}, kDotRadius + 1, lane_color(d.theme, lane));
  }
  const bool output = layer + 1 == d.plot.layer_count && d.plot.layer_count > 1;
  const std::string title = fmt::format("{}, layer {}{}", signal_quantity(d.options.quantity).label,
                                        layer + 1, output ? " (output)" : "");
  draw_lane_read_outs(d.canvas, d.theme, d.rect, {x, plot.y + 4}, title, rows);
}

}  // namespace

void draw_signal_by_layer(Canvas& canvas, const Theme& theme, Rect rect, const Snapshot& snapshot,
                          const SignalOptions& options) {
  if (rect.width < 80 || rect.height < 60) return;
  Drawing d{canvas, theme, rect, snapshot, options, signal_plot(rect, snapshot, options), {}};
  for (std::size_t lane = 0; lane < snapshot.runs.size(); ++lane) {
    d.curves.push_back(shows_lane(options, lane) ? curve_of(d, lane, measured_signal) : std::vector<Point>());
  }
  const std::optional<SignalBand> band = signal_band(snapshot, options);
  draw_band(d, band);
  draw_axes(d);
  canvas.push_clip(d.plot.plot.inset(-kDotRadius - 1, -kDotRadius - 1));
  draw_theory(d);
  draw_curves(d);
  canvas.pop_clip();
  draw_band_caption(d, band);
  draw_end_labels(d);
  if (options.hover_x) draw_read_out(d, *options.hover_x);
}

}  // namespace initlab
