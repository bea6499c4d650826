// What the tests of the experiment's file share: the program's own files, and reading what should be good.
#pragma once

#include <gtest/gtest.h>

#include <filesystem>
#include <fstream>
#include <iterator>
#include <string>
#include <string_view>

#include "core/experiment/file/experiment_json.h"
#include "core/numeric/input_text.h"

namespace initlab::test {

namespace fs = std::filesystem;

inline const fs::path kExperiments = fs::path(INITLAB_GOLDEN_DIR) / ".." / ".." / "assets" / "experiments";

inline std::string read_text(const fs::path& file) {
  std::ifstream stream(file, std::ios::binary);
  return {std::istreambuf_iterator<char>(stream), {}};
}

inline std::string message_of(const Result<Experiment>& result) {
  const auto* error = std::get_if<InputError>(&result);
  return error == nullptr ? "" : error->message;
}

inline Experiment read_good(std::string_view json) {
  Result<Experiment> result = experiment_from_json(json, "x.json");
  EXPECT_EQ(message_of(result), "");
  return std::holds_alternative<Experiment>(result) ? std::get<Experiment>(result) : Experiment{};
}

inline bool is_one_line(const std::string& message) {
  return !message.empty() && message.size() < 1000 && !has_control_characters(message) && is_utf8(message);
}

}  // namespace initlab::test
