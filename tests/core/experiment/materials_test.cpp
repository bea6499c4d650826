// What an experiment needs from outside: weights from files and from other experiments, frozen layers, CSVs,
// and every way in which they can be missing or wrong.
#include "core/experiment/materials.h"

#include <gtest/gtest.h>

#include <filesystem>
#include <fstream>

#include "core/experiment/comparison.h"
#include "core/network/weights_file.h"
#include "tests/core/experiment/small_experiments.h"

namespace initlab {
namespace {

namespace fs = std::filesystem;

class materials : public ::testing::Test {
 protected:
  void SetUp() override {
    folder_ = fs::path(::testing::TempDir()) /
              (std::string("materials_") + ::testing::UnitTest::GetInstance()->current_test_info()->name());
    fs::create_directories(folder_);
  }
  void TearDown() override { fs::remove_all(folder_); }

  // A lane that begins from lane 1 of the experiment "source" after 20 steps.
  Experiment copying(std::int64_t freeze = 0) const {
    Experiment experiment = test::small_experiment();
    experiment.name = "copying";
    experiment.folder = folder_;
    experiment.lanes.resize(1);
    experiment.lanes[0].scheme = SchemeId::kFromRun;
    experiment.lanes[0].parameters.experiment = "source";
    experiment.lanes[0].parameters.step = 20;
    experiment.lanes[0].parameters.freeze = freeze;
    return experiment;
  }
  static Experiment source() {
    Experiment experiment = test::small_experiment();
    experiment.name = "source";
    return experiment;
  }
  static Result<Experiment> find_source(std::string_view name, const fs::path&) {
    if (name == "source") return source();
    return InputError{"no such experiment"};
  }
  static std::string error_of(const Experiment& experiment, const ExperimentFinder& find = find_source) {
    const auto result = gather_materials(experiment, find);
    const auto* error = std::get_if<InputError>(&result);
    return error ? error->message : "";
  }

