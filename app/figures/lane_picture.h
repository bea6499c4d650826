// The picture that tells most about a lane: the decision boundary over a plane of two features, the fitted
// curve over one, and where there are more a sentence that says what to look at instead.
#pragma once

#include <cstddef>
#include <optional>
#include <string>

#include "app/canvas/canvas.h"
#include "app/figures/decision_boundary.h"
#include "app/theme.h"
#include "core/experiment/snapshot.h"

namespace initlab {

// What is chosen for the pictures of all lanes alike; a fitted curve has none of it.
struct LanePictureOptions {
  std::optional<Domain> view = {};  // the part of the plane looked at; null: all of the field
  bool test_points = false;         // hollow, beside those trained on
  bool discrete = false;            // every cell in its winner's colour, without shades
};

// Whether any lane has a picture rather than a sentence.
bool has_lane_picture(const Snapshot& snapshot);

void draw_lane_picture(Canvas& canvas, const Theme& theme, Rect rect, const Snapshot& snapshot,
                       std::size_t lane, const LanePictureOptions& options = {});

// What the picture shows at a pixel: "(0.1, -0.3)   p = 0.97", "x = 1.2   answer 0.93"; null where it shows
// nothing.
std::optional<std::string> lane_picture_text(Rect rect, const Snapshot& snapshot, std::size_t lane,
                                             Point pixel, const LanePictureOptions& options = {});

// The part of the plane that stands in `rect`; null where the picture is no plane.
std::optional<PlaneView> lane_picture_view(Rect rect, const Snapshot& snapshot, std::size_t lane,
                                           const LanePictureOptions& options = {});

}  // namespace initlab
