// `initlab train`: the course's numbers, the documented JSON, CSV, the table and `--check`.
#include <algorithm>
#include <cmath>
#include <fstream>
#include <sstream>

#include "tests/app/cli/program.h"

namespace initlab::test {
namespace {

using nlohmann::json;

class Train : public ProgramTest {};

const json& lane_of(const json& result, std::string_view name) {
  for (const json& lane : result.at("lanes")) {
    if (lane.at("name") == name) return lane;
  }
  throw std::runtime_error("no lane " + std::string(name));
}

json golden() {
  std::ifstream stream(std::string(INITLAB_GOLDEN_DIR) + "/course_initialization.json");
  return json::parse(stream);
}

std::vector<std::string> lines_of(const std::string& text) {
  std::vector<std::string> lines;
  std::istringstream stream(text);
  for (std::string line; std::getline(stream, line);) lines.push_back(line);
  return lines;
}

TEST_F(Train, course_initialization_meets_the_golden_numbers) {
  const json result = json_of({"train", "course-initialization", "--json", "-"});
  const json expected = golden();
  for (const auto& [name, key] : {std::pair("Zeros", "zeros"), std::pair("He", "he")}) {
    const json& lane = lane_of(result, name);
    const json& facts = expected.at(key);
    for (const json& pair : facts.at("cost")) {
      const auto& costs = lane.at("cost");
      const auto found = std::ranges::find_if(costs, [&](const json& c) { return c.at(0) == pair.at(0); });
      ASSERT_NE(found, costs.end()) << pair;
      const double wanted = pair.at(1);
      EXPECT_NEAR(found->at(1).get<double>(), wanted, 1e-9 * wanted) << name << " at step " << pair.at(0);
    }
    EXPECT_EQ(lane.at("train_accuracy"), facts.at("train_accuracy")) << name;
    EXPECT_EQ(lane.at("test_accuracy"), facts.at("test_accuracy")) << name;
  }
  // The large start's path hangs on the last bit of every sum: only its accuracies are facts.
  const json& large = lane_of(result, "Large x10");
  EXPECT_NEAR(large.at("train_accuracy").get<double>(), 0.83, 0.01);
  EXPECT_NEAR(large.at("test_accuracy").get<double>(), 0.86, 0.01);
  EXPECT_TRUE(files().empty());
}

TEST_F(Train, json_has_the_documented_keys) {
  const json result = json_of({"train", "course-initialization", "--steps", "2500", "--json", "-"});
  EXPECT_EQ(result.at("initlab"), 1);
  EXPECT_EQ(result.at("experiment"), "course-initialization");
  EXPECT_EQ(result.at("fingerprint").get<std::string>().size(), 16u);
  const json& he = lane_of(result, "He");
  EXPECT_EQ(he.at("scheme"), "he_normal");
  EXPECT_EQ(he.at("seed"), 3);
  EXPECT_EQ(he.at("steps"), 2500);
  EXPECT_EQ(he.at("status"), "ok");
  std::vector<int> steps;
  for (const json& pair : he.at("cost")) steps.push_back(pair.at(0));
  EXPECT_EQ(steps, (std::vector<int>{0, 1000, 2000, 2500}));
  for (const char* key : {"kind", "layer", "text"}) EXPECT_TRUE(he.at("verdicts").at(0).contains(key)) << key;
  ASSERT_EQ(he.at("layers").size(), 3u);
  const json& layer = he.at("layers").at(0);
  EXPECT_EQ(layer.at("layer"), 1);
  EXPECT_EQ(layer.at("units"), 10);
  EXPECT_EQ(layer.at("distinct_units"), 10);
  EXPECT_TRUE(layer.at("dead").is_number());
  EXPECT_TRUE(layer.at("saturated").is_null());
  for (const char* tensor : {"weights", "z", "a", "dz", "dw"}) {
    for (const char* key : {"mean", "std", "min", "max", "non_finite"}) {
      EXPECT_TRUE(layer.at(tensor).contains(key)) << tensor << "." << key;
    }
  }
}

TEST_F(Train, a_run_that_diverges_says_where_and_stays_valid_json) {
  const json result = json_of({"train", "course-initialization", "--set", "training.learning_rate=1000",
                               "--set", "network.output=linear", "--set", "training.loss=mean_squared_error",
                               "--steps", "200", "--json", "-"});
  const json& he = lane_of(result, "He");
  EXPECT_EQ(he.at("status"), "diverged");
  for (const char* key : {"step", "layer", "tensor"}) EXPECT_TRUE(he.at("diverged").contains(key)) << key;
  EXPECT_LE(he.at("steps").get<int>(), 200);
}

TEST_F(Train, equal_calls_print_equal_bytes) {
  const std::vector<std::string> call = {"train", "course-initialization", "--steps", "500", "--json", "-"};
  EXPECT_EQ(output_of(call), output_of(call));
}

TEST_F(Train, csv_has_a_row_for_every_lane_at_every_nth_step_and_at_the_last) {
  const auto lines =
      lines_of(output_of({"train", "course-initialization", "--steps", "10", "--every", "4", "--csv", "-"}));
  ASSERT_EQ(lines.size(), 1u + 4 * 3);
  EXPECT_EQ(lines[0], "step,lane,cost");
  const std::vector<std::string> beginnings = {
      "0,Zeros,", "0,Large x10,", "0,He,", "4,Zeros,",  "4,Large x10,",  "4,He,",
      "8,Zeros,", "8,Large x10,", "8,He,", "10,Zeros,", "10,Large x10,", "10,He,"};
  for (std::size_t i = 0; i < beginnings.size(); ++i)
    EXPECT_TRUE(lines[i + 1].starts_with(beginnings[i])) << lines[i + 1];
}

TEST_F(Train, csv_and_json_tell_the_same_costs) {
  EXPECT_NE(output_of({"train", "course-initialization", "--steps", "20", "--every", "7", "--csv", "x.csv",
                       "--json", "x.json"}),
            "");
  const json result = json::parse(read("x.json"));
  const json& he = lane_of(result, "He").at("cost");
  std::vector<std::pair<int, double>> from_csv;
  for (const std::string& line : lines_of(read("x.csv"))) {
    const std::size_t name = line.find(",He,");
    if (name != std::string::npos) from_csv.emplace_back(std::stoi(line), std::stod(line.substr(name + 4)));
  }
  ASSERT_EQ(from_csv.size(), he.size());
  for (std::size_t i = 0; i < he.size(); ++i) {
    EXPECT_EQ(from_csv[i].first, he[i].at(0));
    EXPECT_EQ(from_csv[i].second, he[i].at(1).get<double>());
  }
  EXPECT_EQ(files(), (std::vector<std::string>{"x.csv", "x.json"}));
}

TEST_F(Train, csv_quotes_a_lane_name_with_a_comma) {
  const std::string csv = output_of(
      {"train", "course-initialization", "--steps", "1", "--set", "lanes.1.name=a, \"b\"", "--csv", "-"});
  EXPECT_NE(csv.find("\n0,\"a, \"\"b\"\"\",0.69"), std::string::npos) << csv;
}

TEST_F(Train, table_has_an_aligned_row_for_every_lane) {
  const auto lines = lines_of(output_of({"train", "course-initialization", "--steps", "1200"}));
  ASSERT_GE(lines.size(), 5u);
  for (const char* heading : {"lane", "scheme", "seed", "steps", "cost", "train", "test", "verdict"}) {
    EXPECT_NE(lines[0].find(heading), std::string::npos) << heading;
  }
  const std::size_t scheme = lines[0].find("scheme");
  EXPECT_EQ(lines[1].find("zeros"), scheme);
  EXPECT_EQ(lines[2].find("normal"), scheme);
  EXPECT_EQ(lines[3].find("he_normal"), scheme);
  for (std::size_t i = 1; i < 4; ++i) EXPECT_NE(lines[i].find(" 1,200 "), std::string::npos) << lines[i];
  EXPECT_EQ(lines[4], "");
}

TEST_F(Train, table_is_followed_by_what_to_try_for_each_lane_that_is_not_well) {
  const std::vector<std::string> call = {"train", "course-initialization", "--steps", "1200"};
  const auto lines = lines_of(output_of(call));
  std::vector<std::string> json_call = call;
  json_call.insert(json_call.end(), {"--json", "-"});
  const json result = json_of(json_call);
  std::vector<std::string> advised;
  for (std::size_t i = 5; i < lines.size(); ++i) advised.push_back(lines[i]);
  ASSERT_EQ(advised.size(), 2u);
  for (const auto& [name, line] : {std::pair("Zeros", advised[0]), std::pair("Large x10", advised[1])}) {
    const std::string advice = lane_of(result, name).at("verdicts").at(0).at("advice");
    EXPECT_TRUE(line.starts_with(name)) << line;
    EXPECT_TRUE(line.ends_with("  " + advice)) << line;
  }
}

TEST_F(Train, settings_are_changed_before_training) {
  const json result =
      json_of({"train", "course-initialization", "--steps", "5", "--set", "network.hidden=[7]", "--set",
               "lanes.2.scheme=xavier_uniform", "--json", "-"});
  const json& second = result.at("lanes").at(1);
  EXPECT_EQ(second.at("scheme"), "xavier_uniform");
  ASSERT_EQ(second.at("layers").size(), 2u);
  EXPECT_EQ(second.at("layers").at(0).at("units"), 7);
}

TEST_F(Train, a_scheme_and_the_path_that_it_reads_are_set_in_either_order) {
  output_of({"train", "course-initialization", "--steps", "50", "--save-weights", "w.npz"});
  const std::vector<std::string> settings = {"lanes.3.scheme=from_file", "lanes.3.path=w.npz",
                                             "lanes.3.lane=3"};
  std::vector<std::string> order = {"0", "1", "2"};
  double first_cost = -1;
  do {
    std::vector<std::string> call = {"train", "course-initialization", "--steps", "1", "--json", "-"};
    for (const std::string& index : order) {
      call.push_back("--set");
      call.push_back(settings[static_cast<std::size_t>(index[0] - '0')]);
    }
    const double cost = json_of(call).at("lanes").at(2).at("cost").at(0).at(1);
    if (first_cost < 0) first_cost = cost;
    EXPECT_EQ(cost, first_cost);
  } while (std::next_permutation(order.begin(), order.end()));
  // Where the saved lane stood after 50 steps, not where He begins.
  EXPECT_LT(first_cost, json_of({"train", "course-initialization", "--steps", "1", "--json", "-"})
                            .at("lanes")
                            .at(2)
                            .at("cost")
                            .at(0)
                            .at(1));
}

TEST_F(Train, check_holds_for_every_experiment_that_comes_with_the_program) {
  std::size_t count = 0;
  for (const auto& entry :
       std::filesystem::directory_iterator(std::string(INITLAB_ASSETS) + "/experiments")) {
    const std::string name = entry.path().stem().string();
    std::ifstream stream(entry.path());
    EXPECT_FALSE(json::parse(stream).at("expect").empty()) << name << " expects nothing";
    const Outcome outcome = run({"train", name, "--check"});
    EXPECT_EQ(outcome.code, 0) << name << ": " << outcome.err;
    EXPECT_EQ(outcome.err, "");
    ++count;
  }
  EXPECT_GE(count, 1u);
}

TEST_F(Train, check_says_each_expectation_that_fails_and_exits_1) {
  std::ifstream stream(std::string(INITLAB_ASSETS) + "/experiments/course-initialization.json");
  json experiment = json::parse(stream);
  experiment["expect"] = {
      {{"lane", "He"}, {"quantity", "cost"}, {"relation", "<"}, {"value", 1e-3}},
      {{"lane", "He"}, {"quantity", "train_accuracy"}, {"relation", ">"}, {"value", 0.2}},
      {{"lane", "Zeros"}, {"quantity", "layers.1.distinct_units"}, {"relation", "="}, {"value", 2}}};
  write("x.json", experiment.dump());
  const Outcome outcome = run({"train", "x.json", "--steps", "100", "--check"});
  EXPECT_EQ(outcome.code, 1);
  EXPECT_TRUE(outcome.out.starts_with("lane "));
  const auto failures = lines_of(outcome.err);
  ASSERT_EQ(failures.size(), 2u) << outcome.err;
  EXPECT_NE(failures[0].find("cost"), std::string::npos);
  EXPECT_NE(failures[0].find("0.001"), std::string::npos);
  EXPECT_NE(failures[1].find("distinct_units"), std::string::npos);
  const Outcome without_check = run({"train", "x.json", "--steps", "100"});
  EXPECT_EQ(without_check.code, 0);
}

}  // namespace
}  // namespace initlab::test
