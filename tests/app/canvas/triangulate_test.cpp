#include "app/canvas/triangulate.h"

#include <gtest/gtest.h>

#include <algorithm>
#include <cmath>
#include <limits>
#include <numbers>
#include <random>

namespace initlab {
namespace {

double triangle_area(std::span<const Point> points, std::span<const std::uint32_t> triangles) {
  double area = 0;
  for (std::size_t i = 0; i < triangles.size(); i += 3) {
    const Point corners[] = {points[triangles[i]], points[triangles[i + 1]], points[triangles[i + 2]]};
    area += std::abs(twice_signed_area(corners)) / 2;
  }
  return area;
}

// Whether all triangles turn one way: then areas that add up cannot hide one that lies outside.
bool turn_alike(std::span<const Point> points, std::span<const std::uint32_t> triangles) {
  double first = 0;
  for (std::size_t i = 0; i < triangles.size(); i += 3) {
    const Point corners[] = {points[triangles[i]], points[triangles[i + 1]], points[triangles[i + 2]]};
    const double turn = twice_signed_area(corners);
    if (first == 0) first = turn;
    if (turn * first <= 0) return false;
  }
  return true;
}

std::vector<Point> random_star(std::mt19937& random, std::size_t corner_count) {
  std::uniform_real_distribution<double> radius(0.05, 1);
  std::vector<Point> star;
  for (std::size_t i = 0; i < corner_count; ++i) {
    const double angle = 2 * std::numbers::pi * static_cast<double>(i) / static_cast<double>(corner_count);
    const double r = 100 * radius(random);
    star.push_back({300 + r * std::cos(angle), 200 + r * std::sin(angle)});
  }
  return star;
}

TEST(Triangulate, triangles_of_random_stars_cover_the_polygons_area) {
  std::mt19937 random(7);
  Triangulator triangulator;
  for (std::size_t trial = 0; trial < 500; ++trial) {
    std::vector<Point> star = random_star(random, 3 + trial % 60);
    if (trial % 2 == 1) std::reverse(star.begin(), star.end());
    const auto triangles = triangulator.triangulate(star);
    const double area = std::abs(twice_signed_area(star)) / 2;
    EXPECT_NEAR(triangle_area(star, triangles), area, 1e-9 * area) << trial;
    EXPECT_EQ(triangles.size(), 3 * (star.size() - 2)) << trial;
    EXPECT_TRUE(turn_alike(star, triangles)) << trial;
  }
}

TEST(Triangulate, corners_on_a_straight_line_and_repeated_points_are_tolerated) {
  Triangulator triangulator;
  const std::vector<Point> comb = {{0, 0}, {0, 10}, {10, 10}, {10, 0}, {8, 0}, {8, 8}, {8, 8}, {6, 8},
                                   {6, 0}, {5, 0},  {4, 0},   {4, 8},  {2, 8}, {2, 4}, {2, 0}, {0, 0}};
  const auto triangles = triangulator.triangulate(comb);
  EXPECT_NEAR(triangle_area(comb, triangles), 100 - 2 * 16, 1e-12);
  EXPECT_TRUE(turn_alike(comb, triangles));
}

TEST(Triangulate, a_polygon_that_touches_itself_keeps_its_area) {
  Triangulator triangulator;
  // A square with a square hole, joined by a slit.
  const std::vector<Point> ring = {{0, 0}, {10, 0}, {10, 10}, {0, 10}, {0, 0},
                                   {3, 3}, {3, 7},  {7, 7},   {7, 3},  {3, 3}};
  const auto triangles = triangulator.triangulate(ring);
  EXPECT_NEAR(triangle_area(ring, triangles), 100 - 16, 1e-12);
}

TEST(Triangulate, what_is_no_polygon_does_no_harm) {
  Triangulator triangulator;
  const double nan = std::numeric_limits<double>::quiet_NaN();
  EXPECT_TRUE(triangulator.triangulate({}).empty());
  EXPECT_TRUE(triangulator.triangulate(std::vector<Point>{{1, 1}, {2, 2}}).empty());
  EXPECT_TRUE(triangulator.triangulate(std::vector<Point>{{1, 1}, {2, 2}, {3, 3}}).empty());
  for (const auto& points : {std::vector<Point>{{0, 0}, {10, 10}, {10, 0}, {0, 10}},
                             std::vector<Point>{{0, 0}, {nan, 10}, {10, 0}, {0, 10}}}) {
    for (const std::uint32_t index : triangulator.triangulate(points)) EXPECT_LT(index, points.size());
  }
}

}  // namespace
}  // namespace initlab
