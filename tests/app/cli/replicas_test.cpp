// Several seeds of one lane, and regressions, in `train`'s table and JSON.
#include <algorithm>
#include <sstream>

#include "tests/app/cli/program.h"

namespace initlab::test {
namespace {

using nlohmann::json;

std::vector<std::string> lines_of(const std::string& text) {
  std::vector<std::string> lines;
  std::istringstream stream(text);
  for (std::string line; std::getline(stream, line);) lines.push_back(line);
  return lines;
}

class Replicas : public ProgramTest {
 protected:
  static std::vector<std::string> course_with_replicas(const std::vector<std::string>& more) {
    std::vector<std::string> call = {"train", "course-initialization", "--steps", "200",
                                     "--set", "lanes.3.replicas=5"};
    call.insert(call.end(), more.begin(), more.end());
    return call;
  }
};

TEST_F(Replicas, json_has_the_band_of_the_runs_that_their_seeds_make_alone) {
  const json band = json_of(course_with_replicas({"--json", "-"})).at("lanes").at(2).at("replicas");
  EXPECT_EQ(band.at("count"), 5);
  EXPECT_EQ(band.at("diverged"), 0);
  std::vector<double> costs;
  for (int seed = 3; seed < 8; ++seed) {
    const json alone = json_of({"train", "course-initialization", "--steps", "200", "--set",
                                "lanes.3.seed=" + std::to_string(seed), "--json", "-"});
    costs.push_back(alone.at("lanes").at(2).at("cost").back().at(1));
  }
  std::ranges::sort(costs);
  EXPECT_EQ(band.at("final_cost").at("min"), costs[0]);
  EXPECT_EQ(band.at("final_cost").at("q1"), costs[1]);
  EXPECT_EQ(band.at("final_cost").at("median"), costs[2]);
  EXPECT_EQ(band.at("final_cost").at("q3"), costs[3]);
  EXPECT_EQ(band.at("final_cost").at("max"), costs[4]);
  int verdicts = 0;
  for (const json& one : band.at("verdicts")) verdicts += one.at("count").get<int>();
  EXPECT_EQ(verdicts, 5);
}

TEST_F(Replicas, table_shows_seeds_median_with_quartiles_and_counts_of_verdicts) {
  const auto lines = lines_of(output_of(course_with_replicas({})));
  ASSERT_GE(lines.size(), 4u);
  EXPECT_NE(lines[0].find("  seeds  "), std::string::npos) << lines[0];
  EXPECT_NE(lines[3].find("  3 to 7  "), std::string::npos) << lines[3];
  EXPECT_NE(lines[3].find(" of 5 "), std::string::npos) << lines[3];
  const std::size_t open = lines[3].find(" (");
  ASSERT_NE(open, std::string::npos) << lines[3];
  const double median = std::stod(lines[3].substr(lines[3].rfind(' ', open - 1)));
  const double lower = std::stod(lines[3].substr(open + 2));
  const double upper = std::stod(lines[3].substr(lines[3].find(" to ", open) + 4));
  EXPECT_LE(lower, median);
  EXPECT_LE(median, upper);
  EXPECT_LT(lower, upper);
  // The lanes beside it are run once.
  EXPECT_NE(lines[1].find("  3  "), std::string::npos) << lines[1];
  EXPECT_EQ(lines[1].find(" ("), std::string::npos) << lines[1];
}

TEST_F(Replicas, runs_that_diverge_are_counted) {
  write("x.json", R"({"initlab": 1, "data": {"kind": "x_sin_x"},
                      "network": {"hidden": [20], "activation": "relu", "output": "linear"},
                      "training": {"loss": "mean_squared_error", "learning_rate": 100, "steps": 400},
                      "lanes": [{"name": "a", "scheme": "he_normal", "replicas": 4}]})");
  const json band = json_of({"train", "x.json", "--json", "-"}).at("lanes").at(0).at("replicas");
  ASSERT_EQ(band.at("diverged"), 4);
  EXPECT_EQ(band.at("final_cost").at("median"), "inf");
  const auto lines = lines_of(output_of({"train", "x.json"}));
  EXPECT_NE(lines.at(1).find("4 of 4 diverged"), std::string::npos) << lines.at(1);
  EXPECT_NE(lines.at(1).find("not finite (not finite to not finite)"), std::string::npos) << lines.at(1);
}

TEST_F(Replicas, of_a_regression_the_test_cost_stands_where_accuracies_would) {
  write("x.json", R"({"initlab": 1, "data": {"kind": "sine"},
                      "network": {"hidden": [10], "activation": "tanh", "output": "linear"},
                      "training": {"loss": "mean_squared_error", "steps": 100},
                      "lanes": [{"name": "a", "scheme": "xavier_normal"},
                                {"name": "b", "scheme": "xavier_normal", "replicas": 3}]})");
  const auto lines = lines_of(output_of({"train", "x.json"}));
  ASSERT_GE(lines.size(), 3u);
  EXPECT_NE(lines[0].find("cost"), lines[0].find("test cost"));
  EXPECT_NE(lines[0].find("test cost"), std::string::npos) << lines[0];
  EXPECT_EQ(lines[0].find("train"), std::string::npos) << lines[0];
  EXPECT_EQ(std::ranges::count(lines[1], '('), 0) << lines[1];
  EXPECT_EQ(std::ranges::count(lines[2], '('), 2) << lines[2];
  const json lane = json_of({"train", "x.json", "--json", "-"}).at("lanes").at(0);
  EXPECT_TRUE(lane.at("train_accuracy").is_null());
  EXPECT_GT(lane.at("test_cost").get<double>(), 0);
}

}  // namespace
}  // namespace initlab::test
