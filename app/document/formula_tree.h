// What both notations of a formula are read into, before anything has a size.
#pragma once

#include <cstdint>
#include <string>
#include <utility>
#include <vector>

#include "app/canvas/canvas.h"
#include "app/document/formula.h"

namespace initlab {

// Decides the space between neighbours, as in TeX.
enum class AtomClass : std::uint8_t {
  kOrdinary,
  kFunction,
  kBinary,
  kRelation,
  kPunctuation,
  kOpen,
  kClose,
  kSpace
};

struct FormulaNode {
  enum class Kind : std::uint8_t {
    kRow,
    kText,         // `text` in `weight`
    kBigOperator,  // `text`, larger where there is room, with its scripts above and below there
    kFraction,     // numerator, denominator
    kRoot,         // radicand
    kScripts,      // base, below, above; a script that is not there is an empty row
    kAccent,       // base; `text` is "hat", "bar" or "tilde"
    kFence,        // content; `text` holds the opening and the closing sign, "." for none
    kSpace         // `ems` wide
  };
  Kind kind = Kind::kRow;
  AtomClass atom = AtomClass::kOrdinary;
  FontWeight weight = FontWeight::kRegular;
  std::string text;
  double ems = 0;
  std::vector<FormulaNode> children;
};

inline FormulaNode text_node(std::string text, AtomClass atom = AtomClass::kOrdinary,
                             FontWeight weight = FontWeight::kRegular) {
  FormulaNode node;
  node.kind = FormulaNode::Kind::kText;
  node.atom = atom;
  node.weight = weight;
  node.text = std::move(text);
  return node;
}
// A letter that stands for a quantity.
inline FormulaNode variable_node(std::string letter) {
  return text_node(std::move(letter), AtomClass::kOrdinary, FontWeight::kItalic);
}
inline FormulaNode row_node(std::vector<FormulaNode> children) {
  FormulaNode node;
  node.children = std::move(children);
  return node;
}
inline FormulaNode space_node(double ems) {
  FormulaNode node;
  node.kind = FormulaNode::Kind::kSpace;
  node.atom = AtomClass::kSpace;
  node.ems = ems;
  return node;
}
template <class... Children>
FormulaNode compound_node(FormulaNode::Kind kind, Children&&... children) {
  FormulaNode node;
  node.kind = kind;
  (node.children.push_back(std::forward<Children>(children)), ...);
  return node;
}

Result<FormulaNode> read_tex(std::string_view tex);
FormulaNode read_plain(std::string_view plain);
SetFormula lay_formula(const FormulaNode& node, double size, FormulaRoom room);

}  // namespace initlab
