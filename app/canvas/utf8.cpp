#include "app/canvas/utf8.h"

namespace initlab {
namespace {

// Length of the sequence that a first byte announces; 0 for a byte that cannot be first.
std::size_t sequence_length(unsigned char first) {
  if (first < 0x80) return 1;
  if (first >= 0xC2 && first <= 0xDF) return 2;
  if (first >= 0xE0 && first <= 0xEF) return 3;
  if (first >= 0xF0 && first <= 0xF4) return 4;
  return 0;
}

bool is_control(char32_t c) {
  return c < 0x20 || (c >= 0x7F && c < 0xA0);
}

bool is_noncharacter(char32_t c) {
  return (c & 0xFFFE) == 0xFFFE || (c >= 0xFDD0 && c <= 0xFDEF);
}

}  // namespace

char32_t next_character(std::string_view utf8, std::size_t& position) {
  const auto byte = [&](std::size_t i) { return static_cast<unsigned char>(utf8[i]); };
  const std::size_t begin = position++;
  const std::size_t length = sequence_length(byte(begin));
  if (length == 1) return byte(begin);
  if (length == 0 || begin + length > utf8.size()) return kReplacementCharacter;
  char32_t character = byte(begin) & (0xFFU >> (length + 1));
  for (std::size_t i = begin + 1; i < begin + length; ++i) {
    if ((byte(i) & 0xC0) != 0x80) return kReplacementCharacter;
    character = character << 6 | (byte(i) & 0x3F);
  }
  const bool overlong = (length == 3 && character < 0x800) || (length == 4 && character < 0x10000);
  const bool surrogate = character >= 0xD800 && character <= 0xDFFF;
  if (overlong || surrogate || character > 0x10FFFF) return kReplacementCharacter;
  position = begin + length;
  return character;
}

bool next_drawable_character(std::string_view utf8, std::size_t& position, char32_t& character) {
  while (position < utf8.size()) {
    character = next_character(utf8, position);
    if (character == '\t' || character == '\n' || character == '\r') character = ' ';
    if (is_noncharacter(character)) character = kReplacementCharacter;
    if (!is_control(character)) return true;
  }
  return false;
}

void append_utf8(std::string& text, char32_t character) {
  const auto put = [&](char32_t byte) { text.push_back(static_cast<char>(byte)); };
  if (character < 0x80) {
    put(character);
  } else if (character < 0x800) {
    put(0xC0 | character >> 6);
    put(0x80 | (character & 0x3F));
  } else if (character < 0x10000) {
    put(0xE0 | character >> 12);
    put(0x80 | (character >> 6 & 0x3F));
    put(0x80 | (character & 0x3F));
  } else {
    put(0xF0 | character >> 18);
    put(0x80 | (character >> 12 & 0x3F));
    put(0x80 | (character >> 6 & 0x3F));
    put(0x80 | (character & 0x3F));
  }
}

std::string drawable_text(std::string_view utf8) {
  std::string text;
  std::size_t position = 0;
  char32_t character = 0;
  while (next_drawable_character(utf8, position, character)) append_utf8(text, character);
  return text;
}

}  // namespace initlab
