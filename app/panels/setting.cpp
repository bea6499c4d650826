#include "app/panels/setting.h"

#include <fmt/format.h>

#include <algorithm>
#include <cctype>
#include <charconv>

#include "app/panels/experiment_column.h"
#include "app/panels/field_row.h"
#include "core/experiment/file/experiment_json.h"
#include "core/experiment/file/fields.h"

namespace initlab {
namespace {

template <class Section>
void append(std::vector<SettingPath>& paths, const std::string& prefix, Section& section) {
  for (const Field<Section>& field : fields<Section>()) {
    if (!applies(field, section)) continue;
    paths.push_back(
        {prefix + std::string(field.key), value_text(field.member(section)), field.label, field.help});
  }
}

// The lane (from 0) that "lanes.2.scheme" means.
std::optional<std::size_t> lane_of(std::string_view path, const Experiment& experiment) {
  constexpr std::string_view kLanes = "lanes.";
  if (!path.starts_with(kLanes)) return std::nullopt;
  std::size_t number = 0;
  const auto result = std::from_chars(path.data() + kLanes.size(), path.data() + path.size(), number);
  if (result.ec != std::errc() || number < 1 || number > experiment.lanes.size()) return std::nullopt;
  return number - 1;
}

bool same_words(std::string_view a, std::string_view b) {
  return std::ranges::equal(
      a, b, [](unsigned char x, unsigned char y) { return std::tolower(x) == std::tolower(y); });
}

// The path of a setting that is named as on the screen, of the selected lane where lanes have it: "rate",
// "gain". What is a path already, and what nothing is named, stays as it is.
std::string path_of(const PanelContext& context, std::string_view name) {
  if (name.find('.') != std::string_view::npos) return std::string(name);
  const std::string of_lane = fmt::format("lanes.{}.", context.state.selected_lane + 1);
  for (const SettingPath& row : setting_paths(context.experiment())) {
    const std::string_view key = std::string_view(row.path).substr(row.path.rfind('.') + 1);
    if (!same_words(row.label, name) && !same_words(key, name)) continue;
    if (row.path.starts_with("lanes.") && !row.path.starts_with(of_lane)) continue;
    return row.path;
  }
  return std::string(name);
}

}  // namespace

std::vector<SettingPath> setting_paths(const Experiment& experiment) {
  Experiment shown = experiment;
  std::vector<SettingPath> paths;
  append(paths, "data.", shown.data);
  append(paths, "network.", shown.network);
  append(paths, "training.", shown.training);
  for (std::size_t lane = 0; lane < shown.lanes.size(); ++lane) {
    append(paths, fmt::format("lanes.{}.", lane + 1), shown.lanes[lane]);
  }
  return paths;
}

std::optional<std::string> change_setting(PanelContext& context, std::string_view path,
                                          std::string_view value) {
  const std::string whole = path_of(context, path);
  path = whole;
  constexpr std::string_view kTraining = "training.";
  auto changed = experiment_with(context, std::string(path), std::string(value), Effect::kRestartAll);
  if (const auto* error = std::get_if<InputError>(&changed)) return error->message;
  auto& experiment = std::get<Experiment>(changed);
  if (path.starts_with(kTraining)) {
    apply_training(context, path.substr(kTraining.size()), std::move(experiment));
  } else if (const auto lane = lane_of(path, experiment)) {
    context.worker.post(
        command::SetLane{*lane, std::move(experiment.lanes[*lane]), context.state.restart_all});
  } else {
    replace_experiment(context, std::move(experiment));
  }
  return std::nullopt;
}

}  // namespace initlab
