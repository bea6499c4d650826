#include "app/canvas/svg_canvas.h"

#include <gtest/gtest.h>

#include <clocale>
#include <cmath>
#include <fstream>
#include <limits>
#include <locale>

#include "app/canvas/text_metrics.h"
#include "tests/app/canvas/raster.h"
#include "tests/app/canvas/sample_figure.h"

namespace initlab {
namespace {

// Texts of the document as an XML parser reads them, one a line; a note when it is not well formed.
std::string parsed_texts(const std::string& svg) {
  const TemporaryFolder folder;
  std::ofstream(folder.path() / "x.svg", std::ios::binary) << svg;
  std::ofstream(folder.path() / "read.py")
      << "import sys, xml.etree.ElementTree as tree\n"
         "for e in tree.parse(sys.argv[1]).iter('{http://www.w3.org/2000/svg}text'):\n"
         "    sys.stdout.buffer.write(''.join(e.itertext()).encode() + b'\\n')\n";
  const std::string path = folder.path().string();
  if (run(std::string(INITLAB_PYTHON) + " " + path + "/read.py " + path + "/x.svg >" + path + "/out 2>&1") !=
      0) {
    return "not well formed: " + read_file(folder.path() / "out");
  }
  return read_file(folder.path() / "out");
}

TEST(Svg, numbers_are_short_and_never_minus_zero) {
  EXPECT_EQ(svg_number(0), "0");
  EXPECT_EQ(svg_number(-0.0), "0");
  EXPECT_EQ(svg_number(-0.0004), "0");
  EXPECT_EQ(svg_number(1.5), "1.5");
  EXPECT_EQ(svg_number(100), "100");
  EXPECT_EQ(svg_number(2.0 / 3), "0.667");
  EXPECT_EQ(svg_number(-12.3456), "-12.346");
  EXPECT_EQ(svg_number(std::numeric_limits<double>::quiet_NaN()), "0");
  EXPECT_EQ(svg_number(1e300), "1000000000000");
}

struct DecimalComma : std::numpunct<char> {
  char do_decimal_point() const override { return ','; }
  std::string do_grouping() const override { return "\3"; }
};

TEST(Svg, numbers_have_a_point_in_every_locale) {
  const std::string c_before = std::setlocale(LC_ALL, nullptr);
  const std::locale before = std::locale::global(std::locale(std::locale(), new DecimalComma));
  // The C library's locale is tried as well where the system has one with a comma.
  for (const char* name : {"de_DE.UTF-8", "fr_FR.UTF-8"}) std::setlocale(LC_ALL, name);
  const std::string number = svg_number(1234567.5);
  std::locale::global(before);
  std::setlocale(LC_ALL, c_before.c_str());
  EXPECT_EQ(number, "1234567.5");
}

TEST(Svg, is_well_formed_whatever_text_comes_in) {
  SvgCanvas canvas(200, 100);
  const std::string hostile[] = {"a < b & c > \"d\" 'e'",
                                 "]]></text><script>alert(1)</script>",
                                 std::string("nul\0esc\x1B[31m", 12),
                                 "bad \xff\xfe \xC0\xAF bytes",
                                 "\xED\xA0\x80 \xEF\xBF\xBF \xF4\x90\x80\x80",
                                 "&#0; &amp; <!--",
                                 "\u2207 \U0001F600"};
  for (const std::string& text : hostile) canvas.text({10, 20}, text, {.size = 15});
  const std::string texts = parsed_texts(canvas.finish());
  EXPECT_TRUE(
      texts.starts_with("a < b & c > \"d\" 'e'\n]]></text><script>alert(1)</script>\nnulesc[31m\nbad \uFFFD"))
      << texts;
  EXPECT_NE(texts.find("&#0; &amp; <!--\n"), std::string::npos) << texts;
}

TEST(Svg, every_byte_sequence_of_length_two_gives_valid_xml) {
  SvgCanvas canvas(200, 100);
  std::string text = "..";
  for (int first = 0; first < 256; ++first) {
    for (int second = 0; second < 256; ++second) {
      text[0] = static_cast<char>(first);
      text[1] = static_cast<char>(second);
      canvas.text({10, 20}, "x" + text, {.size = 15});
    }
  }
  EXPECT_EQ(parsed_texts(canvas.finish()).find("not well formed"), std::string::npos);
}

TEST(Svg, keeps_text_as_text_with_its_measured_width) {
  SvgCanvas canvas(480, 320);
  draw_sample(canvas);
  const std::string svg = canvas.finish();
  EXPECT_NE(parsed_texts(svg).find("cost 0.6931\n\u2207W \u2208 \u211D, \u03C3 = 0.01 \u2192 0\n"),
            std::string::npos);
  const std::string width = svg_number(measure_text("cost 0.6931", 18, FontWeight::kMedium).width);
  EXPECT_NE(svg.find("textLength=\"" + width + "\""), std::string::npos);
  EXPECT_NE(svg.find("transform=\"rotate(-90 20 220)\""), std::string::npos);
  EXPECT_NE(svg.find("stroke-dasharray=\"7 4\""), std::string::npos);
  EXPECT_NE(svg.find("viewBox=\"0 0 480 320\""), std::string::npos);
}

TEST(Svg, equal_clips_are_defined_once_and_left_open_ones_are_closed) {
  SvgCanvas canvas(200, 100);
  for (int i = 0; i < 2; ++i) {
    canvas.push_clip({-10, 20.5, 30, 40});
    canvas.pop_clip();
  }
  canvas.push_clip({1, 2, 3, 4});
  canvas.text({1, 2}, "inside", {.size = 15});
  const std::string svg = canvas.finish();
  const std::string id = "<clipPath id=\"clip_-10_20.5_30_40\">";
  ASSERT_NE(svg.find(id), std::string::npos);
  EXPECT_EQ(svg.find(id, svg.find(id) + 1), std::string::npos);
  EXPECT_EQ(parsed_texts(svg), "inside\n");
}

}  // namespace
}  // namespace initlab
