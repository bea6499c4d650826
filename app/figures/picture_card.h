// The card that a lane's picture stands on: sharp edges, round corners, a word about the run's state, and a
// sentence where there is no picture.
#pragma once

#include <string_view>

#include "app/canvas/canvas.h"
#include "app/figures/axis.h"
#include "app/theme.h"
#include "core/experiment/snapshot.h"

namespace initlab {

// So that the picture's edge and its frame are sharp and meet.
Rect on_whole_pixels(Rect rect);

// A picture has square corners; what stands outside the rounded frame is covered with the ground.
void round_corners(Canvas& canvas, const Theme& theme, Rect rect);

// In the middle of `rect`, in lines, smaller where need be. What finds no room is left out with an ellipsis.
void draw_sentence(Canvas& canvas, const Theme& theme, Rect rect, std::string_view sentence);

// A small label on its own ground, at the top of the picture: what state the run is in. Returns where it ends
// below; the top where there is none.
double draw_state(Canvas& canvas, const Theme& theme, Rect rect, const RunSnapshot& run,
                  const Snapshot& snapshot);

// Tick labels inside the picture, at its left edge below `top` and at its lower edge; those that would meet
// in the corner are left out.
void draw_inner_labels(Canvas& canvas, const Theme& theme, Rect rect, const Axis& x, const Axis& y,
                       double top);

}  // namespace initlab
