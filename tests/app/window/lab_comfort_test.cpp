// What makes the laboratory comfortable: the table of actions, the searchable list of keys, the command
// palette, undo, one figure over the window, hidden controls, colours, what is recalled.
#include <filesystem>
#include <set>
#include <string>

#include "app/panels/actions.h"
#include "app/panels/word_search.h"
#include "tests/app/window/lab_fixture.h"

namespace initlab {
namespace {

TEST(Actions, have_ids_of_their_own_labels_and_help) {
  std::set<std::string_view> ids;
  for (const Action& action : actions()) {
    EXPECT_TRUE(ids.insert(action.id).second) << action.id;
    EXPECT_EQ(find_action(action.id), &action);
    EXPECT_FALSE(action.label.empty()) << action.id;
    EXPECT_TRUE(action.help.ends_with(".")) << action.id;
    EXPECT_NE(action.run, nullptr) << action.id;
    EXPECT_EQ(action.keys.empty(), action.presses[0].key == 0) << action.id;
  }
  EXPECT_EQ(find_action("no_such"), nullptr);
}

TEST(WordSearch, finds_words_in_any_order_and_either_case) {
  EXPECT_EQ(search_misfit("", "Larger text"), 0);
  EXPECT_EQ(search_misfit("TEXT lar", "Larger text"), 0);
  EXPECT_GT(search_misfit("arger", "Larger text"), 0);
  EXPECT_GT(search_misfit("lgr", "Larger text"), search_misfit("arger", "Larger text"));
  EXPECT_EQ(search_misfit("smaller", "Larger text"), std::nullopt);
  EXPECT_EQ(search_misfit("text smaller", "Larger text"), std::nullopt);
}

TEST_F(LabTest, what_is_typed_searches_the_list_of_keys_and_enter_does_it) {
  INITLAB_START_OR_SKIP(course());
  press(kKeyF1);
  frames(4);
  type("dark");
  press(kKeyEnter);
  EXPECT_FALSE(state().key_list_shown);
  EXPECT_EQ(state().theme, ThemeId::kDark);
}

class PaletteTest : public LabTest {
 protected:
  void open_palette(const std::string& query) {
    press('K', true);
    frames(4);
    type(query);
  }
  bool palette_is_open() const { return state().palette.search.shown; }
};

TEST_F(PaletteTest, does_an_action_by_its_name) {
  INITLAB_START_OR_SKIP(course());
  open_palette("larger");
  press(kKeyEnter);
  EXPECT_FALSE(palette_is_open());
  EXPECT_EQ(surface_->answer().zoom, 1.15);
  frames(2);
  EXPECT_FALSE(open_list());
}

TEST_F(PaletteTest, closes_on_escape_and_on_a_click_beside_it) {
  INITLAB_START_OR_SKIP(course());
  open_palette("sp");
  ASSERT_TRUE(palette_is_open());
  press(kKeyEscape);
  EXPECT_FALSE(palette_is_open());
  frames(2);
  press('K', true);
  ASSERT_TRUE(palette_is_open());
  frames(3);
  click({20, height_ - 20});
  EXPECT_FALSE(palette_is_open());
  EXPECT_EQ(snapshot()->step, 0);
}

TEST_F(PaletteTest, opens_an_experiment_by_a_part_of_its_name) {
  INITLAB_START_OR_SKIP(course());
  open_palette("open clone");
  press(kKeyEnter);
  ASSERT_TRUE(obeyed());
  EXPECT_EQ(snapshot()->experiment->name, "clone-army");
}

TEST_F(PaletteTest, switches_the_selected_lane_to_a_scheme) {
  INITLAB_START_OR_SKIP(course());
  press('2');
  open_palette("orthogonal lane");
  press(kKeyEnter);
  ASSERT_TRUE(obeyed());
  EXPECT_EQ(snapshot()->experiment->lanes[1].scheme, SchemeId::kOrthogonal);
  EXPECT_EQ(snapshot()->experiment->lanes[0].scheme, course().lanes[0].scheme);
}

TEST_F(PaletteTest, sets_a_setting_by_its_path_and_shows_what_is_wrong_in_place) {
  INITLAB_START_OR_SKIP(course());
  open_palette("training.learning_rate = fast");
  press(kKeyEnter);
  ASSERT_TRUE(palette_is_open());
  EXPECT_NE(state().palette.trouble.find("fast"), std::string::npos) << state().palette.trouble;
  press(kKeyEscape);
  frames(2);
  open_palette("network.hidden = 7, 3");
  press(kKeyEnter);
  ASSERT_TRUE(obeyed());
  EXPECT_FALSE(palette_is_open());
  EXPECT_EQ(snapshot()->experiment->network.hidden, (std::vector<std::int64_t>{7, 3}));
}

TEST_F(PaletteTest, a_setting_chosen_by_its_name_waits_for_its_value) {
  INITLAB_START_OR_SKIP(course());
  open_palette("data.noise");
  press(kKeyEnter);
  ASSERT_TRUE(palette_is_open());
  EXPECT_EQ(state().palette.search.query(), "data.noise = ");
  frames(4);
  type("0.2");
  EXPECT_EQ(state().palette.search.query(), "data.noise = 0.2");
  press(kKeyEnter);
  ASSERT_TRUE(obeyed());
  EXPECT_EQ(snapshot()->experiment->data.noise, 0.2);
}

TEST_F(LabTest, ctrl_z_brings_a_setting_back_and_ctrl_y_takes_it_again) {
  INITLAB_START_OR_SKIP(course());
  Experiment changed = course();
  changed.data.noise = 0.2;
  lab_->worker().post(command::ReplaceExperiment{changed});
  ASSERT_TRUE(obeyed());
  ASSERT_EQ(snapshot()->experiment->data.noise, 0.2);
  press('Z', true);
  ASSERT_TRUE(obeyed());
  EXPECT_EQ(snapshot()->experiment->data.noise, course().data.noise);
  EXPECT_EQ(state().message.text, "Undone: data.noise 0.05");
  press('Z', true);  // there is nothing more
  ASSERT_TRUE(obeyed());
  EXPECT_EQ(snapshot()->experiment->data.noise, course().data.noise);
  press('Y', true);
  ASSERT_TRUE(obeyed());
  EXPECT_EQ(snapshot()->experiment->data.noise, 0.2);
}

TEST_F(LabTest, f_fills_the_window_with_the_figure_under_the_mouse_and_escape_goes_back) {
  INITLAB_START_OR_SKIP(course());
  const Layout places = lab_->layout();
  move(places.cost.center());
  press('F');
  EXPECT_EQ(state().comfort.focus, (FocusedFigure{FigureKind::kCost}));
  EXPECT_GT(lab_->layout().cost.width, 0.9 * width_);
  EXPECT_EQ(lab_->layout().lanes[0].field.width, 0);
  press(kKeyEscape);
  EXPECT_FALSE(state().comfort.focus);
  move(places.lanes[2].field.center());
  press('F');
  EXPECT_EQ(state().comfort.focus, (FocusedFigure{FigureKind::kLane, 2}));
  EXPECT_GT(lab_->layout().lanes[2].field.height, 0.6 * height_);
  ASSERT_TRUE(obeyed());
  press('F');
  EXPECT_FALSE(state().comfort.focus);
  move(places.top_bar.center());
  press('F');
  EXPECT_FALSE(state().comfort.focus);
  EXPECT_FALSE(state().message.text.empty());
}

TEST_F(LabTest, leaves_out_the_controls_that_the_experiment_hides_until_all_are_asked_for) {
  Experiment experiment = course();
  experiment.hide = {HiddenControl::kNetwork, HiddenControl::kSeed, HiddenControl::kScheme,
                     HiddenControl::kTimeline};
  INITLAB_START_OR_SKIP(experiment);
  EXPECT_FALSE(in_column("network.hidden"));
  EXPECT_TRUE(in_column("data.noise"));
  EXPECT_FALSE(in_top_bar("New seed"));
  EXPECT_EQ(lab_->layout().timeline.height, 0);
  press('N');
  press('1');
  press(kKeyDown);
  click(lab_->layout().lanes[0].heading.center());
  ASSERT_TRUE(obeyed());
  EXPECT_EQ(*snapshot()->experiment, experiment);
  EXPECT_FALSE(open_list());
  const auto all = in_column("show all");
  EXPECT_FALSE(all);  // it is a link at the left
  press('K', true);
  frames(4);
  type("hides");
  press(kKeyEnter);
  frames(2);
  EXPECT_TRUE(in_column("network.hidden"));
  EXPECT_TRUE(in_top_bar("New seed"));
  EXPECT_GT(lab_->layout().timeline.height, 0);
}

TEST_F(LabTest, recalls_what_was_set_before) {
  INITLAB_START_OR_SKIP(course());
  Settings settings;
  settings.theme = ThemeId::kDark;
  settings.palette = PaletteId::kLightness;
  settings.text_size = 1.15;
  settings.column_shown = false;
  settings.reduced_motion = true;
  settings.tour_seen = true;
  lab_->recall(settings);
  frames(2);
  EXPECT_EQ(lab_->settings(), settings);
  EXPECT_EQ(surface_->answer().zoom, 1.15);
  EXPECT_FALSE(state().column_is_shown);
  EXPECT_FALSE(ImGui::GetIO().ConfigInputTextCursorBlink);
}

TEST_F(LabTest, another_palette_shows_in_the_pictures_at_once) {
  INITLAB_START_OR_SKIP(course(), 1024, 700);
  ASSERT_TRUE(train_to(50));
  frames(2);
  const auto before = surface_->pixels();
  press('K', true);
  frames(4);
  type("other colours");
  press(kKeyEnter);
  frames(2);
  EXPECT_EQ(state().comfort.palette, PaletteId::kBlueYellow);
  const Rect field = lab_->layout().lanes[1].field;
  const auto at =
      static_cast<std::size_t>(field.center().y) * static_cast<std::size_t>(surface_->width_px()) +
      static_cast<std::size_t>(field.x + 20);
  EXPECT_FALSE(before[at] == surface_->pixels()[at]);
}

TEST_F(LabTest, takes_a_picture_only_where_there_is_a_folder_for_it) {
  INITLAB_START_OR_SKIP(course(), 640, 480);
  press('P');
  EXPECT_TRUE(state().message.text.empty());
  const std::filesystem::path folder = std::filesystem::path(testing::TempDir()) / "initlab_pictures_test";
  std::filesystem::create_directories(folder);
  lab_->keep_pictures_in(folder);
  press('P');
  frames(1);
  EXPECT_TRUE(std::filesystem::exists(folder / "initlab course step 0.png")) << state().message.text;
  EXPECT_NE(state().message.text.find("initlab course step 0.png"), std::string::npos);
  std::filesystem::remove_all(folder);
}

}  // namespace
}  // namespace initlab
