// The laboratory: the window's whole content, frame by frame, over a Worker. The same frame code runs in a
// window and off-screen. UI thread only.
#pragma once

#include <cstdint>
#include <memory>
#include <optional>
#include <string>
#include <vector>

#include "app/canvas/geometry.h"
#include "app/theme.h"
#include "core/experiment/comparison.h"

namespace initlab {

class Memory;

struct LabOptions {
  ThemeId theme = ThemeId::kLight;
  double zoom = 1;  // text size
  // Recalled at the start and kept up to date; then theme and zoom are not read. Null: nothing is remembered.
  Memory* memory = nullptr;
};

// Opens the window and returns when it is closed. Else one line that says why there is none (no display, no
// OpenGL 3.3).
std::optional<std::string> run_laboratory(std::unique_ptr<Comparison> comparison, const LabOptions& options);

struct WindowPicture {
  int width = 0;  // device pixels
  int height = 0;
  std::vector<Color> pixels;  // row by row from the top
};
// The window off-screen, trained to `step` (at most the experiment's) and paused there: width x height
// logical pixels at `scale`. Null with `error` set where there is no off-screen graphics.
std::optional<WindowPicture> render_laboratory(std::unique_ptr<Comparison> comparison,
                                               const LabOptions& options, int width, int height, double scale,
                                               std::int64_t step, std::string& error);

}  // namespace initlab
