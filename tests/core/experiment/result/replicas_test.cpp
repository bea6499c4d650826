// Replicas: the same lane from several seeds, their bands, and medians in expectations.
#include <gtest/gtest.h>

#include <cmath>
#include <limits>
#include <nlohmann/json.hpp>

#include "core/experiment/comparison.h"
#include "core/experiment/result/replica_band.h"
#include "core/experiment/result/result_json.h"
#include "tests/core/experiment/small_experiments.h"

namespace initlab {
namespace {

using Json = nlohmann::json;

constexpr std::int64_t kSteps = 30;

// One He lane with `replicas` seeds from 3 on.
Experiment with_replicas(std::int64_t replicas) {
  Experiment experiment = test::small_experiment();
  experiment.lanes.resize(1);
  experiment.lanes[0].replicas = replicas;
  experiment.training.steps = kSteps;
  return experiment;
}

TEST(replicas, are_the_runs_that_their_seeds_alone_would_make) {
  Comparison together(with_replicas(4), {.threads = 2});
  together.advance(kSteps);
  ASSERT_EQ(together.runs(0).size(), 4);
  for (std::int64_t replica = 0; replica < 4; ++replica) {
    Experiment alone = with_replicas(1);
    alone.lanes[0].seed += replica;
    Comparison comparison(alone, {.threads = 1});
    comparison.advance(kSteps);
    const initlab::Run& run = *together.runs(0)[static_cast<std::size_t>(replica)];
    EXPECT_EQ(run.network(), comparison.run(0).network());
    EXPECT_EQ(run.seed(), alone.lanes[0].seed);
  }
}

TEST(replicas, a_band_is_numpys_percentiles_and_nan_is_larger_than_all) {
  const Band band = band_of({4, 1, 3, 2});
  EXPECT_EQ(band.minimum, 1);
  EXPECT_DOUBLE_EQ(band.lower_quartile, 1.75);
  EXPECT_DOUBLE_EQ(band.median, 2.5);
  EXPECT_DOUBLE_EQ(band.upper_quartile, 3.25);
  EXPECT_EQ(band.maximum, 4);
  const Band broken = band_of({1, NAN, 2});
  EXPECT_EQ(broken.median, 2);
  EXPECT_TRUE(std::isinf(broken.maximum));
  const Band both = band_of({INFINITY, INFINITY});
  EXPECT_TRUE(std::isinf(both.lower_quartile) && both.lower_quartile > 0);
  EXPECT_EQ(band_of({5}).upper_quartile, 5);
}

TEST(replicas, the_result_has_their_bands_and_verdicts) {
  Comparison comparison(with_replicas(5));
  comparison.advance(kSteps);
  const auto snapshot = comparison.snapshot({.field = {1, 1}});
  const Json lane = Json::parse(result_to_json(*snapshot, {.every = 10}, ""))["lanes"][0];
  const Json& replicas = lane.at("replicas");
  EXPECT_EQ(replicas.at("count"), 5);
  ASSERT_EQ(replicas.at("cost").size(), 4);  // steps 0, 10, 20, 30
  std::vector<double> costs;
  for (const auto& run : comparison.runs(0)) costs.push_back(run->history()[10]);
  std::sort(costs.begin(), costs.end());
  EXPECT_EQ(replicas.at("cost")[1], Json({10, costs[0], costs[1], costs[2], costs[3], costs[4]}));
  std::size_t counted = 0;
  for (const Json& verdict : replicas.at("verdicts")) counted += verdict.at("count").get<std::size_t>();
  EXPECT_EQ(counted, 5);
  // A lane of one seed has none.
  Comparison single(with_replicas(1));
  EXPECT_FALSE(Json::parse(result_to_json(*single.snapshot({.field = {1, 1}}), {}, ""))["lanes"][0].contains(
      "replicas"));
}

TEST(replicas, expectations_are_held_against_the_median) {
  Experiment experiment = with_replicas(3);
  Comparison comparison(experiment);
  comparison.advance(kSteps);
  std::vector<double> costs;
  for (const auto& run : comparison.runs(0)) costs.push_back(run->history()[kSteps - 1]);
  std::sort(costs.begin(), costs.end());
  const auto failures = [&](Relation relation, double value, const std::string& quantity) {
    Experiment next = experiment;
    next.expect = {{next.lanes[0].name, quantity, relation, value}};
    Comparison again(next);
    again.advance(kSteps);
    return failed_expectations(*again.snapshot({.field = {1, 1}}));
  };
  const auto snapshot = comparison.snapshot({.field = {1, 1}});
  const double median = summarize_replicas(snapshot->runs[0]).cost.median;
  EXPECT_TRUE(failures(Relation::kEqual, median, "cost").empty());
  const auto said = failures(Relation::kLess, median / 2, "cost");
  ASSERT_EQ(said.size(), 1);
  EXPECT_NE(said[0].find("median of 3 seeds"), std::string::npos) << said[0];
  EXPECT_TRUE(failures(Relation::kEqual, 3, "replicas.count").empty());
  EXPECT_TRUE(failures(Relation::kEqual, 0, "replicas.diverged").empty());
}

TEST(replicas, those_that_diverge_are_counted_and_cost_infinity) {
  Experiment experiment = test::diverging_experiment();
  for (Lane& lane : experiment.lanes) lane.replicas = 3;
  Comparison comparison(experiment);
  comparison.advance(experiment.training.steps);
  const auto snapshot = comparison.snapshot({.field = {1, 1}});
  std::size_t diverged = 0;
  for (const RunSnapshot& run : snapshot->runs) {
    const ReplicaSummary summary = summarize_replicas(run);
    diverged += summary.diverged;
    if (summary.diverged < summary.runs) continue;
    EXPECT_TRUE(std::isinf(summary.cost.minimum));
  }
  EXPECT_GT(diverged, 0);
}

TEST(replicas, that_are_only_told_something_count_as_healthy) {
  RunSnapshot run;
  run.verdicts = {{VerdictKind::kTooLarge, 0, "Began too large and recovered.", "", true}};
  run.replicas.push_back(run);
  run.replicas.back().verdicts = {{VerdictKind::kTooLarge, 0, "Too large.", "", false}};
  const ReplicaSummary summary = summarize_replicas(run);
  ASSERT_EQ(summary.verdicts.size(), 2);
  EXPECT_EQ(summary.verdicts[0].kind, VerdictKind::kHealthy);
  EXPECT_EQ(summary.verdicts[1].kind, VerdictKind::kTooLarge);
}

TEST(replicas, catch_up_together_after_a_switch) {
  Comparison comparison(with_replicas(3));
  comparison.advance(20);
  Lane changed = comparison.experiment().lanes[0];
  changed.scheme = SchemeId::kXavierNormal;
  EXPECT_FALSE(comparison.set_lane(0, changed, false));
  EXPECT_TRUE(comparison.catching_up());
  comparison.catch_up(15);
  for (const auto& run : comparison.runs(0)) EXPECT_EQ(run->step(), 15);
  comparison.catch_up(15);
  EXPECT_FALSE(comparison.catching_up());
  for (const auto& run : comparison.runs(0)) EXPECT_EQ(run->step(), 20);
  comparison.advance(5);
  Experiment fresh = with_replicas(3);
  fresh.lanes[0].scheme = SchemeId::kXavierNormal;
  Comparison beside(fresh);
  beside.advance(25);
  for (std::size_t i = 0; i < 3; ++i)
    EXPECT_EQ(comparison.runs(0)[i]->network(), beside.runs(0)[i]->network());
}

TEST(replicas, come_back_when_catching_up_is_called_off) {
  Comparison comparison(with_replicas(2));
  comparison.advance(10);
  const Network second = comparison.runs(0)[1]->network();
  Lane changed = comparison.experiment().lanes[0];
  changed.replicas = 5;
  changed.scheme = SchemeId::kZeros;
  EXPECT_FALSE(comparison.set_lane(0, changed, false));
  EXPECT_EQ(comparison.runs(0).size(), 5);
  comparison.call_off_catch_up();
  ASSERT_EQ(comparison.runs(0).size(), 2);
  EXPECT_EQ(comparison.runs(0)[1]->network(), second);
  comparison.advance(1);
  EXPECT_EQ(comparison.runs(0)[1]->step(), 11);
}

}  // namespace
}  // namespace initlab
