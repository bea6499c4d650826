// Where everything in the window stands, over all sizes that a window may have.
#include "app/layout.h"

#include <gtest/gtest.h>

#include <string>
#include <utility>
#include <vector>

namespace initlab {
namespace {

struct Named {
  std::string name;
  Rect rect;
};

// All that draws for itself: no two of these may share a pixel.
std::vector<Named> parts(const Layout& layout) {
  std::vector<Named> all = {
      {"top bar", layout.top_bar}, {"cost", layout.cost}, {"histograms", layout.histograms}};
  if (layout.column.width > 0) all.push_back({"column", layout.column});
  if (layout.lesson.width > 0) all.push_back({"lesson", layout.lesson});
  if (layout.signal.width > 0) all.push_back({"signal", layout.signal});
  if (layout.slow_motion.height > 0) all.push_back({"slow motion", layout.slow_motion});
  if (layout.timeline.height > 0) all.push_back({"timeline", layout.timeline});
  for (std::size_t lane = 0; lane < layout.lanes.size(); ++lane) {
    const std::string number = " " + std::to_string(lane + 1);
    all.push_back({"heading" + number, layout.lanes[lane].heading});
    all.push_back({"field" + number, layout.lanes[lane].field});
    all.push_back({"numbers" + number, layout.lanes[lane].numbers});
    all.push_back({"verdict" + number, layout.lanes[lane].verdict});
  }
  return all;
}

// More than a rounding error of both.
bool overlap(Rect a, Rect b) {
  constexpr double kSlack = 1e-6;
  return a.x < b.right() - kSlack && b.x < a.right() - kSlack && a.y < b.bottom() - kSlack &&
         b.y < a.bottom() - kSlack;
}

bool inside(Rect inner, Rect outer) {
  constexpr double kSlack = 1e-6;
  return inner.x >= outer.x - kSlack && inner.y >= outer.y - kSlack &&
         inner.right() <= outer.right() + kSlack && inner.bottom() <= outer.bottom() + kSlack;
}

struct WindowSize {
  double width;
  double height;
};
std::vector<WindowSize> window_sizes() {
  std::vector<WindowSize> sizes;
  for (const double width : {640, 700, 800, 899, 1024, 1099, 1100, 1280, 1440, 1920, 2560, 3840}) {
    for (const double height : {480, 540, 600, 700, 768, 900, 1080, 1440, 2160})
      sizes.push_back({width, height});
  }
  return sizes;
}

// Calls check(layout, size) for every window size, number of lanes and with and without the column.
template <class Check>
void for_all_layouts(Check check) {
  for (const WindowSize size : window_sizes()) {
    for (std::size_t lanes = 1; lanes <= 6; ++lanes) {
      for (const bool column : {false, true}) {
        SCOPED_TRACE(testing::Message() << size.width << " x " << size.height << ", " << lanes << " lanes, "
                                        << (column ? "with" : "without") << " column");
        for (const bool more : {false, true}) {
          // Small windows have room for the lesson or for much else, not for both.
          const bool room = size.width >= 1024 && size.height >= 700;
          check(make_layout({.width = size.width,
                             .height = size.height,
                             .lanes = lanes,
                             .column = column,
                             .lesson = more && room,
                             .slow_motion = more && room,
                             .timeline = more || room}),
                size, lanes, column);
          if (testing::Test::HasFailure()) return;
        }
      }
    }
  }
}

TEST(layout, keeps_everything_inside_the_window) {
  for_all_layouts([](const Layout& layout, WindowSize size, std::size_t lanes, bool) {
    ASSERT_EQ(layout.lanes.size(), lanes);
    const Rect window = {0, 0, size.width, size.height};
    for (const Named& part : parts(layout)) {
      EXPECT_TRUE(inside(part.rect, window)) << part.name;
      EXPECT_GT(part.rect.width, 0) << part.name;
      EXPECT_GT(part.rect.height, 0) << part.name;
    }
  });
}

TEST(layout, puts_no_two_parts_into_one_place) {
  for_all_layouts([](const Layout& layout, WindowSize, std::size_t, bool) {
    const std::vector<Named> all = parts(layout);
    for (std::size_t i = 0; i < all.size(); ++i) {
      for (std::size_t j = 0; j < i; ++j) {
        EXPECT_FALSE(overlap(all[i].rect, all[j].rect)) << all[i].name << " and " << all[j].name;
      }
    }
  });
}

TEST(layout, gives_the_column_its_width_or_nothing) {
  for_all_layouts([](const Layout& layout, WindowSize, std::size_t, bool column) {
    // The lesson takes the column's room where both would leave too little.
    if (layout.lesson.width > 0 && layout.column.width == 0) return;
    EXPECT_EQ(layout.column.width, column ? kColumnWidth : 0);
    EXPECT_EQ(layout.main.x, layout.column.right());
  });
}

TEST(layout, treats_all_lanes_alike) {
  for_all_layouts([](const Layout& layout, WindowSize, std::size_t, bool) {
    for (const LaneRects& lane : layout.lanes) {
      EXPECT_EQ(lane.field.width, layout.lanes.front().field.width);
      EXPECT_EQ(lane.field.height, layout.lanes.front().field.height);
    }
  });
}

// The smallest window still shows a shape; the smallest size that the design promises shows it well.
TEST(layout, leaves_fields_and_figures_large_enough_to_read) {
  for_all_layouts([](const Layout& layout, WindowSize size, std::size_t lanes, bool) {
    const bool promised = size.width >= 1024 && size.height >= 700;
    EXPECT_GE(layout.lanes.front().field.height, promised ? 80 : 40);
    EXPECT_GE(layout.lanes.front().field.width, promised ? 200 : 100);
    EXPECT_GE(layout.cost.height, promised ? 110 : 60);
    EXPECT_GE(layout.histograms.height, promised ? 110 : 60);
    EXPECT_GE(layout.cost.width, 120);
    EXPECT_GE(layout.histograms.width, 120);
    if (size.width >= 1440 && size.height >= 900 && lanes <= 3 && layout.slow_motion.height == 0) {
      EXPECT_GE(layout.lanes.front().field.height, 200);
    }
  });
}

TEST(layout, says_columns_stand_below_their_lanes_only_where_they_do) {
  for_all_layouts([](const Layout& layout, WindowSize, std::size_t lanes, bool) {
    if (!layout.columns_below_lanes) return;
    EXPECT_LE(lanes, 3u);
    EXPECT_EQ(layout.histograms.x, layout.lanes.front().field.x);
    EXPECT_NEAR(layout.histograms.right(), layout.lanes.back().field.right(), 1e-6);
  });
  EXPECT_TRUE(make_layout({.width = 1440, .height = 900, .lanes = 3, .column = true}).columns_below_lanes);
  EXPECT_FALSE(make_layout({.width = 1440, .height = 900, .lanes = 6, .column = true}).columns_below_lanes);
}

}  // namespace
}  // namespace initlab
