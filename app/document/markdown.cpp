#include "app/document/markdown.h"

#include <fmt/format.h>
#include <md4c.h>

#include <algorithm>

#include "app/document/formula.h"

namespace initlab {
namespace {

struct ListLevel {
  bool ordered = false;
  unsigned next = 1;
};

// What md4c's callbacks fill. They return 0 to go on; another number ends the reading, with `error` set.
class Reader {
 public:
  explicit Reader(std::string_view source) : source_(source) {}

  int enter_block(MD_BLOCKTYPE type, void* detail);
  int leave_block(MD_BLOCKTYPE type);
  int enter_span(MD_SPANTYPE type, void* detail);
  int leave_span(MD_SPANTYPE type);
  int text(MD_TEXTTYPE type, std::string_view text);

  std::string error;
  Document document;

 private:
  int fail(std::string_view what) {
    error = fmt::format("{}: {}", source_, what);
    return 1;
  }
  int open_block(TextBlock::Kind kind, int level);
  // Text may stand in a list item without a paragraph of its own.
  std::vector<InlineText>& open_text() {
    if (!open_) (void)open_block(TextBlock::Kind::kParagraph, 0);
    return document.blocks.back().text;
  }
  void add(InlineText::Kind kind, std::string_view text);
  int end_formula();

