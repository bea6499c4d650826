// Strokes as triangles with edges softened over one device pixel. Written here because ImGui's own polylines
// grow spikes at sharp corners and know no round joins: gentle corners are mitred, sharp ones rounded.
#pragma once

#include <imgui.h>

#include <span>

namespace initlab {

// Appends the stroke to `list`; time and memory are linear in the number of points. `points` are finite;
// `width` and `pixel` (the size of a device pixel) are in the list's coordinates and positive. A stroke
// thinner than a device pixel is drawn a pixel wide and fainter. Ends are round from two device pixels on,
// else cut straight.
void add_stroke(ImDrawList& list, std::span<const ImVec2> points, ImU32 color, float width, float pixel,
                bool closed);

}  // namespace initlab
