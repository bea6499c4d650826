// Rows of text in aligned columns, for a terminal. Widths count characters, not bytes.
#pragma once

#include <string>
#include <utility>
#include <vector>

namespace initlab {

enum class Align { kLeft, kRight };

class TextTable {
 public:
  explicit TextTable(std::vector<Align> columns) : columns_(std::move(columns)) {}

  void add(std::vector<std::string> cells) { rows_.push_back(std::move(cells)); }
  // Every row on a line of its own, two spaces between columns, none at the end of a line.
  std::string text() const;

 private:
  std::vector<Align> columns_;
  std::vector<std::vector<std::string>> rows_;
};

}  // namespace initlab
