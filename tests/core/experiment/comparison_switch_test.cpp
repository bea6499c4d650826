// What is changed while a comparison lives: a lane's scheme, that catches up or restarts all, and live
// settings, that become events. Every path to a state gives the bits of an experiment that was so from the
// start.
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

Experiment with_lane(Experiment experiment, std::size_t lane, const Lane& changed) {
  experiment.lanes[lane] = changed;
  return experiment;
}

TEST(switching, a_lane_catches_up_to_the_bits_of_one_that_had_the_scheme_from_the_start) {
  const Lane changed = lane_of(SchemeId::kXavierNormal, 21);
  Comparison comparison(small_experiment());
  comparison.advance(100);
  comparison.set_lane(1, changed, false);
  EXPECT_TRUE(comparison.catching_up());
  EXPECT_EQ(comparison.run(1).step(), 0);
  EXPECT_EQ(comparison.run(0).step(), 100);
  comparison.catch_up(30);
  comparison.advance(50);
  EXPECT_EQ(comparison.run(1).step(), 30);
  EXPECT_EQ(comparison.run(2).step(), 150);
  auto snapshot = comparison.snapshot({.field = {4, 3}});
  EXPECT_TRUE(snapshot->runs[1].catching_up);
  EXPECT_FALSE(snapshot->runs[0].catching_up);
  EXPECT_EQ(snapshot->runs[1].step, 30);
  EXPECT_EQ(snapshot->step, 150);
  comparison.catch_up(100000);
  EXPECT_FALSE(comparison.catching_up());
  EXPECT_FALSE(comparison.snapshot({.field = {4, 3}})->runs[1].catching_up);
  EXPECT_EQ(bits_of(comparison), trained_bits(with_lane(small_experiment(), 1, changed), 150));
  comparison.advance(10);
  EXPECT_EQ(bits_of(comparison), trained_bits(with_lane(small_experiment(), 1, changed), 160));
}

TEST(switching, at_step_zero_there_is_nothing_to_catch_up) {
  Comparison comparison(small_experiment());
  comparison.set_lane(0, lane_of(SchemeId::kZeros), false);
  EXPECT_FALSE(comparison.catching_up());
  comparison.advance(20);
  EXPECT_EQ(bits_of(comparison),
            trained_bits(with_lane(small_experiment(), 0, lane_of(SchemeId::kZeros)), 20));
}

TEST(switching, what_was_expected_of_a_lane_does_not_hold_for_another) {
  Experiment experiment = small_experiment();
  experiment.expect = {{experiment.lanes[1].name, "cost", Relation::kLess, 1},
                       {experiment.lanes[0].name, "cost", Relation::kLess, 1}};
  Comparison comparison(experiment);
  comparison.advance(10);
  comparison.set_lane(1, lane_of(SchemeId::kZeros), false);
  EXPECT_EQ(comparison.experiment().expect, std::vector{experiment.expect[1]});
}

TEST(switching, called_off_a_lane_is_what_it_was) {
  Experiment experiment = small_experiment();
  experiment.expect = {{experiment.lanes[2].name, "cost", Relation::kLess, 1}};
  Comparison comparison(experiment);
  comparison.advance(80);
  comparison.set_lane(2, lane_of(SchemeId::kConstant), false);
  comparison.catch_up(10);
  comparison.set_lane(2, lane_of(SchemeId::kHeUniform), false);  // a second switch on the way
  comparison.set_lane(0, lane_of(SchemeId::kZeros), false);
  comparison.catch_up(10);
  comparison.call_off_catch_up();
  EXPECT_FALSE(comparison.catching_up());
  EXPECT_EQ(comparison.experiment(), experiment);
  EXPECT_EQ(bits_of(comparison), trained_bits(experiment, 80));
}

TEST(switching, called_off_after_the_others_went_on_a_lane_makes_up_for_what_it_missed) {
  Comparison comparison(small_experiment());
  comparison.advance(80);
  comparison.set_lane(2, lane_of(SchemeId::kConstant), false);
  comparison.catch_up(10);
  comparison.advance(40);
  comparison.set_live(LiveSetting::kLearningRate, 0, 0.02);
  comparison.advance(40);
  comparison.call_off_catch_up();
  EXPECT_GE(comparison.run(2).step(), 80);
  comparison.catch_up(100000);
  EXPECT_FALSE(comparison.catching_up());
  Experiment expected = small_experiment();
  expected.events = {{120, 0, LiveSetting::kLearningRate, 0.02}};
  EXPECT_EQ(comparison.experiment(), expected);
  EXPECT_EQ(bits_of(comparison), trained_bits(expected, 160));
}

