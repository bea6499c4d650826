#include "app/platform/fonts.h"

#include FT_OUTLINE_H

#include <algorithm>
#include <cassert>
#include <cmath>

namespace initlab {
namespace {

constexpr int kTextureWidth = 2048;
constexpr int kStoreWidth = kTextureWidth - 8;
constexpr int kMaxStoreRows = 4096;

// What ImGui's own widgets may show; a canvas has no such limit.
constexpr ImWchar kWidgetRanges[] = {0x0020, 0x017F, 0x0370, 0x03FF, 0x2010, 0x205E, 0x2070,
                                     0x209C, 0x20AC, 0x20AC, 0x2122, 0x2122, 0x2190, 0x21FF,
                                     0x2200, 0x22FF, 0x25A0, 0x25FF, 0xFFFD, 0xFFFD, 0};

constexpr struct {
  double size;
  FontWeight weight;
} kWidgetFonts[] = {{15, FontWeight::kRegular}, {13.5, FontWeight::kRegular}, {15, FontWeight::kMedium}};

// ImGui's size is from ascender to descender, ours the em.
float imgui_size(FT_Face face, double em) {
  return static_cast<float>(em * (face->ascender - face->descender) / face->units_per_EM);
}

std::uint64_t glyph_key(FontFace face, unsigned glyph_index, long size_26_6, int quarter) {
  return static_cast<std::uint64_t>(size_26_6) << 32 | static_cast<std::uint64_t>(glyph_index) << 8 |
         static_cast<std::uint64_t>(face) << 4 | static_cast<std::uint64_t>(quarter);
}

}  // namespace

Fonts::Fonts()
    : faces_{FreetypeFace(font_file(FontFace::kRegular)), FreetypeFace(font_file(FontFace::kMedium)),
             FreetypeFace(font_file(FontFace::kItalic)), FreetypeFace(font_file(FontFace::kSymbols))} {}

bool Fonts::prepare(double scale) {
  assert(scale > 0);
  if (scale == scale_ && !needs_room_ && atlas_ == ImGui::GetIO().Fonts) return false;
  if (needs_room_) store_rows_ = std::min(2 * store_rows_, kMaxStoreRows);
  scale_ = scale;
  atlas_ = ImGui::GetIO().Fonts;
  needs_room_ = false;
  build_atlas();
  return true;
}

void Fonts::build_atlas() {
  atlas_->Clear();
  widget_fonts_.clear();
  atlas_->Flags = ImFontAtlasFlags_NoPowerOfTwoHeight | ImFontAtlasFlags_NoMouseCursors;
  atlas_->TexDesiredWidth = kTextureWidth;
  const auto face = [this](FontFace id) { return faces_[static_cast<std::size_t>(id)].get(); };
  for (const auto& row : kWidgetFonts) {
    ImFontConfig config;
    config.OversampleH = scale_ < 1.75 ? 2 : 1;
    config.OversampleV = 1;
    const FontFace id = face_of(row.weight);
    ImFont* font = atlas_->AddFontFromFileTTF(font_file(id), imgui_size(face(id), row.size * scale_), &config,
                                              kWidgetRanges);
    config.MergeMode = true;
    atlas_->AddFontFromFileTTF(font_file(FontFace::kSymbols),
                               imgui_size(face(FontFace::kSymbols), row.size * scale_), &config,
                               kWidgetRanges);
    font->Scale = static_cast<float>(1 / scale_);
    widget_fonts_.push_back({row.size, row.weight, font});
  }

  const int rows = std::min(static_cast<int>(std::ceil(store_rows_ * std::max(1.0, scale_))), kMaxStoreRows);
  const int id = atlas_->AddCustomRectRegular(kStoreWidth, rows);
  unsigned char* pixels = nullptr;
  int width = 0;
  int height = 0;
  atlas_->GetTexDataAsRGBA32(&pixels, &width, &height);
  const ImFontAtlasCustomRect& rect = *atlas_->GetCustomRectByIndex(id);
  store_ = {rect.X, rect.Y, rect.Width, rect.Height};
  // A custom rectangle is left as it came from the allocator.
  for (int y = 0; y < store_.height; ++y) {
    unsigned* row = atlas_->TexPixelsRGBA32 + static_cast<std::ptrdiff_t>(store_.y + y) * width + store_.x;
    std::fill(row, row + store_.width, IM_COL32(255, 255, 255, 0));
  }
  glyphs_.clear();
  shelf_x_ = shelf_y_ = shelf_height_ = 0;
  changed_top_ = changed_bottom_ = 0;
}

ImFont* Fonts::imgui_font(double size, FontWeight weight) const {
  assert(!widget_fonts_.empty());
  const auto distance = [&](const WidgetFont& f) {
    return std::abs(f.size - size) + (f.weight == weight ? 0 : 100);
  };
  return std::min_element(widget_fonts_.begin(), widget_fonts_.end(),
                          [&](const auto& a, const auto& b) { return distance(a) < distance(b); })
      ->font;
}

const StoredGlyph& Fonts::glyph(FontFace face, unsigned glyph_index, double size_px, int quarter) {
  assert(size_px > 0 && quarter >= 0 && quarter < 4);
  const std::uint64_t key = glyph_key(face, glyph_index, std::lround(size_px * 64), quarter);
  const auto found = glyphs_.find(key);
  if (found != glyphs_.end()) return found->second;
  return glyphs_.emplace(key, rasterize(face, glyph_index, size_px, quarter)).first->second;
}

StoredGlyph Fonts::rasterize(FontFace face_id, unsigned glyph_index, double size_px, int quarter) {
  // A font file was read at the start, so what fails here is one glyph: it stays empty.
  FT_Face face = faces_[static_cast<std::size_t>(face_id)].get();
  if (FT_Set_Char_Size(face, 0, std::max(1L, std::lround(size_px * 64)), 72, 72) != 0) return {};
  if (FT_Load_Glyph(face, glyph_index, FT_LOAD_NO_HINTING | FT_LOAD_NO_BITMAP) != 0) return {};
  FT_Outline_Translate(&face->glyph->outline, quarter * 16L, 0);
  if (FT_Render_Glyph(face->glyph, FT_RENDER_MODE_NORMAL) != 0) return {};
  const FT_Bitmap& bitmap = face->glyph->bitmap;
  const int width = static_cast<int>(bitmap.width);
  const int height = static_cast<int>(bitmap.rows);
  TextureArea area;
  if (width == 0 || height == 0 || !place(width, height, area)) return {};

  for (int y = 0; y < height; ++y) {
    const unsigned char* from = bitmap.buffer + static_cast<std::ptrdiff_t>(y) * bitmap.pitch;
    unsigned* to =
        atlas_->TexPixelsRGBA32 + static_cast<std::ptrdiff_t>(area.y + y) * atlas_->TexWidth + area.x;
    for (int x = 0; x < width; ++x) to[x] = IM_COL32(255, 255, 255, from[x]);
  }
  if (changed_top_ == changed_bottom_) changed_top_ = area.y;
  changed_top_ = std::min(changed_top_, area.y);
  changed_bottom_ = std::max(changed_bottom_, area.y + height);

  StoredGlyph glyph;
  glyph.left = static_cast<float>(face->glyph->bitmap_left);
  glyph.top = static_cast<float>(-face->glyph->bitmap_top);
  glyph.width = static_cast<float>(width);
  glyph.height = static_cast<float>(height);
  const ImVec2 texel = atlas_->TexUvScale;
  glyph.uv_min = {static_cast<float>(area.x) * texel.x, static_cast<float>(area.y) * texel.y};
  glyph.uv_max = {static_cast<float>(area.x + width) * texel.x,
                  static_cast<float>(area.y + height) * texel.y};
  return glyph;
}

bool Fonts::place(int width, int height, TextureArea& area) {
  constexpr int kGap = 1;  // so that interpolation never reaches a neighbour
  if (shelf_x_ + width + kGap > store_.width) {
    shelf_x_ = 0;
    shelf_y_ += shelf_height_;
    shelf_height_ = 0;
  }
  if (width + kGap > store_.width || shelf_y_ + height + kGap > store_.height) {
    needs_room_ = true;
    return false;
  }
  area = {store_.x + shelf_x_, store_.y + shelf_y_, width, height};
  shelf_x_ += width + kGap;
  shelf_height_ = std::max(shelf_height_, height + kGap);
  return true;
}

TextureArea Fonts::take_changed() {
  const TextureArea area = {0, changed_top_, atlas_->TexWidth, changed_bottom_ - changed_top_};
  changed_top_ = changed_bottom_ = 0;
  return area;
}

}  // namespace initlab
