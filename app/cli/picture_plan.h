// Which pictures `initlab shot` makes: its arguments, checked and spelled out. Nothing is drawn here.
#pragma once

#include <cstdint>
#include <filesystem>
#include <optional>
#include <string>
#include <vector>

#include "app/canvas/picture_file.h"
#include "app/figures/figure_table.h"
#include "app/theme.h"
#include "core/experiment/file/experiment_json.h"

namespace initlab {

// As typed; null where not given.
struct ShotArguments {
  std::string experiment;
  std::string output;
  std::vector<std::string> set;
  std::optional<std::string> figure;
  std::optional<std::string> lane;
  std::string at = "last";
  std::optional<std::string> size;
  std::string scale = "1";
  std::string theme = "light";
  bool window = false;
};

struct PicturePlan {
  std::filesystem::path output;
  const FigureRow* figure = nullptr;  // null: the window
  std::optional<std::size_t> lane;    // from 0; null: all
  std::vector<std::int64_t> steps;    // ascending, each once
  int step_digits = 6;                // in the files' names
  std::vector<const Theme*> themes;
  double width = 0;  // logical pixels, whole
  double height = 0;
  double scale = 1;
};

// Device pixels of a side.
inline constexpr double kLeastSide = 16;
inline constexpr double kLargestSide = 16384;

Result<PicturePlan> plan_pictures(const ShotArguments& arguments, const Experiment& experiment);

// "a.png", with several steps "a-000500.png", with several themes "a-000500-dark.png".
std::filesystem::path picture_file(const PicturePlan& plan, std::int64_t step, const Theme& theme);

}  // namespace initlab
