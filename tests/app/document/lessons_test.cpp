// Every lesson that comes with the program: that it can be read, that all it names is there, and that its
// settings fit the experiment that a reader has in front of them at that place.
#include <gtest/gtest.h>

#include <algorithm>
#include <set>

#include "app/assets.h"
#include "app/canvas/recording_canvas.h"
#include "app/document/document_layout.h"
#include "app/document/lesson.h"
#include "app/panels/actions.h"

namespace initlab {
namespace {

const std::vector<Lesson>& lessons() {
  static const std::vector<Lesson> read = [] {
    Result<std::vector<Lesson>> found = read_lessons(assets_folder() / "lessons");
    if (const auto* error = std::get_if<InputError>(&found)) throw std::runtime_error(error->message);
    return std::get<std::vector<Lesson>>(std::move(found));
  }();
  return read;
}

Experiment open_experiment(const std::string& name) {
  Result<Experiment> found = find_experiment(name);
  if (const auto* error = std::get_if<InputError>(&found)) throw std::runtime_error(error->message);
  return std::get<Experiment>(std::move(found));
}

TEST(Lessons, there_are_twelve_with_titles_of_their_own) {
  EXPECT_EQ(lessons().size(), 12u);
  std::set<std::string> titles;
  for (const Lesson& lesson : lessons()) EXPECT_TRUE(titles.insert(lesson.title).second) << lesson.title;
}

TEST(Lessons, each_begins_by_setting_up_its_experiment) {
  for (const Lesson& lesson : lessons()) {
    EXPECT_NO_THROW(open_experiment(lesson.experiment)) << lesson.id;
    const std::vector<std::string> links = lesson_links(lesson);
    ASSERT_FALSE(links.empty()) << lesson.id;
    const auto opens = std::ranges::find_if(links, [](const auto& l) { return l.starts_with("open:"); });
    ASSERT_NE(opens, links.end()) << lesson.id;
    EXPECT_EQ(*opens, "open:" + lesson.experiment) << lesson.id;
  }
}

TEST(Lessons, every_link_does_something_where_it_stands) {
  for (const Lesson& lesson : lessons()) {
    Experiment experiment = open_experiment(lesson.experiment);
    for (const std::string& target : lesson_links(lesson)) {
      SCOPED_TRACE(lesson.id + ": " + target);
      const LessonLink link = std::get<LessonLink>(read_lesson_link(target));
      if (const auto* open = std::get_if<LessonOpen>(&link)) experiment = open_experiment(open->experiment);
      if (const auto* act = std::get_if<LessonDo>(&link)) {
        EXPECT_NE(find_action(act->action), nullptr);
      }
      if (const auto* go = std::get_if<LessonGo>(&link)) {
        EXPECT_LE(go->step, experiment.training.steps);
      }
      if (const auto* set = std::get_if<LessonSet>(&link)) {
        const Experiment before = experiment;
        experiment.expect.clear();
        const auto error = set_by_paths(experiment, set->settings);
        EXPECT_FALSE(error) << error->message;
        EXPECT_FALSE(experiment == before);
      }
    }
  }
}

TEST(Lessons, each_asks_before_it_shows_and_the_last_asks_three_times) {
  for (const Lesson& lesson : lessons()) {
    std::size_t questions = 0;
    for (const LessonStep& step : lesson.steps) {
      for (const LessonPart& part : step.parts) questions += part.answer ? 1 : 0;
    }
    EXPECT_GE(questions, 3u) << lesson.id;
  }
  const LessonStep& last = lessons().back().steps.back();
  EXPECT_EQ(std::ranges::count_if(last.parts, [](const LessonPart& p) { return p.answer.has_value(); }), 3);
}

TEST(Lessons, every_step_is_laid_out_within_the_column) {
  for (const Lesson& lesson : lessons()) {
    for (std::size_t step = 0; step < lesson.steps.size(); ++step) {
      for (const LessonPart& part : lesson.steps[step].parts) {
        for (const Document* document : {&part.text, part.answer ? &*part.answer : nullptr}) {
          if (document == nullptr) continue;
          SCOPED_TRACE(lesson.id + ", step " + std::to_string(step + 1));
          const LaidDocument laid = lay_document(*document, 208);
          RecordingCanvas canvas;
          draw_document(canvas, theme(ThemeId::kLight), {0, 0}, laid);
          EXPECT_TRUE(canvas.texts_outside({0, 0, 208, laid.height}, 1.5).empty())
              << canvas.texts_outside({0, 0, 208, laid.height}, 1.5).front();
          EXPECT_TRUE(canvas.overlapping_texts(3.5).empty())
              << canvas.overlapping_texts(3.5).front().first << " / "
              << canvas.overlapping_texts(3.5).front().second;
        }
      }
    }
  }
}

}  // namespace
}  // namespace initlab
