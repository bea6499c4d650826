// An axis: which value stands at which pixel, the round values to label, and how both are drawn. Linear axes
// step by 1, 2 or 5 times a power of ten, logarithmic ones by decades. It decides no range: a figure does.
#pragma once

#include <string>
#include <vector>

#include "app/canvas/canvas.h"
#include "app/theme.h"

namespace initlab {

enum class AxisScale {
  kLinear,
  kLog,         // log10(value): values above 0
  kLogPlusOne,  // log10(1 + value): counts and steps, 0 included
};

enum class AxisDirection { kHorizontal, kVertical };

struct Axis {
  AxisDirection direction = AxisDirection::kHorizontal;
  AxisScale scale = AxisScale::kLinear;
  double low = 0;  // finite, low < high; above 0 for kLog, at least 0 for kLogPlusOne
  double high = 1;
  double pixel_low = 0;   // where `low` stands; below `pixel_high` on the screen for a vertical axis
  double pixel_high = 1;  // differs from pixel_low

  // Beyond the ends it goes on; what the scale cannot place (log of 0) and NaN stand at pixel_low.
  double to_pixel(double value) const;
  double to_value(double pixel) const;
  double pixel_length() const;
};

struct Tick {
  double value = 0;
  std::string label;  // empty for a line between the labelled ones
};

// Round values from low to high, ascending. Labels of size `text_size` keep a gap of at least half an em
// between each other, whatever the length of the axis; a log axis of less than a decade takes linear steps.
std::vector<Tick> axis_ticks(const Axis& axis, double text_size = kTickSize);

// The width of the widest label of `ticks`.
double widest_label(const std::vector<Tick>& ticks, double text_size = kTickSize);

// Hairlines across `plot` at every tick, labels left of it (vertical) or below it (horizontal), 8 pixels
// away. Labels of a horizontal axis are moved inwards rather than beyond `bounds`.
void draw_axis(Canvas& canvas, const Theme& theme, const Axis& axis, const std::vector<Tick>& ticks,
               Rect plot, Rect bounds, bool grid);

}  // namespace initlab
