// Three panels that share their axis of time. Nothing is measured here.
#include <fmt/format.h>

#include <algorithm>
#include <cmath>
#include <limits>

#include "app/canvas/text_metrics.h"
#include "app/figures/axis.h"
#include "tests/bench/scaling.h"

namespace initlab::bench {
namespace {

constexpr double kMargin = 28;
constexpr double kTitleHeight = 40;
constexpr double kHeadingHeight = 48;
constexpr double kBelowPlot = 30;
constexpr double kNoteHeight = 26;
constexpr double kGap = 28;
constexpr double kRoom = 1.35;  // beside the outermost points, as a factor

std::string time_label(double seconds) {
  if (seconds < 0.9e-3) return fmt::format("{:.0f} µs", seconds * 1e6);
  if (seconds < 0.9) return fmt::format("{:.0f} ms", seconds * 1e3);
  return fmt::format("{:.0f} s", seconds);
}

std::string count_label(double value) {
  return value >= 1000 ? fmt::format("{:.0f},{:03.0f}", std::floor(value / 1000), std::fmod(value, 1000))
                       : fmt::format("{:.0f}", value);
}

// Every second of the measured values, from the last one down.
std::vector<Tick> value_ticks(const Growth& growth) {
  std::vector<Tick> ticks;
  for (std::size_t i = 0; i < growth.values.size(); ++i) {
    const bool labelled = (growth.values.size() - 1 - i) % 2 == 0;
    ticks.push_back({growth.values[i], labelled ? count_label(growth.values[i]) : std::string()});
  }
  return ticks;
}

Axis time_axis(const std::vector<Growth>& growths, Rect plot) {
  double low = std::numeric_limits<double>::infinity();
  double high = 0;
  for (const Growth& growth : growths) {
    for (const double seconds : growth.seconds) {
      low = std::min(low, seconds);
      high = std::max(high, seconds);
    }
  }
  return {AxisDirection::kVertical,
          AxisScale::kLog,
          std::pow(10.0, std::floor(std::log10(low))),
          std::pow(10.0, std::ceil(std::log10(high))),
          plot.bottom(),
          plot.y};
}

std::vector<Tick> time_ticks(const Axis& axis, bool labels) {
  std::vector<Tick> ticks;
  for (double seconds = axis.low; seconds <= axis.high * 1.001; seconds *= 10)
    ticks.push_back({seconds, labels ? time_label(seconds) : std::string()});
  return ticks;
}

void draw_law(Canvas& canvas, const Theme& theme, const Growth& growth, const Axis& x, const Axis& y) {
  const PowerLaw law = fit(growth);
  const auto at = [&](double value) { return Point{x.to_pixel(value), y.to_pixel(law(value))}; };
  const double first = growth.values.front();
  const double last = growth.values.back();
  if (growth.fit_from > first) {
    static constexpr double kDash[] = {3, 4};
    canvas.line(at(first), at(growth.fit_from), {theme.accent, 1.5, kDash});
  }
  canvas.line(at(growth.fit_from), at(last), {theme.accent, 1.5, {}});
  for (std::size_t i = 0; i < growth.values.size(); ++i) {
    const Point point = {x.to_pixel(growth.values[i]), y.to_pixel(growth.seconds[i])};
    canvas.fill_circle(point, 4, theme.ink);
    canvas.stroke_circle(point, 4, {theme.card, 1, {}});
  }
}

void draw_panel(Canvas& canvas, const Theme& theme, const Growth& growth, Rect plot, const Axis& y,
                bool leftmost) {
  const PowerLaw law = fit(growth);
  const std::string from =
      growth.fit_from > growth.values.front() ? fmt::format(" from {} on", count_label(growth.fit_from)) : "";
  const std::string slope = fmt::format("slope {:.2f}{}", law.exponent, from);
  canvas.text({plot.x, plot.y - 28}, growth.quantity,
              {.size = kBodySize, .color = theme.ink, .weight = FontWeight::kMedium});
  canvas.text({plot.right(), plot.y - 28}, slope,
              {.size = kBodySize,
               .color = theme.accent,
               .weight = FontWeight::kMedium,
               .horizontal = HorizontalAlign::kRight});
  canvas.text({plot.x, plot.y - 10}, growth.network, {.size = kTickSize, .color = theme.secondary});
  canvas.fill_rect(plot, theme.card);
  const Axis x = {AxisDirection::kHorizontal,   AxisScale::kLog, growth.values.front() / kRoom,
                  growth.values.back() * kRoom, plot.x,          plot.right()};
  draw_axis(canvas, theme, x, value_ticks(growth), plot, plot, true);
  draw_axis(canvas, theme, y, time_ticks(y, leftmost), plot, plot, true);
  canvas.push_clip(plot);
  draw_law(canvas, theme, growth, x, y);
  canvas.pop_clip();
}

}  // namespace

double PowerLaw::operator()(double value) const {
  return at_one * std::pow(value, exponent);
}

PowerLaw fit(const Growth& growth) {
  double count = 0;
  double sum_x = 0;
  double sum_y = 0;
  double sum_xx = 0;
  double sum_xy = 0;
  for (std::size_t i = 0; i < growth.values.size(); ++i) {
    if (growth.values[i] < growth.fit_from) continue;
    const double x = std::log(growth.values[i]);
    const double y = std::log(growth.seconds[i]);
    count += 1;
    sum_x += x;
    sum_y += y;
    sum_xx += x * x;
    sum_xy += x * y;
  }
  const double exponent = (count * sum_xy - sum_x * sum_y) / (count * sum_xx - sum_x * sum_x);
  return {exponent, std::exp((sum_y - exponent * sum_x) / count)};
}

void draw_scaling(Canvas& canvas, const Theme& theme, Rect page, const std::vector<Growth>& growths,
                  const std::string& note) {
  canvas.fill_rect(page, theme.ground);
  const Rect inside = page.inset(kMargin, kMargin);
  canvas.text({inside.x, inside.y}, "Time of one training step against samples, depth and width",
              {.size = kReadoutSize,
               .color = theme.ink,
               .weight = FontWeight::kMedium,
               .vertical = VerticalAlign::kTop});
  canvas.text({inside.x, inside.bottom()}, note, {.size = kTickSize, .color = theme.secondary});
  const double top = inside.y + kTitleHeight + kHeadingHeight;
  Rect plot = {inside.x, top, 0, inside.bottom() - kNoteHeight - kBelowPlot - top};
  const Axis y = time_axis(growths, plot);
  const double left = std::ceil(widest_label(time_ticks(y, true))) + kGrid;
  const auto count = static_cast<double>(growths.size());
  plot.x += left;
  plot.width = std::floor((inside.width - left - kGap * (count - 1)) / count);
  for (const Growth& growth : growths) {
    draw_panel(canvas, theme, growth, plot, y, &growth == &growths.front());
    plot.x += plot.width + kGap;
  }
}

}  // namespace initlab::bench
