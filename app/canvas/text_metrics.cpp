#include "app/canvas/text_metrics.h"

#include "app/canvas/font_library.h"
#include "app/canvas/utf8.h"

namespace initlab {
namespace {

constexpr std::string_view kEllipsis = "\u2026";

double text_width(std::string_view utf8, double size, FontWeight weight) {
  const FontLibrary& library = font_library();
  double ems = 0;
  std::size_t position = 0;
  char32_t character = 0;
  while (next_drawable_character(utf8, position, character)) ems += library.glyph(character, weight).advance;
  return ems * size;
}

// Bytes of the longest beginning of `utf8`, whole characters, that is at most `width` wide.
std::size_t fitting_bytes(std::string_view utf8, double width, double size, FontWeight weight) {
  const FontLibrary& library = font_library();
  double ems = 0;
  std::size_t position = 0;
  char32_t character = 0;
  std::size_t fitting = 0;
  while (next_drawable_character(utf8, position, character)) {
    ems += library.glyph(character, weight).advance;
    if (ems * size > width) return fitting;
    fitting = position;
  }
  return utf8.size();
}

// One paragraph (no line feed in it) appended to `lines`, at least one line.
void wrap_paragraph(std::string_view rest, double width, double size, FontWeight weight,
                    std::vector<std::string>& lines) {
  for (;;) {
    std::size_t end = fitting_bytes(rest, width, size, weight);
    if (end == rest.size()) break;
    // The space itself may stand behind the edge: it is not drawn.
    const std::size_t space = rest.rfind(' ', end);
    if (space != std::string_view::npos && space > 0 && rest.find_first_not_of(' ') < space) {
      end = space;
    } else if (end == 0) {
      next_character(rest, end);  // not even one character fits: take it, so that the text goes on
    }
    std::string_view line = rest.substr(0, end);
    line = line.substr(0, line.find_last_not_of(' ') + 1);
    lines.emplace_back(line);
    const std::size_t next = rest.find_first_not_of(' ', end);
    if (next == std::string_view::npos) return;
    rest.remove_prefix(next);
  }
  lines.emplace_back(rest);
}

}  // namespace

TextExtent measure_text(std::string_view utf8, double size, FontWeight weight) {
  const WeightMetrics& metrics = font_library().metrics(weight);
  return {text_width(utf8, size, weight), metrics.ascent * size, metrics.descent * size,
          metrics.cap_height * size};
}

std::vector<PlacedGlyph> place_glyphs(std::string_view utf8, double size, FontWeight weight) {
  std::vector<PlacedGlyph> glyphs;
  place_glyphs(utf8, size, weight, glyphs);
  return glyphs;
}

void place_glyphs(std::string_view utf8, double size, FontWeight weight, std::vector<PlacedGlyph>& glyphs) {
  const FontLibrary& library = font_library();
  glyphs.clear();
  glyphs.reserve(utf8.size());
  double ems = 0;
  std::size_t position = 0;
  char32_t character = 0;
  while (next_drawable_character(utf8, position, character)) {
    const GlyphMetrics& glyph = library.glyph(character, weight);
    glyphs.push_back({glyph.face, glyph.glyph_index, character, ems * size});
    ems += glyph.advance;
  }
}

Point text_origin(Point anchor, std::string_view utf8, const TextStyle& style) {
  const TextExtent extent = measure_text(utf8, style.size, style.weight);
  Point origin = anchor;
  if (style.horizontal == HorizontalAlign::kCenter) origin.x -= extent.width / 2;
  if (style.horizontal == HorizontalAlign::kRight) origin.x -= extent.width;
  if (style.vertical == VerticalAlign::kMiddle) origin.y += extent.cap_height / 2;
  if (style.vertical == VerticalAlign::kTop) origin.y += extent.cap_height;
  return origin;
}

std::string fit_text(std::string_view utf8, double width, double size, FontWeight weight) {
  if (fitting_bytes(utf8, width, size, weight) == utf8.size()) return std::string(utf8);
  const double ellipsis_width = text_width(kEllipsis, size, weight);
  std::string_view begin = utf8.substr(0, fitting_bytes(utf8, width - ellipsis_width, size, weight));
  begin = begin.substr(0, begin.find_last_not_of(' ') + 1);
  return std::string(begin) + std::string(kEllipsis);
}

std::vector<std::string> wrap_text(std::string_view utf8, double width, double size, FontWeight weight) {
  std::vector<std::string> lines;
  while (!utf8.empty()) {
    const std::size_t feed = utf8.find('\n');
    wrap_paragraph(utf8.substr(0, feed), width, size, weight, lines);
    if (feed == std::string_view::npos) break;
    utf8.remove_prefix(feed + 1);
  }
  return lines;
}

}  // namespace initlab
