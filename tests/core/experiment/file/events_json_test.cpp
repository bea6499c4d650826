// Edited weights in a file: read, written, refused in one line, and obeyed by whoever trains.
#include "core/experiment/file/events_json.h"

#include <gtest/gtest.h>

#include "core/experiment/comparison.h"

namespace initlab {
namespace {

constexpr const char* kEdited = R"({"initlab": 1, "events": [
  {"step": 9, "lane": 1, "set": {"layers.2.weights.3.1": 0.5, "layers.2.bias.3": -1e-3}},
  {"step": 12, "set": {"layers.3.weights.1.5": 2, "training.l2": 0.25}}]})";

Experiment read(const std::string& json) {
  auto result = experiment_from_json(json, "text");
  if (auto* error = std::get_if<InputError>(&result)) ADD_FAILURE() << error->message;
  return std::get<Experiment>(result);
}

std::string refusal(const std::string& set) {
  const auto result = experiment_from_json(
      R"({"initlab": 1, "events": [{"step": 5, "lane": 2, "set": {)" + set + "}}]}", "text");
  const auto* error = std::get_if<InputError>(&result);
  return error ? error->message : "";
}

TEST(events_json, edited_weights_are_read_and_written_as_they_were) {
  const Experiment experiment = read(kEdited);
  ASSERT_EQ(experiment.events.size(), 4u);
  EXPECT_EQ(experiment.events[0],
            (Event{.step = 9, .lane = 1, .value = 0.5, .weight = WeightPlace{2, 3, 1}}));
  EXPECT_EQ(experiment.events[1],
            (Event{.step = 9, .lane = 1, .value = -1e-3, .weight = WeightPlace{2, 3, 0}}));
  EXPECT_EQ(experiment.events[2], (Event{.step = 12, .lane = 0, .value = 2, .weight = WeightPlace{3, 1, 5}}));
  EXPECT_EQ(experiment.events[3], (Event{12, 0, LiveSetting::kL2, 0.25}));
  EXPECT_EQ(read(experiment_to_json(experiment)), experiment);
}

TEST(events_json, what_is_wrong_is_said_in_one_line_with_what_there_is) {
  EXPECT_EQ(refusal(R"("layers.4.bias.1": 1)"),
            "text: layers.4.bias.1: there is no layer 4; allowed: 1 to 3");
  EXPECT_EQ(refusal(R"("layers.2.weights.6.1": 1)"),
            "text: layers.2.weights.6.1: there is no unit 6 in layer 2; allowed: 1 to 5");
  EXPECT_EQ(refusal(R"("layers.1.weights.6.3": 1)"),
            "text: layers.1.weights.6.3: there is no input 3 in layer 1; allowed: 1 to 2");
  EXPECT_NE(refusal(R"("layers.1.bias.1": "x")"), "");
  for (const char* path :
       {"layers.1", "layers.1.weights.1", "layers.1.bias.1.1", "layers.0.bias.1", "layers.x.bias.1",
        "layers.1.bias.01", "layers.1.weights.1.1.", "layers.1.weight.1.1", "layers..bias.1"}) {
    const std::string message = refusal("\"" + std::string(path) + "\": 1");
    EXPECT_NE(message.find(path), std::string::npos) << message;
    EXPECT_EQ(message.find('\n'), std::string::npos);
  }
}

TEST(events_json, a_run_writes_the_number_when_it_comes_to_the_step) {
  Comparison comparison(read(kEdited), {.threads = 1});
  comparison.advance(8);
  EXPECT_NE(comparison.run(0).network().layers[1].w(2, 0), 0.5);
  comparison.advance(1);
  EXPECT_EQ(comparison.run(0).network().layers[1].w(2, 0), 0.5);
  EXPECT_EQ(comparison.run(0).network().layers[1].b[2], -1e-3);
  EXPECT_NE(comparison.run(2).network().layers[1].w(2, 0), 0.5);
  comparison.advance(3);
  for (std::size_t lane = 0; lane < 3; ++lane)
    EXPECT_EQ(comparison.run(lane).network().layers[2].w(0, 4), 2) << lane;
}

TEST(events_json, a_setting_that_leaves_no_such_weight_forgets_its_edit) {
  Experiment experiment = read(kEdited);
  ASSERT_FALSE(set_by_path(experiment, "network.hidden", "[10,2]"));
  ASSERT_EQ(experiment.events.size(), 1u);
  EXPECT_FALSE(experiment.events[0].weight);
}

}  // namespace
}  // namespace initlab
