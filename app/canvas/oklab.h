// Oklab, a colour space in which equal steps look equal (Ottosson 2020, "A perceptual color space for image
// processing"). Colour ramps are interpolated in it.
#pragma once

#include "app/canvas/geometry.h"

namespace initlab {

struct Oklab {
  double lightness = 0;  // 0 black, 1 white
  double a = 0;          // green to red
  double b = 0;          // blue to yellow
};

// One sRGB channel in [0, 1] as light, and back.
double srgb_to_linear(double channel);
double linear_to_srgb(double light);

// Light of each primary in [0, 1].
Oklab oklab_from_linear(double r, double g, double b);

// Alpha is left out.
Oklab to_oklab(Color color);
// Opaque; a colour that no screen shows is clamped channel by channel.
Color from_oklab(Oklab color);

// From `from` at 0 to `to` at 1.
Oklab mix(Oklab from, Oklab to, double share);

}  // namespace initlab
