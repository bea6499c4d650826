// A setting changed by its dotted path and the text of its value, as the command line's --set does it.
#pragma once

#include <optional>
#include <string>
#include <string_view>
#include <vector>

#include "app/panels/panel.h"

namespace initlab {

struct SettingPath {
  std::string path;        // "training.learning_rate"
  std::string value;       // as it is now, for a person: "0.01"
  std::string_view label;  // "Rate"
  std::string_view help;
};
// What the shown experiment reads, in the order of the file.
std::vector<SettingPath> setting_paths(const Experiment& experiment);

// `path` may be the setting's name on the screen alone ("rate"). Asks the worker for it; else one line that
// says what is wrong, and nothing has changed.
std::optional<std::string> change_setting(PanelContext& context, std::string_view path,
                                          std::string_view value);

}  // namespace initlab
