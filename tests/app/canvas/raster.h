// Pictures back from files, and a measure of how much two differ.
#pragma once

#include <filesystem>
#include <optional>
#include <string>
#include <vector>

#include "app/canvas/geometry.h"

namespace initlab {

struct Raster {
  int width = 0;
  int height = 0;
  std::vector<Color> pixels;

  Color at(int x, int y) const {
    return pixels[static_cast<std::size_t>(y) * static_cast<std::size_t>(width) +
                  static_cast<std::size_t>(x)];
  }
};

// Null when the bytes are no PNG.
std::optional<Raster> decode_png(const std::string& bytes);

struct RasterDifference {
  double mean = 0;           // of the channels, 0 to 255
  double largest_block = 0;  // of the mean colours of 16 x 16 blocks, the largest difference of a channel
};
// Both of the same size.
RasterDifference compare(const Raster& a, const Raster& b);

// A fresh folder, removed with all in it.
class TemporaryFolder {
 public:
  TemporaryFolder();
  TemporaryFolder(const TemporaryFolder&) = delete;  // owns the folder
  TemporaryFolder& operator=(const TemporaryFolder&) = delete;
  ~TemporaryFolder();
  const std::filesystem::path& path() const { return path_; }
  // Names of all that is in it, sorted.
  std::vector<std::string> names() const;

 private:
  std::filesystem::path path_;
};

std::string read_file(const std::filesystem::path& path);
bool program_exists(const std::string& name);
// The exit code of a shell command.
int run(const std::string& command);

}  // namespace initlab
