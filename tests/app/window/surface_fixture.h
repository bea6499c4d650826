// A small off-screen surface for the tests of what the window draws. They are skipped, and say so, on a
// machine whose EGL gives no OpenGL 3.3.
#pragma once

#include <gtest/gtest.h>
#include <imgui.h>

#include <cstdlib>
#include <functional>
#include <memory>
#include <string>
#include <utility>
#include <vector>

#include "app/canvas/imgui_canvas.h"
#include "app/platform/offscreen.h"

namespace initlab {

inline constexpr Color kWhite = rgb(0xFFFFFF);
inline constexpr Color kInk = rgb(0x203040);

struct Pixels {
  int width = 0;
  int height = 0;
  std::vector<Color> colors;

  Color at(int x, int y) const {
    return colors.at(static_cast<std::size_t>(y) * static_cast<std::size_t>(width) +
                     static_cast<std::size_t>(x));
  }
};

inline bool near(Color a, Color b, int tolerance = 1) {
  return std::abs(a.r - b.r) <= tolerance && std::abs(a.g - b.g) <= tolerance &&
         std::abs(a.b - b.b) <= tolerance;
}

class SurfaceTest : public testing::Test {
 protected:
  // False when the test is to be skipped.
  bool open(int width_px, int height_px, double scale) {
    surface_.reset();
    std::string error;
    surface_ = OffscreenSurface::create(width_px, height_px, scale, error);
    error_ = error;
    return surface_ != nullptr;
  }

  // What `draw` leaves on white.
  Pixels drawn(const std::function<void(Canvas&)>& draw) {
    const FrameFunction frame = [&draw](const FrameInput& input, FrameTools& tools) {
      ImguiCanvas canvas(*ImGui::GetBackgroundDrawList(), tools);
      canvas.fill_rect({0, 0, input.width, input.height}, kWhite);
      draw(canvas);
      return FrameAnswer{};
    };
    return {surface_->width_px(), surface_->height_px(), surface_->render(frame)};
  }

  std::unique_ptr<OffscreenSurface> surface_;
  std::string error_;
};

#define INITLAB_OPEN_OR_SKIP(width_px, height_px, scale) \
  if (!open(width_px, height_px, scale)) GTEST_SKIP() << error_

}  // namespace initlab
