#include "app/figures/fit.h"

#include <gtest/gtest.h>

#include <cmath>

#include "app/canvas/recording_canvas.h"
#include "app/figures/lane_picture.h"
#include "tests/app/figures/sample_snapshots.h"

namespace initlab {
namespace {

constexpr Rect kRect{0, 0, 400, 300};
const Theme& light() {
  return theme(ThemeId::kLight);
}

std::vector<const DrawnItem*> curves_of(const RecordingCanvas& canvas) {
  std::vector<const DrawnItem*> curves;
  for (const DrawnItem& item : canvas.items()) {
    if (item.kind == DrawnKind::kPolyline && item.color == light().ink) curves.push_back(&item);
  }
  return curves;
}

TEST(Fit, the_curve_stands_where_the_network_answers) {
  const auto snapshot = sample_snapshot("one_input");
  RecordingCanvas canvas;
  draw_fit(canvas, light(), kRect, *snapshot, 0);
  const auto plot = fit_plot(kRect, *snapshot, 0);
  ASSERT_TRUE(plot);
  const auto curves = curves_of(canvas);
  ASSERT_EQ(curves.size(), 1u);
  ASSERT_EQ(curves[0]->points.size(), snapshot->runs[0].response.x.size());
  for (const Point& pixel : curves[0]->points) {
    const double x = plot->x.to_value(pixel.x);
    EXPECT_NEAR(plot->y.to_value(pixel.y), x * x, 1e-9);
  }
  EXPECT_TRUE(curves[0]->clipped);
}

TEST(Fit, the_range_of_y_follows_the_points_and_not_the_curve) {
  const auto snapshot = sample_snapshot("one_input");
  const auto first = fit_plot(kRect, *snapshot, 0);
  const auto second = fit_plot(kRect, *snapshot, 1);  // answers 1,000
  ASSERT_TRUE(first && second);
  EXPECT_EQ(first->y.high, second->y.high);
  EXPECT_GT(first->y.high, 4.2);
  EXPECT_LT(first->y.high, 6);
  EXPECT_LT(first->y.low, -0.2);
}

TEST(Fit, an_answer_out_of_view_is_told_of_in_words) {
  const auto snapshot = sample_snapshot("one_input");
  RecordingCanvas canvas;
  draw_fit(canvas, light(), kRect, *snapshot, 1);
  EXPECT_NE(canvas.find_text("out of view: 998 to 1,002"), nullptr);
  RecordingCanvas in_view;
  draw_fit(in_view, light(), kRect, *snapshot, 0);
  EXPECT_EQ(in_view.find_text("out of view"), nullptr);
}

TEST(Fit, every_training_point_has_its_mark_and_the_curve_to_learn_is_dashed) {
  const auto snapshot = sample_snapshot("one_input");
  RecordingCanvas canvas;
  draw_fit(canvas, light(), kRect, *snapshot, 0);
  int marks = 0;
  int dashed = 0;
  for (const DrawnItem& item : canvas.items()) {
    marks += item.kind == DrawnKind::kFilledCircle && item.color == light().classes[0].fill;
    dashed += item.kind == DrawnKind::kPolyline && !item.dash.empty() && item.points.size() == 40;
  }
  EXPECT_EQ(marks, 120);
  EXPECT_EQ(dashed, 1);
}

TEST(Fit, breaks_where_the_answer_is_not_finite) {
  const auto snapshot = sample_snapshot("one_input_diverged");
  RecordingCanvas canvas;
  draw_fit(canvas, light(), kRect, *snapshot, 0);
  EXPECT_GT(curves_of(canvas).size(), 10u);
  EXPECT_NE(canvas.find_text("diverged at step 12"), nullptr);
}

TEST(Fit, other_than_one_feature_gets_a_sentence) {
  RecordingCanvas canvas;
  draw_fit(canvas, light(), kRect, *sample_snapshot("normal"), 0);
  EXPECT_NE(canvas.find_text("2 features"), nullptr);
  EXPECT_FALSE(fit_plot(kRect, *sample_snapshot("normal"), 0));
  EXPECT_FALSE(fit_plot(kRect, *sample_snapshot("one_input"), 7));
}

TEST(Fit, the_answer_is_read_between_the_points_of_the_curve) {
  const ResponseCurve curve = sample_snapshot("one_input")->runs[0].response;
  for (const double x : {-2.4, -1.3, 0.0, 0.77, 2.4}) {
    const auto answer = answer_at(curve, x);
    ASSERT_TRUE(answer) << x;
    EXPECT_NEAR(*answer, x * x, 0.002);
  }
  EXPECT_FALSE(answer_at(curve, 2.5));
  EXPECT_FALSE(answer_at(curve, std::nan("")));
  EXPECT_FALSE(answer_at({}, 0));
  EXPECT_FALSE(answer_at(sample_snapshot("one_input_diverged")->runs[0].response, -2.4));
}

TEST(LanePicture, is_the_fit_of_one_feature_and_the_field_of_two) {
  RecordingCanvas fit, field;
  draw_lane_picture(fit, light(), kRect, *sample_snapshot("one_input"), 0);
  draw_lane_picture(field, light(), kRect, *sample_snapshot("normal"), 0);
  EXPECT_EQ(fit.count(DrawnKind::kImage), 0u);
  EXPECT_EQ(field.count(DrawnKind::kImage), 1u);
}

TEST(LanePicture, is_read_in_its_own_terms) {
  const Point middle{210, 150};
  const auto read = [&](const char* name) {
    return lane_picture_text(kRect, *sample_snapshot(name), 0, middle).value_or("");
  };
  EXPECT_NE(read("one_input").find("answer"), std::string::npos);
  EXPECT_NE(read("normal").find("p = "), std::string::npos);
  EXPECT_NE(read("ten_classes").find("class "), std::string::npos);
  EXPECT_EQ(read("five_inputs"), "");
}

TEST(LanePicture, a_regression_of_two_features_is_not_drawn_as_classes) {
  const auto snapshot = sample_snapshot("normal");
  auto data = std::make_shared<Dataset>(*snapshot->data);
  data->classes = 0;
  snapshot->data = data;
  RecordingCanvas canvas;
  draw_lane_picture(canvas, light(), kRect, *snapshot, 0);
  EXPECT_EQ(canvas.count(DrawnKind::kImage), 0u);
  EXPECT_NE(canvas.find_text("a number to learn"), nullptr);
}

}  // namespace
}  // namespace initlab
