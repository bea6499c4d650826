// What the network panel remembers between frames.
#pragma once

#include <optional>
#include <string>

#include "app/canvas/geometry.h"
#include "app/figures/network_diagram.h"

namespace initlab {

struct NetworkPanelState {
  bool one_lane = false;
  std::optional<DiagramHit> edited;  // whose number is being typed
  Point edit_at;                     // where it was clicked
  std::string before;                // the number as it stood in the field
};

}  // namespace initlab
