#include "app/canvas/png_image.h"

#include <png.h>

#include <algorithm>
#include <cassert>
#include <vector>

namespace initlab {

static_assert(sizeof(Color) == 4, "colours are handed to libpng as they lie in memory: r, g, b, a");

std::string encode_png(int width, int height, std::span<const Color> pixels) {
  assert(width > 0 && height > 0);
  assert(pixels.size() == static_cast<std::size_t>(width) * static_cast<std::size_t>(height));
  png_image image{};
  image.version = PNG_IMAGE_VERSION;
  image.width = static_cast<png_uint_32>(width);
  image.height = static_cast<png_uint_32>(height);
  image.format = PNG_FORMAT_RGBA;

  std::vector<png_byte> opaque;
  const void* data = pixels.data();
  if (std::all_of(pixels.begin(), pixels.end(), [](Color c) { return c.a == 255; })) {
    image.format = PNG_FORMAT_RGB;
    opaque.reserve(pixels.size() * 3);
    for (const Color c : pixels) opaque.insert(opaque.end(), {c.r, c.g, c.b});
    data = opaque.data();
  }
  std::string bytes(PNG_IMAGE_PNG_SIZE_MAX(image), '\0');
  png_alloc_size_t size = bytes.size();
  const int written = png_image_write_to_memory(&image, bytes.data(), &size, 0, data, 0, nullptr);
  bytes.resize(written != 0 ? size : 0);
  return bytes;
}

}  // namespace initlab
