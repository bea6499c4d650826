#include "app/figures/marks.h"

#include <array>
#include <cmath>
#include <numbers>
#include <span>

namespace initlab {
namespace {

constexpr double kRim = 1;
constexpr std::size_t kMostCorners = 10;

// The shape of a class: corners at even angles, at one distance or at two in turn.
struct Shape {
  int corners = 0;         // 0: a circle
  double first_angle = 0;  // of a turn, from straight up, clockwise
  double far = 1;          // distance of the corners from the centre, in radii
  double near = 0;         // of every second corner, where there are two distances; 0: one
};

// Areas are about that of a circle of one radius. A plus and a cross are stars of four.
constexpr std::array<Shape, 10> kShapes = {{
    {},                      // circle
    {3, 0, 1.45},            // triangle
    {4, 0.125, 1.3},         // square
    {4, 0, 1.35},            // diamond
    {3, 0.5, 1.45},          // triangle on its tip
    {8, 0, 1.65, 0.65},      // star of four, upright
    {8, 0.125, 1.65, 0.65},  // star of four, leaning
    {5, 0, 1.2},             // pentagon
    {10, 0, 1.6, 0.75},      // star of five
    {6, 1.0 / 12, 1.15},     // hexagon
}};

void fill_shape(Canvas& canvas, const Shape& shape, Point center, double radius, double grow, Color color) {
  std::array<Point, kMostCorners> corners;
  for (int i = 0; i < shape.corners; ++i) {
    const double distance = (shape.near > 0 && i % 2 == 1 ? shape.near : shape.far) * radius + grow;
    const double angle = 2 * std::numbers::pi * (shape.first_angle + static_cast<double>(i) / shape.corners);
    corners[static_cast<std::size_t>(i)] = {center.x + distance * std::sin(angle),
                                            center.y - distance * std::cos(angle)};
  }
  canvas.fill_polygon(std::span(corners).first(static_cast<std::size_t>(shape.corners)), color);
}

}  // namespace

void draw_data_point(Canvas& canvas, const Theme& theme, Point center, std::size_t point_class, double radius,
                     bool hollow) {
  const Color fill = class_color(theme, point_class);
  const Color outer = hollow ? fill : theme.card;
  const Color inner = hollow ? theme.card : fill;
  const Shape& shape = kShapes[point_class % kShapes.size()];
  if (shape.corners == 0) {
    canvas.fill_circle(center, radius + kRim * (hollow ? 0.5 : 1), outer);
    canvas.fill_circle(center, radius - kRim * (hollow ? 0.75 : 0), inner);
    return;
  }
  // A rim of one pixel beside the edges is about two pixels at the corners of a triangle, less at blunter
  // ones.
  const double at_corner = kRim * (shape.corners == 3 ? 2 : 1.4);
  fill_shape(canvas, shape, center, radius, at_corner * (hollow ? 0.5 : 1), outer);
  fill_shape(canvas, shape, center, radius, -at_corner * (hollow ? 0.75 : 0), inner);
}

void draw_swatch(Canvas& canvas, const Theme& theme, Point center, std::size_t lane, double size) {
  canvas.fill_rect({center.x - size / 2, center.y - size / 2, size, size}, lane_color(theme, lane), size / 4);
}

void draw_cross(Canvas& canvas, Point center, double radius, const Stroke& stroke) {
  canvas.line({center.x - radius, center.y - radius}, {center.x + radius, center.y + radius}, stroke);
  canvas.line({center.x - radius, center.y + radius}, {center.x + radius, center.y - radius}, stroke);
}

}  // namespace initlab
