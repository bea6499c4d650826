// The cells of comma-separated text (RFC 4180 and what is written in its name): quotes, doubled quotes, line
// ends of any system, blank lines. It walks through the text once and copies nothing, so a million lines are
// read in a fraction of a second. What the cells mean is csv.cpp's business.
#pragma once

#include <cstddef>
#include <optional>
#include <span>
#include <string>
#include <string_view>
#include <vector>

namespace initlab {

// A piece of the text, without the quotes and the spaces around it.
struct CsvCell {
  std::string_view text;
  bool has_doubled_quotes = false;

  // With doubled quotes made single.
  std::string value() const;
};

class CsvReader {
 public:
  // `text` must outlive the reader; a UTF-8 byte order mark is passed over. Of each line at most `cell_limit`
  // cells are kept, so that no line takes more memory than that.
  CsvReader(std::string_view text, char separator, std::size_t cell_limit);

  // Goes on to the next line that is not blank; false at the end, and where a quoted cell is wrong. Cells
  // live until the next call.
  bool next();

  std::span<const CsvCell> cells() const { return cells_; }
  // All of the line, kept or not.
  std::size_t cell_count() const { return cell_count_; }
  // Of the line's first character, from 1.
  std::size_t line() const { return line_; }
  // What is wrong with line() where next() gave up; null at the end of the text.
  const std::optional<std::string>& error() const { return error_; }

 private:
  bool read_line();
  bool read_cell(CsvCell& cell);
  bool read_quoted(CsvCell& cell);
  void skip_spaces();
  bool at_line_end() const;
  void pass_line_end();

  const char* at_;
  const char* end_;
  char separator_;
  std::size_t cell_limit_;
  std::vector<CsvCell> cells_;
  std::size_t cell_count_ = 0;
  std::size_t line_ = 0;
  std::size_t next_line_ = 1;
  bool is_blank_ = true;
  std::optional<std::string> error_;
};

// Comma; where the first line that is not blank has none outside quotes, semicolon or tab.
char csv_separator(std::string_view text);

// The number that a cell is, infinities and NaN included; a plus sign and spaces around it are passed over.
// Null where it is none. What is too small for a double is 0, what is too large infinite.
std::optional<double> csv_number(std::string_view text);

}  // namespace initlab
