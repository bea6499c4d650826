#include "app/figures/contour.h"

#include <gtest/gtest.h>

#include <cmath>
#include <functional>

namespace initlab {
namespace {

std::vector<float> grid_of(int columns, int rows, const std::function<double(double, double)>& height) {
  std::vector<float> values;
  for (int row = 0; row < rows; ++row) {
    for (int column = 0; column < columns; ++column)
      values.push_back(static_cast<float>(height(column, row)));
  }
  return values;
}

TEST(Contour, a_circle_closes_and_lies_within_a_hundredth_of_a_cell_of_the_true_one) {
  constexpr double kRadius = 20;
  const auto values = grid_of(64, 48, [](double x, double y) {
    return kRadius * kRadius - (x - 30.3) * (x - 30.3) - (y - 22.7) * (y - 22.7);
  });
  const std::vector<ContourLine> lines = contour_lines(values, 64, 48, 0);
  ASSERT_EQ(lines.size(), 1u);
  EXPECT_TRUE(lines[0].closed);
  EXPECT_GT(lines[0].points.size(), 100u);
  for (const Point& p : lines[0].points) {
    // A parabola interpolated linearly over one cell is off by at most 1/8 of its second derivative, here 2,
    // over the slope, here 2 * radius.
    EXPECT_NEAR(std::hypot(p.x - 30.3, p.y - 22.7), kRadius, 0.25 / (2 * kRadius) * 1.5);
  }
}

TEST(Contour, neighbouring_points_of_a_line_share_a_cell) {
  const auto values =
      grid_of(40, 40, [](double x, double y) { return std::sin(x / 3) * std::cos(y / 4) + 0.1; });
  const std::vector<ContourLine> lines = contour_lines(values, 40, 40, 0);
  ASSERT_GE(lines.size(), 3u);
  for (const ContourLine& line : lines) {
    const std::size_t links = line.closed ? line.points.size() : line.points.size() - 1;
    for (std::size_t i = 0; i < links; ++i) {
      const Point& a = line.points[i];
      const Point& b = line.points[(i + 1) % line.points.size()];
      EXPECT_LE(std::max(std::abs(a.x - b.x), std::abs(a.y - b.y)), 1 + 1e-9);
    }
  }
}

TEST(Contour, a_slope_has_one_exact_straight_line_from_edge_to_edge) {
  const auto values = grid_of(9, 5, [](double x, double) { return x - 3.25; });
  const std::vector<ContourLine> lines = contour_lines(values, 9, 5, 0);
  ASSERT_EQ(lines.size(), 1u);
  EXPECT_FALSE(lines[0].closed);
  ASSERT_EQ(lines[0].points.size(), 5u);
  for (const Point& p : lines[0].points) EXPECT_DOUBLE_EQ(p.x, 3.25);
}

TEST(Contour, a_saddle_is_resolved_by_its_middle) {
  // Above at two opposite corners. With a high middle the two low corners are cut off; with a low one the
  // high ones.
  const std::vector<float> high = {3, -1, -1, 3};
  const std::vector<ContourLine> cut_low = contour_lines(high, 2, 2, 0);
  ASSERT_EQ(cut_low.size(), 2u);
  for (const ContourLine& line : cut_low) {
    const double x = (line.points[0].x + line.points[1].x) / 2;
    const double y = (line.points[0].y + line.points[1].y) / 2;
    EXPECT_GT(std::abs(x - y), 0.5) << "each line stands at the upper right or the lower left";
  }
  const std::vector<float> low = {1, -3, -3, 1};
  const std::vector<ContourLine> cut_high = contour_lines(low, 2, 2, 0);
  ASSERT_EQ(cut_high.size(), 2u);
  for (const ContourLine& line : cut_high) {
    const double x = (line.points[0].x + line.points[1].x) / 2;
    const double y = (line.points[0].y + line.points[1].y) / 2;
    EXPECT_LT(std::abs(x - y), 1e-9) << "each line stands at the upper left or the lower right";
  }
}

TEST(Contour, cells_with_a_corner_that_is_not_finite_hold_no_line) {
  auto values = grid_of(9, 5, [](double x, double) { return x - 3.25; });
  values[2 * 9 + 3] = std::nanf("");
  const std::vector<ContourLine> lines = contour_lines(values, 9, 5, 0);
  ASSERT_EQ(lines.size(), 2u);
  for (const ContourLine& line : lines) {
    for (const Point& p : line.points) EXPECT_TRUE(p.y <= 1 || p.y >= 3);
  }
}

TEST(Contour, a_flat_field_has_no_line) {
  EXPECT_TRUE(contour_lines(std::vector<float>(20, 0.0f), 5, 4, 0).empty());
  EXPECT_TRUE(contour_lines(std::vector<float>(20, -1.0f), 5, 4, 0).empty());
  EXPECT_TRUE(contour_lines({}, 0, 0, 0).empty());
}

}  // namespace
}  // namespace initlab
