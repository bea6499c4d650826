// What is typed, dropped and pasted into the laboratory, right and wrong.
#include <filesystem>
#include <fstream>

#include "core/experiment/file/experiment_json.h"
#include "tests/app/window/lab_fixture.h"

namespace initlab {
namespace {

class LabEditTest : public LabTest {
 protected:
  // Clicks the column's box of that setting, types over what stands there and presses Enter.
  void enter(std::string_view path, const std::string& text) {
    const auto box = in_column(path);
    ASSERT_TRUE(box) << path;
    click(*box);
    ASSERT_EQ(state().edited, path);
    type(text);
    press(kKeyEnter);
    ASSERT_TRUE(obeyed());
  }
  void set(std::string_view path, const std::string& text) {
    enter(path, text);
    EXPECT_EQ(state().edited, "");
  }
  // The same with a text that is not taken: the box stays open with it until Escape.
  void set_wrongly(std::string_view path, const std::string& text) {
    const auto box = in_column(path);
    ASSERT_TRUE(box) << path;
    click(*box);
    type(text);
    press(kKeyEnter);
    frames(2);
    EXPECT_EQ(state().edited, path);
    EXPECT_STREQ(state().edit_text.data(), text.c_str());
    press(kKeyEscape);
    frames(1);
    EXPECT_EQ(state().edited, "");
    ASSERT_TRUE(obeyed());
  }
  void drop(const std::filesystem::path& file) {
    GuiInput input;
    input.dropped_files = {file.string()};
    frame(input);
    ASSERT_TRUE(obeyed());
  }
  Experiment shown() const { return *snapshot()->experiment; }
};

// A file of the test's own, gone afterwards.
class TemporaryFile {
 public:
  TemporaryFile(const std::string& name, const std::string& content)
      : path_(std::filesystem::path(testing::TempDir()) / name) {
    std::ofstream(path_) << content;
  }
  TemporaryFile(const TemporaryFile&) = delete;  // owns the file
  TemporaryFile& operator=(const TemporaryFile&) = delete;
  ~TemporaryFile() { std::filesystem::remove(path_); }
  const std::filesystem::path& path() const { return path_; }

