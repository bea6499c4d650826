#include "app/canvas/triangulate.h"

namespace initlab {
namespace {

double cross(Point a, Point b, Point c) {
  return (b.x - a.x) * (c.y - a.y) - (b.y - a.y) * (c.x - a.x);
}

bool same(Point a, Point b) {
  return a.x == b.x && a.y == b.y;
}

// Inside or on the edge of a triangle whose corners turn by the sign of `direction`.
bool in_triangle(Point p, Point a, Point b, Point c, double direction) {
  return cross(a, b, p) * direction >= 0 && cross(b, c, p) * direction >= 0 &&
         cross(c, a, p) * direction >= 0;
}

}  // namespace

double twice_signed_area(std::span<const Point> points) {
  double area = 0;
  for (std::size_t i = 1; i + 1 < points.size(); ++i) area += cross(points[0], points[i], points[i + 1]);
  return area;
}

std::size_t Triangulator::find_ear(std::span<const Point> points, double direction) const {
  const std::size_t count = remaining_.size();
  for (std::size_t i = 0; i < count; ++i) {
    const Point a = points[remaining_[(i + count - 1) % count]];
    const Point b = points[remaining_[i]];
    const Point c = points[remaining_[(i + 1) % count]];
    const double turn = cross(a, b, c) * direction;
    if (turn == 0) return i;  // on a straight line, or a spike: no area, nothing can be lost
    if (turn < 0) continue;
    bool empty = true;
    for (std::size_t j = 0; j < count && empty; ++j) {
      const Point p = points[remaining_[j]];
      empty = same(p, a) || same(p, b) || same(p, c) || !in_triangle(p, a, b, c, direction);
    }
    if (empty) return i;
  }
  return count;
}

std::span<const std::uint32_t> Triangulator::triangulate(std::span<const Point> points) {
  triangles_.clear();
  remaining_.clear();
  for (std::size_t i = 0; i < points.size(); ++i) remaining_.push_back(static_cast<std::uint32_t>(i));
  const double direction = twice_signed_area(points) < 0 ? -1 : 1;
  while (remaining_.size() >= 3) {
    const std::size_t count = remaining_.size();
    std::size_t ear = find_ear(points, direction);
    if (ear == count) ear = 0;  // only a polygon that crosses itself has none
    const std::uint32_t a = remaining_[(ear + count - 1) % count];
    const std::uint32_t b = remaining_[ear];
    const std::uint32_t c = remaining_[(ear + 1) % count];
    if (cross(points[a], points[b], points[c]) != 0) triangles_.insert(triangles_.end(), {a, b, c});
    remaining_.erase(remaining_.begin() + static_cast<std::ptrdiff_t>(ear));
  }
  return triangles_;
}

}  // namespace initlab