TEST(switching, calling_off_with_nothing_on_the_way_changes_nothing) {
  Comparison comparison(small_experiment());
  comparison.advance(30);
  comparison.call_off_catch_up();
  EXPECT_EQ(comparison.step(), 30);
  EXPECT_EQ(bits_of(comparison), trained_bits(small_experiment(), 30));
}

TEST(switching, restarting_all_goes_back_to_step_zero_with_the_new_lane) {
  const Lane changed = lane_of(SchemeId::kNormal, 4);
  Comparison comparison(small_experiment());
  comparison.advance(60);
  comparison.set_lane(1, changed, true);
  EXPECT_EQ(comparison.step(), 0);
  EXPECT_FALSE(comparison.catching_up());
  comparison.advance(60);
  EXPECT_EQ(bits_of(comparison), trained_bits(with_lane(small_experiment(), 1, changed), 60));
}

TEST(switching, rewinding_while_a_lane_catches_up_keeps_its_new_scheme) {
  const Lane changed = lane_of(SchemeId::kXavierNormal, 21);
  Comparison comparison(small_experiment());
  comparison.advance(60);
  comparison.set_lane(1, changed, false);
  comparison.catch_up(5);
  comparison.rewind();
  EXPECT_FALSE(comparison.catching_up());
  comparison.call_off_catch_up();
  comparison.advance(60);
  EXPECT_EQ(bits_of(comparison), trained_bits(with_lane(small_experiment(), 1, changed), 60));
}

TEST(switching, a_lane_that_diverges_on_its_way_no_longer_catches_up) {
  Experiment experiment = small_experiment();
  experiment.network.output = OutputId::kLinear;
  experiment.training.loss = LossId::kMeanSquaredError;
  experiment.training.learning_rate = 0.01;
  Comparison comparison(experiment);
  comparison.advance(100);
  Lane wild = lane_of(SchemeId::kNormal);
  wild.parameters.std = 1e200;
  comparison.set_lane(1, wild, false);
  comparison.catch_up(100);
  EXPECT_FALSE(comparison.catching_up());
  EXPECT_TRUE(comparison.run(1).diverged());
  EXPECT_FALSE(comparison.run(0).diverged());
}

TEST(live_settings, a_change_is_an_event_and_replays_exactly) {
  Comparison comparison(small_experiment());
  comparison.advance(40);
  comparison.set_live(LiveSetting::kLearningRate, 0, 0.5);
  comparison.advance(40);
  comparison.set_live(LiveSetting::kL2, 2, 0.1);
  comparison.set_live(LiveSetting::kL1, 0, 0.01);
  comparison.advance(40);
  const std::vector<Event> expected = {{40, 0, LiveSetting::kLearningRate, 0.5},
                                       {80, 2, LiveSetting::kL2, 0.1},
                                       {80, 0, LiveSetting::kL1, 0.01}};
  EXPECT_EQ(comparison.experiment().events, expected);
  const auto first = bits_of(comparison);
  EXPECT_NE(first, trained_bits(small_experiment(), 120));
  comparison.rewind();
  comparison.advance(120);
  EXPECT_EQ(bits_of(comparison), first);
  EXPECT_EQ(trained_bits(comparison.experiment(), 120), first);
}

TEST(live_settings, measuring_before_and_after_a_change_does_not_change_the_replay) {
  Comparison comparison(small_experiment());
  comparison.advance(40);
  (void)comparison.snapshot({.field = {4, 3}});
  comparison.set_live(LiveSetting::kL2, 0, 0.3);
  const double penalized = comparison.snapshot({.field = {4, 3}})->runs[0].cost;
  comparison.advance(40);
  EXPECT_EQ(comparison.run(0).history()[40], penalized);
  EXPECT_EQ(bits_of(comparison), trained_bits(comparison.experiment(), 80));
}

