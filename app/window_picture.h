// A picture of the window as a file in the user's folder of pictures.
#pragma once

#include <filesystem>
#include <optional>
#include <string>
#include <string_view>

#include "app/platform/frame.h"

namespace initlab {

// The folder that the desktop has for pictures, else the home; empty without a home.
std::filesystem::path pictures_folder();

// Writes it as PNG under a name that no file there has: "initlab NAME step 7210.png", "... 2.png". The path,
// or with `error` set one line that says what failed.
std::optional<std::filesystem::path> save_window_picture(const FramePicture& picture,
                                                         const std::filesystem::path& folder,
                                                         std::string_view name, std::string& error);

}  // namespace initlab
