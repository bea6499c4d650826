#include "tests/app/canvas/sample_figure.h"

#include <array>
#include <cmath>
#include <numbers>
#include <vector>

#include "app/theme.h"

namespace initlab {
namespace {

void draw_curves(Canvas& canvas, const Theme& t) {
  for (std::size_t lane = 0; lane < t.lanes.size(); ++lane) {
    std::vector<Point> points;
    for (int i = 0; i <= 90; ++i) {
      points.push_back({20.0 + 2 * i, 30.0 + 14 * static_cast<double>(lane) + 6 * std::sin(0.12 * i)});
    }
    canvas.polyline(points, {t.lanes[lane], 1.75, lane_dash(lane)});
  }
}

void draw_star(Canvas& canvas, const Theme& t) {
  std::array<Point, 10> star;
  for (std::size_t i = 0; i < star.size(); ++i) {
    const double angle = static_cast<double>(i) * std::numbers::pi / 5;
    const double radius = i % 2 == 0 ? 38 : 15;
    star[i] = {260 + radius * std::sin(angle), 70 - radius * std::cos(angle)};
  }
  canvas.fill_polygon(star, t.accent);
}

void draw_anchored_texts(Canvas& canvas, const Theme& t) {
  const HorizontalAlign horizontal[] = {HorizontalAlign::kLeft, HorizontalAlign::kCenter,
                                        HorizontalAlign::kRight};
  const VerticalAlign vertical[] = {VerticalAlign::kBaseline, VerticalAlign::kMiddle, VerticalAlign::kTop};
  for (int row = 0; row < 3; ++row) {
    for (int column = 0; column < 3; ++column) {
      const Point anchor = {340.0 + 50 * column, 30.0 + 30 * row};
      canvas.fill_circle(anchor, 1.5, t.warning);
      canvas.text(
          anchor, "n = 5",
          {.size = 13.5, .color = t.ink, .horizontal = horizontal[column], .vertical = vertical[row]});
    }
  }
  canvas.text(
      {20, 220}, "std of z",
      {.size = 12, .color = t.secondary, .horizontal = HorizontalAlign::kCenter, .quarter_turn = true});
}

void draw_images(Canvas& canvas, const Theme& t) {
  ImageSource source;
  source.id = 1;
  source.width = 12;
  source.height = 8;
  source.paint = [&t](std::span<Color> pixels) {
    for (std::size_t i = 0; i < pixels.size(); ++i) {
      pixels[i] = field_color(t, static_cast<double>(i % 12) / 22 + static_cast<double>(i / 12) / 14);
    }
  };
  canvas.image({40, 160, 120, 100}, source);
  source.smooth = false;
  canvas.push_clip({180, 160, 100, 100});
  canvas.push_clip({200, 150, 100, 90});
  canvas.image({170, 140, 140, 130}, source);
  canvas.pop_clip();
  canvas.stroke_circle({190, 250}, 18, {t.ink, 3});
  canvas.pop_clip();
}

}  // namespace

void draw_sample(Canvas& canvas, SampleParts parts) {
  const Theme& t = theme(ThemeId::kLight);
  canvas.fill_rect({10, 10, 460, 300}, t.card, 6);
  canvas.stroke_rect({10, 10, 460, 300}, {t.hairline, 1}, 6);
  draw_curves(canvas, t);
  draw_images(canvas, t);
  if (parts.star) draw_star(canvas, t);
  if (parts.anchors) draw_anchored_texts(canvas, t);
  canvas.stroke_rect({310, 160, 60, 40}, {t.ink, 2, lane_dash(1)});
  canvas.fill_circle({400, 180}, 14, t.classes[0].fill.with_alpha(0.5));
  canvas.fill_circle({412, 180}, 14, t.classes[1].fill.with_alpha(0.5));
  canvas.text({310, 240}, "cost 0.6931", {.size = 18, .color = t.ink, .weight = FontWeight::kMedium});
  canvas.text({310, 265}, "\u2207W \u2208 \u211D, \u03C3 = 0.01 \u2192 0", {.size = 15, .color = t.good});
  canvas.line({310, 280}, {450, 290}, {t.accent, 6});
}

}  // namespace initlab
