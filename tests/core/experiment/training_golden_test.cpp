// Trainings that numpy made (tests/golden/make_training.py) and this program makes again: other networks,
// data, activations, schemes, outputs and optimizers than the course's, 2,000 steps each.
#include <gtest/gtest.h>

#include <cmath>
#include <fstream>
#include <nlohmann/json.hpp>

#include "core/experiment/comparison.h"
#include "core/experiment/file/experiment_json.h"

namespace initlab {
namespace {

using Json = nlohmann::json;

Json golden_runs() {
  std::ifstream file(std::string(INITLAB_GOLDEN_DIR) + "/training.json");
  return Json::parse(file).at("runs");
}

// The run as an experiment file, since that is what a person would write.
Json experiment_of(const Json& run) {
  static const std::map<std::string, Json> kSchemes = {
      {"xavier_normal", {{"scheme", "xavier_normal"}}},
      {"lecun_uniform", {{"scheme", "lecun_uniform"}}},
      {"he_normal", {{"scheme", "he_normal"}}},
      {"he_uniform_leaky", {{"scheme", "he_uniform"}}},
  };
  Json lane = kSchemes.at(run.at("scheme"));
  lane["seed"] = run.at("seed");
  if (run.contains("slope")) lane["slope"] = run.at("slope");
  Json data = run.at("data");
  data["test_samples"] = 0;
  const bool regression = run.at("output") == "linear";
  return {{"initlab", 1},
          {"data", data},
          {"network",
           {{"hidden", run.at("hidden")},
            {"activation", run.at("activation")},
            {"output", run.at("output")},
            {"batch_norm", run.value("batch_norm", false)}}},
          {"training",
           {{"loss", regression ? "mean_squared_error" : "cross_entropy"},
            {"optimizer", run.at("optimizer")},
            {"learning_rate", run.at("learning_rate")},
            {"batch", run.value("batch", 0)},
            {"seed", run.value("order_seed", 0)},
            {"l1", run.value("l1", 0.0)},
            {"l2", run.value("l2", 0.0)},
            {"steps", run.at("steps")}}},
          {"lanes", {lane}}};
}

TEST(training_golden, costs_are_numpys_within_1e_9_over_2000_steps) {
  const Json runs = golden_runs();
  ASSERT_GE(runs.size(), 6);
  for (const Json& run : runs) {
    const std::string name = run.at("name");
    const Result<Experiment> experiment = experiment_from_json(experiment_of(run).dump(), name);
    ASSERT_TRUE(std::holds_alternative<Experiment>(experiment)) << std::get<InputError>(experiment).message;
    Comparison comparison(std::get<Experiment>(experiment), {.threads = 1});
    comparison.advance(run.at("steps"));
    comparison.snapshot({.field = {1, 1}, .histograms = false, .spectra = false});
    const CostHistory& history = comparison.run(0).history();
    double worst = 0;
    for (const Json& pair : run.at("cost")) {
      const std::int64_t step = pair[0];
      const double cost = pair[1];
      ASSERT_LT(step, history.size()) << name;
      worst = std::max(worst, std::abs(history[step] - cost));
      ASSERT_NEAR(history[step], cost, 1e-9) << name << " step " << step;
    }
    RecordProperty(name, std::to_string(worst));
    EXPECT_EQ(run.at("cost").back()[0], 2000);
  }
}

}  // namespace
}  // namespace initlab
