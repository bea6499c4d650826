// PNG and PDF through Cairo. In a PDF text stays text (it can be selected and searched); in a PNG its
// outlines are filled, because Cairo 1.16 rounds glyph images to whole pixels, which spoils the spacing that
// was measured.
#pragma once

#include <memory>
#include <optional>
#include <string>
#include <vector>

#include "app/canvas/canvas.h"
#include "app/canvas/dashes.h"

// As <cairo.h> declares them; who includes this header needs no Cairo.
typedef struct _cairo cairo_t;
typedef struct _cairo_surface cairo_surface_t;

namespace initlab {

class CairoCanvas final : public Canvas {
 public:
  // A transparent picture of round(width * scale) by round(height * scale) pixels. Sizes are positive and
  // finite.
  static std::unique_ptr<CairoCanvas> make_image(double width, double height, double scale);
  // One page; a logical pixel is 3/4 of a point (96 to the inch). Its bytes depend on what is drawn alone.
  static std::unique_ptr<CairoCanvas> make_pdf(double width, double height);
  ~CairoCanvas() override;

  // Ends the drawing. The whole file goes into `file_bytes`; else the reason, one line.
  std::optional<std::string> finish(std::string& file_bytes);

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
  enum class Target { kImage, kPdf };
  CairoCanvas(Target target, double width, double height, double scale);

  std::vector<Color> straight_pixels() const;
  void set_color(Color color);
  void set_stroke(const Stroke& stroke);
  void trace(std::span<const Point> points, bool closed);
  void trace_rect(Rect rect, double corner_radius);

  Target target_;
  std::string pdf_bytes_;  // what Cairo has written so far; stands before the surface that writes into it
  std::unique_ptr<cairo_surface_t, void (*)(cairo_surface_t*)> surface_;
  std::unique_ptr<cairo_t, void (*)(cairo_t*)> cairo_;
  Polylines parts_;
};

}  // namespace initlab
