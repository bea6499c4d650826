#include "app/canvas/picture_file.h"

#include <fmt/format.h>

#include <algorithm>
#include <cmath>

#include "app/canvas/cairo_canvas.h"
#include "app/canvas/svg_canvas.h"
#include "app/file_output.h"

namespace initlab {
namespace {

constexpr double kLargestSide = 32'767;  // Cairo's limit, in pixels

std::optional<std::string> complaint(PictureFormat format, const PictureOptions& options) {
  const double scale = format == PictureFormat::kPng ? options.scale : 1;
  for (const double side : {options.width * scale, options.height * scale}) {
    if (!(side >= 1 && side <= kLargestSide)) {
      return fmt::format(
          "a picture of {:g} x {:g} pixels at scale {:g} is not possible: a side has 1 to {:g} pixels",
          options.width, options.height, scale, kLargestSide);
    }
  }
  return std::nullopt;
}

void draw_on(Canvas& canvas, const PictureOptions& options, const std::function<void(Canvas&)>& draw) {
  if (!options.transparent) canvas.fill_rect({0, 0, options.width, options.height}, options.background);
  draw(canvas);
}

}  // namespace

std::optional<PictureFormat> picture_format(const std::filesystem::path& file) {
  std::string ending = file.extension().string();
  std::transform(ending.begin(), ending.end(), ending.begin(),
                 [](char c) { return c >= 'A' && c <= 'Z' ? static_cast<char>(c - 'A' + 'a') : c; });
  for (const PictureFormatRow& row : kPictureFormats) {
    if (row.ending == ending) return row.format;
  }
  return std::nullopt;
}

std::optional<std::string> encode_picture(PictureFormat format, const PictureOptions& options,
                                          const std::function<void(Canvas&)>& draw, std::string& bytes) {
  if (auto error = complaint(format, options)) return error;
  if (format == PictureFormat::kSvg) {
    SvgCanvas canvas(options.width, options.height);
    draw_on(canvas, options, draw);
    bytes = canvas.finish();
    return std::nullopt;
  }
  const auto canvas = format == PictureFormat::kPdf
                          ? CairoCanvas::make_pdf(options.width, options.height)
                          : CairoCanvas::make_image(options.width, options.height, options.scale);
  draw_on(*canvas, options, draw);
  return canvas->finish(bytes);
}

std::optional<std::string> write_picture(const std::filesystem::path& file, const PictureOptions& options,
                                         const std::function<void(Canvas&)>& draw) {
  const std::optional<PictureFormat> format = picture_format(file);
  if (!format) {
    return fmt::format("cannot write \"{}\": a picture's name ends in .png, .svg or .pdf", file.string());
  }
  std::string bytes;
  if (const auto error = encode_picture(*format, options, draw, bytes)) {
    return fmt::format("cannot write \"{}\": {}", file.string(), *error);
  }
  return write_file(file, bytes);
}

}  // namespace initlab
