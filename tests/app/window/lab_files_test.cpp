// Tables and experiments that come from outside: dropped, pasted, or by a path that is typed.
#include <cstdlib>
#include <filesystem>
#include <fstream>

#include "app/panels/open_files.h"
#include "core/experiment/file/experiment_json.h"
#include "tests/app/window/lab_fixture.h"

namespace initlab {
namespace {

namespace fs = std::filesystem;

// A folder of the test's own, where pasted tables go too.
class LabFilesTest : public LabTest {
 protected:
  void SetUp() override {
    LabTest::SetUp();
    folder_ = fs::path(testing::TempDir()) /
              (std::string("initlab-") + testing::UnitTest::GetInstance()->current_test_info()->name());
    fs::remove_all(folder_);
    fs::create_directories(folder_);
    setenv("XDG_STATE_HOME", folder_.c_str(), 1);
  }
  void TearDown() override {
    unsetenv("XDG_STATE_HOME");
    fs::remove_all(folder_);
    LabTest::TearDown();
  }
  std::string file(const std::string& name, const std::string& content) {
    std::ofstream(folder_ / name) << content;
    return (folder_ / name).string();
  }
  void drop(const std::string& path) {
    GuiInput input;
    input.dropped_files = {path};
    frame(input);
    ASSERT_TRUE(obeyed());
    frames(2);
  }
  void paste(const std::string& text) {
    ImGui::SetClipboardText(text.c_str());
    press('V', true);
    ASSERT_TRUE(obeyed());
    frames(2);
  }
  Experiment shown() const { return *snapshot()->experiment; }
  static bool has(const std::string& text, const char* part) { return text.find(part) != std::string::npos; }

