// What is remembered from one start to the next, and how it survives bad files; undo's values.
#include "app/settings_file.h"

#include <gtest/gtest.h>
#include <unistd.h>

#include <cstdlib>
#include <filesystem>
#include <fstream>
#include <iterator>
#include <string>

#include "app/undo.h"
#include "app/window_picture.h"
#include "core/experiment/file/experiment_json.h"

namespace initlab {
namespace {

namespace fs = std::filesystem;

Experiment course() {
  Experiment experiment;
  experiment.name = "course";
  experiment.lanes = course_lanes();
  return experiment;
}
std::shared_ptr<const Experiment> shared(Experiment experiment) {
  return std::make_shared<const Experiment>(std::move(experiment));
}
std::string text_of(const fs::path& file) {
  std::ifstream stream(file);
  return {std::istreambuf_iterator<char>(stream), {}};
}
void write_text(const fs::path& file, std::string_view text) {
  fs::create_directories(file.parent_path());
  std::ofstream(file) << text;
}

class MemoryTest : public testing::Test {
 protected:
  MemoryTest() : folder_(fs::path(testing::TempDir()) / ("initlab_memory_test_" + std::to_string(getpid()))) {
    fs::remove_all(folder_);
  }
  ~MemoryTest() override { fs::remove_all(folder_); }
  Memory memory() const { return Memory(settings_, experiment_); }

  fs::path folder_;
  fs::path settings_ = folder_ / "config" / "initlab" / "settings.json";
  fs::path experiment_ = folder_ / "state" / "initlab" / "last-experiment.json";
};

Settings unusual() {
  return {.theme = ThemeId::kDark,
          .palette = PaletteId::kLightness,
          .text_size = 1.3,
          .reduced_motion = true,
          .column_shown = false,
          .lesson_shown = true,
          .tour_seen = true,
          .window = WindowPlace{-20, 40, 1200, 800}};
}

TEST(Settings, come_back_from_their_text) {
  for (const Settings& settings : {Settings{}, unusual()}) {
    Settings read;
    EXPECT_EQ(settings_from_text(settings_text(settings), read), std::nullopt);
    EXPECT_EQ(read, settings);
  }
}

TEST(Settings, that_mean_nothing_keep_their_default) {
  Settings read;
  EXPECT_EQ(settings_from_text(R"({"theme": "pink", "palette": 3, "text_size": 900, "column_shown": "no",
                                   "window": {"x": 1, "y": 2, "width": -5, "height": 10}, "more": []})",
                               read),
            std::nullopt);
  EXPECT_EQ(read, Settings{});
  for (const char* text : {"", "{", "[1]", "3", "\xff\xfe"}) {
    EXPECT_NE(settings_from_text(text, read), std::nullopt) << text;
  }
}

TEST_F(MemoryTest, remembers_settings_and_the_last_experiment_in_their_folders_only) {
  {
    Memory first = memory();
    EXPECT_EQ(first.settings(), Settings{});
    EXPECT_FALSE(first.experiment());
    EXPECT_TRUE(first.notices().empty());
    EXPECT_FALSE(first.keep(unusual(), shared(course()), 10));
  }
  Memory second = memory();
  EXPECT_EQ(second.settings(), unusual());
  ASSERT_TRUE(second.experiment());
  EXPECT_EQ(second.experiment()->lanes, course().lanes);
  EXPECT_EQ(second.experiment()->name, "course");
  std::size_t files = 0;
  for (const auto& entry : fs::recursive_directory_iterator(folder_)) files += entry.is_regular_file();
  EXPECT_EQ(files, 2u);
}

TEST_F(MemoryTest, writes_at_most_every_few_seconds_and_the_rest_at_the_end) {
  Memory one = memory();
  const auto experiment = shared(course());
  EXPECT_FALSE(one.keep({}, experiment, 1));
  Settings dark;
  dark.theme = ThemeId::kDark;
  EXPECT_TRUE(one.keep(dark, experiment, 1.5));
  EXPECT_EQ(text_of(settings_).find("dark"), std::string::npos);
  EXPECT_FALSE(one.keep(dark, experiment, 6));
  EXPECT_NE(text_of(settings_).find("dark"), std::string::npos);
  EXPECT_TRUE(one.keep({}, experiment, 6.5));
  one.flush();
  EXPECT_EQ(text_of(settings_).find("dark"), std::string::npos);
}

TEST_F(MemoryTest, sets_files_aside_that_it_does_not_understand_and_says_so) {
  write_text(settings_, "{\"theme\": ");
  write_text(experiment_, R"({"initlab": 7})");
  Memory one = memory();
  EXPECT_EQ(one.settings(), Settings{});
  EXPECT_FALSE(one.experiment());
  ASSERT_EQ(one.notices().size(), 2u);
  EXPECT_NE(one.notices()[0].find("settings.json.corrupt"), std::string::npos) << one.notices()[0];
  EXPECT_FALSE(fs::exists(settings_));
  EXPECT_EQ(text_of(settings_.string() + ".corrupt"), "{\"theme\": ");
  EXPECT_FALSE(fs::exists(experiment_));
  EXPECT_EQ(text_of(experiment_.string() + ".corrupt"), R"({"initlab": 7})");
}

TEST_F(MemoryTest, keeps_relative_paths_of_an_experiment_by_making_them_absolute) {
  Experiment experiment = course();
  experiment.data.kind = DatasetId::kCsv;
  experiment.data.path = "points.csv";
  experiment.folder = folder_ / "elsewhere";
  Memory one = memory();
  one.keep({}, shared(experiment), 10);
  Memory two = memory();
  ASSERT_TRUE(two.experiment());
  EXPECT_EQ(two.experiment()->data.path, (folder_ / "elsewhere" / "points.csv").string());
}

