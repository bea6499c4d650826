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
    EXPECT_FALSE(experiment.title.empty()) << entry.path();
    EXPECT_FALSE(experiment.expect.empty()) << entry.path();
    EXPECT_EQ(read_good(experiment_to_json(experiment)), experiment) << entry.path();
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

// Any experiment that is good: every field at random within its range, what is not read at its default.
class RandomExperiments {
 public:
  Experiment next() {
    Experiment experiment;
    fill(experiment);
    fill(experiment.data);
    fill(experiment.network);
    fill(experiment.training);
    experiment.network.output = OutputId::kSigmoid;
    experiment.lanes.resize(1 + index(kMaximumLanes));
    for (std::size_t i = 0; i < experiment.lanes.size(); ++i) {
      fill(experiment.lanes[i]);
      experiment.lanes[i].name += std::to_string(i);
    }
    for (std::size_t i = index(4); i > 0; --i) {
      experiment.events.push_back({static_cast<std::int64_t>(index(1000)), index(experiment.lanes.size() + 1),
                                   static_cast<LiveSetting>(index(3)), real(0, 1000)});
    }
    for (std::size_t i = index(4); i > 0; --i) {
      experiment.expect.push_back({experiment.lanes[index(experiment.lanes.size())].name, "layers.1.dz.std",
                                   static_cast<Relation>(index(5)), real(-1, 1)});
    }
    return experiment;
  }

 private:
  std::size_t index(std::size_t count) { return random_() % count; }
  double real(double low, double high) { return std::uniform_real_distribution<double>(low, high)(random_); }

  template <class Section>
  void fill(Section& section) {
    for (const Field<Section>& field : fields<Section>()) {
      if (!applies(field, section)) continue;
      std::visit(
          [&](auto* member) { fill_member(*member, field.member(section), field.minimum, field.maximum); },
          field.member(section));
    }
  }
  template <class T>
  void fill_member(T& member, const FieldValue& value, double low, double high) {
    if constexpr (std::is_enum_v<T>) {
      set_choice(value, index(choices(value).size()));
    } else if constexpr (std::is_same_v<T, double>) {
      member = index(4) == 0 ? std::round(real(low, high)) : real(low, high) * std::pow(10.0, -real(0, 12));
      member = std::clamp(member, low, high);
    } else if constexpr (std::is_same_v<T, std::int64_t>) {
      member = static_cast<std::int64_t>(real(low, std::min(high, 4e9)));
    } else if constexpr (std::is_same_v<T, std::string>) {
      constexpr std::string_view kPieces[] = {"a", " ", "\"", "\\", "π", "/", "é", "{", "0", ","};
      member = "n";
      for (std::size_t i = index(20); i > 0; --i) member += kPieces[index(std::size(kPieces))];
    } else if constexpr (std::is_same_v<T, std::vector<std::int64_t>>) {
      member.resize(index(5));
      for (std::int64_t& units : member) units = 1 + static_cast<std::int64_t>(index(30));
    }
  }

  std::mt19937 random_{2024};
};

TEST(ExperimentJson, a_thousand_random_experiments_survive_the_round_trip) {
  RandomExperiments experiments;
  int good = 0;
  for (int i = 0; i < 1000; ++i) {
    const Experiment experiment = experiments.next();
    if (check_experiment(experiment)) continue;  // samples by units beyond the memory
    ++good;
    const std::string text = experiment_to_json(experiment);
    const Result<Experiment> again = experiment_from_json(text, "random");
    ASSERT_EQ(message_of(again), "") << text;
    ASSERT_EQ(std::get<Experiment>(again), experiment) << text;
    ASSERT_EQ(experiment_to_json(std::get<Experiment>(again)), text);
  }
  EXPECT_GT(good, 900);
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
     "unknown key \"frequency\" in data; allowed: kind, samples, noise, factor, seed, test_samples, "
     "test_seed"},
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
     "spiral"},
    {R"({"initlab": 1, "data": {"kind": 3}})", "data.kind: 3 is not a name; allowed: circles, ..."},
    {R"({"initlab": 1, "training": {"learning_rate": "nan"}})",
     "training.learning_rate: \"nan\" is not a number; allowed: 0 to 1,000"},
    {R"({"initlab": 1, "training": {"learning_rate": null}})",
     "training.learning_rate: null is not a number; allowed: 0 to 1,000"},
    {R"({"initlab": 1, "training": {"learning_rate": 1e300}})",
     "training.learning_rate: 1e300 is out of range; allowed: 0 to 1,000"},
    {R"({"initlab": 1, "training": {"batch": 32}})",
     "training.batch: 32 is out of range; allowed: 0 (the full batch)"},
    {R"({"initlab": 1, "network": {"batch_norm": true}})",
     "network.batch_norm: true is not possible yet; allowed: false"},
    {R"({"initlab": 1, "network": {"batch_norm": 0}})",
     "network.batch_norm: 0 is not true or false; allowed: false"},
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
     "lanes.1.std: not read by he_normal, only by normal"},
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
    // Together.
    {R"({"initlab": 1, "network": {"output": "linear"}})",
     "training.loss: cross_entropy needs network.output sigmoid, which is linear; allowed with it: "
     "mean_squared_error"},
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
  EXPECT_NE(message.find(" GiB of memory; allowed: up to 4 GiB, by fewer units, layers, samples or lanes"),
            std::string::npos)
      << message;
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
  EXPECT_EQ(std::get<Experiment>(again), experiment);
}

}  // namespace
}  // namespace initlab
