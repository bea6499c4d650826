// The figures that stand alone: one row each, read by `shot --figure`, `list figures` and the tests. A new
// row needs its draw function and nothing else.
#pragma once

#include <cstddef>
#include <optional>
#include <span>
#include <string_view>

#include "app/canvas/canvas.h"
#include "app/theme.h"
#include "core/experiment/snapshot.h"

namespace initlab {

struct FigureOptions {
  std::optional<std::size_t> lane = {};  // from 0; null: all lanes
  bool log_x = false;
  bool log_y = true;
};

struct FigureRow {
  std::string_view id;     // command line
  std::string_view label;  // screen
  std::string_view help;   // one sentence
  double width, height;    // logical pixels, where none are asked for
  // Draws the figure with its title on its own ground, filling the rectangle.
  void (*draw)(Canvas& canvas, const Theme& theme, Rect rect, const Snapshot& snapshot,
               const FigureOptions& options);
};

std::span<const FigureRow> figures();
// Null when no figure has that id; hyphens are as good as underscores.
const FigureRow* find_figure(std::string_view id);

}  // namespace initlab
