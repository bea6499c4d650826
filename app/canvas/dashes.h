// Polylines made ready for a back end: cut into dashes, and cut to what a back end's numbers can hold. The
// phase of a pattern runs on round the corners. Memory is kept between calls.
#pragma once

#include <span>
#include <vector>

#include "app/canvas/geometry.h"

namespace initlab {

// Several polylines in one block of memory.
class Polylines {
 public:
  std::size_t size() const { return ends_.size(); }
  std::span<const Point> operator[](std::size_t i) const {
    const std::size_t begin = i == 0 ? 0 : ends_[i - 1];
    return std::span(points_).subspan(begin, ends_[i] - begin);
  }

  void clear();
  void add_point(Point point) { points_.push_back(point); }
  // Ends the polyline that is being added; one of fewer than two points is dropped.
  void end_piece();

 private:
  std::vector<Point> points_;
  std::vector<std::size_t> ends_;
};

// The drawn parts of a polyline under `pattern` (lengths on, off, on, ...; an odd count repeats with on and
// off exchanged, as in SVG). A pattern shorter than 0.01, or with a negative length, is a solid line.
// `points` are finite.
void split_dashes(std::span<const Point> points, bool closed, std::span<const double> pattern,
                  Polylines& dashes);

// Coordinates beyond this (logical pixels) are cut off: Cairo holds 24 bits before the point, and a line to
// 1e300 would come out anywhere.
inline constexpr double kDrawableLimit = 1e5;

bool is_drawable(Point point);
// Whether every point is finite and within the limit, the case in which nothing needs to be cut.
bool all_drawable(std::span<const Point> points);

// The parts of a polyline within the limit, broken where a point is not finite. A closed line becomes open
// parts.
void cut_to_drawable(std::span<const Point> points, bool closed, Polylines& parts);

}  // namespace initlab
