// The one drawing interface. A figure knows a Canvas and nothing else; back ends are the window
// (imgui_canvas), PNG and PDF (cairo_canvas), SVG (svg_canvas) and a list of what was drawn
// (recording_canvas, for tests).
//
// What is drawn later covers what was drawn earlier. A canvas belongs to the thread that draws. Text is
// measured by text_metrics.h from the same font files for every back end, so the layout is the same
// everywhere.
#pragma once

#include <cstdint>
#include <functional>
#include <span>
#include <string_view>

#include "app/canvas/geometry.h"

namespace initlab {

enum class FontWeight { kRegular, kMedium, kItalic };
enum class HorizontalAlign { kLeft, kCenter, kRight };
enum class VerticalAlign {
  kBaseline,
  kMiddle,  // half the height of a capital letter above the baseline stands at the anchor
  kTop      // the top of a capital letter stands at the anchor
};

struct TextStyle {
  double size = 15;  // logical pixels, the em
  Color color = {};
  FontWeight weight = FontWeight::kRegular;
  HorizontalAlign horizontal = HorizontalAlign::kLeft;
  VerticalAlign vertical = VerticalAlign::kBaseline;
  bool quarter_turn = false;  // turned counter-clockwise about the anchor, to be read from below upwards
};

struct TextExtent {
  double width = 0;       // sum of the advances, without kerning
  double ascent = 0;      // font's ascender, above the baseline
  double descent = 0;     // font's descender, below the baseline, positive
  double cap_height = 0;  // of a capital letter
};

struct Stroke {
  Color color = {};
  double width = 1;
  std::span<const double> dash = {};  // lengths on, off, on, off, ...; empty: solid
};

// A picture made of colours, painted only when a back end needs its pixels anew.
struct ImageSource {
  std::uint64_t id = 0;        // which picture: a texture is kept for each id, so keep ids few and steady
  std::uint64_t revision = 0;  // changes whenever the pixels would
  int width = 0;
  int height = 0;
  // Fills width * height colours, row by row from the top.
  std::function<void(std::span<Color>)> paint = {};
  bool smooth = true;  // interpolate between pixels where enlarged
};

class Canvas {
 public:
  Canvas() = default;
  Canvas(const Canvas&) = delete;  // owns a surface or a place in a frame
  Canvas& operator=(const Canvas&) = delete;
  virtual ~Canvas() = default;

  // Drawing outside the innermost clip is cut off; clips nest by intersection.
  virtual void push_clip(Rect clip) = 0;
  virtual void pop_clip() = 0;

  // Fewer than two points draw nothing. Joins are round, and so are the ends of a solid line; dashes end
  // flat, so that a pattern is as long as it says. A point that is not finite breaks the line.
  virtual void polyline(std::span<const Point> points, const Stroke& stroke, bool closed = false) = 0;
  virtual void fill_rect(Rect rect, Color color, double corner_radius = 0) = 0;
  virtual void stroke_rect(Rect rect, const Stroke& stroke, double corner_radius = 0) = 0;
  virtual void fill_circle(Point center, double radius, Color color) = 0;
  virtual void stroke_circle(Point center, double radius, const Stroke& stroke) = 0;
  // A simple polygon, convex or concave, in either direction.
  virtual void fill_polygon(std::span<const Point> points, Color color) = 0;
  virtual void image(Rect where, const ImageSource& source) = 0;
  virtual void text(Point anchor, std::string_view utf8, const TextStyle& style) = 0;

  void line(Point from, Point to, const Stroke& stroke) {
    const Point points[] = {from, to};
    polyline(points, stroke);
  }
};

}  // namespace initlab
