#include "app/canvas/oklab.h"

#include <algorithm>
#include <cmath>

namespace initlab {
namespace {

std::uint8_t to_byte(double light) {
  return static_cast<std::uint8_t>(std::lround(255.0 * linear_to_srgb(std::clamp(light, 0.0, 1.0))));
}

}  // namespace

double srgb_to_linear(double channel) {
  return channel <= 0.04045 ? channel / 12.92 : std::pow((channel + 0.055) / 1.055, 2.4);
}

double linear_to_srgb(double light) {
  return light <= 0.0031308 ? 12.92 * light : 1.055 * std::pow(light, 1 / 2.4) - 0.055;
}

Oklab oklab_from_linear(double r, double g, double b) {
  const double l = std::cbrt(0.4122214708 * r + 0.5363325363 * g + 0.0514459929 * b);
  const double m = std::cbrt(0.2119034982 * r + 0.6806995451 * g + 0.1073969566 * b);
  const double s = std::cbrt(0.0883024619 * r + 0.2817188376 * g + 0.6299787005 * b);
  return {0.2104542553 * l + 0.7936177850 * m - 0.0040720468 * s,
          1.9779984951 * l - 2.4285922050 * m + 0.4505937099 * s,
          0.0259040371 * l + 0.7827717662 * m - 0.8086757660 * s};
}

Oklab to_oklab(Color color) {
  return oklab_from_linear(srgb_to_linear(color.r / 255.0), srgb_to_linear(color.g / 255.0),
                           srgb_to_linear(color.b / 255.0));
}

Color from_oklab(Oklab color) {
  const auto cube = [](double x) { return x * x * x; };
  const double l = cube(color.lightness + 0.3963377774 * color.a + 0.2158037573 * color.b);
  const double m = cube(color.lightness - 0.1055613458 * color.a - 0.0638541728 * color.b);
  const double s = cube(color.lightness - 0.0894841775 * color.a - 1.2914855480 * color.b);
  return {to_byte(4.0767416621 * l - 3.3077115913 * m + 0.2309699292 * s),
          to_byte(-1.2684380046 * l + 2.6097574011 * m - 0.3413193965 * s),
          to_byte(-0.0041960863 * l - 0.7034186147 * m + 1.7076147010 * s), 255};
}

Oklab mix(Oklab from, Oklab to, double share) {
  const auto blend = [share](double x, double y) { return x + (y - x) * share; };
  return {blend(from.lightness, to.lightness), blend(from.a, to.a), blend(from.b, to.b)};
}

}  // namespace initlab
