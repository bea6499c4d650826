// Lessons: markdown files that teach with the laboratory. A file begins with its title and the experiment
// that it sets up, between two lines of "---"; further such lines divide its steps. A quote whose first words
// follow "? " is a question, and the rest of the quote its answer, hidden until it is asked for. Links do
// things:
//
//     [Set it up](open:course-initialization)          an experiment by its name
//     [Constant](set:lanes.1.scheme=constant;lanes.1.value=0.5)   settings as on the command line
//     [Train](do:play)                                 an action by its id
//     [Go to step 4,000](go:4000)                      a step, trained or gone back to
#pragma once

#include <cstdint>
#include <filesystem>
#include <optional>
#include <string>
#include <string_view>
#include <variant>
#include <vector>

#include "app/document/markdown.h"
#include "core/experiment/file/experiment_json.h"

namespace initlab {

// Running text, or with an answer a question.
struct LessonPart {
  Document text;
  std::optional<Document> answer;
};
struct LessonStep {
  std::vector<LessonPart> parts;
};
struct Lesson {
  std::string id;  // the file's name without ".md"
  std::string title;
  std::string experiment;
  std::vector<LessonStep> steps;  // at least one
};

// What a link does.
struct LessonOpen {
  std::string experiment;
};
struct LessonSet {
  std::vector<SettingText> settings;
};
struct LessonDo {
  std::string action;
};
struct LessonGo {
  std::int64_t step = 0;
};
using LessonLink = std::variant<LessonOpen, LessonSet, LessonDo, LessonGo>;

Result<LessonLink> read_lesson_link(std::string_view target);
// Every link's form is checked; whether an experiment or an action of that name exists is not known here.
Result<Lesson> read_lesson(std::string_view text, std::string_view id);
// All "*.md" of a folder in the order of their names; the first error ends it.
Result<std::vector<Lesson>> read_lessons(const std::filesystem::path& folder);
// All links of a lesson, in their order.
std::vector<std::string> lesson_links(const Lesson& lesson);

}  // namespace initlab
