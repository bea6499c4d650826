#include "app/figures/decision_boundary.h"

#include <gtest/gtest.h>

#include <cmath>

#include "app/canvas/recording_canvas.h"
#include "app/figures/field_picture.h"
#include "tests/app/figures/sample_snapshots.h"

namespace initlab {
namespace {

const Theme& light() {
  return theme(ThemeId::kLight);
}

// Draws nothing and notes which pictures it was given.
class ImageWatcher final : public Canvas {
 public:
  std::vector<std::pair<std::uint64_t, std::uint64_t>> images;  // id, revision

  void push_clip(Rect) override {}
  void pop_clip() override {}
  void polyline(std::span<const Point>, const Stroke&, bool) override {}
  void fill_rect(Rect, Color, double) override {}
  void stroke_rect(Rect, const Stroke&, double) override {}
  void fill_circle(Point, double, Color) override {}
  void stroke_circle(Point, double, const Stroke&) override {}
  void fill_polygon(std::span<const Point>, Color) override {}
  void image(Rect, const ImageSource& source) override { images.emplace_back(source.id, source.revision); }
  void text(Point, std::string_view, const TextStyle&) override {}
};

TEST(DecisionBoundary, the_winner_only_has_no_shades) {
  const auto snapshot = sample_snapshot("normal");
  const DecisionField& field = snapshot->runs[0].field;
  std::vector<Color> pixels(field.logit.size());
  paint_winners(light(), field, pixels);
  for (std::size_t i = 0; i < pixels.size(); ++i) {
    EXPECT_EQ(pixels[i], light().classes[field.logit[i] >= 0 ? 1 : 0].field_end);
  }
  DecisionField broken = field;
  broken.logit[0] = std::nanf("");
  paint_winners(light(), broken, pixels);
  EXPECT_EQ(pixels[0], light().hairline);
}

TEST(DecisionBoundary, a_field_of_another_part_of_the_plane_is_another_picture) {
  auto snapshot = sample_snapshot("one_lane");
  const auto revision = [&](const DecisionBoundaryOptions& options) {
    ImageWatcher watcher;
    draw_decision_boundary(watcher, light(), {0, 0, 300, 230}, *snapshot, options);
    return watcher.images.at(0).second;
  };
  const std::uint64_t whole = revision({});
  EXPECT_EQ(revision({}), whole);
  EXPECT_NE(revision({.discrete = true}), whole);
  snapshot->runs[0].field.domain = {-1, 1, -0.75, 0.75};
  EXPECT_NE(revision({}), whole) << "the network did not change, the part looked at did";
}

TEST(DecisionBoundary, test_points_are_hollow_and_only_there_when_asked_for) {
  const auto snapshot = sample_snapshot("one_lane");
  const auto marks = [&](bool test_points) {
    RecordingCanvas canvas;
    DecisionBoundaryOptions options;
    options.test_points = test_points;
    draw_decision_boundary(canvas, light(), {0, 0, 300, 230}, *snapshot, options);
    return canvas.count(DrawnKind::kFilledCircle) + canvas.count(DrawnKind::kPolygon);
  };
  // Two shapes a point, 40 test points.
  EXPECT_EQ(marks(true), marks(false) + 80);
}

TEST(DecisionBoundary, the_plane_is_never_distorted) {
  for (const Rect rect : {Rect{0, 0, 300, 230}, Rect{10, 20, 800, 100}, Rect{0, 0, 90, 400}}) {
    const PlaneView view = plane_view(rect, {-2, 2, -1.5, 1.5});
    EXPECT_NEAR(view.domain.width() / rect.width, view.domain.height() / rect.height, 1e-12);
    EXPECT_LE(view.domain.width(), 4 + 1e-12);
    EXPECT_LE(view.domain.height(), 3 + 1e-12);
  }
}

TEST(DecisionBoundary, pixel_and_place_are_each_others_inverse) {
  const PlaneView view = plane_view({10, 20, 300, 230}, {-2, 2, -1.5, 1.5});
  const Point pixel = view.to_pixel(0.4, -0.7);
  const Point place = view.to_plane(pixel);
  EXPECT_NEAR(place.x, 0.4, 1e-12);
  EXPECT_NEAR(place.y, -0.7, 1e-12);
  EXPECT_GT(view.to_pixel(0, 1).x, view.to_pixel(-1, 1).x);
  EXPECT_LT(view.to_pixel(0, 1).y, view.to_pixel(0, 0).y) << "y rises upwards";
}

TEST(DecisionBoundary, no_training_point_is_cut_off_whatever_the_shape) {
  const auto snapshot = sample_snapshot("normal");
  for (const Rect rect : {Rect{0, 0, 300, 230}, Rect{0, 0, 800, 100}, Rect{0, 0, 90, 400}}) {
    const auto view = decision_boundary_view(rect, *snapshot, {});
    ASSERT_TRUE(view);
    const Matrix& x = snapshot->data->train.x;
    for (std::size_t i = 0; i < snapshot->data->train.count(); ++i) {
      EXPECT_TRUE(rect.contains(view->to_pixel(x(0, i), x(1, i))));
    }
  }
}

TEST(DecisionBoundary, the_contour_of_a_disc_is_drawn_at_its_radius) {
  const auto snapshot = sample_snapshot("normal");
  const Rect rect{0, 0, 400, 300};
  RecordingCanvas canvas;
  draw_decision_boundary(canvas, light(), rect, *snapshot);
  const auto view = decision_boundary_view(rect, *snapshot, {});
  ASSERT_TRUE(view);
  int contours = 0;
  for (const DrawnItem& item : canvas.items()) {
    if (item.kind != DrawnKind::kPolyline || item.color != light().ink) continue;
    ++contours;
    EXPECT_TRUE(item.closed);
    for (const Point& pixel : item.points) {
      const Point place = view->to_plane(pixel);
      EXPECT_NEAR(std::hypot(place.x, place.y), 0.9, 0.002);
    }
  }
  EXPECT_EQ(contours, 1);
}

TEST(DecisionBoundary, the_probability_is_the_sigmoid_of_the_logit_there) {
  const auto snapshot = sample_snapshot("normal");
  const DecisionField& field = snapshot->runs[0].field;
  for (const double x : {-1.2, 0.0, 0.31, 0.9}) {
    const auto p = probability_at(field, x, 0.2);
    ASSERT_TRUE(p);
    EXPECT_NEAR(*p, 1 / (1 + std::exp(-8 * (0.81 - x * x - 0.04))), 0.01);
  }
  EXPECT_FALSE(probability_at(field, 2.5, 0));
  EXPECT_FALSE(probability_at(field, std::nan(""), 0));
  EXPECT_FALSE(probability_at(sample_snapshot("five_inputs")->runs[0].field, 0, 0));
  EXPECT_FALSE(probability_at(sample_snapshot("not_finite")->runs[0].field, 0, 0));
}

TEST(DecisionBoundary, every_training_point_is_drawn_by_the_mark_of_its_class) {
  const auto snapshot = sample_snapshot("normal");
  RecordingCanvas canvas;
  draw_decision_boundary(canvas, light(), {0, 0, 400, 300}, *snapshot);
  int circles = 0;
  int triangles = 0;
  for (const DrawnItem& item : canvas.items()) {
    circles += item.kind == DrawnKind::kFilledCircle && item.color == light().classes[0].fill;
    triangles += item.kind == DrawnKind::kPolygon && item.color == light().classes[1].fill;
  }
  EXPECT_EQ(circles, 60);
  EXPECT_EQ(triangles, 60);
  RecordingCanvas with_test;
  draw_decision_boundary(with_test, light(), {0, 0, 400, 300}, *snapshot, {.test_points = true});
  EXPECT_EQ(with_test.count(DrawnKind::kFilledCircle), canvas.count(DrawnKind::kFilledCircle) + 40);
}

TEST(DecisionBoundary, a_network_without_a_plane_says_why_and_what_to_look_at) {
  RecordingCanvas canvas;
  draw_decision_boundary(canvas, light(), {0, 0, 400, 300}, *sample_snapshot("five_inputs"));
  EXPECT_EQ(canvas.count(DrawnKind::kImage), 0u);
  std::string all;
  for (const std::string& text : canvas.texts()) all += text + " ";
  EXPECT_NE(all.find("5 features: no plane to draw"), std::string::npos) << all;
  EXPECT_NE(all.find("histograms"), std::string::npos) << all;
}

TEST(DecisionBoundary, a_diverged_run_shows_what_is_finite_and_where_it_broke) {
  RecordingCanvas canvas;
  draw_decision_boundary(canvas, light(), {0, 0, 400, 300}, *sample_snapshot("diverged"), {.lane = 1});
  EXPECT_EQ(canvas.count(DrawnKind::kImage), 1u);
  EXPECT_NE(canvas.find_text("diverged at step 12: z of layer 2 is not finite"), nullptr);
}

TEST(DecisionBoundary, the_picture_is_painted_anew_only_when_weights_or_theme_change) {
  const auto snapshot = sample_snapshot("normal");
  ImageWatcher watcher;
  const Rect rect{0, 0, 400, 300};
  draw_decision_boundary(watcher, light(), rect, *snapshot);
  draw_decision_boundary(watcher, light(), rect, *snapshot);
  draw_decision_boundary(watcher, theme(ThemeId::kDark), rect, *snapshot);
  snapshot->runs[0].revision += 1;
  draw_decision_boundary(watcher, light(), rect, *snapshot);
  draw_decision_boundary(watcher, light(), rect, *snapshot, {.lane = 1});
  ASSERT_EQ(watcher.images.size(), 5u);
  EXPECT_EQ(watcher.images[0], watcher.images[1]);
  EXPECT_NE(watcher.images[0].second, watcher.images[2].second);
  EXPECT_NE(watcher.images[0].second, watcher.images[3].second);
  EXPECT_NE(watcher.images[2].second, watcher.images[3].second);
  EXPECT_NE(watcher.images[0].first, watcher.images[4].first);
}

}  // namespace
}  // namespace initlab
