// Experiments from JSON and back: what is good survives the round trip, what is bad comes back as one line.
#include "core/experiment/file/experiment_json.h"

#include <gtest/gtest.h>
#include <unistd.h>

#include <algorithm>
#include <filesystem>
#include <fstream>
#include <string>

#include "core/experiment/file/fields.h"
#include "tests/core/experiment/file/experiment_text.h"
#include "tests/core/experiment/file/random_experiments.h"

namespace initlab {
namespace {

namespace fs = std::filesystem;
using test::is_one_line;
using test::kExperiments;
using test::message_of;
using test::read_good;

// A file of its own, gone at the end of the test.
class TemporaryFile {
 public:
  explicit TemporaryFile(std::string_view content)
      : path_(fs::temp_directory_path() / ("initlab_experiment_" + std::to_string(::getpid()) + ".json")) {
    std::ofstream(path_, std::ios::binary) << content;
  }
  ~TemporaryFile() {
    std::error_code ignored;
    fs::remove(path_, ignored);
  }
  TemporaryFile(const TemporaryFile&) = delete;
  TemporaryFile& operator=(const TemporaryFile&) = delete;
  const fs::path& path() const { return path_; }

 private:
  fs::path path_;
};

TEST(ExperimentJson, the_course_file_says_what_the_course_does) {
  const Result<Experiment> result = experiment_from_file(kExperiments / "course-initialization.json");
  ASSERT_EQ(message_of(result), "");
  const auto& course = std::get<Experiment>(result);
  EXPECT_EQ(course.name, "course-initialization");
  EXPECT_EQ(course.data, DataSettings{});
  EXPECT_EQ(course.network, NetworkSettings{});
  EXPECT_EQ(course.training, TrainingSettings{});
  EXPECT_EQ(course.lanes, course_lanes());
  EXPECT_TRUE(course.events.empty());
  ASSERT_EQ(course.expect.size(), 5U);
  EXPECT_EQ(course.expect[1], (Expectation{"Zeros", "layers.1.distinct_units", Relation::kEqual, 1}));
}

TEST(ExperimentJson, every_asset_is_good_bears_its_files_name_and_expects_something) {
  std::size_t count = 0;
  for (const fs::directory_entry& entry : fs::directory_iterator(kExperiments)) {
    const Result<Experiment> result = experiment_from_file(entry.path());
    ASSERT_EQ(message_of(result), "");
    const auto& experiment = std::get<Experiment>(result);
    EXPECT_EQ(experiment.name, entry.path().stem().string());
    EXPECT_EQ(experiment.folder, entry.path().parent_path());
    EXPECT_FALSE(experiment.title.empty()) << entry.path();
    EXPECT_FALSE(experiment.expect.empty()) << entry.path();
    Experiment again = read_good(experiment_to_json(experiment));
    again.folder = experiment.folder;
    EXPECT_EQ(again, experiment) << entry.path();
    ++count;
  }
  EXPECT_GE(count, 4U);
}

TEST(ExperimentJson, what_a_file_leaves_out_has_its_default) {
  const Experiment experiment = read_good(R"({"initlab": 1})");
  Experiment wanted;
  wanted.lanes = course_lanes();
  EXPECT_EQ(experiment, wanted);
}

TEST(ExperimentJson, whole_numbers_may_be_written_with_a_point_or_an_exponent) {
  const Experiment experiment = read_good(R"({"initlab": 1.0, "data": {"samples": 3.0, "seed": 1e2}})");
  EXPECT_EQ(experiment.data.samples, 3);
  EXPECT_EQ(experiment.data.seed, 100);
}

TEST(ExperimentJson, a_lane_without_a_name_is_called_by_its_scheme) {
  const Experiment experiment = read_good(
      R"({"initlab": 1, "lanes": [{"scheme": "zeros"}, {"scheme": "he_normal"}, {"scheme": "he_normal", "seed": 4}]})");
  ASSERT_EQ(experiment.lanes.size(), 3U);
  const std::string he(scheme(SchemeId::kHeNormal).label);
  EXPECT_EQ(experiment.lanes[0].name, scheme(SchemeId::kZeros).label);
  EXPECT_EQ(experiment.lanes[1].name, he);
  EXPECT_EQ(experiment.lanes[2].name, he + " 2");
}

TEST(ExperimentJson, hidden_controls_are_words_of_a_list) {
  const auto read = experiment_from_json(R"({"initlab": 1, "hide": ["seed", "timeline", "seed"]})", "x");
  ASSERT_TRUE(std::holds_alternative<Experiment>(read));
  const auto& experiment = std::get<Experiment>(read);
  EXPECT_EQ(experiment.hide, (std::vector{HiddenControl::kSeed, HiddenControl::kTimeline}));
  EXPECT_NE(experiment_to_json(experiment).find(R"("hide": ["seed", "timeline"])"), std::string::npos);
  const auto again = experiment_from_json(experiment_to_json(experiment), "x");
  EXPECT_EQ(std::get<Experiment>(again), experiment);

  for (const char* wrong : {R"(["sead"])", R"([3])", R"("seed")"}) {
    const auto refused = experiment_from_json(std::string(R"({"initlab": 1, "hide": )") + wrong + "}", "x");
    ASSERT_TRUE(std::holds_alternative<InputError>(refused)) << wrong;
    EXPECT_NE(std::get<InputError>(refused).message.find("hide"), std::string::npos);
  }
  const auto named = experiment_from_json(R"({"initlab": 1, "hide": ["sead"]})", "x");
  EXPECT_NE(std::get<InputError>(named).message.find("timeline"), std::string::npos);
}

TEST(ExperimentJson, several_settings_of_one_event_become_several_events) {
  const Experiment experiment = read_good(
      R"({"initlab": 1, "events": [{"step": 9, "lane": 2, "set": {"training.l2": 0.5, "training.learning_rate": 1}},
          {"step": 4, "set": {"training.l1": 2}}]})");
  ASSERT_EQ(experiment.events.size(), 3U);
  EXPECT_EQ(experiment.events[0], (Event{9, 2, LiveSetting::kL2, 0.5}));
  EXPECT_EQ(experiment.events[1], (Event{9, 2, LiveSetting::kLearningRate, 1}));
  EXPECT_EQ(experiment.events[2], (Event{4, 0, LiveSetting::kL1, 2}));
}