  fs::path folder_;
};

std::string three_classes() {
  std::string text = "width,height,kind\n";
  for (int i = 0; i < 30; ++i) {
    text += std::to_string(i * 0.1) + "," + std::to_string(i % 7) + "," +
            (i < 10   ? "a"
             : i < 20 ? "b"
                      : "c") +
            "\n";
  }
  return text;
}
std::string four_columns() {
  std::string text;
  for (int i = 0; i < 12; ++i)
    text += std::to_string(i) + ";" + std::to_string(i % 5) + ";1.5;" + std::to_string(i % 2) + "\n";
  return text;
}
std::string numbers_to_learn() {
  std::string text = "x,y\n";
  for (int i = 0; i < 40; ++i) text += std::to_string(i * 0.1) + "," + std::to_string(i * 0.01) + "\n";
  return text;
}

TEST_F(LabFilesTest, a_dropped_table_becomes_the_data_and_what_it_needs_comes_along) {
  INITLAB_START_OR_SKIP(course(), 1024, 700);
  ASSERT_TRUE(train_to(5));
  drop(file("shapes.csv", three_classes()));
  EXPECT_EQ(shown().data.kind, DatasetId::kCsv);
  EXPECT_EQ(shown().network.output, OutputId::kSoftmax);
  EXPECT_EQ(shown().lanes, course().lanes);
  EXPECT_EQ(snapshot()->step, 0);
  EXPECT_EQ(snapshot()->data->classes, 3u);
  EXPECT_FALSE(state().message.warning);
  EXPECT_TRUE(has(state().message.text, "shapes.csv: 30 rows, 2 features, 3 classes"))
      << state().message.text;
  drop(file("two.csv", four_columns()));
  EXPECT_EQ(snapshot()->data->train.x.rows(), 3u);
  EXPECT_EQ(snapshot()->data->classes, 2u);
  EXPECT_EQ(shown().network.output, OutputId::kSoftmax) << "softmax can learn two classes";
  drop(file("line.csv", numbers_to_learn()));
  EXPECT_EQ(shown().network.output, OutputId::kLinear);
  EXPECT_EQ(shown().training.loss, LossId::kMeanSquaredError);
  EXPECT_TRUE(has(state().message.text, "a number to learn")) << state().message.text;
  EXPECT_FALSE(snapshot()->runs[0].response.empty());
}

TEST_F(LabFilesTest, a_table_that_cannot_be_read_changes_nothing_and_says_where_it_is_wrong) {
  INITLAB_START_OR_SKIP(course(), 1024, 700);
  const std::string ragged = file("ragged.csv", "1,2,0\n1,2\n3,4,1\n");
  const std::string text = file("text.csv", "a,b,c\n1,2,0\n1,oops,1\n");
  const std::string empty = file("empty.csv", "");
  const std::string picture = file("picture.png", std::string("\x89PNG\0\0", 6));
  for (const std::string& path : {ragged, text, empty, picture, (folder_ / "none.csv").string()}) {
    SCOPED_TRACE(path);
    drop(path);
    EXPECT_TRUE(state().message.warning);
    EXPECT_TRUE(has(state().message.text, fs::path(path).filename().c_str())) << state().message.text;
    EXPECT_FALSE(has(state().message.text, "\n"));
    EXPECT_EQ(shown(), course());
  }
  drop(text);
  EXPECT_TRUE(has(state().message.text, "oops")) << state().message.text;
}

TEST_F(LabFilesTest, an_experiment_opens_whatever_its_file_is_called) {
  Experiment other = course();
  other.name = "other";
  INITLAB_START_OR_SKIP(course(), 1024, 700);
  drop(file("saved.experiment", "\n " + experiment_to_json(other)));
  EXPECT_EQ(shown().name, "other");
}

TEST_F(LabFilesTest, a_pasted_table_of_a_plane_is_kept_as_points_and_leaves_no_file) {
  INITLAB_START_OR_SKIP(course(), 1024, 700);
  paste(three_classes());
  EXPECT_EQ(shown().data.kind, DatasetId::kPoints);
  ASSERT_EQ(shown().data.points.size(), 30u);
  EXPECT_EQ(shown().data.points[29].label, 2);
  EXPECT_EQ(shown().network.output, OutputId::kSoftmax);
  EXPECT_TRUE(fs::is_empty(pasted_folder()));
}

TEST_F(LabFilesTest, a_pasted_table_of_more_features_is_kept_in_a_file_that_the_experiment_names) {
  INITLAB_START_OR_SKIP(course(), 1024, 700);
  paste(four_columns());
  EXPECT_EQ(shown().data.kind, DatasetId::kCsv);
  EXPECT_EQ(fs::path(shown().data.path).parent_path(), pasted_folder());
  EXPECT_TRUE(fs::exists(shown().data.path));
  EXPECT_EQ(snapshot()->data->train.count(), 12u);
  const Experiment before = shown();
  paste("1,2\n3\n");
  EXPECT_TRUE(state().message.warning);
  EXPECT_TRUE(has(state().message.text, "pasted table: line 2")) << state().message.text;
  EXPECT_EQ(shown(), before);
}

TEST_F(LabFilesTest, choosing_csv_asks_for_the_path_of_a_table) {
  INITLAB_START_OR_SKIP(course(), 1440, 900);
  const std::string path = file("shapes.csv", three_classes());
  const auto choose_csv = [&] {
    const auto box = in_column("data.kind");
    ASSERT_TRUE(box);
    click(*box);
    for (int i = 0; i < 20; ++i) press(kKeyUp);
    for (int i = 0; i < static_cast<int>(DatasetId::kCsv); ++i) press(kKeyDown);
    press(kKeyEnter);
    frames(4);
  };
  choose_csv();
  ASSERT_EQ(state().edited, "data.csv");
  EXPECT_EQ(shown(), course());
  press(kKeyEscape);
  frames(2);
  EXPECT_FALSE(state().csv_path_asked);
  choose_csv();
  type("/no/such.csv");
  press(kKeyEnter);
  ASSERT_TRUE(obeyed());
  frames(4);
  EXPECT_TRUE(has(state().message.text, "/no/such.csv")) << state().message.text;
  EXPECT_EQ(state().edited, "data.csv") << "what was typed is there to be mended";
  GuiInput all;  // Ctrl+A, to type over it
  all.mouse = mouse_;
  all.ctrl = true;
  all.keys = {{'A', true, false}};
  frame(all);
  frames(1);
  type(path);
  press(kKeyEnter);
  ASSERT_TRUE(obeyed());
  frames(2);
  EXPECT_EQ(shown().data.path, path);
  EXPECT_FALSE(state().csv_path_asked);
  EXPECT_EQ(snapshot()->data->classes, 3u);
}

}  // namespace
}  // namespace initlab
