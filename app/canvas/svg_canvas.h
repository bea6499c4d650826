// SVG with text as text: readers, search engines and editors see the words. The measured width goes with each
// text, so that the layout holds where Roboto is missing. One whole document in memory; valid XML whatever is
// drawn.
#pragma once

#include <set>
#include <string>

#include "app/canvas/canvas.h"
#include "app/canvas/dashes.h"
#include "app/canvas/text_metrics.h"

namespace initlab {

class SvgCanvas final : public Canvas {
 public:
  // Logical pixels, positive and finite: the picture's size and its view box.
  SvgCanvas(double width, double height);

  // Ends the drawing and gives the document.
  std::string finish();

  void push_clip(Rect clip) override;
  void pop_clip() override;
  void polyline(std::span<const Point> points, const Stroke& stroke, bool closed) override;
  void fill_rect(Rect rect, Color color, double corner_radius) override;
  void stroke_rect(Rect rect, const Stroke& stroke, double corner_radius) override;
  void fill_circle(Point center, double radius, Color color) override;
  void stroke_circle(Point center, double radius, const Stroke& stroke) override;
  void fill_polygon(std::span<const Point> points, Color color) override;
  void image(Rect where, const ImageSource& source) override;
  void text(Point anchor, std::string_view utf8, const TextStyle& style) override;

 private:
  void attribute(std::string_view name, double value);
  void fill_attributes(Color color);
  void stroke_attributes(const Stroke& stroke);
  void rect_attributes(Rect rect, double corner_radius);
  // Where faces alternate each run has its own place: readers disagree on which face a space beside a sign
  // has.
  void text_runs(std::span<const PlacedGlyph> glyphs, double x, double width);
  void point_list(std::string_view element, std::span<const Point> points);

  std::string document_;
  std::set<std::string> clip_names_;  // defined so far
  std::size_t open_groups_ = 0;
  Polylines parts_;
};

// At most three decimals, no trailing zeros, no "-0", a point whatever the locale; 0 for what is not finite.
std::string svg_number(double value);
// For the content of an element or an attribute in double quotes; drawable characters only (utf8.h).
std::string xml_escaped(std::string_view utf8);

}  // namespace initlab
