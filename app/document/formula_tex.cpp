// Reads the small part of TeX. To add a sign: a row in kSigns.
#include <fmt/format.h>

#include <array>
#include <optional>

#include "app/canvas/utf8.h"
#include "app/document/formula_tree.h"

namespace initlab {
namespace {

using Kind = FormulaNode::Kind;

struct Sign {
  std::string_view command;
  std::string_view text;
  AtomClass atom = AtomClass::kOrdinary;
  FontWeight weight = FontWeight::kRegular;
};
constexpr FontWeight kSlanted = FontWeight::kItalic;
constexpr AtomClass kLetter = AtomClass::kOrdinary;
constexpr std::array kSigns = {
    Sign{"alpha", "α", kLetter, kSlanted},
    Sign{"beta", "β", kLetter, kSlanted},
    Sign{"gamma", "γ", kLetter, kSlanted},
    Sign{"delta", "δ", kLetter, kSlanted},
    Sign{"epsilon", "ε", kLetter, kSlanted},
    Sign{"varepsilon", "ε", kLetter, kSlanted},
    Sign{"zeta", "ζ", kLetter, kSlanted},
    Sign{"eta", "η", kLetter, kSlanted},
    Sign{"theta", "θ", kLetter, kSlanted},
    Sign{"kappa", "κ", kLetter, kSlanted},
    Sign{"lambda", "λ", kLetter, kSlanted},
    Sign{"mu", "μ", kLetter, kSlanted},
    Sign{"nu", "ν", kLetter, kSlanted},
    Sign{"xi", "ξ", kLetter, kSlanted},
    Sign{"pi", "π", kLetter, kSlanted},
    Sign{"rho", "ρ", kLetter, kSlanted},
    Sign{"sigma", "σ", kLetter, kSlanted},
    Sign{"tau", "τ", kLetter, kSlanted},
    Sign{"phi", "φ", kLetter, kSlanted},
    Sign{"varphi", "φ", kLetter, kSlanted},
    Sign{"chi", "χ", kLetter, kSlanted},
    Sign{"psi", "ψ", kLetter, kSlanted},
    Sign{"omega", "ω", kLetter, kSlanted},
    Sign{"Gamma", "Γ"},
    Sign{"Delta", "Δ"},
    Sign{"Theta", "Θ"},
    Sign{"Lambda", "Λ"},
    Sign{"Sigma", "Σ"},
    Sign{"Phi", "Φ"},
    Sign{"Psi", "Ψ"},
    Sign{"Omega", "Ω"},
    Sign{"ell", "ℓ"},
    Sign{"infty", "∞"},
    Sign{"nabla", "∇"},
    Sign{"partial", "∂"},
    Sign{"ldots", "…"},
    Sign{"dots", "…"},
    Sign{"cdots", "⋯"},
    Sign{"top", "⊤"},
    Sign{"prime", "′"},
    Sign{"%", "%"},
    Sign{"#", "#"},
    Sign{"&", "&"},
    Sign{"$", "$"},
    Sign{"_", "_"},
    Sign{"{", "{", AtomClass::kOpen},
    Sign{"}", "}", AtomClass::kClose},
    Sign{"cdot", "·", AtomClass::kBinary},
    Sign{"times", "×", AtomClass::kBinary},
    Sign{"pm", "±", AtomClass::kBinary},
    Sign{"odot", "⊙", AtomClass::kBinary},
    Sign{"circ", "∘", AtomClass::kBinary},
    Sign{"sim", "∼", AtomClass::kRelation},
    Sign{"le", "≤", AtomClass::kRelation},
    Sign{"leq", "≤", AtomClass::kRelation},
    Sign{"ge", "≥", AtomClass::kRelation},
    Sign{"geq", "≥", AtomClass::kRelation},
    Sign{"ll", "≪", AtomClass::kRelation},
    Sign{"gg", "≫", AtomClass::kRelation},
    Sign{"ne", "≠", AtomClass::kRelation},
    Sign{"neq", "≠", AtomClass::kRelation},
    Sign{"approx", "≈", AtomClass::kRelation},
    Sign{"propto", "∝", AtomClass::kRelation},
    Sign{"in", "∈", AtomClass::kRelation},
    Sign{"to", "→", AtomClass::kRelation},
    Sign{"rightarrow", "→", AtomClass::kRelation},
    Sign{"leftarrow", "←", AtomClass::kRelation},
    Sign{"Rightarrow", "⇒", AtomClass::kRelation},
    Sign{"mid", "|", AtomClass::kRelation},
    Sign{"ln", "ln", AtomClass::kFunction},
    Sign{"log", "log", AtomClass::kFunction},
    Sign{"exp", "exp", AtomClass::kFunction},
    Sign{"sin", "sin", AtomClass::kFunction},
    Sign{"cos", "cos", AtomClass::kFunction},
    Sign{"tanh", "tanh", AtomClass::kFunction},
    Sign{"max", "max", AtomClass::kFunction},
    Sign{"min", "min", AtomClass::kFunction},
    Sign{"det", "det", AtomClass::kFunction},
};
struct Space {
  std::string_view command;
  double ems;
};
constexpr std::array kSpaces = {Space{",", 3 / 18.0}, Space{":", 4 / 18.0},  Space{";", 5 / 18.0},
                                Space{" ", 0.25},     Space{"!", -3 / 18.0}, Space{"quad", 1},
                                Space{"qquad", 2}};
// Commands that take what follows; read_command obeys them.
constexpr std::array<std::string_view, 13> kTaking = {"frac",   "sqrt",         "text", "mathrm", "mathcal",
                                                      "mathbb", "operatorname", "hat",  "bar",    "tilde",
                                                      "left",   "right",        "sum"};

bool is_letter(char c) {
  return (c >= 'a' && c <= 'z') || (c >= 'A' && c <= 'Z');
}
bool is_digit(char c) {
  return c >= '0' && c <= '9';
}

class TexReader {
 public:
  explicit TexReader(std::string_view tex) : tex_(tex) {}

