// Pictures as OpenGL textures, one an id: painted and sent anew when their revision or size changes, thrown
// away when no frame has shown them for a while. Needs a current OpenGL 3.3 context, the same from birth to
// death.
#pragma once

#include <cstdint>
#include <unordered_map>
#include <vector>

#include "app/canvas/imgui_canvas.h"

namespace initlab {

class GlTextures : public ImageTextures {
 public:
  ~GlTextures() override;
  ImTextureID texture(const ImageSource& source) override;
  // Once after each frame.
  void end_frame();

 private:
  struct Entry {
    unsigned name = 0;  // OpenGL's
    std::uint64_t revision = 0;
    int width = 0;
    int height = 0;
    bool smooth = true;
    std::uint64_t last_frame = 0;
  };
  void upload(Entry& entry, const ImageSource& source);

  std::unordered_map<std::uint64_t, Entry> entries_;
  std::vector<Color> pixels_;  // scratch, kept between uploads
  std::uint64_t frame_ = 0;
};

}  // namespace initlab
