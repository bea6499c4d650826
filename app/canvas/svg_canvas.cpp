#include "app/canvas/svg_canvas.h"

#include <fmt/format.h>

#include <algorithm>
#include <charconv>
#include <cmath>
#include <vector>

#include "app/canvas/png_image.h"
#include "app/canvas/utf8.h"

namespace initlab {
namespace {

std::string hex_color(Color c) {
  constexpr std::string_view kDigits = "0123456789abcdef";
  std::string hex = "#";
  for (const unsigned channel : {c.r, c.g, c.b}) {
    hex += kDigits[channel >> 4];
    hex += kDigits[channel & 15];
  }
  return hex;
}

// "base64" of RFC 4648, with padding.
std::string base64(std::string_view bytes) {
  constexpr std::string_view kDigits = "ABCDEFGHIJKLMNOPQRSTUVWXYZabcdefghijklmnopqrstuvwxyz0123456789+/";
  std::string text;
  text.reserve((bytes.size() + 2) / 3 * 4);
  for (std::size_t i = 0; i < bytes.size(); i += 3) {
    std::uint32_t group = 0;
    for (std::size_t k = i; k < i + 3; ++k) {
      group = group << 8 | (k < bytes.size() ? static_cast<unsigned char>(bytes[k]) : 0U);
    }
    const std::size_t digits = std::min<std::size_t>(bytes.size() - i, 3) + 1;
    for (std::size_t d = 0; d < 4; ++d) text += d < digits ? kDigits[group >> (18 - 6 * d) & 63] : '=';
  }
  return text;
}

// A picture whose pixels are to be seen as blocks, in blocks of at least two pixels a logical pixel: some
// readers know no other way to enlarge than smoothly.
std::string encode_blocks(int width, int height, std::span<const Color> pixels, Rect where) {
  constexpr int kLargest = 2048;
  const double wanted = std::ceil(2 * std::max(where.width / width, where.height / height));
  const double possible = std::max(1, kLargest / std::max(width, height));
  const int times = static_cast<int>(std::clamp(wanted, 1.0, possible));
  std::vector<Color> blocks;
  blocks.reserve(pixels.size() * static_cast<std::size_t>(times * times));
  for (int y = 0; y < height * times; ++y) {
    const std::size_t row = static_cast<std::size_t>(y / times) * static_cast<std::size_t>(width);
    for (int x = 0; x < width * times; ++x)
      blocks.push_back(pixels[row + static_cast<std::size_t>(x / times)]);
  }
  return encode_png(width * times, height * times, blocks);
}

// The same rectangle has the same name in every document, so pictures pasted into one page do no harm.
std::string clip_name(Rect clip) {
  return fmt::format("clip_{}_{}_{}_{}", svg_number(clip.x), svg_number(clip.y), svg_number(clip.width),
                     svg_number(clip.height));
}

}  // namespace

std::string svg_number(double value) {
  if (!std::isfinite(value)) return "0";
  value = std::clamp(value, -1e12, 1e12);
  char digits[40];
  const auto end = std::to_chars(digits, digits + sizeof digits, value, std::chars_format::fixed, 3).ptr;
  std::string_view number(digits, static_cast<std::size_t>(end - digits));
  number = number.substr(0, number.find_last_not_of('0') + 1);
  if (number.ends_with('.')) number.remove_suffix(1);
  return number == "-0" ? "0" : std::string(number);
}

std::string xml_escaped(std::string_view utf8) {
  std::string escaped;
  for (const char c : drawable_text(utf8)) {
    switch (c) {
      case '&':
        escaped += "&amp;";
        break;
      case '<':
        escaped += "&lt;";
        break;
      case '>':
        escaped += "&gt;";
        break;
      case '"':
        escaped += "&quot;";
        break;
      default:
        escaped += c;
    }
  }
  return escaped;
}

SvgCanvas::SvgCanvas(double width, double height) {
  document_ = "<?xml version=\"1.0\" encoding=\"UTF-8\"?>\n<svg xmlns=\"http://www.w3.org/2000/svg\"";
  attribute("width", width);
  attribute("height", height);
  document_ += fmt::format(" viewBox=\"0 0 {} {}\"", svg_number(width), svg_number(height));
  // Kerning and ligatures are off because text is measured without them.
  document_ +=
      " font-family=\"Roboto, &quot;DejaVu Sans&quot;, sans-serif\" stroke-linejoin=\"round\""
      " style=\"font-kerning:none;font-variant-ligatures:none\">\n";
}

std::string SvgCanvas::finish() {
  while (open_groups_ > 0) pop_clip();
  document_ += "</svg>\n";
  return std::move(document_);
}

void SvgCanvas::attribute(std::string_view name, double value) {
  document_ += fmt::format(" {}=\"{}\"", name, svg_number(value));
}

void SvgCanvas::fill_attributes(Color color) {
  document_ += fmt::format(" fill=\"{}\"", hex_color(color));
  if (color.a != 255) attribute("fill-opacity", color.a / 255.0);
}

void SvgCanvas::stroke_attributes(const Stroke& stroke) {
  document_ += fmt::format(" fill=\"none\" stroke=\"{}\"", hex_color(stroke.color));
  if (stroke.color.a != 255) attribute("stroke-opacity", stroke.color.a / 255.0);
  attribute("stroke-width", stroke.width);
  if (stroke.dash.empty()) {
    document_ += " stroke-linecap=\"round\"";
    return;
  }
  document_ += " stroke-dasharray=\"";
  for (std::size_t i = 0; i < stroke.dash.size(); ++i) {
    document_ += fmt::format("{}{}", i == 0 ? "" : " ", svg_number(stroke.dash[i]));
  }
  document_ += "\"";
}

void SvgCanvas::rect_attributes(Rect rect, double corner_radius) {
  attribute("x", rect.x);
  attribute("y", rect.y);
  attribute("width", std::max(rect.width, 0.0));
  attribute("height", std::max(rect.height, 0.0));
  if (corner_radius > 0) attribute("rx", corner_radius);
}

void SvgCanvas::point_list(std::string_view element, std::span<const Point> points) {
  document_ += fmt::format("<{} points=\"", element);
  for (std::size_t i = 0; i < points.size(); ++i) {
    document_ += fmt::format("{}{},{}", i == 0 ? "" : " ", svg_number(points[i].x), svg_number(points[i].y));
  }
  document_ += "\"";
}

void SvgCanvas::push_clip(Rect clip) {
  const std::string name = clip_name(clip);
  if (clip_names_.insert(name).second) {
    document_ += fmt::format("<clipPath id=\"{}\"><rect", name);
    rect_attributes(clip, 0);
    document_ += "/></clipPath>\n";
  }
  document_ += fmt::format("<g clip-path=\"url(#{})\">\n", name);
  ++open_groups_;
}

void SvgCanvas::pop_clip() {
  document_ += "</g>\n";
  --open_groups_;
}

void SvgCanvas::polyline(std::span<const Point> points, const Stroke& stroke, bool closed) {
  if (points.size() < 2) return;
  if (all_drawable(points)) {
    point_list(closed ? "polygon" : "polyline", points);
    stroke_attributes(stroke);
    document_ += "/>\n";
    return;
  }
  cut_to_drawable(points, closed, parts_);
  for (std::size_t i = 0; i < parts_.size(); ++i) {
    point_list("polyline", parts_[i]);
    stroke_attributes(stroke);
    document_ += "/>\n";
  }
}

void SvgCanvas::fill_rect(Rect rect, Color color, double corner_radius) {
  document_ += "<rect";
  rect_attributes(rect, corner_radius);
  fill_attributes(color);
  document_ += "/>\n";
}

void SvgCanvas::stroke_rect(Rect rect, const Stroke& stroke, double corner_radius) {
  document_ += "<rect";
  rect_attributes(rect, corner_radius);
  stroke_attributes(stroke);
  document_ += "/>\n";
}

void SvgCanvas::fill_circle(Point center, double radius, Color color) {
  if (!is_drawable(center)) return;
  document_ += "<circle";
  attribute("cx", center.x);
  attribute("cy", center.y);
  attribute("r", radius);
  fill_attributes(color);
  document_ += "/>\n";
}

void SvgCanvas::stroke_circle(Point center, double radius, const Stroke& stroke) {
  if (!is_drawable(center)) return;
  document_ += "<circle";
  attribute("cx", center.x);
  attribute("cy", center.y);
  attribute("r", radius);
  stroke_attributes(stroke);
  document_ += "/>\n";
}

void SvgCanvas::fill_polygon(std::span<const Point> points, Color color) {
  if (points.size() < 3 || !all_drawable(points)) return;
  point_list("polygon", points);
  fill_attributes(color);
  document_ += "/>\n";
}

void SvgCanvas::image(Rect where, const ImageSource& source) {
  if (source.width <= 0 || source.height <= 0 || !(where.width > 0) || !(where.height > 0)) return;
  std::vector<Color> colors(static_cast<std::size_t>(source.width) * static_cast<std::size_t>(source.height));
  source.paint(colors);
  document_ += "<image";
  rect_attributes(where, 0);
  const std::string png = source.smooth ? encode_png(source.width, source.height, colors)
                                        : encode_blocks(source.width, source.height, colors, where);
  document_ += fmt::format(" preserveAspectRatio=\"none\" image-rendering=\"{}\"",
                           source.smooth ? "auto" : "pixelated");
  document_ += fmt::format(" href=\"data:image/png;base64,{}\"/>\n", base64(png));
}

void SvgCanvas::text(Point anchor, std::string_view utf8, const TextStyle& style) {
  const double width = measure_text(utf8, style.size, style.weight).width;
  if (!is_drawable(anchor) || width <= 0) return;
  const Point origin = text_origin(anchor, utf8, style);
  document_ += "<text";
  attribute("x", origin.x);
  attribute("y", origin.y);
  attribute("font-size", style.size);
  if (style.weight == FontWeight::kMedium) document_ += " font-weight=\"500\"";
  if (style.weight == FontWeight::kItalic) document_ += " font-style=\"italic\"";
  fill_attributes(style.color);
  if (style.quarter_turn) {
    document_ += fmt::format(" transform=\"rotate(-90 {} {})\"", svg_number(anchor.x), svg_number(anchor.y));
  }
  document_ += " xml:space=\"preserve\"";
  const std::vector<PlacedGlyph> glyphs = place_glyphs(utf8, style.size, style.weight);
  const FontFace first_face = glyphs.front().face;
  const auto is_first_face = [&](const PlacedGlyph& glyph) { return glyph.face == first_face; };
  if (first_face != FontFace::kSymbols && std::all_of(glyphs.begin(), glyphs.end(), is_first_face)) {
    attribute("textLength", width);
    document_ += fmt::format(" lengthAdjust=\"spacingAndGlyphs\">{}", xml_escaped(utf8));
  } else {
    document_ += ">";
    text_runs(glyphs, origin.x, width);
  }
  document_ += "</text>\n";
}

void SvgCanvas::text_runs(std::span<const PlacedGlyph> glyphs, double x, double width) {
  while (!glyphs.empty()) {
    const FontFace face = glyphs.front().face;
    const auto end = std::find_if(glyphs.begin(), glyphs.end(),
                                  [&](const PlacedGlyph& glyph) { return glyph.face != face; });
    const double begin_x = glyphs.front().x;
    std::string utf8;
    for (auto glyph = glyphs.begin(); glyph != end; ++glyph) append_utf8(utf8, glyph->character);
    document_ += "<tspan";
    if (face == FontFace::kSymbols) document_ += " font-family=\"&quot;DejaVu Sans&quot;, sans-serif\"";
    attribute("x", x + begin_x);
    attribute("textLength", (end == glyphs.end() ? width : end->x) - begin_x);
    document_ += fmt::format(" lengthAdjust=\"spacingAndGlyphs\">{}</tspan>", xml_escaped(utf8));
    glyphs = {end, glyphs.end()};
  }
}

}  // namespace initlab
