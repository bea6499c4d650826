// `initlab draw`: numpy's numbers to the bit, files that numpy reads, and the law beside what was drawn.
#include <algorithm>
#include <cmath>
#include <cstring>
#include <sstream>

#include "tests/app/cli/program.h"

namespace initlab::test {
namespace {

using nlohmann::json;

class Draw : public ProgramTest {
 protected:
  static std::vector<std::string> call(const std::string& scheme, int fan_in, int fan_out,
                                       const std::vector<std::string>& more) {
    std::vector<std::string> words = {
        "draw", scheme, "--fan-in", std::to_string(fan_in), "--fan-out", std::to_string(fan_out)};
    words.insert(words.end(), more.begin(), more.end());
    return words;
  }
  json figures(const std::string& scheme, int fan_in, int fan_out, std::vector<std::string> more = {}) const {
    more.insert(more.end(), {"--json", "-"});
    return json_of(call(scheme, fan_in, fan_out, more));
  }
  std::vector<std::vector<double>> rows(const std::string& scheme, int fan_in, int fan_out,
                                        std::vector<std::string> more = {}) const {
    more.insert(more.end(), {"--csv", "-"});
    std::istringstream lines(output_of(call(scheme, fan_in, fan_out, more)));
    std::vector<std::vector<double>> all;
    for (std::string line; std::getline(lines, line);) {
      std::istringstream cells(line);
      all.emplace_back();
      for (std::string cell; std::getline(cells, cell, ',');) all.back().push_back(std::stod(cell));
    }
    return all;
  }
};

// np.random.seed(3); np.random.randn(10, 2) * np.sqrt(2 / 2)
TEST_F(Draw, normal_weights_are_numpys_to_the_bit) {
  const auto w = rows("he_normal", 2, 10, {"--seed", "3"});
  ASSERT_EQ(w.size(), 10u);
  for (const auto& row : w) ASSERT_EQ(row.size(), 2u);
  EXPECT_EQ(w[0][0], 1.7886284734303186);
  EXPECT_EQ(w[0][1], 0.43650985051198943);
  EXPECT_EQ(w[1][0], 0.09649746807200862);
  EXPECT_EQ(w[9][1], -1.1010676301114757);
}

// np.random.seed(7), then uniform(-l, l, (4, 6)) and uniform(-l, l, 4) with l = np.sqrt(1 / 6)
TEST_F(Draw, a_framework_that_draws_biases_draws_them_after_the_weights) {
  const auto w = rows("pytorch_linear", 6, 4, {"--seed", "7"});
  EXPECT_EQ(w[0][0], -0.3459428330935835);
  EXPECT_EQ(w[3][5], 0.03959185326568038);
  const json b = figures("pytorch_linear", 6, 4, {"--seed", "7"}).at("biases");
  EXPECT_NEAR(b.at("mean").get<double>(), 0.06452777794909187, 1e-15);
  EXPECT_EQ(b.at("min"), -0.299515893317395);
  EXPECT_EQ(figures("he_normal", 6, 4).at("biases").at("max"), 0);
}

TEST_F(Draw, npy_is_a_file_of_numpys_with_the_numbers_of_the_csv) {
  output_of(call("xavier_uniform", 7, 5, {"--seed", "11", "--npy", "w.npy"}));
  const std::string bytes = read("w.npy");
  // Magic, version 1.0, the header's length, the header: all together a multiple of 64.
  ASSERT_GT(bytes.size(), 128u);
  EXPECT_EQ(bytes.substr(0, 8), std::string("\x93NUMPY\x01\x00", 8));
  const std::size_t header = 10 + static_cast<unsigned char>(bytes[8]) +
                             (static_cast<std::size_t>(static_cast<unsigned char>(bytes[9])) << 8U);
  EXPECT_EQ(header % 64, 0u);
  EXPECT_TRUE(bytes.substr(10).starts_with("{'descr': '<f8', 'fortran_order': False, 'shape': (5, 7), }"));
  EXPECT_EQ(bytes[header - 1], '\n');
  ASSERT_EQ(bytes.size(), header + 5 * 7 * sizeof(double));
  const auto w = rows("xavier_uniform", 7, 5, {"--seed", "11"});
  for (std::size_t i = 0; i < 35; ++i) {
    double value = 0;
    std::memcpy(&value, bytes.data() + header + i * sizeof(double), sizeof(double));
    EXPECT_EQ(value, w[i / 7][i % 7]) << i;
  }
  EXPECT_EQ(output_of(call("xavier_uniform", 7, 5, {"--seed", "11", "--npy", "-"})), bytes);
}

// Relative standard error of a standard deviation over N weights: sqrt((kurtosis - 1) / (4 N)).
TEST_F(Draw, every_law_of_the_list_is_measured_as_it_is_expected) {
  constexpr double kWeights = 120 * 90;
  std::size_t laws = 0;
  for (const json& row : json_of({"list", "schemes", "--json"})) {
    const std::string distribution = row.at("distribution");
    const double kurtosis = distribution == "normal"             ? 3
                            : distribution == "uniform"          ? 1.8
                            : distribution == "truncated normal" ? 2.3655
                                                                 : 1;
    if (kurtosis == 1 && distribution != "constant") continue;
    ++laws;
    const json result = figures(row.at("id"), 120, 90, {"--seed", "5", "--set", "gain=1.5"});
    const json& expected = result.at("expected");
    const json& measured = result.at("measured");
    const double std = expected.at("std");
    EXPECT_NEAR(measured.at("std").get<double>(), std, 4 * std * std::sqrt((kurtosis - 1) / (4 * kWeights)))
        << row.at("id");
    EXPECT_NEAR(measured.at("mean").get<double>(), expected.at("mean").get<double>(),
                4 * std / std::sqrt(kWeights) + 1e-15)
        << row.at("id");
    if (distribution == "normal") {
      EXPECT_EQ(expected.at("min"), "-inf");
      EXPECT_EQ(expected.at("max"), "inf");
    } else {
      EXPECT_GE(measured.at("min"), expected.at("min")) << row.at("id");
      EXPECT_LE(measured.at("max"), expected.at("max")) << row.at("id");
    }
  }
  EXPECT_GE(laws, 20u);
}

TEST_F(Draw, json_has_the_documented_keys) {
  const json result = figures("he_normal", 20, 30, {"--seed", "4"});
  EXPECT_EQ(result.at("scheme"), "he_normal");
  EXPECT_EQ(result.at("fan_in"), 20);
  EXPECT_EQ(result.at("fan_out"), 30);
  EXPECT_EQ(result.at("seed"), 4);
  EXPECT_EQ(result.at("formula"), "W ~ N(0, 2 / fan_in)");
  for (const char* side : {"expected", "measured"}) {
    for (const char* key : {"mean", "std", "min", "max"}) EXPECT_TRUE(result.at(side).contains(key)) << key;
  }
}

TEST_F(Draw, keys_and_activation_decide_the_law) {
  const auto expected_std = [&](const std::string& scheme, std::vector<std::string> more) {
    return figures(scheme, 50, 200, std::move(more)).at("expected").at("std").get<double>();
  };
  EXPECT_NEAR(expected_std("normal", {"--set", "std=0.3", "--set", "gain=2"}), 0.6, 1e-15);
  EXPECT_NEAR(expected_std("he_normal", {}), std::sqrt(2.0 / 50), 1e-15);
  EXPECT_NEAR(expected_std("he_normal", {"--set", "mode=fan_out"}), std::sqrt(2.0 / 200), 1e-15);
  EXPECT_NEAR(expected_std("he_normal", {"--activation", "leaky_relu", "--set", "slope=0.5"}),
              std::sqrt(2 / 1.25 / 50), 1e-15);
  EXPECT_NEAR(expected_std("uniform", {"--set", "limit=3"}), std::sqrt(3.0), 1e-15);
  EXPECT_EQ(figures("constant", 3, 2, {"--set", "value=-4"}).at("measured").at("min"), -4);
}

TEST_F(Draw, lsuv_gives_unit_variance_on_standard_normal_inputs_and_states_no_law) {
  for (const auto& [fan_in, fan_out] : {std::pair(40, 160), std::pair(160, 40)}) {
    const json result = figures("lsuv", fan_in, fan_out, {"--set", "gain=3"});
    EXPECT_TRUE(result.at("expected").is_null());
    EXPECT_NEAR(result.at("measured").at("std").get<double>(), 3 / std::sqrt(fan_in), 0.02 * 3) << fan_in;
  }
  EXPECT_NE(output_of(call("lsuv", 8, 4, {})).find("1,000 standard normal samples"), std::string::npos);
}

TEST_F(Draw, from_file_shows_the_layer_that_has_the_shape) {
  output_of({"train", "course-initialization", "--steps", "1", "--set", "training.learning_rate=0",
             "--save-weights", "w.npz"});
  const std::vector<std::string> third_lane = {"--set", "path=w.npz", "--set", "lane=3"};
  EXPECT_EQ(rows("from_file", 2, 10, third_lane), rows("he_normal", 2, 10, {"--seed", "3"}));
  EXPECT_EQ(rows("from_file", 10, 5, third_lane).size(), 5u);
  EXPECT_TRUE(figures("from_file", 5, 1, third_lane).at("expected").is_null());
  const Outcome none = run(call("from_file", 3, 10, third_lane));
  EXPECT_EQ(none.code, 2);
  EXPECT_NE(none.err.find("allowed: 2 to 10, 10 to 5, 5 to 1"), std::string::npos) << none.err;
}

TEST_F(Draw, text_tells_shape_formula_law_and_histogram) {
  const std::string text = output_of(call("normal", 30, 40, {"--set", "std=0.5"}));
  for (const char* piece : {"normal: W ~ N(0, 0.5²)", "40 units of 30 inputs each, 1,200 weights, seed 0",
                            "distribution: normal", "expected", "measured", "-inf", "biases: all 0", "#####"})
    EXPECT_NE(text.find(piece), std::string::npos) << piece << " is not in\n" << text;
  EXPECT_EQ(output_of(call("ones", 3, 3, {})).find('#'), std::string::npos);
}

}  // namespace
}  // namespace initlab::test
