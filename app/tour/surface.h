// What a tour is played on: an off-screen surface or a window on the screen. Both run the same frames and
// tell what each of them shows.
#pragma once

#include <memory>
#include <string>
#include <vector>

#include "app/canvas/geometry.h"
#include "app/canvas/imgui_record.h"
#include "app/platform/frame.h"
#include "app/platform/gui_input.h"

namespace initlab {

struct SurfacePicture {
  int width = 0;  // device pixels
  int height = 0;
  std::vector<Color> pixels;  // row by row from the top
};

class TourSurface {
 public:
  TourSurface() = default;
  TourSurface(const TourSurface&) = delete;  // owns a window or a graphics context
  TourSurface& operator=(const TourSurface&) = delete;
  virtual ~TourSurface() = default;

  // One frame that is told `input`, or as many as it takes. False once the window was closed.
  virtual bool frame(const FrameFunction& frame, const GuiInput& input) = 0;
  // Another size in logical pixels. False where it cannot be had.
  virtual bool resize(const FrameFunction& frame, int width, int height, double scale) = 0;
  // One frame more, as a picture.
  virtual SurfacePicture picture(const FrameFunction& frame, const GuiInput& input) = 0;
  // Whether frames wait for a display, so that nobody else need slow them down.
  virtual bool is_paced() const = 0;

  // What the last frame showed.
  const FrameRecord& record() const { return record_; }

 protected:
  FrameRecord record_;
};

// 1440 x 900 at first. Null where there are no such graphics; `error` then says why in one line.
std::unique_ptr<TourSurface> offscreen_tour_surface(std::string& error);
std::unique_ptr<TourSurface> window_tour_surface(std::string& error);

}  // namespace initlab
