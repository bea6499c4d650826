#include "app/canvas/recording_canvas.h"

#include <algorithm>
#include <cassert>

#include "app/canvas/text_metrics.h"

namespace initlab {
namespace {

Rect bounds_of(std::span<const Point> points) {
  if (points.empty()) return {};
  double left = points[0].x, right = left, top = points[0].y, bottom = top;
  for (const Point p : points) {
    left = std::min(left, p.x);
    right = std::max(right, p.x);
    top = std::min(top, p.y);
    bottom = std::max(bottom, p.y);
  }
  return {left, top, right - left, bottom - top};
}

Rect circle_bounds(Point center, double radius) {
  return {center.x - radius, center.y - radius, 2 * radius, 2 * radius};
}

Rect text_bounds(Point anchor, std::string_view utf8, const TextStyle& style) {
  const Point origin = text_origin(anchor, utf8, style);
  const TextExtent extent = measure_text(utf8, style.size, style.weight);
  const Rect level = {origin.x, origin.y - extent.cap_height, extent.width,
                      extent.cap_height + extent.descent};
  if (!style.quarter_turn) return level;
  // Counter-clockwise about the anchor: right becomes up, down becomes right.
  return {anchor.x + (level.y - anchor.y), anchor.y - (level.right() - anchor.x), level.height, level.width};
}

bool is_text(const DrawnItem& item) {
  return item.kind == DrawnKind::kText;
}

}  // namespace

Rect intersection(Rect a, Rect b) {
  const double left = std::max(a.x, b.x);
  const double top = std::max(a.y, b.y);
  return {left, top, std::max(0.0, std::min(a.right(), b.right()) - left),
          std::max(0.0, std::min(a.bottom(), b.bottom()) - top)};
}

const DrawnItem* RecordingCanvas::find_text(std::string_view part) const {
  const auto at = std::find_if(items_.begin(), items_.end(), [&](const DrawnItem& item) {
    return is_text(item) && item.text.find(part) != std::string::npos;
  });
  return at == items_.end() ? nullptr : &*at;
}

std::vector<std::string> RecordingCanvas::texts() const {
  std::vector<std::string> texts;
  for (const DrawnItem& item : items_) {
    if (is_text(item)) texts.push_back(item.text);
  }
  return texts;
}

std::vector<std::pair<std::string, std::string>> RecordingCanvas::overlapping_texts(double slack) const {
  std::vector<std::pair<std::string, std::string>> pairs;
  for (std::size_t i = 0; i < items_.size(); ++i) {
    if (!is_text(items_[i])) continue;
    for (std::size_t j = i + 1; j < items_.size(); ++j) {
      if (!is_text(items_[j])) continue;
      const Rect common = intersection(items_[i].bounds, items_[j].bounds);
      if (common.width > slack && common.height > slack) pairs.emplace_back(items_[i].text, items_[j].text);
    }
  }
  return pairs;
}

std::vector<std::string> RecordingCanvas::texts_outside(Rect rect, double slack) const {
  std::vector<std::string> outside;
  for (const DrawnItem& item : items_) {
    if (!is_text(item)) continue;
    const Rect& b = item.bounds;
    const bool within = b.x >= rect.x - slack && b.y >= rect.y - slack && b.right() <= rect.right() + slack &&
                        b.bottom() <= rect.bottom() + slack;
    if (!within) outside.push_back(item.text);
  }
  return outside;
}

std::size_t RecordingCanvas::count(DrawnKind kind) const {
  return static_cast<std::size_t>(
      std::count_if(items_.begin(), items_.end(), [&](const DrawnItem& item) { return item.kind == kind; }));
}

DrawnItem& RecordingCanvas::add(DrawnKind kind, Rect bounds, Color color) {
  DrawnItem& item = items_.emplace_back();
  item.kind = kind;
  item.bounds = bounds;
  item.color = color;
  item.clipped = !clips_.empty();
  if (item.clipped) item.clip = clips_.back();
  return item;
}

DrawnItem& RecordingCanvas::add(DrawnKind kind, Rect bounds, const Stroke& stroke) {
  DrawnItem& item = add(kind, bounds, stroke.color);
  item.stroke_width = stroke.width;
  item.dash.assign(stroke.dash.begin(), stroke.dash.end());
  return item;
}

void RecordingCanvas::push_clip(Rect clip) {
  clips_.push_back(clips_.empty() ? clip : intersection(clips_.back(), clip));
}

void RecordingCanvas::pop_clip() {
  assert(!clips_.empty());
  clips_.pop_back();
}

void RecordingCanvas::polyline(std::span<const Point> points, const Stroke& stroke, bool closed) {
  if (points.size() < 2) return;
  DrawnItem& item = add(DrawnKind::kPolyline, bounds_of(points), stroke);
  item.points.assign(points.begin(), points.end());
  item.closed = closed;
}

void RecordingCanvas::fill_rect(Rect rect, Color color, double corner_radius) {
  add(DrawnKind::kFilledRect, rect, color).corner_radius = corner_radius;
}

void RecordingCanvas::stroke_rect(Rect rect, const Stroke& stroke, double corner_radius) {
  add(DrawnKind::kStrokedRect, rect, stroke).corner_radius = corner_radius;
}

void RecordingCanvas::fill_circle(Point center, double radius, Color color) {
  add(DrawnKind::kFilledCircle, circle_bounds(center, radius), color);
}

void RecordingCanvas::stroke_circle(Point center, double radius, const Stroke& stroke) {
  add(DrawnKind::kStrokedCircle, circle_bounds(center, radius), stroke);
}

void RecordingCanvas::fill_polygon(std::span<const Point> points, Color color) {
  DrawnItem& item = add(DrawnKind::kPolygon, bounds_of(points), color);
  item.points.assign(points.begin(), points.end());
}

void RecordingCanvas::image(Rect where, const ImageSource& source) {
  std::vector<Color> pixels(static_cast<std::size_t>(source.width) * static_cast<std::size_t>(source.height));
  source.paint(pixels);
  add(DrawnKind::kImage, where, Color{}).image_id = source.id;
}

void RecordingCanvas::text(Point anchor, std::string_view utf8, const TextStyle& style) {
  DrawnItem& item = add(DrawnKind::kText, text_bounds(anchor, utf8, style), style.color);
  item.text = utf8;
  item.style = style;
}

}  // namespace initlab
