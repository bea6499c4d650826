// Every experiment that comes with the program does what it says: trained to its end, it meets its
// expectations.
#include <gtest/gtest.h>

#include <algorithm>
#include <filesystem>
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

class Asset : public testing::TestWithParam<std::string> {};

TEST_P(Asset, meets_its_expectations) {
  const Result<Experiment> read = experiment_from_file(kExperiments / (GetParam() + ".json"));
  const auto* experiment = std::get_if<Experiment>(&read);
  ASSERT_NE(experiment, nullptr) << std::get<InputError>(read).message;
  EXPECT_FALSE(experiment->expect.empty());
  Comparison comparison(*experiment);
  comparison.advance(experiment->training.steps);
  ASSERT_TRUE(comparison.finished());
  for (const std::string& failure : failed_expectations(*comparison.snapshot())) ADD_FAILURE() << failure;
}

std::string test_name(const testing::TestParamInfo<std::string>& info) {
  std::string name = info.param;
  std::replace(name.begin(), name.end(), '-', '_');
  return name;
}

INSTANTIATE_TEST_SUITE_P(All, Asset, testing::ValuesIn(asset_names()), test_name);

}  // namespace
}  // namespace initlab
