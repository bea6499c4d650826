// Which part of the plane the decision boundaries of all lanes show, and how: one choice for all, so that
// pictures compare. Wheel, drag and double click over any of them change it.
#pragma once

#include <optional>

#include "app/figures/lane_picture.h"

namespace initlab {

// What is remembered between frames.
struct PlaneState {
  std::optional<Domain> view;  // null: the data and their surroundings
  bool test_points = false;
  bool discrete = false;
  const Dataset* seen = nullptr;  // the data of the last frame; compared, never read

  LanePictureOptions picture() const { return {view, test_points, discrete}; }
};

// The part that stands in the rectangle once the plane at pixel `fixed` stays and `factor` times as much is
// shown about it.
Domain zoomed_view(const PlaneView& view, Point fixed, double factor);

struct PlaneSteering {
  bool drag_pans = true;
};
// The mouse over the item that was handed to ImGui last: a picture whose part of the plane is `shown`.
void steer_plane(PlaneState& state, const Snapshot& snapshot, const PlaneView& shown,
                 const PlaneSteering& steering = {});

// Fits the view again when other data have come that it does not meet.
void follow_data(PlaneState& state, const Snapshot& snapshot);

}  // namespace initlab
