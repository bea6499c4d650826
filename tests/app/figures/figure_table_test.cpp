#include "app/figures/figure_table.h"

#include <gtest/gtest.h>

#include <cmath>
#include <set>

#include "app/canvas/recording_canvas.h"
#include "tests/app/figures/sample_snapshots.h"

namespace initlab {
namespace {

struct Size {
  double width, height;
};
// The row's own, a small window, a projector, a tall page, a wide strip.
std::vector<Size> sizes_of(const FigureRow& row) {
  return {{row.width, row.height}, {640, 480}, {1920, 1080}, {800, 1100}, {1440, 500}};
}

std::string list_of(const std::vector<std::string>& texts) {
  std::string list;
  for (const std::string& text : texts) list += "\n  \"" + text + "\"";
  return list;
}

// Draws every figure from every sample in every size and hands the result to `look`.
template <class Look>
void for_all_figures(const Look& look) {
  for (const SampleSnapshot& sample : sample_snapshots()) {
    for (const FigureRow& row : figures()) {
      for (const Size& size : sizes_of(row)) {
        for (const std::optional<std::size_t> lane :
             {std::optional<std::size_t>(), std::optional<std::size_t>(0)}) {
          const Rect rect{0, 0, size.width, size.height};
          RecordingCanvas canvas;
          row.draw(canvas, theme(ThemeId::kLight), rect, *sample.snapshot, {.lane = lane});
          SCOPED_TRACE(std::string(row.id) + " of " + sample.name + " at " + std::to_string(int(size.width)) +
                       " x " + std::to_string(int(size.height)) + (lane ? ", one lane" : ""));
          look(canvas, rect);
        }
      }
    }
  }
}

TEST(Figures, ids_are_unique_and_found) {
  std::set<std::string_view> ids;
  for (const FigureRow& row : figures()) {
    EXPECT_TRUE(ids.insert(row.id).second) << row.id;
    EXPECT_EQ(find_figure(row.id), &row);
    EXPECT_FALSE(row.label.empty());
    EXPECT_FALSE(row.help.empty());
    EXPECT_GE(row.width, 640);
    EXPECT_GE(row.height, 480);
  }
  EXPECT_EQ(find_figure("no_such_figure"), nullptr);
  for (const std::string_view id : {"comparison", "decision_boundary", "cost_curve", "activations"}) {
    EXPECT_NE(find_figure(id), nullptr) << id;
  }
}

TEST(Figures, no_text_reaches_out_of_any_figure) {
  for_all_figures([](const RecordingCanvas& canvas, Rect rect) {
    const std::vector<std::string> outside = canvas.texts_outside(rect);
    EXPECT_TRUE(outside.empty()) << list_of(outside);
  });
}

TEST(Figures, no_two_texts_overlap_in_any_figure) {
  for_all_figures([](const RecordingCanvas& canvas, Rect) {
    std::vector<std::string> pairs;
    for (const auto& [a, b] : canvas.overlapping_texts(1.0)) pairs.push_back(a + "\" and \"" + b);
    EXPECT_TRUE(pairs.empty()) << list_of(pairs);
  });
}

TEST(Figures, every_number_drawn_is_finite_and_every_clip_is_closed) {
  for_all_figures([](const RecordingCanvas& canvas, Rect) {
    EXPECT_EQ(canvas.open_clip_count(), 0u);
    for (const DrawnItem& item : canvas.items()) {
      const Rect& b = item.bounds;
      const bool finite =
          std::isfinite(b.x) && std::isfinite(b.y) && std::isfinite(b.width) && std::isfinite(b.height);
      EXPECT_TRUE(finite) << static_cast<int>(item.kind) << " " << item.text;
      if (!finite) return;
      EXPECT_LT(std::abs(b.x) + std::abs(b.y) + b.width + b.height, 1e6);
    }
  });
}

TEST(Figures, no_text_is_empty_and_no_share_is_not_a_number) {
  for_all_figures([](const RecordingCanvas& canvas, Rect) {
    for (const std::string& text : canvas.texts()) {
      EXPECT_FALSE(text.empty());
      EXPECT_EQ(text.find("nan %"), std::string::npos) << text;
      EXPECT_EQ(text.find("inf %"), std::string::npos) << text;
    }
  });
}

TEST(Figures, a_theme_changes_colours_and_nothing_else) {
  for (const FigureRow& row : figures()) {
    const auto snapshot = sample_snapshot("diverged");
    RecordingCanvas light, dark;
    const Rect rect{0, 0, row.width, row.height};
    row.draw(light, theme(ThemeId::kLight), rect, *snapshot, {});
    row.draw(dark, theme(ThemeId::kDark), rect, *snapshot, {});
    ASSERT_EQ(light.items().size(), dark.items().size()) << row.id;
    bool recoloured = false;
    for (std::size_t i = 0; i < light.items().size(); ++i) {
      const DrawnItem& a = light.items()[i];
      const DrawnItem& b = dark.items()[i];
      EXPECT_EQ(a.kind, b.kind);
      EXPECT_EQ(a.text, b.text);
      EXPECT_EQ(a.bounds.x, b.bounds.x);
      EXPECT_EQ(a.bounds.y, b.bounds.y);
      recoloured |= a.color != b.color;
    }
    EXPECT_TRUE(recoloured) << row.id;
  }
}

TEST(Figures, the_comparison_tells_everything_that_a_slide_needs) {
  RecordingCanvas canvas;
  const FigureRow& row = *find_figure("comparison");
  row.draw(canvas, theme(ThemeId::kLight), {0, 0, row.width, row.height}, *sample_snapshot("normal"), {});
  for (const char* expected : {"Zeros, large, He: three beginnings",
                               "4,210",
                               " of 15,000",
                               "noise 0.05",
                               "2\u201310\u201310\u20131, ReLU",
                               "rate 0.01",
                               "Zeros",
                               "W = 0",
                               "Large",
                               "He",
                               "0.6931",
                               "95.3 %",
                               "50 %",
                               "Layer 1: 10 of 10",
                               "Healthy",
                               "Activations",
                               "Layer 3 (output)",
                               "Cost",
                               "log axis",
                               "ln 2: chance",
                               "starts at 1,700",
                               "He 0.2302",
                               "step"}) {
    EXPECT_NE(canvas.find_text(expected), nullptr) << expected;
  }
  EXPECT_EQ(canvas.count(DrawnKind::kImage), 3u);
}

TEST(Figures, every_lane_has_its_place_on_the_smallest_page) {
  for (const char* name : {"one_lane", "two_lanes", "normal", "four_lanes", "five_lanes", "six_lanes"}) {
    const auto snapshot = sample_snapshot(name);
    RecordingCanvas canvas;
    find_figure("comparison")->draw(canvas, theme(ThemeId::kLight), {0, 0, 640, 480}, *snapshot, {});
    EXPECT_EQ(canvas.count(DrawnKind::kImage), snapshot->runs.size()) << name;
    for (const RunSnapshot& run : snapshot->runs) {
      EXPECT_NE(canvas.find_text(run.lane.name), nullptr) << name << " " << run.lane.name;
      EXPECT_NE(canvas.find_text(run.lane.name + " "), nullptr) << name << ": end label of " << run.lane.name;
    }
  }
}

}  // namespace
}  // namespace initlab
