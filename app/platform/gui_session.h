// One ImGui context with its fonts and textures, and the way a frame runs in it: the same code for the window
// and for the off-screen surface, which only say how large the frame is and what mouse and keyboard did.
// Needs a current OpenGL 3.3 context whose functions glad has loaded, the same from birth to death.
#pragma once

#include <imgui.h>

#include <memory>
#include <optional>
#include <string>

#include "app/canvas/imgui_record.h"
#include "app/platform/fonts.h"
#include "app/platform/frame.h"
#include "app/platform/gl_textures.h"
#include "app/platform/gui_input.h"

namespace initlab {

struct FrameSize {
  int width_px = 0;  // of the framebuffer
  int height_px = 0;
  double scale = 1;       // device pixels a logical pixel
  double seconds = 1e-3;  // since the frame before, positive
  std::optional<WindowPlace> place = {};
};

class GuiSession {
 public:
  // Null when ImGui finds no way to draw or a font cannot be read; `error` says why in one line.
  static std::unique_ptr<GuiSession> create(std::string& error);
  GuiSession(const GuiSession&) = delete;  // owns a context and textures
  GuiSession& operator=(const GuiSession&) = delete;
  ~GuiSession();

  // Makes the fonts fit, so that `tools` can be used before the first frame.
  void prepare(double scale);
  FrameTools tools() { return {fonts_, textures_, scale_}; }

  // Runs one frame and draws it into the bound framebuffer.
  FrameAnswer frame(const FrameFunction& frame, const GuiInput& input, const FrameSize& size);
  // Whether frames are drawn (they are at first); one that is not costs what the program itself costs.
  void set_drawn(bool drawn) { drawn_ = drawn; }

  // From the next frame on `record`, which must outlive them, tells what each frame shows; null: nobody asks.
  void record_frames(FrameRecord* record);

  // A text field has the keyboard.
  bool text_field_active() const;
  // Glyphs were missing: the next frame has them.
  bool needs_frame() const { return fonts_.needs_room(); }

 private:
  GuiSession();
  void begin(const GuiInput& input, const FrameSize& size);
  void draw(const FrameSize& size);

  struct ContextDeleter {
    void operator()(ImGuiContext* context) const { ImGui::DestroyContext(context); }
  };
  Fonts fonts_;
  GlTextures textures_;
  std::unique_ptr<ImGuiContext, ContextDeleter> context_;
  std::shared_ptr<const FramePicture> picture_;  // of the last frame, where it asked for it
  double scale_ = 1;
  bool drawn_ = true;
  bool has_device_objects_ = false;  // ImGui's shader, buffers and font texture
};

}  // namespace initlab
