#include "tests/app/canvas/raster.h"

#include <png.h>
#include <stdlib.h>
#include <sys/wait.h>

#include <algorithm>
#include <cmath>
#include <cstdlib>
#include <fstream>
#include <sstream>
#include <stdexcept>

namespace initlab {

std::optional<Raster> decode_png(const std::string& bytes) {
  png_image image{};
  image.version = PNG_IMAGE_VERSION;
  if (png_image_begin_read_from_memory(&image, bytes.data(), bytes.size()) == 0) return std::nullopt;
  image.format = PNG_FORMAT_RGBA;
  Raster raster;
  raster.width = static_cast<int>(image.width);
  raster.height = static_cast<int>(image.height);
  raster.pixels.resize(std::size_t{image.width} * image.height);
  if (png_image_finish_read(&image, nullptr, raster.pixels.data(), 0, nullptr) == 0) return std::nullopt;
  return raster;
}

RasterDifference compare(const Raster& a, const Raster& b) {
  constexpr int kBlock = 16;
  RasterDifference difference;
  double sum = 0;
  for (int top = 0; top < a.height; top += kBlock) {
    for (int left = 0; left < a.width; left += kBlock) {
      double block[3] = {};
      const int bottom = std::min(top + kBlock, a.height);
      const int right = std::min(left + kBlock, a.width);
      for (int y = top; y < bottom; ++y) {
        for (int x = left; x < right; ++x) {
          const Color p = a.at(x, y);
          const Color q = b.at(x, y);
          const double delta[3] = {double(p.r) - q.r, double(p.g) - q.g, double(p.b) - q.b};
          for (int c = 0; c < 3; ++c) {
            sum += std::abs(delta[c]);
            block[c] += delta[c];
          }
        }
      }
      for (const double total : block) {
        const double mean = std::abs(total) / ((bottom - top) * (right - left));
        difference.largest_block = std::max(difference.largest_block, mean);
      }
    }
  }
  difference.mean = sum / (3.0 * a.width * a.height);
  return difference;
}

TemporaryFolder::TemporaryFolder() {
  std::string name = (std::filesystem::temp_directory_path() / "initlab-canvas-XXXXXX").string();
  if (::mkdtemp(name.data()) == nullptr) throw std::runtime_error("cannot make a temporary folder");
  path_ = name;
}

TemporaryFolder::~TemporaryFolder() {
  std::error_code ignored;
  std::filesystem::remove_all(path_, ignored);
}

std::vector<std::string> TemporaryFolder::names() const {
  std::vector<std::string> names;
  for (const auto& entry : std::filesystem::directory_iterator(path_))
    names.push_back(entry.path().filename());
  std::sort(names.begin(), names.end());
  return names;
}

std::string read_file(const std::filesystem::path& path) {
  std::ifstream in(path, std::ios::binary);
  std::ostringstream bytes;
  bytes << in.rdbuf();
  return bytes.str();
}

int run(const std::string& command) {
  const int status = std::system(command.c_str());
  return WIFEXITED(status) ? WEXITSTATUS(status) : -1;
}

bool program_exists(const std::string& name) {
  return run("command -v " + name + " >/dev/null 2>&1") == 0;
}

}  // namespace initlab
