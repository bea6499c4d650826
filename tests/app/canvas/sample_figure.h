// One figure with everything a canvas can draw, for tests that compare back ends.
#pragma once

#include "app/canvas/canvas.h"
#include "app/canvas/picture_file.h"

namespace initlab {

inline constexpr PictureOptions kSampleOptions = {
    .width = 480, .height = 320, .scale = 2, .background = rgb(0xF6F5F1)};

struct SampleParts {
  bool star = true;     // a concave polygon
  bool anchors = true;  // a text at each of the nine anchors, and one turned
};

void draw_sample(Canvas& canvas, SampleParts parts = {});

}  // namespace initlab
