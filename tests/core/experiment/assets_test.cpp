// Every experiment that comes with the program does what it says: trained to its end, it meets its
// expectations, and would have been caught had it not.
#include <gtest/gtest.h>

#include <algorithm>
#include <filesystem>
#include <memory>
#include <string>
#include <vector>

#include "core/experiment/comparison.h"
#include "core/experiment/file/experiment_json.h"
#include "core/experiment/result/result_json.h"

namespace initlab {
namespace {

namespace fs = std::filesystem;

const fs::path kExperiments = fs::path(INITLAB_GOLDEN_DIR) / ".." / ".." / "assets" / "experiments";

std::vector<std::string> asset_names() {
  std::vector<std::string> names;
  for (const fs::directory_entry& entry : fs::directory_iterator(kExperiments)) {
    names.push_back(entry.path().stem().string());
  }
  std::sort(names.begin(), names.end());
  return names;
}

Result<Experiment> read_asset(std::string_view name) {
  return experiment_from_file(kExperiments / (std::string(name) + ".json"));
}

// What holds exactly where the other does not.
Expectation opposite(Expectation expectation) {
  switch (expectation.relation) {
    case Relation::kLess:
      expectation.relation = Relation::kGreaterOrEqual;
      break;
    case Relation::kLessOrEqual:
      expectation.relation = Relation::kGreater;
      break;
    case Relation::kGreater:
      expectation.relation = Relation::kLessOrEqual;
      break;
    case Relation::kGreaterOrEqual:
      expectation.relation = Relation::kLess;
      break;
    case Relation::kEqual:
      expectation.value += 1;
      break;
  }
  return expectation;
}

// The same result, held against the opposite of everything that was expected of it.
Snapshot with_opposite_expectations(const Snapshot& snapshot) {
  Experiment experiment = *snapshot.experiment;
  std::ranges::transform(experiment.expect, experiment.expect.begin(), opposite);
  Snapshot changed = snapshot;
  changed.experiment = std::make_shared<const Experiment>(std::move(experiment));
  return changed;
}

class Asset : public testing::TestWithParam<std::string> {};

TEST_P(Asset, meets_its_expectations_and_fails_the_opposite_of_each) {
  Result<Experiment> read = read_asset(GetParam());
  auto* experiment = std::get_if<Experiment>(&read);
  ASSERT_NE(experiment, nullptr) << std::get<InputError>(read).message;
  ComparisonOptions options;
  options.find = [](std::string_view name, const fs::path&) { return read_asset(name); };
  auto made = Comparison::make(std::move(*experiment), options);
  auto* comparison = std::get_if<std::unique_ptr<Comparison>>(&made);
  ASSERT_NE(comparison, nullptr) << std::get<InputError>(made).message;
  (*comparison)->advance((*comparison)->experiment().training.steps);
  ASSERT_TRUE((*comparison)->finished());
  const auto snapshot = (*comparison)->snapshot();
  for (const std::string& failure : failed_expectations(*snapshot)) ADD_FAILURE() << failure;

  const std::vector<Expectation>& expected = snapshot->experiment->expect;
  const std::vector<std::string> failures = failed_expectations(with_opposite_expectations(*snapshot));
  ASSERT_EQ(failures.size(), expected.size());
  for (std::size_t i = 0; i < expected.size(); ++i) {
    EXPECT_TRUE(failures[i].starts_with(expected[i].lane + ": " + expected[i].quantity)) << failures[i];
  }
}

TEST_P(Asset, says_what_it_shows_what_to_watch_and_what_to_expect_of_each_lane) {
  const Result<Experiment> read = read_asset(GetParam());
  const auto* experiment = std::get_if<Experiment>(&read);
  ASSERT_NE(experiment, nullptr) << std::get<InputError>(read).message;
  EXPECT_EQ(experiment->name, GetParam());
  EXPECT_FALSE(experiment->title.empty());
  EXPECT_FALSE(experiment->watch.empty());
  for (const Lane& lane : experiment->lanes) {
    EXPECT_GT(std::ranges::count(experiment->expect, lane.name, &Expectation::lane), 0) << lane.name;
  }
}

std::string test_name(const testing::TestParamInfo<std::string>& info) {
  std::string name = info.param;
  std::replace(name.begin(), name.end(), '-', '_');
  return name;
}

INSTANTIATE_TEST_SUITE_P(All, Asset, testing::ValuesIn(asset_names()), test_name);

}  // namespace
}  // namespace initlab
