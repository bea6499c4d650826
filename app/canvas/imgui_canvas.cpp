#include "app/canvas/imgui_canvas.h"

#include <algorithm>
#include <cassert>
#include <cmath>
#include <numbers>

#include "app/canvas/imgui_record.h"
#include "app/canvas/imgui_stroke.h"
#include "app/canvas/text_metrics.h"
#include "app/platform/fonts.h"

namespace initlab {
namespace {

ImU32 packed(Color c) {
  return IM_COL32(c.r, c.g, c.b, c.a);
}

ImVec2 vec(double x, double y) {
  return {static_cast<float>(x), static_cast<float>(y)};
}

bool is_finite(Rect r) {
  return std::isfinite(r.x) && std::isfinite(r.y) && std::isfinite(r.width) && std::isfinite(r.height);
}

// Corners of a polygon that differs from the circle by at most a tenth of a device pixel.
int circle_corners(double radius_px) {
  const double step = std::acos(1 - std::min(0.5, 0.1 / std::max(radius_px, 0.2)));
  return std::clamp(static_cast<int>(std::ceil(std::numbers::pi / step)), 12, 512);
}

void append_arc(std::vector<Point>& points, Point center, double radius, double from, double to, int steps) {
  for (int i = 0; i <= steps; ++i) {
    const double a = from + (to - from) * i / steps;
    points.push_back({center.x + radius * std::cos(a), center.y + radius * std::sin(a)});
  }
}

// Outline of a rounded rectangle, clockwise on the screen. `radius` > 0.
void rounded_outline(Rect rect, double radius, double scale, std::vector<Point>& points) {
  constexpr double kQuarter = std::numbers::pi / 2;
  const int steps = circle_corners(radius * scale) / 4 + 1;
  const double left = rect.x + radius;
  const double right = rect.right() - radius;
  const double top = rect.y + radius;
  const double bottom = rect.bottom() - radius;
  append_arc(points, {right, bottom}, radius, 0, kQuarter, steps);
  append_arc(points, {left, bottom}, radius, kQuarter, 2 * kQuarter, steps);
  append_arc(points, {left, top}, radius, 2 * kQuarter, 3 * kQuarter, steps);
  append_arc(points, {right, top}, radius, 3 * kQuarter, 4 * kQuarter, steps);
}

// From a corner of a polygon that runs clockwise on the screen, the way outwards by which both its edges move
// by 1; at most 2 long, or a sharp corner would grow a spike.
Point corner_offset(Point before, Point at, Point after) {
  const auto normal = [](Point a, Point b) -> Point {
    const double length = std::sqrt((b.x - a.x) * (b.x - a.x) + (b.y - a.y) * (b.y - a.y));
    if (length == 0) return {0, 0};
    return {(b.y - a.y) / length, -(b.x - a.x) / length};
  };
  const Point n = normal(before, at);
  const Point m = normal(at, after);
  const Point sum = {n.x + m.x, n.y + m.y};
  const double squared = sum.x * sum.x + sum.y * sum.y;
  if (squared == 0) return {0, 0};
  const double stretch = std::min(2 / squared, 2 / std::sqrt(squared));
  return {sum.x * stretch, sum.y * stretch};
}

double fitting_radius(Rect rect, double radius) {
  return std::min(radius, std::min(rect.width, rect.height) / 2);
}

// Where the letters of a text stand whose baseline begins at `origin`.
Rect written_rect(Point origin, std::string_view utf8, const TextStyle& style) {
  const TextExtent extent = measure_text(utf8, style.size, style.weight);
  const double height = extent.cap_height + extent.descent;
  if (style.quarter_turn)
    return {origin.x - extent.cap_height, origin.y - extent.width, height, extent.width};
  return {origin.x, origin.y - extent.cap_height, extent.width, height};
}

}  // namespace

ImguiCanvas::ImguiCanvas(ImDrawList& list, FrameTools& tools)
    : list_(list), tools_(tools), scale_(tools.scale), fringe_before_(list._FringeScale) {
  assert(scale_ > 0);
  list_._FringeScale = static_cast<float>(1 / scale_);
}

ImguiCanvas::~ImguiCanvas() {
  assert(clip_depth_ == 0);
  list_._FringeScale = fringe_before_;
}

double ImguiCanvas::snap(double logical) const {
  return std::round(logical * scale_) / scale_;
}

Rect ImguiCanvas::snap(Rect rect) const {
  const double x = snap(rect.x);
  const double y = snap(rect.y);
  return {x, y, snap(rect.right()) - x, snap(rect.bottom()) - y};
}

// A whole number of device pixels wide, unless it is thinner than one.
Stroke ImguiCanvas::snap(const Stroke& stroke) const {
  Stroke snapped = stroke;
  if (stroke.width * scale_ >= 1) snapped.width = snap(stroke.width);
  return snapped;
}

// Where a level or upright line has its edges on whole device pixels.
double ImguiCanvas::stroke_center(double logical, double width) const {
  const double half = std::max(1.0, width * scale_) / 2;
  return (std::round(logical * scale_ - half) + half) / scale_;
}

void ImguiCanvas::push_clip(Rect clip) {
  // ImGui's back end cuts the edges down to whole device pixels: a hundredth of a pixel keeps rounding errors
  // from costing a row. Its y runs upwards, hence the other sign.
  const double slack = 0.01 / scale_;
  const Rect r = snap(clip);
  list_.PushClipRect(vec(r.x + slack, r.y - 2 * slack), vec(r.right() + 2 * slack, r.bottom() - slack), true);
  ++clip_depth_;
}

void ImguiCanvas::pop_clip() {
  assert(clip_depth_ > 0);
  list_.PopClipRect();
  --clip_depth_;
}

void ImguiCanvas::polyline(std::span<const Point> points, const Stroke& stroke, bool closed) {
  if (points.size() < 2 || !(stroke.width > 0) || stroke.color.a == 0) return;
  if (!all_drawable(points)) {
    cut_to_drawable(points, closed, parts_);
    for (std::size_t i = 0; i < parts_.size(); ++i) dashed(parts_[i], stroke, false);
    return;
  }
  if (points.size() == 2 && (points[0].x == points[1].x || points[0].y == points[1].y)) {
    straight(points[0], points[1], stroke);
    return;
  }
  dashed(points, stroke, closed);
}

// A level or upright line, with both edges on whole device pixels.
void ImguiCanvas::straight(Point from, Point to, const Stroke& stroke) {
  const Stroke snapped = snap(stroke);
  if (from.x == to.x) {
    from.x = to.x = stroke_center(from.x, snapped.width);
  } else {
    from.y = to.y = stroke_center(from.y, snapped.width);
  }
  const Point line[] = {from, to};
  dashed(line, snapped, false);
}

void ImguiCanvas::dashed(std::span<const Point> points, const Stroke& stroke, bool closed) {
  if (stroke.dash.empty()) {
    solid(points, stroke, closed);
    return;
  }
  split_dashes(points, closed, stroke.dash, dashes_);
  for (std::size_t i = 0; i < dashes_.size(); ++i) solid(dashes_[i], stroke, false);
}

void ImguiCanvas::solid(std::span<const Point> points, const Stroke& stroke, bool closed) {
  // Neighbours closer than a fiftieth of a device pixel have no direction worth following.
  const double near = 0.02 / scale_;
  const auto apart = [near](ImVec2 a, ImVec2 b) {
    return std::abs(a.x - b.x) > near || std::abs(a.y - b.y) > near;
  };
  outline_.clear();
  for (const Point p : points) {
    const ImVec2 at = vec(p.x, p.y);
    if (outline_.empty() || apart(at, outline_.back())) outline_.push_back(at);
  }
  while (closed && outline_.size() > 1 && !apart(outline_.front(), outline_.back())) outline_.pop_back();
  if (outline_.size() == 1) {  // a dot, as round ends leave it
    fill_circle(points[0], stroke.width / 2, stroke.color);
    return;
  }
  add_stroke(list_, outline_, packed(stroke.color), static_cast<float>(stroke.width),
             static_cast<float>(1 / scale_), closed);
}

void ImguiCanvas::fill_rect(Rect rect, Color color, double corner_radius) {
  if (!is_finite(rect) || rect.width <= 0 || rect.height <= 0) return;
  if (FrameRecord* const record = frame_record(); record != nullptr && color.a == 255) {
    record->cover(list_, rect);
  }
  Rect r = snap(rect);
  // Thinner than a device pixel: one pixel, and fainter.
  double cover = 1;
  if (r.width <= 0) {
    cover *= rect.width * scale_;
    r.x = std::floor(rect.center().x * scale_) / scale_;
    r.width = 1 / scale_;
  }
  if (r.height <= 0) {
    cover *= rect.height * scale_;
    r.y = std::floor(rect.center().y * scale_) / scale_;
    r.height = 1 / scale_;
  }
  const Color filled = cover < 1 ? color.with_alpha(color.a / 255.0 * cover) : color;
  const double radius = fitting_radius(r, corner_radius);
  if (radius <= 0) {
    list_.AddRectFilled(vec(r.x, r.y), vec(r.right(), r.bottom()), packed(filled));
    return;
  }
  points_.clear();
  rounded_outline(r, radius, scale_, points_);
  convex(points_, filled);
}

void ImguiCanvas::stroke_rect(Rect rect, const Stroke& stroke, double corner_radius) {
  if (!is_finite(rect) || rect.width < 0 || rect.height < 0) return;
  // The edges of the line, not its middle, are what must stand on whole pixels.
  const Stroke snapped = snap(stroke);
  const double x = stroke_center(rect.x, snapped.width);
  const double y = stroke_center(rect.y, snapped.width);
  const Rect r = {x, y, stroke_center(rect.right(), snapped.width) - x,
                  stroke_center(rect.bottom(), snapped.width) - y};
  const double radius = fitting_radius(r, corner_radius);
  points_.clear();
  if (radius > 0) {
    rounded_outline(r, radius, scale_, points_);
  } else {
    points_.assign({{r.x, r.y}, {r.right(), r.y}, {r.right(), r.bottom()}, {r.x, r.bottom()}});
  }
  polyline(points_, snapped, true);
}

void ImguiCanvas::fill_circle(Point center, double radius, Color color) {
  if (!is_drawable(center) || !(radius > 0) || radius > kDrawableLimit) return;
  const std::vector<ImVec2>& disc = outline_of_disc(radius);
  outline_.clear();
  for (const ImVec2 p : disc)
    outline_.push_back({p.x + static_cast<float>(center.x), p.y + static_cast<float>(center.y)});
  list_.AddConvexPolyFilled(outline_.data(), static_cast<int>(outline_.size()), packed(color));
}

// About the origin. Hundreds of points have one radius, and their rims another: the last two are kept.
const std::vector<ImVec2>& ImguiCanvas::outline_of_disc(double radius) {
  if (discs_[0].radius == radius) return discs_[0].outline;
  std::swap(discs_[0], discs_[1]);
  Disc& disc = discs_[0];
  if (disc.radius == radius) return disc.outline;
  disc.radius = radius;
  disc.outline.clear();
  points_.clear();
  const int corners = circle_corners(radius * scale_);
  append_arc(points_, {0, 0}, radius, 0, 2 * std::numbers::pi * (corners - 1) / corners, corners - 1);
  for (const Point p : points_) disc.outline.push_back(vec(p.x, p.y));
  return disc.outline;
}

void ImguiCanvas::stroke_circle(Point center, double radius, const Stroke& stroke) {
  if (!is_drawable(center) || !(radius > 0) || radius > kDrawableLimit) return;
  const int corners = circle_corners(radius * scale_);
  points_.clear();
  append_arc(points_, center, radius, 0, 2 * std::numbers::pi * (corners - 1) / corners, corners - 1);
  polyline(points_, stroke, true);
}

void ImguiCanvas::convex(std::span<const Point> points, Color color) {
  outline_.clear();
  for (const Point p : points) outline_.push_back(vec(p.x, p.y));
  list_.AddConvexPolyFilled(outline_.data(), static_cast<int>(outline_.size()), packed(color));
}

void ImguiCanvas::fill_polygon(std::span<const Point> points, Color color) {
  if (points.size() < 3 || color.a == 0 || !all_drawable(points)) return;
  const double area = twice_signed_area(points);
  if (area == 0) return;
  const std::span<const std::uint32_t> triangles = triangulator_.triangulate(points);
  // The triangles reach half a device pixel less far than the polygon; a band as wide as a pixel fades it
  // out.
  const double outward = (area > 0 ? 1 : -1) * 0.5 / scale_;
  const std::size_t count = points.size();
  assert(count < 32000);  // indices of a draw list have 16 bits
  const ImVec2 uv = ImGui::GetFontTexUvWhitePixel();
  const ImU32 solid_color = packed(color);
  const ImU32 clear_color = packed({color.r, color.g, color.b, 0});
  list_.PrimReserve(static_cast<int>(triangles.size() + 6 * count), static_cast<int>(2 * count));
  const unsigned first = list_._VtxCurrentIdx;
  for (std::size_t i = 0; i < count; ++i) {
    const Point step = corner_offset(points[(i + count - 1) % count], points[i], points[(i + 1) % count]);
    const Point p = points[i];
    list_.PrimWriteVtx(vec(p.x - step.x * outward, p.y - step.y * outward), uv, solid_color);
    list_.PrimWriteVtx(vec(p.x + step.x * outward, p.y + step.y * outward), uv, clear_color);
  }
  const auto index = [&](std::size_t i) { list_.PrimWriteIdx(static_cast<ImDrawIdx>(first + i)); };
  for (const std::uint32_t corner : triangles) index(2 * static_cast<std::size_t>(corner));
  for (std::size_t i = 0; i < count; ++i) {
    const std::size_t next = (i + 1) % count;
    for (const std::size_t at : {2 * i, 2 * i + 1, 2 * next + 1, 2 * i, 2 * next + 1, 2 * next}) index(at);
  }
}

void ImguiCanvas::image(Rect where, const ImageSource& source) {
  if (!is_finite(where) || where.width <= 0 || where.height <= 0 || source.width <= 0 || source.height <= 0) {
    return;
  }
  const Rect r = snap(where);
  list_.AddImage(tools_.textures.texture(source), vec(r.x, r.y), vec(r.right(), r.bottom()));
}

void ImguiCanvas::text(Point anchor, std::string_view utf8, const TextStyle& style) {
  if (utf8.empty() || !(style.size > 0) || style.color.a == 0 || !is_drawable(anchor)) return;
  const Point straight_origin = text_origin(anchor, utf8, style);
  Point origin = straight_origin;
  if (style.quarter_turn) {
    const double dx = straight_origin.x - anchor.x;
    const double dy = straight_origin.y - anchor.y;
    origin = {anchor.x + dy, anchor.y - dx};
  }
  // From here on in device pixels, where every glyph's bitmap lies exactly on the grid.
  const double pen_x = std::round(origin.x * scale_);
  const double pen_y = std::round(origin.y * scale_);
  const auto device = [this](double x, double y) { return vec(x / scale_, y / scale_); };
  const ImU32 color = packed(style.color);
  if (FrameRecord* const record = frame_record()) {
    record->text(list_, utf8, written_rect(origin, utf8, style));
  }
  place_glyphs(utf8, style.size, style.weight, glyphs_);
  for (const PlacedGlyph& placed : glyphs_) {
    const double quarters = std::round(placed.x * scale_ * 4);
    const double whole = std::floor(quarters / 4);
    const StoredGlyph& g = tools_.fonts.glyph(placed.face, placed.glyph_index, style.size * scale_,
                                              static_cast<int>(quarters - 4 * whole));
    if (g.width <= 0) continue;
    const double left = whole + g.left;
    const double right = left + g.width;
    const double top = g.top;
    const double bottom = top + g.height;
    list_.PrimReserve(6, 4);
    if (style.quarter_turn) {  // (x, y) goes to (y, -x)
      list_.PrimQuadUV(device(pen_x + top, pen_y - left), device(pen_x + top, pen_y - right),
                       device(pen_x + bottom, pen_y - right), device(pen_x + bottom, pen_y - left), g.uv_min,
                       {g.uv_max.x, g.uv_min.y}, g.uv_max, {g.uv_min.x, g.uv_max.y}, color);
    } else {
      list_.PrimRectUV(device(pen_x + left, pen_y + top), device(pen_x + right, pen_y + bottom), g.uv_min,
                       g.uv_max, color);
    }
  }
}

}  // namespace initlab
