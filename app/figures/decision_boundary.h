// The decision boundary of one lane: what the network answers over the plane, the lines where the answer
// changes, and the data. A network without a plane gets a sentence that says so. The field is measured by the
// engine (core/experiment/measure/decision_field.h); here it is only coloured.
#pragma once

#include <cstddef>
#include <optional>

#include "app/canvas/canvas.h"
#include "app/theme.h"
#include "core/experiment/snapshot.h"

namespace initlab {

struct DecisionBoundaryOptions {
  std::size_t lane = 0;             // of snapshot.runs
  std::optional<Domain> view = {};  // the part of the plane asked for; null: the field's whole domain
  bool train_points = true;
  bool test_points = false;  // hollow
  bool discrete = false;     // every cell in its winner's colour, without shades
  bool axis_labels = true;   // inside, at the left and lower edge
  double point_radius = 0;   // 0: 3, smaller in a small picture
};

// Which part of the plane stands in which rectangle; x and y have the same scale.
struct PlaneView {
  Rect rect;
  Domain domain;

  Point to_pixel(double x, double y) const;
  Point to_plane(Point pixel) const;
};

// `wanted` fitted to the rectangle: never distorted, cropped about its middle where the shapes differ.
PlaneView plane_view(Rect rect, const Domain& wanted);
// The view that draw_decision_boundary uses: without a view asked for, the field's domain, cropped only as
// far as no training point is cut off. Null where it draws a sentence instead.
std::optional<PlaneView> decision_boundary_view(Rect rect, const Snapshot& snapshot,
                                                const DecisionBoundaryOptions& options);

void draw_decision_boundary(Canvas& canvas, const Theme& theme, Rect rect, const Snapshot& snapshot,
                            const DecisionBoundaryOptions& options = {});

}  // namespace initlab
