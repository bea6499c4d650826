// Small shapes with a meaning: data points by class, a lane's swatch, end marks of a curve.
#pragma once

#include <cstddef>

#include "app/canvas/canvas.h"
#include "app/theme.h"

namespace initlab {

// Class 0: circle, class 1: triangle, others square, diamond and so on, ten shapes in ten colours, all of
// about the area of a circle of `radius`, filled, with a rim in the card colour; `hollow` points (test data)
// have the class colour as their rim and a card-coloured middle.
void draw_data_point(Canvas& canvas, const Theme& theme, Point center, std::size_t point_class, double radius,
                     bool hollow = false);

// The lane's rounded square, `size` wide.
void draw_swatch(Canvas& canvas, const Theme& theme, Point center, std::size_t lane, double size = 10);

// A cross: here a run stopped being finite.
void draw_cross(Canvas& canvas, Point center, double radius, const Stroke& stroke);

}  // namespace initlab
