// What is longer than the window: the list of schemes and the column; and choices that need more than a
// choice.
#include <imgui.h>
#include <imgui_internal.h>

#include "tests/app/window/lab_fixture.h"

namespace initlab {
namespace {

class LabListsTest : public LabTest {
 protected:
  // Opens the list of that box of the column and takes its row `index`.
  void choose(std::string_view path, std::size_t index) {
    const auto box = in_column(path);
    ASSERT_TRUE(box) << path;
    click(*box);
    ASSERT_TRUE(open_list()) << path;
    for (std::size_t i = 0; i < 40; ++i) press(kKeyUp);
    for (std::size_t i = 0; i < index; ++i) press(kKeyDown);
    press(kKeyEnter);
    ASSERT_TRUE(obeyed());
  }
  Experiment shown() const { return *snapshot()->experiment; }
  // The part of the list of schemes that scrolls.
  const ImGuiWindow* rows() const {
    for (const ImGuiWindow* window : ImGui::GetCurrentContext()->Windows) {
      if (window->Active && std::string_view(window->Name).find("/rows_") != std::string_view::npos)
        return window;
    }
    return nullptr;
  }
};

TEST_F(LabListsTest, the_list_of_schemes_stays_in_the_window_and_scrolls_to_the_current_one) {
  for (const auto& [width, height] : {std::pair{1024, 700}, {1440, 900}, {640, 480}}) {
    for (const std::size_t lane : {std::size_t{0}, std::size_t{3}}) {
      Experiment experiment = course();
      experiment.lanes.push_back(make_lane("LSUV", SchemeId::kLsuv));
      INITLAB_START_OR_SKIP(experiment, width, height);
      click(layout().lanes[lane].heading.center());
      frames(3);
      const auto list = open_list();
      ASSERT_TRUE(list);
      EXPECT_GE(list->y, 0);
      EXPECT_LE(list->bottom(), height) << "with what the scheme reads below the rows";
      const ImGuiWindow* inner = rows();
      ASSERT_NE(inner, nullptr);
      EXPECT_GT(inner->ScrollMax.y, 0);
      if (lane == 3) {
        EXPECT_GT(inner->Scroll.y, 0) << "LSUV stands far down";
      }
    }
  }
}

TEST_F(LabListsTest, the_list_follows_the_scheme_that_a_key_chooses) {
  INITLAB_START_OR_SKIP(course(), 1024, 700);
  click(layout().lanes[0].heading.center());
  frames(3);
  ASSERT_NE(rows(), nullptr);
  EXPECT_EQ(rows()->Scroll.y, 0);
  for (int i = 0; i < 20; ++i) {
    press(kKeyDown);
    ASSERT_TRUE(obeyed());
  }
  frames(3);
  EXPECT_EQ(snapshot()->runs[0].lane.scheme, static_cast<SchemeId>(20));
  EXPECT_GT(rows()->Scroll.y, 0);
}

TEST_F(LabListsTest, a_scheme_without_its_file_or_experiment_is_refused_in_one_line) {
  Experiment experiment = course();
  experiment.lanes[0] = make_lane("LSUV", SchemeId::kLsuv);
  INITLAB_START_OR_SKIP(experiment);
  click(layout().lanes[0].heading.center());
  frames(3);
  ASSERT_NE(rows(), nullptr);
  // It is scrolled to the end: the last two rows are those that need more than a choice.
  const ImRect inner = rows()->InnerRect;
  const double bottom = static_cast<double>(inner.Max.y);
  for (const auto& [from_below, id] : {std::pair{27.0, "from_run"}, {81.0, "from_file"}}) {
    click({static_cast<double>(inner.Min.x) + 60, bottom - from_below});
    ASSERT_TRUE(obeyed());
    EXPECT_TRUE(state().message.warning);
    EXPECT_NE(state().message.text.find(id), std::string::npos) << state().message.text;
    EXPECT_EQ(state().message.text.find('\n'), std::string::npos);
    EXPECT_EQ(shown(), experiment);
  }
}

TEST_F(LabListsTest, other_data_bring_the_output_that_they_need) {
  INITLAB_START_OR_SKIP(course());
  choose("data.kind", static_cast<std::size_t>(DatasetId::kXSinX));
  EXPECT_EQ(shown().data.kind, DatasetId::kXSinX);
  EXPECT_EQ(shown().network.output, OutputId::kLinear);
  EXPECT_EQ(shown().training.loss, LossId::kMeanSquaredError);
  EXPECT_FALSE(snapshot()->runs[0].response.empty());
  choose("data.kind", static_cast<std::size_t>(DatasetId::kMoons));
  EXPECT_EQ(shown().network.output, OutputId::kSigmoid);
  EXPECT_EQ(shown().training.loss, LossId::kCrossEntropy);
  choose("network.output", static_cast<std::size_t>(OutputId::kSoftmax));
  EXPECT_EQ(shown().network.output, OutputId::kSoftmax);
  EXPECT_EQ(snapshot()->runs[0].field.classes, 2u);
}

TEST_F(LabListsTest, a_column_longer_than_the_window_scrolls_and_what_is_hidden_does_not_answer) {
  INITLAB_START_OR_SKIP(course(), 1440, 500);
  EXPECT_FALSE(in_column("switching"));
  move({layout().column.center().x, layout().column.center().y});
  for (int i = 0; i < 30; ++i) {
    GuiInput input;
    input.mouse = mouse_;
    input.wheel = -1;
    frame(input);
  }
  EXPECT_GT(state().column_scroll, 0);
  EXPECT_TRUE(in_column("switching"));
  EXPECT_FALSE(in_column("data.kind"));
  EXPECT_TRUE(in_top_bar("Step")) << "what is scrolled under the top bar leaves it free";
  move(layout().cost.center());
  const double before = state().column_scroll;
  GuiInput input;
  input.mouse = mouse_;
  input.wheel = 3;
  frame(input);
  EXPECT_EQ(state().column_scroll, before);
}

}  // namespace
}  // namespace initlab
