// Experiments from JSON and back: what is good survives the round trip, what is bad comes back as one line.
#include "core/experiment/experiment_json.h"

#include <gtest/gtest.h>
#include <unistd.h>

#include <algorithm>
#include <cmath>
#include <filesystem>
#include <fstream>
#include <iterator>
#include <random>
#include <string>

#include "core/experiment/fields.h"
#include "core/numeric/input_text.h"
#include "tests/core/experiment/random_experiments.h"

namespace initlab {
namespace {

namespace fs = std::filesystem;

const fs::path kExperiments = fs::path(INITLAB_GOLDEN_DIR) / ".." / ".." / "assets" / "experiments";

std::string read_text(const fs::path& file) {
  std::ifstream stream(file, std::ios::binary);
  return {std::istreambuf_iterator<char>(stream), {}};
}

std::string message_of(const Result<Experiment>& result) {
  const auto* error = std::get_if<InputError>(&result);
  return error == nullptr ? "" : error->message;
}

Experiment read_good(std::string_view json) {
  Result<Experiment> result = experiment_from_json(json, "x.json");
  EXPECT_EQ(message_of(result), "");
  return std::holds_alternative<Experiment>(result) ? std::get<Experiment>(result) : Experiment{};
}

bool is_one_line(const std::string& message) {
  return !message.empty() && message.size() < 1000 && !has_control_characters(message) && is_utf8(message);
}

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
  ASSERT_EQ(course.expect.size(), 2U);
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

struct BadInput {
  const char* text;
  const char* message;  // all of it after "x.json: ", or a part that starts with "..."
};
constexpr BadInput kBadInputs[] = {
    // No JSON.
    {"", "line 1, column 1: ..."},
    {"{", "line 1, column 2: ..."},
    {"\n\n  {\"initlab\": 1,}", "line 3, column 17: ..."},
    {"{\"initlab\": NaN}", "line 1, column 13: ..."},
    {"{\"initlab\": 1} x", "line 1, column 16: ..."},
    {"{\"initlab\": 1, \"training\": {\"learning_rate\": 1e400}}",
     "line 1, column 50: 1e400 is beyond what a number can hold"},
    {"{\"title\": \"\xff\"}", "line 1, column 12: ..."},
    {"\x7f\x45\x4c\x46\x02", "line 1, column 1: ..."},
    // Not an experiment.
    {"[]", "a list is not an experiment; allowed: an object"},
    {"\"circles\"", "\"circles\" is not an experiment; allowed: an object"},
    {"{}",
     "initlab: the key is missing; allowed: 1, the version of the format that this program understands"},
    {R"({"initlab": 2, "new": 1})", "initlab: 2 is unknown; allowed: 1, ..."},
    {R"({"initlab": "1"})", "initlab: \"1\" is unknown; allowed: 1, ..."},
    // Keys.
    {R"({"initlab": 1, "trainig": {}})", "unknown key \"trainig\" in the file; did you mean \"training\"?"},
    {R"({"initlab": 1, "training": {"learning_rat": 1}})",
     "unknown key \"learning_rat\" in training; did you mean \"learning_rate\"?"},
    {R"({"initlab": 1, "data": {"frequency": 1}})",
     "unknown key \"frequency\" in data; allowed: kind, samples, noise, factor, features, classes, balance, "
     "low, high, path, label, header, standardize, points, seed, test_samples, test_seed"},
    {R"({"initlab": 1, "lanes": [{}, {"sede": 1}]})",
     "unknown key \"sede\" in lanes.2; did you mean \"seed\"?"},
    {R"({"initlab": 1, "a\nb": 1})", "unknown key \"a\\nb\" in the file; allowed: ..."},
    {R"({"initlab": 1, "data": {"seed": 1, "noise": 0, "seed": 1}})", "key \"seed\" stands twice in data"},
    {R"({"initlab": 1, "lanes": [{}, {"seed": 1, "seed": 1}]})", "key \"seed\" stands twice in lanes.2"},
    {R"({"initlab": 1, "initlab": 1})", "key \"initlab\" stands twice in the file"},
    // Values.
    {R"({"initlab": 1, "data": 3})", "data: 3 is not an object"},
    {R"({"initlab": 1, "data": {"samples": 0}})", "data.samples: 0 is out of range; allowed: 1 to 100,000"},
    {R"({"initlab": 1, "data": {"samples": 3.5}})",
     "data.samples: 3.5 is not a whole number; allowed: 1 to 100,000"},
    {R"({"initlab": 1, "data": {"samples": "300"}})",
     "data.samples: \"300\" is not a whole number; allowed: 1 to 100,000"},
    {R"({"initlab": 1, "data": {"seed": 9007199254740993}})",
     "data.seed: 9007199254740993 is out of range; allowed: 0 to 4,294,967,295"},
    {R"({"initlab": 1, "data": {"seed": 99999999999999999999999999}})",
     "data.seed: 99999999999999999999999999 is out of range; allowed: 0 to 4,294,967,295"},
    {R"({"initlab": 1, "data": {"seed": -1}})", "data.seed: -1 is out of range; allowed: 0 to 4,294,967,295"},
    {R"({"initlab": 1, "data": {"factor": 1}})", "data.factor: 1 is out of range; allowed: 0 to below 1"},
    {R"({"initlab": 1, "data": {"factor": 0.5, "kind": "moons"}})",
     "data.factor: not read by moons, only by circles"},
    {R"({"initlab": 1, "data": {"kind": "circle"}})",
     "data.kind: \"circle\" is unknown; did you mean \"circles\"? allowed: circles, moons, blobs, xor, "
     "spiral, ..."},
    {R"({"initlab": 1, "data": {"kind": 3}})", "data.kind: 3 is not a name; allowed: circles, ..."},
    {R"({"initlab": 1, "training": {"learning_rate": "nan"}})",
     "training.learning_rate: \"nan\" is not a number; allowed: 0 to 1,000"},
    {R"({"initlab": 1, "training": {"learning_rate": null}})",
     "training.learning_rate: null is not a number; allowed: 0 to 1,000"},
    {R"({"initlab": 1, "training": {"learning_rate": 1e300}})",
     "training.learning_rate: 1e300 is out of range; allowed: 0 to 1,000"},
    {R"({"initlab": 1, "training": {"batch": 100001}})",
     "training.batch: 100001 is out of range; allowed: 0 to 100,000"},
    {R"({"initlab": 1, "network": {"batch_norm": 0}})",
     "network.batch_norm: 0 is not true or false; allowed: true or false"},
    {R"({"initlab": 1, "lanes": [{"batch_norm": "yes"}]})",
     "lanes.1.batch_norm: \"yes\" is not true or false; allowed: network, true, false"},
    {R"({"initlab": 1, "lanes": [{"activation": "rellu"}]})",
     "lanes.1.activation: \"rellu\" is unknown; did you mean \"relu\"? allowed: network, linear, ..."},
    {R"({"initlab": 1, "lanes": [{"replicas": 101}]})",
     "lanes.1.replicas: 101 is out of range; allowed: 1 to 100"},
    {R"({"initlab": 1, "lanes": [{"activation": "tanh", "slope": 0.1}]})",
     "lanes.1.slope: not read by tanh, only by leaky_relu"},
    {R"({"initlab": 1, "lanes": [{"bias_value": 1}]})",
     "lanes.1.bias_value: not read by framework, only by constant"},
    {R"({"initlab": 1, "watch": 1})", "watch: 1 is not a text; allowed: 0 to 1,000 characters"},
    // Points and files.
    {R"({"initlab": 1, "data": {"kind": "points", "points": 3}})",
     "data.points: 3 is not a list; allowed: up to ..."},
    {R"({"initlab": 1, "data": {"kind": "points", "points": [[0, 0, 0], [1, 1]]}})",
     "data.points: point 2 is not a list of three numbers; allowed: up to 10,000 points [x1, x2, class], "
     "-1,000,000 to 1,000,000, class 0 to 9"},
    {R"({"initlab": 1, "data": {"kind": "points", "points": [[0, 0, 1.5], [1, 1, 1]]}})",
     "data.points: point 1 has a class that is not a whole number; allowed: ..."},
    {R"({"initlab": 1, "data": {"kind": "points", "points": [[0, 0, 10], [1, 1, 1]]}})",
     "data.points: point 1 has a class that is out of range; allowed: ..."},
    {R"({"initlab": 1, "data": {"kind": "points", "points": [["0", 0, 0], [1, 1, 1]]}})",
     "data.points: point 1 has an x1 that is not a number; allowed: ..."},
    {R"({"initlab": 1, "data": {"kind": "points", "points": [[0, 1e9, 0], [1, 1, 1]]}})",
     "data.points: point 1 has an x2 that is out of range; allowed: ..."},
    {R"({"initlab": 1, "data": {"kind": "points"}})", "data.points: 0 points; allowed: 2 to 10,000"},
    {R"({"initlab": 1, "data": {"kind": "points", "points": [[0, 0, 3], [1, 1, 3]]}})",
     "data.points: every point is of class 3; allowed: two or more classes"},
    {R"({"initlab": 1, "data": {"kind": "csv"}})", "data.path: csv needs a file; allowed: the path of a CSV"},
    {R"({"initlab": 1, "data": {"kind": "csv", "path": "a.csv", "noise": 1}})",
     "data.noise: not read by csv, only by circles, ..."},
    {R"({"initlab": 1, "data": {"kind": "csv", "path": "a.csv", "label": 1.5}})",
     "data.label: 1.5 is neither a text nor a whole number; allowed: 0 to 200 characters"},
    {R"({"initlab": 1, "data": {"kind": "csv", "path": "a.csv", "header": "yes"}})",
     "data.header: \"yes\" is not true or false; allowed: auto, true, false"},
    {R"({"initlab": 1, "data": {"kind": "sine", "low": 1, "high": 1}, "network": {"output": "linear"}, "training": {"loss": "mean_squared_error"}})",
     "data.low: 1 is not below data.high, 1; allowed: an interval of x"},
    // Layers.
    {R"({"initlab": 1, "lanes": [{"layers": []}]})", "lanes.1.layers: a list is not an object"},
    {R"({"initlab": 1, "lanes": [{"layers": {"1": 3}}]})", "lanes.1.layers.1: 3 is not an object"},
    {R"({"initlab": 1, "lanes": [{"layers": {"x": {}}}]})",
     "lanes.1.layers: \"x\" is not the number of a layer; allowed: 1 to that of the output layer"},
    {R"({"initlab": 1, "lanes": [{"layers": {"01": {}}}]})",
     "lanes.1.layers: \"01\" is not the number of a layer; allowed: 1 to that of the output layer"},
    {R"({"initlab": 1, "lanes": [{"layers": {"102": {}}}]})",
     "lanes.1.layers: \"102\" is not the number of a layer; allowed: 1 to that of the output layer"},
    {R"({"initlab": 1, "lanes": [{"layers": {"1": {"gain": 1}, "1": {"gain": 2}}}]})",
     "key \"1\" stands twice in lanes.1.layers"},
    {R"({"initlab": 1, "lanes": [{"layers": {"4": {"gain": 2}}}]})",
     "lanes.1.layers.4: there is no such layer; allowed: layers 1 to 3"},
    {R"({"initlab": 1, "lanes": [{"layers": {"1": {"seed": 2}}}]})",
     "unknown key \"seed\" in lanes.1.layers.1; allowed: scheme, ..."},
    {R"({"initlab": 1, "lanes": [{"layers": {"2": {"std": 2}}}]})",
     "lanes.1.layers.2.std: not read by he_normal, only by normal, truncated_normal, sparse"},
    {R"({"initlab": 1, "lanes": [{"layers": {"3": {"activation": "tanh"}}}]})",
     "lanes.1.layers.3.activation: not read by the output layer, whose activation is network.output"},
    {R"({"initlab": 1, "lanes": [{"layers": {"2": {"bias": "log_odds"}}}]})",
     "lanes.1.layers.2.bias: log_odds is for the output layer; allowed: log_odds in layer 3"},
    // What comes from elsewhere.
    {R"({"initlab": 1, "lanes": [{"scheme": "from_file"}]})",
     "lanes.1.path: from_file needs a file of weights; allowed: the path of an .npz"},
    {R"({"initlab": 1, "lanes": [{"layers": {"2": {"scheme": "from_run"}}}]})",
     "lanes.1.layers.2.experiment: from_run needs an experiment; allowed: a name from `initlab list "
     "experiments`, or a file"},
    {R"({"initlab": 1, "lanes": [{"scheme": "from_file", "path": "a.npz", "freeze": 4}]})",
     "lanes.1.freeze: 4 layers are more than there are; allowed: 0 to 3"},
    {R"({"initlab": 1, "network": {"hidden": 10}})",
     "network.hidden: 10 is not a list; allowed: up to 100 layers of 1 to 4,096 units"},
    {R"({"initlab": 1, "network": {"hidden": [10, 4097]}})",
     "network.hidden: 4097 is out of range; allowed: up to 100 layers of 1 to 4,096 units"},
    {R"({"initlab": 1, "network": {"hidden": [[1]]}})",
     "network.hidden: a list is not a whole number; allowed: up to 100 layers of 1 to 4,096 units"},
    {R"({"initlab": 1, "name": ""})", "name: \"\" is too short; allowed: 1 to 60 characters"},
    {R"({"initlab": 1, "title": "a\u0000b"})",
     "title: \"a\\x00b\" has a line break or another control character; allowed: 0 to 200 characters"},
    {R"({"initlab": 1, "title": 5})", "title: 5 is not a text; allowed: 0 to 200 characters"},
    // Lanes.
    {R"({"initlab": 1, "lanes": []})", "lanes: 0 lanes; allowed: 1 to 6"},
    {R"({"initlab": 1, "lanes": [{}, {}, {}, {}, {}, {}, {}]})", "lanes: 7 lanes; allowed: 1 to 6"},
    {R"({"initlab": 1, "lanes": {}})", "lanes: an object is not a list"},
    {R"({"initlab": 1, "lanes": ["He"]})", "lanes.1: \"He\" is not an object"},
    {R"({"initlab": 1, "lanes": [{"name": "A"}, {"name": "A"}]})",
     "lanes.2.name: \"A\" is the name of lanes.1 too; allowed: a name of its own for each lane"},
    {R"({"initlab": 1, "lanes": [{"scheme": "he_normal", "std": 1}]})",
     "lanes.1.std: not read by he_normal, only by normal, truncated_normal, sparse"},
    {R"({"initlab": 1, "lanes": [{"scheme": "he_norml"}]})",
     "lanes.1.scheme: \"he_norml\" is unknown; did you mean \"he_normal\"? allowed: zeros, ..."},
    // Events and expectations.
    {R"({"initlab": 1, "events": 1})", "events: 1 is not a list"},
    {R"({"initlab": 1, "events": [{"set": {}}]})", "no key \"step\" in events.1"},
    {R"({"initlab": 1, "events": [{"step": 1}]})", "events.1.set: not an object of one or more settings"},
    {R"({"initlab": 1, "events": [{"step": -1, "set": {"training.l1": 1}}]})",
     "events.1.step: -1 is out of range; allowed: 0 to 1,000,000,000"},
    {R"({"initlab": 1, "events": [{"step": 1, "set": {"data.noise": 1}}]})",
     "events.1.set: \"data.noise\" is not a setting that may change while it runs; allowed: "
     "training.learning_rate, training.l1, training.l2"},
    {R"({"initlab": 1, "events": [{"step": 1, "set": {"training.l1": -1}}]})",
     "events.1.set training.l1: -1 is out of range; allowed: 0 to 1,000"},
    {R"({"initlab": 1, "events": [{"step": 8, "lane": 4, "set": {"training.l1": 1}}]})",
     "events: there is no lane 4, which an event changes at step 8; allowed: 0 (all lanes) to 3"},
    {R"({"initlab": 1, "expect": [{"lane": "He", "quantity": "cost", "relation": "<"}]})",
     "no key \"value\" in expect.1"},
    {R"({"initlab": 1, "expect": [{"lane": "Hee", "quantity": "cost", "relation": "<", "value": 1}]})",
     "expect.1.lane: there is no lane \"Hee\"; allowed: Zeros, Large x10, He"},
    {R"({"initlab": 1, "expect": [{"lane": "He", "quantity": "cost", "relation": "==", "value": 1}]})",
     "expect.1.relation: \"==\" is not a relation; allowed: <, <=, >, >=, ="},
    {R"({"initlab": 1, "expect": [{"lane": "He", "quantity": "costs", "relation": "<", "value": 1}]})",
     "expect.1.quantity: \"costs\" is unknown; allowed: cost, train_accuracy, ..."},
    {R"({"initlab": 1, "expect": [{"lane": "He", "quantity": "layers.4.dead", "relation": "<", "value": 1}]})",
     "expect.1.quantity: \"layers.4.dead\" names no layer; allowed: layers 1 to 3"},
    {R"({"initlab": 1, "expect": [{"lane": "He", "quantity": "layers.1.q.std", "relation": "<", "value": 1}]})",
     "expect.1.quantity: \"layers.1.q.std\" is unknown; allowed: units, ..."},
    {R"({"initlab": 1, "expect": [{"lane": "He", "quantity": "replicas.count", "relation": "<", "value": 1}]})",
     "expect.1.quantity: \"replicas.count\" is of a lane with replicas, which \"He\" has none of"},
    {R"({"initlab": 1, "lanes": [{"name": "A", "replicas": 3}], "expect": [{"lane": "A", "quantity": "replicas.final_cost.mean", "relation": "<", "value": 1}]})",
     "expect.1.quantity: \"replicas.final_cost.mean\" is unknown; allowed: count, diverged, ..."},
    // Together.
    {R"({"initlab": 1, "network": {"output": "linear"}})",
     "training.loss: cross_entropy needs network.output sigmoid or softmax, which is linear; allowed with "
     "it: "
     "mean_squared_error"},
    {R"({"initlab": 1, "data": {"kind": "blobs", "classes": 3}})",
     "network.output: 3 classes need a softmax output, and it is sigmoid; allowed: softmax"},
    {R"({"initlab": 1, "data": {"kind": "sine"}})",
     "network.output: sine is a regression, which sigmoid cannot answer; allowed: linear, with training.loss "
     "mean_squared_error"},
    {R"({"initlab": 1, "network": {"output": "linear"}, "training": {"loss": "mean_squared_error"}, "lanes": [{"bias": "log_odds"}]})",
     "lanes.1.bias: log_odds needs classes, and network.output is linear; allowed: log_odds with "
     "network.output sigmoid or softmax"},
    {R"({"initlab": 1, "training": {"batch": 301}})",
     "training.batch: 301 points are more than there are; allowed: 0 (all of them) to 300"},
    {R"({"initlab": 1, "network": {"batch_norm": true, "hidden": []}})",
     "network.batch_norm: there is no hidden layer to normalize; allowed: false"},
    {R"({"initlab": 1, "network": {"hidden": []}, "lanes": [{}, {"batch_norm": true}]})",
     "lanes.2.batch_norm: there is no hidden layer to normalize; allowed: false"},
    {R"({"initlab": 1, "network": {"batch_norm": true}, "training": {"batch": 1}})",
     "training.batch: batch normalization needs 2 points or more in a batch, not 1; allowed: 0 (all of "
     "them), "
     "2 and more"},
    {R"({"initlab": 1, "network": {"batch_norm": true}, "training": {"batch": 23}})",
     "training.batch: batch normalization needs 2 points or more in a batch, and of 300 points batches of 23 "
     "leave 1 over; allowed: 0 (all of them), or a batch that leaves another rest"},
    {R"({"initlab": 1, "network": {"batch_norm": true}, "data": {"samples": 1}})",
     "data.samples: batch normalization needs 2 points or more in a batch, and there is 1; allowed: 2 and "
     "more"},
};

TEST(ExperimentJson, bad_input_is_one_line_that_says_what_where_and_what_is_allowed) {
  for (const BadInput& bad : kBadInputs) {
    const std::string message = message_of(experiment_from_json(bad.text, "x.json"));
    EXPECT_TRUE(is_one_line(message)) << bad.text << "\n" << message;
    std::string wanted = std::string("x.json: ") + bad.message;
    if (wanted.ends_with("...")) {
      wanted.resize(wanted.size() - 3);
      EXPECT_EQ(message.substr(0, wanted.size()), wanted) << bad.text;
      EXPECT_GT(message.size(), wanted.size()) << bad.text;
    } else {
      EXPECT_EQ(message, wanted) << bad.text;
    }
  }
}

TEST(ExperimentJson, what_is_too_large_is_refused_with_both_numbers) {
  const std::string message = message_of(experiment_from_json(
      R"({"initlab": 1, "network": {"hidden": [4096, 4096, 4096, 4096, 4096, 4096]}, "data": {"samples": 100000}})",
      "x.json"));
  EXPECT_TRUE(message.starts_with("x.json: the experiment: it would take ")) << message;
  EXPECT_NE(message.find(
                " GiB of memory; allowed: up to 4 GiB, by fewer units, layers, samples, lanes or replicas"),
            std::string::npos)
      << message;
}

TEST(ExperimentJson, a_network_too_large_for_the_memory_is_refused_whether_its_data_is_known_or_not) {
  std::string hidden = "4096";
  for (int layer = 1; layer < 100; ++layer) hidden += ", 4096";
  for (const std::string data : {R"({})", R"({"kind": "csv", "path": "no such file.csv"})"}) {
    const std::string message = message_of(experiment_from_json(
        R"({"initlab": 1, "network": {"hidden": [)" + hidden + R"(]}, "data": )" + data + "}", "x.json"));
    EXPECT_TRUE(message.starts_with("x.json: the experiment: it would take ")) << message;
  }
}

TEST(ExperimentJson, deep_and_wide_input_is_refused_and_harmless) {
  for (const std::string& text :
       {std::string(1'000'000, '['), std::string(1'000'000, '{'), "{\"a\":" + std::string(100'000, '[')}) {
    const std::string message = message_of(experiment_from_json(text, "x.json"));
    EXPECT_TRUE(is_one_line(message)) << message;
  }
  std::string nested = R"({"initlab": 1, "title": )" + std::string(1000, '[') + std::string(1000, ']') + "}";
  EXPECT_EQ(message_of(experiment_from_json(nested, "x.json")),
            "x.json: title.1.1.1.1.1.1.1.1.1.1.1.1.1.1 is nested too deeply; allowed: up to 16 levels");
  std::string wide = "{\"initlab\": 1";
  for (int i = 0; i < 200'000; ++i) wide += ", \"k" + std::to_string(i) + "\": 1";
  EXPECT_EQ(message_of(experiment_from_json(wide + "}", "x.json")),
            "x.json: too many keys in the file; allowed: up to 100");
  EXPECT_EQ(message_of(experiment_from_json(std::string(20'000'000, ' '), "x.json")),
            "x.json: longer than 16,777,216 bytes, which is what is allowed");
  const std::string long_key = "{\"initlab\": 1, \"" + std::string(1'000'000, 'k') + "\": 1}";
  EXPECT_TRUE(is_one_line(message_of(experiment_from_json(long_key, "x.json"))));
  const std::string long_number = "{\"initlab\": " + std::string(1'000'000, '9') + "}";
  EXPECT_TRUE(is_one_line(message_of(experiment_from_json(long_number, "x.json"))));
}

TEST(ExperimentJson, every_prefix_of_a_file_is_refused_in_one_line) {
  const std::string text = read_text(kExperiments / "course-initialization.json");
  const std::size_t end = text.rfind('}');
  ASSERT_NE(end, std::string::npos);
  for (std::size_t length = 0; length <= end; ++length) {
    const std::string message =
        message_of(experiment_from_json(std::string_view(text).substr(0, length), "x.json"));
    ASSERT_TRUE(is_one_line(message)) << length;
    ASSERT_TRUE(message.starts_with("x.json: line ")) << message;
  }
}

TEST(ExperimentJson, a_changed_byte_gives_another_experiment_or_one_line) {
  const std::string text = read_text(kExperiments / "course-initialization.json");
  ASSERT_FALSE(text.empty());
  std::mt19937 random(7);
  int refused = 0;
  for (int i = 0; i < 5000; ++i) {
    std::string changed = text;
    changed[random() % changed.size()] = static_cast<char>(random() % 256);
    if (i % 3 == 0) changed.erase(random() % changed.size(), 1 + random() % 20);
    if (i % 5 == 0) changed.insert(random() % changed.size(), changed.substr(random() % changed.size(), 20));
    const Result<Experiment> result = experiment_from_json(changed, "x.json");
    if (const auto* experiment = std::get_if<Experiment>(&result)) {
      ASSERT_FALSE(check_experiment(*experiment)) << changed;
      ASSERT_EQ(read_good(experiment_to_json(*experiment)), *experiment) << changed;
    } else {
      ++refused;
      ASSERT_TRUE(is_one_line(message_of(result))) << message_of(result);
    }
  }
  EXPECT_GT(refused, 3000);
  EXPECT_LT(refused, 5000);
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
