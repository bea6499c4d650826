#include "app/panels/open_files.h"

#include <fmt/format.h>

#include <algorithm>
#include <array>
#include <cctype>
#include <cstdint>
#include <cstdlib>
#include <fstream>

#include "app/file_output.h"
#include "app/panels/csv_data.h"
#include "app/panels/experiment_column.h"
#include "app/panels/lane_changes.h"
#include "core/data/csv_reader.h"
#include "core/experiment/file/experiment_json.h"
#include "core/experiment/file/fields.h"
#include "core/numeric/input_text.h"

namespace initlab {
namespace {

namespace fs = std::filesystem;

bool refuse(PanelContext& context, std::string text) {
  show_message(context.state, std::move(text), true);
  return false;
}

std::string lower_extension(const fs::path& file) {
  std::string text = file.extension().string();
  std::ranges::transform(text, text.begin(),
                         [](unsigned char c) { return static_cast<char>(std::tolower(c)); });
  return text;
}

// The first character that is no space; 0 where there is none.
char first_character(std::string_view text) {
  const std::size_t at = text.find_first_not_of(" \t\r\n\xEF\xBB\xBF");
  return at == std::string_view::npos ? '\0' : text[at];
}

enum class Content { kExperiment, kTable };
Content content_of(const fs::path& file) {
  constexpr std::array<std::string_view, 3> kTables = {".csv", ".tsv", ".txt"};
  const std::string extension = lower_extension(file);
  if (extension == ".json") return Content::kExperiment;
  if (std::ranges::find(kTables, extension) != kTables.end()) return Content::kTable;
  std::error_code ignored;
  if (!fs::is_regular_file(file, ignored)) return Content::kExperiment;  // which says what is wrong with it
  std::array<char, 256> start{};
  std::ifstream stream(file, std::ios::binary);
  stream.read(start.data(), start.size());
  const std::string_view read(start.data(), static_cast<std::size_t>(stream.gcount()));
  return first_character(read) == '{' ? Content::kExperiment : Content::kTable;
}

bool take(PanelContext& context, Result<CsvRead> read) {
  if (const auto* error = std::get_if<InputError>(&read)) return refuse(context, error->message);
  CsvRead& table = std::get<CsvRead>(read);
  if (!change_experiment(context, std::move(table.experiment))) return false;
  show_message(context.state, std::move(table.said), false);
  return true;
}

void open_experiment_file(PanelContext& context, const std::string& file) {
  auto opened = experiment_from_file(file);
  if (const auto* error = std::get_if<InputError>(&opened)) {
    refuse(context, error->message);
    return;
  }
  replace_experiment(context, std::get<Experiment>(std::move(opened)));
}

// Two lines or more, the first of them of two cells or more.
bool looks_like_a_table(std::string_view text) {
  const std::size_t end = text.find('\n', text.find_first_not_of(" \t\r\n"));
  if (end == std::string_view::npos || first_character(text.substr(end)) == '\0') return false;
  CsvReader reader(text, csv_separator(text), 2);
  return reader.next() && reader.cell_count() >= 2;
}

// FNV-1a: equal tables have one file, and other tables leave it alone.
std::string name_of_pasted(std::string_view text) {
  std::uint64_t hash = 0xcbf29ce484222325;
  for (const char c : text) hash = (hash ^ static_cast<unsigned char>(c)) * 0x100000001b3;
  return fmt::format("pasted-{:016x}.csv", hash);
}

// Whether the data may be written down as points: a plane, classes, and not too many.
bool may_be_points(const Dataset& data) {
  const DataShape shape = shape_of(data);
  return shape.features == 2 && shape.classes >= 2 && shape.samples <= kMaximumPoints;
}

void open_pasted_table(PanelContext& context, std::string_view text) {
  const fs::path folder = pasted_folder();
  std::error_code failure;
  fs::create_directories(folder, failure);
  const fs::path file = folder / name_of_pasted(text);
  const bool existed = fs::exists(file, failure);
  if (const auto error = write_file(file, text)) {
    refuse(context, "The pasted table needs a file: " + *error);
    return;
  }
  auto read = with_csv(context.experiment(), file.string());
  const auto* table = std::get_if<CsvRead>(&read);
  if (table != nullptr && !may_be_points(table->data)) {
    take(context, std::move(read));
    return;
  }
  if (!existed) fs::remove(file, failure);
  if (table == nullptr) {
    // The name of the file says nothing to whoever pasted.
    std::string message = std::get<InputError>(read).message;
    const std::size_t at = message.find(file.string());
    if (at != std::string::npos) message.replace(at, file.string().size(), "pasted table");
    refuse(context, std::move(message));
    return;
  }
  Experiment changed = table->experiment;
  changed.data = context.experiment().data;
  changed.data.kind = DatasetId::kPoints;
  changed.data.points = placed_points(table->data);
  const std::size_t count = changed.data.points.size();
  if (!change_experiment(context, std::move(changed))) return;
  show_message(context.state,
               fmt::format("Pasted table: {} rows, 2 features, {} classes, kept as points.", count,
                           table->data.classes),
               false);
}

}  // namespace

fs::path pasted_folder() {
  const char* state = std::getenv("XDG_STATE_HOME");
  if (state != nullptr && fs::path(state).is_absolute()) return fs::path(state) / "initlab";
  const char* home = std::getenv("HOME");
  const fs::path base = home != nullptr && *home != '\0' ? fs::path(home) : fs::temp_directory_path();
  return base / ".local" / "state" / "initlab";
}

bool open_csv_file(PanelContext& context, const std::string& path) {
  return take(context, with_csv(context.experiment(), path));
}

bool change_csv(PanelContext& context, Experiment experiment) {
  return take(context, with_csv_read(std::move(experiment)));
}

void open_dropped_files(PanelContext& context, const std::vector<std::string>& files) {
  if (files.empty()) return;
  const std::string& file = files.back();
  if (content_of(file) == Content::kExperiment) {
    open_experiment_file(context, file);
  } else {
    open_csv_file(context, fs::absolute(file).string());
  }
}

void open_pasted_text(PanelContext& context, std::string_view text) {
  if (first_character(text) != '{' && looks_like_a_table(text)) {
    open_pasted_table(context, text);
    return;
  }
  auto pasted = experiment_from_json(text, "pasted text");
  if (const auto* error = std::get_if<InputError>(&pasted)) {
    refuse(context, error->message);
    return;
  }
  show_message(context.state, "Opened the pasted experiment.", false);
  replace_experiment(context, std::get<Experiment>(std::move(pasted)));
}

}  // namespace initlab