TEST(live_settings, a_change_for_one_lane_leaves_the_others_alone) {
  Comparison comparison(small_experiment());
  comparison.advance(30);
  comparison.set_live(LiveSetting::kLearningRate, 2, 0.7);
  comparison.advance(30);
  const auto bits = bits_of(comparison);
  const auto untouched = trained_bits(small_experiment(), 60);
  EXPECT_EQ(bits[0], untouched[0]);
  EXPECT_NE(bits[1], untouched[1]);
  EXPECT_EQ(bits[2], untouched[2]);
}

TEST(live_settings, a_changed_past_has_another_future) {
  Experiment experiment = small_experiment();
  experiment.events = {{10, 0, LiveSetting::kLearningRate, 0.2},
                       {50, 0, LiveSetting::kLearningRate, 0.3},
                       {50, 0, LiveSetting::kL2, 0.1},
                       {60, 3, LiveSetting::kLearningRate, 0.4}};
  Comparison comparison(experiment);
  comparison.advance(30);
  comparison.set_live(LiveSetting::kLearningRate, 0, 0.25);
  const std::vector<Event> expected = {{10, 0, LiveSetting::kLearningRate, 0.2},
                                       {30, 0, LiveSetting::kLearningRate, 0.25},
                                       {50, 0, LiveSetting::kL2, 0.1}};
  EXPECT_EQ(comparison.experiment().events, expected);
  comparison.advance(70);
  EXPECT_EQ(bits_of(comparison), trained_bits(comparison.experiment(), 100));
}

TEST(live_settings, a_lanes_changed_past_drops_that_lanes_later_events_only) {
  Experiment experiment = small_experiment();
  experiment.events = {{50, 0, LiveSetting::kLearningRate, 0.3},
                       {60, 1, LiveSetting::kLearningRate, 0.4},
                       {70, 2, LiveSetting::kLearningRate, 0.5}};
  Comparison comparison(experiment);
  comparison.advance(30);
  comparison.set_live(LiveSetting::kLearningRate, 2, 0.25);
  const std::vector<Event> expected = {{30, 2, LiveSetting::kLearningRate, 0.25},
                                       {50, 0, LiveSetting::kLearningRate, 0.3},
                                       {60, 1, LiveSetting::kLearningRate, 0.4}};
  EXPECT_EQ(comparison.experiment().events, expected);
}

TEST(live_settings, turning_a_knob_twice_at_one_step_leaves_one_event) {
  Comparison comparison(small_experiment());
  comparison.advance(5);
  for (const double rate : {0.2, 0.3, 0.4}) comparison.set_live(LiveSetting::kLearningRate, 0, rate);
  ASSERT_EQ(comparison.experiment().events.size(), 1u);
  EXPECT_EQ(comparison.experiment().events[0].value, 0.4);
}

TEST(live_settings, before_the_first_step_a_change_for_all_is_the_experiments_own_setting) {
  Comparison comparison(small_experiment());
  comparison.set_live(LiveSetting::kLearningRate, 0, 0.03);
  comparison.set_live(LiveSetting::kL1, 0, 0.001);
  comparison.set_live(LiveSetting::kL2, 0, 0.002);
  Experiment expected = small_experiment();
  expected.training.learning_rate = 0.03;
  expected.training.l1 = 0.001;
  expected.training.l2 = 0.002;
  EXPECT_EQ(comparison.experiment(), expected);
  comparison.set_live(LiveSetting::kL2, 3, 0.5);
  expected.events = {{0, 3, LiveSetting::kL2, 0.5}};
  EXPECT_EQ(comparison.experiment(), expected);
  comparison.advance(40);
  EXPECT_EQ(bits_of(comparison), trained_bits(expected, 40));
}

TEST(live_settings, a_lane_that_catches_up_meets_every_event_at_its_step) {
  const Lane changed = lane_of(SchemeId::kXavierNormal, 21);
  Comparison comparison(small_experiment());
  comparison.advance(40);
  comparison.set_live(LiveSetting::kLearningRate, 0, 0.5);
  comparison.advance(40);
  comparison.set_lane(0, changed, false);
  comparison.set_live(LiveSetting::kL2, 1, 0.2);
  comparison.advance(20);
  comparison.catch_up(1000);
  EXPECT_EQ(comparison.experiment().lanes[0], changed);
  EXPECT_EQ(bits_of(comparison), trained_bits(comparison.experiment(), 100));
}

}  // namespace
}  // namespace initlab
