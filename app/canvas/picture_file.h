// A drawing as a file: the name's ending chooses PNG, SVG or PDF. The picture is whole or it is not there.
#pragma once

#include <array>
#include <filesystem>
#include <functional>
#include <optional>
#include <string>
#include <string_view>

#include "app/canvas/canvas.h"

namespace initlab {

enum class PictureFormat { kPng, kSvg, kPdf };

struct PictureFormatRow {
  PictureFormat format;
  std::string_view ending;
};
inline constexpr std::array<PictureFormatRow, 3> kPictureFormats = {
    {{PictureFormat::kPng, ".png"}, {PictureFormat::kSvg, ".svg"}, {PictureFormat::kPdf, ".pdf"}}};

// By the ending, in either case; null for another one.
std::optional<PictureFormat> picture_format(const std::filesystem::path& file);

struct PictureOptions {
  double width = 0;  // logical pixels
  double height = 0;
  double scale = 1;  // PNG: device pixels a logical pixel; SVG and PDF have no pixels
  Color background = {};
  bool transparent = false;  // no background
};

// The picture in memory. Null when done, else one line that says what failed.
std::optional<std::string> encode_picture(PictureFormat format, const PictureOptions& options,
                                          const std::function<void(Canvas&)>& draw, std::string& bytes);

// Draws and writes. Null when done, else one line that says what failed: `cannot write "/x/y.png": No such
// file or directory`; then the target is as it was.
std::optional<std::string> write_picture(const std::filesystem::path& file, const PictureOptions& options,
                                         const std::function<void(Canvas&)>& draw);

}  // namespace initlab
