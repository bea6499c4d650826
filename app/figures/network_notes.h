// What a network diagram says in words: the names of its layers above the columns, and below them what has
// become of their units. Neighbours that say the same share the words.
#pragma once

#include <cstddef>
#include <vector>

#include "app/figures/network_layout.h"

namespace initlab {

// Most units of a layer point nearly the same way, though they are not copies.
bool has_near_copies(const RunSnapshot& run, std::size_t layer);

// Adds the captions of all columns but the inputs, in at most `most_lines` lines at the foot of the diagram's
// rectangle; the slots of the columns are `pitch` wide, the first begins at `x`. Returns their height.
double place_notes(const RunSnapshot& run, double pitch, double x, std::size_t most_lines, double line_height,
                   LaneDiagram& diagram);

// Adds the names of the columns, centred at `y`.
void place_headers(const RunSnapshot& run, const std::vector<double>& centers, double pitch, double y,
                   LaneDiagram& diagram);

}  // namespace initlab
