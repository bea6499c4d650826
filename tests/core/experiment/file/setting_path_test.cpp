// Settings by their dotted path: what `--set` and the window's controls do.
#include <gtest/gtest.h>

#include <cstdint>
#include <optional>
#include <span>
#include <string>
#include <string_view>
#include <utility>
#include <vector>

#include "core/experiment/file/experiment_json.h"

namespace initlab {
namespace {

Experiment course() {
  Experiment experiment;
  experiment.lanes = course_lanes();
  experiment.expect = {{"He", "cost", Relation::kLess, 0.1}};
  return experiment;
}

TEST(SetByPath, sets_what_the_path_names) {
  Experiment experiment = course();
  const auto set = [&](std::string_view path, std::string_view value) {
    const auto error = set_by_path(experiment, path, value);
    EXPECT_FALSE(error) << error->message;
  };
  set("training.learning_rate", ".5");
  EXPECT_EQ(experiment.training.learning_rate, 0.5);
  set("training.learning_rate", "1e-3");
  EXPECT_EQ(experiment.training.learning_rate, 1e-3);
  set("network.hidden", "[16,8]");
  EXPECT_EQ(experiment.network.hidden, (std::vector<std::int64_t>{16, 8}));
  set("network.hidden", "7, 6, 5");
  EXPECT_EQ(experiment.network.hidden, (std::vector<std::int64_t>{7, 6, 5}));
  set("network.hidden", "12");
  EXPECT_EQ(experiment.network.hidden, (std::vector<std::int64_t>{12}));
  set("network.hidden", "");
  EXPECT_TRUE(experiment.network.hidden.empty());
  set("network.activation", "tanh");
  set("network.activation", "\"tanh\"");
  EXPECT_EQ(experiment.network.activation, ActivationId::kTanh);
  set("lanes.2.scheme", "xavier_uniform");
  EXPECT_EQ(experiment.lanes[1].scheme, SchemeId::kXavierUniform);
  set("name", "42");
  EXPECT_EQ(experiment.name, "42");
  set("title", "Two = one + one, \"quoted\"");
  EXPECT_EQ(experiment.title, "Two = one + one, \"quoted\"");
  set("title", "\"as JSON\"");
  EXPECT_EQ(experiment.title, "as JSON");
  set("network.batch_norm", "false");
}

TEST(SetByPath, another_kind_of_data_keeps_the_other_settings) {
  Experiment experiment = course();
  experiment.data.factor = 0.3;
  experiment.data.samples = 77;
  ASSERT_FALSE(set_by_path(experiment, "data.kind", "moons"));
  ASSERT_FALSE(set_by_path(experiment, "data.kind", "circles"));
  EXPECT_EQ(experiment.data.factor, 0.3);
  EXPECT_EQ(experiment.data.samples, 77);
}

TEST(SetByPath, what_is_expected_of_a_lane_follows_its_new_name) {
  Experiment experiment = course();
  ASSERT_FALSE(set_by_path(experiment, "lanes.3.name", "Kaiming"));
  EXPECT_EQ(experiment.lanes[2].name, "Kaiming");
  EXPECT_EQ(experiment.expect[0].lane, "Kaiming");
}

TEST(SetByPath, a_lane_that_is_called_by_its_scheme_is_called_by_its_next_one) {
  Experiment experiment = course();
  experiment.expect.push_back({"Zeros", "cost", Relation::kGreater, 0.5});
  ASSERT_FALSE(set_by_path(experiment, "lanes.1.scheme", "ones"));
  EXPECT_EQ(experiment.lanes[0].name, scheme(SchemeId::kOnes).label);
  EXPECT_EQ(experiment.expect[1].lane, experiment.lanes[0].name);
  ASSERT_FALSE(set_by_path(experiment, "lanes.2.scheme", "ones"));
  EXPECT_EQ(experiment.lanes[1].name, "Large x10") << "a name of its own";
  ASSERT_FALSE(set_by_path(experiment, "lanes.2.name", scheme(SchemeId::kHeNormal).label));
  ASSERT_FALSE(set_by_path(experiment, "lanes.1.scheme", "he_normal"));
  EXPECT_EQ(experiment.lanes[0].name, std::string(scheme(SchemeId::kHeNormal).label) + " 2");
}

TEST(SetByPath, one_layer_of_a_lane_is_set_and_the_rest_stays) {
  Experiment experiment = course();
  const auto set = [&](std::string_view path, std::string_view value) {
    const auto error = set_by_path(experiment, path, value);
    EXPECT_FALSE(error) << error->message;
  };
  set("lanes.3.layers.2.scheme", "normal");
  set("lanes.3.layers.2.std", "4");
  set("lanes.3.layers.1.activation", "tanh");
  const Lane lane = experiment.lanes[2];
  EXPECT_EQ(lane.scheme, SchemeId::kHeNormal);
  ASSERT_EQ(lane.layers.size(), 2U);
  EXPECT_EQ(lane.layers[0].layer, 1U) << "in order, whatever was set first";
  EXPECT_EQ(layer_start(lane, 2).parameters.std, 4);
  EXPECT_EQ(layer_start(lane, 2).scheme, SchemeId::kNormal);
  EXPECT_EQ(layer_start(lane, 3).scheme, SchemeId::kHeNormal);
  EXPECT_EQ(layer_start(lane, 1).activation, ActivationId::kTanh);
  set("lanes.3.layers.2.std", "5");
  EXPECT_EQ(experiment.lanes[2].layers[1].given, (std::vector<std::string_view>{"scheme", "std"}));
  set("lanes.3.layers", R"({"3": {"scheme": "zeros"}})");
  ASSERT_EQ(experiment.lanes[2].layers.size(), 1U);
  EXPECT_EQ(experiment.lanes[2].layers[0].layer, 3U);
  set("lanes.3.layers", "{}");
  EXPECT_TRUE(experiment.lanes[2].layers.empty());
  EXPECT_EQ(experiment.lanes[2].name, "He");
}

TEST(SetByPath, points_texts_and_what_may_be_unset_are_set) {
  Experiment experiment = course();
  const SettingText points[] = {{"data.kind", "points"}, {"data.points", "[[0, 1.5, 0], [-1, 2, 1]]"}};
  ASSERT_FALSE(set_by_paths(experiment, points));
  EXPECT_EQ(experiment.data.points, (std::vector<PlacedPoint>{{0, 1.5, 0}, {-1, 2, 1}}));
  const SettingText csv[] = {
      {"data.kind", "csv"}, {"data.path", "3.csv"}, {"data.label", "3"}, {"data.header", "true"}};
  ASSERT_FALSE(set_by_paths(experiment, csv));
  EXPECT_EQ(experiment.data.path, "3.csv");
  EXPECT_EQ(experiment.data.label, "3");
  EXPECT_EQ(experiment.data.header, true);
  ASSERT_FALSE(set_by_path(experiment, "data.header", "auto"));
  EXPECT_EQ(experiment.data.header, std::nullopt);
  ASSERT_FALSE(set_by_path(experiment, "lanes.1.activation", "tanh"));
  EXPECT_EQ(experiment.lanes[0].activation, ActivationId::kTanh);
  ASSERT_FALSE(set_by_path(experiment, "lanes.1.activation", "network"));
  EXPECT_EQ(experiment.lanes[0].activation, std::nullopt);
}

TEST(SetByPath, a_csv_is_learned_from_whole_unless_points_to_test_on_are_asked_for) {
  Experiment experiment = course();
  SettingText csv[] = {{"data.test_samples", "100"}, {"data.path", "x.csv"}, {"data.kind", "csv"}};
  EXPECT_TRUE(set_by_paths(experiment, csv)) << "circles read no path";
  std::swap(csv[0], csv[2]);
  ASSERT_FALSE(set_by_paths(experiment, csv));
  EXPECT_EQ(experiment.data.test_samples, 100) << "asked for";
  experiment = course();
  ASSERT_FALSE(set_by_paths(experiment, std::span(csv, 2)));
  EXPECT_EQ(experiment.data.test_samples, 0);
  ASSERT_FALSE(set_by_path(experiment, "data.kind", "moons"));
  EXPECT_EQ(experiment.data.test_samples, 100);
  experiment.data.test_samples = 7;
  ASSERT_FALSE(set_by_path(experiment, "data.kind", "csv"));
  EXPECT_EQ(experiment.data.test_samples, 7) << "the user's own";
}

TEST(SetByPath, settings_that_only_go_together_are_set_together) {
  Experiment experiment = course();
  const SettingText settings[] = {{"network.output", "linear"}, {"training.loss", "mean_squared_error"}};
  EXPECT_TRUE(set_by_path(experiment, settings[0].path, settings[0].value));
  EXPECT_FALSE(set_by_paths(experiment, settings));
  EXPECT_EQ(experiment.network.output, OutputId::kLinear);
  EXPECT_EQ(experiment.training.loss, LossId::kMeanSquaredError);
}

TEST(SetByPath, bad_settings_change_nothing_and_say_why) {
  struct Row {
    const char* path;
    const char* value;
    const char* message;
  };
  constexpr Row kRows[] = {
      {"training.learnin_rate", "1",
       "training.learnin_rate: unknown setting; did you mean \"training.learning_rate\"?"},
      {"trainin.learning_rate", "1",
       "trainin.learning_rate: unknown setting; did you mean \"training.learning_rate\"?"},
      {"learning_rate", "1", "learning_rate: unknown setting; did you mean \"training.learning_rate\"?"},
      {"lanes.2.schem", "he_normal", "lanes.2.schem: unknown setting; did you mean \"lanes.2.scheme\"?"},
      {"colour", "red", "colour: unknown setting; `initlab list settings` shows all"},
      {"", "1", ": unknown setting; `initlab list settings` shows all"},
      {"a\nb", "1", "a\\nb: unknown setting; `initlab list settings` shows all"},
      {"lanes", "[]", "lanes: unknown setting; `initlab list settings` shows all"},
      {"lanes.4.seed", "1", "lanes.4.seed: there is no lane \"4\"; allowed: 1 to 3"},
      {"lanes.0.seed", "1", "lanes.0.seed: there is no lane \"0\"; allowed: 1 to 3"},
      {"lanes.x.seed", "1", "lanes.x.seed: there is no lane \"x\"; allowed: 1 to 3"},
      {"lanes.1.name", "He",
       "lanes.3.name: \"He\" is the name of lanes.1 too; allowed: a name of its own for each lane"},
      {"lanes.1.name", "", "lanes.1.name: \"\" is too short; allowed: 1 to 60 characters"},
      {"lanes.1.name", "\xff", "lanes.1.name: \"\\xff\" is not valid UTF-8; allowed: 1 to 60 characters"},
      {"lanes.1.std", "1", "lanes.1.std: not read by zeros, only by normal, truncated_normal, sparse"},
      {"lanes.1.layers.4.scheme", "zeros",
       "lanes.1.layers.4: there is no such layer; allowed: layers 1 to 3"},
      {"lanes.1.layers.0.scheme", "zeros",
       "lanes.1.layers.0.scheme: \"0\" is not the number of a layer; allowed: 1 to that of the output layer"},
      {"lanes.1.layers.02.scheme", "zeros",
       "lanes.1.layers.02.scheme: \"02\" is not the number of a layer; allowed: 1 to that of the output "
       "layer"},
      {"lanes.1.layers.2.schem", "zeros",
       "lanes.1.layers.2.schem: unknown setting; did you mean \"lanes.1.layers.2.scheme\"?"},
      {"lanes.1.layers.2.seed", "1",
       "lanes.1.layers.2.seed: unknown setting; did you mean \"lanes.1.layers.2.std\"?"},
      {"lanes.1.layers.2.std", "1",
       "lanes.1.layers.2.std: not read by zeros, only by normal, truncated_normal, sparse"},
      {"lanes.1.layers.2.scheme", "zero",
       "lanes.1.layers.2.scheme: \"zero\" is unknown; did you mean \"zeros\"? allowed: ..."},
      {"lanes.1.layers", "zeros", "lanes.1.layers: \"zeros\" is not an object"},
      {"lanes.1.layers", "[]", "lanes.1.layers: a list is not an object"},
      {"lanes.1.bias_value", "1", "lanes.1.bias_value: not read by framework, only by constant"},
      {"data.points", "[[0, 0, 0]]", "data.points: not read by circles, only by points"},
      {"training.learning_rate", "nan",
       "training.learning_rate: \"nan\" is not a number; allowed: 0 to 1,000"},
      {"training.learning_rate", "inf",
       "training.learning_rate: \"inf\" is not a number; allowed: 0 to 1,000"},
      {"training.learning_rate", "1e999",
       "training.learning_rate: \"1e999\" is not a number; allowed: 0 to 1,000"},
      {"training.learning_rate", "0,5",
       "training.learning_rate: \"0,5\" is not a number; allowed: 0 to 1,000"},
      {"training.learning_rate", "", "training.learning_rate: \"\" is not a number; allowed: 0 to 1,000"},
      {"training.steps", "1e10", "training.steps: 1e10 is out of range; allowed: 1 to 1,000,000,000"},
      {"network.output", "linear",
       "training.loss: cross_entropy needs network.output sigmoid or softmax, which is linear; allowed with "
       "it: "
       "mean_squared_error"},
  };
  for (const Row& row : kRows) {
    Experiment experiment = course();
    const auto error = set_by_path(experiment, row.path, row.value);
    ASSERT_TRUE(error) << row.path << "=" << row.value;
    std::string_view wanted = row.message;
    if (wanted.ends_with("...")) {
      wanted.remove_suffix(3);
      EXPECT_GT(error->message.size(), wanted.size());
      EXPECT_EQ(error->message.substr(0, wanted.size()), wanted);
    } else {
      EXPECT_EQ(error->message, wanted);
    }
    EXPECT_EQ(experiment, course()) << row.path;
  }
}

}  // namespace
}  // namespace initlab
