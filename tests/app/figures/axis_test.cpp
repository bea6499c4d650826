#include "app/figures/axis.h"

#include <gtest/gtest.h>

#include <cmath>

#include "app/canvas/recording_canvas.h"
#include "app/canvas/text_metrics.h"

namespace initlab {
namespace {

Axis make_axis(AxisScale scale, double low, double high, double length,
               AxisDirection direction = AxisDirection::kHorizontal) {
  if (direction == AxisDirection::kVertical) return {direction, scale, low, high, 20 + length, 20};
  return {direction, scale, low, high, 20, 20 + length};
}

struct Range {
  AxisScale scale;
  double low, high;
};
const Range kRanges[] = {
    {AxisScale::kLinear, 0, 15000},      {AxisScale::kLinear, 0, 1},
    {AxisScale::kLinear, -2.2, 2.2},     {AxisScale::kLinear, 0, 1e9},
    {AxisScale::kLinear, 0, 1e-9},       {AxisScale::kLinear, -1e300, 1e300},
    {AxisScale::kLinear, 1e6, 1e6 + 1},  {AxisScale::kLinear, 0.69, 0.6931},
    {AxisScale::kLinear, 0, 1e-300},     {AxisScale::kLinear, -0.001, 5},
    {AxisScale::kLog, 0.1, 16},          {AxisScale::kLog, 1e-300, 1e300},
    {AxisScale::kLog, 0.2, 0.9},         {AxisScale::kLog, 3, 3.0001},
    {AxisScale::kLog, 1e-9, 1e3},        {AxisScale::kLogPlusOne, 0, 15000},
    {AxisScale::kLogPlusOne, 0, 5},      {AxisScale::kLogPlusOne, 0, 1e9},
    {AxisScale::kLogPlusOne, 100, 2000},
};
const double kLengths[] = {40, 90, 200, 500, 1400};

TEST(Axis, a_pixel_and_its_value_are_each_others_inverse) {
  for (const Range& range : kRanges) {
    const Axis axis = make_axis(range.scale, range.low, range.high, 500);
    for (double pixel = 20; pixel <= 520; pixel += 25) {
      EXPECT_NEAR(axis.to_pixel(axis.to_value(pixel)), pixel, 1e-3) << range.low << " " << range.high;
    }
    EXPECT_NEAR(axis.to_pixel(range.low), 20, 1e-9);
    EXPECT_NEAR(axis.to_pixel(range.high), 520, 1e-9);
  }
}

TEST(Axis, what_a_log_axis_cannot_place_stands_at_its_low_end) {
  const Axis axis = make_axis(AxisScale::kLog, 0.1, 10, 300);
  EXPECT_EQ(axis.to_pixel(0), 20);
  EXPECT_EQ(axis.to_pixel(-1), 20);
  EXPECT_EQ(axis.to_pixel(std::nan("")), 20);
}

TEST(Axis, labels_never_meet_and_ticks_rise_within_the_axis) {
  for (const Range& range : kRanges) {
    for (const double length : kLengths) {
      for (const AxisDirection direction : {AxisDirection::kHorizontal, AxisDirection::kVertical}) {
        const Axis axis = make_axis(range.scale, range.low, range.high, length, direction);
        const std::vector<Tick> ticks = axis_ticks(axis);
        ASSERT_LT(ticks.size(), 100u);
        double last_value = -INFINITY;
        double last_end = -INFINITY;
        std::string last_label;
        for (const Tick& tick : ticks) {
          const double slack = 1e-9 * (std::abs(range.low) + std::abs(range.high));
          EXPECT_GE(tick.value, range.low - slack);
          EXPECT_LE(tick.value, range.high + slack);
          EXPECT_GT(tick.value, last_value);
          EXPECT_NE(tick.label, last_label) << range.low << " to " << range.high;
          const double half = direction == AxisDirection::kHorizontal
                                  ? measure_text(tick.label, kTickSize).width / 2
                                  : kTickSize / 2;
          const double at = std::abs(axis.to_pixel(tick.value) - axis.pixel_low);
          EXPECT_GE(at - half, last_end + kTickSize / 2)
              << range.low << " to " << range.high << " over " << length;
          last_end = at + half;
          last_value = tick.value;
          last_label = tick.label;
        }
      }
    }
  }
}

TEST(Axis, every_axis_of_some_length_has_two_labels_or_more) {
  for (const Range& range : kRanges) {
    for (const double length : {200.0, 500.0, 1400.0}) {
      EXPECT_GE(axis_ticks(make_axis(range.scale, range.low, range.high, length)).size(), 2u)
          << range.low << " to " << range.high << " over " << length;
    }
  }
}

TEST(Axis, linear_ticks_step_by_one_two_or_five_times_a_power_of_ten) {
  for (const Range& range : kRanges) {
    if (range.scale != AxisScale::kLinear) continue;
    const std::vector<Tick> ticks = axis_ticks(make_axis(range.scale, range.low, range.high, 500));
    ASSERT_GE(ticks.size(), 2u);
    const double step = ticks[1].value - ticks[0].value;
    const double mantissa = step / std::pow(10.0, std::floor(std::log10(step) + 1e-6));
    const double nearest = mantissa < 1.5 ? 1 : mantissa < 3.5 ? 2 : 5;
    EXPECT_NEAR(mantissa, nearest, 1e-3) << range.low << " to " << range.high;
  }
}

TEST(Axis, a_course_of_15000_steps_is_labelled_in_thousands) {
  std::vector<std::string> labels;
  for (const Tick& tick : axis_ticks(make_axis(AxisScale::kLinear, 0, 15000, 400)))
    labels.push_back(tick.label);
  EXPECT_EQ(labels, (std::vector<std::string>{"0", "5,000", "10,000", "15,000"}));
}

TEST(Axis, decades_are_labelled_by_powers_of_ten) {
  std::vector<std::string> labels;
  for (const Tick& tick : axis_ticks(make_axis(AxisScale::kLog, 0.05, 2000, 160, AxisDirection::kVertical))) {
    labels.push_back(tick.label);
  }
  EXPECT_EQ(labels, (std::vector<std::string>{"0.1", "1", "10", "100", "1,000"}));
}

TEST(Axis, a_drawn_axis_keeps_its_labels_within_its_bounds) {
  RecordingCanvas canvas;
  const Rect plot{30, 10, 400, 200};
  const Rect bounds{0, 0, 430, 240};
  const Axis axis{AxisDirection::kHorizontal, AxisScale::kLinear, 0, 15000, plot.x, plot.right()};
  draw_axis(canvas, theme(ThemeId::kLight), axis, axis_ticks(axis), plot, bounds, true);
  EXPECT_TRUE(canvas.texts_outside(bounds).empty());
  EXPECT_TRUE(canvas.overlapping_texts().empty());
  EXPECT_EQ(canvas.count(DrawnKind::kPolyline), axis_ticks(axis).size());
}

}  // namespace
}  // namespace initlab
