// What a network answers over a rectangle of the plane: the picture behind the decision boundary.
#pragma once

#include <cstddef>
#include <cstdint>
#include <vector>

#include "core/data/dataset.h"
#include "core/network/network.h"
#include "core/network/small_network.h"

namespace initlab {

// A rectangle of input space; y upwards.
struct Domain {
  double x_min = -1, x_max = 1, y_min = -1, y_max = 1;
  double width() const { return x_max - x_min; }
  double height() const { return y_max - y_min; }
  bool operator==(const Domain&) const = default;
};

// The smallest rectangle of shape `aspect` (width over height) around all points of the data and a margin of
// a fifth of their extent on each side.
Domain domain_of(const Dataset& data, double aspect);

struct FieldSize {
  int columns = 0;
  int rows = 0;
  bool operator==(const FieldSize&) const = default;
};

// Of a cell where some output is not a number.
inline constexpr std::uint8_t kNoWinner = 255;

// The answer at the centre of each of columns x rows equal cells, row by row from the top (largest y). Empty
// for a network with other than two inputs.
struct DecisionField {
  Domain domain;
  FieldSize size;
  // One output: its z; where the output is linear, the logit of the answer, kept to 0..1. Two outputs: the
  // second's z less the first's. More: how far the winner's z stands above the next one's, never negative.
  std::vector<float> logit;
  // Which output is largest; empty for a network of one output.
  std::vector<std::uint8_t> winner;
  std::size_t classes = 2;  // that are told apart: the outputs, or 2 of one output

  bool empty() const { return logit.empty(); }
  std::size_t index(int column, int row) const {
    return static_cast<std::size_t>(row) * static_cast<std::size_t>(size.columns) +
           static_cast<std::size_t>(column);
  }
  float at(int column, int row) const { return logit[index(column, row)]; }
};

// The size of the same picture with `divisor` times fewer columns and rows: a coarse one that is soon there.
FieldSize coarser(FieldSize size, int divisor);

// Memory of the passes over a field, reused from call to call.
struct FieldScratch {
  Matrix grid;           // centres of some cells: (2, cells)
  SmallWorkspace small;  // of networks that have a short way to their answers
  Matrix answers;        // z of the output layer, by that way
  Workspace pass;        // of all others
};

// Makes room for the field of a network; empty for one with other than two inputs. Its cells are not filled.
void begin_decision_field(const Network& network, Domain domain, FieldSize size, DecisionField& field);
// Fills cells first..first+count-1 of a field that is begun, counted row by row. Any cut gives the same bits.
void fill_cells(const Network& network, std::size_t first, std::size_t count, FieldScratch& scratch,
                DecisionField& field);

// All of it. Reuses the memory of `field` and `scratch`.
void fill_decision_field(const Network& network, Domain domain, FieldSize size, FieldScratch& scratch,
                         DecisionField& field);

}  // namespace initlab
