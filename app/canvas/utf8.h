// UTF-8 in and out for what is drawn. Whatever bytes come in, what goes out can be drawn, measured and
// written to XML: invalid bytes and noncharacters become U+FFFD, white space becomes a space, other controls
// vanish.
#pragma once

#include <cstddef>
#include <string>
#include <string_view>

namespace initlab {

inline constexpr char32_t kReplacementCharacter = 0xFFFD;

// The character that begins at `position`, which moves behind it. `position` < utf8.size(). A byte that
// begins no valid sequence is one U+FFFD.
char32_t next_character(std::string_view utf8, std::size_t& position);

// The next character to draw at or behind `position`, which moves behind it; false at the end of the text.
bool next_drawable_character(std::string_view utf8, std::size_t& position, char32_t& character);

void append_utf8(std::string& text, char32_t character);

// The drawable characters of `utf8`, as valid UTF-8.
std::string drawable_text(std::string_view utf8);

}  // namespace initlab
