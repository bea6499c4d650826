#include "app/canvas/dashes.h"

#include <algorithm>
#include <cmath>

namespace initlab {
namespace {

Point between(Point a, Point b, double share) {
  return {a.x + (b.x - a.x) * share, a.y + (b.y - a.y) * share};
}

// The share of a..b within [-limit, limit] on one axis narrows [enter, leave] (Liang and Barsky 1984).
void narrow(double from, double to, double& enter, double& leave) {
  const double delta = to - from;
  if (delta == 0) {
    if (std::abs(from) > kDrawableLimit) leave = -1;
    return;
  }
  const double low = (-kDrawableLimit - from) / delta;
  const double high = (kDrawableLimit - from) / delta;
  enter = std::max(enter, std::min(low, high));
  leave = std::min(leave, std::max(low, high));
}

// A pattern finer than any screen is a solid line, and would otherwise be millions of dashes.
constexpr double kShortestCycle = 0.01;

bool is_finite(Point p) {
  return std::isfinite(p.x) && std::isfinite(p.y);
}

}  // namespace

void Polylines::clear() {
  points_.clear();
  ends_.clear();
}

void Polylines::end_piece() {
  const std::size_t begin = ends_.empty() ? 0 : ends_.back();
  if (points_.size() < begin + 2) {
    points_.resize(begin);
  } else {
    ends_.push_back(points_.size());
  }
}

void split_dashes(std::span<const Point> points, bool closed, std::span<const double> pattern,
                  Polylines& dashes) {
  dashes.clear();
  if (points.size() < 2) return;
  const std::size_t segment_count = points.size() - (closed ? 0 : 1);
  double cycle = 0;
  bool valid = true;
  for (const double length : pattern) {
    cycle += length;
    valid = valid && length >= 0;
  }
  if (!valid || !(cycle >= kShortestCycle) || !std::isfinite(cycle)) {
    for (std::size_t i = 0; i <= segment_count; ++i) dashes.add_point(points[i % points.size()]);
    dashes.end_piece();
    return;
  }

  std::size_t entry = 0;  // counts on beyond the pattern's length: even is on, odd is off
  double left = pattern[0];
  bool open = false;  // whether a dash has its first point
  for (std::size_t i = 0; i < segment_count; ++i) {
    const Point from = points[i];
    const Point to = points[(i + 1) % points.size()];
    const double length = std::hypot(to.x - from.x, to.y - from.y);
    double done = 0;
    while (length - done > left) {
      if (entry % 2 == 0 && !open) dashes.add_point(between(from, to, done / length));
      done += left;
      if (entry % 2 == 0) {
        dashes.add_point(between(from, to, done / length));
        dashes.end_piece();
      }
      open = false;
      left = pattern[++entry % pattern.size()];
    }
    left -= length - done;
    if (entry % 2 == 0 && length > 0) {
      if (!open) dashes.add_point(between(from, to, done / length));
      dashes.add_point(to);
      open = true;
    }
  }
  dashes.end_piece();
}

bool is_drawable(Point point) {
  // Written so that NaN is not drawable.
  return std::abs(point.x) <= kDrawableLimit && std::abs(point.y) <= kDrawableLimit;
}

bool all_drawable(std::span<const Point> points) {
  return std::all_of(points.begin(), points.end(), is_drawable);
}

void cut_to_drawable(std::span<const Point> points, bool closed, Polylines& parts) {
  parts.clear();
  if (points.size() < 2) return;
  const std::size_t segment_count = points.size() - (closed ? 0 : 1);
  bool open = false;  // whether the last point added is where the next segment begins
  for (std::size_t i = 0; i < segment_count; ++i) {
    const Point from = points[i];
    const Point to = points[(i + 1) % points.size()];
    double enter = 0;
    double leave = 1;
    const bool finite = is_finite(from) && is_finite(to);
    if (finite) {
      narrow(from.x, to.x, enter, leave);
      narrow(from.y, to.y, enter, leave);
    }
    if (!finite || enter > leave) {
      parts.end_piece();
      open = false;
      continue;
    }
    if (!open) parts.add_point(enter == 0 ? from : between(from, to, enter));
    parts.add_point(leave == 1 ? to : between(from, to, leave));
    open = leave == 1;
    if (!open) parts.end_piece();
  }
  parts.end_piece();
}

}  // namespace initlab