  std::string source_;
  std::vector<ListLevel> lists_;
  std::string marker_;  // of the item that has begun and shown nothing yet
  int quotes_ = 0;
  bool open_ = false;
  int strong_ = 0;
  int emphasis_ = 0;
  bool code_ = false;
  bool formula_ = false;
  bool display_ = false;
  std::string tex_;
  std::string target_;
};

int Reader::open_block(TextBlock::Kind kind, int level) {
  TextBlock block;
  block.kind = kind;
  block.heading_level = level;
  block.indent = static_cast<int>(lists_.size());
  block.marker = std::exchange(marker_, {});
  block.quoted = quotes_ > 0;
  document.blocks.push_back(std::move(block));
  open_ = true;
  return 0;
}

int Reader::enter_block(MD_BLOCKTYPE type, void* detail) {
  switch (type) {
    case MD_BLOCK_DOC:
      return 0;
    case MD_BLOCK_QUOTE:
      ++quotes_;
      return 0;
    case MD_BLOCK_UL:
      open_ = false;
      lists_.push_back({false, 1});
      return 0;
    case MD_BLOCK_OL:
      open_ = false;
      lists_.push_back({true, static_cast<MD_BLOCK_OL_DETAIL*>(detail)->start});
      return 0;
    case MD_BLOCK_LI: {
      ListLevel& list = lists_.back();
      marker_ = list.ordered ? fmt::format("{}.", list.next++) : "•";
      open_ = false;
      return 0;
    }
    case MD_BLOCK_P:
      return open_block(TextBlock::Kind::kParagraph, 0);
    case MD_BLOCK_H:
      return open_block(TextBlock::Kind::kHeading,
                        static_cast<int>(static_cast<MD_BLOCK_H_DETAIL*>(detail)->level));
    case MD_BLOCK_HR:
      return fail("a rule (---) stands within a step");
    case MD_BLOCK_CODE:
      return fail("blocks of code are not shown here; use `code` in a line");
    case MD_BLOCK_HTML:
      return fail("HTML is not shown here");
    default:
      return fail("tables are not shown here; use a list");
  }
}

int Reader::leave_block(MD_BLOCKTYPE type) {
  if (type == MD_BLOCK_QUOTE) --quotes_;
  if (type == MD_BLOCK_UL || type == MD_BLOCK_OL) lists_.pop_back();
  open_ = false;
  return 0;
}

int Reader::enter_span(MD_SPANTYPE type, void* detail) {
  switch (type) {
    case MD_SPAN_EM:
      ++emphasis_;
      return 0;
    case MD_SPAN_STRONG:
      ++strong_;
      return 0;
    case MD_SPAN_A: {
      const MD_ATTRIBUTE& href = static_cast<MD_SPAN_A_DETAIL*>(detail)->href;
      target_.assign(href.text, href.size);
      return target_.empty() ? fail("a link leads nowhere") : 0;
    }
    case MD_SPAN_CODE:
      code_ = true;
      return 0;
    case MD_SPAN_LATEXMATH:
    case MD_SPAN_LATEXMATH_DISPLAY:
      formula_ = true;
      display_ = type == MD_SPAN_LATEXMATH_DISPLAY;
      tex_.clear();
      return 0;
    default:
      return fail("pictures are not shown here");
  }
}

int Reader::leave_span(MD_SPANTYPE type) {
  switch (type) {
    case MD_SPAN_EM:
      --emphasis_;
      return 0;
    case MD_SPAN_STRONG:
      --strong_;
      return 0;
    case MD_SPAN_A:
      target_.clear();
      return 0;
    case MD_SPAN_CODE:
      code_ = false;
      return 0;
    default:
      return formula_ ? end_formula() : 0;
  }
}

int Reader::end_formula() {
  formula_ = false;
  const Result<SetFormula> set = set_tex(tex_, 15);
  if (const auto* wrong = std::get_if<InputError>(&set)) return fail(wrong->message);
  add(display_ ? InlineText::Kind::kDisplayFormula : InlineText::Kind::kFormula, tex_);
  return 0;
}

void Reader::add(InlineText::Kind kind, std::string_view text) {
  InlineText piece = {kind, std::string(text), strong_ > 0, emphasis_ > 0, target_};
  std::vector<InlineText>& line = open_text();
  if (!line.empty() && kind == InlineText::Kind::kText && line.back().kind == kind &&
      line.back().strong == piece.strong && line.back().emphasis == piece.emphasis &&
      line.back().target == piece.target) {
    line.back().text += text;
    return;
  }
  line.push_back(std::move(piece));
}

int Reader::text(MD_TEXTTYPE type, std::string_view text) {
  if (formula_) {
    tex_ += type == MD_TEXT_SOFTBR || type == MD_TEXT_BR ? " " : text;
    return 0;
  }
  switch (type) {
    case MD_TEXT_NORMAL:
      add(InlineText::Kind::kText, text);
      return 0;
    case MD_TEXT_CODE:
      add(code_ ? InlineText::Kind::kCode : InlineText::Kind::kText, text);
      return 0;
    case MD_TEXT_SOFTBR:
      add(InlineText::Kind::kText, " ");
      return 0;
    case MD_TEXT_BR:
      add(InlineText::Kind::kLineBreak, "");
      return 0;
    case MD_TEXT_NULLCHAR:
      add(InlineText::Kind::kText, "\uFFFD");
      return 0;
    case MD_TEXT_ENTITY:
      return fail(fmt::format("{} is not known here; write the sign itself", in_quotes(text)));
    default:
      return fail("HTML is not shown here");
  }
}

Reader& reader(void* userdata) {
  return *static_cast<Reader*>(userdata);
}

}  // namespace

Result<Document> read_markdown(std::string_view markdown, std::string_view source) {
  Reader into(source);
  MD_PARSER parser = {};
  parser.flags =
      MD_FLAG_COLLAPSEWHITESPACE | MD_FLAG_LATEXMATHSPANS | MD_FLAG_TABLES | MD_FLAG_NOINDENTEDCODEBLOCKS;
  parser.enter_block = [](MD_BLOCKTYPE type, void* detail, void* to) {
    return reader(to).enter_block(type, detail);
  };
  parser.leave_block = [](MD_BLOCKTYPE type, void*, void* to) { return reader(to).leave_block(type); };
  parser.enter_span = [](MD_SPANTYPE type, void* detail, void* to) {
    return reader(to).enter_span(type, detail);
  };
  parser.leave_span = [](MD_SPANTYPE type, void*, void* to) { return reader(to).leave_span(type); };
  parser.text = [](MD_TEXTTYPE type, const MD_CHAR* text, MD_SIZE size, void* to) {
    return reader(to).text(type, {text, size});
  };
  const int result = md_parse(markdown.data(), static_cast<MD_SIZE>(markdown.size()), &parser, &into);
  if (!into.error.empty()) return InputError{std::move(into.error)};
  if (result != 0) return InputError{fmt::format("{}: the text cannot be read as markdown", source)};
  return std::move(into.document);
}

bool is_button_row(const TextBlock& block) {
  if (block.kind != TextBlock::Kind::kParagraph) return false;
  bool any = false;
  for (const InlineText& piece : block.text) {
    const bool space =
        piece.kind == InlineText::Kind::kText && piece.text.find_first_not_of(' ') == std::string::npos;
    if (piece.target.empty() && !space) return false;
    any = any || !piece.target.empty();
  }
  return any;
}

std::string plain_text(const TextBlock& block) {
  std::string text;
  for (const InlineText& piece : block.text) {
    text += piece.kind == InlineText::Kind::kLineBreak ? " " : piece.text;
  }
  return text;
}

}  // namespace initlab
