// `initlab shot`: files that are what their ending says, the same on every repeat, named by step and theme.
#include <algorithm>

#include "tests/app/cli/program.h"

namespace initlab::test {
namespace {

struct Format {
  std::string_view ending;
  std::string_view magic;
};

void PrintTo(const Format& format, std::ostream* stream) {
  *stream << format.ending;
}

constexpr std::string_view kPngMagic = "\x89PNG\r\n\x1a\n";

// Width and height stand big-endian in the first chunk of a PNG.
std::pair<unsigned, unsigned> png_size(const std::string& bytes) {
  const auto number = [&](std::size_t at) {
    unsigned value = 0;
    for (std::size_t i = at; i < at + 4; ++i) value = value << 8 | static_cast<unsigned char>(bytes.at(i));
    return value;
  };
  return {number(16), number(20)};
}

class Shot : public ProgramTest {};
class ShotFormat : public ProgramTest, public testing::WithParamInterface<Format> {};

TEST_P(ShotFormat, begins_with_its_magic_and_is_the_same_on_every_repeat) {
  const std::string first = "first" + std::string(GetParam().ending);
  const std::string second = "second" + std::string(GetParam().ending);
  EXPECT_EQ(output_of({"shot", "course-initialization", "--at", "300", "-o", first}), first + "\n");
  EXPECT_EQ(output_of({"shot", "course-initialization", "--at", "300", "-o", second}), second + "\n");
  EXPECT_TRUE(read(first).starts_with(GetParam().magic));
  EXPECT_GT(read(first).size(), 5000u);
  EXPECT_EQ(read(first), read(second));
  EXPECT_EQ(files(), (std::vector<std::string>{first, second}));
}
INSTANTIATE_TEST_SUITE_P(Every, ShotFormat,
                         testing::Values(Format{".png", kPngMagic}, Format{".svg", "<?xml"},
                                         Format{".pdf", "%PDF-"}),
                         [](const auto& row) { return std::string(row.param.ending.substr(1)); });

TEST_F(Shot, size_and_scale_give_the_pixels) {
  output_of({"shot", "course-initialization", "--at", "0", "--size", "700x500", "-o", "one.png"});
  output_of(
      {"shot", "course-initialization", "--at", "0", "--size", "700x500", "--scale", "1.5", "-o", "two.png"});
  EXPECT_EQ(png_size(read("one.png")), std::pair(700u, 500u));
  EXPECT_EQ(png_size(read("two.png")), std::pair(1050u, 750u));
}

TEST_F(Shot, several_steps_and_themes_are_told_apart_by_name) {
  const std::string said = output_of({"shot", "course-initialization", "--at", "500,0,500,200", "--theme",
                                      "light,dark", "--size", "400x300", "-o", "a.b.png"});
  const std::vector<std::string> names = {"a.b-000000-dark.png", "a.b-000000-light.png",
                                          "a.b-000200-dark.png", "a.b-000200-light.png",
                                          "a.b-000500-dark.png", "a.b-000500-light.png"};
  EXPECT_EQ(files(), names);
  for (const std::string& name : names) EXPECT_NE(said.find(name + "\n"), std::string::npos) << said;
  EXPECT_NE(read(names[0]), read(names[1]));
  EXPECT_NE(read(names[1]), read(names[3]));
}

TEST_F(Shot, a_picture_on_the_way_is_the_picture_of_that_step_alone) {
  output_of({"shot", "course-initialization", "--at", "100,250", "--size", "400x300", "-o", "both.png"});
  output_of({"shot", "course-initialization", "--at", "250", "--size", "400x300", "-o", "alone.png"});
  EXPECT_EQ(read("both-000250.png"), read("alone.png"));
  EXPECT_NE(read("both-000100.png"), read("alone.png"));
}

TEST_F(Shot, last_is_the_last_step_and_the_default) {
  write("x.json",
        R"({"initlab": 1, "training": {"steps": 120}, "lanes": [{"name": "a", "scheme": "he_normal"}]})");
  output_of({"shot", "x.json", "-o", "default.svg"});
  output_of({"shot", "x.json", "--at", "last", "-o", "last.svg"});
  output_of({"shot", "x.json", "--at", "120", "-o", "number.svg"});
  EXPECT_EQ(read("default.svg"), read("last.svg"));
  EXPECT_EQ(read("default.svg"), read("number.svg"));
}

TEST_F(Shot, every_figure_of_the_list_can_be_made) {
  for (const nlohmann::json& figure : json_of({"list", "figures", "--json"})) {
    const std::string name = figure.at("id").get<std::string>() + ".png";
    output_of({"shot", "course-initialization", "--at", "50", "--figure", figure.at("id"), "-o", name});
    EXPECT_EQ(png_size(read(name)),
              std::pair(figure.at("width").get<unsigned>(), figure.at("height").get<unsigned>()));
  }
}

TEST_F(Shot, one_lane_is_another_picture_than_all) {
  output_of({"shot", "course-initialization", "--at", "50", "--figure", "cost_curve", "-o", "all.svg"});
  output_of({"shot", "course-initialization", "--at", "50", "--figure", "cost_curve", "--lane", "2", "-o",
             "one.svg"});
  EXPECT_NE(read("all.svg"), read("one.svg"));
}

TEST_F(Shot, settings_are_changed_before_the_picture_is_made) {
  const std::vector<std::string> call = {"shot",  "course-initialization", "--at", "last",
                                         "--set", "training.steps=40"};
  const auto picture = [&](std::vector<std::string> more, const std::string& name) {
    more.insert(more.begin(), call.begin(), call.end());
    more.insert(more.end(), {"-o", name});
    output_of(more);
    return read(name);
  };
  const std::string plain = picture({}, "plain.svg");
  EXPECT_NE(picture({"--set", "lanes.3.scheme=xavier_normal"}, "other.svg"), plain);
  EXPECT_NE(picture({"--set", "training.learning_rate=0.5"}, "faster.svg"), plain);
}

// The window needs off-screen graphics: where there is none, exit 3 says so in one line.
TEST_F(Shot, the_window_is_a_png_of_its_size_or_exit_3) {
  const Outcome outcome = run(
      {"shot", "course-initialization", "--window", "--at", "20", "--size", "1024x700", "-o", "window.png"});
  if (outcome.code == 3) {
    EXPECT_EQ(std::ranges::count(outcome.err, '\n'), 1) << outcome.err;
    EXPECT_TRUE(files().empty());
    GTEST_SKIP() << outcome.err;
  }
  ASSERT_EQ(outcome.code, 0) << outcome.err;
  EXPECT_EQ(png_size(read("window.png")), std::pair(1024u, 700u));
}

}  // namespace
}  // namespace initlab::test
