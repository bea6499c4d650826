// What the timeline remembers between frames.
#pragma once

#include <cstdint>
#include <optional>

namespace initlab {

struct TimelineState {
  std::optional<std::int64_t> dragged_to;  // while its handle is held
};

}  // namespace initlab
