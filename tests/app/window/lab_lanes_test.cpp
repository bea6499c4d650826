// Lanes added, copied, moved, removed and changed from their headings, menus and lists.
#include <algorithm>
#include <string>

#include "app/panels/gain_row.h"
#include "app/panels/lane_changes.h"
#include "core/experiment/file/experiment_json.h"
#include "tests/app/window/lab_fixture.h"

namespace initlab {
namespace {

std::vector<std::string> names(const std::vector<Lane>& lanes) {
  std::vector<std::string> all;
  for (const Lane& lane : lanes) all.push_back(lane.name);
  return all;
}

TEST(lane_changes, a_new_lane_has_a_scheme_and_a_name_of_its_own) {
  Experiment experiment = course();  // zeros, normal, He
  experiment.lanes.back().seed = 8;
  while (experiment.lanes.size() < kMaximumLanes) {
    experiment = with_new_lane(experiment);
    const Lane& added = experiment.lanes.back();
    const auto same = [&](const Lane& lane) { return lane.scheme == added.scheme; };
    EXPECT_EQ(std::ranges::count_if(experiment.lanes, same), 1) << added.name;
    EXPECT_EQ(added.seed, 8);
    EXPECT_FALSE(check_experiment(experiment));
  }
}

TEST(lane_changes, events_and_expectations_stay_with_their_lane) {
  Experiment experiment = course();
  const std::string last = experiment.lanes[2].name;
  experiment.events = {{5, 0, LiveSetting::kLearningRate, 0.1}, {6, 3, LiveSetting::kLearningRate, 0.2}};
  experiment.expect = {{experiment.lanes[0].name, "cost", Relation::kLess, 1},
                       {last, "cost", Relation::kLess, 1}};

  const Experiment moved = with_moved_lane(experiment, 2, 0);
  EXPECT_EQ(moved.lanes[0].name, last);
  EXPECT_EQ(moved.events[0].lane, 0u) << "of all lanes";
  EXPECT_EQ(moved.events[1].lane, 1u);
  EXPECT_EQ(with_moved_lane(moved, 0, 2), experiment);

  const Experiment fewer = without_lane(experiment, 0);
  EXPECT_EQ(fewer.events[1].lane, 2u);
  ASSERT_EQ(fewer.expect.size(), 1u);
  EXPECT_EQ(fewer.expect[0].lane, last);
  EXPECT_EQ(without_lane(experiment, 2).events.size(), 1u);

  const Experiment copied = with_copied_lane(experiment, 2);
  ASSERT_EQ(copied.events.size(), 3u);
  EXPECT_EQ(copied.events[2].lane, 4u);
  EXPECT_EQ(copied.events[2].value, 0.2);
  EXPECT_EQ(with_copied_lane(experiment, 0).events[1].lane, 4u);
  for (const Experiment& one : {moved, fewer, copied}) EXPECT_FALSE(check_experiment(one));
}

TEST(lane_changes, copies_of_copies_are_counted) {
  Experiment experiment = course();
  experiment.lanes = {make_lane("He normal", SchemeId::kHeNormal)};
  experiment = with_copied_lane(with_copied_lane(experiment, 0), 1);
  EXPECT_EQ(names(experiment.lanes), (std::vector<std::string>{"He normal", "He normal 2", "He normal 3"}));
}

TEST(gain_row, the_slider_goes_by_factors_from_a_tenth_to_ten) {
  EXPECT_DOUBLE_EQ(gain_at(0), 0.1);
  EXPECT_DOUBLE_EQ(gain_at(1), 10);
  EXPECT_EQ(gain_at(0.501), 1) << "near the middle it is 1";
  EXPECT_NEAR(gain_at(0.75), std::sqrt(10.0), 0.005);
  for (const double gain : {0.1, 0.35, 1.0, 2.5, 10.0}) EXPECT_NEAR(gain_at(share_of_gain(gain)), gain, 1e-9);
  EXPECT_EQ(share_of_gain(-3), 0);
  EXPECT_EQ(share_of_gain(1e5), 1);
}

class LabLanesTest : public LabTest {
 protected:
  std::vector<Lane> lanes() const { return snapshot()->experiment->lanes; }
  // The dots in the heading of a lane (from 0), which may stand left of a plus.
  void open_menu(std::size_t lane) {
    const Rect heading = layout().lanes[lane].heading;
    for (const double from_right : {14.0, 42.0}) {
      const Point at = {heading.right() - from_right, heading.center().y};
      if (!hovers("menu of lane " + std::to_string(lane + 1), at)) continue;
      click(at);
      break;
    }
    ASSERT_EQ(state().lanes.open_menu, lane);
  }
  // Where the thing of that id answers in the open list; its controls stand in two columns.
  std::optional<Point> in_list(std::string_view id) {
    const auto list = open_list();
    if (!list) return std::nullopt;
    const ImGuiID window = ImGui::GetCurrentContext()->OpenPopupStack.back().Window->ID;
    const ImGuiID wanted = ImHashStr("touch", 0, ImHashStr(id.data(), id.size(), window));
    for (const double share : {0.72, 0.25}) {
      for (double y = list->y + 6; y < list->bottom(); y += 14) {
        move({list->x + share * list->width, y});
        if (ImGui::GetCurrentContext()->HoveredId == wanted) return mouse_;
      }
    }
    return std::nullopt;
  }
  void click_in_list(std::string_view id) {
    const auto at = in_list(id);
    ASSERT_TRUE(at) << id;
    click(*at);
    ASSERT_TRUE(obeyed());
  }
};

TEST_F(LabLanesTest, the_plus_adds_a_lane_and_the_others_stay_what_they_are) {
  INITLAB_START_OR_SKIP(course(), 1024, 700);
  const Rect heading = layout().lanes[2].heading;
  const Point plus = {heading.right() - 14, heading.center().y};
  ASSERT_TRUE(hovers("add a lane", plus));
  click(plus);
  ASSERT_TRUE(obeyed());
  frames(2);
  ASSERT_EQ(lanes().size(), 4u);
  EXPECT_EQ(layout().lanes.size(), 4u);
  for (std::size_t i = 0; i < 3; ++i) EXPECT_EQ(lanes()[i], course().lanes[i]);
  EXPECT_NE(state().message.text.find(lanes()[3].name), std::string::npos);
}

TEST_F(LabLanesTest, the_menu_copies_moves_and_removes_its_lane) {
  INITLAB_START_OR_SKIP(course(), 1024, 700);
  const std::vector<std::string> before = names(lanes());
  open_menu(0);
  click_in_list("Duplicate");
  EXPECT_EQ(names(lanes()), (std::vector<std::string>{before[0], before[0] + " 2", before[1], before[2]}));
  EXPECT_FALSE(open_list());
  frames(2);
  open_menu(1);
  click_in_list("Move right");
  EXPECT_EQ(names(lanes()), (std::vector<std::string>{before[0], before[1], before[0] + " 2", before[2]}));
  frames(2);
  open_menu(2);
  click_in_list("Remove");
  EXPECT_EQ(names(lanes()), before);
}

TEST_F(LabLanesTest, the_last_lane_stays_and_a_sentence_says_so) {
  Experiment experiment = course();
  experiment.lanes.resize(1);
  INITLAB_START_OR_SKIP(experiment, 1024, 700);
  open_menu(0);
  click_in_list("Remove");
  EXPECT_EQ(lanes().size(), 1u);
  EXPECT_TRUE(state().message.warning);
  EXPECT_NE(state().message.text.find("last lane"), std::string::npos) << state().message.text;
}

TEST_F(LabLanesTest, a_name_typed_into_the_menu_is_the_lanes_name_and_a_taken_one_is_refused) {
  INITLAB_START_OR_SKIP(course(), 1024, 700);
  open_menu(1);
  click_in_list("lanes.2.name");
  type("Wild");
  press(kKeyEnter);
  ASSERT_TRUE(obeyed());
  EXPECT_EQ(lanes()[1].name, "Wild");
  EXPECT_EQ(lanes()[1].parameters, course().lanes[1].parameters);
  click_in_list("lanes.2.name");
  type(lanes()[0].name);
  press(kKeyEnter);
  ASSERT_TRUE(obeyed());
  EXPECT_EQ(lanes()[1].name, "Wild");
  EXPECT_TRUE(state().message.warning);
  EXPECT_NE(state().message.text.find(lanes()[0].name), std::string::npos) << state().message.text;
}

TEST_F(LabLanesTest, a_layer_can_have_a_scheme_of_its_own_and_give_it_back) {
  INITLAB_START_OR_SKIP(course(), 1024, 700);
  open_menu(2);
  click_in_list("lanes.3.layers.2.scheme");
  ASSERT_TRUE(open_list());
  press(kKeyDown);  // from "As the lane" to the first scheme
  press(kKeyEnter);
  ASSERT_TRUE(obeyed());
  ASSERT_EQ(lanes()[2].layers.size(), 1u);
  EXPECT_EQ(lanes()[2].layers[0].layer, 2u);
  EXPECT_EQ(lanes()[2].layers[0].start.scheme, static_cast<SchemeId>(0));
  EXPECT_EQ(lanes()[2].scheme, course().lanes[2].scheme);
  EXPECT_EQ(state().lanes.open_menu, 2u) << "Enter in the layer's list closes that list alone";
  click_in_list("lanes.3.layers.2.scheme");
  press(kKeyUp);
  press(kKeyEnter);
  ASSERT_TRUE(obeyed());
  EXPECT_EQ(lanes()[2], course().lanes[2]);
}

TEST_F(LabLanesTest, a_deep_networks_layers_scroll_and_the_menu_stays_in_the_window) {
  Experiment experiment = course();
  experiment.network.hidden.assign(40, 4);
  for (const auto& [width, height] : {std::pair{1024, 700}, {640, 480}}) {
    INITLAB_START_OR_SKIP(experiment, width, height);
    open_menu(0);
    frames(2);
    const auto list = open_list();
    ASSERT_TRUE(list);
    EXPECT_GE(list->y, 0);
    EXPECT_LE(list->bottom(), height);
  }
}

TEST_F(LabLanesTest, the_gain_follows_its_slider_and_a_double_click_makes_it_one) {
  INITLAB_START_OR_SKIP(course(), 1024, 700);
  click(layout().lanes[2].heading.center());
  ASSERT_EQ(state().open_scheme_list, 2u);
  frames(2);
  const auto slider = in_list("lanes.3.gain/slider");
  ASSERT_TRUE(slider);
  click(*slider);
  ASSERT_TRUE(eventually([&] { return !state().lanes.held_gain && lanes()[2].parameters.gain != 1; }));
  EXPECT_GT(lanes()[2].parameters.gain, 1) << "right of the middle";
  EXPECT_EQ(lanes()[2].name, course().lanes[2].name);
  // Away from the first click, which would else be half of a double one.
  move({slider->x - 40, slider->y});
  GuiInput input;
  input.mouse = mouse_;
  for (const bool down : {true, false, true, false}) {
    input.button[0] = down;
    frame(input);
  }
  EXPECT_TRUE(eventually([&] { return !state().lanes.held_gain && lanes()[2].parameters.gain == 1; }));
}

TEST_F(LabLanesTest, a_lane_that_diverged_says_where_and_offers_the_way_back) {
  Experiment experiment = course();
  experiment.network.activation = ActivationId::kLinear;
  experiment.network.output = OutputId::kLinear;
  experiment.training.loss = LossId::kMeanSquaredError;
  experiment.training.learning_rate = 100;
  experiment.lanes = {make_lane("Wild", SchemeId::kHeNormal)};
  INITLAB_START_OR_SKIP(experiment, 1024, 700);
  lab_->worker().post(command::Step{400});
  ASSERT_TRUE(eventually([&] { return snapshot()->runs[0].diverged.has_value(); }));
  ASSERT_TRUE(obeyed());
  frames(2);
  const Rect box = layout().lanes[0].verdict;
  ImGui::GetCurrentContext();
  const ImGuiID window = ImGui::FindWindowByName("laboratory")->ID;
  const int lane = 0;
  const ImGuiID inner = ImHashData(&lane, sizeof lane, window);
  const std::string back = "Back to step " + std::to_string(snapshot()->runs[0].diverged->step - 1);
  bool found = false;
  for (double x = box.x + 8; x < box.right() && !found; x += 16) {
    move({x, box.bottom() - 10});
    const ImGuiID wanted = ImHashStr("touch", 0, ImHashStr(back.data(), back.size(), inner));
    found = ImGui::GetCurrentContext()->HoveredId == wanted;
  }
  EXPECT_TRUE(found) << back;
}

}  // namespace
}  // namespace initlab
