// Text measured once for all back ends: Roboto from its font file by FreeType, unhinted, without kerning, and
// DejaVu Sans for the signs that Roboto lacks.
#pragma once

#include <string>
#include <string_view>
#include <vector>

#include "app/canvas/canvas.h"

namespace initlab {

// The faces, in the order in which a sign is looked up: the weight's Roboto, then the symbols' DejaVu.
enum class FontFace { kRegular, kMedium, kItalic, kSymbols };
// The Roboto of a weight.
FontFace face_of(FontWeight weight);
// The font file of a face.
const char* font_file(FontFace face);

struct PlacedGlyph {
  FontFace face;
  unsigned glyph_index;  // in that face
  char32_t character;
  double x;  // from the start of the text, logical pixels
};

// Size of one line of text. Invalid UTF-8 is measured as U+FFFD, as it is drawn.
TextExtent measure_text(std::string_view utf8, double size, FontWeight weight = FontWeight::kRegular);

// Where each sign of one line stands.
std::vector<PlacedGlyph> place_glyphs(std::string_view utf8, double size, FontWeight weight);
// The same into `glyphs`, whose memory is used again.
void place_glyphs(std::string_view utf8, double size, FontWeight weight, std::vector<PlacedGlyph>& glyphs);

// Baseline start of a text that `style` anchors at `anchor`, before any quarter turn about the anchor.
Point text_origin(Point anchor, std::string_view utf8, const TextStyle& style);

// The longest beginning of `utf8` that fits into `width` with an ellipsis, or all of it where it fits.
std::string fit_text(std::string_view utf8, double width, double size,
                     FontWeight weight = FontWeight::kRegular);

// `utf8` broken at spaces into lines of at most `width`.
std::vector<std::string> wrap_text(std::string_view utf8, double width, double size,
                                   FontWeight weight = FontWeight::kRegular);

}  // namespace initlab
