#include "app/canvas/picture_file.h"

#include <gtest/gtest.h>

#include "tests/app/canvas/raster.h"
#include "tests/app/canvas/sample_figure.h"

namespace initlab {
namespace {

void draw(Canvas& canvas) {
  draw_sample(canvas);
}

TEST(PictureFile, the_ending_chooses_the_format) {
  EXPECT_EQ(picture_format("a.png"), PictureFormat::kPng);
  EXPECT_EQ(picture_format("dir.x/a.b.SVG"), PictureFormat::kSvg);
  EXPECT_EQ(picture_format("a.Pdf"), PictureFormat::kPdf);
  for (const char* name : {"a", "a.jpg", "png", ".png", "a.png.txt", ""}) {
    EXPECT_EQ(picture_format(name), std::nullopt) << name;
  }
}

TEST(PictureFile, each_format_begins_as_its_standard_says) {
  const TemporaryFolder folder;
  const std::pair<const char*, std::string> begins[] = {
      {"a.png", "\x89PNG\r\n"}, {"a.svg", "<?xml"}, {"a.pdf", "%PDF-1."}};
  for (const auto& [name, begin] : begins) {
    ASSERT_EQ(write_picture(folder.path() / name, kSampleOptions, draw), std::nullopt);
    EXPECT_TRUE(read_file(folder.path() / name).starts_with(begin)) << name;
  }
  EXPECT_EQ(folder.names(), (std::vector<std::string>{"a.pdf", "a.png", "a.svg"}));
}

TEST(PictureFile, errors_name_the_file_and_the_reason) {
  const TemporaryFolder folder;
  const std::string missing = (folder.path() / "none" / "a.png").string();
  EXPECT_EQ(write_picture(missing, kSampleOptions, draw),
            "cannot write \"" + missing + "\": No such file or directory");
  const std::string jpg = (folder.path() / "a.jpg").string();
  EXPECT_EQ(write_picture(jpg, kSampleOptions, draw),
            "cannot write \"" + jpg + "\": a picture's name ends in .png, .svg or .pdf");
  EXPECT_TRUE(folder.names().empty());
}

TEST(PictureFile, a_full_device_is_an_error_in_every_format) {
  const TemporaryFolder folder;
  for (const PictureFormatRow& row : kPictureFormats) {
    const std::filesystem::path link = folder.path() / ("full" + std::string(row.ending));
    std::filesystem::create_symlink("/dev/full", link);
    EXPECT_EQ(write_picture(link, kSampleOptions, draw),
              "cannot write \"" + link.string() + "\": No space left on device");
    EXPECT_TRUE(std::filesystem::is_symlink(link));
  }
  EXPECT_EQ(folder.names().size(), 3U);
}

TEST(PictureFile, a_size_that_no_picture_has_is_an_error) {
  const TemporaryFolder folder;
  for (const double width : {0.0, -5.0, 1e9, std::numeric_limits<double>::quiet_NaN()}) {
    PictureOptions options = kSampleOptions;
    options.width = width;
    for (const char* name : {"a.png", "a.svg", "a.pdf"}) {
      const auto error = write_picture(folder.path() / name, options, draw);
      ASSERT_TRUE(error.has_value()) << name << width;
      EXPECT_NE(error->find("is not possible: a side has 1 to 32767 pixels"), std::string::npos) << *error;
    }
  }
  PictureOptions options = kSampleOptions;
  options.scale = 100;
  EXPECT_TRUE(write_picture(folder.path() / "a.png", options, draw).has_value());
  EXPECT_EQ(write_picture(folder.path() / "a.svg", options, draw), std::nullopt);
}

}  // namespace
}  // namespace initlab
