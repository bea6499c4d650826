// What painting remembers between frames: the brush, and the points as they will be once the engine has them.
#pragma once

#include <cstdint>
#include <optional>
#include <vector>

#include "core/data/dataset.h"

namespace initlab {

// The shown data with what was painted and erased since; it stays until the snapshot's own data are these.
struct PaintDraft {
  const Dataset* base = nullptr;    // that it began from; compared, never read
  std::vector<PlacedPoint> points;  // of the base
  std::vector<bool> erased;         // one a point of the base
  std::vector<PlacedPoint> added;
  std::uint64_t command = 0;  // that asked for it last; 0: none did
};

struct PaintState {
  bool on = false;
  bool holds_view = false;  // of the plane, which would follow the points otherwise
  std::int64_t brush = 0;   // class, from 0
  bool erases = false;
  std::optional<PaintDraft> draft;
  bool strokes = false;  // a button is held over a picture
  bool stroke_erases = false;
  std::optional<PlacedPoint> last;  // where the stroke was in the last frame, in the plane
  std::uint32_t sprayed = 0;        // counts points, for their spread
};

}  // namespace initlab
