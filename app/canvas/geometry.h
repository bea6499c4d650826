// Points, rectangles and colours of everything that is drawn. Lengths are logical pixels: a back end
// multiplies them by its own scale, so a figure looks the same on a projector, on a 4K screen and in a paper.
#pragma once

#include <cstdint>

namespace initlab {

struct Point {
  double x = 0;
  double y = 0;
};

// x to the right, y downwards.
struct Rect {
  double x = 0;
  double y = 0;
  double width = 0;
  double height = 0;

  double right() const { return x + width; }
  double bottom() const { return y + height; }
  Point center() const { return {x + width / 2, y + height / 2}; }
  bool contains(Point p) const { return p.x >= x && p.x < right() && p.y >= y && p.y < bottom(); }
  Rect inset(double horizontal, double vertical) const {
    return {x + horizontal, y + vertical, width - 2 * horizontal, height - 2 * vertical};
  }
};

// sRGB, straight (not premultiplied) alpha.
struct Color {
  std::uint8_t r = 0;
  std::uint8_t g = 0;
  std::uint8_t b = 0;
  std::uint8_t a = 255;

  Color with_alpha(double share) const { return {r, g, b, static_cast<std::uint8_t>(share * 255.0 + 0.5)}; }
  bool operator==(const Color&) const = default;
};
// 0xRRGGBB, opaque.
constexpr Color rgb(std::uint32_t hex) {
  return {static_cast<std::uint8_t>(hex >> 16), static_cast<std::uint8_t>(hex >> 8 & 0xff),
          static_cast<std::uint8_t>(hex & 0xff), 255};
}

}  // namespace initlab
