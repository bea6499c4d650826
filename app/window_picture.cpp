#include "app/window_picture.h"

#include <fmt/format.h>

#include <algorithm>
#include <cstdlib>
#include <fstream>
#include <system_error>

#include "app/canvas/png_image.h"
#include "app/file_output.h"

namespace initlab {
namespace {

namespace fs = std::filesystem;

// XDG_PICTURES_DIR="$HOME/Pictures", as xdg-user-dirs writes it.
fs::path folder_of_line(const std::string& line, const fs::path& home) {
  constexpr std::string_view kKey = "XDG_PICTURES_DIR=\"";
  if (!line.starts_with(kKey)) return {};
  const std::string value = line.substr(kKey.size(), line.rfind('"') - kKey.size());
  constexpr std::string_view kHome = "$HOME/";
  if (value.starts_with(kHome)) return home / value.substr(kHome.size());
  return value.starts_with('/') ? fs::path(value) : fs::path();
}

}  // namespace

fs::path pictures_folder() {
  const char* home_text = std::getenv("HOME");
  if (home_text == nullptr || home_text[0] != '/') return {};
  const fs::path home = home_text;
  const char* config = std::getenv("XDG_CONFIG_HOME");
  std::ifstream file((config != nullptr && config[0] == '/' ? fs::path(config) : home / ".config") /
                     "user-dirs.dirs");
  std::error_code error;
  for (std::string line; std::getline(file, line);) {
    const fs::path folder = folder_of_line(line, home);
    if (!folder.empty() && fs::is_directory(folder, error)) return folder;
  }
  return fs::is_directory(home / "Pictures", error) ? home / "Pictures" : home;
}

std::optional<fs::path> save_window_picture(const FramePicture& picture, const fs::path& folder,
                                            std::string_view name, std::string& error) {
  std::string safe(name);
  std::ranges::replace_if(
      safe, [](char c) { return c == '/' || static_cast<unsigned char>(c) < 32; }, '-');
  fs::path file;
  std::error_code ignored;
  for (int number = 1;; ++number) {
    file = folder / (number == 1 ? fmt::format("initlab {}.png", safe)
                                 : fmt::format("initlab {} {}.png", safe, number));
    if (!fs::exists(fs::symlink_status(file, ignored))) break;
  }
  const auto failure = write_file(file, encode_png(picture.width, picture.height, picture.pixels));
  if (!failure) return file;
  error = *failure;
  return std::nullopt;
}

}  // namespace initlab
