// What there is, as text and as JSON.
#include <algorithm>

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
                                         "settings"),
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
