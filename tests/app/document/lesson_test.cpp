#include "app/document/lesson.h"

#include <gtest/gtest.h>

namespace initlab {
namespace {

constexpr std::string_view kLesson = R"(---
title: A title
experiment: an-experiment
---
Text with a button.

[Do it](do:play)

> ? A question?
>
> Its answer.
>
> And more of it.

After it.
---
Second step. [Go](go:40)
)";

std::string error_of(std::string_view text) {
  const Result<Lesson> lesson = read_lesson(text, "a-lesson");
  const auto* error = std::get_if<InputError>(&lesson);
  return error == nullptr ? "" : error->message;
}
std::string with_text(std::string_view text) {
  return "---\ntitle: t\nexperiment: e\n---\n" + std::string(text);
}

TEST(Lesson, steps_questions_and_answers_are_told_apart) {
  const Result<Lesson> read = read_lesson(kLesson, "a-lesson");
  ASSERT_TRUE(std::holds_alternative<Lesson>(read)) << std::get<InputError>(read).message;
  const Lesson& lesson = std::get<Lesson>(read);
  EXPECT_EQ(lesson.title, "A title");
  EXPECT_EQ(lesson.experiment, "an-experiment");
  ASSERT_EQ(lesson.steps.size(), 2u);
  const std::vector<LessonPart>& parts = lesson.steps[0].parts;
  ASSERT_EQ(parts.size(), 3u);
  EXPECT_FALSE(parts[0].answer);
  ASSERT_TRUE(parts[1].answer);
  EXPECT_EQ(plain_text(parts[1].text.blocks.at(0)), "A question?");
  ASSERT_EQ(parts[1].answer->blocks.size(), 2u);
  EXPECT_EQ(plain_text(parts[1].answer->blocks[1]), "And more of it.");
  EXPECT_EQ(plain_text(parts[2].text.blocks.at(0)), "After it.");
  EXPECT_EQ(lesson_links(lesson), (std::vector<std::string>{"do:play", "go:40"}));
}

TEST(Lesson, what_is_wrong_is_quoted_with_its_step) {
  EXPECT_NE(error_of("no head").find("begins with"), std::string::npos);
  EXPECT_NE(error_of("---\ntitle: t\n---\ntext").find("its experiment"), std::string::npos);
  EXPECT_NE(error_of("---\ntitel: t\n---\ntext").find("\"titel: t\""), std::string::npos);
  EXPECT_NE(error_of(with_text("text\n---\n\n---\nmore")).find("step 2 is empty"), std::string::npos);
  EXPECT_NE(error_of(with_text("> ? no answer")).find("no answer"), std::string::npos);
  EXPECT_NE(error_of(with_text("[a](run:b)")).find("\"run:b\""), std::string::npos);
  EXPECT_NE(error_of(with_text("$\\foo$")).find("step 1"), std::string::npos);
  EXPECT_EQ(error_of(with_text("text")), "");
}

TEST(Lesson, links_are_read_by_their_verb) {
  const auto link = [](std::string_view target) { return std::get<LessonLink>(read_lesson_link(target)); };
  EXPECT_EQ(std::get<LessonOpen>(link("open:some-name")).experiment, "some-name");
  EXPECT_EQ(std::get<LessonDo>(link("do:play")).action, "play");
  EXPECT_EQ(std::get<LessonGo>(link("go:4000")).step, 4000);
  const LessonSet set = std::get<LessonSet>(link("set:lanes.1.scheme=constant;network.hidden=[8,8]"));
  ASSERT_EQ(set.settings.size(), 2u);
  EXPECT_EQ(set.settings[0].path, "lanes.1.scheme");
  EXPECT_EQ(set.settings[1].value, "[8,8]");
  for (const std::string_view wrong : {"", "play", "open:", "go:x", "go:-1", "go:1x", "set:a", "set:=1"}) {
    EXPECT_TRUE(std::holds_alternative<InputError>(read_lesson_link(wrong))) << wrong;
  }
}

}  // namespace
}  // namespace initlab
