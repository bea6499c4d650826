// `initlab train --save-weights`: archives that a notebook reads, and that another experiment begins from.
#include <algorithm>

#include "tests/app/cli/program.h"

namespace initlab::test {
namespace {

using nlohmann::json;

class Weights : public ProgramTest {
 protected:
  void write_experiment(const std::string& name, const json& lanes) const {
    const json experiment = {{"initlab", 1},
                             {"name", name},
                             {"network", {{"hidden", {6, 4}}, {"activation", "tanh"}}},
                             {"training", {{"learning_rate", 0.1}, {"steps", 50}}},
                             {"lanes", lanes}};
    write(name + ".json", experiment.dump());
  }
};

bool has_member(const std::string& archive, const std::string& name) {
  return archive.find(name + ".npy") != std::string::npos;
}

TEST_F(Weights, of_one_lane_are_named_as_the_notes_name_them) {
  write_experiment("one", {{{"name", "a"}, {"scheme", "xavier_normal"}}});
  output_of({"train", "one.json", "--save-weights", "w.npz"});
  const std::string archive = read("w.npz");
  EXPECT_TRUE(archive.starts_with("PK\x03\x04"));
  for (const char* name : {"W1", "b1", "W2", "b2", "W3", "b3"})
    EXPECT_TRUE(has_member(archive, name)) << name;
  EXPECT_FALSE(has_member(archive, "W4"));
  EXPECT_EQ(archive.find("lane1_"), std::string::npos);
  EXPECT_EQ(files(), (std::vector<std::string>{"one.json", "w.npz"}));
}

TEST_F(Weights, of_several_lanes_are_told_apart_by_their_number) {
  write_experiment("two",
                   {{{"name", "a"}, {"scheme", "zeros"}}, {{"name", "b"}, {"scheme", "xavier_normal"}}});
  output_of({"train", "two.json", "--save-weights", "w.npz"});
  const std::string archive = read("w.npz");
  for (const char* name : {"lane1_W1", "lane1_b3", "lane2_W1", "lane2_b3"})
    EXPECT_TRUE(has_member(archive, name)) << name;
  EXPECT_FALSE(has_member(archive, "lane3_W1"));
}

TEST_F(Weights, an_experiment_that_begins_from_the_file_begins_where_the_other_ended) {
  write_experiment("first", {{{"name", "a"}, {"scheme", "zeros"}},
                             {{"name", "b"}, {"scheme", "xavier_normal"}, {"replicas", 3}}});
  const json first =
      json::parse(output_of({"train", "first.json", "--save-weights", "w.npz", "--json", "-"}));
  write_experiment("second", {{{"name", "c"}, {"scheme", "from_file"}, {"path", "w.npz"}, {"lane", 2}}});
  const json second = json_of({"train", "second.json", "--json", "-"});
  const json& ended = first.at("lanes").at(1).at("cost").back();
  const json& began = second.at("lanes").at(0).at("cost").front();
  EXPECT_EQ(ended.at(0), 50);
  EXPECT_EQ(began.at(0), 0);
  EXPECT_EQ(began.at(1), ended.at(1));
  EXPECT_LT(second.at("lanes").at(0).at("cost").back().at(1), began.at(1));
}

TEST_F(Weights, equal_calls_write_equal_bytes) {
  write_experiment("one", {{{"name", "a"}, {"scheme", "xavier_normal"}}});
  output_of({"train", "one.json", "--save-weights", "first.npz"});
  output_of({"train", "one.json", "--save-weights", "second.npz"});
  EXPECT_EQ(read("first.npz"), read("second.npz"));
}

}  // namespace
}  // namespace initlab::test
