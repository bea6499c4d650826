// Time goes both ways: whatever step is sought, every run is there with the bits of a fresh one that was
// stopped at it, and memory stays within its bound.
#include <gtest/gtest.h>

#include <algorithm>
#include <cmath>

#include "core/experiment/comparison.h"
#include "core/numeric/random.h"
#include "tests/core/experiment/small_experiments.h"

namespace initlab {
namespace {

using test::bits_of;
using test::diverging_experiment;
using test::lane_of;
using test::small_experiment;
using test::trained_bits;

constexpr SnapshotOptions kSmallView = {.field = {4, 3}, .spectra = false};

// What happened to the course's experiment while it lived.
Experiment eventful_course() {
  Experiment experiment = test::course();
  experiment.events = {{4210, 0, LiveSetting::kLearningRate, 0.02},
                       {.step = 9000, .lane = 3, .value = 0.5, .weight = WeightPlace{2, 3, 1}},
                       {.step = 9000, .lane = 1, .value = -0.25, .weight = WeightPlace{1, 2, 0}}};
  return experiment;
}

// Mini-batches, moments, batch normalization and replicas: all that a step follows from.
Experiment in_batches() {
  Experiment experiment = small_experiment();
  experiment.network.batch_norm = true;
  experiment.training.optimizer = OptimizerId::kAdam;
  experiment.training.batch = 9;
  experiment.training.learning_rate = 0.01;
  experiment.training.steps = 700;
  experiment.lanes[1].replicas = 3;
  experiment.events = {{300, 2, LiveSetting::kL2, 0.1},
                       {.step = 431, .lane = 2, .value = 1.5, .weight = WeightPlace{3, 1, 4}}};
  return experiment;
}

void expect_same_figures(const RunSnapshot& a, const RunSnapshot& b) {
  EXPECT_EQ(a.step, b.step);
  EXPECT_EQ(a.cost, b.cost);
  EXPECT_EQ(a.train_accuracy, b.train_accuracy);
  EXPECT_EQ(a.test_accuracy, b.test_accuracy);
  EXPECT_EQ(a.test_cost, b.test_cost);
  EXPECT_EQ(a.diverged, b.diverged);
  EXPECT_EQ(a.field.logit, b.field.logit);
  EXPECT_EQ(a.verdicts.front().text, b.verdicts.front().text);
}

// Seeks `count` random steps and holds each against another comparison that only ever goes forward.
void expect_exact_seeks(const Experiment& experiment, int count, const ComparisonOptions& options = {}) {
  Comparison comparison(experiment, options);
  comparison.advance(experiment.training.steps);
  NumpyRandom random(7);
  std::vector<std::int64_t> steps = {0, experiment.training.steps};
  for (int i = 0; i < count; ++i) {
    steps.push_back(
        static_cast<std::int64_t>(random.interval(static_cast<std::uint64_t>(experiment.training.steps))));
  }
  std::vector<std::shared_ptr<const Snapshot>> sought;
  std::vector<std::vector<test::Bits>> bits;
  for (const std::int64_t step : steps) {
    comparison.seek(step);
    EXPECT_EQ(comparison.step(), step);
    EXPECT_EQ(comparison.reached(), experiment.training.steps);
    bits.push_back(bits_of(comparison));
    sought.push_back(comparison.snapshot(kSmallView));
  }
  std::vector<std::size_t> order(steps.size());
  for (std::size_t i = 0; i < order.size(); ++i) order[i] = i;
  std::ranges::sort(order, {}, [&](std::size_t i) { return steps[i]; });
  Comparison fresh(experiment, {.threads = 1, .key_frame_bytes = 0});
  for (const std::size_t i : order) {
    fresh.advance(steps[i] - fresh.step());
    EXPECT_EQ(bits[i], bits_of(fresh)) << "step " << steps[i];
    const auto expected = fresh.snapshot(kSmallView);
    for (std::size_t lane = 0; lane < experiment.lanes.size(); ++lane) {
      expect_same_figures(sought[i]->runs[lane], expected->runs[lane]);
      // All that was known is kept; the cost of the last step was looked at by the second seek.
      EXPECT_EQ(sought[i]->runs[lane].history.size(), experiment.training.steps + (i == 0 ? 0 : 1));
      for (std::size_t k = 0; k < expected->runs[lane].replicas.size(); ++k)
        expect_same_figures(sought[i]->runs[lane].replicas[k], expected->runs[lane].replicas[k]);
    }
  }
}

TEST(seek, twenty_random_steps_of_the_course_are_those_of_a_fresh_run_to_the_last_bit) {
  expect_exact_seeks(eventful_course(), 20);
}

TEST(seek, so_are_those_of_mini_batches_with_adam_and_batch_normalization) {
  expect_exact_seeks(in_batches(), 20);
}

TEST(seek, few_frames_or_none_change_the_time_and_no_bit) {
  for (const std::size_t bytes : {0, 4000, 30000}) {
    expect_exact_seeks(in_batches(), 6, {.threads = 2, .key_frame_bytes = static_cast<std::size_t>(bytes)});
  }
}

TEST(seek, playing_on_takes_the_same_path_again) {
  Comparison comparison(in_batches());
  comparison.advance(600);
  const auto bits = bits_of(comparison);
  comparison.seek(137);
  comparison.advance(100);
  EXPECT_EQ(comparison.step(), 237);
  EXPECT_EQ(comparison.reached(), 600);
  EXPECT_EQ(bits_of(comparison), trained_bits(in_batches(), 237));
  comparison.advance(363);
  EXPECT_EQ(bits_of(comparison), bits);
}

TEST(seek, goes_from_0_to_the_furthest_step_and_no_further) {
  Comparison comparison(small_experiment());
  comparison.advance(50);
  comparison.seek(20);
  comparison.seek(5000);
  EXPECT_EQ(comparison.step(), 50);
  comparison.seek(-3);
  EXPECT_EQ(comparison.step(), 0);
  EXPECT_EQ(comparison.snapshot(kSmallView)->reached, 50);
  comparison.rewind();
  EXPECT_EQ(comparison.reached(), 0);
}

TEST(seek, cut_into_pieces_and_overtaken_by_another_it_ends_where_the_last_one_says) {
  Comparison comparison(small_experiment(), {.threads = 2, .key_frame_bytes = 0});
  comparison.advance(500);
  comparison.begin_seek(400);
  EXPECT_TRUE(comparison.seeking());
  EXPECT_EQ(comparison.step(), 400);
  EXPECT_TRUE(comparison.continue_seek(150));
  EXPECT_EQ(comparison.run(0).step(), 150);
  comparison.begin_seek(200);
  int pieces = 0;
  while (comparison.continue_seek(7)) ++pieces;
  EXPECT_EQ(pieces, 7);  // and the one that ends it: 50 steps
  EXPECT_EQ(comparison.step(), 200);
  EXPECT_EQ(bits_of(comparison), trained_bits(small_experiment(), 200));
}

TEST(seek, whoever_advances_finishes_it_first) {
  Comparison comparison(small_experiment(), {.threads = 1, .key_frame_bytes = 0});
  comparison.advance(300);
  comparison.begin_seek(100);
  comparison.advance(5);
  EXPECT_FALSE(comparison.seeking());
  EXPECT_EQ(bits_of(comparison), trained_bits(small_experiment(), 105));
}

TEST(seek, a_change_in_the_past_drops_what_was_known_after_it) {
  Comparison comparison(small_experiment());
  comparison.advance(400);
  comparison.seek(120);
  comparison.set_live(LiveSetting::kLearningRate, 2, 0.3);
  EXPECT_EQ(comparison.reached(), 120);
  const auto snapshot = comparison.snapshot(kSmallView);
  EXPECT_EQ(snapshot->runs[0].history.size(), 400);
  EXPECT_EQ(snapshot->runs[1].history.size(), 121);
  comparison.advance(280);
  EXPECT_EQ(bits_of(comparison), trained_bits(comparison.experiment(), 400));
  comparison.seek(120);
  EXPECT_EQ(bits_of(comparison), trained_bits(comparison.experiment(), 120));
  comparison.seek(250);
  EXPECT_EQ(bits_of(comparison), trained_bits(comparison.experiment(), 250));
}

TEST(seek, what_was_another_network_at_a_step_has_another_revision) {
  Comparison comparison(small_experiment());
  comparison.advance(60);
  const auto before = comparison.snapshot(kSmallView);
  comparison.seek(40);
  comparison.set_live(LiveSetting::kLearningRate, 0, 0.3);
  comparison.advance(20);
  const auto after = comparison.snapshot(kSmallView);
  EXPECT_NE(before->runs[0].revision, after->runs[0].revision);
  EXPECT_NE(before->runs[0].field.logit, after->runs[0].field.logit);
}

TEST(seek, a_lane_that_catches_up_is_never_beyond_the_others) {
  Comparison comparison(small_experiment());
  comparison.advance(300);
  comparison.set_lane(1, lane_of(SchemeId::kXavierNormal, 21), false);
  comparison.catch_up(100);
  comparison.seek(200);
  EXPECT_TRUE(comparison.catching_up());
  EXPECT_EQ(comparison.run(1).step(), 100);
  EXPECT_EQ(comparison.run(0).step(), 200);
  comparison.seek(30);
  EXPECT_FALSE(comparison.catching_up());
  EXPECT_EQ(comparison.run(1).step(), 30);
  EXPECT_EQ(bits_of(comparison), trained_bits(comparison.experiment(), 30));
}

TEST(seek, a_switch_that_is_called_off_after_it_brings_the_lane_back_to_the_step_sought) {
  Comparison comparison(small_experiment());
  comparison.advance(300);
  comparison.set_lane(1, lane_of(SchemeId::kXavierNormal, 21), false);
  comparison.catch_up(10);
  comparison.seek(150);
  comparison.call_off_catch_up();
  comparison.catch_up(1000);
  EXPECT_EQ(bits_of(comparison), trained_bits(small_experiment(), 150));
}

TEST(seek, a_divergence_is_undone_before_its_step_and_there_again_after_it) {
  Comparison comparison(diverging_experiment());
  comparison.advance(200);
  const auto end = comparison.snapshot(kSmallView);
  ASSERT_TRUE(end->runs[0].diverged);
  const std::int64_t step = end->runs[0].diverged->step;
  ASSERT_GT(step, 1);
  comparison.seek(step - 1);
  EXPECT_FALSE(comparison.snapshot(kSmallView)->runs[0].diverged);
  comparison.seek(200);
  EXPECT_EQ(comparison.snapshot(kSmallView)->runs[0].diverged, end->runs[0].diverged);
  EXPECT_EQ(bits_of(comparison), trained_bits(diverging_experiment(), 200));
}

TEST(seek, the_field_of_a_run_that_diverged_is_that_of_its_last_finite_step) {
  for (const bool frames : {true, false}) {
    const std::size_t bytes = frames ? std::size_t{1} << 20 : 0;
    Comparison comparison(diverging_experiment(), {.threads = 2, .key_frame_bytes = bytes});
    for (int i = 0; i < 20; ++i) {
      comparison.advance(10);
      (void)comparison.snapshot(kSmallView);
    }
    const auto end = comparison.snapshot(kSmallView);
    for (std::size_t lane = 0; lane < 3; ++lane) {
      const RunSnapshot& run = end->runs[lane];
      ASSERT_TRUE(run.diverged);
      const Tensor where = run.diverged->where.tensor;
      const bool answers = where == Tensor::kCost || where == Tensor::kDz || where == Tensor::kDw;
      EXPECT_EQ(run.field_step, answers ? run.step : run.step - 1);
      Comparison fresh(diverging_experiment());
      fresh.advance(run.field_step);
      const RunSnapshot expected = fresh.snapshot(kSmallView)->runs[lane];
      EXPECT_EQ(run.field.logit, expected.field.logit);
      for (const float logit : run.field.logit) EXPECT_TRUE(std::isfinite(logit));
      // The rest says where it happened.
      if (where == Tensor::kZ) {
        EXPECT_GT(run.layers[run.diverged->where.layer - 1].z.summary.non_finite, 0);
      }
      EXPECT_EQ(run.history.size(), run.step + 1);
    }
  }
}

std::size_t frame_bytes(const Comparison& comparison) {
  std::size_t bytes = 0;
  for (std::size_t lane = 0; lane < comparison.experiment().lanes.size(); ++lane) {
    for (const auto& run : comparison.runs(lane)) bytes += run->frames().bytes();
  }
  return bytes;
}

TEST(seek, frames_of_all_runs_stay_within_their_bound_and_evenly_spread) {
  constexpr std::size_t kBound = 40000;
  Experiment experiment = in_batches();
  experiment.training.steps = 3000;
  Comparison comparison(experiment, {.threads = 1, .key_frame_bytes = kBound});
  EXPECT_LE(frame_bytes(comparison), kBound);
  comparison.advance(3000);
  EXPECT_LE(frame_bytes(comparison), kBound);
  const KeyFrames& frames = comparison.run(0).frames();
  ASSERT_GE(frames.count(), 2u);
  // Half of what there is room for is always in use, so a way is at most twice as long as it could be.
  const auto count = static_cast<std::int64_t>(frames.count());
  for (std::int64_t step = 0; step <= 2900; step += 100)
    EXPECT_LE(step - frames.latest(step), 2 * 3000 / count + KeyFrames::kSpacing) << step;
  // Lanes that are added share what there is.
  Experiment next = comparison.experiment();
  next.lanes.push_back(lane_of(SchemeId::kOrthogonal, 4));
  next.lanes.push_back(lane_of(SchemeId::kOrthogonal, 5));
  next.lanes.back().name = "another";
  ASSERT_FALSE(comparison.change(next));
  EXPECT_LE(frame_bytes(comparison), kBound);
  comparison.catch_up(1000000);
  comparison.seek(1234);
  EXPECT_EQ(bits_of(comparison), trained_bits(next, 1234));
}

TEST(seek, of_a_lane_that_was_edited_goes_before_and_behind_the_edit) {
  Comparison comparison(small_experiment());
  comparison.advance(77);
  (void)comparison.snapshot(kSmallView);
  const WeightPlace place{2, 3, 1};
  ASSERT_FALSE(comparison.edit_weight(1, place, 2.5));
  EXPECT_EQ(comparison.run(1).network().layers[1].w(2, 0), 2.5);
  const double shown = comparison.snapshot(kSmallView)->runs[1].cost;
  comparison.advance(60);
  EXPECT_EQ(comparison.run(1).history()[77], shown);
  const auto bits = bits_of(comparison);
  EXPECT_EQ(bits, trained_bits(comparison.experiment(), 137));
  EXPECT_NE(bits[1], trained_bits(small_experiment(), 137)[1]);
  EXPECT_EQ(bits[0], trained_bits(small_experiment(), 137)[0]);
  comparison.seek(76);
  EXPECT_EQ(bits_of(comparison), trained_bits(small_experiment(), 76));
  comparison.seek(77);
  EXPECT_EQ(comparison.run(1).network().layers[1].w(2, 0), 2.5);
  comparison.seek(137);
  EXPECT_EQ(bits_of(comparison), bits);
}

TEST(seek, an_edit_at_step_0_is_an_event_that_follows_the_draw) {
  Comparison comparison(small_experiment());
  ASSERT_FALSE(comparison.edit_weight(0, {1, 2, 0}, -3));
  EXPECT_EQ(comparison.experiment().events.size(), 1u);
  EXPECT_EQ(comparison.run(0).network().layers[0].b[1], -3);
  comparison.advance(30);
  comparison.rewind();
  EXPECT_EQ(comparison.run(0).network().layers[0].b[1], -3);
  comparison.advance(30);
  EXPECT_EQ(bits_of(comparison), trained_bits(comparison.experiment(), 30));
}

TEST(seek, edits_of_one_number_replace_each_other_from_their_step_on) {
  Comparison comparison(small_experiment());
  const WeightPlace place{1, 1, 1};
  for (const std::int64_t step : {10, 20, 30}) {
    comparison.advance(step - comparison.step());
    ASSERT_FALSE(comparison.edit_weight(0, place, static_cast<double>(step)));
    ASSERT_FALSE(comparison.edit_weight(0, {1, 1, 2}, 1));
  }
  comparison.advance(20);
  comparison.seek(20);
  ASSERT_FALSE(comparison.edit_weight(0, place, 7));
  std::vector<std::int64_t> steps;
  for (const Event& event : comparison.experiment().events) {
    if (event.weight == place) steps.push_back(event.step);
  }
  EXPECT_EQ(steps, (std::vector<std::int64_t>{10, 20}));
  EXPECT_EQ(comparison.run(0).network().layers[0].w(0, 0), 7);
  comparison.advance(30);
  EXPECT_EQ(bits_of(comparison), trained_bits(comparison.experiment(), 50));
}

TEST(seek, an_edit_of_what_there_is_not_is_refused_and_changes_nothing) {
  Comparison comparison(small_experiment());
  comparison.advance(5);
  const auto message = [&](std::size_t lane, WeightPlace place, double value) {
    const auto error = comparison.edit_weight(lane, place, value);
    return error ? error->message : "";
  };
  EXPECT_EQ(message(0, {4, 1, 1}, 0), "layers.4.weights.1.1: there is no layer 4; allowed: 1 to 3");
  EXPECT_EQ(message(0, {2, 6, 1}, 0), "layers.2.weights.6.1: there is no unit 6 in layer 2; allowed: 1 to 5");
  EXPECT_EQ(message(0, {2, 5, 8}, 0),
            "layers.2.weights.5.8: there is no input 8 in layer 2; allowed: 1 to 7");
  EXPECT_EQ(message(3, {1, 1, 1}, 0), "an edited weight: there is no lane 4; allowed: 1 to 3");
  EXPECT_NE(message(0, {1, 1, 1}, std::nan("")), "");
  EXPECT_EQ(comparison.experiment(), small_experiment());
}

}  // namespace
}  // namespace initlab
