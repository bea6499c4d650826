#include "app/canvas/text_metrics.h"

#include <gtest/gtest.h>

#include <cmath>
#include <memory>
#include <stdexcept>
#include <thread>

#include "app/canvas/cairo_fonts.h"
#include "app/canvas/font_library.h"

namespace initlab {
namespace {

// Sum of the advances that Cairo itself reports for the same glyphs.
double cairo_width(const std::vector<PlacedGlyph>& glyphs, double size) {
  cairo_matrix_t font_matrix;
  cairo_matrix_t identity;
  cairo_matrix_init_scale(&font_matrix, size, size);
  cairo_matrix_init_identity(&identity);
  double width = 0;
  for (const PlacedGlyph& glyph : glyphs) {
    const std::unique_ptr<cairo_scaled_font_t, void (*)(cairo_scaled_font_t*)> font(
        cairo_scaled_font_create(cairo_face(glyph.face), &font_matrix, &identity, unhinted_font_options()),
        cairo_scaled_font_destroy);
    const cairo_glyph_t one = {glyph.glyph_index, 0, 0};
    cairo_text_extents_t extents;
    cairo_scaled_font_glyph_extents(font.get(), &one, 1, &extents);
    width += extents.x_advance;
  }
  return width;
}

TEST(TextMetrics, measured_width_is_the_sum_of_cairos_own_advances) {
  for (const char* text :
       {"cost 0.6931", "AVAW To Wa fi ffl", "\u2207W \u2208 \u211D \u2192 \u03C3\u00B2", "W"}) {
    for (const FontWeight weight : {FontWeight::kRegular, FontWeight::kMedium}) {
      for (const double size : {9.0, 12.0, 13.5, 15.0, 48.0}) {
        const auto glyphs = place_glyphs(text, size, weight);
        const double bound = static_cast<double>(glyphs.size()) / 64;  // FreeType's steps
        EXPECT_NEAR(measure_text(text, size, weight).width, cairo_width(glyphs, size), bound) << text << size;
      }
    }
  }
}

TEST(TextMetrics, glyphs_stand_one_advance_behind_the_other) {
  const auto glyphs = place_glyphs("ab\u2207c", 20, FontWeight::kRegular);
  ASSERT_EQ(glyphs.size(), 4U);
  EXPECT_EQ(glyphs[0].x, 0);
  EXPECT_NEAR(glyphs[1].x, measure_text("a", 20).width, 1e-12);
  EXPECT_NEAR(glyphs[3].x, measure_text("ab\u2207", 20).width, 1e-12);
  EXPECT_EQ(glyphs[2].character, U'\u2207');
}

TEST(TextMetrics, signs_that_roboto_lacks_come_from_the_symbols_face) {
  const auto face_of = [](const char* text) {
    return place_glyphs(text, 15, FontWeight::kMedium).at(0).face;
  };
  EXPECT_EQ(face_of("a"), FontFace::kMedium);
  EXPECT_EQ(face_of("\u03C3"), FontFace::kMedium);   // sigma
  EXPECT_EQ(face_of("\u2207"), FontFace::kSymbols);  // nabla
  EXPECT_EQ(face_of("\u2208"), FontFace::kSymbols);  // element of
  EXPECT_EQ(face_of("\u2192"), FontFace::kSymbols);  // arrow
  for (const PlacedGlyph& glyph :
       place_glyphs("\u2207\u2208\u2192\u03C3\u00D7\u2212\u2026", 15, FontWeight::kRegular)) {
    EXPECT_NE(glyph.glyph_index, 0U) << static_cast<unsigned>(glyph.character);
  }
}

TEST(TextMetrics, figures_are_tabular_in_both_weights) {
  for (const FontWeight weight : {FontWeight::kRegular, FontWeight::kMedium}) {
    for (const char* digit : {"1", "2", "3", "4", "5", "6", "7", "8", "9"}) {
      EXPECT_EQ(measure_text(digit, 15, weight).width, measure_text("0", 15, weight).width) << digit;
    }
  }
}

TEST(TextMetrics, a_character_of_no_face_is_measured_as_the_replacement_character) {
  EXPECT_EQ(measure_text("\U000F0000", 15).width, measure_text("\uFFFD", 15).width);
  EXPECT_EQ(measure_text("\xff", 15).width, measure_text("\uFFFD", 15).width);
  EXPECT_GT(measure_text("\uFFFD", 15).width, 1);
}

TEST(TextMetrics, extents_grow_with_the_size) {
  const TextExtent small = measure_text("Hg", 10);
  const TextExtent large = measure_text("Hg", 30);
  EXPECT_NEAR(large.width, 3 * small.width, 1e-9);
  EXPECT_NEAR(large.cap_height, 3 * small.cap_height, 1e-9);
  EXPECT_NEAR(small.cap_height, 7.11, 0.05);  // 1456 of 2048 units
  EXPECT_GT(small.ascent, small.cap_height);
  EXPECT_GT(small.descent, 0);
}

TEST(TextMetrics, origin_puts_the_stated_part_of_the_text_at_the_anchor) {
  const TextExtent extent = measure_text("text", 20);
  TextStyle style{.size = 20};
  EXPECT_EQ(text_origin({100, 50}, "text", style).x, 100);
  EXPECT_EQ(text_origin({100, 50}, "text", style).y, 50);
  style.horizontal = HorizontalAlign::kRight;
  style.vertical = VerticalAlign::kTop;
  EXPECT_NEAR(text_origin({100, 50}, "text", style).x, 100 - extent.width, 1e-9);
  EXPECT_NEAR(text_origin({100, 50}, "text", style).y, 50 + extent.cap_height, 1e-9);
  style.horizontal = HorizontalAlign::kCenter;
  style.vertical = VerticalAlign::kMiddle;
  EXPECT_NEAR(text_origin({100, 50}, "text", style).x, 100 - extent.width / 2, 1e-9);
  EXPECT_NEAR(text_origin({100, 50}, "text", style).y, 50 + extent.cap_height / 2, 1e-9);
}

TEST(TextMetrics, fitted_text_fits_and_is_as_long_as_it_can_be) {
  const std::string text = "He normal, W ~ N(0, 2 / fan_in) \u2207\u2208";
  for (double width = 12; width < measure_text(text, 15).width; width += 3.7) {
    const std::string fitted = fit_text(text, width, 15);
    EXPECT_LE(measure_text(fitted, 15).width, width) << fitted;
    ASSERT_TRUE(fitted.ends_with("\u2026")) << fitted;
    const std::string kept = fitted.substr(0, fitted.size() - 3);
    ASSERT_TRUE(text.starts_with(kept));
    std::size_t next = text.find_first_not_of(' ', kept.size());
    do ++next;
    while ((static_cast<unsigned char>(text[next]) & 0xC0) == 0x80);
    EXPECT_GT(measure_text(text.substr(0, next) + "\u2026", 15).width, width) << fitted;
  }
  EXPECT_EQ(fit_text(text, measure_text(text, 15).width, 15), text);
}

TEST(TextMetrics, wrapped_lines_fit_and_lose_no_word) {
  const std::string text =
      "Every gradient is zero: ReLU of 0 passes nothing back. Layer 1: 10 of 10 units identical.";
  for (double width = 70; width < 700; width += 13) {
    std::string joined;
    for (const std::string& line : wrap_text(text, width, 15)) {
      EXPECT_LE(measure_text(line, 15).width, width) << line;
      EXPECT_FALSE(line.starts_with(' ') || line.ends_with(' ')) << line;
      joined += (joined.empty() ? "" : " ") + line;
    }
    EXPECT_EQ(joined, text) << width;
  }
}

TEST(TextMetrics, a_word_wider_than_the_line_is_broken_inside) {
  const auto lines = wrap_text("a sigmoidal_cross_entropy", 60, 15);
  ASSERT_GE(lines.size(), 3U);
  EXPECT_EQ(lines[0], "a");
  std::string word;
  for (std::size_t i = 1; i < lines.size(); ++i) {
    EXPECT_LE(measure_text(lines[i], 15).width, 60);
    word += lines[i];
  }
  EXPECT_EQ(word, "sigmoidal_cross_entropy");
}

TEST(TextMetrics, wrapping_ends_even_where_no_character_fits) {
  EXPECT_EQ(wrap_text("ab c", 0, 15), (std::vector<std::string>{"a", "b", "c"}));
  EXPECT_EQ(wrap_text("", 100, 15), std::vector<std::string>{});
  EXPECT_EQ(wrap_text("a\n\nb", 100, 15), (std::vector<std::string>{"a", "", "b"}));
}

TEST(FreetypeFace, a_font_that_cannot_be_read_is_an_error_that_names_it) {
  for (const char* file : {"/nowhere/Roboto.ttf", "/dev/null"}) {
    try {
      const FreetypeFace face(file);
      ADD_FAILURE() << file << " was read";
    } catch (const std::runtime_error& error) {
      EXPECT_NE(std::string(error.what()).find(std::string("cannot read the font \"") + file),
                std::string::npos);
    }
  }
}

TEST(TextMetrics, threads_measure_alike_at_once) {
  const double expected = measure_text("cost \u2207 0.6931", 15).width;
  std::vector<double> measured(4);
  std::vector<std::thread> threads;
  for (double& width : measured) {
    threads.emplace_back([&width] {
      for (int i = 0; i < 200; ++i) width = measure_text("cost \u2207 0.6931", 15).width;
    });
  }
  for (std::thread& thread : threads) thread.join();
  for (const double width : measured) EXPECT_EQ(width, expected);
}

}  // namespace
}  // namespace initlab