  Result<FormulaNode> read() {
    FormulaNode row = read_row(0);
    if (!error_.empty()) return InputError{fmt::format("formula {}: {}", in_quotes(tex_), error_)};
    return row;
  }

 private:
  static constexpr int kDeepest = 32;

  bool at_end() const { return position_ >= tex_.size() || !error_.empty(); }
  char peek() const { return position_ < tex_.size() ? tex_[position_] : '\0'; }
  void fail(std::string why) {
    if (error_.empty()) error_ = std::move(why);
  }
  void skip_spaces() {
    while (peek() == ' ' || peek() == '\n' || peek() == '\t') ++position_;
  }
  bool at_command(std::string_view name) const {
    const std::string_view rest = tex_.substr(position_);
    return rest.size() > name.size() && rest[0] == '\\' && rest.substr(1, name.size()) == name &&
           (rest.size() == name.size() + 1 || !is_letter(rest[name.size() + 1]));
  }

  // Up to '}', to \right or to the end, none of which is taken.
  FormulaNode read_row(int depth) {
    std::vector<FormulaNode> nodes;
    if (depth > kDeepest) fail("too deep");
    for (skip_spaces(); !at_end() && peek() != '}' && !at_command("right"); skip_spaces()) {
      FormulaNode node = read_atom(depth);
      nodes.push_back(with_scripts(std::move(node), depth));
    }
    if (depth == 0 && !at_end()) fail(peek() == '}' ? "a } without its {" : "a \\right without its \\left");
    return row_node(std::move(nodes));
  }

  FormulaNode with_scripts(FormulaNode base, int depth) {
    FormulaNode below;
    FormulaNode above;
    for (skip_spaces(); !at_end(); skip_spaces()) {
      const char c = peek();
      if (c != '^' && c != '_' && c != '\'') break;
      ++position_;
      if (c == '\'') {
        const AtomClass primed = base.atom;
        FormulaNode row = row_node({});
        row.children.push_back(std::move(base));
        row.children.push_back(text_node("′"));
        base = std::move(row);
        base.atom = primed;
        continue;
      }
      FormulaNode& script = c == '^' ? above : below;
      if (c == '_' && !script.children.empty()) fail("two indices at one place");
      script.children.push_back(read_argument(depth, c == '^' ? "^" : "_"));
    }
    if (below.children.empty() && above.children.empty()) return base;
    const AtomClass atom = base.atom;
    FormulaNode node = compound_node(Kind::kScripts, std::move(base), std::move(below), std::move(above));
    node.atom = atom;
    return node;
  }

  // A group in braces, or one atom.
  FormulaNode read_argument(int depth, std::string_view of) {
    skip_spaces();
    if (at_end() || peek() == '}') {
      fail(fmt::format("nothing follows {}", in_quotes(of)));
      return {};
    }
    if (is_digit(peek())) return text_node(std::string(1, tex_[position_++]));  // TeX takes one figure
    if (peek() != '{') return read_atom(depth + 1);
    ++position_;
    FormulaNode row = read_row(depth + 1);
    if (peek() == '}') {
      ++position_;
    } else {
      fail("a { without its }");
    }
    return row;
  }

  // The letters between braces, as they stand.
  std::string read_word(std::string_view of) {
    skip_spaces();
    const std::size_t end = tex_.find('}', position_);
    if (peek() != '{' || end == std::string_view::npos) {
      fail(fmt::format("{} wants a word in braces", in_quotes(of)));
      return {};
    }
    std::string word(tex_.substr(position_ + 1, end - position_ - 1));
    position_ = end + 1;
    return word;
  }