TEST(ExperimentJson, the_text_of_an_experiment_is_a_line_a_section) {
  Experiment experiment;
  experiment.title = "A \"title\" with π";
  experiment.lanes = {course_lanes()[1]};
  experiment.events = {{7, 1, LiveSetting::kL1, 0.1}};
  experiment.expect = {{"Large x10", "cost", Relation::kGreaterOrEqual, -2}};
  EXPECT_EQ(experiment_to_json(experiment), R"({
  "initlab": 1,
  "name": "untitled",
  "title": "A \"title\" with π",
  "data":     {"kind": "circles", "samples": 300, "noise": 0.05, "factor": 0.8, "seed": 1, "test_samples": 100, "test_seed": 2},
  "network":  {"hidden": [10, 5], "activation": "relu", "output": "sigmoid", "batch_norm": false},
  "training": {"loss": "cross_entropy", "optimizer": "gradient_descent", "learning_rate": 0.01, "batch": 0, "seed": 0, "l1": 0, "l2": 0, "steps": 15000},
  "lanes": [
    {"name": "Large x10", "scheme": "normal", "seed": 3, "gain": 1, "mean": 0, "std": 10}
  ],
  "events": [
    {"step": 7, "lane": 1, "set": {"training.l1": 0.1}}
  ],
  "expect": [
    {"lane": "Large x10", "quantity": "cost", "relation": ">=", "value": -2}
  ]
}
)");
}

TEST(ExperimentJson, what_a_lane_and_its_layers_differ_by_stands_in_the_lanes_line) {
  Experiment experiment;
  Lane lane = make_lane("He", SchemeId::kHeNormal);
  lane.activation = ActivationId::kLeakyRelu;
  lane.slope = 0.2;
  lane.bias = BiasId::kConstant;
  lane.batch_norm = false;
  lane.replicas = 5;
  LayerException second;
  second.layer = 2;
  second.start.scheme = SchemeId::kNormal;
  second.start.parameters.std = 4;
  second.given = {"scheme", "std", "activation"};  // the network's activation in this layer
  lane.layers = {second};
  experiment.lanes = {lane};
  const std::string text = experiment_to_json(experiment);
  EXPECT_NE(text.find(R"(    {"name": "He", "scheme": "he_normal", "seed": 3, "gain": 1, )"
                      R"("activation": "leaky_relu", "slope": 0.2, "bias": "constant", "batch_norm": false, )"
                      R"("replicas": 5, "layers": {"2": {"scheme": "normal", "std": 4, )"
                      R"("activation": "network"}}})"),
            std::string::npos)
      << text;
  EXPECT_EQ(read_good(text), experiment);
}

TEST(ExperimentJson, keys_of_a_layer_outlive_the_text_they_were_read_from) {
  Experiment experiment;
  {
    const std::string text =
        R"({"initlab": 1, "lanes": [{"layers": {"3": {"gain": 2, "scheme": "zeros"}, "1": {"bias": "zeros"}, "2": {}}}]})";
    experiment = read_good(text);
  }
  const std::vector<LayerException>& layers = experiment.lanes[0].layers;
  ASSERT_EQ(layers.size(), 2U) << "a layer that differs in nothing is none";
  EXPECT_EQ(layers[0].layer, 1U);
  EXPECT_EQ(layers[0].given, (std::vector<std::string_view>{"bias"}));
  EXPECT_EQ(layers[1].given, (std::vector<std::string_view>{"scheme", "gain"})) << "in the rows' order";
  EXPECT_EQ(layers[1].given[0].data(), find_field<LayerStart>("scheme")->key.data());
}

