#include "app/figures/marks.h"

#include <array>

namespace initlab {
namespace {

constexpr double kRim = 1;

// Equilateral, its centroid at `center`, upright.
std::array<Point, 3> triangle(Point center, double corner_distance) {
  const double half_side = corner_distance * 0.8660254037844386;
  return {Point{center.x, center.y - corner_distance},
          {center.x + half_side, center.y + corner_distance / 2},
          {center.x - half_side, center.y + corner_distance / 2}};
}

}  // namespace

void draw_data_point(Canvas& canvas, const Theme& theme, Point center, std::size_t point_class, double radius,
                     bool hollow) {
  const Color fill = theme.classes[point_class % theme.classes.size()].fill;
  const Color outer = hollow ? fill : theme.card;
  const Color inner = hollow ? theme.card : fill;
  if (point_class == 0) {
    canvas.fill_circle(center, radius + kRim * (hollow ? 0.5 : 1), outer);
    canvas.fill_circle(center, radius - kRim * (hollow ? 0.75 : 0), inner);
    return;
  }
  // Area of the circle: the corner distance of an equilateral triangle is 1.555 radii. A rim of one pixel
  // beside the edges is two pixels at the corners.
  const double corner = 1.45 * radius;
  canvas.fill_polygon(triangle(center, corner + 2 * kRim * (hollow ? 0.5 : 1)), outer);
  canvas.fill_polygon(triangle(center, corner - 2 * kRim * (hollow ? 0.75 : 0)), inner);
}

void draw_swatch(Canvas& canvas, const Theme& theme, Point center, std::size_t lane, double size) {
  canvas.fill_rect({center.x - size / 2, center.y - size / 2, size, size}, lane_color(theme, lane), size / 4);
}

void draw_cross(Canvas& canvas, Point center, double radius, const Stroke& stroke) {
  canvas.line({center.x - radius, center.y - radius}, {center.x + radius, center.y + radius}, stroke);
  canvas.line({center.x - radius, center.y + radius}, {center.x + radius, center.y - radius}, stroke);
}

}  // namespace initlab
