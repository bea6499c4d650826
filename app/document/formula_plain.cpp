// Reads the plain notation of the tables: words, numbers, signs and parentheses, with / ^ _ and sqrt.
#include <algorithm>
#include <array>

#include "app/canvas/utf8.h"
#include "app/document/formula_tree.h"

namespace initlab {
namespace {

using Kind = FormulaNode::Kind;

struct Named {
  std::string_view word;
  std::string_view sign;
};
constexpr std::array kNamed = {Named{"pi", "π"}, Named{"omega", "ω"}, Named{"sigma", "σ"}, Named{"Phi", "Φ"}};
constexpr std::array<std::string_view, 12> kFunctions = {"exp", "log", "ln",  "tanh", "sin",  "erf",
                                                         "max", "min", "sum", "mean", "sqrt", "softplus"};

bool is_letter(char32_t c) {
  return (c >= 'a' && c <= 'z') || (c >= 'A' && c <= 'Z') || (c >= 0x370 && c < 0x400);
}
bool is_digit(char32_t c) {
  return c >= '0' && c <= '9';
}

// Prose stays prose: an article is no quantity. "W, b from a .npz file".
bool is_prose(std::string_view plain) {
  return plain.find_first_of("=~<") == std::string_view::npos;
}

class PlainReader {
 public:
  explicit PlainReader(std::string_view plain) : plain_(plain) {}

  FormulaNode read_row(char closing, int depth = 0) {
    std::vector<FormulaNode> nodes;
    while (position_ < plain_.size() && !(closing != '\0' && plain_[position_] == closing)) {
      const bool spaced = skip_spaces();
      if (position_ >= plain_.size() || (closing != '\0' && plain_[position_] == closing)) break;
      if (plain_[position_] == '/' && !nodes.empty()) {
        ++position_;
        skip_spaces();
        FormulaNode below = read_primary(depth);
        if (is_tall(nodes.back())) {  // a fraction upon a fraction would be too small to read
          nodes.push_back(text_node("/"));
          nodes.push_back(std::move(below));
          continue;
        }
        FormulaNode above = without_parentheses(std::move(nodes.back()));
        nodes.back() =
            compound_node(Kind::kFraction, std::move(above), without_parentheses(std::move(below)));
        continue;
      }
      FormulaNode node = read_primary(depth);
      const bool words = !nodes.empty() && stands_apart(nodes.back()) && stands_apart(node);
      if (spaced && words) nodes.push_back(space_node(0.25));
      nodes.push_back(std::move(node));
    }
    return row_node(std::move(nodes));
  }

 private:
  static constexpr int kDeepest = 32;

  static bool stands_apart(const FormulaNode& node) {
    return node.atom == AtomClass::kOrdinary || node.atom == AtomClass::kFunction;
  }
  static bool is_tall(const FormulaNode& node) {
    return node.kind == Kind::kFraction || std::ranges::any_of(node.children, is_tall);
  }
  static FormulaNode without_parentheses(FormulaNode node) {
    if (node.kind != Kind::kFence || node.text != "()") return node;
    FormulaNode inside = std::move(node.children.front());
    return inside;
  }

  bool skip_spaces() {
    const std::size_t start = position_;
    while (position_ < plain_.size() && plain_[position_] == ' ') ++position_;
    return position_ > start;
  }
  char32_t peek() const {
    std::size_t position = position_;
    return position_ < plain_.size() ? next_character(plain_, position) : U'\0';
  }
  char32_t take() { return next_character(plain_, position_); }

  // What binds together: a name with its argument, a number, something in parentheses; with its scripts.
  FormulaNode read_primary(int depth) {
    FormulaNode node = with_scripts(read_simple(depth), depth);
    const bool named = node.kind == Kind::kText || node.kind == Kind::kScripts;
    if (named && stands_apart(node) && last_was_name_ && (peek() == '(' || peek() == '[') &&
        depth < kDeepest) {
      std::vector<FormulaNode> parts;
      parts.push_back(std::move(node));
      parts.push_back(with_scripts(read_parenthesis(depth), depth));
      return row_node(std::move(parts));
    }
    return node;
  }