TEST(ExperimentJson, every_layer_of_the_deepest_network_may_differ) {
  Experiment experiment;
  experiment.network.hidden.assign(kMaximumHiddenLayers, 2);
  experiment.lanes = {make_lane("Deep", SchemeId::kHeNormal)};
  for (std::size_t layer = 1; layer <= kMaximumHiddenLayers + 1; ++layer) {
    LayerException exception;
    exception.layer = layer;
    exception.start.parameters.gain = static_cast<double>(layer);
    exception.given = {"gain"};
    experiment.lanes[0].layers.push_back(exception);
  }
  EXPECT_EQ(read_good(experiment_to_json(experiment)), experiment);
}

TEST(ExperimentJson, a_csv_is_learned_from_whole_unless_its_file_says_otherwise) {
  const Experiment whole =
      read_good(R"({"initlab": 1, "data": {"kind": "csv", "path": "a.csv", "label": 3}})");
  EXPECT_EQ(whole.data.test_samples, 0);
  EXPECT_EQ(whole.data.label, "3");
  EXPECT_EQ(whole.data.header, std::nullopt);
  EXPECT_EQ(read_good(experiment_to_json(whole)), whole);
  const Experiment split = read_good(
      R"({"initlab": 1, "data": {"kind": "csv", "path": "a.csv", "test_samples": 100, "header": false}})");
  EXPECT_EQ(split.data.test_samples, 100);
  EXPECT_EQ(split.data.header, false);
  EXPECT_EQ(read_good(experiment_to_json(split)), split);
}

TEST(ExperimentJson, many_points_stand_on_lines_of_their_own) {
  Experiment experiment;
  experiment.lanes = course_lanes();
  experiment.data.kind = DatasetId::kPoints;
  for (std::int64_t i = 0; i < 10'000; ++i) {
    experiment.data.points.push_back({static_cast<double>(i) / 7, -1e-300, i % 2});
  }
  const std::string text = experiment_to_json(experiment);
  EXPECT_NE(text.find("\"points\": [[0, -1e-300, 0], [0.14285714285714285, -1e-300, 1], "),
            std::string::npos);
  EXPECT_GT(std::count(text.begin(), text.end(), '\n'), 1000);
  EXPECT_EQ(read_good(text), experiment);
}

TEST(ExperimentJson, a_thousand_random_experiments_survive_the_round_trip) {
  test::RandomExperiments experiments;
  int good = 0;
  for (int i = 0; i < 1000; ++i) {
    const Experiment experiment = experiments.next();
    if (check_experiment(experiment)) continue;  // what does not go together
    ++good;
    const std::string text = experiment_to_json(experiment);
    const Result<Experiment> again = experiment_from_json(text, "random");
    ASSERT_EQ(message_of(again), "") << text;
    ASSERT_EQ(std::get<Experiment>(again), experiment) << text;
    ASSERT_TRUE(experiment_to_json(std::get<Experiment>(again)) == text) << text;
  }
  EXPECT_GT(good, 700);
}

TEST(ExperimentFile, what_is_no_readable_file_is_refused_in_one_line) {
  EXPECT_EQ(message_of(experiment_from_file("/no/such\nfile.json")),
            "/no/such\\nfile.json: there is no such file");
  const std::string folder = fs::temp_directory_path().string();
  EXPECT_EQ(message_of(experiment_from_file(folder)), folder + ": is a folder; allowed: a file");
  EXPECT_EQ(message_of(experiment_from_file("/dev/null")), "/dev/null: is not a regular file");
  const TemporaryFile empty("");
  EXPECT_TRUE(message_of(experiment_from_file(empty.path()))
                  .starts_with(empty.path().string() + ": line 1, column 1: "));
  if (::geteuid() == 0) return;  // root reads everything
  fs::permissions(empty.path(), fs::perms::none);
  EXPECT_EQ(message_of(experiment_from_file(empty.path())), empty.path().string() + ": cannot be read");
}

TEST(ExperimentFile, a_saved_experiment_reads_back_the_same) {
  Experiment experiment;
  experiment.lanes = course_lanes();
  experiment.training.learning_rate = 0.1;
  const TemporaryFile file(experiment_to_json(experiment));
  const Result<Experiment> again = experiment_from_file(file.path());
  ASSERT_EQ(message_of(again), "");
  experiment.folder = file.path().parent_path();
  EXPECT_EQ(std::get<Experiment>(again), experiment);
}

}  // namespace
}  // namespace initlab
