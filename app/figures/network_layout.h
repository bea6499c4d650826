// Where everything in a network diagram stands: columns of units, links, grounds behind copies and captions.
// Computed from a snapshot and a rectangle, drawn by network_diagram.cpp and asked by its hover. What has no
// room is condensed: of tall layers evenly spaced units stand, of deep networks pairs of neighbouring layers.
#pragma once

#include <array>
#include <cstddef>
#include <string>
#include <vector>

#include "app/canvas/canvas.h"
#include "app/figures/network_diagram.h"

namespace initlab {

struct DiagramUnit {
  std::size_t shown = 0;  // position among the viewed units of its layer, or among the viewed inputs
  std::size_t unit = 1;   // from 1, in its layer
  Rect tile;
};

// A common ground behind units that are copies of one another.
struct DiagramGround {
  Rect rect;
  bool exact = true;  // else they only point nearly the same way
};

struct DiagramColumn {
  std::size_t layer = 0;       // from 1; 0: the inputs
  std::size_t unit_count = 0;  // in the whole layer
  std::vector<DiagramUnit> units;
  std::size_t gap_cells = 0;  // between two tiles, in cells of a tile's map
  bool joined = false;        // the column before it is the layer before it: links run between them
  std::size_t left_out = 0;   // layers between it and the column before
  Point left_out_at;          // the middle of that gap
  double left_out_width = 0;  // of that gap
  std::vector<DiagramGround> grounds;
};

struct DiagramText {
  Point at;  // centred here, both ways
  std::string text;
  bool warning = false;  // else secondary
  bool lock = false;     // a lock stands before it
};

struct LaneDiagram {
  std::size_t lane = 0;  // from 0
  Rect rect;
  double tile = 0;        // side of a unit's tile
  std::size_t cells = 0;  // of a tile's side
  std::vector<DiagramColumn> columns;
  std::vector<DiagramText> texts;
};

struct DiagramLink {
  std::size_t column = 1;  // that it runs to, from the column before
  std::size_t from = 0;    // positions among the columns' units
  std::size_t to = 0;
  Point begin, end;
  double value = 0;     // weight or gradient
  double strength = 0;  // size that the width shows: 1 keeps a signal's size
  double thinness = 1;  // factor of the width where links are many
};

// So few inputs are named.
inline constexpr std::size_t kNamedInputs = 4;
// Of a pitch, the width of the inputs' slot: nothing is said below it.
inline constexpr double kInputSlot = 0.7;
// Patterns of links that are 0 or frozen, and around near copies.
inline constexpr std::array<double, 2> kZeroDash = {1.5, 4};
inline constexpr std::array<double, 2> kFrozenDash = {6, 3};
inline constexpr std::array<double, 2> kNearDash = {4, 3};
// Of a unit's activations that are saturated: from here on it is marked.
inline constexpr double kLeastSaturated = 0.05;

// The lanes that the options ask for.
std::vector<std::size_t> shown_lanes(const Snapshot& snapshot, const NetworkDiagramOptions& options);

// A diagram a shown lane; empty where no network was measured or there is no room.
std::vector<LaneDiagram> layout_networks(Rect rect, const Snapshot& snapshot,
                                         const NetworkDiagramOptions& options);

// The links of a diagram that are drawn, weak ones first: all, or at most `most`, the strongest of each pair
// of layers.
void list_links(const LaneDiagram& diagram, const NetworkView& view, DiagramLinks shows, std::size_t most,
                std::vector<DiagramLink>& links);

}  // namespace initlab
