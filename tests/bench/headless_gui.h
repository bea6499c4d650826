// The laboratory's frames without any graphics: ImGui, fonts and pictures as in the window, but nothing is
// sent to a card. What a frame costs here is what it costs the program itself, without the GL driver.
#pragma once

#include <imgui.h>

#include <memory>
#include <unordered_map>
#include <vector>

#include "app/canvas/imgui_canvas.h"
#include "app/platform/fonts.h"
#include "app/platform/frame.h"

namespace initlab::bench {

// Paints a picture when its revision changes, as the window's textures do, and keeps it.
class PaintedPictures : public ImageTextures {
 public:
  ImTextureID texture(const ImageSource& source) override;
  // Pictures painted so far.
  long painted() const { return painted_; }

 private:
  struct Entry {
    std::uint64_t revision = 0;
    std::vector<Color> pixels;
  };
  std::unordered_map<std::uint64_t, Entry> entries_;
  long painted_ = 0;
};

class HeadlessGui {
 public:
  HeadlessGui(double width, double height);
  HeadlessGui(const HeadlessGui&) = delete;  // owns ImGui's context
  HeadlessGui& operator=(const HeadlessGui&) = delete;
  ~HeadlessGui();

  FrameAnswer frame(const FrameFunction& frame);
  const PaintedPictures& pictures() const { return pictures_; }
  // Triangles of the last frame, times three.
  int index_count() const;

 private:
  Fonts fonts_;
  PaintedPictures pictures_;
  ImGuiContext* context_;
  FrameInput input_;
};

}  // namespace initlab::bench
