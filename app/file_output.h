// Files that the program writes (pictures, JSON, CSV, arrays): whole or not at all. A file is written beside
// its target and renamed over it; a device or a pipe is written to directly.
#pragma once

#include <filesystem>
#include <optional>
#include <string>
#include <string_view>

namespace initlab {

// Writes `bytes` to `path`, replacing what stood there. Null when done, else one line that says what failed:
// `cannot write "/x/y.json": No such file or directory`. After a failure the target is as it was and nothing
// is left beside it; a device or a pipe may have taken a part.
std::optional<std::string> write_file(const std::filesystem::path& path, std::string_view bytes);

}  // namespace initlab
