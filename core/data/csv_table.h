// A CSV file before its numbers are read: its text in memory, which column is to be learned, what the columns
// are called, and how an error names a place in it.
#pragma once

#include <cstddef>
#include <filesystem>
#include <string>
#include <string_view>
#include <variant>
#include <vector>

#include "core/data/csv_reader.h"
#include "core/data/dataset.h"

namespace initlab {

struct CsvTable {
  std::string path;  // as it was given
  std::string text;
  char separator = ',';
  std::size_t first_line = 1;  // the first that is not blank
  std::size_t columns = 0;     // at least 2
  std::size_t label = 0;       // the column to learn, from 0
  bool has_header = false;
  std::vector<std::string> names;  // of the columns, each one line of UTF-8; empty where there is no header

  // Stands before the first row.
  CsvReader rows() const;

  // `iris.csv: what`, `iris.csv: line 7: what` and `iris.csv: line 7, column 2 ("width"): what`. Lines count
  // from 1, columns here from 0.
  DataError error(std::string_view what) const;
  DataError error_at(std::size_t line, std::string_view what) const;
  DataError error_at(std::size_t line, std::size_t column, std::string_view what) const;
  DataError error_in(std::size_t column, std::string_view what) const;
  // `column 2 ("width")`, or `column 2`.
  std::string column_text(std::size_t column) const;
};

// Reads `path`, `label` and `header` of `settings`. Errors: no such file, a folder, too large, unreadable,
// not text, no line, one column, too many columns, an unknown label.
std::variant<CsvTable, DataError> open_csv(const DataSettings& settings, const std::filesystem::path& folder);

}  // namespace initlab
