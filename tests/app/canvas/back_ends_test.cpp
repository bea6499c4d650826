// The same figure on every back end that makes a file. PDF and SVG are turned into pixels by programs that
// are not part of the build; where one is missing its test says so.
#include <gtest/gtest.h>

#include <algorithm>
#include <cmath>
#include <limits>

#include "app/canvas/png_image.h"
#include "tests/app/canvas/raster.h"
#include "tests/app/canvas/sample_figure.h"

namespace initlab {
namespace {

// Of 255. Rasterizers soften edges each in their own way; a part that is missing, of another colour or
// elsewhere is far beyond (see a_missing_part_is_beyond_the_bounds).
constexpr double kMeanBound = 0.75;
constexpr double kBlockBound = 10;

std::string encode(PictureFormat format, const PictureOptions& options, SampleParts parts = {}) {
  std::string bytes;
  const auto error = encode_picture(
      format, options, [&](Canvas& canvas) { draw_sample(canvas, parts); }, bytes);
  EXPECT_EQ(error, std::nullopt);
  return bytes;
}

Raster sample_png(double scale, SampleParts parts = {}) {
  PictureOptions options = kSampleOptions;
  options.scale = scale;
  const auto raster = decode_png(encode(PictureFormat::kPng, options, parts));
  EXPECT_TRUE(raster.has_value());
  return raster.value_or(Raster{});
}

// The sample in `format`, turned into a PNG of twice its size by `command`, in which IN and OUT stand for
// files.
Raster rasterized(PictureFormat format, const std::string& ending, std::string command) {
  const TemporaryFolder folder;
  const std::filesystem::path in = folder.path() / ("in" + ending);
  const std::filesystem::path out = folder.path() / "out.png";
  EXPECT_EQ(write_picture(in, kSampleOptions, [](Canvas& canvas) { draw_sample(canvas); }), std::nullopt);
  EXPECT_EQ(picture_format(in), format);
  command.replace(command.find("IN"), 2, in.string());
  command.replace(command.find("OUT"), 3, out.string());
  EXPECT_EQ(run(command), 0) << command;
  const auto raster = decode_png(read_file(out));
  EXPECT_TRUE(raster.has_value());
  return raster.value_or(Raster{});
}

void expect_alike(const Raster& a, const Raster& b) {
  ASSERT_EQ(a.width, b.width);
  ASSERT_EQ(a.height, b.height);
  const RasterDifference difference = compare(a, b);
  EXPECT_LE(difference.mean, kMeanBound);
  EXPECT_LE(difference.largest_block, kBlockBound);
}

Raster halved(const Raster& large) {
  Raster small{large.width / 2, large.height / 2, {}};
  for (int y = 0; y < small.height; ++y) {
    for (int x = 0; x < small.width; ++x) {
      int sum[3] = {};
      for (int i = 0; i < 4; ++i) {
        const Color c = large.at(2 * x + i % 2, 2 * y + i / 2);
        sum[0] += c.r;
        sum[1] += c.g;
        sum[2] += c.b;
      }
      small.pixels.push_back({static_cast<std::uint8_t>(sum[0] / 4), static_cast<std::uint8_t>(sum[1] / 4),
                              static_cast<std::uint8_t>(sum[2] / 4), 255});
    }
  }
  return small;
}

TEST(BackEnds, png_has_the_size_that_the_scale_asks_for) {
  for (const double scale : {1.0, 1.25, 2.0}) {
    const Raster raster = sample_png(scale);
    EXPECT_EQ(raster.width, std::lround(480 * scale));
    EXPECT_EQ(raster.height, std::lround(320 * scale));
  }
}

TEST(BackEnds, png_at_one_and_at_two_pixels_are_the_same_picture) {
  expect_alike(sample_png(1), halved(sample_png(2)));
}

TEST(BackEnds, pdf_is_the_same_picture_as_png) {
  if (!program_exists("pdftoppm")) GTEST_SKIP() << "pdftoppm is not installed";
  expect_alike(sample_png(2), rasterized(PictureFormat::kPdf, ".pdf", "pdftoppm -r 192 -png IN >OUT"));
}

TEST(BackEnds, svg_is_the_same_picture_as_png) {
  if (!program_exists("rsvg-convert")) GTEST_SKIP() << "rsvg-convert is not installed";
  expect_alike(sample_png(2), rasterized(PictureFormat::kSvg, ".svg", "rsvg-convert -z 2 IN -o OUT"));
}

TEST(BackEnds, a_missing_part_is_beyond_the_bounds) {
  const Raster whole = sample_png(2);
  EXPECT_GT(compare(whole, sample_png(2, {.star = false})).largest_block, 2 * kBlockBound);
  EXPECT_GT(compare(whole, sample_png(2, {.anchors = false})).largest_block, 2 * kBlockBound);
}

TEST(BackEnds, text_of_a_pdf_can_be_searched) {
  if (!program_exists("pdftotext")) GTEST_SKIP() << "pdftotext is not installed";
  const TemporaryFolder folder;
  const std::string file = (folder.path() / "x.pdf").string();
  ASSERT_EQ(write_picture(file, kSampleOptions, [](Canvas& canvas) { draw_sample(canvas); }), std::nullopt);
  ASSERT_EQ(run("pdftotext -raw " + file + " " + file + ".txt"), 0);
  std::string text = read_file(file + ".txt");
  std::replace(text.begin(), text.end(), '\n', ' ');  // a turned text is listed word by word
  EXPECT_NE(text.find("cost 0.6931"), std::string::npos) << text;
  EXPECT_NE(text.find("\u2207W \u2208 \u211D, \u03C3 = 0.01 \u2192 0"), std::string::npos) << text;
  EXPECT_NE(text.find("std of z"), std::string::npos) << text;
}

TEST(BackEnds, an_enlarged_image_keeps_its_colour_up_to_the_edge) {
  ImageSource source{.id = 1, .revision = 1, .width = 2, .height = 2, .paint = [](std::span<Color> pixels) {
                       std::fill(pixels.begin(), pixels.end(), rgb(0x336699));
                     }};
  std::string bytes;
  const PictureOptions options{.width = 40, .height = 40, .background = rgb(0xFFFFFF)};
  encode_picture(
      PictureFormat::kPng, options,
      [&](Canvas& canvas) {
        canvas.image({10, 10, 20, 20}, source);
      },
      bytes);
  const Raster raster = decode_png(bytes).value();
  for (const int x : {10, 29}) {
    for (const int y : {10, 20, 29}) EXPECT_EQ(raster.at(x, y), rgb(0x336699)) << x << " " << y;
  }
  EXPECT_EQ(raster.at(9, 20), rgb(0xFFFFFF));
  EXPECT_EQ(raster.at(30, 20), rgb(0xFFFFFF));
}

TEST(BackEnds, nested_clips_cut_to_their_intersection) {
  std::string bytes;
  const PictureOptions options{.width = 60, .height = 60, .background = rgb(0xFFFFFF)};
  const auto draw = [](Canvas& canvas) {
    canvas.push_clip({10, 10, 30, 30});
    canvas.push_clip({20, 0, 40, 30});
    canvas.fill_rect({0, 0, 60, 60}, rgb(0));
    canvas.pop_clip();
    canvas.pop_clip();
    canvas.fill_rect({50, 50, 10, 10}, rgb(0));
  };
  encode_picture(PictureFormat::kPng, options, draw, bytes);
  const Raster raster = decode_png(bytes).value();
  for (int y = 0; y < 60; ++y) {
    for (int x = 0; x < 60; ++x) {
      const bool black = (x >= 20 && x < 40 && y >= 10 && y < 30) || (x >= 50 && y >= 50);
      ASSERT_EQ(raster.at(x, y), black ? rgb(0) : rgb(0xFFFFFF)) << x << " " << y;
    }
  }
}

TEST(BackEnds, a_transparent_picture_has_alpha_and_straight_colours) {
  std::string bytes;
  PictureOptions options{.width = 20, .height = 20, .background = rgb(0xFFFFFF), .transparent = true};
  const Color half = rgb(0x336699).with_alpha(0.5);
  encode_picture(
      PictureFormat::kPng, options,
      [&](Canvas& canvas) {
        canvas.fill_rect({5, 5, 10, 10}, half, 0);
      },
      bytes);
  const Raster raster = decode_png(bytes).value();
  EXPECT_EQ(raster.at(0, 0).a, 0);
  EXPECT_EQ(raster.at(10, 10).a, 128);
  EXPECT_NEAR(raster.at(10, 10).r, 0x33, 1);
  EXPECT_NEAR(raster.at(10, 10).b, 0x99, 1);
}

TEST(BackEnds, numbers_that_blew_up_harm_no_picture) {
  const double nan = std::numeric_limits<double>::quiet_NaN();
  const std::vector<Point> points = {{5, 5}, {nan, 2}, {10, 1e300}, {20, 20}, {1e12, -1e12}, {30, 30}};
  const auto draw = [&](Canvas& canvas) {
    canvas.polyline(points, {rgb(0), 2});
    canvas.polyline(points, {rgb(0), 2}, true);
    canvas.fill_polygon(points, rgb(0x00FF00));
    canvas.fill_circle({nan, 3}, 3, rgb(0));
    canvas.text({nan, 3}, "text", {.size = 15});
    canvas.fill_rect({35, 35, 5, 5}, rgb(0xFF0000));
  };
  const PictureOptions options{.width = 40, .height = 40, .background = rgb(0xFFFFFF)};
  for (const PictureFormatRow& row : kPictureFormats) {
    std::string bytes;
    EXPECT_EQ(encode_picture(row.format, options, draw, bytes), std::nullopt) << row.ending;
    EXPECT_EQ(bytes.find("nan"), std::string::npos) << row.ending;
    if (row.format == PictureFormat::kPng) {
      EXPECT_EQ(decode_png(bytes).value().at(37, 37), rgb(0xFF0000));
    }
  }
}

TEST(BackEnds, the_same_figure_gives_the_same_bytes) {
  for (const PictureFormatRow& row : kPictureFormats) {
    EXPECT_EQ(encode(row.format, kSampleOptions), encode(row.format, kSampleOptions)) << row.ending;
  }
  EXPECT_NE(encode(PictureFormat::kPdf, kSampleOptions).find("/CreationDate (20000101"), std::string::npos);
}

TEST(PngImage, pixels_come_back_as_they_went) {
  std::vector<Color> pixels;
  for (int i = 0; i < 35; ++i) {
    pixels.push_back({static_cast<std::uint8_t>(7 * i), static_cast<std::uint8_t>(255 - i), 9,
                      static_cast<std::uint8_t>(255 - 3 * i)});
  }
  EXPECT_EQ(decode_png(encode_png(7, 5, pixels)).value().pixels, pixels);
  for (Color& c : pixels) c.a = 255;
  EXPECT_EQ(decode_png(encode_png(7, 5, pixels)).value().pixels, pixels);
}

}  // namespace
}  // namespace initlab
