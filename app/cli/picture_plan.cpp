#include "app/cli/picture_plan.h"

#include <fmt/format.h>

#include <algorithm>

#include "app/cli/arguments.h"

namespace initlab {
namespace {

constexpr double kWindowWidth = 1440;
constexpr double kWindowHeight = 900;
constexpr double kLeastScale = 0.25;
constexpr double kLargestScale = 16;

std::string format_list() {
  std::string text;
  for (const PictureFormatRow& row : kPictureFormats) {
    text += text.empty() ? "" : ", ";
    text += row.ending;
  }
  return text;
}

std::optional<InputError> read_format(const ShotArguments& arguments, PicturePlan& plan) {
  plan.output = arguments.output;
  const auto format = picture_format(plan.output);
  if (!format) {
    return InputError{fmt::format("-o {}: the ending chooses the format; allowed: {}",
                                  in_quotes(arguments.output), format_list())};
  }
  if (arguments.window && *format != PictureFormat::kPng) {
    return InputError{fmt::format("-o {}: a picture of the window is made of pixels; allowed: .png",
                                  in_quotes(arguments.output))};
  }
  return std::nullopt;
}

std::optional<InputError> read_figure(const ShotArguments& arguments, const Experiment& experiment,
                                      PicturePlan& plan) {
  if (arguments.window && (arguments.figure || arguments.lane)) {
    return InputError{"--window shows the whole window: --figure and --lane do not go with it"};
  }
  if (arguments.lane) {
    const auto lane =
        read_whole_number("--lane", *arguments.lane, 1, static_cast<std::int64_t>(experiment.lanes.size()));
    if (const auto* error = error_in(lane)) return *error;
    plan.lane = static_cast<std::size_t>(std::get<0>(lane)) - 1;
  }
  if (arguments.window) return std::nullopt;
  const std::string_view name = arguments.figure ? std::string_view(*arguments.figure) : "comparison";
  plan.figure = find_figure(name);
  if (plan.figure != nullptr) return std::nullopt;
  std::vector<std::string_view> names;
  for (const FigureRow& row : figures()) names.push_back(row.id);
  return InputError{fmt::format("--figure {}: no such figure{}", in_quotes(name), suggestion(name, names))};
}

std::optional<InputError> read_steps(const ShotArguments& arguments, const Experiment& experiment,
                                     PicturePlan& plan) {
  const std::int64_t last = experiment.training.steps;
  for (const std::string_view text : split(arguments.at, ',')) {
    if (text == "last") {
      plan.steps.push_back(last);
      continue;
    }
    const auto step = read_whole_number("--at", text, 0, last);
    if (const auto* error = error_in(step)) return InputError{error->message + ", or last"};
    plan.steps.push_back(std::get<0>(step));
  }
  std::sort(plan.steps.begin(), plan.steps.end());
  plan.steps.erase(std::unique(plan.steps.begin(), plan.steps.end()), plan.steps.end());
  plan.step_digits = std::max(6, static_cast<int>(std::to_string(plan.steps.back()).size()));
  return std::nullopt;
}

std::optional<InputError> read_themes(const ShotArguments& arguments, PicturePlan& plan) {
  for (const std::string_view name : split(arguments.theme, ',')) {
    const Theme* const found = find_theme(name);
    if (found == nullptr) {
      std::vector<std::string_view> names;
      for (const Theme& row : all_themes()) names.push_back(row.name);
      return InputError{
          fmt::format("--theme {}: no such theme; allowed: {}", in_quotes(name), joined(names))};
    }
    if (std::ranges::find(plan.themes, found) == plan.themes.end()) plan.themes.push_back(found);
  }
  return std::nullopt;
}

std::optional<InputError> read_size(const ShotArguments& arguments, PicturePlan& plan) {
  const auto scale = read_number("--scale", arguments.scale, kLeastScale, kLargestScale);
  if (const auto* error = error_in(scale)) return *error;
  plan.scale = std::get<0>(scale);
  plan.width = plan.figure != nullptr ? plan.figure->width : kWindowWidth;
  plan.height = plan.figure != nullptr ? plan.figure->height : kWindowHeight;
  if (arguments.size) {
    const auto sides = split(*arguments.size, 'x');
    const auto read = [](std::string_view side) { return read_whole_number("", side, 1, 1'000'000); };
    if (sides.size() != 2 || error_in(read(sides[0])) != nullptr || error_in(read(sides[1])) != nullptr) {
      return InputError{
          fmt::format("--size {}: WIDTHxHEIGHT in whole logical pixels is allowed, such as 1200x800",
                      in_quotes(*arguments.size))};
    }
    plan.width = static_cast<double>(std::get<0>(read(sides[0])));
    plan.height = static_cast<double>(std::get<0>(read(sides[1])));
  }
  const auto [least, largest] = std::minmax({plan.width * plan.scale, plan.height * plan.scale});
  if (least >= kLeastSide && largest <= kLargestSide) return std::nullopt;
  return InputError{fmt::format("--size {}x{} at --scale {} is {}x{} pixels: {} to {} a side are allowed",
                                plan.width, plan.height, plan.scale, plan.width * plan.scale,
                                plan.height * plan.scale, format_number(kLeastSide),
                                format_number(kLargestSide))};
}

}  // namespace

Result<PicturePlan> plan_pictures(const ShotArguments& arguments, const Experiment& experiment) {
  PicturePlan plan;
  std::optional<InputError> error = read_format(arguments, plan);
  if (!error) error = read_figure(arguments, experiment, plan);
  if (!error) error = read_steps(arguments, experiment, plan);
  if (!error) error = read_themes(arguments, plan);
  if (!error) error = read_size(arguments, plan);
  if (error) return *error;
  return plan;
}

std::filesystem::path picture_file(const PicturePlan& plan, std::int64_t step, const Theme& theme) {
  std::string name = plan.output.stem().string();
  if (plan.steps.size() > 1) name += fmt::format("-{:0{}}", step, plan.step_digits);
  if (plan.themes.size() > 1) name += fmt::format("-{}", theme.name);
  return plan.output.parent_path() / (name + plan.output.extension().string());
}

}  // namespace initlab
