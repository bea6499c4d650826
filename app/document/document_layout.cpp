#include "app/document/document_layout.h"

#include <algorithm>
#include <cassert>
#include <cmath>

#include "app/canvas/text_metrics.h"
#include "app/canvas/utf8.h"

namespace initlab {
namespace {

constexpr double kLeading = 1.4;       // distance of baselines, of the size
constexpr double kParagraphGap = 0.6;  // of the size
constexpr double kIndent = 20;         // of a list, logical pixels
constexpr double kQuoteIndent = 14;
constexpr double kButtonGap = 8;
constexpr double kCodePadding = 3;
constexpr double kLeastFormulaSize = 10;
constexpr int kNoLink = -1;

// A part of a word in one look.
struct Fragment {
  std::string text;
  bool formula = false;
  SetFormula set;
  double size = 0;
  FontWeight weight = FontWeight::kRegular;
  DocumentInk ink = DocumentInk::kInk;
  bool code = false;
  int link = kNoLink;
  double width = 0;
};
// What stands between two places where a line may break.
struct Word {
  std::vector<Fragment> fragments;
  double width = 0;
  bool break_after = false;  // a line break was asked for
  bool display = false;      // a formula with a line of its own
};

class Layouter {
 public:
  Layouter(double width, const DocumentStyle& style) : style_(style) { laid_.width = width; }

  LaidDocument lay(const Document& document) {
    for (const TextBlock& block : document.blocks) lay_block(block);
    laid_.height = std::max(y_, 0.0);
    return std::move(laid_);
  }

 private:
  void lay_block(const TextBlock& block);
  void lay_buttons(const TextBlock& block, double x, double width);
  std::vector<Word> words_of(const TextBlock& block, double size, bool strong);
  void add_text(std::vector<Word>& words, const InlineText& piece, Fragment look);
  void add_fragment(std::vector<Word>& words, Fragment fragment);
  Fragment look_of(const InlineText& piece, double size, bool strong, int link) const;
  void lay_words(std::vector<Word> words, double x, double width, double size);
  std::vector<Word> without_long_words(std::vector<Word> words, double width) const;
  void lay_line(std::span<const Word> words, double x, double size);
  void lay_display(const Word& word, double x, double width, double size);
  void place(const Fragment& fragment, double x, double baseline, bool spaced, double size);