TEST_F(MemoryTest, tells_once_what_cannot_be_written) {
  write_text(folder_ / "config", "a file where a folder is wanted");
  Memory one = memory();
  one.keep(unusual(), shared(course()), 10);
  EXPECT_TRUE(one.take_failure());
  EXPECT_FALSE(one.take_failure());
}

TEST(SettingsPath, follows_the_xdg_folders_where_they_are_absolute) {
  ::setenv("HOME", "/home/somebody", 1);
  ::setenv("XDG_CONFIG_HOME", "/far/config", 1);
  ::setenv("XDG_STATE_HOME", "relative", 1);
  EXPECT_EQ(settings_path(), "/far/config/initlab/settings.json");
  EXPECT_EQ(last_experiment_path(), "/home/somebody/.local/state/initlab/last-experiment.json");
  ::unsetenv("XDG_CONFIG_HOME");
  EXPECT_EQ(settings_path(), "/home/somebody/.config/initlab/settings.json");
}

TEST_F(MemoryTest, pictures_never_overwrite_each_other) {
  fs::create_directories(folder_);
  const FramePicture picture = {2, 1, {rgb(0x102030), rgb(0xFFFFFF)}};
  std::string error;
  const auto first = save_window_picture(picture, folder_, "a/b step 3", error);
  const auto second = save_window_picture(picture, folder_, "a/b step 3", error);
  ASSERT_TRUE(first && second) << error;
  EXPECT_EQ(first->filename(), "initlab a-b step 3.png");
  EXPECT_EQ(second->filename(), "initlab a-b step 3 2.png");
  EXPECT_EQ(text_of(*first), text_of(*second));
  EXPECT_FALSE(save_window_picture(picture, folder_ / "nowhere", "x", error));
  EXPECT_FALSE(error.empty());
}

TEST(UndoHistory, goes_back_and_forth_and_a_new_change_ends_the_way_forth) {
  UndoHistory history;
  Experiment experiment = course();
  const auto first = shared(experiment);
  history.observe(first, 1, 0);
  EXPECT_FALSE(history.can_undo());
  experiment.data.noise = 0.2;
  const auto second = shared(experiment);
  history.observe(second, 2, 10);
  experiment.network.hidden = {4};
  history.observe(shared(experiment), 3, 20);
  ASSERT_TRUE(history.can_undo());
  UndoHistory::Move move = history.undo();
  EXPECT_EQ(*move.experiment, *second);
  EXPECT_EQ(move.text, "network.hidden 10, 5");
  history.asked(4);
  EXPECT_FALSE(history.can_undo());  // not while the answer is on its way
  history.observe(second, 4, 21);
  move = history.undo();
  EXPECT_EQ(*move.experiment, *first);
  EXPECT_EQ(move.text, "data.noise 0.05");
  history.asked(5);
  history.observe(first, 5, 22);
  EXPECT_FALSE(history.can_undo());
  ASSERT_TRUE(history.can_redo());
  EXPECT_EQ(*history.redo().experiment, *second);
  history.asked(6);
  history.observe(second, 6, 23);
  experiment = *second;
  experiment.data.seed = 8;
  history.observe(shared(experiment), 7, 40);
  EXPECT_FALSE(history.can_redo());
}

TEST(UndoHistory, takes_quick_changes_of_one_setting_for_one) {
  UndoHistory history;
  Experiment experiment = course();
  const auto first = shared(experiment);
  history.observe(first, 1, 0);
  for (int i = 1; i < 20; ++i) {
    experiment.lanes[2].parameters.gain = 1 + 0.1 * i;
    history.observe(shared(experiment), static_cast<std::uint64_t>(i) + 1, 10 + 0.1 * i);
  }
  const UndoHistory::Move move = history.undo();
  EXPECT_EQ(*move.experiment, *first);
  EXPECT_EQ(move.text, "lanes.3.gain 1");
  EXPECT_FALSE(history.can_undo());
}

TEST(UndoHistory, forgets_the_oldest_of_very_many_changes) {
  UndoHistory history;
  Experiment experiment = course();
  for (int i = 0; i < 500; ++i) {
    experiment.data.seed = i;
    history.observe(shared(experiment), 1, 10.0 * i);
  }
  int undone = 0;
  for (std::uint64_t command = 2; history.can_undo(); ++command, ++undone) {
    const auto back = history.undo().experiment;
    history.asked(command);
    history.observe(back, command, 1e5);
  }
  EXPECT_EQ(undone, 100);
}

TEST(ExperimentChange, is_named_by_what_comes_back) {
  const Experiment before = course();
  Experiment after = before;
  after.lanes[1].scheme = SchemeId::kOrthogonal;
  after.lanes[1].name = "Orthogonal";
  EXPECT_EQ(change_between(before, after).setting, "lanes.2.scheme");
  after = before;
  after.lanes.pop_back();
  EXPECT_EQ(change_between(before, after).text, "without lane " + before.lanes.back().name);
  EXPECT_EQ(change_between(after, before).text, "lane " + before.lanes.back().name);
  after = before;
  after.events.push_back({40, 0, LiveSetting::kLearningRate, 0.5});
  EXPECT_EQ(change_between(before, after).text, "training.learning_rate 0.5");
  EXPECT_EQ(change_between(after, before).text, "training.learning_rate 0.01");
  after = before;
  after.name = "another";
  EXPECT_EQ(change_between(before, after).text, "another");
}

}  // namespace
}  // namespace initlab
