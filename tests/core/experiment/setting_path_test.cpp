// Settings by their dotted path: what `--set` and the window's controls do.
#include <gtest/gtest.h>

#include <cstdint>
#include <vector>

#include "core/experiment/experiment_json.h"

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
      {"lanes.1.std", "1", "lanes.1.std: not read by zeros, only by normal"},
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
       "training.loss: cross_entropy needs network.output sigmoid, which is linear; allowed with it: "
       "mean_squared_error"},
  };
  for (const Row& row : kRows) {
    Experiment experiment = course();
    const auto error = set_by_path(experiment, row.path, row.value);
    ASSERT_TRUE(error) << row.path << "=" << row.value;
    EXPECT_EQ(error->message, row.message);
    EXPECT_EQ(experiment, course()) << row.path;
  }
}

}  // namespace
}  // namespace initlab
