// The laboratory's keys, buttons and lists, and what they make of the training.
#include <algorithm>
#include <atomic>
#include <limits>

#include "core/experiment/comparison.h"
#include "tests/app/window/lab_fixture.h"

namespace initlab {
namespace {

std::vector<double> costs(const Snapshot& snapshot) {
  std::vector<double> all;
  for (const RunSnapshot& run : snapshot.runs) all.push_back(run.cost);
  return all;
}
std::vector<double> costs_of_a_fresh_run(const Experiment& experiment, std::int64_t step) {
  Comparison comparison(experiment);
  comparison.advance(step);
  return costs(*comparison.snapshot());
}

// The part of a picture inside `rect`; the scale is 1.
std::vector<Color> part(const std::vector<Color>& pixels, int width, Rect rect) {
  std::vector<Color> inside;
  for (int y = static_cast<int>(rect.y) + 1; y < static_cast<int>(rect.bottom()); ++y) {
    const auto row = pixels.begin() + static_cast<std::ptrdiff_t>(y) * width;
    inside.insert(inside.end(), row + static_cast<int>(rect.x) + 1, row + static_cast<int>(rect.right()));
  }
  return inside;
}
bool same_picture(const std::vector<Color>& a, const std::vector<Color>& b) {
  return std::ranges::equal(a, b, [](Color x, Color y) { return x.r == y.r && x.g == y.g && x.b == y.b; });
}

TEST_F(LabTest, opens_paused_at_step_zero_with_a_state_in_its_title) {
  INITLAB_START_OR_SKIP(course());
  EXPECT_EQ(title(), "course · step 0 of 15,000 · paused · InitLab");
  EXPECT_EQ(snapshot()->step, 0);
  frames(20);
  EXPECT_EQ(snapshot()->step, 0);
}

TEST_F(LabTest, space_plays_and_pauses) {
  INITLAB_START_OR_SKIP(course());
  press(kKeySpace);
  ASSERT_TRUE(eventually([&] { return report()->playing && snapshot()->step > 5; }));
  frames(1);
  EXPECT_EQ(title().find("paused"), std::string::npos);
  press(kKeySpace);
  ASSERT_TRUE(obeyed());
  EXPECT_FALSE(report()->playing);
  const std::int64_t rested = snapshot()->step;
  frames(20);
  EXPECT_EQ(snapshot()->step, rested);
  EXPECT_NE(title().find("paused"), std::string::npos);
}

TEST_F(LabTest, s_and_the_right_arrow_make_one_step) {
  INITLAB_START_OR_SKIP(course());
  press('S');
  ASSERT_TRUE(rests_at(1));
  press(kKeyRight);
  ASSERT_TRUE(rests_at(2));
}

TEST_F(LabTest, rewind_goes_back_and_the_same_path_again) {
  INITLAB_START_OR_SKIP(course());
  ASSERT_TRUE(train_to(150));
  const std::vector<double> first = costs(*snapshot());
  press('R');
  ASSERT_TRUE(rests_at(0));
  ASSERT_TRUE(train_to(150));
  EXPECT_EQ(costs(*snapshot()), first);
}

TEST_F(LabTest, n_takes_the_next_seed_of_every_lane) {
  INITLAB_START_OR_SKIP(course());
  const double before = snapshot()->runs[2].cost;
  ASSERT_TRUE(train_to(20));
  press('N');
  ASSERT_TRUE(rests_at(0));
  for (std::size_t lane = 0; lane < 3; ++lane) {
    EXPECT_EQ(snapshot()->experiment->lanes[lane].seed, course().lanes[lane].seed + 1);
  }
  EXPECT_NE(snapshot()->runs[2].cost, before);
}

TEST_F(LabTest, buttons_do_what_their_keys_do) {
  INITLAB_START_OR_SKIP(course(), 1024, 700);
  const auto step = in_top_bar("Step");
  ASSERT_TRUE(step);
  click(*step);
  ASSERT_TRUE(rests_at(1));
  const auto play = in_top_bar("Play");
  ASSERT_TRUE(play);
  click(*play);
  ASSERT_TRUE(eventually([&] { return report()->playing && snapshot()->step > 5; }));
  frames(1);
  click(*play);
  ASSERT_TRUE(obeyed());
  EXPECT_FALSE(report()->playing);
  const auto rewind = in_top_bar("Rewind");
  ASSERT_TRUE(rewind);
  click(*rewind);
  ASSERT_TRUE(rests_at(0));
  const auto new_seed = in_top_bar("New seed");
  ASSERT_TRUE(new_seed);
  click(*new_seed);
  ASSERT_TRUE(obeyed());
  EXPECT_EQ(snapshot()->experiment->lanes[0].seed, course().lanes[0].seed + 1);
}

TEST_F(LabTest, the_speed_slider_reaches_from_one_step_a_second_to_all_that_can_be_done) {
  INITLAB_START_OR_SKIP(course(), 1024, 700);
  const auto left = in_top_bar("speed");
  ASSERT_TRUE(left);
  click(*left);
  ASSERT_TRUE(obeyed());
  EXPECT_LE(report()->speed, 5);
  // Held and dragged far beyond its right end.
  GuiInput input;
  input.mouse = *left;
  input.button[0] = true;
  frame(input);
  input.mouse.x = width_ - 1;
  frame(input);
  frame(input);
  mouse_ = input.mouse;
  frames(1);
  ASSERT_TRUE(obeyed());
  EXPECT_EQ(report()->speed, std::numeric_limits<double>::infinity());
}

TEST_F(LabTest, a_heading_opens_the_list_whose_keys_switch_its_lane_while_others_go_on) {
  INITLAB_START_OR_SKIP(course());
  ASSERT_TRUE(train_to(400));
  const auto before = snapshot();
  press(kKeySpace);
  click(layout().lanes[0].heading.center());
  ASSERT_EQ(state().open_scheme_list, 0u);
  const auto scheme_now = [&] { return snapshot()->experiment->lanes[0].scheme; };
  for (int i = 0; scheme_now() != SchemeId::kHeNormal && i < 30; ++i) {
    press(kKeyDown);
    ASSERT_TRUE(obeyed());
  }
  ASSERT_EQ(scheme_now(), SchemeId::kHeNormal);
  ASSERT_TRUE(eventually([&] {
    return snapshot()->step > 500 && !snapshot()->runs[0].catching_up &&
           snapshot()->runs[0].step == snapshot()->step;
  }));
  press(kKeyEscape);
  press(kKeySpace);
  ASSERT_TRUE(obeyed());
  const auto after = snapshot();
  EXPECT_FALSE(state().open_scheme_list);
  EXPECT_FALSE(report()->playing);
  EXPECT_EQ(costs(*after), costs_of_a_fresh_run(*after->experiment, after->step));
  EXPECT_EQ(after->experiment->lanes[1], before->experiment->lanes[1]);
  EXPECT_NE(after->runs[0].field.logit, before->runs[0].field.logit);
  EXPECT_NE(after->runs[0].layers[0].a.histogram.counts, before->runs[0].layers[0].a.histogram.counts);
  // The same scheme and seed as the third lane: level, it has the same bits.
  EXPECT_EQ(after->runs[0].cost, after->runs[2].cost);
}

TEST_F(LabTest, a_click_on_a_row_of_the_list_switches_the_scheme_and_the_pictures) {
  INITLAB_START_OR_SKIP(course());
  ASSERT_TRUE(train_to(30));
  frames(2);
  const std::vector<Color> before = surface_->pixels();
  const Layout places = layout();
  click(places.lanes[0].heading.center());
  const auto list = open_list();
  ASSERT_TRUE(list);
  // Lane 1 has the first row's scheme; the fourth row is another.
  constexpr double kRowHeight = 54;
  click({list->x + 100, list->y + 3.5 * kRowHeight});
  ASSERT_TRUE(obeyed());
  EXPECT_EQ(static_cast<std::size_t>(snapshot()->experiment->lanes[0].scheme), 3u);
  press(kKeyEscape);
  mouse_ = {-1e9, -1e9};
  ASSERT_TRUE(eventually([&] { return !snapshot()->runs[0].catching_up; }));
  frames(3);
  EXPECT_FALSE(open_list());
  const std::vector<Color> after = surface_->pixels();
  const int width = surface_->width_px();
  EXPECT_FALSE(
      same_picture(part(before, width, places.lanes[0].field), part(after, width, places.lanes[0].field)));
  EXPECT_FALSE(same_picture(part(before, width, places.histograms), part(after, width, places.histograms)));
  EXPECT_TRUE(
      same_picture(part(before, width, places.lanes[2].field), part(after, width, places.lanes[2].field)));
  EXPECT_EQ(snapshot()->step, 30);
}

TEST_F(LabTest, digits_select_a_lane_and_arrows_switch_it) {
  INITLAB_START_OR_SKIP(course());
  press('2');
  EXPECT_EQ(state().selected_lane, 1u);
  press('6');  // there are three
  EXPECT_EQ(state().selected_lane, 1u);
  const SchemeId before = snapshot()->experiment->lanes[1].scheme;
  press(kKeyDown);
  ASSERT_TRUE(obeyed());
  EXPECT_EQ(static_cast<int>(snapshot()->experiment->lanes[1].scheme), static_cast<int>(before) + 1);
  press(kKeyUp);
  ASSERT_TRUE(obeyed());
  EXPECT_EQ(snapshot()->experiment->lanes[1].scheme, before);
  EXPECT_EQ(snapshot()->experiment->lanes[2], course().lanes[2]);
}

TEST_F(LabTest, arrows_stop_at_both_ends_of_the_schemes_that_need_no_file) {
  INITLAB_START_OR_SKIP(course(), 1024, 700);
  press('1');
  press(kKeyUp);  // zeros is the first
  ASSERT_TRUE(obeyed());
  EXPECT_EQ(snapshot()->experiment->lanes[0].scheme, SchemeId::kZeros);
  for (int i = 0; i < static_cast<int>(SchemeId::kCount) + 2; ++i) {
    press(kKeyDown);
    ASSERT_TRUE(obeyed());
  }
  EXPECT_EQ(snapshot()->experiment->lanes[0].scheme, SchemeId::kLsuv);
  EXPECT_FALSE(state().message.warning) << state().message.text;
}

TEST_F(LabTest, keys_pressed_within_one_frame_all_count) {
  INITLAB_START_OR_SKIP(course(), 1024, 700);
  GuiInput input;
  input.keys = {{'S'}, {'S'}, {'S'}, {'3'}, {'D'}};
  frame(input);
  ASSERT_TRUE(rests_at(3));
  EXPECT_EQ(state().selected_lane, 2u);
  EXPECT_EQ(state().theme, ThemeId::kDark);
}

TEST_F(LabTest, l_goes_through_the_axes_d_through_the_themes_and_tab_folds_the_column) {
  INITLAB_START_OR_SKIP(course());
  press('L');
  EXPECT_TRUE(state().log_x && state().log_y);
  press('L');
  EXPECT_FALSE(state().log_x || state().log_y);
  press('L');
  EXPECT_TRUE(!state().log_x && state().log_y);

  const std::vector<Color> light = surface_->pixels();
  press('D');
  EXPECT_EQ(state().theme, ThemeId::kDark);
  EXPECT_FALSE(same_picture(surface_->pixels(), light));
  press('D');
  EXPECT_TRUE(same_picture(surface_->pixels(), light));

  ASSERT_TRUE(state().column_is_shown);
  press(kKeyTab);
  EXPECT_FALSE(state().column_is_shown);
  frames(3);
  EXPECT_FALSE(state().column_is_shown);
  press(kKeyTab);
  EXPECT_TRUE(state().column_is_shown);
}

TEST_F(LabTest, escape_closes_the_list_of_keys_and_open_lists) {
  INITLAB_START_OR_SKIP(course());
  press(kKeyF1);
  EXPECT_TRUE(state().key_list_shown);
  press(kKeyEscape);
  EXPECT_FALSE(state().key_list_shown);
  press(kKeyQuestion);
  EXPECT_TRUE(state().key_list_shown);
  press(kKeyF1);
  EXPECT_FALSE(state().key_list_shown);

  click(layout().lanes[1].heading.center());
  ASSERT_EQ(state().open_scheme_list, 1u);
  press(kKeyEscape);
  frames(2);
  EXPECT_FALSE(state().open_scheme_list);
  EXPECT_FALSE(open_list());

  const auto activation = in_column("network.activation");
  ASSERT_TRUE(activation);
  click(*activation);
  ASSERT_TRUE(open_list());
  press(kKeyEscape);
  frames(2);
  EXPECT_FALSE(open_list());
}

TEST_F(LabTest, one_click_moves_an_open_list_to_another_lane_or_closes_it) {
  INITLAB_START_OR_SKIP(course());
  click(layout().lanes[0].heading.center());
  ASSERT_EQ(state().open_scheme_list, 0u);
  click(layout().top_bar.center());
  frames(2);
  EXPECT_FALSE(state().open_scheme_list);
  EXPECT_EQ(snapshot()->experiment->lanes, course().lanes);
}

TEST_F(LabTest, ctrl_plus_minus_and_zero_change_the_size_of_everything) {
  INITLAB_START_OR_SKIP(course());
  const std::vector<Color> normal = surface_->pixels();
  for (int i = 0; i < 12; ++i) press(kKeyPlus, true);
  EXPECT_EQ(surface_->answer().zoom, 2.0);
  EXPECT_FALSE(same_picture(surface_->pixels(), normal));
  for (int i = 0; i < 20; ++i) press(kKeyMinus, true);
  EXPECT_EQ(surface_->answer().zoom, 0.75);
  press('0', true);
  EXPECT_EQ(surface_->answer().zoom, 1.0);
  ASSERT_TRUE(obeyed());
  frames(3);
  EXPECT_TRUE(same_picture(surface_->pixels(), normal));
}

TEST_F(LabTest, ctrl_q_asks_to_close_and_f11_for_the_full_screen_once) {
  INITLAB_START_OR_SKIP(course(), 1024, 700);
  GuiInput input;
  input.keys = {{kKeyF11}};
  frame(input);
  EXPECT_TRUE(surface_->answer().toggle_full_screen);
  frames(1);
  EXPECT_FALSE(surface_->answer().toggle_full_screen);
  EXPECT_FALSE(surface_->answer().close);
  press('Q', true);
  EXPECT_TRUE(surface_->answer().close);
}

TEST_F(LabTest, ends_cleanly_while_it_trains) {
  for (int i = 0; i < 5; ++i) {
    INITLAB_START_OR_SKIP(course(), 640, 480);
    lab_->worker().post(command::SetSpeed{std::numeric_limits<double>::infinity()});
    press(kKeySpace);
    if (i % 2 == 0) {
      ASSERT_TRUE(eventually([&] { return snapshot()->step > 50; }));
    }
    lab_.reset();
  }
}

TEST_F(LabTest, tells_whoever_waits_that_there_is_something_new) {
  INITLAB_START_OR_SKIP(course(), 640, 480);
  std::atomic<int> told = 0;
  lab_ = std::make_unique<Lab>(std::make_unique<Comparison>(course()), ThemeId::kLight, 1.0,
                               [&told] { ++told; });
  ASSERT_TRUE(obeyed());
  const int before = told;
  press('S');
  ASSERT_TRUE(obeyed());
  EXPECT_GT(told, before);
  lab_.reset();
}

TEST_F(LabTest, asks_for_frames_only_while_something_is_about_to_change) {
  INITLAB_START_OR_SKIP(course());
  ASSERT_TRUE(obeyed());
  frames(3);
  EXPECT_FALSE(surface_->answer().animate);
  const auto step = in_top_bar("Step");
  ASSERT_TRUE(step);
  frames(1);
  EXPECT_TRUE(surface_->answer().animate);  // its note is about to appear
  frames(60);
  EXPECT_FALSE(surface_->answer().animate);  // and stands there now
}

}  // namespace
}  // namespace initlab
