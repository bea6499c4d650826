#include "app/canvas/utf8.h"

#include <gtest/gtest.h>

namespace initlab {
namespace {

TEST(Utf8, every_character_comes_back_as_it_went) {
  for (char32_t c = 0; c <= 0x10FFFF; ++c) {
    if (c >= 0xD800 && c <= 0xDFFF) continue;
    std::string text;
    append_utf8(text, c);
    std::size_t position = 0;
    ASSERT_EQ(next_character(text, position), c);
    ASSERT_EQ(position, text.size());
  }
}

TEST(Utf8, invalid_bytes_become_replacement_characters_and_the_rest_stays) {
  const std::string bad = "\uFFFD";
  EXPECT_EQ(drawable_text("a\xff z"), "a" + bad + " z");
  EXPECT_EQ(drawable_text("\xC0\xAF"), bad + bad);                 // overlong
  EXPECT_EQ(drawable_text("\xED\xA0\x80"), bad + bad + bad);       // a surrogate
  EXPECT_EQ(drawable_text("\xF4\x90\x80\x80").substr(0, 3), bad);  // beyond Unicode
  EXPECT_EQ(drawable_text("x\xE2\x82"), "x" + bad + bad);          // cut short
  EXPECT_EQ(drawable_text("\xE2(\xA1"), bad + "(" + bad);
}

TEST(Utf8, controls_vanish_and_white_space_is_a_space) {
  EXPECT_EQ(drawable_text(std::string_view("a\0b\x1B[1m\x7F\xC2\x85", 10)), "ab[1m");
  EXPECT_EQ(drawable_text("a\tb\nc\rd"), "a b c d");
  EXPECT_EQ(drawable_text("\xEF\xBF\xBE\xEF\xBF\xBF"), "\uFFFD\uFFFD");  // noncharacters
}

}  // namespace
}  // namespace initlab