  DocumentStyle style_;
  LaidDocument laid_;
  double y_ = 0;
};

Fragment Layouter::look_of(const InlineText& piece, double size, bool strong, int link) const {
  Fragment look;
  look.size = size;
  look.weight = piece.strong || strong ? FontWeight::kMedium
                : piece.emphasis       ? FontWeight::kItalic
                                       : FontWeight::kRegular;
  look.ink = link == kNoLink ? style_.ink : DocumentInk::kLink;
  look.link = link;
  look.code = piece.kind == InlineText::Kind::kCode;
  if (look.code) look.size = size - 1;
  return look;
}

void Layouter::add_fragment(std::vector<Word>& words, Fragment fragment) {
  if (!fragment.formula) {
    fragment.width = measure_text(fragment.text, fragment.size, fragment.weight).width;
    if (fragment.code) fragment.width += 2 * kCodePadding;
  }
  words.back().width += fragment.width;
  words.back().fragments.push_back(std::move(fragment));
}

// Spaces end words; the text may begin or end within one.
void Layouter::add_text(std::vector<Word>& words, const InlineText& piece, Fragment look) {
  std::string_view rest = piece.text;
  while (!rest.empty()) {
    const std::size_t space = rest.find(' ');
    if (space != 0) {
      Fragment fragment = look;
      fragment.text = rest.substr(0, space);
      add_fragment(words, std::move(fragment));
    }
    if (space == std::string_view::npos) return;
    if (!words.back().fragments.empty()) words.emplace_back();
    rest.remove_prefix(space + 1);
  }
}

std::vector<Word> Layouter::words_of(const TextBlock& block, double size, bool strong) {
  std::vector<Word> words(1);
  std::string target;
  int link = kNoLink;
  for (const InlineText& piece : block.text) {
    if (piece.target != target) {
      target = piece.target;
      link = kNoLink;
      if (!target.empty()) {
        link = static_cast<int>(laid_.links.size());
        laid_.links.push_back({{}, "", target, false});
      }
    }
    if (link != kNoLink) laid_.links[static_cast<std::size_t>(link)].label += piece.text;
    Fragment look = look_of(piece, size, strong, link);
    if (piece.kind == InlineText::Kind::kLineBreak) {
      words.back().break_after = true;
      words.emplace_back();
      continue;
    }
    const bool display = piece.kind == InlineText::Kind::kDisplayFormula;
    if (piece.kind == InlineText::Kind::kFormula || display) {
      look.formula = true;
      look.text = piece.text;
      Result<SetFormula> set =
          set_tex(piece.text, size, display ? FormulaRoom::kDisplay : FormulaRoom::kInline);
      assert(std::holds_alternative<SetFormula>(set));
      look.set = std::get<SetFormula>(std::move(set));
      look.width = look.set.width;
      if (display && !words.back().fragments.empty()) words.emplace_back();
      add_fragment(words, std::move(look));
      if (display) {
        words.back().display = true;
        words.emplace_back();
      }
      continue;
    }
    if (look.code) {
      look.text = piece.text;
      add_fragment(words, std::move(look));
      continue;
    }
    add_text(words, piece, std::move(look));
  }
  std::erase_if(words, [](const Word& word) { return word.fragments.empty() && !word.break_after; });
  return words;
}

// Words wider than the column in pieces that fit; formulas smaller.
std::vector<Word> Layouter::without_long_words(std::vector<Word> words, double width) const {
  std::vector<Word> fitting;
  for (Word& word : words) {
    if (word.width <= width || word.fragments.empty()) {
      fitting.push_back(std::move(word));
      continue;
    }
    if (word.fragments.front().formula) {
      Fragment& fragment = word.fragments.front();
      const double size = std::max(kLeastFormulaSize, std::floor(fragment.size * width / word.width * 4) / 4);
      Result<SetFormula> set =
          set_tex(fragment.text, size, word.display ? FormulaRoom::kDisplay : FormulaRoom::kInline);
      word.width -= fragment.width;
      fragment.set = std::get<SetFormula>(std::move(set));
      fragment.width = fragment.set.width;
      word.width += fragment.width;
      fitting.push_back(std::move(word));
      continue;
    }
    for (Fragment& fragment : word.fragments) {
      for (std::string& line : wrap_text(fragment.text, width, fragment.size, fragment.weight)) {
        Word part;
        Fragment piece = fragment;
        piece.width = measure_text(line, fragment.size, fragment.weight).width;
        piece.text = std::move(line);
        part.width = piece.width;
        part.fragments.push_back(std::move(piece));
        fitting.push_back(std::move(part));
      }
    }
  }
  return fitting;
}

// Joins a text to the piece before it where both look the same: fewer texts to draw in a frame.
void Layouter::place(const Fragment& fragment, double x, double baseline, bool spaced, double size) {
  const double top = baseline - size;
  if (fragment.link != kNoLink) {
    std::vector<Rect>& rects = laid_.links[static_cast<std::size_t>(fragment.link)].rects;
    const Rect rect = {x, top, fragment.width, kLeading * size};
    if (!rects.empty() && rects.back().y == rect.y) {
      rects.back().width = rect.right() - rects.back().x;
    } else {
      rects.push_back(rect);
    }
  }
  if (fragment.formula) {
    laid_.formulas.push_back({{x, baseline}, fragment.set, fragment.ink});
    return;
  }
  if (fragment.code) {
    laid_.code.push_back({x, baseline - 0.95 * size, fragment.width, 1.25 * size});
    laid_.pieces.push_back(
        {{x + kCodePadding, baseline}, fragment.text, fragment.size, fragment.weight, fragment.ink});
    return;
  }
  if (spaced && !laid_.pieces.empty()) {
    LaidDocument::Piece& last = laid_.pieces.back();
    const double end = last.at.x + measure_text(last.text + " ", last.size, last.weight).width;
    if (last.at.y == baseline && last.size == fragment.size && last.weight == fragment.weight &&
        last.ink == fragment.ink && std::abs(end - x) < 0.01) {
      last.text += " " + fragment.text;
      return;
    }
  }
  laid_.pieces.push_back({{x, baseline}, fragment.text, fragment.size, fragment.weight, fragment.ink});
}

void Layouter::lay_line(std::span<const Word> words, double x, double size) {
  double ascent = 0.96 * size;
  double descent = (kLeading - 0.96) * size;
  for (const Word& word : words) {
    for (const Fragment& fragment : word.fragments) {
      if (!fragment.formula) continue;
      ascent = std::max(ascent, fragment.set.ascent + 0.12 * size);
      descent = std::max(descent, fragment.set.descent + 0.2 * size);
    }
  }
  const double baseline = y_ + ascent;
  const double space = measure_text(" ", size).width;
  bool first = true;
  for (const Word& word : words) {
    if (!first) x += space;
    bool spaced = !first;
    first = false;
    for (const Fragment& fragment : word.fragments) {
      place(fragment, x, baseline, spaced, size);
      spaced = false;
      x += fragment.width;
    }
  }
  y_ += ascent + descent;
}

void Layouter::lay_display(const Word& word, double x, double width, double size) {
  const Fragment& fragment = word.fragments.front();
  const double inset = std::min(16.0, std::max(0.0, width - fragment.width));
  y_ += 0.35 * size;
  laid_.formulas.push_back({{x + inset, y_ + fragment.set.ascent}, fragment.set, fragment.ink});
  y_ += fragment.set.ascent + fragment.set.descent + 0.35 * size;
}

void Layouter::lay_words(std::vector<Word> words, double x, double width, double size) {
  words = without_long_words(std::move(words), width);
  const double space = measure_text(" ", size).width;
  std::size_t begin = 0;
  double line = 0;
  const auto end_line = [&](std::size_t end) {
    if (end > begin) lay_line(std::span(words).subspan(begin, end - begin), x, size);
    begin = end;
    line = 0;
  };
  for (std::size_t i = 0; i < words.size(); ++i) {
    const Word& word = words[i];
    if (word.display) {
      end_line(i);
      lay_display(word, x, width, size);
      begin = i + 1;
      continue;
    }
    const double wanted = i == begin ? word.width : line + space + word.width;
    if (i > begin && wanted > width) {
      end_line(i);
      line = word.width;
    } else {
      line = wanted;
    }
    if (word.break_after) end_line(i + 1);
  }
  end_line(words.size());
}

void Layouter::lay_buttons(const TextBlock& block, double x, double width) {
  double at = x;
  for (const InlineText& piece : block.text) {
    if (piece.target.empty()) continue;
    const double wanted =
        std::min(width, std::ceil(measure_text(piece.text, style_.size).width + 2 * style_.button_padding));
    if (at > x && at + wanted > x + width) {
      at = x;
      y_ += style_.button_height + kButtonGap;
    }
    laid_.links.push_back({{{at, y_, wanted, style_.button_height}}, piece.text, piece.target, true});
    at += wanted + kButtonGap;
  }
  y_ += style_.button_height;
}

void Layouter::lay_block(const TextBlock& block) {
  const bool heading = block.kind == TextBlock::Kind::kHeading;
  const double size = heading && block.heading_level <= 2 ? style_.size + 2 : style_.size;
  if (y_ > 0) y_ += (heading ? 1.2 : block.indent > 0 ? 0.3 : kParagraphGap) * style_.size;
  double x = block.quoted ? kQuoteIndent : 0;
  const double top = y_;
  x += kIndent * block.indent;
  if (is_button_row(block)) {
    lay_buttons(block, x, laid_.width - x);
  } else {
    if (!block.marker.empty()) {
      const double width = measure_text(block.marker, size).width;
      const DocumentInk ink = DocumentInk::kSecondary;
      laid_.pieces.push_back(
          {{x - 7 - width, y_ + 0.96 * size}, block.marker, size, FontWeight::kRegular, ink});
    }
    lay_words(words_of(block, size, heading), x, laid_.width - x, size);
  }
  if (block.quoted) {
    // Bars of neighbours in one quote become one.
    if (!laid_.quote_bars.empty() && laid_.quote_bars.back().bottom() + kParagraphGap * size + 0.5 >= top) {
      laid_.quote_bars.back().height = y_ - laid_.quote_bars.back().y;
    } else {
      laid_.quote_bars.push_back({0, top, 2, y_ - top});
    }
  }
}

Color color_of(const Theme& theme, DocumentInk ink) {
  switch (ink) {
    case DocumentInk::kInk:
      return theme.ink;
    case DocumentInk::kSecondary:
      return theme.secondary;
    case DocumentInk::kLink:
      return theme.accent;
  }
  return theme.ink;
}

}  // namespace

LaidDocument lay_document(const Document& document, double width, const DocumentStyle& style) {
  return Layouter(std::max(width, 40.0), style).lay(document);
}

void draw_document(Canvas& canvas, const Theme& theme, Point top_left, const LaidDocument& document) {
  const Point o = top_left;
  const auto moved = [&](Rect r) { return Rect{r.x + o.x, r.y + o.y, r.width, r.height}; };
  for (const Rect& rect : document.code) canvas.fill_rect(moved(rect), theme.soft, 3);
  for (const Rect& rect : document.quote_bars) canvas.fill_rect(moved(rect), theme.hairline, 1);
  for (const LaidDocument::Piece& piece : document.pieces) {
    canvas.text({o.x + piece.at.x, o.y + piece.at.y}, piece.text,
                {.size = piece.size, .color = color_of(theme, piece.ink), .weight = piece.weight});
  }
  for (const LaidDocument::PlacedFormula& placed : document.formulas) {
    draw_formula(canvas, {o.x + placed.at.x, o.y + placed.at.y}, placed.formula, color_of(theme, placed.ink));
  }
}

const LaidDocument::Link* link_at(const LaidDocument& document, Point point) {
  for (const LaidDocument::Link& link : document.links) {
    for (const Rect& rect : link.rects) {
      if (rect.contains(point)) return &link;
    }
  }
  return nullptr;
}

}  // namespace initlab
