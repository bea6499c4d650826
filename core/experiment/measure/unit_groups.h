// Rows of a matrix that are copies of each other, and rows that nearly are: units by their weights, gradients
// or activations.
#pragma once

#include <array>
#include <span>

#include "core/numeric/matrix.h"

namespace initlab {

struct RowGroups {
  std::size_t distinct = 0;  // groups
  std::size_t largest = 0;   // rows of the largest group
};

// Rows that differ nowhere by more than 1e-12 of `largest` are of one group; one with a number that is not
// finite is alone. `more` are further columns, one number a row; empty ones are passed over.
RowGroups group_rows(const Matrix& rows, double largest,
                     const std::array<std::span<const double>, 3>& more = {});

// Rows of [W b] among `count` evenly spaced ones that point the same way as another of them, or the opposite
// one: |cos| above 0.999. Zero rows and rows that are not finite have no direction.
std::size_t count_near_copies(const Matrix& w, std::span<const double> b, std::size_t count);

}  // namespace initlab
