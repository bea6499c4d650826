// The window on a screen: GLFW and OpenGL 3.3. Sleeps while nothing happens; draws at most at the display's
// rate. Belongs to the main thread, save `wake_window`. Writes no file and prints nothing.
#pragma once

#include <functional>
#include <optional>
#include <string>

#include "app/platform/frame.h"

namespace initlab {

struct WindowOptions {
  int width = 1440;  // logical pixels; made smaller where the screen is
  int height = 900;
  std::string title = "InitLab";
};

// Runs `setup` once (ImGui's context exists, no frame has begun), then `frame` for every frame until it
// answers `close` or the window's close button is pressed. Returns null then, or one line that says why there
// is no window: no display, or no OpenGL 3.3.
std::optional<std::string> run_window(const WindowOptions& options,
                                      const std::function<void(FrameTools&)>& setup,
                                      const FrameFunction& frame);

// Makes a sleeping window draw a frame soon. From any thread, at any time; without a window it does nothing.
void wake_window();

}  // namespace initlab
