#include "app/canvas/imgui_canvas.h"

#include <algorithm>
#include <cmath>

#include "app/canvas/text_metrics.h"
#include "tests/app/window/surface_fixture.h"

namespace initlab {
namespace {

using ImguiCanvasTest = SurfaceTest;

// Rows (or columns) of a line through the picture whose pixels differ from white.
std::vector<int> inked_rows(const Pixels& pixels, int x) {
  std::vector<int> rows;
  for (int y = 0; y < pixels.height; ++y) {
    if (!near(pixels.at(x, y), kWhite)) rows.push_back(y);
  }
  return rows;
}

struct InkBounds {
  int left = 1 << 20, top = 1 << 20, right = -1, bottom = -1;
  int count = 0;
};

InkBounds ink_bounds(const Pixels& pixels) {
  InkBounds b;
  for (int y = 0; y < pixels.height; ++y) {
    for (int x = 0; x < pixels.width; ++x) {
      if (near(pixels.at(x, y), kWhite)) continue;
      b = {std::min(b.left, x), std::min(b.top, y), std::max(b.right, x), std::max(b.bottom, y), b.count + 1};
    }
  }
  return b;
}

TEST_F(ImguiCanvasTest, a_filled_rectangle_covers_exactly_its_pixels_at_any_scale) {
  for (const double scale : {1.0, 1.25, 2.0}) {
    INITLAB_OPEN_OR_SKIP(120, 100, scale);
    const Pixels p = drawn([](Canvas& c) { c.fill_rect({8, 12, 40, 20}, kInk); });
    for (int y = 0; y < p.height; ++y) {
      for (int x = 0; x < p.width; ++x) {
        const bool inside = x >= 8 * scale && x < 48 * scale && y >= 12 * scale && y < 32 * scale;
        ASSERT_TRUE(near(p.at(x, y), inside ? kInk : kWhite))
            << "at " << x << ", " << y << ", scale " << scale;
      }
    }
  }
}

TEST_F(ImguiCanvasTest, a_level_line_of_one_pixel_is_crisp_at_any_scale) {
  for (const double scale : {1.0, 1.5, 2.0, 3.0}) {
    INITLAB_OPEN_OR_SKIP(100, 100, scale);
    for (const double y : {10.0, 10.3, 10.5}) {
      const Pixels p = drawn([y](Canvas& c) { c.line({4, y}, {30, y}, {kInk, 1}); });
      const std::vector<int> rows = inked_rows(p, 20);
      ASSERT_EQ(rows.size(), static_cast<std::size_t>(std::lround(scale)))
          << "scale " << scale << ", y " << y;
      for (const int row : rows) EXPECT_TRUE(near(p.at(20, row), kInk));
    }
  }
}

TEST_F(ImguiCanvasTest, half_a_logical_pixel_is_one_device_pixel_at_scale_two_and_fainter_at_scale_one) {
  INITLAB_OPEN_OR_SKIP(100, 100, 2);
  const auto thin = [](Canvas& c) { c.line({4, 10}, {40, 10}, {kInk, 0.5}); };
  const Pixels fine = drawn(thin);
  ASSERT_EQ(inked_rows(fine, 40).size(), 1U);
  EXPECT_TRUE(near(fine.at(40, inked_rows(fine, 40)[0]), kInk));
  INITLAB_OPEN_OR_SKIP(100, 100, 1);
  const Pixels coarse = drawn(thin);
  ASSERT_EQ(inked_rows(coarse, 20).size(), 1U);
  const Color half = {(255 + 0x20) / 2, (255 + 0x30) / 2, (255 + 0x40) / 2};
  EXPECT_TRUE(near(coarse.at(20, inked_rows(coarse, 20)[0]), half, 3));
}

TEST_F(ImguiCanvasTest, a_slanted_line_has_the_width_it_states) {
  INITLAB_OPEN_OR_SKIP(200, 200, 1);
  for (const double width : {0.5, 1.0, 2.0, 5.0}) {
    const Pixels p = drawn([width](Canvas& c) { c.line({-20, -50}, {220, 210}, {rgb(0), width}); });
    double ink = 0;  // the cover of a column is the width over the cosine of the slope
    for (int x = 40; x < 140; ++x) {
      for (int y = 0; y < p.height; ++y) ink += (255 - p.at(x, y).g) / 255.0 / 100;
    }
    EXPECT_NEAR(ink, width * std::hypot(240, 260) / 240, 0.03 * std::max(1.0, width)) << "width " << width;
  }
}

TEST_F(ImguiCanvasTest, sharp_corners_grow_no_spikes) {
  INITLAB_OPEN_OR_SKIP(200, 120, 1);
  const Point zigzag[] = {{40, 50}, {150, 52}, {40, 54}, {150, 80}, {149, 50}};
  const InkBounds b = ink_bounds(drawn([&](Canvas& c) { c.polyline(zigzag, {kInk, 6}); }));
  EXPECT_GE(b.left, 36);
  EXPECT_LE(b.right, 153);
  EXPECT_GE(b.top, 46);
  EXPECT_LE(b.bottom, 83);
}

TEST_F(ImguiCanvasTest, a_line_of_a_hundred_thousand_points_has_no_gap) {
  INITLAB_OPEN_OR_SKIP(400, 100, 1);
  std::vector<Point> points;
  for (int i = 0; i < 100'000; ++i) points.push_back({i * 0.004, 50 + 30 * std::sin(i * 0.02)});
  const Pixels p = drawn([&](Canvas& c) { c.polyline(points, {kInk, 1.5}); });
  for (int x = 2; x < 397; ++x) ASSERT_FALSE(inked_rows(p, x).empty()) << "column " << x;
}

TEST_F(ImguiCanvasTest, a_line_through_values_that_are_not_finite_keeps_its_other_parts) {
  INITLAB_OPEN_OR_SKIP(100, 40, 1);
  const Point points[] = {{10, 20}, {30, 20}, {40, NAN}, {60, 20}, {80, 20}, {1e300, 1e300}};
  const Pixels p = drawn([&](Canvas& c) { c.polyline(points, {kInk, 2}); });
  EXPECT_FALSE(inked_rows(p, 20).empty());
  EXPECT_TRUE(inked_rows(p, 45).empty());
  EXPECT_FALSE(inked_rows(p, 70).empty());
}

TEST_F(ImguiCanvasTest, dashes_leave_gaps_of_their_length) {
  INITLAB_OPEN_OR_SKIP(120, 20, 1);
  const double dash[] = {10, 6};
  const Pixels p = drawn([&](Canvas& c) { c.line({8, 10}, {108, 10}, {kInk, 1, dash}); });
  EXPECT_FALSE(inked_rows(p, 12).empty());
  EXPECT_TRUE(inked_rows(p, 20).empty());
  EXPECT_FALSE(inked_rows(p, 28).empty());
}

TEST_F(ImguiCanvasTest, a_circle_has_the_area_it_states_at_any_scale) {
  for (const double scale : {1.0, 2.0}) {
    INITLAB_OPEN_OR_SKIP(100, 100, scale);
    for (const double radius : {2.0, 3.5, 20.0}) {
      const Pixels p = drawn([&](Canvas& c) { c.fill_circle({50 / scale, 50 / scale}, radius, rgb(0)); });
      double area = 0;
      for (const Color c : p.colors) area += (255 - c.g) / 255.0;
      const double expected = 3.14159265 * radius * radius * scale * scale;
      EXPECT_NEAR(area, expected, 0.04 * expected + 0.3) << "radius " << radius << ", scale " << scale;
    }
  }
}

TEST_F(ImguiCanvasTest, a_concave_polygon_leaves_its_notch_empty_in_either_direction) {
  INITLAB_OPEN_OR_SKIP(100, 100, 1);
  std::vector<Point> arrow = {{10, 10}, {90, 50}, {10, 90}, {40, 50}};
  for (int direction = 0; direction < 2; ++direction) {
    const Pixels p = drawn([&](Canvas& c) { c.fill_polygon(arrow, kInk); });
    EXPECT_TRUE(near(p.at(60, 50), kInk));
    EXPECT_TRUE(near(p.at(22, 50), kWhite));
    EXPECT_TRUE(near(p.at(20, 18), kInk));
    double area = 0;
    for (const Color c : p.colors) area += (255 - c.g) / (255.0 - kInk.g);
    EXPECT_NEAR(area, 2000, 20);
    std::reverse(arrow.begin(), arrow.end());
  }
}

TEST_F(ImguiCanvasTest, clips_nest_by_intersection) {
  INITLAB_OPEN_OR_SKIP(100, 100, 2);
  const Pixels p = drawn([](Canvas& c) {
    c.push_clip({5, 5, 20, 20});
    c.push_clip({15, 15, 30, 30});
    c.fill_rect({0, 0, 50, 50}, kInk);
    c.pop_clip();
    c.pop_clip();
  });
  const InkBounds b = ink_bounds(p);
  EXPECT_EQ(b.left, 30);
  EXPECT_EQ(b.top, 30);
  EXPECT_EQ(b.right, 49);
  EXPECT_EQ(b.bottom, 49);
  EXPECT_EQ(b.count, 400);
}

TEST_F(ImguiCanvasTest, text_stands_where_it_was_measured) {
  for (const double scale : {1.0, 2.0}) {
    INITLAB_OPEN_OR_SKIP(400, 100, scale);
    for (const FontWeight weight : {FontWeight::kRegular, FontWeight::kMedium}) {
      const TextStyle style = {.size = 18, .color = kInk, .weight = weight};
      const InkBounds b = ink_bounds(drawn([&](Canvas& c) {
        c.text({20, 30}, "HxgH 0.6931 \u2207H", style);
      }));
      const TextExtent extent = measure_text("HxgH 0.6931 \u2207H", 18, weight);
      EXPECT_GT(b.count, 100);
      EXPECT_NEAR(b.left, 20 * scale, 3 * scale);
      EXPECT_NEAR(b.right, (20 + extent.width) * scale, 3 * scale);
      EXPECT_NEAR(b.top, (30 - extent.cap_height) * scale, 2.5 * scale);
      EXPECT_LE(b.bottom, (30 + extent.descent) * scale + 1);
      EXPECT_GT(b.bottom, 31 * scale);
    }
  }
}

TEST_F(ImguiCanvasTest, text_turned_by_a_quarter_is_the_same_text) {
  INITLAB_OPEN_OR_SKIP(120, 120, 1);
  TextStyle style = {.size = 15, .color = kInk};
  const Pixels level = drawn([&](Canvas& c) { c.text({60, 60}, "cost 0.3", style); });
  style.quarter_turn = true;
  const Pixels turned = drawn([&](Canvas& c) { c.text({60, 60}, "cost 0.3", style); });
  EXPECT_GT(ink_bounds(level).count, 50);
  for (int y = 0; y < 120; ++y) {
    for (int x = 0; x < 120; ++x) ASSERT_TRUE(near(level.at(x, y), turned.at(y, 119 - x))) << x << ", " << y;
  }
}

TEST_F(ImguiCanvasTest, text_that_found_no_room_is_there_a_frame_later) {
  INITLAB_OPEN_OR_SKIP(300, 300, 1);
  const auto many_sizes = [](Canvas& c) {
    for (int size = 40; size < 110; ++size) {
      c.text({0, -50}, "ABCDEFG", {.size = static_cast<double>(size), .color = kInk});
    }
    c.text({10, 200}, "l", {.size = 200, .color = kInk});
  };
  EXPECT_EQ(ink_bounds(drawn(many_sizes)).count, 0);  // or the test shows nothing: there was room
  EXPECT_GT(ink_bounds(drawn(many_sizes)).count, 1000);
}

TEST_F(ImguiCanvasTest, a_picture_is_painted_once_a_revision) {
  INITLAB_OPEN_OR_SKIP(60, 60, 1);
  int paints = 0;
  ImageSource source = {.id = 1, .revision = 1, .width = 2, .height = 1, .smooth = false};
  Color left = rgb(0xD98200);
  source.paint = [&](std::span<Color> pixels) {
    ++paints;
    pixels[0] = left;
    pixels[1] = kInk;
  };
  const auto draw = [&](Canvas& c) { c.image({10, 10, 40, 20}, source); };
  Pixels p = drawn(draw);
  EXPECT_TRUE(near(p.at(10, 10), left));
  EXPECT_TRUE(near(p.at(29, 29), left));
  EXPECT_TRUE(near(p.at(30, 10), kInk));
  EXPECT_TRUE(near(p.at(9, 10), kWhite));
  drawn(draw);
  EXPECT_EQ(paints, 1);
  left = rgb(0x0072B2);
  source.revision = 2;
  p = drawn(draw);
  EXPECT_EQ(paints, 2);
  EXPECT_TRUE(near(p.at(10, 10), left));
}

}  // namespace
}  // namespace initlab
