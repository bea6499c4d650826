// A document in a column: lines broken at words, formulas and buttons in their places. A value: laid out once
// for a width, drawn in every frame.
#pragma once

#include <cstdint>
#include <string>
#include <vector>

#include "app/canvas/canvas.h"
#include "app/document/formula.h"
#include "app/document/markdown.h"
#include "app/theme.h"

namespace initlab {

enum class DocumentInk : std::uint8_t { kInk, kSecondary, kLink };

struct DocumentStyle {
  double size = kBodySize;
  DocumentInk ink = DocumentInk::kInk;
  double button_height = 32;
  double button_padding = 12;
};

struct LaidDocument {
  struct Piece {
    Point at;  // baseline start
    std::string text;
    double size = 0;
    FontWeight weight = FontWeight::kRegular;
    DocumentInk ink = DocumentInk::kInk;
  };
  struct PlacedFormula {
    Point at;
    SetFormula formula;
    DocumentInk ink = DocumentInk::kInk;
  };
  struct Link {
    std::vector<Rect> rects;  // one a line
    std::string label;
    std::string target;
    bool button = false;  // in a row of buttons: whoever shows the document draws it
  };
  double width = 0;
  double height = 0;
  std::vector<Piece> pieces;
  std::vector<PlacedFormula> formulas;
  std::vector<Rect> code;        // grounds of code spans
  std::vector<Rect> quote_bars;  // at the left of quotes
  std::vector<Link> links;
};

// Lengths count from the document's top left corner. A word or a formula wider than the column stands alone:
// the word is cut at characters, the formula set smaller.
LaidDocument lay_document(const Document& document, double width, const DocumentStyle& style = {});

// All but the buttons.
void draw_document(Canvas& canvas, const Theme& theme, Point top_left, const LaidDocument& document);

// The link under a point, counted from the document's corner; null where there is none.
const LaidDocument::Link* link_at(const LaidDocument& document, Point point);

}  // namespace initlab
