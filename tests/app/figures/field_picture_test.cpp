#include "app/figures/field_picture.h"

#include <gtest/gtest.h>

#include <cmath>
#include <numbers>
#include <set>
#include <tuple>

#include "app/canvas/recording_canvas.h"
#include "app/figures/decision_boundary.h"
#include "tests/app/figures/sample_snapshots.h"

namespace initlab {
namespace {

const Theme& light() {
  return theme(ThemeId::kLight);
}

// The sector, of ten, in which a place lies, as the sample has them.
std::size_t sector_of(double x, double y) {
  const double turn = std::atan2(y, x) / (2 * std::numbers::pi) + 1;
  return static_cast<std::size_t>((turn - std::floor(turn)) * 10);
}

TEST(FieldPicture, the_winner_is_read_at_every_place) {
  const DecisionField field = sample_snapshot("ten_classes")->runs[0].field;
  for (double turn = 0.05; turn < 1; turn += 0.1) {  // the middle of each sector
    const double x = 1.2 * std::cos(2 * std::numbers::pi * turn);
    const double y = 1.2 * std::sin(2 * std::numbers::pi * turn);
    ASSERT_TRUE(winner_at(field, x, y));
    EXPECT_EQ(*winner_at(field, x, y), sector_of(x, y));
    EXPECT_FALSE(probability_at(field, x, y)) << "there is no one probability among ten classes";
  }
  EXPECT_FALSE(winner_at(field, 3, 0));
  EXPECT_FALSE(winner_at(sample_snapshot("ten_classes_diverged")->runs[0].field, 0.5, 0.5));
}

TEST(FieldPicture, of_two_classes_the_winner_is_the_likelier_one) {
  const DecisionField field = sample_snapshot("normal")->runs[0].field;
  EXPECT_EQ(winner_at(field, 0, 0), 1u);
  EXPECT_EQ(winner_at(field, 1.5, 0), 0u);
}

TEST(FieldPicture, a_cell_has_its_winners_colour_mixed_with_paper) {
  const DecisionField field = sample_snapshot("ten_classes")->runs[0].field;
  std::vector<Color> pixels(static_cast<std::size_t>(field.size.columns * field.size.rows));
  paint_field(light(), field, 1, pixels);
  for (std::size_t i = 0; i < pixels.size(); ++i) {
    const double certainty = std::tanh(static_cast<double>(field.logit[i]) / 2);
    const Color wanted = class_field_color(light(), field.winner[i], certainty);
    EXPECT_NEAR(pixels[i].r, wanted.r, 2);
    EXPECT_NEAR(pixels[i].g, wanted.g, 2);
    EXPECT_NEAR(pixels[i].b, wanted.b, 2);
  }
}

TEST(FieldPicture, what_is_not_a_number_is_painted_as_such) {
  const DecisionField field = sample_snapshot("ten_classes_diverged")->runs[0].field;
  std::vector<Color> pixels(static_cast<std::size_t>(field.size.columns * field.size.rows));
  paint_field(light(), field, 1, pixels);
  for (const Color& pixel : pixels) EXPECT_EQ(pixel, light().hairline);
}

TEST(FieldPicture, lines_run_where_the_winner_changes) {
  const DecisionField field = sample_snapshot("ten_classes")->runs[0].field;
  const std::vector<ContourLine> lines = field_lines(field);
  EXPECT_GE(lines.size(), 10u);
  for (const ContourLine& line : lines) {
    for (const Point& point : line.points) {
      const double x = -2 + (point.x + 0.5) / 48 * 4;
      const double y = 1.5 - (point.y + 0.5) / 36 * 3;
      if (std::hypot(x, y) < 0.6) continue;  // many sectors meet within few cells
      const double at = std::atan2(y, x) / (2 * std::numbers::pi) * 10;
      EXPECT_NEAR(at, std::round(at), 0.15) << x << " " << y;
    }
  }
}

TEST(FieldPicture, ten_classes_are_ten_shapes_in_ten_colours) {
  RecordingCanvas canvas;
  draw_decision_boundary(canvas, light(), {0, 0, 400, 300}, *sample_snapshot("ten_classes"));
  std::set<std::tuple<int, int, int>> colors;
  for (const DrawnItem& item : canvas.items()) {
    const bool mark = item.kind == DrawnKind::kFilledCircle || item.kind == DrawnKind::kPolygon;
    for (const ClassStyle& style : light().classes) {
      if (mark && item.color == style.fill) colors.insert({item.color.r, item.color.g, item.color.b});
    }
  }
  EXPECT_EQ(colors.size(), 10u);
}

}  // namespace
}  // namespace initlab