  fs::path folder_;
};

TEST_F(materials, from_run_begins_where_the_other_experiment_stood) {
  auto made = Comparison::make(copying(), {.threads = 1, .find = find_source});
  ASSERT_TRUE(std::holds_alternative<std::unique_ptr<Comparison>>(made)) << std::get<1>(made).message;
  Comparison trained(source(), {.threads = 1});
  trained.advance(20);
  const Comparison& copied = *std::get<0>(made);
  for (std::size_t l = 0; l < copied.run(0).network().layers.size(); ++l) {
    EXPECT_EQ(copied.run(0).network().layers[l].w, trained.run(0).network().layers[l].w);
    EXPECT_EQ(copied.run(0).network().layers[l].b, trained.run(0).network().layers[l].b);
  }
}

TEST_F(materials, frozen_layers_stay_and_the_others_learn_also_after_rewind) {
  auto made = Comparison::make(copying(1), {.threads = 1, .find = find_source});
  Comparison& comparison = *std::get<0>(made);
  const Network before = comparison.run(0).network();
  for (int round = 0; round < 2; ++round) {
    comparison.advance(10);
    EXPECT_EQ(comparison.run(0).network().layers[0], before.layers[0]);
    EXPECT_NE(comparison.run(0).network().layers[1].w, before.layers[1].w);
    comparison.rewind();
    EXPECT_EQ(comparison.run(0).network(), before);
  }
  comparison.new_seed();
  EXPECT_EQ(comparison.run(0).network(), before) << "copied weights do not depend on the seed";
}

TEST_F(materials, a_layer_with_a_scheme_of_its_own_is_drawn) {
  Experiment experiment = copying(3);
  const std::size_t last = experiment.network.hidden.size() + 1;
  LayerException exception;
  exception.layer = last;
  exception.given = {"scheme"};
  exception.start.scheme = SchemeId::kZeros;
  experiment.lanes[0].layers.push_back(exception);
  auto made = Comparison::make(experiment, {.threads = 1, .find = find_source});
  ASSERT_TRUE(std::holds_alternative<std::unique_ptr<Comparison>>(made)) << std::get<1>(made).message;
  const Network& network = std::get<0>(made)->run(0).network();
  EXPECT_EQ(network.layers.back().w(0, 0), 0);
  EXPECT_FALSE(network.layers.back().frozen);
  EXPECT_TRUE(network.layers.front().frozen);
}

TEST_F(materials, from_file_begins_with_the_weights_of_a_file_beside_the_experiment) {
  Comparison trained(source(), {.threads = 1});
  trained.advance(5);
  const Network& network = trained.run(0).network();
  const NamedNetwork named{"", &network};
  ASSERT_FALSE(write_weights(folder_ / "w.npz", {&named, 1}));
  Experiment experiment = copying();
  experiment.lanes[0].scheme = SchemeId::kFromFile;
  experiment.lanes[0].parameters.path = "w.npz";
  auto made = Comparison::make(experiment, {.threads = 1});
  ASSERT_TRUE(std::holds_alternative<std::unique_ptr<Comparison>>(made)) << std::get<1>(made).message;
  EXPECT_EQ(std::get<0>(made)->run(0).network().layers[1].w, network.layers[1].w);
  experiment.lanes[0].parameters.path = "missing.npz";
  EXPECT_NE(error_of(experiment).find("missing.npz"), std::string::npos) << error_of(experiment);
  EXPECT_NE(error_of(experiment).find(experiment.lanes[0].name), std::string::npos);
}

TEST_F(materials, shapes_that_do_not_agree_are_named_by_layer) {
  Experiment experiment = copying();
  experiment.network.hidden.front() += 1;
  const std::string error = error_of(experiment);
  EXPECT_NE(error.find("layer 1"), std::string::npos) << error;
  EXPECT_NE(error.find("\"source\""), std::string::npos) << error;
  // As long as it goes the source agrees, and then it ends.
  experiment = copying();
  experiment.network.hidden.push_back(1);
  experiment.network.output = OutputId::kLinear;
  experiment.training.loss = LossId::kMeanSquaredError;
  EXPECT_NE(error_of(experiment).find("only 3 layers"), std::string::npos) << error_of(experiment);
}

TEST_F(materials, batch_normalization_of_the_source_is_not_dropped_silently) {
  const ExperimentFinder normalized = [](std::string_view, const fs::path&) -> Result<Experiment> {
    Experiment experiment = source();
    experiment.network.batch_norm = true;
    return experiment;
  };
  Experiment experiment = copying();
  EXPECT_NE(error_of(experiment, normalized).find("batch normalization"), std::string::npos)
      << error_of(experiment, normalized);
  experiment.lanes[0].batch_norm = true;
  EXPECT_EQ(error_of(experiment, normalized), "");
}

TEST_F(materials, experiments_that_are_unknown_or_ask_for_themselves_are_errors) {
  Experiment experiment = copying();
  experiment.lanes[0].parameters.experiment = "elsewhere";
  EXPECT_NE(error_of(experiment).find("no such experiment"), std::string::npos);
  experiment = copying();
  experiment.lanes[0].parameters.lane = 9;
  EXPECT_NE(error_of(experiment).find("no lane 9"), std::string::npos) << error_of(experiment);
  // One that begins from itself, and a chain without an end.
  const ExperimentFinder itself = [this](std::string_view name, const fs::path&) -> Result<Experiment> {
    Experiment again = copying();
    again.name = std::string(name);
    again.lanes[0].parameters.experiment = name == "a" ? "b" : "a";
    return again;
  };
  experiment.lanes[0].parameters = copying().lanes[0].parameters;
  experiment.lanes[0].parameters.experiment = "a";
  EXPECT_NE(error_of(experiment, itself).find("in turn"), std::string::npos) << error_of(experiment, itself);
}

TEST_F(materials, a_csv_decides_the_shape_of_the_networks) {
  std::ofstream(folder_ / "flowers.csv") << "length,width,height,kind\n"
                                            "1,2,3,rose\n2,3,1,lily\n4,1,2,iris\n2,2,2,rose\n1,1,4,lily\n";
  Experiment experiment = test::small_experiment();
  experiment.folder = folder_;
  experiment.data = {};
  experiment.data.kind = DatasetId::kCsv;
  experiment.data.path = "flowers.csv";
  experiment.data.test_samples = 0;
  EXPECT_NE(error_of(experiment).find("softmax"), std::string::npos) << error_of(experiment);
  experiment.network.output = OutputId::kSoftmax;
  auto made = Comparison::make(experiment, {.threads = 1});
  ASSERT_TRUE(std::holds_alternative<std::unique_ptr<Comparison>>(made)) << std::get<1>(made).message;
  Comparison& comparison = *std::get<0>(made);
  EXPECT_EQ(comparison.run(0).network().layers.front().inputs(), 3);
  EXPECT_EQ(comparison.run(0).network().layers.back().units(), 3);
  comparison.advance(5);
  EXPECT_TRUE(comparison.snapshot({.field = {4, 3}})->runs[0].train_accuracy);
}

TEST_F(materials, what_cannot_be_had_leaves_the_comparison_as_it_was) {
  Comparison comparison(source(), {.threads = 1});
  comparison.advance(3);
  Lane changed = comparison.experiment().lanes[0];
  changed.scheme = SchemeId::kFromFile;
  changed.parameters.path = "nowhere.npz";
  const Experiment before = comparison.experiment();
  EXPECT_TRUE(comparison.set_lane(0, changed, false));
  EXPECT_TRUE(comparison.set_lane(0, changed, true));
  Experiment next = before;
  next.lanes[0] = changed;
  EXPECT_TRUE(comparison.replace(next));
  EXPECT_EQ(comparison.experiment(), before);
  EXPECT_EQ(comparison.step(), 3);
  EXPECT_FALSE(comparison.catching_up());
}

}  // namespace
}  // namespace initlab
