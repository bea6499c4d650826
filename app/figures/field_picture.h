// A decision field as colours and as lines between its classes. How it was measured is the engine's
// (core/experiment/measure/decision_field.h).
#pragma once

#include <cstddef>
#include <optional>
#include <span>
#include <vector>

#include "app/canvas/geometry.h"
#include "app/figures/contour.h"
#include "app/theme.h"
#include "core/experiment/measure/decision_field.h"

namespace initlab {

// Fills `fineness` times as many columns and rows as the field has: the answer is interpolated, not the
// colour, so an edge is as sharp as the network's and runs along the lines.
void paint_field(const Theme& theme, const DecisionField& field, int fineness, std::span<Color> pixels);
// A pixel a cell in the colour of the class that wins it, however narrowly.
void paint_winners(const Theme& theme, const DecisionField& field, std::span<Color> pixels);

// Where the winner changes, in columns and rows of the field. Between more than two classes a line is found
// from either side.
std::vector<ContourLine> field_lines(const DecisionField& field);

// The network's probability of class 1 of two, between cell centres interpolated in the logit; null outside
// the field, where it is not finite, and among more classes than two.
std::optional<double> probability_at(const DecisionField& field, double x, double y);
// The class that wins there; null outside the field and where an output is not a number.
std::optional<std::size_t> winner_at(const DecisionField& field, double x, double y);

}  // namespace initlab
