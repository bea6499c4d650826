// A simple polygon cut into triangles by clipping ears (Meisters 1975), for back ends that fill triangles
// only. Polygons here have tens of corners: the quadratic search is the right size.
#pragma once

#include <cstdint>
#include <span>
#include <vector>

#include "app/canvas/geometry.h"

namespace initlab {

// Keeps its memory between polygons, so that a frame allocates nothing after its first.
class Triangulator {
 public:
  // Triples of indices into `points`, valid until the next call. The polygon is simple, convex or concave, in
  // either direction; corners on a straight line and repeated points are tolerated. Triangles without area
  // are left out. One that crosses itself, or has points that are not finite, gives some triangles and no
  // harm.
  std::span<const std::uint32_t> triangulate(std::span<const Point> points);

 private:
  // Index into remaining_ of an ear, or remaining_.size() when none is found.
  std::size_t find_ear(std::span<const Point> points, double direction) const;

  std::vector<std::uint32_t> remaining_;
  std::vector<std::uint32_t> triangles_;
};

// Twice the signed area: positive when x turns towards y, which on a screen is clockwise.
double twice_signed_area(std::span<const Point> points);

}  // namespace initlab
