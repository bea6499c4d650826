// What comes from outside: files dropped on the window, text pasted into it, the path of a table that was
// typed. An experiment replaces the present one; a table becomes its data. What is wrong becomes one message,
// and then all stays as it was.
#pragma once

#include <filesystem>
#include <string>
#include <string_view>
#include <vector>

#include "app/panels/panel.h"

namespace initlab {

// The last of them: an experiment (JSON) or a table (CSV), by its name, else by how it begins.
void open_dropped_files(PanelContext& context, const std::vector<std::string>& files);

// JSON of an experiment, or a table. A table of two features and classes is kept as points, so that the
// experiment is whole without it; others become a file in pasted_folder().
void open_pasted_text(PanelContext& context, std::string_view text);

// The table at that path as the present experiment's data. False where a message says what is wrong with it.
bool open_csv_file(PanelContext& context, const std::string& path);
// The shown experiment's table with other settings. Likewise.
bool change_csv(PanelContext& context, Experiment experiment);

// Where pasted tables are kept: initlab in XDG_STATE_HOME, or ~/.local/state.
std::filesystem::path pasted_folder();

}  // namespace initlab
