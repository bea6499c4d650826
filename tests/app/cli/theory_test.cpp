// Mean-field figures as text and as JSON.
#include "tests/app/cli/program.h"

namespace initlab::test {
namespace {

using nlohmann::json;

class Theory : public ProgramTest {
 protected:
  json figures(std::vector<std::string> arguments) const {
    arguments.insert(arguments.begin(), "theory");
    arguments.insert(arguments.end(), {"--json", "-"});
    return json_of(arguments);
  }
};

TEST_F(Theory, has_every_figure_of_an_ordered_network) {
  const json tanh = figures({"--activation", "tanh", "--sigma-w", "1.3", "--sigma-b", "0.3"});
  EXPECT_NEAR(tanh.at("q_star").get<double>(), 0.607047, 1e-6);
  EXPECT_NEAR(tanh.at("chi_1").get<double>(), 0.939807, 1e-6);
  EXPECT_NEAR(tanh.at("v_slope").get<double>(), 0.473516, 1e-6);
  EXPECT_EQ(tanh.at("c_star"), 1);
  EXPECT_EQ(tanh.at("c_slope"), tanh.at("chi_1"));
  EXPECT_NEAR(tanh.at("xi_q").get<double>(), 1.337668, 1e-6);
  EXPECT_NEAR(tanh.at("xi_c").get<double>(), 16.1082, 1e-4);
  EXPECT_EQ(tanh.at("xi_gradient"), tanh.at("xi_c"));
  EXPECT_EQ(tanh.at("phase"), "ordered");
  EXPECT_EQ(tanh.at("q_map").at(0), 1);
  EXPECT_NEAR(tanh.at("q_map").at(1).get<double>(), 0.756358, 1e-6);
  EXPECT_EQ(tanh.size(), 10U);
}

TEST_F(Theory, begins_the_sequence_at_the_q_that_is_given) {
  const json relu = figures({"--activation", "relu", "--sigma-w", "1", "--q", "8"});
  EXPECT_EQ(relu.at("q_map").at(0), 8);
  EXPECT_EQ(relu.at("q_map").at(1), 4);
  EXPECT_EQ(relu.at("q_star"), 0);
}

TEST_F(Theory, takes_the_parameters_of_an_activation) {
  const json leaky =
      figures({"--activation", "leaky_relu", "--sigma-w", "1", "--sigma-b", "0.5", "--set", "slope=0.2"});
  EXPECT_NEAR(leaky.at("q_star").get<double>(), 0.520833, 1e-6);
  const json sine = figures({"--activation", "sine", "--sigma-w", "0.05", "--set", "frequency=30"});
  EXPECT_NEAR(sine.at("q_star").get<double>(), 0.960100 / 900, 1e-9);  // as 1.5 with frequency 1
  EXPECT_EQ(sine.at("phase"), "chaotic");
  EXPECT_LT(sine.at("xi_gradient").get<double>(), 0);
}

TEST_F(Theory, writes_what_is_not_finite_as_words) {
  const json grows = figures({"--activation", "relu", "--sigma-w", "1000000"});
  EXPECT_EQ(grows.at("phase"), "unbounded");
  EXPECT_EQ(grows.at("q_star"), "inf");
  EXPECT_EQ(grows.at("c_star"), "nan");
  EXPECT_EQ(grows.at("q_map").back(), "inf");
  const json linear = figures({"--activation", "linear", "--sigma-w", "1"});
  EXPECT_EQ(linear.at("phase"), "critical");
  EXPECT_EQ(linear.at("xi_gradient"), "inf");
}

TEST_F(Theory, says_the_phase_and_the_meaning_of_each_figure_in_words) {
  const std::string ordered = output_of({"theory", "--activation", "tanh", "--sigma-w", "0.9"});
  EXPECT_NE(ordered.find("ordered  inputs grow alike, gradients vanish"), std::string::npos) << ordered;
  EXPECT_NE(ordered.find("growth of a squared gradient a layer"), std::string::npos);
  const std::string chaotic =
      output_of({"theory", "--activation", "tanh", "--sigma-w", "2.5", "--sigma-b", "0.3"});
  EXPECT_NE(chaotic.find("gradients explode with a depth scale of 2.17"), std::string::npos) << chaotic;
  EXPECT_NE(chaotic.find("4.07912"), std::string::npos) << chaotic;
  EXPECT_NE(output_of({"theory", "--activation", "linear", "--sigma-w", "1"}).find("edge of chaos"),
            std::string::npos);
  EXPECT_NE(output_of({"theory", "--activation", "relu", "--sigma-w", "2"}).find("without end"),
            std::string::npos);
}

TEST_F(Theory, knows_every_activation_of_the_list_and_erf) {
  std::vector<std::string> ids = {"erf"};
  for (const json& row : json_of({"list", "activations", "--json"})) ids.push_back(row.at("id"));
  for (const std::string& id : ids) {
    EXPECT_NE(output_of({"theory", "--activation", id, "--sigma-w", "1"}).find(id), std::string::npos);
  }
}

TEST_F(Theory, writes_json_beside_the_table) {
  const std::string text =
      output_of({"theory", "--activation", "tanh", "--sigma-w", "1.3", "--json", "figures.json"});
  EXPECT_NE(text.find("q_star"), std::string::npos);
  EXPECT_EQ(json::parse(read("figures.json")), figures({"--activation", "tanh", "--sigma-w", "1.3"}));
}

}  // namespace
}  // namespace initlab::test
