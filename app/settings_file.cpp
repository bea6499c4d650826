#include "app/settings_file.h"

#include <fmt/format.h>

#include <cmath>
#include <cstdlib>
#include <fstream>
#include <iterator>
#include <nlohmann/json.hpp>
#include <system_error>
#include <utility>

#include "app/file_output.h"
#include "core/experiment/file/experiment_json.h"

namespace initlab {
namespace {

namespace fs = std::filesystem;
using Json = nlohmann::ordered_json;

constexpr double kSecondsBetween = 3;
constexpr std::uintmax_t kMaximumBytes = 1 << 16;  // of a settings file

// The folder that `variable` names, where it is absolute as the XDG specification asks; else `otherwise` in
// the home.
fs::path xdg_folder(const char* variable, const char* otherwise) {
  if (const char* folder = std::getenv(variable); folder != nullptr && folder[0] == '/') return folder;
  const char* home = std::getenv("HOME");
  if (home == nullptr || home[0] != '/') return {};
  return fs::path(home) / otherwise;
}

template <class T>
const T* member(const Json& object, const char* key) {
  const auto at = object.find(key);
  return at == object.end() ? nullptr : at->get_ptr<const T*>();
}
std::optional<double> number(const Json& object, const char* key) {
  const auto at = object.find(key);
  if (at == object.end() || !at->is_number()) return std::nullopt;
  return at->get<double>();
}

std::optional<WindowPlace> window_place(const Json& file) {
  const auto at = file.find("window");
  if (at == file.end() || !at->is_object()) return std::nullopt;
  int values[4] = {};
  const char* keys[4] = {"x", "y", "width", "height"};
  for (int i = 0; i < 4; ++i) {
    const auto value = number(*at, keys[i]);
    constexpr double kFar = 100'000;
    if (!value || !(std::abs(*value) <= kFar)) return std::nullopt;
    values[i] = static_cast<int>(*value);
  }
  if (values[2] < 1 || values[3] < 1) return std::nullopt;
  return WindowPlace{values[0], values[1], values[2], values[3]};
}

// Null where there is no such file; an error for what cannot be read.
std::optional<std::string> read_text(const fs::path& file, std::string& trouble) {
  std::error_code error;
  if (file.empty() || !fs::exists(file, error)) return std::nullopt;
  std::ifstream stream(file, std::ios::binary);
  if (!fs::is_regular_file(file, error) || !stream) {
    trouble = "it cannot be read";
    return std::nullopt;
  }
  if (fs::file_size(file, error) > kMaximumBytes) {
    trouble = "it is too long";
    return std::nullopt;
  }
  return std::string(std::istreambuf_iterator<char>(stream), {});
}

// The same experiment for a file in another folder.
Experiment with_absolute_paths(Experiment experiment) {
  const fs::path folder = experiment.folder;
  const auto make_absolute = [&folder](std::string& path) {
    std::error_code error;
    if (!path.empty()) path = fs::absolute(folder / path, error).string();
  };
  make_absolute(experiment.data.path);
  for (Lane& lane : experiment.lanes) {
    make_absolute(lane.parameters.path);
    for (LayerException& layer : lane.layers) make_absolute(layer.start.parameters.path);
  }
  return experiment;
}

}  // namespace

std::optional<std::string> settings_from_text(std::string_view json, Settings& settings) {
  const Json file = Json::parse(json, nullptr, false);
  if (!file.is_object()) return "it is not a JSON object";
  if (const auto* name = member<std::string>(file, "theme")) {
    if (const Theme* row = find_theme(*name)) settings.theme = row->id;
  }
  if (const auto* name = member<std::string>(file, "palette")) {
    if (const PaletteRow* row = find_palette(*name)) settings.palette = row->id;
  }
  const auto size = number(file, "text_size");
  if (size && *size >= 0.5 && *size <= 3) settings.text_size = *size;
  const auto flag = [&file](const char* key) { return member<bool>(file, key); };
  if (const bool* on = flag("reduced_motion")) settings.reduced_motion = *on;
  if (const bool* on = flag("column_shown")) settings.column_shown = *on;
  if (const bool* on = flag("lesson_shown")) settings.lesson_shown = *on;
  if (const bool* on = flag("tour_seen")) settings.tour_seen = *on;
  settings.window = window_place(file);
  return std::nullopt;
}

std::string settings_text(const Settings& settings) {
  Json file = {{"theme", theme(settings.theme).name},
               {"palette", palettes()[static_cast<std::size_t>(settings.palette)].name},
               {"text_size", settings.text_size},
               {"reduced_motion", settings.reduced_motion}};
  if (settings.column_shown) file["column_shown"] = *settings.column_shown;
  if (settings.lesson_shown) file["lesson_shown"] = *settings.lesson_shown;
  file["tour_seen"] = settings.tour_seen;
  if (const auto& place = settings.window) {
    file["window"] = {{"x", place->x}, {"y", place->y}, {"width", place->width}, {"height", place->height}};
  }
  return file.dump(2) + "\n";
}

fs::path settings_path() {
  const fs::path folder = xdg_folder("XDG_CONFIG_HOME", ".config");
  return folder.empty() ? folder : folder / "initlab" / "settings.json";
}

fs::path last_experiment_path() {
  const fs::path folder = xdg_folder("XDG_STATE_HOME", ".local/state");
  return folder.empty() ? folder : folder / "initlab" / "last-experiment.json";
}

Memory::Memory(fs::path settings_file, fs::path experiment_file)
    : settings_file_(std::move(settings_file)), experiment_file_(std::move(experiment_file)) {
  std::string trouble;
  const auto text = read_text(settings_file_, trouble);
  if (text) {
    if (auto error = settings_from_text(*text, settings_)) trouble = std::move(*error);
  }
  if (!trouble.empty()) set_aside(settings_file_, trouble);

  std::error_code error;
  if (experiment_file_.empty() || !fs::exists(experiment_file_, error)) return;
  auto read = experiment_from_file(experiment_file_);
  if (const auto* wrong = std::get_if<InputError>(&read)) {
    set_aside(experiment_file_, wrong->message);
  } else {
    experiment_ = std::get<Experiment>(std::move(read));
  }
}

void Memory::reject_experiment(std::string_view reason) {
  experiment_.reset();
  set_aside(experiment_file_, reason);
}

void Memory::set_aside(const fs::path& file, std::string_view reason) {
  fs::path aside = file;
  aside += ".corrupt";
  std::error_code error;
  fs::rename(file, aside, error);
  notices_.push_back(error ? fmt::format("{} was not understood and could not be set aside: {}.",
                                         file.string(), error.message())
                           : fmt::format("{} was not understood and is set aside as {}: {}.", file.string(),
                                         aside.filename().string(), reason));
}

bool Memory::keep(const Settings& settings, const std::shared_ptr<const Experiment>& experiment, double now) {
  if (settings != settings_) {
    settings_ = settings;
    settings_wait_ = true;
  }
  if (last_ != experiment) {
    const bool same = last_ != nullptr && *last_ == *experiment;
    last_ = experiment;
    if (!same) experiment_waits_ = true;
  }
  const bool waits = settings_wait_ || experiment_waits_;
  if (!waits || now < last_written_ + kSecondsBetween) return waits;
  flush();
  last_written_ = now;
  return false;
}

void Memory::flush() {
  if (std::exchange(settings_wait_, false)) write(settings_file_, settings_text(settings_));
  if (std::exchange(experiment_waits_, false)) {
    write(experiment_file_, experiment_to_json(with_absolute_paths(*last_)));
  }
}

void Memory::write(const fs::path& file, const std::string& text) {
  if (file.empty()) return;
  std::error_code error;
  fs::create_directories(file.parent_path(), error);
  const auto failure = write_file(file, text);
  if (failure && !std::exchange(failure_told_, true)) failure_ = failure;
}

std::optional<std::string> Memory::take_failure() {
  return std::exchange(failure_, std::nullopt);
}

}  // namespace initlab
