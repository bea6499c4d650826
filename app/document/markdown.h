// Markdown as a list of blocks, ready to be laid out: paragraphs, headings, list items and quotes of text,
// code spans, links and formulas ($...$, $$...$$). md4c reads it; what this room does not show (tables,
// pictures, code blocks, HTML) is refused by name.
#pragma once

#include <cstdint>
#include <string>
#include <string_view>
#include <vector>

#include "core/experiment/file/experiment_json.h"

namespace initlab {

// A stretch of text in one look.
struct InlineText {
  enum class Kind : std::uint8_t { kText, kCode, kFormula, kDisplayFormula, kLineBreak };
  Kind kind = Kind::kText;
  std::string text;  // of a formula its TeX, which has been set once and so is right
  bool strong = false;
  bool emphasis = false;
  std::string target;  // of a link; empty: none
  bool operator==(const InlineText&) const = default;
};

struct TextBlock {
  enum class Kind : std::uint8_t { kParagraph, kHeading };
  Kind kind = Kind::kParagraph;
  int heading_level = 0;  // from 1
  int indent = 0;         // lists around it
  std::string marker;     // of the first block of a list item: "•", "2."; else empty
  bool quoted = false;
  std::vector<InlineText> text;
};

struct Document {
  std::vector<TextBlock> blocks;
};

// `source` names the text in messages.
Result<Document> read_markdown(std::string_view markdown, std::string_view source);

// Whether a block holds nothing but links: it is shown as a row of buttons.
bool is_button_row(const TextBlock& block);
// The words of a block as they are read aloud, formulas as TeX.
std::string plain_text(const TextBlock& block);

}  // namespace initlab
