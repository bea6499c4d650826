// The font texture of one ImGui context: a few fonts for ImGui's own widgets, and below them a store of
// single glyphs, drawn by FreeType when a canvas first needs them (unhinted, at quarters of a pixel, as Cairo
// does), so that text on the screen looks as in a picture at any size and scale. Holds pixels; the upload is
// gui_frame's.
#pragma once

#include <imgui.h>

#include <array>
#include <cstdint>
#include <unordered_map>
#include <vector>

#include "app/canvas/font_library.h"
#include "app/canvas/text_metrics.h"

namespace initlab {

// A rectangle of the font texture, texels.
struct TextureArea {
  int x = 0;
  int y = 0;
  int width = 0;
  int height = 0;
};

struct StoredGlyph {
  float left = 0;  // of the bitmap, device pixels from the pen, x to the right, y downwards
  float top = 0;
  float width = 0;  // 0: nothing to draw
  float height = 0;
  ImVec2 uv_min, uv_max;
};

class Fonts {
 public:
  // Opens the font files; throws std::runtime_error that names one that cannot be read.
  Fonts();
  Fonts(const Fonts&) = delete;  // owns FreeType's faces, and others point to it
  Fonts& operator=(const Fonts&) = delete;

  // Between frames: makes io.Fonts of the current context fit `scale` (device pixels a logical pixel). True
  // when it was built anew, and so the texture must be uploaded as a whole.
  bool prepare(double scale);

  // For ImGui::PushFont: the one nearest to `size` (logical pixels, the em). The default is Regular at 15.
  ImFont* imgui_font(double size, FontWeight weight = FontWeight::kRegular) const;

  // The glyph with its em at `size_px` device pixels (more than 0), moved to the right by `quarter` (0 to 3)
  // quarters of a pixel. Good until the next `prepare`. Without room it is empty, and the next `prepare`
  // makes room.
  const StoredGlyph& glyph(FontFace face, unsigned glyph_index, double size_px, int quarter);

  bool needs_room() const { return needs_room_; }

  // Rows of the texture drawn since the last call; empty when none.
  TextureArea take_changed();

 private:
  void build_atlas();
  StoredGlyph rasterize(FontFace face, unsigned glyph_index, double size_px, int quarter);
  bool place(int width, int height, TextureArea& area);

  struct WidgetFont {
    double size;
    FontWeight weight;
    ImFont* font;
  };
  std::array<FreetypeFace, 4> faces_;
  std::vector<WidgetFont> widget_fonts_;
  double scale_ = 0;
  ImFontAtlas* atlas_ = nullptr;

  std::unordered_map<std::uint64_t, StoredGlyph> glyphs_;
  TextureArea store_;     // where glyphs go
  int store_rows_ = 512;  // its height at scale 1
  int shelf_x_ = 0;       // glyphs stand on shelves, from the left
  int shelf_y_ = 0;
  int shelf_height_ = 0;
  bool needs_room_ = false;
  int changed_top_ = 0;  // rows [top, bottom) of the texture
  int changed_bottom_ = 0;
};

}  // namespace initlab
