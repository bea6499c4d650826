// Runs the built program in a process and a folder of its own, and tells everything that came of it.
#pragma once

#include <gtest/gtest.h>

#include <filesystem>
#include <map>
#include <nlohmann/json.hpp>
#include <optional>
#include <string>
#include <string_view>
#include <vector>

namespace initlab::test {

struct Outcome {
  int code = -1;  // 128 + the signal that ended it, if one did
  std::string out;
  std::string err;
};

struct Surroundings {
  std::map<std::string, std::string> variables = {};   // besides the test's own; an empty value removes one
  std::optional<std::filesystem::path> out_file = {};  // stdout goes there
  bool out_closed = false;
  bool out_is_broken_pipe = false;
  std::optional<int> signal_after_start = {};  // sent half a second after the start
};

// A test with an empty folder, removed at its end. The program runs in it.
class ProgramTest : public testing::Test {
 protected:
  ProgramTest();
  ~ProgramTest() override;

  Outcome run(const std::vector<std::string>& arguments, const Surroundings& surroundings = {}) const;
  // As run(), but the exit code must be 0 and stderr empty; returns stdout.
  std::string output_of(const std::vector<std::string>& arguments,
                        const Surroundings& surroundings = {}) const;
  nlohmann::json json_of(const std::vector<std::string>& arguments) const;

  void write(const std::string& name, std::string_view bytes) const;
  std::string read(const std::string& name) const;
  // Names in the folder, sorted.
  std::vector<std::string> files() const;
  const std::filesystem::path& folder() const { return folder_; }

 private:
  std::filesystem::path folder_;
};

}  // namespace initlab::test
