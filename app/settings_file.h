// What the window remembers from one start to the next, as two small files: settings.json under the XDG
// configuration folder, last-experiment.json under the XDG state folder. Nothing else is written, and nothing
// at all by pictures, tours and tests. UI thread.
#pragma once

#include <filesystem>
#include <memory>
#include <optional>
#include <string>
#include <string_view>
#include <vector>

#include "app/platform/frame.h"
#include "app/theme.h"
#include "core/experiment/experiment.h"

namespace initlab {

struct Settings {
  ThemeId theme = ThemeId::kLight;
  PaletteId palette = PaletteId::kBlueOrange;
  double text_size = 1;
  bool reduced_motion = false;
  std::optional<bool> column_shown;  // null: as the width has it
  std::optional<bool> lesson_shown;
  bool tour_seen = false;  // the first minute's
  std::optional<WindowPlace> window;
  bool operator==(const Settings&) const = default;
};

// Settings that are missing or out of range keep their default; an error for what is no such file at all.
std::optional<std::string> settings_from_text(std::string_view json, Settings& settings);
std::string settings_text(const Settings& settings);

// XDG_CONFIG_HOME/initlab/settings.json and XDG_STATE_HOME/initlab/last-experiment.json; ~/.config and
// ~/.local/state where these are not set to an absolute path. Empty without a home.
std::filesystem::path settings_path();
std::filesystem::path last_experiment_path();

// Reads the two files and keeps them up to date.
class Memory {
 public:
  // Reads both files. One that is not understood is renamed to NAME.corrupt, and `notices` says so.
  Memory(std::filesystem::path settings_file, std::filesystem::path experiment_file);

  const Settings& settings() const { return settings_; }
  const std::optional<Experiment>& experiment() const { return experiment_; }
  // One line each, for the window to show.
  const std::vector<std::string>& notices() const { return notices_; }
  // The last experiment was understood but cannot be run: it is set aside likewise.
  void reject_experiment(std::string_view reason);

  // What holds now, at a time in seconds. Writes what has changed, at most every few seconds; true while
  // something waits to be written.
  bool keep(const Settings& settings, const std::shared_ptr<const Experiment>& experiment, double now);
  // Writes what still waits.
  void flush();
  // Why the last writing failed, once; null when it did not.
  std::optional<std::string> take_failure();

 private:
  void set_aside(const std::filesystem::path& file, std::string_view reason);
  void write(const std::filesystem::path& file, const std::string& text);

  std::filesystem::path settings_file_, experiment_file_;
  Settings settings_;
  std::optional<Experiment> experiment_;    // as read
  std::shared_ptr<const Experiment> last_;  // as it is to be written
  std::vector<std::string> notices_;
  bool settings_wait_ = false;
  bool experiment_waits_ = false;
  bool failure_told_ = false;
  double last_written_ = -1e9;  // seconds
  std::optional<std::string> failure_;
};

}  // namespace initlab
