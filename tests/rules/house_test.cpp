// Every file of the project keeps every rule.
#include <gtest/gtest.h>

#include <algorithm>
#include <filesystem>
#include <string>

#include "tests/rules/rules.h"

namespace initlab::rules {
namespace {

const std::vector<SourceFile>& house() {
  static const std::vector<SourceFile> kFiles = project_files(
      std::filesystem::weakly_canonical(std::filesystem::path(INITLAB_GOLDEN_DIR) / ".." / ".."));
  return kFiles;
}

TEST(house, its_files_are_found) {
  for (const char* path : {"CMakeLists.txt", "core/numeric/matrix.h", "app/main.cpp", "tests/rules/rules.cpp",
                           "third_party/packages.txt", "assets/experiments/course-initialization.json"}) {
    EXPECT_NE(std::ranges::find(house(), path, &SourceFile::path), house().end()) << path;
  }
  EXPECT_EQ(
      std::ranges::count_if(house(), [](const auto& file) { return file.path.starts_with("tests/golden"); }),
      0);
}

class House : public testing::TestWithParam<Rule> {};

TEST_P(House, keeps) {
  for (const SourceFile& file : house()) {
    for (const std::string& breach : GetParam().breaches(file)) ADD_FAILURE() << breach;
  }
}

INSTANTIATE_TEST_SUITE_P(Rules, House, testing::ValuesIn(rules().begin(), rules().end()),
                         [](const auto& row) { return std::string(row.param.name); });

}  // namespace
}  // namespace initlab::rules
