// What there is, as text and as JSON.
#include <algorithm>
#include <cmath>

#include "tests/app/cli/program.h"

namespace initlab::test {
namespace {

using nlohmann::json;

std::vector<std::string> ids(const json& rows) {
  std::vector<std::string> all;
  for (const json& row : rows) all.push_back(row.at("id"));
  return all;
}

const json& row_of(const json& rows, std::string_view id) {
  for (const json& row : rows) {
    if (row.at("id") == id) return row;
  }
  throw std::runtime_error("no row " + std::string(id));
}

class List : public ProgramTest {};
class EveryList : public ProgramTest, public testing::WithParamInterface<std::string_view> {};

TEST_P(EveryList, has_the_same_ids_as_text_and_as_json) {
  const std::string kind(GetParam());
  const json rows = json_of({"list", kind, "--json"});
  const std::string text = "\n" + output_of({"list", kind});
  ASSERT_FALSE(rows.empty());
  for (const std::string& id : ids(rows)) EXPECT_NE(text.find("\n" + id + " "), std::string::npos) << id;
}
INSTANTIATE_TEST_SUITE_P(Each, EveryList,
                         testing::Values("schemes", "activations", "datasets", "experiments", "figures",
                                         "settings", "optimizers", "losses", "outputs", "biases", "verdicts"),
                         [](const auto& row) { return std::string(row.param); });

TEST_F(List, schemes_tell_formula_help_and_reference) {
  const json rows = json_of({"list", "schemes", "--json"});
  const std::vector<std::string> all = ids(rows);
  for (const char* id :
       {"zeros", "constant", "normal", "uniform", "xavier_normal", "xavier_uniform", "he_uniform"}) {
    EXPECT_EQ(std::ranges::count(all, id), 1) << id;
  }
  const json& he = row_of(rows, "he_normal");
  EXPECT_NE(he.at("formula").get<std::string>().find("fan_in"), std::string::npos);
  EXPECT_NE(he.at("reference").get<std::string>().find("He"), std::string::npos);
  EXPECT_EQ(row_of(rows, "normal").at("parameters"), json({"mean", "std"}));
  EXPECT_NE(output_of({"list", "schemes"}).find(he.at("reference").get<std::string>()), std::string::npos);
}

TEST_F(List, schemes_tell_their_law_and_their_names_in_the_frameworks) {
  const json rows = json_of({"list", "schemes", "--json"});
  EXPECT_EQ(row_of(rows, "he_uniform").at("distribution"), "uniform");
  EXPECT_EQ(row_of(rows, "he_normal_truncated").at("distribution"), "truncated normal");
  EXPECT_EQ(row_of(rows, "from_file").at("distribution"), "unknown");
  const json& xavier = row_of(rows, "xavier_uniform");
  EXPECT_EQ(xavier.at("pytorch"), "xavier_uniform_");
  EXPECT_EQ(xavier.at("keras"), "GlorotUniform");
  EXPECT_EQ(xavier.at("jax"), "glorot_uniform");
  const std::string text = output_of({"list", "schemes", "xavier_uniform"});
  for (const char* piece : {"distribution: uniform", "PyTorch: xavier_uniform_", "Keras: GlorotUniform"})
    EXPECT_NE(text.find(piece), std::string::npos) << text;
  EXPECT_NE(output_of({"list", "schemes", "normal"}).find("keys: mean std"), std::string::npos);
}

// PyTorch's calculate_gain, and expectations over a standard normal in closed form.
TEST_F(List, activations_tell_gain_and_moments) {
  const json rows = json_of({"list", "activations", "--json"});
  const json& relu = row_of(rows, "relu");
  EXPECT_NEAR(relu.at("gain").get<double>(), std::sqrt(2.0), 1e-15);
  EXPECT_EQ(relu.at("second_moment"), 0.5);
  EXPECT_EQ(relu.at("derivative_second_moment"), 0.5);
  EXPECT_NEAR(relu.at("forward_gain").get<double>(), std::sqrt(2.0), 1e-15);
  EXPECT_NEAR(row_of(rows, "tanh").at("gain").get<double>(), 5.0 / 3, 1e-15);
  EXPECT_NEAR(row_of(rows, "sine").at("second_moment").get<double>(), (1 - std::exp(-2.0)) / 2, 1e-12);
  EXPECT_NEAR(row_of(rows, "selu").at("second_moment").get<double>(), 1, 1e-6);
  EXPECT_TRUE(row_of(rows, "gelu").at("gain").is_null());
}

TEST_F(List, one_row_is_shown_by_its_id) {
  const json rows = json_of({"list", "verdicts", "diverged", "--json"});
  ASSERT_EQ(rows.size(), 1u);
  EXPECT_EQ(rows.at(0), row_of(json_of({"list", "verdicts", "--json"}), "diverged"));
  EXPECT_TRUE(output_of({"list", "optimizers", "adam"}).starts_with("adam  "));
  EXPECT_EQ(output_of({"list", "optimizers", "adam"}).find("momentum  "), std::string::npos);
}

TEST_F(List, experiments_tell_their_lanes_and_what_to_watch) {
  const json rows = json_of({"list", "experiments", "--json"});
  const json& course = row_of(rows, "course-initialization");
  EXPECT_EQ(course.at("lanes"), json({"Zeros", "Large x10", "He"}));
  for (const json& row : rows) EXPECT_TRUE(row.at("watch").is_string()) << row;
}

TEST_F(List, experiments_can_be_trained_by_id_and_by_path) {
  const json rows = json_of({"list", "experiments", "--json"});
  const json& course = row_of(rows, "course-initialization");
  EXPECT_FALSE(course.at("title").get<std::string>().empty());
  const std::vector<std::string> rest = {"--steps", "5", "--json", "-"};
  std::vector<std::string> by_id = {"train", "course-initialization"};
  std::vector<std::string> by_path = {"train", course.at("path").get<std::string>()};
  by_id.insert(by_id.end(), rest.begin(), rest.end());
  by_path.insert(by_path.end(), rest.begin(), rest.end());
  EXPECT_EQ(output_of(by_id), output_of(by_path));
}

TEST_F(List, settings_tell_type_range_default_and_choices) {
  const json rows = json_of({"list", "settings", "--json"});
  const json& rate = row_of(rows, "training.learning_rate");
  EXPECT_EQ(rate.at("type"), "number");
  EXPECT_EQ(rate.at("minimum"), 0);
  EXPECT_EQ(rate.at("maximum"), 1000);
  EXPECT_EQ(rate.at("default"), 0.01);
  EXPECT_FALSE(rate.at("help").get<std::string>().empty());
  const json& hidden = row_of(rows, "network.hidden");
  EXPECT_EQ(hidden.at("type"), "integers");
  EXPECT_EQ(hidden.at("default"), json({10, 5}));
  const json& scheme = row_of(rows, "lanes.N.scheme");
  EXPECT_EQ(scheme.at("type"), "choice");
  EXPECT_EQ(scheme.at("choices"), json(ids(json_of({"list", "schemes", "--json"}))));
  EXPECT_EQ(row_of(rows, "lanes.N.std").at("read_by"), json({"normal", "truncated_normal", "sparse"}));
  const json& layer = row_of(rows, "lanes.N.layers.L.activation");
  EXPECT_EQ(layer.at("choices").front(), "network");
  EXPECT_FALSE(layer.contains("default")) << "it is the lane's";
  EXPECT_EQ(row_of(rows, "lanes.N.activation").at("default"), "network");
  EXPECT_EQ(row_of(rows, "data.points").at("type"), "points");
}

}  // namespace
}  // namespace initlab::test
