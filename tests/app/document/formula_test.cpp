#include "app/document/formula.h"

#include <gtest/gtest.h>

#include <algorithm>
#include <cmath>

#include "app/canvas/recording_canvas.h"
#include "app/canvas/text_metrics.h"
#include "core/network/initializers.h"

namespace initlab {
namespace {

constexpr double kSize = 16;

SetFormula tex(std::string_view text, FormulaRoom room = FormulaRoom::kInline) {
  Result<SetFormula> set = set_tex(text, kSize, room);
  if (const auto* error = std::get_if<InputError>(&set)) {
    ADD_FAILURE() << error->message;
    return {};
  }
  return std::get<SetFormula>(std::move(set));
}
std::string error_of(std::string_view text) {
  const Result<SetFormula> set = set_tex(text, kSize);
  const auto* error = std::get_if<InputError>(&set);
  return error == nullptr ? "" : error->message;
}
std::string text_of(const SetFormula& formula) {
  std::string text;
  for (const SetFormula::Run& run : formula.runs) text += run.text;
  return text;
}
const SetFormula::Run& run_of(const SetFormula& formula, std::string_view text) {
  const auto found = std::ranges::find(formula.runs, text, &SetFormula::Run::text);
  if (found == formula.runs.end()) throw std::runtime_error("no run " + std::string(text));
  return *found;
}

TEST(Formula, a_fraction_stands_above_and_below_its_rule) {
  const SetFormula f = tex(R"(\frac{a}{b})");
  ASSERT_EQ(f.lines.size(), 1u);
  const double rule = f.lines[0].points[0].y;
  EXPECT_LT(run_of(f, "a").at.y, rule);
  EXPECT_GT(run_of(f, "b").at.y, rule + 0.4 * kSize);
  EXPECT_NEAR(run_of(f, "a").at.x, run_of(f, "b").at.x, 1);
  EXPECT_GT(f.ascent, tex("a").ascent);
}

TEST(Formula, scripts_are_smaller_and_moved_the_right_way) {
  const SetFormula f = tex("x_i^2");
  EXPECT_LT(run_of(f, "i").size, kSize);
  EXPECT_GT(run_of(f, "i").at.y, 0);
  EXPECT_LT(run_of(f, "2").at.y, 0);
  EXPECT_GT(run_of(f, "2").at.x, run_of(f, "x").at.x);
}

TEST(Formula, a_root_covers_what_is_under_it) {
  const SetFormula f = tex(R"(\sqrt{n+1})");
  ASSERT_EQ(f.lines.size(), 1u);
  EXPECT_GE(f.lines[0].points.back().x, run_of(f, "1").at.x + measure_text("1", kSize).width);
  EXPECT_LT(f.lines[0].points.back().y, -0.7 * kSize);
}

TEST(Formula, letters_lean_and_functions_and_numbers_do_not) {
  const SetFormula f = tex(R"(\ln 12 + \sigma(z))");
  EXPECT_EQ(run_of(f, "ln").weight, FontWeight::kRegular);
  EXPECT_EQ(run_of(f, "12").weight, FontWeight::kRegular);
  EXPECT_EQ(run_of(f, "z").weight, FontWeight::kItalic);
  EXPECT_EQ(run_of(f, "σ").weight, FontWeight::kItalic);
}

TEST(Formula, a_minus_before_a_number_stands_close_and_between_numbers_apart) {
  const double sign = tex("-1").width - tex("1").width;
  const double difference = tex("1-1").width - 2 * tex("1").width;
  EXPECT_GT(difference, sign + 0.3 * kSize);
}

TEST(Formula, tall_parentheses_are_as_high_as_what_they_hold) {
  const SetFormula f = tex(R"(\left( \frac{2}{n} \right))", FormulaRoom::kDisplay);
  const SetFormula inside = tex(R"(\frac{2}{n})", FormulaRoom::kDisplay);
  EXPECT_EQ(f.lines.size(), 3u);
  EXPECT_GE(f.ascent, inside.ascent);
  EXPECT_GE(f.descent, inside.descent);
  EXPECT_EQ(tex(R"(\left( x \right))").lines.size(), 0u);  // a letter is enough for a letter
}

TEST(Formula, an_error_quotes_what_is_wrong) {
  EXPECT_NE(error_of(R"(\nabl x)").find(R"(unknown command "\nabl"; did you mean "\nabla"?)"),
            std::string::npos)
      << error_of(R"(\nabl x)");
  EXPECT_NE(error_of(R"(\frac{1})").find("nothing follows"), std::string::npos);
  EXPECT_NE(error_of("a}").find("a } without its {"), std::string::npos);
  EXPECT_NE(error_of("{a").find("a { without its }"), std::string::npos);
  EXPECT_NE(error_of(R"(\left( a)").find("without its \\right"), std::string::npos);
  EXPECT_NE(error_of(R"(a \right))").find("without its \\left"), std::string::npos);
  EXPECT_NE(error_of("a_1_2").find("two indices"), std::string::npos);
  EXPECT_NE(error_of(R"(\mathbb{Q})").find("\"Q\""), std::string::npos);
  EXPECT_FALSE(error_of(std::string(500, '{')).empty());
  EXPECT_TRUE(error_of("").empty());
}

TEST(Formula, whatever_bytes_come_an_answer_comes_too) {
  std::uint32_t random = 7;
  constexpr std::string_view kPieces[] = {"\\frac", "{", "}", "^", "_", "'",    "\\left(", "\\right)", "x",
                                          "1.5",    " ", "/", "(", ")", "\xff", "√",       "~",        ","};
  for (int i = 0; i < 4000; ++i) {
    std::string text;
    for (int part = 0; part < 9; ++part) {
      random = random * 1664525u + 1013904223u;
      text += kPieces[(random >> 16) % std::size(kPieces)];
    }
    const Result<SetFormula> set = set_tex(text, kSize);
    const auto* formula = std::get_if<SetFormula>(&set);
    EXPECT_TRUE(formula == nullptr || std::isfinite(formula->width)) << text;
    EXPECT_TRUE(std::isfinite(set_plain_formula(text, kSize).width)) << text;
  }
}

TEST(Formula, the_plain_notation_becomes_fractions_roots_and_indices) {
  const SetFormula he = set_plain_formula("W ~ N(0, 2 / fan_in)", kSize);
  EXPECT_EQ(text_of(he).find('/'), std::string::npos);
  EXPECT_EQ(text_of(he).find('_'), std::string::npos);
  EXPECT_GT(run_of(he, "in").at.y, run_of(he, "fan").at.y);
  EXPECT_LT(run_of(he, "2").at.y, run_of(he, "fan").at.y);

  const SetFormula uniform = set_plain_formula("W ~ U[−a, a], a = √(6 / (fan_in + fan_out))", kSize);
  EXPECT_EQ(text_of(uniform).find("√"), std::string::npos);
  EXPECT_EQ(text_of(uniform).find('('), std::string::npos);  // a fraction needs no parentheses
  EXPECT_EQ(set_plain_formula("W, b from a .npz file", kSize).runs.size(), 1u);
}

TEST(Formula, every_scheme_s_formula_is_set_within_its_extent) {
  for (const Scheme& row : schemes()) {
    const TextExtent extent = formula_extent(row.formula, kSize);
    RecordingCanvas canvas;
    draw_formula_text(canvas, {100, 100}, row.formula, {.size = kSize});
    ASSERT_FALSE(canvas.items().empty()) << row.id;
    const Rect box = {100, 100 - extent.ascent, extent.width, extent.ascent + extent.descent};
    for (const DrawnItem& item : canvas.items()) {
      if (item.kind == DrawnKind::kText) continue;
      EXPECT_GE(item.bounds.y, box.y - 0.5) << row.id;
      EXPECT_LE(item.bounds.bottom(), box.bottom() + 0.5) << row.id;
    }
    EXPECT_TRUE(canvas.texts_outside(box.inset(-1, -4), 0.5).empty()) << row.id;
    EXPECT_TRUE(canvas.overlapping_texts(2.5).empty()) << row.id;
  }
}

TEST(Formula, the_fonts_have_every_sign_that_tex_knows) {
  const SetFormula f =
      tex(R"(\alpha\beta\gamma\delta\epsilon\zeta\eta\theta\kappa\lambda\mu\nu\xi\pi\rho\sigma
      \tau\phi\chi\psi\omega\Gamma\Delta\Theta\Lambda\Sigma\Phi\Psi\Omega\ell\infty\nabla\partial\ldots\cdots\top
      \cdot\times\pm\odot\circ\sim\le\ge\ll\gg\ne\approx\propto\in\to\leftarrow\Rightarrow\sum
      \mathbb{E}\mathbb{R}\mathbb{P}'*-)");
  for (const SetFormula::Run& run : f.runs) {
    const PlacedGlyph missing = place_glyphs("\uFFFD", run.size, run.weight).front();
    for (const PlacedGlyph& glyph : place_glyphs(run.text, run.size, run.weight)) {
      EXPECT_FALSE(glyph.face == missing.face && glyph.glyph_index == missing.glyph_index) << run.text;
    }
  }
}

}  // namespace
}  // namespace initlab
