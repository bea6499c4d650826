// Gives a formula its places, by the rules of TeX made small: a math axis at half a capital's height, scripts
// at 0.72 of the size, space between atoms by their classes.
#include <algorithm>
#include <cmath>

#include "app/canvas/text_metrics.h"
#include "app/canvas/utf8.h"
#include "app/document/formula_tree.h"

namespace initlab {
namespace {

using Kind = FormulaNode::Kind;

constexpr double kAxis = 0.34;  // of the size, above the baseline
constexpr double kScriptShare = 0.72;
constexpr double kInlineFractionShare = 0.82;
constexpr double kLeastShare = 0.55;  // of the formula's size, however deep

// What stays the same below one formula.
struct Setting {
  double full_size;
  bool display;
};

double smaller(double size, double share, const Setting& setting) {
  return std::max(size * share, setting.full_size * kLeastShare);
}
double rule_width(double size) {
  return std::max(0.9, size * 0.062);
}

SetFormula lay(const FormulaNode& node, double size, const Setting& setting);

void append(SetFormula& to, SetFormula&& box, double x, double y) {
  for (SetFormula::Run& run : box.runs) {
    run.at = {run.at.x + x, run.at.y + y};
    to.runs.push_back(std::move(run));
  }
  for (SetFormula::Line& line : box.lines) {
    for (Point& point : line.points) point = {point.x + x, point.y + y};
    to.lines.push_back(std::move(line));
  }
  to.ascent = std::max(to.ascent, box.ascent - y);
  to.descent = std::max(to.descent, box.descent + y);
}

// How far a character reaches above and below the baseline, as shares of the size: near enough for fractions
// to stand close without touching.
void grow(SetFormula& box, char32_t c, double size) {
  constexpr std::u32string_view kLow = U"acegmnopqrsuvwxyzαεγηικμνπρστφχω·−=∼~.…+<>";
  constexpr std::u32string_view kDeep = U"gjpqyQ,;()[]{}|βγμηρφχψξζ/∑";
  const bool low = kLow.find(c) != std::u32string_view::npos;
  const bool deep = kDeep.find(c) != std::u32string_view::npos;
  box.ascent = std::max(box.ascent, (low ? 0.55 : 0.75) * size);
  box.descent = std::max(box.descent, (deep ? 0.21 : 0.01) * size);
}

SetFormula lay_text(const std::string& text, FontWeight weight, double size) {
  SetFormula box;
  box.width = measure_text(text, size, weight).width;
  for (std::size_t position = 0; position < text.size();) grow(box, next_character(text, position), size);
  // A slanted letter leans out of its advance.
  if (weight == FontWeight::kItalic) box.width += 0.03 * size;
  box.runs.push_back({{0, 0}, text, size, weight});
  return box;
}

// TeX's table of spaces, in ems.
double space_between(AtomClass left, AtomClass right) {
  constexpr double kThin = 3 / 18.0;
  constexpr double kMiddle = 4 / 18.0;
  constexpr double kThick = 5 / 18.0;
  using enum AtomClass;
  if (left == kSpace || right == kSpace) return 0;
  if (left == kRelation || right == kRelation) return left == right ? 0 : kThick;
  if (left == kBinary || right == kBinary) return kMiddle;
  if (left == kPunctuation) return kThin;
  if (left == kFunction) return right == kOrdinary || right == kFunction ? kThin : 0;
  if (right == kFunction) return left == kOrdinary || left == kClose ? kThin : 0;
  return 0;
}

// A sign with nothing to its left that it could join is a sign of what follows: -1.
std::vector<AtomClass> atom_classes(const std::vector<FormulaNode>& nodes) {
  using enum AtomClass;
  std::vector<AtomClass> classes;
  for (std::size_t i = 0; i < nodes.size(); ++i) {
    AtomClass atom = nodes[i].atom;
    if (atom == kBinary) {
      const AtomClass left = classes.empty() ? kOpen : classes.back();
      const bool joins = left == kOrdinary || left == kClose;
      if (!joins || i + 1 == nodes.size()) atom = kOrdinary;
    }
    classes.push_back(atom);
  }
  return classes;
}

SetFormula lay_row(const std::vector<FormulaNode>& nodes, double size, const Setting& setting) {
  SetFormula box;
  const std::vector<AtomClass> classes = atom_classes(nodes);
  const bool script = size < setting.full_size * 0.8;
  for (std::size_t i = 0; i < nodes.size(); ++i) {
    if (i > 0) {
      const double space = space_between(classes[i - 1], classes[i]) * size;
      box.width += script ? space * 0.5 : space;
    }
    SetFormula part = lay(nodes[i], size, setting);
    const double width = part.width;
    append(box, std::move(part), box.width, 0);
    box.width += width;
  }
  return box;
}

SetFormula lay_fraction(const FormulaNode& node, double size, const Setting& setting) {
  const bool large = setting.display && size >= setting.full_size;
  const double part_size = large ? size : smaller(size, kInlineFractionShare, setting);
  const Setting inner = {setting.full_size, false};
  SetFormula above = lay(node.children[0], part_size, inner);
  SetFormula below = lay(node.children[1], part_size, inner);
  const double rule = rule_width(part_size);
  const double gap = (large ? 0.22 : 0.13) * size;
  const double side = 0.08 * size;
  const double axis = kAxis * size;
  const double inner_width = std::max(above.width, below.width) + 2 * side;
  SetFormula box;
  box.width = inner_width + 2 * side;
  const double above_x = side + (inner_width - above.width) / 2;
  const double below_x = side + (inner_width - below.width) / 2;
  const double above_y = -(axis + rule / 2 + gap + above.descent);
  const double below_y = -axis + rule / 2 + gap + below.ascent;
  append(box, std::move(above), above_x, above_y);
  append(box, std::move(below), below_x, below_y);
  box.lines.push_back({{{side, -axis}, {side + inner_width, -axis}}, rule});
  return box;
}

SetFormula lay_root(const FormulaNode& node, double size, const Setting& setting) {
  SetFormula inside = lay(node.children[0], size, setting);
  const double rule = rule_width(size);
  const double top = -(std::max(inside.ascent, 0.6 * size) + 0.16 * size);
  const double bottom = std::max(inside.descent, 0.04 * size);
  const double height = bottom - top;
  const double lead = 0.5 * size;
  const double width = inside.width;
  SetFormula box;
  append(box, std::move(inside), lead + 0.08 * size, 0);
  box.width = lead + width + 0.18 * size;
  const double hook = bottom - std::min(0.45 * height, 0.5 * size);
  box.lines.push_back({{{0.06 * size, hook + 0.05 * size},
                        {0.17 * size, hook},
                        {0.31 * size, bottom},
                        {lead, top},
                        {box.width - 0.04 * size, top}},
                       rule});
  box.ascent = std::max(box.ascent, -top + rule);
  box.descent = std::max(box.descent, bottom);
  return box;
}

// Scripts of an operator that has room stand above and below it.
SetFormula lay_limits(SetFormula base, SetFormula below, SetFormula above, double size) {
  const double width = std::max({base.width, below.width, above.width});
  const double gap = 0.12 * size;
  SetFormula box;
  box.width = width;
  const double below_y = base.descent + gap + below.ascent;
  const double above_y = -(base.ascent + gap + above.descent);
  const double base_x = (width - base.width) / 2;
  const double below_x = (width - below.width) / 2;
  const double above_x = (width - above.width) / 2;
  append(box, std::move(base), base_x, 0);
  if (below.width > 0) append(box, std::move(below), below_x, below_y);
  if (above.width > 0) append(box, std::move(above), above_x, above_y);
  return box;
}

SetFormula lay_scripts(const FormulaNode& node, double size, const Setting& setting) {
  const double script_size = smaller(size, kScriptShare, setting);
  const Setting inner = {setting.full_size, false};
  SetFormula base = lay(node.children[0], size, setting);
  SetFormula below = lay(node.children[1], script_size, inner);
  SetFormula above = lay(node.children[2], script_size, inner);
  if (node.children[0].kind == Kind::kBigOperator && setting.display) {
    return lay_limits(std::move(base), std::move(below), std::move(above), size);
  }
  const bool accented = node.children[0].kind == Kind::kAccent;
  const double raise = accented ? 0.36 * size : std::max(0.36 * size, base.ascent - 0.42 * script_size);
  const double drop = std::max(0.18 * size, base.descent + 0.02 * size);
  const double base_width = base.width;
  SetFormula box;
  append(box, std::move(base), 0, 0);
  const double above_width = above.width;
  const double below_width = below.width;
  if (below_width > 0) append(box, std::move(below), base_width + 0.01 * size, drop);
  if (above_width > 0) append(box, std::move(above), base_width + 0.04 * size, -raise);
  box.width = base_width + std::max(above_width, below_width) + 0.05 * size;
  return box;
}

SetFormula lay_accent(const FormulaNode& node, double size, const Setting& setting) {
  SetFormula box = lay(node.children[0], size, setting);
  const double y = -(box.ascent + 0.1 * size);
  const double middle = box.width / 2 + 0.05 * size;  // letters lean to the right
  const double half = 0.17 * size;
  SetFormula::Line line;
  line.width = rule_width(size);
  if (node.text == "hat") {
    line.points = {{middle - half, y}, {middle, y - 0.14 * size}, {middle + half, y}};
  } else if (node.text == "bar") {
    line.points = {{middle - 1.2 * half, y}, {middle + 1.2 * half, y}};
  } else {
    for (int i = 0; i <= 8; ++i) {
      const double share = i / 8.0;
      line.points.push_back(
          {middle + (2 * share - 1) * half, y - 0.05 * size * std::sin(2 * 3.14159265358979 * share)});
    }
  }
  box.lines.push_back(std::move(line));
  box.ascent += 0.28 * size;
  return box;
}

// A tall parenthesis, bracket or bar, drawn because a letter made larger would be too heavy. Stands in [0,
// width].
SetFormula::Line tall_sign(char sign, double width, double top, double bottom, double size) {
  SetFormula::Line line;
  line.width = rule_width(size) * 1.1;
  const double inset = 0.08 * size;
  if (sign == '|') {
    line.points = {{width / 2, top}, {width / 2, bottom}};
  } else if (sign == '[' || sign == ']') {
    const double back = sign == '[' ? inset : width - inset;
    const double tip = sign == '[' ? width - inset / 2 : inset / 2;
    line.points = {{tip, top}, {back, top}, {back, bottom}, {tip, bottom}};
  } else {
    for (int i = 0; i <= 12; ++i) {
      const double turn = 2 * (i / 12.0) - 1;
      const double bow = 1 - turn * turn;  // 1 in the middle
      const double x = inset + (width - 2 * inset) * (sign == '(' ? 1 - bow : bow);
      line.points.push_back({x, top + (bottom - top) * (turn + 1) / 2});
    }
  }
  return line;
}

SetFormula lay_fence(const FormulaNode& node, double size, const Setting& setting) {
  SetFormula inside = lay(node.children[0], size, setting);
  const bool tall = inside.ascent + inside.descent > 1.25 * size;
  SetFormula box;
  const double axis = kAxis * size;
  const double half = std::max(inside.ascent - axis, inside.descent + axis) + 0.04 * size;
  const double top = -axis - half;
  const double bottom = -axis + half;
  const auto add_sign = [&](char sign) {
    if (sign == '.') return;
    if (!tall) {
      SetFormula letter = lay_text(std::string(1, sign), FontWeight::kRegular, size);
      const double width = letter.width;
      append(box, std::move(letter), box.width, 0);
      box.width += width;
      return;
    }
    const double width = (sign == '|' ? 0.24 : 0.36) * size;
    SetFormula::Line line = tall_sign(sign, width, top, bottom, size);
    for (Point& point : line.points) point.x += box.width;
    box.lines.push_back(std::move(line));
    box.width += width;
    box.ascent = std::max(box.ascent, -top);
    box.descent = std::max(box.descent, bottom);
  };
  add_sign(node.text[0]);
  const double inside_width = inside.width;
  append(box, std::move(inside), box.width, 0);
  box.width += inside_width;
  add_sign(node.text[1]);
  return box;
}

SetFormula lay(const FormulaNode& node, double size, const Setting& setting) {
  switch (node.kind) {
    case Kind::kRow:
      return lay_row(node.children, size, setting);
    case Kind::kText:
      return lay_text(node.text, node.weight, size);
    case Kind::kBigOperator: {
      const double large = size * (setting.display ? 1.5 : 1.1);
      SetFormula sign = lay_text(node.text, node.weight, large);
      SetFormula box;
      box.width = sign.width;
      append(box, std::move(sign), 0, kAxis * (large - size));
      return box;
    }
    case Kind::kFraction:
      return lay_fraction(node, size, setting);
    case Kind::kRoot:
      return lay_root(node, size, setting);
    case Kind::kScripts:
      return lay_scripts(node, size, setting);
    case Kind::kAccent:
      return lay_accent(node, size, setting);
    case Kind::kFence:
      return lay_fence(node, size, setting);
    case Kind::kSpace: {
      SetFormula box;
      box.width = node.ems * size;
      return box;
    }
  }
  return {};
}

// The formulas that were asked for last, as they were set: headings and lists ask for the same few in every
// frame. It depends on nothing but its key, so nobody can tell it from setting them anew, save by the clock.
struct RecentFormula {
  std::string plain;
  double size = 0;
  SetFormula set;
};
const SetFormula& recent_formula(std::string_view plain, double size) {
  constexpr std::size_t kKept = 48;
  thread_local std::vector<RecentFormula> kept;
  thread_local std::size_t oldest = 0;
  for (const RecentFormula& recent : kept) {
    if (recent.size == size && recent.plain == plain) return recent.set;
  }
  RecentFormula made = {std::string(plain), size, set_plain_formula(plain, size)};
  if (kept.size() < kKept) return kept.emplace_back(std::move(made)).set;
  RecentFormula& place = kept[oldest];
  oldest = (oldest + 1) % kKept;
  place = std::move(made);
  return place.set;
}

}  // namespace

SetFormula lay_formula(const FormulaNode& node, double size, FormulaRoom room) {
  return lay(node, size, {size, room == FormulaRoom::kDisplay});
}

Result<SetFormula> set_tex(std::string_view tex, double size, FormulaRoom room) {
  Result<FormulaNode> read = read_tex(tex);
  if (auto* error = std::get_if<InputError>(&read)) return std::move(*error);
  return lay_formula(std::get<FormulaNode>(read), size, room);
}

SetFormula set_plain_formula(std::string_view plain, double size, FormulaRoom room) {
  return lay_formula(read_plain(plain), size, room);
}

void draw_formula(Canvas& canvas, Point baseline_start, const SetFormula& formula, Color color) {
  const Point o = baseline_start;
  for (const SetFormula::Run& run : formula.runs) {
    canvas.text({o.x + run.at.x, o.y + run.at.y}, run.text,
                {.size = run.size, .color = color, .weight = run.weight});
  }
  std::vector<Point> points;
  for (const SetFormula::Line& line : formula.lines) {
    points.clear();
    for (const Point& p : line.points) points.push_back({o.x + p.x, o.y + p.y});
    canvas.polyline(points, {color, line.width, {}});
  }
}

TextExtent formula_extent(std::string_view plain, double size) {
  const SetFormula& formula = recent_formula(plain, size);
  return {formula.width, formula.ascent, formula.descent, measure_text("H", size).cap_height};
}

void draw_formula_text(Canvas& canvas, Point anchor, std::string_view plain, const TextStyle& style) {
  const SetFormula& formula = recent_formula(plain, style.size);
  Point start = anchor;
  if (style.horizontal == HorizontalAlign::kCenter) start.x -= formula.width / 2;
  if (style.horizontal == HorizontalAlign::kRight) start.x -= formula.width;
  if (style.vertical == VerticalAlign::kMiddle) start.y += kAxis * style.size;
  if (style.vertical == VerticalAlign::kTop) start.y += formula.ascent;
  draw_formula(canvas, start, formula, style.color);
}

}  // namespace initlab
