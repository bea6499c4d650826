// Rows of a matrix that are copies of each other, and rows that nearly are: units by their weights, gradients
// or activations.
#pragma once

#include <array>
#include <span>
#include <vector>

#include "core/numeric/matrix.h"

namespace initlab {

struct RowGroups {
  std::size_t distinct = 0;  // groups
  std::size_t largest = 0;   // rows of the largest group
};

// Memory of the two searches below, reused from call to call.
struct RowScratch {
  struct Keyed {
    double key;
    std::size_t row;
  };
  struct Direction {
    std::size_t row;
    double scale;  // one over its length
    double key;    // of the row of length 1, without its sign
    bool is_near = false;
  };
  std::vector<double> mix;
  std::vector<Keyed> order;
  std::vector<std::size_t> group;
  std::vector<std::size_t> sizes;
  std::vector<std::size_t> number;
  std::vector<Direction> directions;
};

// Rows that differ nowhere by more than 1e-12 of `largest` are of one group; one with a number that is not
// finite is alone. `more` are further columns, one number a row; empty ones are passed over.
RowGroups group_rows(const Matrix& rows, double largest, RowScratch& scratch,
                     const std::array<std::span<const double>, 3>& more = {});

// Where a row of the last search stands.
struct RowGroup {
  std::size_t number = 0;  // from 1, of its group; 0 for a row that is alone
  std::size_t copies = 1;  // rows of that group
};
// Fills one for each row of the matrix that `group_rows` was last given with this scratch. Numbers follow the
// first row of each group, so that they stay as they are while the rows change alike.
void list_groups(RowScratch& scratch, std::span<RowGroup> rows);

// Rows of [W b] among `count` evenly spaced ones that point the same way as another of them, or the opposite
// one: |cos| above 0.999. Zero rows and rows that are not finite have no direction.
std::size_t count_near_copies(const Matrix& w, std::span<const double> b, std::size_t count,
                              RowScratch& scratch);

}  // namespace initlab
