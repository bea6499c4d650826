// The networks themselves: inputs at the left, a column a layer, the output at the right. Every unit is a
// small map of what it responds to, every link a weight: colour its sign, width its size times the square
// root of fan_in, so that a width means the same in every layer. Copies stand on a common ground; dead,
// saturated, zero and frozen are told apart.
#pragma once

#include <cstddef>
#include <optional>
#include <span>
#include <string>
#include <vector>

#include "app/canvas/canvas.h"
#include "app/figures/histogram_grid.h"
#include "app/theme.h"
#include "core/experiment/snapshot.h"

namespace initlab {

enum class DiagramLinks { kWeights, kGradients };

struct NetworkDiagramOptions {
  // One a shown lane; empty: the rectangle in equal parts, 24 apart.
  std::span<const ColumnSpan> columns = {};
  std::span<const std::size_t> lanes = {};  // those shown, from 0; empty: all
  DiagramLinks links = DiagramLinks::kWeights;
  std::optional<Point> hover = {};  // the unit or link there is marked and read out
  bool editable = false;            // the read-out says that a click edits
};

// Reads RunSnapshot::network; a sentence where it was not measured.
void draw_network_diagram(Canvas& canvas, const Theme& theme, Rect rect, const Snapshot& snapshot,
                          const NetworkDiagramOptions& options = {});

// The meaning of colours and marks in one line, of what the snapshot holds; what has no room is left out.
inline constexpr double kNetworkLegendHeight = 20;
void draw_network_legend(Canvas& canvas, const Theme& theme, Rect rect, const Snapshot& snapshot,
                         const NetworkDiagramOptions& options = {});

// What stands at a pixel.
struct DiagramHit {
  std::size_t lane = 0;   // from 0
  std::size_t layer = 0;  // from 1; 0: the inputs
  std::size_t unit = 1;   // from 1
  std::size_t input = 0;  // from 1: a link from that unit of the layer before; 0: the unit itself
  Rect tile;              // of the unit, or of the unit that the link runs to
  Point begin, end;       // of a link
  bool operator==(const DiagramHit& other) const {
    return lane == other.lane && layer == other.layer && unit == other.unit && input == other.input;
  }
};
std::optional<DiagramHit> diagram_at(Rect rect, const Snapshot& snapshot,
                                     const NetworkDiagramOptions& options, Point pixel);

// Its weight or bias in the snapshot; null for an input, and where the snapshot does not view it.
std::optional<double> value_of_hit(const Snapshot& snapshot, const DiagramHit& hit);
// "Layer 1, unit 3, weight from x2".
std::string title_of_hit(const Snapshot& snapshot, const DiagramHit& hit);
// What is known of it, a line each: "weight 0.53", "gradient -0.01", "one of 10 copies".
std::vector<std::string> lines_of_hit(const Snapshot& snapshot, const DiagramHit& hit);

}  // namespace initlab
