// The program's fonts, read once: for each weight, which face has a character and how far it advances.
// Immutable after construction, so any thread may ask. It keeps no font open; a back end that draws opens its
// own faces.
#pragma once

#include <ft2build.h>
#include FT_FREETYPE_H

#include <array>
#include <utility>
#include <vector>

#include "app/canvas/text_metrics.h"

namespace initlab {

// A font file opened by FreeType, with its own library object so that no lock is shared.
class FreetypeFace {
 public:
  // Throws std::runtime_error that names the file when it cannot be read.
  explicit FreetypeFace(const char* file);
  FreetypeFace(const FreetypeFace&) = delete;  // owns FreeType's objects
  FreetypeFace& operator=(const FreetypeFace&) = delete;
  ~FreetypeFace();
  FT_Face get() const { return face_; }

 private:
  FT_Library library_ = nullptr;
  FT_Face face_ = nullptr;
};

// Lengths as shares of the em.
struct GlyphMetrics {
  FontFace face = FontFace::kRegular;
  unsigned glyph_index = 0;
  double advance = 0;
};

struct WeightMetrics {
  double ascent = 0;
  double descent = 0;
  double cap_height = 0;
};

class FontLibrary {
 public:
  // Throws std::runtime_error that names the file when a font cannot be read.
  FontLibrary();

  // A character that no face has is shown as U+FFFD.
  const GlyphMetrics& glyph(char32_t character, FontWeight weight) const;
  const WeightMetrics& metrics(FontWeight weight) const { return table(weight).metrics; }

 private:
  using Characters = std::vector<std::pair<char32_t, GlyphMetrics>>;  // by character, ascending
  struct Table {
    std::array<GlyphMetrics, 128> ascii;
    Characters all;
    GlyphMetrics replacement;
    WeightMetrics metrics;
  };
  static Characters read_characters(const FreetypeFace& face, FontFace id);
  static Table make_table(FontFace id, const Characters& symbols);
  const Table& table(FontWeight weight) const { return tables_[static_cast<std::size_t>(weight)]; }

  std::array<Table, 3> tables_;  // by FontWeight
};

// The one library of the process, read at the first call; const, hence safe from any thread.
const FontLibrary& font_library();

}  // namespace initlab
