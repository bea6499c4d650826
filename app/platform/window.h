// The window on a screen: GLFW and OpenGL 3.3. Sleeps while nothing happens; draws at most at the display's
// rate. Belongs to the main thread, save `wake_window`. Writes no file and prints nothing.
#pragma once

#include <functional>
#include <memory>
#include <optional>
#include <string>
#include <vector>

#include "app/canvas/geometry.h"
#include "app/canvas/imgui_record.h"
#include "app/platform/frame.h"
#include "app/platform/gui_input.h"

namespace initlab {

struct WindowOptions {
  int width = 1440;  // logical pixels; made smaller where the screen is
  int height = 900;
  std::optional<WindowPlace> place = {};  // in its stead, where a screen is there
  std::string title = "InitLab";
};

// Runs `setup` once (ImGui's context exists, no frame has begun), then `frame` for every frame until it
// answers `close` or the window's close button is pressed. Returns null then, or one line that says why there
// is no window: no display, or no OpenGL 3.3.
std::optional<std::string> run_window(const WindowOptions& options,
                                      const std::function<void(FrameTools&)>& setup,
                                      const FrameFunction& frame);

// The same window, deaf to mouse and keyboard: a tour works it, frame by frame. Belongs to the main thread,
// one at a time, and not beside run_window.
class SteppedWindow {
 public:
  // Null where there is no window; `error` then says why in one line.
  static std::unique_ptr<SteppedWindow> open(const WindowOptions& options, std::string& error);
  SteppedWindow(const SteppedWindow&) = delete;  // owns the window
  SteppedWindow& operator=(const SteppedWindow&) = delete;
  ~SteppedWindow();

  // Hands `input` to the window's queue of events, as mouse and keyboard do, and draws until all of it has
  // been told to a frame: at least one, at the display's rate. False once the window was closed.
  bool frame(const FrameFunction& frame, const GuiInput& input);
  // Asks for a size in logical pixels at text size 1. False when the desktop did not give it within some
  // frames.
  bool resize(const FrameFunction& frame, int width, int height);
  // Draws one frame more; its opaque pixels, row by row from the top, and their numbers.
  std::vector<Color> render(const FrameFunction& frame, int& width_px, int& height_px);
  // From the next frame on `record`, which must outlive them, tells what each frame shows; null: nobody asks.
  void record_frames(FrameRecord* record);

 private:
  struct State;
  explicit SteppedWindow(std::unique_ptr<State> state);
  std::unique_ptr<State> state_;
};

// Makes a sleeping window draw a frame soon. From any thread, at any time; without a window it does nothing.
void wake_window();

}  // namespace initlab
