// The result as JSON: the shape that is documented, and expectations that follow paths into it.
#include "core/experiment/result/result_json.h"

#include <gtest/gtest.h>

#include <cmath>
#include <nlohmann/json.hpp>
#include <set>
#include <string>
#include <vector>

#include "tests/core/experiment/small_experiments.h"

namespace initlab {
namespace {

using test::diverging_experiment;
using test::lane_of;
using test::small_experiment;
using Json = nlohmann::json;

std::shared_ptr<const Snapshot> trained(const Experiment& experiment, std::int64_t steps) {
  Comparison comparison(experiment);
  comparison.advance(steps);
  return comparison.snapshot({.field = {2, 2}});
}

Json result_of(const Experiment& experiment, std::int64_t steps, std::int64_t every) {
  return Json::parse(result_to_json(*trained(experiment, steps), {.every = every}, "0123456789abcdef"));
}

std::set<std::string> keys_of(const Json& object) {
  std::set<std::string> keys;
  for (const auto& [key, value] : object.items()) keys.insert(key);
  return keys;
}

std::vector<std::int64_t> steps_of(const Json& costs) {
  std::vector<std::int64_t> steps;
  for (const Json& pair : costs) {
    EXPECT_EQ(pair.size(), 2u);
    steps.push_back(pair[0].get<std::int64_t>());
  }
  return steps;
}

TEST(result_json, has_the_documented_shape) {
  const Json result = result_of(small_experiment(), 30, 10);
  EXPECT_EQ(keys_of(result), (std::set<std::string>{"initlab", "experiment", "fingerprint", "lanes"}));
  EXPECT_EQ(result["initlab"], 1);
  EXPECT_EQ(result["experiment"], "small");
  EXPECT_EQ(result["fingerprint"], "0123456789abcdef");
  ASSERT_EQ(result["lanes"].size(), 3u);
  const Json& lane = result["lanes"][1];
  EXPECT_EQ(keys_of(lane), (std::set<std::string>{"name", "scheme", "seed", "steps", "status", "cost",
                                                  "train_accuracy", "test_accuracy", "test_cost",
                                                  "gradient_ratio", "signal_ratio", "verdicts", "layers"}));
  EXPECT_EQ(lane["scheme"], "xavier_uniform");
  EXPECT_EQ(lane["seed"], 5);
  EXPECT_EQ(lane["steps"], 30);
  EXPECT_EQ(lane["status"], "ok");
  for (const Json& verdict : lane["verdicts"])
    EXPECT_EQ(keys_of(verdict),
              (std::set<std::string>{"kind", "layer", "text", "advice", "threshold", "source"}));
  ASSERT_EQ(lane["layers"].size(), 3u);
  for (const Json& layer : lane["layers"]) {
    EXPECT_EQ(keys_of(layer),
              (std::set<std::string>{"layer", "units", "distinct_units", "dead", "saturated", "weights", "z",
                                     "a", "dz", "dw", "weight_norm", "gradient_norm", "largest_group",
                                     "distinct_gradients", "distinct_activations", "near_copies",
                                     "correlation", "effective_rank"}));
    for (const char* tensor : {"weights", "z", "a", "dz", "dw"})
      EXPECT_EQ(keys_of(layer[tensor]), (std::set<std::string>{"mean", "std", "min", "max", "non_finite"}));
  }
}

TEST(result_json, has_what_theory_predicts_beside_each_layer_when_asked) {
  const auto snapshot = trained(small_experiment(), 0);
  const Json result = Json::parse(result_to_json(*snapshot, {.every = 10, .predicted = true}, ""));
  const Json& lane = result["lanes"][0];
  for (std::size_t l = 0; l < lane["layers"].size(); ++l) {
    const Json& predicted = lane["layers"][l].at("predicted");
    EXPECT_EQ(predicted.at("z"), *snapshot->runs[0].theory->layers[l].z_std);
    EXPECT_EQ(predicted.at("dz"), *snapshot->runs[0].theory->layers[l].d_z_std);
    EXPECT_GT(predicted.at("z").get<double>(), 0);
  }
  EXPECT_EQ(lane.at("theory").at("phase"), phase_name(snapshot->runs[0].theory->stack->phase));
}

TEST(result_json, has_the_numbers_of_the_snapshot) {
  const auto snapshot = trained(small_experiment(), 30);
  const Json result = Json::parse(result_to_json(*snapshot, {.every = 10}, ""));
  for (std::size_t l = 0; l < 3; ++l) {
    const RunSnapshot& run = snapshot->runs[l];
    const Json& lane = result["lanes"][l];
    EXPECT_EQ(lane["train_accuracy"].get<double>(), *run.train_accuracy);
    EXPECT_EQ(lane["test_accuracy"].get<double>(), *run.test_accuracy);
    for (const Json& pair : lane["cost"])
      EXPECT_EQ(pair[1].get<double>(), run.history[pair[0].get<std::int64_t>()]);
    EXPECT_EQ(lane["layers"][1]["layer"], 2);
    EXPECT_EQ(lane["layers"][1]["units"], 5);
    EXPECT_EQ(lane["layers"][1]["dz"]["std"].get<double>(), run.layers[1].d_z.summary.std);
    EXPECT_EQ(lane["layers"][0]["saturated"].get<double>(), *run.layers[0].saturated);
    EXPECT_TRUE(lane["layers"][0]["dead"].is_null());
  }
}

TEST(result_json, costs_have_step_0_and_the_last_and_every_so_many_between) {
  const auto costs = [](std::int64_t steps, std::int64_t every) {
    return steps_of(result_of(small_experiment(), steps, every)["lanes"][0]["cost"]);
  };
  using Steps = std::vector<std::int64_t>;
  EXPECT_EQ(costs(0, 10), (Steps{0}));
  EXPECT_EQ(costs(5, 10), (Steps{0, 5}));
  EXPECT_EQ(costs(20, 10), (Steps{0, 10, 20}));
  EXPECT_EQ(costs(21, 10), (Steps{0, 10, 20, 21}));
  EXPECT_EQ(costs(3, 1), (Steps{0, 1, 2, 3}));
}

TEST(result_json, regression_has_no_accuracies) {
  Experiment experiment = small_experiment();
  experiment.network.output = OutputId::kLinear;
  experiment.training.loss = LossId::kMeanSquaredError;
  const Json result = result_of(experiment, 5, 10);
  EXPECT_TRUE(result["lanes"][0]["train_accuracy"].is_null());
  EXPECT_TRUE(result["lanes"][0]["test_accuracy"].is_null());
}

void expect_numbers_or_words(const Json& json, std::size_t& words) {
  if (json.is_structured()) {
    for (const Json& part : json) expect_numbers_or_words(part, words);
  } else if (json.is_string()) {
    words += json == "inf" || json == "-inf" || json == "nan";
  }
}

TEST(result_json, a_diverged_run_says_where_and_spells_what_is_not_finite) {
  Experiment experiment = diverging_experiment();
  experiment.network.activation = ActivationId::kLinear;
  const auto snapshot = trained(experiment, 500);
  ASSERT_TRUE(snapshot->runs[0].diverged);
  const std::string text = result_to_json(*snapshot, {.every = 100}, "");
  const Json lane = Json::parse(text)["lanes"][0];
  EXPECT_EQ(lane["status"], "diverged");
  EXPECT_EQ(lane["diverged"]["step"], snapshot->runs[0].diverged->step);
  EXPECT_EQ(lane["diverged"]["layer"], snapshot->runs[0].diverged->where.layer);
  EXPECT_EQ(lane["diverged"]["tensor"], tensor_name(snapshot->runs[0].diverged->where.tensor));
  EXPECT_EQ(lane["steps"], lane["diverged"]["step"]);
  std::size_t words = 0;
  expect_numbers_or_words(lane["cost"], words);
  EXPECT_GT(words, 0u);
}

// A snapshot of one run whose numbers are set by hand.
Snapshot made_by_hand(double cost, std::vector<Expectation> expect) {
  Experiment experiment = small_experiment();
  experiment.expect = std::move(expect);
  Snapshot snapshot = *trained(small_experiment(), 4);
  snapshot.experiment = std::make_shared<const Experiment>(experiment);
  snapshot.runs[0].cost = cost;
  return snapshot;
}

TEST(result_json, spells_infinities_and_nan) {
  const auto last_cost = [](double cost) {
    return Json::parse(result_to_json(made_by_hand(cost, {}), {.every = 10}, ""))["lanes"][0]["cost"]
        .back()[1];
  };
  EXPECT_EQ(last_cost(INFINITY), "inf");
  EXPECT_EQ(last_cost(-INFINITY), "-inf");
  EXPECT_EQ(last_cost(NAN), "nan");
  EXPECT_EQ(last_cost(0.1), 0.1);
  EXPECT_EQ(last_cost(5e-324), 5e-324);
}

TEST(result_json, survives_any_name) {
  Experiment experiment = small_experiment();
  experiment.name = "a \"name\"\n\\ é";
  experiment.lanes[0].name = "broken \xff";
  const Json result = result_of(experiment, 0, 10);
  EXPECT_EQ(result["experiment"], experiment.name);
  EXPECT_EQ(result["lanes"][0]["name"], "broken \xef\xbf\xbd");
}

std::vector<std::string> failures(double cost, const std::string& quantity, Relation relation, double value,
                                  const std::string& lane = "he_normal") {
  return failed_expectations(made_by_hand(cost, {{lane, quantity, relation, value}}));
}

TEST(expectations, hold_or_fail_by_their_relation) {
  struct Row {
    Relation relation;
    bool below, at, above;
  };
  for (const auto& [relation, below, at, above] : {Row{Relation::kLess, true, false, false},
                                                   {Relation::kLessOrEqual, true, true, false},
                                                   {Relation::kEqual, false, true, false},
                                                   {Relation::kGreaterOrEqual, false, true, true},
                                                   {Relation::kGreater, false, false, true}}) {
    EXPECT_EQ(failures(1, "cost", relation, 2).empty(), below);
    EXPECT_EQ(failures(2, "cost", relation, 2).empty(), at);
    EXPECT_EQ(failures(3, "cost", relation, 2).empty(), above);
    EXPECT_FALSE(failures(NAN, "cost", relation, 2).empty());
    EXPECT_EQ(failures(INFINITY, "cost", relation, 2).empty(), above);
    EXPECT_EQ(failures(-INFINITY, "cost", relation, 2).empty(), below);
  }
}

TEST(expectations, a_failure_names_lane_quantity_value_and_distance) {
  const auto said = failures(1.5, "cost", Relation::kLess, 0.25);
  ASSERT_EQ(said.size(), 1u);
  for (const char* part : {"he_normal", "cost", "<", "0.25", "1.5", "1.25"})
    EXPECT_NE(said[0].find(part), std::string::npos) << said[0];
}

TEST(expectations, lists_count_from_one) {
  EXPECT_TRUE(failures(1, "layers.1.units", Relation::kEqual, 7).empty());
  EXPECT_TRUE(failures(1, "layers.2.units", Relation::kEqual, 5).empty());
  EXPECT_TRUE(failures(1, "layers.3.units", Relation::kEqual, 1).empty());
  EXPECT_TRUE(failures(1, "layers.3.weights.non_finite", Relation::kEqual, 0).empty());
  EXPECT_TRUE(failures(1, "steps", Relation::kEqual, 4).empty());
  EXPECT_TRUE(failures(1, "cost.2.1", Relation::kEqual, 4).empty());
}

TEST(expectations, of_what_is_not_there_fail) {
  for (const char* path :
       {"layers.0.units", "layers.4.units", "layers.x.units", "layers.99999999999999999999.units", "layers",
        "layers.1", "layers.1.units.1", "layers.-1.units", "scheme", "status", "verdicts.1.kind", "no_such",
        "", ".", "layers..units", "layers.1.dead", "diverged.step"}) {
    EXPECT_EQ(failures(1, path, Relation::kGreaterOrEqual, -1e300).size(), 1u) << path;
  }
  EXPECT_EQ(failures(1, "cost", Relation::kGreater, 0, "nobody").size(), 1u);
}

TEST(expectations, all_that_fail_are_said_in_order) {
  const auto said = failed_expectations(made_by_hand(1, {{"he_normal", "cost", Relation::kLess, 0.5},
                                                         {"he_normal", "cost", Relation::kLess, 2},
                                                         {"xavier_uniform", "steps", Relation::kEqual, 5},
                                                         {"uniform", "layers.1.units", Relation::kLess, 3}}));
  ASSERT_EQ(said.size(), 3u);
  EXPECT_EQ(said[0].find("he_normal"), 0u);
  EXPECT_EQ(said[1].find("xavier_uniform"), 0u);
  EXPECT_EQ(said[2].find("uniform"), 0u);
}

}  // namespace
}  // namespace initlab
