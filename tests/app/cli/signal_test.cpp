// `initlab signal`: what theory predicts beside what one pass measures, in networks that have not learned.
#include <algorithm>
#include <cmath>

#include "tests/app/cli/program.h"

namespace initlab::test {
namespace {

using nlohmann::json;

constexpr std::size_t kWidth = 64;
constexpr std::size_t kDepth = 10;
constexpr std::size_t kSeeds = 6;

class Signal : public ProgramTest {
 protected:
  // Ten hidden layers of 64 on as many standard normal features, six seeds of one scheme.
  json depth_result(const std::string& scheme, const std::string& activation) const {
    json experiment = {
        {"initlab", 1},
        {"name", "depth"},
        {"data", {{"kind", "gaussian_features"}, {"features", kWidth}, {"samples", 512}, {"seed", 1}}},
        {"network", {{"hidden", std::vector<std::size_t>(kDepth, kWidth)}, {"activation", activation}}}};
    for (std::size_t seed = 1; seed <= kSeeds; ++seed) {
      experiment["lanes"].push_back(
          {{"name", "seed " + std::to_string(seed)}, {"scheme", scheme}, {"seed", seed}});
    }
    write("depth.json", experiment.dump());
    return json_of({"signal", "depth.json", "--json", "-"});
  }
};

double predicted(const json& result, std::size_t layer, const char* tensor) {
  return result.at("lanes").at(0).at("layers").at(layer - 1).at("predicted").at(tensor);
}

// The root of the mean square over the seeds, as theory's figures are meant.
double measured(const json& result, std::size_t layer, const char* tensor) {
  double squares = 0;
  for (const json& lane : result.at("lanes")) {
    const double std = lane.at("layers").at(layer - 1).at(tensor).at("std");
    squares += std * std;
  }
  return std::sqrt(squares / static_cast<double>(result.at("lanes").size()));
}

struct Depth {
  const char* scheme;
  const char* activation;
};
class SignalInDepth : public Signal, public testing::WithParamInterface<Depth> {};

// Standard deviation of ln rms(z) in layer l of one network of 64 units a layer and one input, about
// 1/2 sqrt((5 (l - 1) + 2) / n) (Hanin and Rolnick 2018); less over many inputs. A gradient has come as many
// layers from the output, and one more.
double scatter(std::size_t l) {
  return 0.5 * std::sqrt(static_cast<double>(5 * (l - 1) + 2) / kWidth);
}

// Four times that over the root of the seeds is allowed.
TEST_P(SignalInDepth, is_measured_as_theory_predicts_within_the_sampling_error) {
  const json result = depth_result(GetParam().scheme, GetParam().activation);
  const auto tolerance = [](std::size_t l) {
    return 4 * scatter(l) / std::sqrt(static_cast<double>(kSeeds));
  };
  for (std::size_t l = 1; l <= kDepth; ++l) {
    EXPECT_NEAR(std::log(measured(result, l, "z") / predicted(result, l, "z")), 0, tolerance(l))
        << "z of layer " << l;
    EXPECT_NEAR(std::log(measured(result, l, "dz") / predicted(result, l, "dz")), 0,
                tolerance(kDepth - l + 2))
        << "dz of layer " << l;
  }
  // Layer 1 has no scatter but that of its own weights: 1/sqrt(2 N) of the standard deviation.
  EXPECT_NEAR(measured(result, 1, "z") / predicted(result, 1, "z"), 1,
              4 / std::sqrt(2.0 * kWidth * kWidth * kSeeds));
}

INSTANTIATE_TEST_SUITE_P(Schemes, SignalInDepth,
                         testing::Values(Depth{"he_normal", "relu"}, Depth{"xavier_normal", "relu"},
                                         Depth{"xavier_normal", "tanh"}),
                         [](const auto& row) {
                           return std::string(row.param.scheme) + "_" + row.param.activation;
                         });

TEST_F(Signal, depth_xavier_he_is_as_theory_predicts_within_three_standard_deviations_of_one_network) {
  const json result = json_of({"signal", "depth-xavier-he", "--json", "-"});
  ASSERT_EQ(result.at("lanes").size(), 2u);
  for (const json& lane : result.at("lanes")) {
    ASSERT_EQ(lane.at("layers").size(), kDepth + 1);
    for (std::size_t l = 1; l <= kDepth; ++l) {
      const json& layer = lane.at("layers").at(l - 1);
      const auto off = [&](const char* tensor) {
        return std::log(layer.at(tensor).at("std").get<double>() /
                        layer.at("predicted").at(tensor).get<double>());
      };
      EXPECT_NEAR(off("z"), 0, 3 * scatter(l)) << lane.at("name") << ", z of layer " << l;
      EXPECT_NEAR(off("dz"), 0, 3 * scatter(kDepth - l + 2)) << lane.at("name") << ", dz of layer " << l;
    }
  }
}

TEST_F(Signal, he_is_predicted_to_keep_its_size_under_relu_and_xavier_to_halve_its_variance) {
  const json he = depth_result("he_normal", "relu");
  const json xavier = depth_result("xavier_normal", "relu");
  for (std::size_t l = 2; l <= kDepth; ++l) {
    EXPECT_NEAR(predicted(he, l, "z") / predicted(he, l - 1, "z"), 1, 1e-12) << l;
    EXPECT_NEAR(predicted(xavier, l, "z") / predicted(xavier, l - 1, "z"), std::sqrt(0.5), 1e-12) << l;
  }
  EXPECT_EQ(he.at("lanes").at(0).at("theory").at("phase"), "critical");
  EXPECT_EQ(xavier.at("lanes").at(0).at("theory").at("phase"), "ordered");
}

TEST_F(Signal, json_is_that_of_train_at_step_0_with_predictions) {
  const json signal = json_of({"signal", "course-initialization", "--json", "-"});
  const json& lane = signal.at("lanes").at(2);
  EXPECT_EQ(signal.at("fingerprint").get<std::string>().size(), 16u);
  EXPECT_EQ(lane.at("name"), "He");
  EXPECT_EQ(lane.at("steps"), 0);
  ASSERT_EQ(lane.at("cost").size(), 1u);
  const json trained = json_of(
      {"train", "course-initialization", "--steps", "1", "--set", "training.learning_rate=0", "--json", "-"});
  const json& same = trained.at("lanes").at(2);
  for (std::size_t l = 0; l < 3; ++l) {
    json layer = lane.at("layers").at(l);
    for (const char* tensor : {"z", "dz"}) EXPECT_TRUE(layer.at("predicted").at(tensor).is_number()) << l;
    layer.erase("predicted");
    EXPECT_EQ(layer, same.at("layers").at(l));
  }
  EXPECT_FALSE(same.at("layers").at(0).contains("predicted"));
}

TEST_F(Signal, table_has_a_line_for_every_layer_of_every_lane_and_ends_with_phase_and_verdict) {
  const std::string text = output_of({"signal", "course-initialization"});
  const json result = json_of({"signal", "course-initialization", "--json", "-"});
  std::size_t at = 0;
  for (const json& lane : result.at("lanes")) {
    at = text.find(lane.at("name").get<std::string>() + ": W ", at);
    ASSERT_NE(at, std::string::npos) << lane.at("name");
    for (const char* beginning :
         {"layer  units", "\n    1     10", "\n    2      5", "\n    3      1", "phase: "}) {
      at = text.find(beginning, at);
      ASSERT_NE(at, std::string::npos) << beginning << " in\n" << text;
    }
    for (const json& verdict : lane.at("verdicts"))
      EXPECT_NE(text.find(verdict.at("text").get<std::string>(), at), std::string::npos) << verdict;
  }
  EXPECT_NE(text.find("phase: critical; chi_1 1 "), std::string::npos) << text;
}

TEST_F(Signal, can_be_had_of_every_experiment_that_comes_with_the_program) {
  for (const json& row : json_of({"list", "experiments", "--json"})) {
    const json result = json_of({"signal", row.at("id"), "--json", "-"});
    EXPECT_EQ(result.at("lanes").size(), row.at("lanes").size()) << row.at("id");
    for (const json& lane : result.at("lanes")) {
      EXPECT_EQ(lane.at("steps"), 0) << row.at("id");
      for (const json& layer : lane.at("layers")) EXPECT_TRUE(layer.contains("predicted")) << row.at("id");
    }
  }
}

TEST_F(Signal, what_theory_does_not_know_is_a_dash_and_null) {
  const std::vector<std::string> call = {"signal", "course-initialization", "--set",
                                         "lanes.3.scheme=identity"};
  const std::string text = output_of(call);
  EXPECT_NE(text.find("phase: none"), std::string::npos) << text;
  std::vector<std::string> json_call = call;
  json_call.insert(json_call.end(), {"--json", "x.json"});
  EXPECT_EQ(output_of(json_call), text);
  const json lane = json::parse(read("x.json")).at("lanes").at(2);
  EXPECT_TRUE(lane.at("layers").at(0).at("predicted").at("z").is_null());
}

}  // namespace
}  // namespace initlab::test
