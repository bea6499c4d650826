// What the window remembers between frames about its own look and comfort.
#pragma once

#include <cstddef>
#include <optional>
#include <string>

#include "app/theme.h"

namespace initlab {

enum class FigureKind { kLane, kCost, kSignal, kHistograms };

struct FocusedFigure {
  FigureKind kind = FigureKind::kLane;
  std::size_t lane = 0;  // from 0, of a lane's picture
  bool operator==(const FocusedFigure&) const = default;
};

struct ComfortState {
  PaletteId palette = PaletteId::kBlueOrange;
  bool reduced_motion = false;  // nothing moves that is no result

  std::optional<FocusedFigure> focus;  // the figure that fills the window
  bool focus_wanted = false;           // the one under the mouse, or back

  bool can_undo = false;
  bool can_redo = false;
  int undo_wanted = 0;  // -1: undo, 1: redo

  bool picture_wanted = false;
  std::string all_shown_of;  // the experiment whose hidden controls are shown all the same
};

}  // namespace initlab
