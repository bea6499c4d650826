#include "app/figures/gradient_against_x.h"

#include <gtest/gtest.h>

#include <algorithm>
#include <array>
#include <cmath>

#include "app/canvas/recording_canvas.h"
#include "app/figures/figure_table.h"
#include "tests/app/figures/sample_snapshots.h"

namespace initlab {
namespace {

constexpr Rect kRect{0, 0, 500, 320};
constexpr std::array<std::size_t, 3> kLanes = {0, 1, 2};
const Theme& light() {
  return theme(ThemeId::kLight);
}

// Long lines of one width: those of the layers.
std::vector<const DrawnItem*> layer_lines(const RecordingCanvas& canvas) {
  std::vector<const DrawnItem*> lines;
  for (const DrawnItem& item : canvas.items()) {
    if (item.kind == DrawnKind::kPolyline && item.points.size() > 10) lines.push_back(&item);
  }
  return lines;
}

TEST(GradientAgainstX, a_line_a_layer_stands_where_the_gradient_is) {
  const auto snapshot = sample_snapshot("one_input");
  const GradientRange range = gradient_range(*snapshot, kLanes);
  RecordingCanvas canvas;
  draw_gradient_against_x(canvas, light(), kRect, *snapshot, 0, range);
  const ResponseCurve& curve = snapshot->runs[0].response;
  const GradientPlot plot = gradient_plot(kRect, curve, range);
  const auto lines = layer_lines(canvas);
  ASSERT_EQ(lines.size(), 3u);
  for (std::size_t layer = 0; layer < 3; ++layer) {
    ASSERT_EQ(lines[layer]->points.size(), curve.x.size());
    for (std::size_t i = 0; i < curve.x.size(); ++i) {
      EXPECT_NEAR(plot.y.to_value(lines[layer]->points[i].y) / curve.gradient[layer][i], 1, 1e-9);
    }
  }
  EXPECT_NE(lines[0]->color, lines[1]->color);
  EXPECT_EQ(lines[2]->color, lane_color(light(), 0)) << "the deepest is darkest";
  for (const char* label : {"layer 1", "layer 2", "output"})
    EXPECT_NE(canvas.find_text(label), nullptr) << label;
}

TEST(GradientAgainstX, what_is_0_has_a_strip_of_its_own) {
  const auto snapshot = sample_snapshot("one_input");
  const GradientRange range = gradient_range(*snapshot, kLanes);
  EXPECT_TRUE(range.has_zero);
  EXPECT_FALSE(range.has_smaller);
  RecordingCanvas canvas;
  draw_gradient_against_x(canvas, light(), kRect, *snapshot, 1, range);
  const GradientPlot plot = gradient_plot(kRect, snapshot->runs[1].response, range);
  EXPECT_GT(plot.zero_y, plot.y.pixel_low);
  for (const DrawnItem* line : layer_lines(canvas)) {
    EXPECT_EQ(line->points.front().y, plot.zero_y);
    EXPECT_LT(line->points.back().y, plot.y.pixel_low);
  }
}

TEST(GradientAgainstX, the_axis_holds_every_lane_but_no_more_than_eight_decades_of_each) {
  const auto snapshot = sample_snapshot("one_input");
  GradientRange range = gradient_range(*snapshot, kLanes);
  EXPECT_LE(range.low, 0.025);
  EXPECT_GE(range.high, 5.8);
  snapshot->runs[2].response.gradient[0][3] = 1e-40;
  range = gradient_range(*snapshot, kLanes);
  EXPECT_GE(range.low, 1e-9);
  EXPECT_TRUE(range.has_smaller);
  RecordingCanvas canvas;
  draw_gradient_against_x(canvas, light(), kRect, *snapshot, 2, range);
  EXPECT_NE(canvas.find_text("less"), nullptr);
}

TEST(GradientAgainstX, of_many_layers_the_first_the_last_and_some_between_have_lines) {
  for (const std::size_t count : {std::size_t{1}, std::size_t{4}, std::size_t{11}, std::size_t{101}}) {
    for (const double height : {60.0, 150.0, 800.0}) {
      const std::vector<std::size_t> layers = gradient_layers(count, height);
      ASSERT_FALSE(layers.empty());
      EXPECT_EQ(layers.back(), count);
      EXPECT_EQ(layers.front(), 1u);
      EXPECT_LE(layers.size(), 9u);
      EXPECT_EQ(std::adjacent_find(layers.begin(), layers.end(), std::greater_equal<>()), layers.end());
    }
  }
}

TEST(GradientAgainstX, more_features_than_one_are_told_of_in_a_sentence) {
  RecordingCanvas canvas;
  const FigureRow* row = find_figure("gradient-against-x");
  ASSERT_NE(row, nullptr);
  row->draw(canvas, light(), {0, 0, row->width, row->height}, *sample_snapshot("five_inputs"), {});
  EXPECT_NE(canvas.find_text("5 features"), nullptr);
  EXPECT_EQ(canvas.find_text("no sample at that x"), nullptr);
}

TEST(GradientAgainstX, the_figure_says_what_a_line_near_0_means) {
  RecordingCanvas canvas;
  const FigureRow* row = find_figure("gradient_against_x");
  ASSERT_NE(row, nullptr);
  row->draw(canvas, light(), {0, 0, row->width, row->height}, *sample_snapshot("one_input"), {});
  EXPECT_NE(canvas.find_text("no sample at that x can teach the layer anything"), nullptr);
  EXPECT_NE(canvas.find_text("d output / d z"), nullptr);
}

}  // namespace
}  // namespace initlab
