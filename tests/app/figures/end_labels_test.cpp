#include "app/figures/end_labels.h"

#include <gtest/gtest.h>

#include <vector>

namespace initlab {
namespace {

TEST(EndLabels, labels_apart_stay_where_their_curves_end) {
  std::vector<EndLabel> labels = {{100, 60, 20, 0}, {100, 60, 60, 0}, {100, 60, 90, 0}};
  push_apart(labels, 16, 0, 200);
  for (const EndLabel& label : labels) EXPECT_DOUBLE_EQ(label.y, label.wanted_y);
}

TEST(EndLabels, labels_at_one_place_spread_evenly_about_it) {
  std::vector<EndLabel> labels = {{100, 60, 50, 0}, {100, 60, 50, 0}, {100, 60, 50, 0}};
  push_apart(labels, 16, 0, 200);
  EXPECT_DOUBLE_EQ(labels[0].y, 34);
  EXPECT_DOUBLE_EQ(labels[1].y, 50);
  EXPECT_DOUBLE_EQ(labels[2].y, 66);
}

TEST(EndLabels, order_and_spacing_hold_within_the_bounds) {
  std::vector<EndLabel> labels;
  for (int i = 0; i < 6; ++i) labels.push_back({100, 60, 190 + 1.5 * ((i * 5) % 6), 0});
  push_apart(labels, 16, 0, 200);
  for (const EndLabel& a : labels) {
    EXPECT_GE(a.y, 0);
    EXPECT_LE(a.y, 200);
    for (const EndLabel& b : labels) {
      if (a.wanted_y < b.wanted_y) {
        EXPECT_GE(b.y - a.y, 16 - 1e-9);
      }
    }
  }
}

TEST(EndLabels, labels_side_by_side_do_not_push_each_other) {
  std::vector<EndLabel> labels = {{100, 60, 50, 0}, {300, 60, 50, 0}};
  push_apart(labels, 16, 0, 200);
  EXPECT_DOUBLE_EQ(labels[0].y, 50);
  EXPECT_DOUBLE_EQ(labels[1].y, 50);
}

TEST(EndLabels, too_many_labels_share_what_height_there_is) {
  std::vector<EndLabel> labels(6, EndLabel{100, 60, 10, 0});
  push_apart(labels, 16, 0, 40);
  EXPECT_DOUBLE_EQ(labels.front().y, 0);
  EXPECT_DOUBLE_EQ(labels.back().y, 40);
}

}  // namespace
}  // namespace initlab
