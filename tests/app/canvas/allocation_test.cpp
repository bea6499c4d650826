// What is called for every label of every frame must not ask for memory.
#include <gtest/gtest.h>

#include <vector>

#include "app/canvas/dashes.h"
#include "app/canvas/text_metrics.h"
#include "app/canvas/triangulate.h"
#include "app/theme.h"
#include "tests/core/allocation_counter.h"

namespace initlab {
namespace {

TEST(Allocation, measuring_text_asks_for_no_memory) {
  const auto measure = [] {
    return measure_text("cost 0.6931 \u2207W \u2192 \xff", 15).width +
           text_origin({}, "label", TextStyle{}).x;
  };
  const double first = measure();
  const long before = allocation_count();
  for (int i = 0; i < 100; ++i) EXPECT_EQ(measure(), first);
  EXPECT_EQ(allocation_count(), before);
}

TEST(Allocation, dashes_and_triangles_ask_for_no_memory_after_their_first_call) {
  const std::vector<Point> star = {{0, 0}, {5, 2}, {10, 0}, {8, 5}, {10, 10}, {5, 8}, {0, 10}, {2, 5}};
  Triangulator triangulator;
  Polylines pieces;
  const auto work = [&] {
    split_dashes(star, true, lane_dash(5), pieces);
    std::size_t done = pieces.size() + triangulator.triangulate(star).size();
    cut_to_drawable(star, true, pieces);
    return done + pieces.size();
  };
  const std::size_t first = work();
  const long before = allocation_count();
  for (int i = 0; i < 10; ++i) EXPECT_EQ(work(), first);
  EXPECT_EQ(allocation_count(), before);
}

TEST(Allocation, colours_of_the_field_ask_for_no_memory) {
  const Theme& t = theme(ThemeId::kLight);
  const Color first = field_color(t, 0.25);
  const long before = allocation_count();
  for (int i = 0; i < 100; ++i) EXPECT_EQ(field_color(t, 0.25), first);
  EXPECT_EQ(allocation_count(), before);
}

}  // namespace
}  // namespace initlab
