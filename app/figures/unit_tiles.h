// The tiles of a network diagram: what every unit responds to, and what has become of it. Over two inputs a
// map in the field's colours, over one a curve, over more its mean and spread over the samples.
#pragma once

#include "app/canvas/canvas.h"
#include "app/figures/network_layout.h"
#include "app/theme.h"

namespace initlab {

// Colours show a layer's activations on one scale, blue below 0 and orange above; the output's are its
// answers.
void draw_unit_tiles(Canvas& canvas, const Theme& theme, const LaneDiagram& diagram, const RunSnapshot& run);

// One unit's map or curve, large, for a read-out; nothing over more than two inputs.
void draw_unit_portrait(Canvas& canvas, const Theme& theme, Rect rect, std::size_t lane,
                        const RunSnapshot& run, std::size_t layer, std::size_t shown);

}  // namespace initlab
