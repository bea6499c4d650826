#include "app/platform/gl_textures.h"

#include <glad/gl.h>

#include <cassert>

namespace initlab {
namespace {

constexpr std::uint64_t kFramesUnused = 120;  // a picture behind a tab comes back within that

}  // namespace

GlTextures::~GlTextures() {
  for (auto& [id, entry] : entries_) glDeleteTextures(1, &entry.name);
}

ImTextureID GlTextures::texture(const ImageSource& source) {
  assert(source.width > 0 && source.height > 0 && source.paint);
  Entry& entry = entries_[source.id];
  const bool fits = entry.name != 0 && entry.revision == source.revision && entry.width == source.width &&
                    entry.height == source.height && entry.smooth == source.smooth;
  if (!fits) upload(entry, source);
  entry.last_frame = frame_;
  // NOLINTNEXTLINE(performance-no-int-to-ptr): ImGui's OpenGL back end wants the name in a pointer
  return reinterpret_cast<ImTextureID>(static_cast<std::intptr_t>(entry.name));
}

void GlTextures::upload(Entry& entry, const ImageSource& source) {
  static_assert(sizeof(Color) == 4, "colours are sent as they lie in memory: r, g, b, a");
  const auto count = static_cast<std::size_t>(source.width) * static_cast<std::size_t>(source.height);
  if (pixels_.size() < count) pixels_.resize(count);
  source.paint(std::span(pixels_).first(count));

  const bool is_new = entry.name == 0;
  if (is_new) glGenTextures(1, &entry.name);
  GLint bound = 0;
  glGetIntegerv(GL_TEXTURE_BINDING_2D, &bound);
  glBindTexture(GL_TEXTURE_2D, entry.name);
  glPixelStorei(GL_UNPACK_ROW_LENGTH, 0);
  if (!is_new && entry.width == source.width && entry.height == source.height) {
    glTexSubImage2D(GL_TEXTURE_2D, 0, 0, 0, source.width, source.height, GL_RGBA, GL_UNSIGNED_BYTE,
                    pixels_.data());
  } else {
    glTexImage2D(GL_TEXTURE_2D, 0, GL_RGBA8, source.width, source.height, 0, GL_RGBA, GL_UNSIGNED_BYTE,
                 pixels_.data());
  }
  const GLint filter = source.smooth ? GL_LINEAR : GL_NEAREST;
  glTexParameteri(GL_TEXTURE_2D, GL_TEXTURE_MIN_FILTER, filter);
  glTexParameteri(GL_TEXTURE_2D, GL_TEXTURE_MAG_FILTER, filter);
  glTexParameteri(GL_TEXTURE_2D, GL_TEXTURE_WRAP_S, GL_CLAMP_TO_EDGE);
  glTexParameteri(GL_TEXTURE_2D, GL_TEXTURE_WRAP_T, GL_CLAMP_TO_EDGE);
  glBindTexture(GL_TEXTURE_2D, static_cast<GLuint>(bound));
  entry = {entry.name, source.revision, source.width, source.height, source.smooth, frame_};
}

void GlTextures::end_frame() {
  ++frame_;
  std::erase_if(entries_, [this](auto& item) {
    if (frame_ - item.second.last_frame <= kFramesUnused) return false;
    glDeleteTextures(1, &item.second.name);
    return true;
  });
}

}  // namespace initlab
