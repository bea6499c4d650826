// The window without a screen: the same frames, drawn by EGL into memory, for pictures, tours and tests.
// Deterministic: every frame lasts 1/60 s. One thread: the one that created it.
#pragma once

#include <memory>
#include <string>
#include <vector>

#include "app/canvas/geometry.h"
#include "app/canvas/imgui_record.h"
#include "app/platform/frame.h"
#include "app/platform/gui_input.h"

namespace initlab {

class OffscreenSurface {
 public:
  // Sizes in device pixels, at least 1; `scale` in device pixels a logical pixel, positive. Null when there
  // is no EGL with OpenGL 3.3; `error` then says why in one line.
  static std::unique_ptr<OffscreenSurface> create(int width_px, int height_px, double scale,
                                                  std::string& error);

  OffscreenSurface(const OffscreenSurface&) = delete;  // owns a GL context
  OffscreenSurface& operator=(const OffscreenSurface&) = delete;
  ~OffscreenSurface();

  // Runs one frame. `input.keys`, `text`, `wheel` and `dropped_files` happen in it; `mouse` and `button`
  // hold.
  void frame(const FrameFunction& frame, const GuiInput& input = {});
  // Runs `count` frames with the mouse where it was, so that what sizes itself by its last frame has settled.
  void settle(const FrameFunction& frame, int count = 3);
  // Runs one frame and returns its opaque pixels, width_px() * height_px(), row by row from the top.
  std::vector<Color> render(const FrameFunction& frame, const GuiInput& input = {});
  // The pixels of the last frame.
  std::vector<Color> pixels() const;

  // Another size from the next frame on; values as for create(). False when OpenGL cannot draw so large: then
  // the size stays.
  bool resize(int width_px, int height_px, double scale);
  // From the next frame on `record`, which must outlive them, tells what each frame shows; null: nobody asks.
  void record_frames(FrameRecord* record);

  // Frames that are not drawn take a fraction of the time; render() draws always, and pixels() are of the
  // last one that was. They are drawn at first.
  void set_drawn(bool drawn);

  int width_px() const;
  int height_px() const;
  // What the last frame answered; its zoom is followed from the next frame on.
  const FrameAnswer& answer() const;

 private:
  struct State;
  explicit OffscreenSurface(std::unique_ptr<State> state);
  std::unique_ptr<State> state_;
};

}  // namespace initlab
