#include "app/canvas/cairo_canvas.h"

#include <cairo-pdf.h>
#include <cairo.h>

#include <algorithm>
#include <cmath>
#include <numbers>

#include "app/canvas/cairo_fonts.h"
#include "app/canvas/png_image.h"
#include "app/canvas/text_metrics.h"
#include "app/canvas/utf8.h"

namespace initlab {
namespace {

constexpr double kPointsPerPixel = 0.75;
constexpr double kTurn = 2 * std::numbers::pi;

using Surface = std::unique_ptr<cairo_surface_t, void (*)(cairo_surface_t*)>;

cairo_status_t append_bytes(void* closure, const unsigned char* data, unsigned length) {
  static_cast<std::string*>(closure)->append(reinterpret_cast<const char*>(data), length);
  return CAIRO_STATUS_SUCCESS;
}

cairo_surface_t* make_pdf_surface(std::string& bytes, double width, double height) {
  cairo_surface_t* surface = cairo_pdf_surface_create_for_stream(
      append_bytes, &bytes, width * kPointsPerPixel, height * kPointsPerPixel);
  // Without it Cairo writes the hour, and no two files are the same.
  cairo_pdf_surface_set_metadata(surface, CAIRO_PDF_METADATA_CREATE_DATE, "2000-01-01T00:00:00Z");
  return surface;
}

// What Cairo's image surfaces hold: alpha in the top byte, colours multiplied by it.
std::uint32_t premultiplied(Color c) {
  const auto scaled = [&](unsigned channel) { return (channel * c.a + 127U) / 255U; };
  return static_cast<std::uint32_t>(c.a) << 24 | scaled(c.r) << 16 | scaled(c.g) << 8 | scaled(c.b);
}

Color straight(std::uint32_t pixel) {
  const std::uint32_t alpha = pixel >> 24;
  if (alpha == 0) return {0, 0, 0, 0};
  const auto channel = [&](int shift) {
    return static_cast<std::uint8_t>(std::min(255U, ((pixel >> shift & 0xFFU) * 255U + alpha / 2) / alpha));
  };
  return {channel(16), channel(8), channel(0), static_cast<std::uint8_t>(alpha)};
}

std::uint32_t* row_of(cairo_surface_t* surface, int y) {
  return reinterpret_cast<std::uint32_t*>(cairo_image_surface_get_data(surface) +
                                          static_cast<std::ptrdiff_t>(y) *
                                              cairo_image_surface_get_stride(surface));
}

Surface paint_source(const ImageSource& source) {
  Surface surface(cairo_image_surface_create(CAIRO_FORMAT_ARGB32, source.width, source.height),
                  cairo_surface_destroy);
  if (cairo_surface_status(surface.get()) != CAIRO_STATUS_SUCCESS) return surface;
  std::vector<Color> colors(static_cast<std::size_t>(source.width) * static_cast<std::size_t>(source.height));
  source.paint(colors);
  for (int y = 0; y < source.height; ++y) {
    const auto row = colors.begin() + static_cast<std::ptrdiff_t>(y) * source.width;
    std::transform(row, row + source.width, row_of(surface.get(), y), premultiplied);
  }
  cairo_surface_mark_dirty(surface.get());
  return surface;
}

// `surface` stretched over `where`. Padding keeps the edge pixels' colour instead of fading them out.
void stretch(cairo_t* cairo, cairo_surface_t* surface, Rect where, bool smooth) {
  const double columns = cairo_image_surface_get_width(surface);
  const double rows = cairo_image_surface_get_height(surface);
  cairo_save(cairo);
  cairo_rectangle(cairo, where.x, where.y, where.width, where.height);
  cairo_clip(cairo);
  cairo_translate(cairo, where.x, where.y);
  cairo_scale(cairo, where.width / columns, where.height / rows);
  cairo_set_source_surface(cairo, surface, 0, 0);
  cairo_pattern_set_filter(cairo_get_source(cairo), smooth ? CAIRO_FILTER_BILINEAR : CAIRO_FILTER_NEAREST);
  cairo_pattern_set_extend(cairo_get_source(cairo), CAIRO_EXTEND_PAD);
  cairo_paint(cairo);
  cairo_restore(cairo);
}

// The picture enlarged a whole number of times, to about two pixels a logical pixel. A PDF holds that:
// readers disagree on how to enlarge, and at this size it no longer shows.
Surface enlarged(Surface surface, Rect where, bool smooth) {
  constexpr int kLargest = 4096;
  const int columns = cairo_image_surface_get_width(surface.get());
  const int rows = cairo_image_surface_get_height(surface.get());
  const double wanted = std::ceil(2 * std::max(where.width / columns, where.height / rows));
  const int times =
      static_cast<int>(std::clamp(wanted, 1.0, std::max(1.0, kLargest / double(std::max(columns, rows)))));
  if (times == 1) return surface;
  Surface large(cairo_image_surface_create(CAIRO_FORMAT_ARGB32, columns * times, rows * times),
                cairo_surface_destroy);
  const std::unique_ptr<cairo_t, void (*)(cairo_t*)> cairo(cairo_create(large.get()), cairo_destroy);
  stretch(cairo.get(), surface.get(), {0, 0, double(columns * times), double(rows * times)}, smooth);
  return large;
}

// One line of glyphs of a single face, which the cairo context has selected.
void show_run(cairo_t* cairo, std::span<const PlacedGlyph> run, Point origin, bool as_text) {
  std::vector<cairo_glyph_t> glyphs;
  std::vector<cairo_text_cluster_t> clusters;
  std::string utf8;
  for (const PlacedGlyph& glyph : run) {
    glyphs.push_back({glyph.glyph_index, origin.x + glyph.x, origin.y});
    const std::size_t before = utf8.size();
    append_utf8(utf8, glyph.character);
    clusters.push_back({static_cast<int>(utf8.size() - before), 1});
  }
  const int count = static_cast<int>(glyphs.size());
  if (as_text) {
    cairo_show_text_glyphs(cairo, utf8.data(), static_cast<int>(utf8.size()), glyphs.data(), count,
                           clusters.data(), count, cairo_text_cluster_flags_t{});
  } else {
    cairo_new_path(cairo);
    cairo_glyph_path(cairo, glyphs.data(), count);
    cairo_fill(cairo);
  }
}

}  // namespace

CairoCanvas::CairoCanvas(Target target, double width, double height, double scale)
    : target_(target),
      surface_(target == Target::kPdf ? make_pdf_surface(pdf_bytes_, width, height)
                                      : cairo_image_surface_create(
                                            CAIRO_FORMAT_ARGB32, static_cast<int>(std::lround(width * scale)),
                                            static_cast<int>(std::lround(height * scale))),
               cairo_surface_destroy),
      cairo_(cairo_create(surface_.get()), cairo_destroy) {
  const double device = target == Target::kPdf ? kPointsPerPixel : scale;
  cairo_scale(cairo_.get(), device, device);
  cairo_set_line_join(cairo_.get(), CAIRO_LINE_JOIN_ROUND);
  cairo_set_font_options(cairo_.get(), unhinted_font_options());
}

CairoCanvas::~CairoCanvas() = default;

std::unique_ptr<CairoCanvas> CairoCanvas::make_image(double width, double height, double scale) {
  return std::unique_ptr<CairoCanvas>(new CairoCanvas(Target::kImage, width, height, scale));
}

std::unique_ptr<CairoCanvas> CairoCanvas::make_pdf(double width, double height) {
  return std::unique_ptr<CairoCanvas>(new CairoCanvas(Target::kPdf, width, height, 1));
}

std::vector<Color> CairoCanvas::straight_pixels() const {
  const int width = cairo_image_surface_get_width(surface_.get());
  const int height = cairo_image_surface_get_height(surface_.get());
  std::vector<Color> pixels(static_cast<std::size_t>(width) * static_cast<std::size_t>(height));
  for (int y = 0; y < height; ++y) {
    const std::uint32_t* row = row_of(surface_.get(), y);
    std::transform(row, row + width, pixels.begin() + static_cast<std::ptrdiff_t>(y) * width, straight);
  }
  return pixels;
}

std::optional<std::string> CairoCanvas::finish(std::string& file_bytes) {
  cairo_status_t status = cairo_status(cairo_.get());
  if (target_ == Target::kPdf) {
    cairo_surface_finish(surface_.get());
  } else {
    cairo_surface_flush(surface_.get());
  }
  if (status == CAIRO_STATUS_SUCCESS) status = cairo_surface_status(surface_.get());
  if (status != CAIRO_STATUS_SUCCESS) return std::string("cannot draw: ") + cairo_status_to_string(status);
  if (target_ == Target::kPdf) {
    file_bytes = std::move(pdf_bytes_);
  } else {
    file_bytes = encode_png(cairo_image_surface_get_width(surface_.get()),
                            cairo_image_surface_get_height(surface_.get()), straight_pixels());
  }
  if (file_bytes.empty()) return "cannot draw: the picture is too large for its format";
  return std::nullopt;
}

void CairoCanvas::push_clip(Rect clip) {
  cairo_save(cairo_.get());
  cairo_rectangle(cairo_.get(), clip.x, clip.y, std::max(clip.width, 0.0), std::max(clip.height, 0.0));
  cairo_clip(cairo_.get());
}

void CairoCanvas::pop_clip() {
  cairo_restore(cairo_.get());
}

void CairoCanvas::set_color(Color color) {
  cairo_set_source_rgba(cairo_.get(), color.r / 255.0, color.g / 255.0, color.b / 255.0, color.a / 255.0);
}

void CairoCanvas::set_stroke(const Stroke& stroke) {
  set_color(stroke.color);
  cairo_set_line_width(cairo_.get(), stroke.width);
  cairo_set_line_cap(cairo_.get(), stroke.dash.empty() ? CAIRO_LINE_CAP_ROUND : CAIRO_LINE_CAP_BUTT);
  cairo_set_dash(cairo_.get(), stroke.dash.data(), static_cast<int>(stroke.dash.size()), 0);
}

void CairoCanvas::trace(std::span<const Point> points, bool closed) {
  cairo_new_sub_path(cairo_.get());
  for (const Point p : points) cairo_line_to(cairo_.get(), p.x, p.y);
  if (closed) cairo_close_path(cairo_.get());
}

void CairoCanvas::trace_rect(Rect rect, double corner_radius) {
  cairo_t* cairo = cairo_.get();
  cairo_new_path(cairo);
  const double r = std::min({corner_radius, rect.width / 2, rect.height / 2});
  if (!(r > 0)) {
    cairo_rectangle(cairo, rect.x, rect.y, rect.width, rect.height);
    return;
  }
  cairo_arc(cairo, rect.right() - r, rect.y + r, r, -kTurn / 4, 0);
  cairo_arc(cairo, rect.right() - r, rect.bottom() - r, r, 0, kTurn / 4);
  cairo_arc(cairo, rect.x + r, rect.bottom() - r, r, kTurn / 4, kTurn / 2);
  cairo_arc(cairo, rect.x + r, rect.y + r, r, kTurn / 2, 3 * kTurn / 4);
  cairo_close_path(cairo);
}

void CairoCanvas::polyline(std::span<const Point> points, const Stroke& stroke, bool closed) {
  if (points.size() < 2) return;
  set_stroke(stroke);
  cairo_new_path(cairo_.get());
  if (all_drawable(points)) {
    trace(points, closed);
  } else {
    cut_to_drawable(points, closed, parts_);
    for (std::size_t i = 0; i < parts_.size(); ++i) trace(parts_[i], false);
  }
  cairo_stroke(cairo_.get());
}

void CairoCanvas::fill_rect(Rect rect, Color color, double corner_radius) {
  set_color(color);
  trace_rect(rect, corner_radius);
  cairo_fill(cairo_.get());
}

void CairoCanvas::stroke_rect(Rect rect, const Stroke& stroke, double corner_radius) {
  set_stroke(stroke);
  trace_rect(rect, corner_radius);
  cairo_stroke(cairo_.get());
}

void CairoCanvas::fill_circle(Point center, double radius, Color color) {
  if (!is_drawable(center)) return;
  set_color(color);
  cairo_new_path(cairo_.get());
  cairo_arc(cairo_.get(), center.x, center.y, radius, 0, kTurn);
  cairo_fill(cairo_.get());
}

void CairoCanvas::stroke_circle(Point center, double radius, const Stroke& stroke) {
  if (!is_drawable(center)) return;
  set_stroke(stroke);
  cairo_new_path(cairo_.get());
  cairo_arc(cairo_.get(), center.x, center.y, radius, 0, kTurn);
  cairo_close_path(cairo_.get());
  cairo_stroke(cairo_.get());
}

void CairoCanvas::fill_polygon(std::span<const Point> points, Color color) {
  if (points.size() < 3 || !all_drawable(points)) return;
  set_color(color);
  cairo_new_path(cairo_.get());
  trace(points, true);
  cairo_fill(cairo_.get());
}

void CairoCanvas::image(Rect where, const ImageSource& source) {
  if (source.width <= 0 || source.height <= 0 || !(where.width > 0) || !(where.height > 0)) return;
  Surface surface = paint_source(source);
  if (target_ == Target::kPdf) surface = enlarged(std::move(surface), where, source.smooth);
  stretch(cairo_.get(), surface.get(), where, source.smooth);
}

void CairoCanvas::text(Point anchor, std::string_view utf8, const TextStyle& style) {
  if (!is_drawable(anchor)) return;
  const Point origin = text_origin(anchor, utf8, style);
  const std::vector<PlacedGlyph> glyphs = place_glyphs(utf8, style.size, style.weight);
  cairo_t* cairo = cairo_.get();
  cairo_save(cairo);
  if (style.quarter_turn) {
    cairo_translate(cairo, anchor.x, anchor.y);
    cairo_rotate(cairo, -kTurn / 4);
    cairo_translate(cairo, -anchor.x, -anchor.y);
  }
  set_color(style.color);
  for (auto begin = glyphs.begin(); begin != glyphs.end();) {
    const auto end =
        std::find_if(begin, glyphs.end(), [&](const PlacedGlyph& g) { return g.face != begin->face; });
    cairo_set_font_face(cairo, cairo_face(begin->face));
    cairo_set_font_size(cairo, style.size);
    show_run(cairo, {begin, end}, origin, target_ == Target::kPdf);
    begin = end;
  }
  cairo_restore(cairo);
}

}  // namespace initlab
