// A CSV file made by a test, in a folder of its own, and what becomes of it.
#pragma once

#include <gtest/gtest.h>
#include <unistd.h>

#include <filesystem>
#include <fstream>
#include <string>
#include <variant>
#include <vector>

#include "core/data/dataset.h"

namespace initlab {

// A folder for the files of one test, gone with it.
class Csv : public testing::Test {
 protected:
  Csv() {
    const auto* info = testing::UnitTest::GetInstance()->current_test_info();
    folder_ = std::filesystem::temp_directory_path() /
              ("initlab_csv_" + std::to_string(getpid()) + "_" + info->name());
    std::filesystem::remove_all(folder_);
    std::filesystem::create_directories(folder_);
  }
  ~Csv() override { std::filesystem::remove_all(folder_); }

  void write(const std::string& name, const std::string& text) const {
    std::ofstream(folder_ / name, std::ios::binary) << text;
  }

  static DataSettings plain() {
    DataSettings settings;
    settings.kind = DatasetId::kCsv;
    settings.path = "t.csv";
    settings.test_samples = 0;
    return settings;
  }

  std::variant<Dataset, DataError> load(const std::string& text, const DataSettings& settings,
                                        TargetKind targets = TargetKind::kClasses) const {
    write("t.csv", text);
    return load_dataset(settings, folder_, targets);
  }

  Dataset read(const std::string& text, const DataSettings& settings = plain(),
               TargetKind targets = TargetKind::kClasses) const {
    auto loaded = load(text, settings, targets);
    if (const auto* error = std::get_if<DataError>(&loaded)) {
      ADD_FAILURE() << error->message;
      return {};
    }
    return std::get<Dataset>(loaded);
  }

  // One line, or empty where the file was read.
  std::string error(const std::string& text, const DataSettings& settings = plain(),
                    TargetKind targets = TargetKind::kClasses) const {
    auto loaded = load(text, settings, targets);
    const auto* error = std::get_if<DataError>(&loaded);
    if (!error) return {};
    EXPECT_EQ(error->message.find('\n'), std::string::npos) << error->message;
    return error->message;
  }

  std::filesystem::path folder_;
};

using Numbers = std::vector<double>;

inline Numbers row(const Matrix& matrix, std::size_t r) {
  const auto values = matrix.row_span(r);
  return {values.begin(), values.end()};
}

inline DataSettings labelled(const std::string& label) {
  DataSettings settings;
  settings.kind = DatasetId::kCsv;
  settings.path = "t.csv";
  settings.test_samples = 0;
  settings.label = label;
  return settings;
}

}  // namespace initlab
