// Pixels as a PNG file in memory. The same pixels give the same bytes: no time, no program's name is written.
#pragma once

#include <span>
#include <string>

#include "app/canvas/geometry.h"

namespace initlab {

// `pixels` are width * height, row by row from the top; both at least 1. Without alpha where all are opaque.
// Empty when libpng refuses (too large).
std::string encode_png(int width, int height, std::span<const Color> pixels);

}  // namespace initlab