 private:
  std::filesystem::path path_;
};

TEST_F(LabEditTest, a_list_of_units_typed_into_its_box_makes_another_network) {
  INITLAB_START_OR_SKIP(course());
  ASSERT_TRUE(train_to(10));
  set("network.hidden", "7, 4");
  EXPECT_EQ(shown().network.hidden, (std::vector<std::int64_t>{7, 4}));
  EXPECT_EQ(snapshot()->step, 0);
  EXPECT_EQ(snapshot()->runs[0].layers[0].units, 7u);
  set("network.hidden", "none");
  EXPECT_TRUE(shown().network.hidden.empty());
  frames(3);
}

TEST_F(LabEditTest, wrong_text_changes_nothing_and_is_quoted_in_a_message) {
  INITLAB_START_OR_SKIP(course());
  ASSERT_TRUE(train_to(10));
  for (const char* wrong : {"abc", "0", "100000", "3.5", "-2", "5,,5"}) {
    SCOPED_TRACE(wrong);
    set_wrongly("network.hidden", wrong);
    EXPECT_TRUE(state().message.warning);
    EXPECT_NE(state().message.text.find(wrong), std::string::npos) << state().message.text;
    EXPECT_EQ(state().message.text.find('\n'), std::string::npos) << state().message.text;
    EXPECT_EQ(shown(), course());
    EXPECT_EQ(snapshot()->step, 10);
  }
}

TEST_F(LabEditTest, what_was_wrong_can_be_put_right) {
  INITLAB_START_OR_SKIP(course());
  enter("network.hidden", "8x");
  frames(3);
  press(kKeyEnd);
  press(kKeyBackspace);
  press(kKeyEnter);
  ASSERT_TRUE(obeyed());
  EXPECT_EQ(shown().network.hidden, (std::vector<std::int64_t>{8}));
  EXPECT_EQ(state().edited, "");
}

TEST_F(LabEditTest, keys_typed_into_a_box_are_text_and_escape_keeps_what_was) {
  INITLAB_START_OR_SKIP(course());
  const auto box = in_column("network.hidden");
  ASSERT_TRUE(box);
  click(*box);
  frames(2);
  GuiInput input;
  input.mouse = mouse_;
  input.keys = {{'S'}};
  input.text = "s";
  frame(input);
  press(kKeySpace);
  type("9");
  press(kKeyEscape);
  ASSERT_TRUE(obeyed());
  EXPECT_EQ(state().edited, "");
  EXPECT_EQ(state().message.text, "");
  EXPECT_EQ(snapshot()->step, 0);
  EXPECT_FALSE(report()->playing);
  EXPECT_EQ(shown(), course());
}

TEST_F(LabEditTest, a_click_elsewhere_takes_what_was_typed) {
  INITLAB_START_OR_SKIP(course());
  const auto box = in_column("network.hidden");
  ASSERT_TRUE(box);
  click(*box);
  type("6");
  click({box->x, height_ - 4});
  ASSERT_TRUE(obeyed());
  EXPECT_EQ(shown().network.hidden, (std::vector<std::int64_t>{6}));
}

TEST_F(LabEditTest, a_learning_rate_set_while_training_is_an_event_and_training_goes_on) {
  INITLAB_START_OR_SKIP(course());
  press(kKeySpace);
  ASSERT_TRUE(eventually([&] { return snapshot()->step > 20; }));
  set("training.learning_rate", "0.05");
  EXPECT_TRUE(report()->playing);
  EXPECT_EQ(shown().training.learning_rate, course().training.learning_rate);
  ASSERT_EQ(shown().events.size(), 1u);
  EXPECT_EQ(shown().events[0].setting, LiveSetting::kLearningRate);
  EXPECT_EQ(shown().events[0].value, 0.05);
  EXPECT_GT(shown().events[0].step, 20);
  // The box shows what holds now: typed again, it is no change.
  set("training.learning_rate", "0.05");
  EXPECT_EQ(shown().events.size(), 1u);
}

TEST_F(LabEditTest, more_steps_let_a_finished_training_go_on) {
  Experiment experiment = course();
  experiment.training.steps = 40;
  INITLAB_START_OR_SKIP(experiment);
  press(kKeySpace);
  ASSERT_TRUE(eventually([&] { return snapshot()->step == 40 && !report()->playing; }));
  frames(1);
  press(kKeySpace);
  EXPECT_NE(state().message.text.find("All 40 steps are done"), std::string::npos);
  set("training.steps", "60");
  EXPECT_EQ(snapshot()->step, 40);
  press(kKeySpace);
  EXPECT_TRUE(eventually([&] { return snapshot()->step == 60 && !report()->playing; }));
}

TEST_F(LabEditTest, one_seed_for_all_lanes_is_set_in_the_column) {
  INITLAB_START_OR_SKIP(course());
  set("lanes.seed", "41");
  for (const Lane& lane : shown().lanes) EXPECT_EQ(lane.seed, 41);
  enter("lanes.seed", "-1");
  EXPECT_NE(state().message.text.find("-1"), std::string::npos) << state().message.text;
  for (const Lane& lane : shown().lanes) EXPECT_EQ(lane.seed, 41);
}

TEST_F(LabEditTest, a_choice_of_the_column_changes_the_experiment) {
  INITLAB_START_OR_SKIP(course());
  const auto box = in_column("network.activation");
  ASSERT_TRUE(box);
  click(*box);
  const auto list = open_list();
  ASSERT_TRUE(list);
  click({list->x + 20, list->y + 15});  // the first row
  ASSERT_TRUE(obeyed());
  EXPECT_EQ(shown().network.activation, static_cast<ActivationId>(0));
  EXPECT_NE(shown().network.activation, course().network.activation);
  EXPECT_FALSE(open_list());
}

TEST_F(LabEditTest, switching_can_restart_all_lanes) {
  INITLAB_START_OR_SKIP(course());
  ASSERT_TRUE(train_to(25));
  const auto box = in_column("switching");
  ASSERT_TRUE(box);
  click(*box);
  const auto list = open_list();
  ASSERT_TRUE(list);
  click({list->x + 20, list->y + 45});  // the second row
  ASSERT_TRUE(state().restart_all);
  press('3');
  press(kKeyUp);
  ASSERT_TRUE(obeyed());
  EXPECT_EQ(snapshot()->step, 0);
  for (const RunSnapshot& run : snapshot()->runs) EXPECT_FALSE(run.catching_up);
}

TEST_F(LabEditTest, a_dropped_file_opens) {
  Experiment other = course();
  other.name = "dropped";
  other.data.samples = 60;
  other.lanes.resize(2);
  const TemporaryFile file("initlab-dropped.json", experiment_to_json(other));
  INITLAB_START_OR_SKIP(course());
  press('3');  // a lane that the other experiment does not have
  drop(file.path());
  other.folder = file.path().parent_path();
  EXPECT_EQ(shown(), other);
  frames(2);
  EXPECT_LT(state().selected_lane, 2u);
  EXPECT_NE(title().find("dropped"), std::string::npos);
}

TEST_F(LabEditTest, a_dropped_file_that_is_none_shows_one_message) {
  const TemporaryFile broken("initlab-broken.json", "{\"initlab\": 1, \"netwrk\": {}}");
  INITLAB_START_OR_SKIP(course());
  for (const std::filesystem::path& file : {broken.path(), std::filesystem::path(testing::TempDir()),
                                            std::filesystem::path("/no/such/file.json")}) {
    SCOPED_TRACE(file.string());
    drop(file);
    EXPECT_TRUE(state().message.warning);
    EXPECT_NE(state().message.text, "");
    EXPECT_EQ(state().message.text.find('\n'), std::string::npos) << state().message.text;
    EXPECT_EQ(shown(), course());
  }
}

TEST_F(LabEditTest, what_was_copied_is_pasted_whole) {
  Experiment original = course();
  original.name = "copied";
  original.network.hidden = {4, 3};
  original.lanes.resize(2);
  INITLAB_START_OR_SKIP(original);
  press('C', true);
  const std::string copied = ImGui::GetClipboardText();
  EXPECT_EQ(copied, experiment_to_json(original));
  lab_->worker().post(command::ReplaceExperiment{course()});
  ASSERT_TRUE(obeyed());
  ASSERT_EQ(shown(), course());
  press('V', true);
  ASSERT_TRUE(obeyed());
  EXPECT_EQ(shown(), original);
  ImGui::SetClipboardText("not an experiment");
  press('V', true);
  ASSERT_TRUE(obeyed());
  EXPECT_TRUE(state().message.warning);
  EXPECT_NE(state().message.text.find("pasted text"), std::string::npos) << state().message.text;
  EXPECT_EQ(shown(), original);
}

}  // namespace
}  // namespace initlab
