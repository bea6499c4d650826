// A comparison that becomes another's keeps what it can, and whatever it keeps has the bits of an experiment
// that was so from the start.
#include <gtest/gtest.h>

#include <algorithm>

#include "core/experiment/comparison.h"
#include "tests/core/experiment/small_experiments.h"

namespace initlab {
namespace {

using test::bits_of;
using test::lane_of;
using test::small_experiment;
using test::trained_bits;

Lane another_lane() {
  return lane_of(SchemeId::kOrthogonal, 11);
}

// Lets whoever lags catch up and holds all against a fresh run.
void expect_level(Comparison& comparison, std::int64_t step) {
  comparison.catch_up(100000);
  EXPECT_FALSE(comparison.catching_up());
  EXPECT_EQ(comparison.step(), step);
  EXPECT_EQ(bits_of(comparison), trained_bits(comparison.experiment(), step));
}

TEST(change, a_lane_that_is_added_catches_up_while_the_others_go_on) {
  Comparison comparison(small_experiment());
  comparison.advance(100);
  const initlab::Run* first = &comparison.run(0);
  Experiment next = small_experiment();
  next.lanes.insert(next.lanes.begin(), another_lane());
  ASSERT_FALSE(comparison.change(next));
  EXPECT_EQ(comparison.experiment(), next);
  EXPECT_EQ(&comparison.run(1), first);
  EXPECT_EQ(comparison.run(0).step(), 0);
  EXPECT_TRUE(comparison.catching_up());
  EXPECT_EQ(comparison.snapshot({.field = {4, 3}})->runs.size(), 4u);
  comparison.advance(20);
  expect_level(comparison, 120);
}

TEST(change, a_lane_that_is_removed_leaves_the_others_where_they_are) {
  Comparison comparison(small_experiment());
  comparison.advance(100);
  const initlab::Run* last = &comparison.run(2);
  Experiment next = small_experiment();
  next.lanes.erase(next.lanes.begin());
  ASSERT_FALSE(comparison.change(next));
  EXPECT_EQ(&comparison.run(1), last);
  EXPECT_FALSE(comparison.catching_up());
  EXPECT_EQ(comparison.snapshot({.field = {4, 3}})->runs[1].lane, next.lanes[1]);
  expect_level(comparison, 100);
}

TEST(change, lanes_that_are_moved_take_their_runs_and_their_events_along) {
  Experiment experiment = small_experiment();
  experiment.events = {{40, 3, LiveSetting::kLearningRate, 0.3}};
  Comparison comparison(experiment);
  comparison.advance(100);
  Experiment next = experiment;
  std::ranges::rotate(next.lanes, next.lanes.begin() + 2);
  next.events[0].lane = 1;
  ASSERT_FALSE(comparison.change(next));
  EXPECT_FALSE(comparison.catching_up());
  expect_level(comparison, 100);
  comparison.seek(50);
  EXPECT_EQ(bits_of(comparison), trained_bits(next, 50));
}

TEST(change, lanes_that_are_moved_without_their_events_go_back_to_where_those_were) {
  Experiment experiment = small_experiment();
  experiment.events = {{40, 3, LiveSetting::kLearningRate, 0.3}};
  Comparison comparison(experiment);
  comparison.advance(100);
  Experiment next = experiment;
  std::swap(next.lanes[1], next.lanes[2]);
  ASSERT_FALSE(comparison.change(next));
  EXPECT_EQ(comparison.run(0).step(), 100);
  EXPECT_LE(comparison.run(1).step(), 40);
  EXPECT_LE(comparison.run(2).step(), 40);
  expect_level(comparison, 100);
}

TEST(change, a_lane_with_another_name_is_the_same_lane) {
  Comparison comparison(small_experiment());
  comparison.advance(60);
  const initlab::Run* run = &comparison.run(1);
  Experiment next = small_experiment();
  next.lanes[1].name = "my own";
  ASSERT_FALSE(comparison.change(next));
  EXPECT_EQ(&comparison.run(1), run);
  EXPECT_EQ(comparison.snapshot({.field = {4, 3}})->runs[1].lane.name, "my own");
  Lane renamed = next.lanes[1];
  renamed.name = "again";
  ASSERT_FALSE(comparison.set_lane(1, renamed, false));
  EXPECT_EQ(&comparison.run(1), run);
  expect_level(comparison, 60);
}

TEST(change, a_learning_rate_that_is_undone_in_the_past_is_replayed_to_the_present) {
  Comparison comparison(small_experiment());
  comparison.advance(50);
  comparison.set_live(LiveSetting::kLearningRate, 2, 0.4);
  comparison.advance(50);
  comparison.seek(80);
  ASSERT_FALSE(comparison.change(small_experiment()));
  EXPECT_EQ(comparison.step(), 80);
  EXPECT_EQ(comparison.reached(), 80);
  EXPECT_EQ(comparison.run(0).step(), 80);
  EXPECT_LE(comparison.run(1).step(), 50);
  EXPECT_TRUE(comparison.snapshot({.field = {4, 3}})->runs[1].catching_up);
  expect_level(comparison, 80);
  EXPECT_EQ(bits_of(comparison), trained_bits(small_experiment(), 80));
}

TEST(change, an_edit_is_undone_and_done_again) {
  for (const std::int64_t step : {0, 48, 50}) {  // at the draw, at a key frame, between two
    Comparison comparison(small_experiment());
    comparison.advance(step);
    ASSERT_FALSE(comparison.edit_weight(0, {2, 1, 1}, 4));
    const Experiment edited = comparison.experiment();
    ASSERT_FALSE(comparison.change(small_experiment()));
    expect_level(comparison, step);
    comparison.advance(30);
    ASSERT_FALSE(comparison.change(edited));
    expect_level(comparison, step + 30);
    EXPECT_EQ(comparison.run(1).step(), step + 30);
  }
}

TEST(change, a_setting_of_the_whole_training_goes_back_to_its_beginning_and_keeps_the_step) {
  Comparison comparison(small_experiment());
  comparison.advance(70);
  Experiment next = small_experiment();
  next.training.learning_rate = 0.2;
  ASSERT_FALSE(comparison.change(next));
  EXPECT_EQ(comparison.step(), 70);
  EXPECT_EQ(comparison.run(0).step(), 0);
  expect_level(comparison, 70);
}

TEST(change, other_data_or_another_network_begin_again) {
  for (const bool network : {true, false}) {
    Comparison comparison(small_experiment());
    comparison.advance(30);
    Experiment next = small_experiment();
    if (network) {
      next.network.hidden = {4};
    } else {
      next.data.noise = 0.2;
    }
    ASSERT_FALSE(comparison.change(next));
    EXPECT_EQ(comparison.step(), 0);
    comparison.advance(30);
    EXPECT_EQ(bits_of(comparison), trained_bits(next, 30));
  }
}

TEST(change, restarting_all_begins_again_with_what_was_asked_for) {
  Comparison comparison(small_experiment());
  comparison.advance(30);
  Experiment next = small_experiment();
  next.lanes.push_back(another_lane());
  ASSERT_FALSE(comparison.change(next, true));
  EXPECT_EQ(comparison.step(), 0);
  EXPECT_FALSE(comparison.catching_up());
  EXPECT_EQ(comparison.experiment(), next);
}

TEST(change, an_equal_experiment_changes_nothing) {
  Comparison comparison(small_experiment());
  comparison.advance(50);
  comparison.seek(30);
  const auto before = comparison.snapshot({.field = {4, 3}});
  ASSERT_FALSE(comparison.change(small_experiment()));
  EXPECT_EQ(comparison.reached(), 50);
  EXPECT_EQ(comparison.snapshot({.field = {4, 3}})->runs[0].revision, before->runs[0].revision);
}

TEST(change, a_switch_that_is_undone_on_its_way_finds_the_runs_that_were_set_aside) {
  Comparison comparison(small_experiment());
  comparison.advance(90);
  const initlab::Run* before = &comparison.run(1);
  Experiment next = small_experiment();
  next.lanes[1] = another_lane();
  ASSERT_FALSE(comparison.change(next));
  comparison.catch_up(10);
  comparison.advance(10);
  ASSERT_FALSE(comparison.change(small_experiment()));
  EXPECT_EQ(&comparison.run(1), before);
  expect_level(comparison, 100);
}

TEST(change, a_switched_lane_that_is_moved_can_still_be_called_off) {
  Comparison comparison(small_experiment());
  comparison.advance(90);
  comparison.set_lane(1, another_lane(), false);
  comparison.catch_up(10);
  Experiment next = comparison.experiment();
  std::ranges::reverse(next.lanes);
  next.lanes.push_back(next.lanes[0]);
  next.lanes.erase(next.lanes.begin());
  ASSERT_FALSE(comparison.change(next));
  EXPECT_EQ(comparison.run(0).step(), 10);
  comparison.call_off_catch_up();
  EXPECT_EQ(comparison.experiment().lanes[0], small_experiment().lanes[1]);
  EXPECT_EQ(comparison.run(0).step(), 90);
  expect_level(comparison, 90);
}

TEST(change, several_things_at_once_end_as_if_they_had_always_been_so) {
  Comparison comparison(small_experiment());
  comparison.advance(40);
  comparison.set_live(LiveSetting::kL2, 1, 0.1);
  ASSERT_FALSE(comparison.edit_weight(2, {1, 1, 1}, 1));
  comparison.advance(60);
  Experiment next = comparison.experiment();
  std::swap(next.lanes[0], next.lanes[2]);
  next.lanes.insert(next.lanes.begin() + 1, another_lane());
  next.lanes[3].name = "first";
  next.training.l1 = 0;
  next.training.steps = 2000;
  next.events = {{30, 0, LiveSetting::kLearningRate, 0.05},
                 {.step = 70, .lane = 2, .value = -1, .weight = WeightPlace{2, 2, 0}}};
  ASSERT_FALSE(comparison.change(next));
  comparison.advance(50);
  expect_level(comparison, 150);
  EXPECT_EQ(comparison.experiment(), next);
}

TEST(change, weights_that_cannot_be_had_or_edited_leave_all_as_it_was) {
  Comparison comparison(small_experiment());
  comparison.advance(10);
  Experiment next = small_experiment();
  next.lanes[0].scheme = SchemeId::kFromFile;
  next.lanes[0].parameters.path = "there-is-no-such.npz";
  EXPECT_TRUE(comparison.change(next));
  next = small_experiment();
  next.events = {{.step = 3, .lane = 1, .value = 1, .weight = WeightPlace{9, 1, 1}}};
  EXPECT_TRUE(comparison.change(next));
  EXPECT_EQ(comparison.experiment(), small_experiment());
  EXPECT_EQ(bits_of(comparison), trained_bits(small_experiment(), 10));
}

}  // namespace
}  // namespace initlab
