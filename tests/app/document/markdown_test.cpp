#include "app/document/markdown.h"

#include <gtest/gtest.h>

#include "app/canvas/recording_canvas.h"
#include "app/document/document_layout.h"

namespace initlab {
namespace {

Document read(std::string_view text) {
  Result<Document> document = read_markdown(text, "a text");
  if (const auto* error = std::get_if<InputError>(&document)) {
    ADD_FAILURE() << error->message;
    return {};
  }
  return std::get<Document>(std::move(document));
}
std::string error_of(std::string_view text) {
  const Result<Document> document = read_markdown(text, "a text");
  const auto* error = std::get_if<InputError>(&document);
  return error == nullptr ? "" : error->message;
}

constexpr std::string_view kSample = R"(# A heading

Words that are *slanted* and **strong**, some `code`, and $x^2$ in a line that is long enough to be broken.

$$\frac{1}{2}$$

- first
- second, with a [link in it](do:this)

2. two
3. three

> A quote
> of two lines

[One](do:one) [Two](do:two)
)";

TEST(Markdown, blocks_come_in_their_order_and_kind) {
  const Document d = read(kSample);
  ASSERT_EQ(d.blocks.size(), 9u);
  EXPECT_EQ(d.blocks[0].kind, TextBlock::Kind::kHeading);
  EXPECT_EQ(d.blocks[2].text[0].kind, InlineText::Kind::kDisplayFormula);
  EXPECT_EQ(d.blocks[3].marker, "•");
  EXPECT_EQ(d.blocks[5].marker, "2.");
  EXPECT_EQ(d.blocks[6].marker, "3.");
  EXPECT_TRUE(d.blocks[7].quoted);
  EXPECT_EQ(plain_text(d.blocks[7]), "A quote of two lines");
  EXPECT_TRUE(is_button_row(d.blocks[8]));
  EXPECT_FALSE(is_button_row(d.blocks[4]));
}

TEST(Markdown, looks_of_text_are_kept_apart) {
  const std::vector<InlineText> text = read("a *b* **c** `d` $e$ [f](do:g)").blocks.at(0).text;
  ASSERT_EQ(text.size(), 10u);
  EXPECT_TRUE(text[1].emphasis);
  EXPECT_TRUE(text[3].strong);
  EXPECT_EQ(text[5].kind, InlineText::Kind::kCode);
  EXPECT_EQ(text[7].kind, InlineText::Kind::kFormula);
  EXPECT_EQ(text[9].target, "do:g");
}

TEST(Markdown, what_is_not_shown_is_refused_by_name) {
  EXPECT_NE(error_of("```\ncode\n```").find("code"), std::string::npos);
  EXPECT_NE(error_of("| a | b |\n| --- | --- |\n| c | d |").find("tables"), std::string::npos);
  EXPECT_NE(error_of("![a](b.png)").find("pictures"), std::string::npos);
  EXPECT_NE(error_of("<b>x</b>").find("HTML"), std::string::npos);
  EXPECT_NE(error_of("$\\foo$").find("\\foo"), std::string::npos);
  EXPECT_NE(error_of("&nbsp;").find("&nbsp;"), std::string::npos);
  EXPECT_EQ(error_of(""), "");
}

TEST(DocumentLayout, nothing_leaves_the_column_or_meets_in_any_width) {
  const Document d = read(kSample);
  for (const double width : {90.0, 140.0, 224.0, 400.0, 900.0}) {
    const LaidDocument laid = lay_document(d, width);
    RecordingCanvas canvas;
    draw_document(canvas, theme(ThemeId::kLight), {50, 70}, laid);
    SCOPED_TRACE(width);
    EXPECT_TRUE(canvas.texts_outside({50, 70, width, laid.height}, 1.5).empty())
        << canvas.texts_outside({50, 70, width, laid.height}, 1.5).front();
    EXPECT_TRUE(canvas.overlapping_texts(3).empty())
        << canvas.overlapping_texts(3).front().first << " / " << canvas.overlapping_texts(3).front().second;
  }
}

TEST(DocumentLayout, a_narrower_column_is_a_longer_one) {
  const Document d = read(kSample);
  EXPECT_GT(lay_document(d, 150).height, lay_document(d, 400).height);
}

TEST(DocumentLayout, a_link_answers_where_its_words_stand) {
  const LaidDocument laid = lay_document(read("before [the link](do:this) after"), 400);
  ASSERT_EQ(laid.links.size(), 1u);
  EXPECT_EQ(laid.links[0].label, "the link");
  EXPECT_EQ(link_at(laid, laid.links[0].rects.at(0).center()), &laid.links[0]);
  EXPECT_EQ(link_at(laid, {2, 10}), nullptr);
}

TEST(DocumentLayout, a_link_over_two_lines_answers_on_both) {
  const LaidDocument laid = lay_document(read("[a link of many words that wraps](do:this) end"), 120);
  ASSERT_EQ(laid.links.size(), 1u);
  ASSERT_GE(laid.links[0].rects.size(), 2u);
  EXPECT_LT(laid.links[0].rects[0].y, laid.links[0].rects[1].y);
}

TEST(DocumentLayout, buttons_stand_side_by_side_and_then_below) {
  const Document d = read("[One](do:one) [Two](do:two) [Three, which is long](do:three)");
  const LaidDocument laid = lay_document(d, 200);
  ASSERT_EQ(laid.links.size(), 3u);
  EXPECT_EQ(laid.links[0].rects[0].y, laid.links[1].rects[0].y);
  EXPECT_GT(laid.links[2].rects[0].y, laid.links[1].rects[0].y);
  EXPECT_TRUE(laid.links[2].button);
}

TEST(DocumentLayout, a_formula_too_wide_for_the_column_is_set_smaller) {
  const Document d = read(R"($$z = w_1 x_1 + w_2 x_2 + w_3 x_3 + w_4 x_4 + w_5 x_5$$)");
  const LaidDocument laid = lay_document(d, 200);
  ASSERT_EQ(laid.formulas.size(), 1u);
  EXPECT_LE(laid.formulas[0].at.x + laid.formulas[0].formula.width, 201);
}

}  // namespace
}  // namespace initlab
