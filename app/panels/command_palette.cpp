#include "app/panels/command_palette.h"

#include <fmt/format.h>

#include <algorithm>
#include <variant>

#include "app/assets.h"
#include "app/panels/actions.h"
#include "app/panels/experiment_column.h"
#include "app/panels/scheme_list.h"
#include "app/panels/search_list.h"
#include "app/panels/setting.h"
#include "app/panels/word_search.h"
#include "core/network/initializers.h"

namespace initlab {
namespace {

// What a row does.
struct Open {
  std::string experiment;
};
struct Switch {
  SchemeId scheme;
};
struct Begin {  // to type a setting's value
  std::string path;
};
struct Assign {
  std::string path, value;
};
using Deed = std::variant<const Action*, Open, Switch, Begin, Assign>;

struct Entry {
  SearchRow row;
  Deed deed;
  int misfit = 0;
};

std::string_view trimmed(std::string_view text) {
  while (!text.empty() && text.front() == ' ') text.remove_prefix(1);
  while (!text.empty() && text.back() == ' ') text.remove_suffix(1);
  return text;
}

class Entries {
 public:
  explicit Entries(std::string_view query) : query_(query) {}
  // `words`: what else the row is found by, less well than by its title.
  void add(SearchRow row, std::string_view words, Deed deed) {
    auto misfit = search_misfit(query_, row.title);
    if (!misfit) {
      misfit = search_misfit(query_, fmt::format("{} {} {}", row.title, words, row.note));
      if (!misfit || *misfit >= kScatteredMisfit) return;
      *misfit += kByOtherWords;
    }
    all_.push_back({std::move(row), std::move(deed), *misfit});
  }
  std::vector<Entry> sorted() && {
    std::ranges::stable_sort(all_, {}, &Entry::misfit);
    return std::move(all_);
  }

 private:
  static constexpr int kByOtherWords = 5;
  std::string_view query_;
  std::vector<Entry> all_;
};

void add_actions(const PanelContext& context, Entries& entries) {
  for (const Action& action : actions()) {
    if (action.id == "palette" || !is_enabled(action, context)) continue;
    entries.add({std::string(action.label), std::string(action.help), action.keys},
                action_group_label(action.group), &action);
  }
}

void read_experiments(PaletteState& palette) {
  if (palette.experiments_read) return;
  palette.experiments_read = true;
  const auto files = experiment_files();
  const auto* list = std::get_if<std::vector<ExperimentFile>>(&files);
  if (list == nullptr) return;
  for (const ExperimentFile& file : *list) {
    const auto read = experiment_from_file(file.path);
    if (const auto* experiment = std::get_if<Experiment>(&read)) {
      palette.experiments.push_back({file.name, experiment->title});
    }
  }
}

void add_experiments(PanelContext& context, Entries& entries) {
  read_experiments(context.state.palette);
  for (const PaletteState::Shipped& shipped : context.state.palette.experiments) {
    entries.add({"Open " + shipped.name, shipped.title, ""}, "experiment", Open{shipped.name});
  }
}

void add_schemes(const PanelContext& context, Entries& entries) {
  const std::size_t lane = context.state.selected_lane;
  const Lane& shown = context.experiment().lanes[lane];
  for (const Scheme& row : schemes()) {
    const bool lacks = (row.reads("path") && shown.parameters.path.empty()) ||
                       (row.reads("experiment") && shown.parameters.experiment.empty());
    if (lacks || row.kind == shown.scheme) continue;
    entries.add({fmt::format("{} for lane {}", row.label, lane + 1), std::string(row.formula), ""},
                fmt::format("scheme {} {} {}", row.id, row.pytorch, row.keras), Switch{row.kind});
  }
}

void add_settings(const PanelContext& context, Entries& entries) {
  for (SettingPath& setting : setting_paths(context.experiment())) {
    SearchRow row = {fmt::format("{} = {}", setting.path, setting.value), std::string(setting.help), ""};
    entries.add(std::move(row), setting.label, Begin{std::move(setting.path)});
  }
}

std::vector<Entry> found(PanelContext& context) {
  const std::string_view query = trimmed(context.state.palette.search.query());
  if (const std::size_t sign = query.find('='); sign != query.npos) {
    const std::string path(trimmed(query.substr(0, sign)));
    const std::string value(trimmed(query.substr(sign + 1)));
    if (value.empty()) return {};
    return {{{fmt::format("Set {} to {}", path, value), "", "Enter"}, Assign{path, value}}};
  }
  Entries entries(query);
  add_actions(context, entries);
  add_experiments(context, entries);
  add_schemes(context, entries);
  add_settings(context, entries);
  return std::move(entries).sorted();
}

// What `path = ` may be: shown until a value is typed.
std::string hint_of(const PanelContext& context, std::string_view query) {
  const std::size_t sign = query.find('=');
  if (sign == query.npos) return "Nothing here has such a name.";
  const std::string_view path = trimmed(query.substr(0, sign));
  for (const SettingPath& setting : setting_paths(context.experiment())) {
    if (setting.path == path) return fmt::format("It is {} now. {}", setting.value, setting.help);
  }
  return fmt::format("\"{}\" is no setting of this experiment.", path);
}

struct Doer {
  PanelContext& context;
  PaletteState& palette;

  // Each tells whether the palette's work is done.
  bool operator()(const Action* action) const {
    perform(*action, context);
    return true;
  }
  bool operator()(const Open& open) const {
    auto experiment = find_experiment(open.experiment);
    if (const auto* error = std::get_if<InputError>(&experiment)) {
      palette.trouble = error->message;
      return false;
    }
    replace_experiment(context, std::get<Experiment>(std::move(experiment)));
    return true;
  }
  bool operator()(const Switch& to) const {
    switch_scheme(context, context.state.selected_lane, to.scheme);
    return true;
  }
  bool operator()(const Begin& begin) const {
    set_query(palette.search, begin.path + " = ");
    return false;
  }
  bool operator()(const Assign& assign) const {
    const auto error = change_setting(context, assign.path, assign.value);
    if (error) palette.trouble = *error;
    return !error;
  }
};

}  // namespace

void draw_command_palette(PanelContext& context, double width, double height) {
  PaletteState& palette = context.state.palette;
  std::vector<Entry> entries;
  std::vector<SearchRow> rows;
  std::string trouble;
  if (palette.search.shown) {
    if (!palette.search.opened) palette.trouble.clear();
    if (palette.trouble_of_query != palette.search.query()) {
      palette.trouble_of_query = palette.search.query();
      palette.trouble.clear();
    }
    entries = found(context);
    for (const Entry& entry : entries) rows.push_back(entry.row);
    trouble = !palette.trouble.empty() ? palette.trouble
              : rows.empty()           ? hint_of(context, palette.search.query())
                                       : std::string();
  }
  const SearchLook look = {.id = "command palette",
                           .hint = "An action, an experiment, a scheme, or a setting = value",
                           .width = 720,
                           .trouble = trouble};
  const auto chosen = search_list(context, palette.search, width, height, look, rows);
  if (!chosen) return;
  // What is done may open something else: the palette is gone by then.
  palette.search.shown = false;
  if (!std::visit(Doer{context, palette}, entries[*chosen].deed)) palette.search.shown = true;
}

}  // namespace initlab