  FormulaNode read_simple(int depth) {
    const char32_t c = peek();
    last_was_name_ = false;
    if (is_letter(c)) return read_word(depth);
    if (is_digit(c)) return read_number();
    if ((c == '(' || c == '[' || c == '|') && depth < kDeepest) return read_parenthesis(depth);
    const std::size_t start = position_;
    take();
    if (c == U'√') {
      skip_spaces();
      const bool last = depth >= kDeepest || position_ >= plain_.size();
      FormulaNode inside = last ? FormulaNode{} : without_parentheses(read_primary(depth + 1));
      return compound_node(Kind::kRoot, std::move(inside));
    }
    if (c == '<' && peek() == '-') {
      take();
      return text_node("←", AtomClass::kRelation);
    }
    if (c == '-' || c == U'−') return text_node("−", AtomClass::kBinary);
    if (c == '+' || c == U'×' || c == U'·') return text_node(piece(start), AtomClass::kBinary);
    if (c == '~') return text_node("∼", AtomClass::kRelation);
    if (c == '=' || c == '<' || c == '>') return text_node(piece(start), AtomClass::kRelation);
    if (c == ',') return read_comma();
    return text_node(piece(start));
  }

  std::string piece(std::size_t start) const { return std::string(plain_.substr(start, position_ - start)); }

  // Between clauses a comma keeps the space that it was given.
  FormulaNode read_comma() {
    FormulaNode comma = text_node(",", AtomClass::kPunctuation);
    if (peek() != ' ') return comma;
    FormulaNode row = row_node({});
    row.atom = AtomClass::kPunctuation;
    row.children.push_back(std::move(comma));
    row.children.push_back(space_node(0.1));
    return row;
  }

  FormulaNode read_parenthesis(int depth) {
    const char open = plain_[position_++];
    const char close = open == '(' ? ')' : open == '[' ? ']' : '|';
    FormulaNode inside = read_row(close, depth + 1);
    if (position_ < plain_.size()) ++position_;
    FormulaNode node = compound_node(Kind::kFence, std::move(inside));
    node.text = {open, close};
    return node;
  }

  FormulaNode read_number() {
    const std::size_t start = position_;
    const auto digit_at = [&](std::size_t at) {
      return at < plain_.size() && is_digit(static_cast<unsigned char>(plain_[at]));
    };
    while (position_ < plain_.size()) {
      const char c = plain_[position_];
      const bool between = (c == '.' || c == ',') && digit_at(position_ + 1);
      const bool exponent =
          c == 'e' && (digit_at(position_ + 1) || (position_ + 1 < plain_.size() &&
                                                   plain_[position_ + 1] == '-' && digit_at(position_ + 2)));
      if (!digit_at(position_) && !between && !exponent) break;
      position_ += exponent ? 2 : 1;
    }
    return text_node(piece(start));
  }

  FormulaNode read_word(int depth) {
    const std::size_t start = position_;
    while (is_letter(peek())) take();
    const std::string word = piece(start);
    last_was_name_ = true;
    if (word == "sqrt" && peek() == '(' && depth < kDeepest) {
      last_was_name_ = false;
      return compound_node(Kind::kRoot, without_parentheses(read_parenthesis(depth)));
    }
    if (word == "sum") return text_node("∑", AtomClass::kFunction);
    for (const Named& named : kNamed) {
      if (named.word == word) return variable_node(std::string(named.sign));
    }
    for (const std::string_view function : kFunctions) {
      if (function == word) return text_node(word, AtomClass::kFunction);
    }
    std::size_t letters = 0;
    for (std::size_t position = 0; position < word.size(); ++letters) (void)next_character(word, position);
    return letters == 1 && !is_article(word) ? variable_node(word) : text_node(word);
  }

  // "a share of each column": a word follows, not a sign.
  bool is_article(std::string_view word) const {
    if (word != "a" || peek() != ' ') return false;
    std::size_t position = position_ + 1;
    std::size_t letters = 0;
    for (; position < plain_.size() && is_letter(next_character(plain_, position)); ++letters) {
    }
    return letters > 1;
  }

  FormulaNode with_scripts(FormulaNode base, int depth) {
    FormulaNode below;
    FormulaNode above;
    if (peek() == '_' && last_was_name_) {
      take();
      const std::size_t start = position_;
      while (is_letter(peek()) || is_digit(peek())) take();
      below.children.push_back(text_node(piece(start)));
    }
    const char32_t c = peek();
    if (c == U'²' || c == U'³') {
      take();
      above.children.push_back(text_node(c == U'²' ? "2" : "3"));
    } else if (c == '^' && depth < kDeepest) {
      take();
      if (position_ < plain_.size()) above.children.push_back(without_parentheses(read_simple(depth + 1)));
    }
    if (below.children.empty() && above.children.empty()) return base;
    const AtomClass atom = base.atom;
    FormulaNode node = compound_node(Kind::kScripts, std::move(base), std::move(below), std::move(above));
    node.atom = atom;
    return node;
  }

  std::string_view plain_;
  std::size_t position_ = 0;
  bool last_was_name_ = false;
};

}  // namespace

FormulaNode read_plain(std::string_view plain) {
  if (is_prose(plain)) return text_node(std::string(plain));
  return PlainReader(plain).read_row('\0');
}

}  // namespace initlab
