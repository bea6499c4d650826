// The picture that tells most about a lane: the decision boundary over a plane of two features, the fitted
// curve over one, and where there are more a sentence that says what to look at instead.
#pragma once

#include <cstddef>
#include <optional>
#include <string>

#include "app/canvas/canvas.h"
#include "app/theme.h"
#include "core/experiment/snapshot.h"

namespace initlab {

void draw_lane_picture(Canvas& canvas, const Theme& theme, Rect rect, const Snapshot& snapshot,
                       std::size_t lane);

// What the picture shows at a pixel: "(0.1, -0.3)   p = 0.97", "x = 1.2   answer 0.93"; null where it shows
// nothing.
std::optional<std::string> lane_picture_text(Rect rect, const Snapshot& snapshot, std::size_t lane,
                                             Point pixel);

}  // namespace initlab
