#include "app/figures/axis.h"

#include <algorithm>
#include <array>
#include <cassert>
#include <cmath>
#include <optional>
#include <span>

#include "app/canvas/text_metrics.h"
#include "core/numeric/number_text.h"

namespace initlab {
namespace {

constexpr double kLabelDistance = 8;  // from the plot's edge
// Labels closer than this would read as one, in ems: the widths included along, the heights across.
constexpr double kGapAlong = 3;
constexpr double kGapAcross = 2;

// The quantity that an axis spreads evenly over its pixels. Halved, so that the difference of any two finite
// numbers is finite.
double evenly(AxisScale scale, double value) {
  switch (scale) {
    case AxisScale::kLog:
      return std::log10(value);
    case AxisScale::kLogPlusOne:
      return std::log1p(value) / std::log(10.0);
    case AxisScale::kLinear:
      break;
  }
  return value / 2;
}

double from_even(AxisScale scale, double even) {
  switch (scale) {
    case AxisScale::kLog:
      return std::pow(10.0, even);
    case AxisScale::kLogPlusOne:
      return std::expm1(even * std::log(10.0));
    case AxisScale::kLinear:
      break;
  }
  return even * 2;
}

bool labels_fit(const Axis& axis, const std::vector<Tick>& ticks, double text_size) {
  const Tick* previous = nullptr;
  for (const Tick& tick : ticks) {
    if (tick.label.empty()) continue;
    if (previous != nullptr) {
      const double distance = std::abs(axis.to_pixel(tick.value) - axis.to_pixel(previous->value));
      double needed = kGapAcross * text_size;
      if (axis.direction == AxisDirection::kHorizontal) {
        needed =
            kGapAlong * text_size +
            (measure_text(tick.label, text_size).width + measure_text(previous->label, text_size).width) / 2;
      }
      if (distance < needed) return false;
    }
    previous = &tick;
  }
  return true;
}

// The n-th of ..., 0.1, 0.2, 0.5, 1, 2, 5, 10, ...; the 0-th is 1.
double round_step(int n) {
  static constexpr std::array<double, 3> kMantissa = {1, 2, 5};
  const int decade = n >= 0 ? n / 3 : -((2 - n) / 3);
  const double mantissa = kMantissa[static_cast<std::size_t>(n - 3 * decade)];
  // Dividing by a whole power keeps 0.1 the nearest double to one tenth.
  return decade >= 0 ? mantissa * std::pow(10.0, decade) : mantissa / std::pow(10.0, -decade);
}

std::vector<Tick> ticks_of_step(const Axis& axis, double step) {
  std::vector<Tick> ticks;
  const double slack = 1e-9;
  const double first = std::ceil(axis.low / step - slack);
  const double last = std::floor(axis.high / step + slack);
  ticks.reserve(static_cast<std::size_t>(std::max(0.0, last - first + 1)));
  for (int i = 0; i <= last - first; ++i)
    ticks.push_back({(first + i) * step, tick_text((first + i) * step, step)});
  return ticks;
}

std::vector<Tick> linear_ticks(const Axis& axis, double text_size) {
  const double range = axis.high / 2 - axis.low / 2;
  const double largest = std::max(std::abs(axis.low), std::abs(axis.high));
  const double most = std::max(2.0, axis.pixel_length() / (1.2 * text_size));
  int n = static_cast<int>(std::floor(3 * std::log10(range / most))) - 1;
  for (;; ++n) {
    const double step = round_step(n);
    if (step / 2 > range) break;           // less than one step: at most one label would remain
    if (step < largest * 1e-14) continue;  // below what doubles of this size can tell apart
    if (range / step > most) continue;
    std::vector<Tick> ticks = ticks_of_step(axis, step);
    if (labels_fit(axis, ticks, text_size)) return ticks;
  }
  // Too short for two labels: the one that stands for the whole axis.
  const double middle = axis.low / 2 + axis.high / 2;
  if (axis.low <= 0 && axis.high >= 0) return {{0, "0"}};
  return {{middle, number_text(middle, 2)}};
}

std::string decade_label(int decade, bool plain) {
  if (plain || std::abs(decade) < 3) return number_text(std::pow(10.0, decade), 1);
  return "1e" + std::to_string(decade);
}

std::vector<Tick> decade_ticks(const Axis& axis, int every) {
  const int first = static_cast<int>(std::ceil(std::log10(axis.low) - 1e-9));
  const int last = static_cast<int>(std::floor(std::log10(axis.high) + 1e-9));
  const bool plain = first >= -3 && last <= 5;
  std::vector<Tick> ticks;
  for (int decade = first; decade <= last; ++decade) {
    if (decade % every == 0) ticks.push_back({std::pow(10.0, decade), decade_label(decade, plain)});
  }
  return ticks;
}

// The multiples by `mantissas` of every power of ten within the axis.
std::vector<Tick> decade_part_ticks(const Axis& axis, std::span<const double> mantissas) {
  std::vector<Tick> ticks;
  const int last = static_cast<int>(std::floor(std::log10(axis.high) + 1e-9));
  for (int decade = static_cast<int>(std::floor(std::log10(axis.low))); decade <= last; ++decade) {
    for (const double mantissa : mantissas) {
      const double value =
          decade >= 0 ? mantissa * std::pow(10.0, decade) : mantissa / std::pow(10.0, -decade);
      if (value > axis.high * (1 + 1e-9) || value < axis.low * (1 - 1e-9)) continue;
      ticks.push_back({value, number_text(value, 1)});
    }
  }
  return ticks;
}

std::vector<Tick> log_ticks(const Axis& axis, double text_size) {
  const double decades = std::log10(axis.high) - std::log10(axis.low);
  if (decades < 3) {
    static constexpr std::array<double, 3> kOneTwoFive = {1, 2, 5};
    static constexpr std::array<double, 2> kOneThree = {1, 3};
    for (const std::span<const double> mantissas :
         {std::span<const double>(kOneTwoFive), std::span<const double>(kOneThree)}) {
      std::vector<Tick> ticks = decade_part_ticks(axis, mantissas);
      if (ticks.size() >= 2 && labels_fit(axis, ticks, text_size)) return ticks;
    }
  }
  if (decades < 1) return linear_ticks(axis, text_size);
  for (const int every : {1, 2, 3, 5, 10, 20, 50, 100, 200}) {
    std::vector<Tick> ticks = decade_ticks(axis, every);
    if (labels_fit(axis, ticks, text_size)) return ticks;
  }
  return {};
}

std::vector<Tick> log_plus_one_ticks(const Axis& axis, double text_size) {
  if (axis.high < 10) return linear_ticks(axis, text_size);
  Axis above_one = axis;
  above_one.low = std::max(axis.low, 1.0);
  for (const int every : {1, 2, 3, 5}) {
    std::vector<Tick> ticks = decade_ticks(above_one, every);
    if (axis.low <= 0) {
      // Between 0 and the first decade there is less room than between decades: 0 matters more than 1.
      ticks.insert(ticks.begin(), {0, "0"});
      if (!labels_fit(axis, {ticks.begin(), ticks.begin() + std::min<std::ptrdiff_t>(2, std::ssize(ticks))},
                      text_size)) {
        ticks.erase(ticks.begin() + 1);
      }
    }
    if (labels_fit(axis, ticks, text_size)) return ticks;
  }
  return {{axis.low, number_text(axis.low, 2)}};
}

// A hairline is sharp where it covers one row of pixels.
double on_pixel(double at) {
  return std::floor(at) + 0.5;
}

}  // namespace

double Axis::to_pixel(double value) const {
  const double even_low = evenly(scale, low);
  const double share = (evenly(scale, value) - even_low) / (evenly(scale, high) - even_low);
  if (!std::isfinite(share)) return share > 0 ? pixel_high : pixel_low;
  return pixel_low + share * (pixel_high - pixel_low);
}

double Axis::to_value(double pixel) const {
  const double even_low = evenly(scale, low);
  const double share = (pixel - pixel_low) / (pixel_high - pixel_low);
  return from_even(scale, even_low + share * (evenly(scale, high) - even_low));
}

double Axis::pixel_length() const {
  return std::abs(pixel_high - pixel_low);
}

std::vector<Tick> axis_ticks(const Axis& axis, double text_size) {
  assert(std::isfinite(axis.low) && std::isfinite(axis.high) && axis.low < axis.high);
  switch (axis.scale) {
    case AxisScale::kLog:
      return log_ticks(axis, text_size);
    case AxisScale::kLogPlusOne:
      return log_plus_one_ticks(axis, text_size);
    case AxisScale::kLinear:
      break;
  }
  return linear_ticks(axis, text_size);
}

double widest_label(const std::vector<Tick>& ticks, double text_size) {
  double widest = 0;
  for (const Tick& tick : ticks) widest = std::max(widest, measure_text(tick.label, text_size).width);
  return widest;
}

void draw_axis(Canvas& canvas, const Theme& theme, const Axis& axis, const std::vector<Tick>& ticks,
               Rect plot, Rect bounds, bool grid) {
  const bool horizontal = axis.direction == AxisDirection::kHorizontal;
  const Stroke hairline{theme.hairline, 1, {}};
  TextStyle style{.size = kTickSize, .color = theme.secondary};
  std::optional<double> free_from;  // on a horizontal axis: where the next label may begin
  for (const Tick& tick : ticks) {
    const double at = axis.to_pixel(tick.value);
    if (grid) {
      const double sharp = on_pixel(at);
      if (horizontal) {
        canvas.line({sharp, plot.y}, {sharp, plot.bottom()}, hairline);
      } else {
        canvas.line({plot.x, sharp}, {plot.right(), sharp}, hairline);
      }
    }
    if (tick.label.empty()) continue;
    if (!horizontal) {
      style.horizontal = HorizontalAlign::kRight;
      style.vertical = VerticalAlign::kMiddle;
      canvas.text({plot.x - kLabelDistance, at}, tick.label, style);
      continue;
    }
    const double width = measure_text(tick.label, kTickSize).width;
    const double left = std::max(bounds.x, std::min(at - width / 2, bounds.right() - width));
    if (free_from && left < *free_from) continue;
    style.vertical = VerticalAlign::kTop;
    canvas.text({left, plot.bottom() + kLabelDistance}, tick.label, style);
    free_from = left + width + kTickSize / 2;
  }
}

}  // namespace initlab
