#include "app/canvas/font_library.h"

#include FT_ADVANCES_H

#include <algorithm>
#include <iterator>
#include <stdexcept>
#include <string>

#include "app/canvas/utf8.h"

namespace initlab {

const char* font_file(FontFace face) {
  switch (face) {
    case FontFace::kRegular:
      return INITLAB_FONT_REGULAR;
    case FontFace::kMedium:
      return INITLAB_FONT_MEDIUM;
    case FontFace::kItalic:
      return INITLAB_FONT_ITALIC;
    case FontFace::kSymbols:
      return INITLAB_FONT_SYMBOLS;
  }
  return "";
}

FontFace face_of(FontWeight weight) {
  switch (weight) {
    case FontWeight::kRegular:
      return FontFace::kRegular;
    case FontWeight::kMedium:
      return FontFace::kMedium;
    case FontWeight::kItalic:
      return FontFace::kItalic;
  }
  return FontFace::kRegular;
}

FreetypeFace::FreetypeFace(const char* file) {
  if (FT_Init_FreeType(&library_) != 0) throw std::runtime_error("cannot start the FreeType library");
  if (FT_New_Face(library_, file, 0, &face_) != 0) {
    FT_Done_FreeType(library_);
    throw std::runtime_error(std::string("cannot read the font \"") + file +
                             "\" (Debian: fonts-roboto-unhinted, fonts-dejavu-core)");
  }
}

FreetypeFace::~FreetypeFace() {
  FT_Done_Face(face_);
  FT_Done_FreeType(library_);
}

FontLibrary::FontLibrary() {
  const Characters symbols = read_characters(FreetypeFace(font_file(FontFace::kSymbols)), FontFace::kSymbols);
  for (const FontWeight weight : {FontWeight::kRegular, FontWeight::kMedium, FontWeight::kItalic}) {
    tables_[static_cast<std::size_t>(weight)] = make_table(face_of(weight), symbols);
  }
}

FontLibrary::Characters FontLibrary::read_characters(const FreetypeFace& face, FontFace id) {
  // Without scale FreeType gives the advances as the file states them, in font units.
  std::vector<FT_Fixed> advances(static_cast<std::size_t>(face.get()->num_glyphs));
  if (FT_Get_Advances(face.get(), 0, static_cast<FT_UInt>(advances.size()), FT_LOAD_NO_SCALE,
                      advances.data()) != 0) {
    throw std::runtime_error(std::string("cannot read the advances of the font \"") + font_file(id) + "\"");
  }
  const double em = face.get()->units_per_EM;
  Characters characters;
  FT_UInt index = 0;
  for (FT_ULong character = FT_Get_First_Char(face.get(), &index); index != 0;
       character = FT_Get_Next_Char(face.get(), character, &index)) {
    const double advance = static_cast<double>(advances.at(index)) / em;
    characters.push_back({static_cast<char32_t>(character), GlyphMetrics{id, index, advance}});
  }
  return characters;
}

FontLibrary::Table FontLibrary::make_table(FontFace id, const Characters& symbols) {
  const FreetypeFace face(font_file(id));
  const Characters own = read_characters(face, id);
  Table table;
  // Of a character that both have, set_union takes the first range's: Roboto's.
  std::set_union(own.begin(), own.end(), symbols.begin(), symbols.end(), std::back_inserter(table.all),
                 [](const auto& a, const auto& b) { return a.first < b.first; });

  const auto find = [&](char32_t character, const GlyphMetrics& otherwise) {
    const auto at = std::lower_bound(table.all.begin(), table.all.end(), character,
                                     [](const auto& entry, char32_t c) { return entry.first < c; });
    return at != table.all.end() && at->first == character ? at->second : otherwise;
  };
  table.replacement = find(kReplacementCharacter, GlyphMetrics{id, 0, 0.5});
  for (std::size_t c = 0; c < table.ascii.size(); ++c) {
    table.ascii[c] = find(static_cast<char32_t>(c), table.replacement);
  }

  const double em = face.get()->units_per_EM;
  table.metrics.ascent = face.get()->ascender / em;
  table.metrics.descent = -face.get()->descender / em;
  if (FT_Load_Char(face.get(), 'H', FT_LOAD_NO_SCALE) != 0) {
    throw std::runtime_error(std::string("the font \"") + font_file(id) + "\" has no letter H");
  }
  table.metrics.cap_height = static_cast<double>(face.get()->glyph->metrics.horiBearingY) / em;
  return table;
}

const GlyphMetrics& FontLibrary::glyph(char32_t character, FontWeight weight) const {
  const Table& t = table(weight);
  if (character < t.ascii.size()) return t.ascii[character];
  const auto at = std::lower_bound(t.all.begin(), t.all.end(), character,
                                   [](const auto& entry, char32_t c) { return entry.first < c; });
  return at != t.all.end() && at->first == character ? at->second : t.replacement;
}

const FontLibrary& font_library() {
  static const FontLibrary library;
  return library;
}

}  // namespace initlab