  FormulaNode read_atom(int depth) {
    const char c = peek();
    if (c == '\\') return read_command(depth);
    if (c == '{') return read_argument(depth, "{");
    if (is_digit(c)) return read_number();
    ++position_;
    if (is_letter(c)) return variable_node(std::string(1, c));
    switch (c) {
      case '+':
        return text_node("+", AtomClass::kBinary);
      case '-':
        return text_node("−", AtomClass::kBinary);
      case '*':
        return text_node("∗", AtomClass::kBinary);
      case '=':
      case '<':
      case '>':
      case ':':
        return text_node(std::string(1, c), AtomClass::kRelation);
      case ',':
      case ';':
        return text_node(std::string(1, c), AtomClass::kPunctuation);
      case '(':
      case '[':
        return text_node(std::string(1, c), AtomClass::kOpen);
      case ')':
      case ']':
      case '!':
        return text_node(std::string(1, c), AtomClass::kClose);
      case '/':
      case '|':
      case '.':
      case '?':
        return text_node(std::string(1, c));
      case '~':
        return space_node(0.25);
      default:
        break;
    }
    --position_;
    const std::size_t start = position_;
    if (c == '^' || c == '_' || c == '\'') return {};  // scripts of nothing, taken by with_scripts
    if (static_cast<unsigned char>(c) < 0x80) {
      fail(fmt::format("{} is not known here", in_quotes(std::string(1, c))));
      return {};
    }
    (void)next_character(tex_, position_);
    return text_node(std::string(tex_.substr(start, position_ - start)));
  }

  // Digits with the points and commas between them.
  FormulaNode read_number() {
    const std::size_t start = position_;
    while (is_digit(peek()) || ((peek() == '.' || peek() == ',') && position_ + 1 < tex_.size() &&
                                is_digit(tex_[position_ + 1]))) {
      ++position_;
    }
    return text_node(std::string(tex_.substr(start, position_ - start)));
  }

  std::string_view read_command_name() {
    const std::size_t start = ++position_;
    while (is_letter(peek())) ++position_;
    if (position_ == start && position_ < tex_.size()) ++position_;
    return tex_.substr(start, position_ - start);
  }

  FormulaNode read_command(int depth) {
    const std::string_view name = read_command_name();
    for (const Sign& sign : kSigns) {
      if (sign.command == name) return text_node(std::string(sign.text), sign.atom, sign.weight);
    }
    for (const Space& space : kSpaces) {
      if (space.command == name) return space_node(space.ems);
    }
    if (name == "sum") {
      FormulaNode node = text_node("∑", AtomClass::kFunction);
      node.kind = Kind::kBigOperator;
      return node;
    }
    if (name == "frac") {
      FormulaNode numerator = read_argument(depth, "\\frac");
      return compound_node(Kind::kFraction, std::move(numerator), read_argument(depth, "\\frac"));
    }
    if (name == "sqrt") return compound_node(Kind::kRoot, read_argument(depth, "\\sqrt"));
    if (name == "text" || name == "mathrm") return text_node(read_word(name));
    if (name == "operatorname") return text_node(read_word(name), AtomClass::kFunction);
    if (name == "mathcal") return variable_node(read_word(name));
    if (name == "mathbb") return text_node(double_struck(read_word(name)));
    if (name == "hat" || name == "bar" || name == "tilde") {
      FormulaNode node = compound_node(Kind::kAccent, read_argument(depth, name));
      node.text = name;
      return node;
    }
    if (name == "left") return read_fence(depth);
    std::vector<std::string_view> known(kTaking.begin(), kTaking.end());
    for (const Sign& sign : kSigns) known.push_back(sign.command);
    const std::string_view nearest = nearest_word(name, known);
    fail(fmt::format("unknown command {}{}", in_quotes("\\" + std::string(name)),
                     nearest.empty() ? "" : fmt::format("; did you mean \"\\{}\"?", nearest)));
    return {};
  }

  std::string double_struck(const std::string& letter) {
    constexpr std::array<Sign, 3> kLetters = {Sign{"E", "𝔼"}, Sign{"R", "ℝ"}, Sign{"P", "ℙ"}};
    for (const Sign& known : kLetters) {
      if (known.command == letter) return std::string(known.text);
    }
    fail(fmt::format("\\mathbb knows E, R and P, not {}", in_quotes(letter)));
    return {};
  }

  // One of ( ) [ ] | and "." for none.
  std::string read_delimiter(std::string_view of) {
    skip_spaces();
    const char c = peek();
    constexpr std::string_view kDelimiters = "()[]|.";
    if (c == '\0' || kDelimiters.find(c) == std::string_view::npos) {
      fail(fmt::format("{} wants one of ( ) [ ] | .", in_quotes(of)));
      return ".";
    }
    ++position_;
    return std::string(1, c);
  }

  FormulaNode read_fence(int depth) {
    std::string signs = read_delimiter("\\left");
    FormulaNode content = read_row(depth + 1);
    if (!at_command("right")) {
      fail("a \\left without its \\right");
      return {};
    }
    position_ += std::string_view("\\right").size();
    signs += read_delimiter("\\right");
    FormulaNode node = compound_node(Kind::kFence, std::move(content));
    node.text = signs;
    return node;
  }

  std::string_view tex_;
  std::size_t position_ = 0;
  std::string error_;
};

}  // namespace

Result<FormulaNode> read_tex(std::string_view tex) {
  return TexReader(tex).read();
}

}  // namespace initlab
