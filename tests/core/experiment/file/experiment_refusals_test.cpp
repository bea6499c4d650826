// Files that are no experiment: each is refused in one line that quotes it, says where it stood and what is
// allowed.
#include <gtest/gtest.h>

#include <random>
#include <string>
#include <string_view>

#include "core/experiment/file/experiment_json.h"
#include "tests/core/experiment/file/experiment_text.h"

namespace initlab {
namespace {

using test::is_one_line;
using test::kExperiments;
using test::message_of;
using test::read_good;
using test::read_text;

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
    {R"({"initlab": 1, "expect": [{"lane": "He", "quantity": "layers.102.dead", "relation": "<", "value": 1}]})",
     "expect.1.quantity: \"layers.102.dead\" names no layer; allowed: layers 1 to 101"},
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

TEST(ExperimentRefusal, bad_input_is_one_line_that_says_what_where_and_what_is_allowed) {
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

TEST(ExperimentRefusal, what_is_too_large_is_refused_with_both_numbers) {
  const std::string message = message_of(experiment_from_json(
      R"({"initlab": 1, "network": {"hidden": [4096, 4096, 4096, 4096, 4096, 4096]}, "data": {"samples": 100000}})",
      "x.json"));
  EXPECT_TRUE(message.starts_with("x.json: the experiment: it would take ")) << message;
  EXPECT_NE(message.find(
                " GiB of memory; allowed: up to 4 GiB, by fewer units, layers, samples, lanes or replicas"),
            std::string::npos)
      << message;
}

TEST(ExperimentRefusal, a_network_too_large_for_the_memory_is_refused_whether_its_data_is_known_or_not) {
  std::string hidden = "4096";
  for (int layer = 1; layer < 100; ++layer) hidden += ", 4096";
  for (const std::string data : {R"({})", R"({"kind": "csv", "path": "no such file.csv"})"}) {
    const std::string message = message_of(experiment_from_json(
        R"({"initlab": 1, "network": {"hidden": [)" + hidden + R"(]}, "data": )" + data + "}", "x.json"));
    EXPECT_TRUE(message.starts_with("x.json: the experiment: it would take ")) << message;
  }
}

TEST(ExperimentRefusal, deep_and_wide_input_is_refused_and_harmless) {
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
            "x.json: too many keys in the file; allowed: up to 101");
  EXPECT_EQ(message_of(experiment_from_json(std::string(20'000'000, ' '), "x.json")),
            "x.json: longer than 16,777,216 bytes, which is what is allowed");
  const std::string long_key = "{\"initlab\": 1, \"" + std::string(1'000'000, 'k') + "\": 1}";
  EXPECT_TRUE(is_one_line(message_of(experiment_from_json(long_key, "x.json"))));
  const std::string long_number = "{\"initlab\": " + std::string(1'000'000, '9') + "}";
  EXPECT_TRUE(is_one_line(message_of(experiment_from_json(long_number, "x.json"))));
}

TEST(ExperimentRefusal, every_prefix_of_a_file_is_refused_in_one_line) {
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

TEST(ExperimentRefusal, a_changed_byte_gives_another_experiment_or_one_line) {
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

}  // namespace
}  // namespace initlab
