// Formulas set as formulas: fractions, roots, scripts, Greek letters, drawn on a canvas from the program's
// own fonts. Two notations come in: a small part of TeX, for lessons, and the plain one of the tables
// ("W ~ N(0, 2 / fan_in)"), for everything that has a row with a formula. It breaks no lines.
#pragma once

#include <string>
#include <string_view>
#include <vector>

#include "app/canvas/canvas.h"
#include "core/experiment/file/experiment_json.h"

namespace initlab {

// A formula at one size, ready to be drawn: lengths in logical pixels from the start of its baseline.
struct SetFormula {
  struct Run {
    Point at;  // baseline start
    std::string text;
    double size = 0;
    FontWeight weight = FontWeight::kRegular;
  };
  struct Line {
    std::vector<Point> points;
    double width = 1;
  };
  double width = 0;
  double ascent = 0;   // above the baseline
  double descent = 0;  // below it, positive
  std::vector<Run> runs;
  std::vector<Line> lines;
};

// In a line of text fractions are small; a formula that stands alone has room.
enum class FormulaRoom { kInline, kDisplay };

// Reads TeX: \frac \sqrt ^ _ ' \left \right \text \mathrm \mathcal \mathbb \operatorname \hat \bar \tilde,
// Greek letters, the usual signs and functions (\ln, \max). The error quotes what is not known, not closed or
// not there.
Result<SetFormula> set_tex(std::string_view tex, double size, FormulaRoom room = FormulaRoom::kInline);

// Reads the plain notation: a / b is a fraction, sqrt(a) or √(a) a root, ^ and ² are raised, fan_in has an
// index, -, ~ and <- become signs. Text without a relation sign is set as text. Nothing is refused.
SetFormula set_plain_formula(std::string_view plain, double size, FormulaRoom room = FormulaRoom::kInline);

void draw_formula(Canvas& canvas, Point baseline_start, const SetFormula& formula, Color color);

// Size of a formula in plain notation; `cap_height` is that of text beside it.
TextExtent formula_extent(std::string_view plain, double size);
// Draws it in place of Canvas::text: `style` gives size, color and how it stands at the anchor.
void draw_formula_text(Canvas& canvas, Point anchor, std::string_view plain, const TextStyle& style);

}  // namespace initlab
