#include "app/canvas/dashes.h"

#include <gtest/gtest.h>

#include <cmath>
#include <limits>
#include <random>

#include "app/theme.h"

namespace initlab {
namespace {

double length_of(std::span<const Point> points) {
  double length = 0;
  for (std::size_t i = 1; i < points.size(); ++i) {
    length += std::hypot(points[i].x - points[i - 1].x, points[i].y - points[i - 1].y);
  }
  return length;
}

double total_length(const Polylines& lines) {
  double length = 0;
  for (std::size_t i = 0; i < lines.size(); ++i) length += length_of(lines[i]);
  return length;
}

// Length that is on when `length` of a line has been walked.
double length_on(double length, std::span<const double> pattern) {
  double on = 0;
  for (std::size_t i = 0; length > 0; ++i) {
    const double step = std::min(length, pattern[i % pattern.size()]);
    if (i % 2 == 0) on += step;
    length -= step;
  }
  return on;
}

TEST(Dashes, the_phase_runs_on_round_corners_so_that_the_drawn_length_is_exact) {
  std::mt19937 random(3);
  std::uniform_real_distribution<double> coordinate(0, 50);
  const std::vector<std::vector<double>> patterns = {{7, 4},    {2.5, 3}, {10, 3.5, 2.5, 3.5},
                                                     {5, 3, 1}, {4},      {0, 3, 6, 0}};
  Polylines dashes;
  for (int trial = 0; trial < 100; ++trial) {
    std::vector<Point> points(2 + static_cast<std::size_t>(trial) % 12);
    for (Point& p : points) p = {coordinate(random), coordinate(random)};
    for (const auto& pattern : patterns) {
      split_dashes(points, false, pattern, dashes);
      EXPECT_NEAR(total_length(dashes), length_on(length_of(points), pattern), 1e-9) << trial;
      split_dashes(points, true, pattern, dashes);
      std::vector<Point> round = points;
      round.push_back(points[0]);
      EXPECT_NEAR(total_length(dashes), length_on(length_of(round), pattern), 1e-9) << trial;
    }
  }
}

TEST(Dashes, a_dash_bends_at_a_corner_instead_of_ending_there) {
  const Point corner[] = {{0, 0}, {10, 0}, {10, 10}};
  const double pattern[] = {6, 2};
  Polylines dashes;
  split_dashes(corner, false, pattern, dashes);
  ASSERT_EQ(dashes.size(), 3U);
  ASSERT_EQ(dashes[1].size(), 3U);
  EXPECT_NEAR(dashes[1][0].x, 8, 1e-12);
  EXPECT_NEAR(dashes[1][1].x, 10, 1e-12);
  EXPECT_NEAR(dashes[1][2].y, 4, 1e-12);
  EXPECT_NEAR(dashes[2][0].y, 6, 1e-12);
}

TEST(Dashes, a_pattern_without_length_is_a_solid_line) {
  const Point line[] = {{0, 0}, {10, 0}};
  Polylines dashes;
  for (const std::vector<double>& pattern : {std::vector<double>{}, {0, 0}, {3, -1}, {1e-9, 1e-9}}) {
    split_dashes(line, false, pattern, dashes);
    ASSERT_EQ(dashes.size(), 1U);
    EXPECT_EQ(length_of(dashes[0]), 10);
  }
}

TEST(Dashes, every_lane_that_is_not_solid_shows_gaps_at_a_curves_width) {
  EXPECT_TRUE(lane_dash(0).empty());
  EXPECT_FALSE(lane_dash(1).empty());
  EXPECT_TRUE(lane_dash(2).empty());
  for (std::size_t lane = 0; lane < 6; ++lane) {
    for (const double length : lane_dash(lane)) EXPECT_GT(length, 1.75) << lane;
    for (std::size_t other = 3; other < lane; ++other) {
      EXPECT_FALSE(std::ranges::equal(lane_dash(lane), lane_dash(other))) << lane << " " << other;
    }
  }
}

TEST(Drawable, a_point_that_is_not_finite_breaks_the_line) {
  const double nan = std::numeric_limits<double>::quiet_NaN();
  const double inf = std::numeric_limits<double>::infinity();
  const std::vector<Point> points = {{0, 0}, {1, 0}, {nan, 0}, {2, 0}, {3, 0}, {4, inf}, {5, 0}};
  Polylines parts;
  EXPECT_FALSE(all_drawable(points));
  cut_to_drawable(points, false, parts);
  ASSERT_EQ(parts.size(), 2U);
  EXPECT_EQ(total_length(parts), 2);
}

TEST(Drawable, a_line_far_out_is_cut_on_itself) {
  const std::vector<Point> points = {{0, 0}, {4e9, 2e9}, {10, 0}};
  Polylines parts;
  cut_to_drawable(points, false, parts);
  ASSERT_EQ(parts.size(), 2U);
  EXPECT_NEAR(parts[0][1].x, kDrawableLimit, 1e-6);
  EXPECT_NEAR(parts[0][1].y, kDrawableLimit / 2, 1e-6);
  for (std::size_t i = 0; i < parts.size(); ++i) {
    for (const Point p : parts[i]) EXPECT_LE(std::abs(p.x), kDrawableLimit * (1 + 1e-9));
  }
}

TEST(Drawable, a_closed_line_within_the_limit_comes_back_whole) {
  const std::vector<Point> square = {{0, 0}, {10, 0}, {10, 10}, {0, 10}};
  Polylines parts;
  EXPECT_TRUE(all_drawable(square));
  cut_to_drawable(square, true, parts);
  ASSERT_EQ(parts.size(), 1U);
  EXPECT_EQ(length_of(parts[0]), 40);
}

}  // namespace
}  // namespace initlab
