#include "core/experiment/key_frames.h"

#include <gtest/gtest.h>

#include "core/experiment/comparison.h"
#include "tests/core/experiment/small_experiments.h"

namespace initlab {
namespace {

struct State {
  Network network;
  OptimizerState optimizer;
};

// A small network with moments and a normalized layer, all of whose numbers say at which step it is.
State state_at(std::int64_t step) {
  Experiment experiment = test::small_experiment();
  experiment.network.batch_norm = true;
  State state;
  state.network = make_network(network_plan(experiment, experiment.lanes[0], *shape_of(experiment.data)));
  state.optimizer = initial_state(OptimizerId::kAdam, state.network);
  const auto value = static_cast<double>(step);
  for (Layer& layer : state.network.layers) {
    layer.w(0, 1) = value;
    layer.b.back() = 2 * value;
    if (layer.norm) layer.norm->running_variance[2] = 3 * value;
  }
  state.optimizer.second[1].gamma[1] = 4 * value;
  state.optimizer.first[0].w(1, 0) = 5 * value;
  state.optimizer.steps = step;
  state.optimizer.beta2_power = 1 / (1 + value);
  return state;
}

void expect_restored(const KeyFrames& frames, std::int64_t step) {
  State state = state_at(0);
  frames.restore(step, state.network, state.optimizer);
  const State expected = state_at(step);
  EXPECT_EQ(state.network, expected.network);
  EXPECT_EQ(state.optimizer.steps, step);
  EXPECT_EQ(state.optimizer.beta2_power, expected.optimizer.beta2_power);
  EXPECT_EQ(state.optimizer.first[0].w, expected.optimizer.first[0].w);
  EXPECT_EQ(state.optimizer.second[1].gamma, expected.optimizer.second[1].gamma);
}

KeyFrames frames_with_room_for(std::size_t count) {
  const State state = state_at(0);
  const std::size_t one =
      KeyFrames(std::size_t{1} << 24, state.network, state.optimizer).bytes() / KeyFrames::kMostFrames;
  return KeyFrames(count * one, state.network, state.optimizer);
}

void keep_all(KeyFrames& frames, std::int64_t first, std::int64_t last) {
  for (std::int64_t step = first; step <= last; ++step) {
    const State state = state_at(step);
    frames.keep(step, state.network, state.optimizer);
  }
}

TEST(key_frames, give_back_every_number_of_the_steps_that_they_keep) {
  KeyFrames frames = frames_with_room_for(10);
  keep_all(frames, 0, 70);
  EXPECT_EQ(frames.count(), 5u);
  for (const std::int64_t step : {0, 16, 32, 48, 64}) expect_restored(frames, step);
  EXPECT_EQ(frames.latest(70), 64);
  EXPECT_EQ(frames.latest(63), 48);
  EXPECT_EQ(frames.latest(0), 0);
}

TEST(key_frames, double_their_spacing_when_there_is_no_more_room) {
  KeyFrames frames = frames_with_room_for(4);
  const std::size_t bytes = frames.bytes();
  keep_all(frames, 0, 1000);
  EXPECT_EQ(frames.bytes(), bytes);
  EXPECT_EQ(frames.count(), 4u);
  for (const std::int64_t step : {0, 256, 512, 768}) expect_restored(frames, step);
  EXPECT_EQ(frames.latest(991), 768);
  // The latest steps are always near.
  EXPECT_EQ(frames.latest(1000), 992);
  expect_restored(frames, 992);
}

TEST(key_frames, of_one_or_of_none_keep_the_latest_steps_all_the_same) {
  for (const std::size_t room : {0u, 1u}) {
    KeyFrames frames = frames_with_room_for(room);
    keep_all(frames, 0, 200);
    EXPECT_EQ(frames.count(), room);
    EXPECT_EQ(frames.latest(200), 192);
    EXPECT_EQ(frames.latest(100), room == 1 ? 0 : -1);
  }
}

TEST(key_frames, forget_what_is_changed_and_take_it_up_again) {
  KeyFrames frames = frames_with_room_for(8);
  keep_all(frames, 0, 100);
  frames.drop_from(48);
  EXPECT_EQ(frames.latest(100), 32);
  keep_all(frames, 40, 100);
  EXPECT_EQ(frames.latest(70), 64);
  frames.clear();
  EXPECT_EQ(frames.latest(100), -1);
}

TEST(key_frames, thin_out_to_a_lower_bound_and_lose_nothing_else) {
  KeyFrames frames = frames_with_room_for(12);
  keep_all(frames, 0, 180);
  EXPECT_EQ(frames.count(), 12u);
  frames.set_bytes(frames.bytes() / 4);
  EXPECT_EQ(frames.count(), 3u);
  for (const std::int64_t step : {0, 64, 128, 176}) expect_restored(frames, step);
  keep_all(frames, 181, 300);
  EXPECT_EQ(frames.latest(255), 128);
  EXPECT_EQ(frames.latest(300), 288);
}

TEST(key_frames, that_were_never_given_room_keep_nothing) {
  KeyFrames frames;
  keep_all(frames, 0, 50);
  EXPECT_TRUE(frames.is_off());
  EXPECT_EQ(frames.latest(50), -1);
}

}  // namespace
}  // namespace initlab
