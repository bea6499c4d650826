// How the time of a training step grows with samples, depth and width: measured, fitted and drawn.
#pragma once

#include <string>
#include <vector>

#include "app/canvas/canvas.h"
#include "app/theme.h"

namespace initlab::bench {

// One quantity that grows while the others stay.
struct Growth {
  std::string quantity;  // "samples"
  std::string network;   // what stays: "4 hidden layers of 64 units, ReLU"
  double fit_from = 0;   // least value that the slope is fitted to
  std::vector<double> values;
  std::vector<double> seconds;  // of a step, for each value
};

// Slope and seconds at 1 of the straight line through log(values), log(seconds) from fit_from on, least
// squares.
struct PowerLaw {
  double exponent = 0;
  double at_one = 0;
  double operator()(double value) const;
};
PowerLaw fit(const Growth& growth);

// The three of them side by side, on logarithmic axes, each with its slope; `note` stands below.
void draw_scaling(Canvas& canvas, const Theme& theme, Rect page, const std::vector<Growth>& growths,
                  const std::string& note);

}  // namespace initlab::bench
