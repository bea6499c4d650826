#include "app/canvas/recording_canvas.h"

#include <gtest/gtest.h>

#include "app/canvas/text_metrics.h"
#include "tests/app/canvas/sample_figure.h"

namespace initlab {
namespace {

TEST(RecordingCanvas, remembers_everything_that_the_sample_figure_draws) {
  RecordingCanvas canvas;
  draw_sample(canvas);
  EXPECT_EQ(canvas.count(DrawnKind::kPolyline), 7U);
  EXPECT_EQ(canvas.count(DrawnKind::kPolygon), 1U);
  EXPECT_EQ(canvas.count(DrawnKind::kImage), 2U);
  EXPECT_EQ(canvas.count(DrawnKind::kText), 12U);
  EXPECT_EQ(canvas.count(DrawnKind::kFilledCircle), 11U);
  EXPECT_EQ(canvas.count(DrawnKind::kStrokedCircle), 1U);
  EXPECT_EQ(canvas.open_clip_count(), 0U);
  ASSERT_NE(canvas.find_text("0.6931"), nullptr);
  EXPECT_EQ(canvas.find_text("0.6931")->style.size, 18);
  EXPECT_EQ(canvas.find_text("absent"), nullptr);
}

TEST(RecordingCanvas, clips_nest_by_intersection) {
  RecordingCanvas canvas;
  canvas.push_clip({0, 0, 100, 100});
  canvas.push_clip({50, 60, 100, 100});
  canvas.fill_rect({0, 0, 200, 200}, rgb(0), 0);
  canvas.pop_clip();
  canvas.fill_rect({0, 0, 200, 200}, rgb(0), 0);
  canvas.pop_clip();
  canvas.fill_rect({0, 0, 200, 200}, rgb(0), 0);
  ASSERT_EQ(canvas.items().size(), 3U);
  EXPECT_EQ(canvas.items()[0].clip.width, 50);
  EXPECT_EQ(canvas.items()[0].clip.height, 40);
  EXPECT_EQ(canvas.items()[1].clip.width, 100);
  EXPECT_FALSE(canvas.items()[2].clipped);
}

TEST(RecordingCanvas, finds_texts_that_overlap_and_no_others) {
  RecordingCanvas canvas;
  canvas.text({10, 30}, "alpha", {.size = 15});
  canvas.text({20, 32}, "beta", {.size = 15});
  canvas.text({10, 60}, "gamma", {.size = 15});
  const auto pairs = canvas.overlapping_texts();
  ASSERT_EQ(pairs.size(), 1U);
  EXPECT_EQ(pairs[0], (std::pair<std::string, std::string>{"alpha", "beta"}));
}

TEST(RecordingCanvas, finds_texts_that_leave_a_rectangle) {
  RecordingCanvas canvas;
  const double width = measure_text("label", 15).width;
  canvas.text({10, 30}, "label", {.size = 15});
  EXPECT_TRUE(canvas.texts_outside({10, 10, width, 30}).empty());
  EXPECT_EQ(canvas.texts_outside({10, 10, width - 2, 30}), std::vector<std::string>{"label"});
  EXPECT_EQ(canvas.texts_outside({10, 30, width, 30}), std::vector<std::string>{"label"});
}

TEST(RecordingCanvas, a_turned_text_reaches_upwards_from_its_anchor) {
  RecordingCanvas canvas;
  canvas.text({100, 200}, "turned", {.size = 15, .quarter_turn = true});
  const TextExtent extent = measure_text("turned", 15);
  const Rect bounds = canvas.items().at(0).bounds;
  EXPECT_NEAR(bounds.bottom(), 200, 1e-9);
  EXPECT_NEAR(bounds.y, 200 - extent.width, 1e-9);
  EXPECT_NEAR(bounds.x, 100 - extent.cap_height, 1e-9);
  EXPECT_NEAR(bounds.right(), 100 + extent.descent, 1e-9);
}

}  // namespace
}  // namespace initlab
