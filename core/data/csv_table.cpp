#include "core/data/csv_table.h"

#include <algorithm>
#include <charconv>
#include <fstream>
#include <optional>
#include <system_error>

#include "core/data/csv.h"
#include "core/numeric/input_text.h"

namespace initlab {
namespace {

namespace fs = std::filesystem;

constexpr std::size_t kNameCharacters = 60;
constexpr std::size_t kNamesListed = 20;
// One more than any table may have, so that too many are seen.
constexpr auto kCellLimit = static_cast<std::size_t>(kMaximumFeatures) + 2;

std::string count_of(std::uintmax_t count) {
  return format_number(static_cast<double>(count));
}

// A relative path starts at `folder`, or where nothing is there, at the working directory.
fs::path resolved(const std::string& path, const fs::path& folder) {
  std::error_code ignored;
  const fs::path there = folder / path;
  return fs::exists(there, ignored) ? there : fs::path(path);
}

// What keeps `file` from being read; null when nothing does.
std::optional<std::string> refusal(const fs::path& file) {
  constexpr std::string_view kAllowed = "; allowed: a CSV file";
  std::error_code failure;
  const fs::file_status status = fs::status(file, failure);
  if (status.type() == fs::file_type::not_found) {
    return "no such file, neither from the experiment's folder nor from the working directory" +
           std::string(kAllowed);
  }
  if (status.type() == fs::file_type::none) return "cannot be read: " + failure.message();
  if (fs::is_directory(status)) return "a folder" + std::string(kAllowed);
  if (!fs::is_regular_file(status)) return "not a regular file" + std::string(kAllowed);
  const std::uintmax_t size = fs::file_size(file, failure);
  if (failure) return "cannot be read: " + failure.message();
  if (size > kMaximumCsvBytes) {
    return count_of(size) + " bytes; allowed: up to " + count_of(kMaximumCsvBytes);
  }
  return std::nullopt;
}

// Into `table.text`, with one read.
std::optional<DataError> read_text(CsvTable& table, const fs::path& folder) {
  if (table.path.empty()) return DataError{"data.path is empty; allowed: the path of a CSV file"};
  const fs::path file = resolved(table.path, folder);
  if (const auto what = refusal(file)) return table.error(*what);
  std::error_code failure;
  table.text.resize(static_cast<std::size_t>(fs::file_size(file, failure)));
  std::ifstream stream(file, std::ios::binary);
  if (failure || !stream) return table.error("cannot be opened; allowed: a CSV file that may be read");
  stream.read(table.text.data(), static_cast<std::streamsize>(table.text.size()));
  if (stream.bad()) return table.error("cannot be read to its end");
  table.text.resize(static_cast<std::size_t>(stream.gcount()));
  const std::size_t zero = table.text.find('\0');
  if (zero != std::string::npos) {
    const auto line =
        1 + std::count(table.text.begin(), table.text.begin() + static_cast<std::ptrdiff_t>(zero), '\n');
    return table.error_at(static_cast<std::size_t>(line),
                          "a zero byte, so this is not text; allowed: CSV in UTF-8");
  }
  return std::nullopt;
}

// "3" is the third column.
std::optional<std::size_t> column_number(std::string_view label) {
  std::size_t number = 0;
  const auto [end, error] = std::from_chars(label.data(), label.data() + label.size(), number);
  if (error != std::errc{} || end != label.data() + label.size()) return std::nullopt;
  return number;
}

bool looks_like_a_name(const CsvCell& cell) {
  return !cell.text.empty() && !csv_number(cell.text);
}

// The column of the first line that holds `label`; columns() where none does.
std::size_t column_called(std::string_view label, std::span<const CsvCell> cells) {
  const auto found = std::find_if(cells.begin(), cells.end(), [&](const CsvCell& cell) {
    return !label.empty() && cell.value() == label;
  });
  return static_cast<std::size_t>(found - cells.begin());
}

// Whether the first line names the columns, where the settings do not say so: it does when it has the label's
// name, or a cell that should be a feature and is no number. A missing number (an empty cell) is no name.
bool first_line_names(const DataSettings& settings, std::span<const CsvCell> cells) {
  const std::optional<std::size_t> number = column_number(settings.label);
  if (!number && column_called(settings.label, cells) < cells.size()) return true;
  const std::size_t label = settings.label.empty() ? cells.size() : number.value_or(0);
  for (std::size_t c = 0; c < cells.size(); ++c) {
    if (c + 1 != label && looks_like_a_name(cells[c])) return true;
  }
  return false;
}

DataError unknown_label(const CsvTable& table, const std::string& label) {
  const std::string what = "data.label " + in_quotes(label) + " is no column";
  const std::string numbers = "1 to " + count_of(table.columns);
  if (!table.has_header) {
    return table.error(what + ", and the first line has no names; allowed: " + numbers);
  }
  const std::vector<std::string_view> names(table.names.begin(), table.names.end());
  const std::string_view near = nearest_word(label, names);
  if (!near.empty()) return table.error(what + "; did you mean " + in_quotes(near) + "?");
  const std::size_t listed = std::min(names.size(), kNamesListed);
  std::string allowed = joined(std::span(names).first(listed));
  if (listed < names.size()) allowed += " and " + count_of(names.size() - listed) + " more";
  return table.error(what + "; allowed: " + allowed + ", or " + numbers);
}

std::optional<DataError> find_columns(CsvTable& table, const DataSettings& settings) {
  CsvReader reader(table.text, table.separator, kCellLimit);
  const bool has_line = reader.next();
  if (reader.error()) return table.error_at(reader.line(), *reader.error());
  if (!has_line) return table.error("no lines; allowed: a line for every sample");
  table.first_line = reader.line();
  table.columns = reader.cell_count();
  if (table.columns < 2) {
    return table.error_at(table.first_line,
                          "one column; allowed: at least one of numbers and one to learn, parted by commas, "
                          "semicolons or tabs");
  }
  if (table.columns > kMaximumFeatures + 1) {
    return table.error_at(table.first_line, count_of(table.columns) + " columns; allowed: up to " +
                                                count_of(kMaximumFeatures) + " and the one to learn");
  }
  const std::span<const CsvCell> cells = reader.cells();
  table.has_header = settings.header ? *settings.header : first_line_names(settings, cells);
  if (table.has_header) {
    for (const CsvCell& cell : cells) table.names.push_back(one_line(cell.value(), kNameCharacters));
  }
  const std::size_t called = column_called(settings.label, cells);
  const std::size_t number = column_number(settings.label).value_or(0);
  if (settings.label.empty()) {
    table.label = table.columns - 1;
  } else if (table.has_header && called < table.columns) {
    table.label = called;
  } else if (number >= 1 && number <= table.columns) {
    table.label = number - 1;
  } else {
    return unknown_label(table, settings.label);
  }
  return std::nullopt;
}

}  // namespace

CsvReader CsvTable::rows() const {
  CsvReader reader(text, separator, kCellLimit);
  if (has_header) reader.next();
  return reader;
}

DataError CsvTable::error(std::string_view what) const {
  return {one_line(path, 200) + ": " + std::string(what)};
}

DataError CsvTable::error_at(std::size_t line, std::string_view what) const {
  return error("line " + count_of(line) + ": " + std::string(what));
}

DataError CsvTable::error_at(std::size_t line, std::size_t column, std::string_view what) const {
  return error("line " + count_of(line) + ", " + column_text(column) + ": " + std::string(what));
}

DataError CsvTable::error_in(std::size_t column, std::string_view what) const {
  return error(column_text(column) + ": " + std::string(what));
}

std::string CsvTable::column_text(std::size_t column) const {
  const std::string text_of_number = "column " + count_of(column + 1);
  return has_header ? text_of_number + " (" + in_quotes(names[column]) + ")" : text_of_number;
}

std::variant<CsvTable, DataError> open_csv(const DataSettings& settings, const fs::path& folder) {
  CsvTable table;
  table.path = settings.path;
  if (auto error = read_text(table, folder)) return *error;
  table.separator = csv_separator(table.text);
  if (auto error = find_columns(table, settings)) return *error;
  return table;
}

}  // namespace initlab
