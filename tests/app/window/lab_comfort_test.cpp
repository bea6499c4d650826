// What makes the laboratory comfortable: the table of actions, the searchable list of keys, the command
// palette.
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

}  // namespace
}  // namespace initlab
