#include "core/data/csv_reader.h"

#include <algorithm>
#include <charconv>
#include <limits>

namespace initlab {
namespace {

constexpr std::string_view kByteOrderMark = "\xEF\xBB\xBF";

std::string_view without_byte_order_mark(std::string_view text) {
  if (text.starts_with(kByteOrderMark)) text.remove_prefix(kByteOrderMark.size());
  return text;
}

std::string_view trimmed(std::string_view text) {
  while (!text.empty() && (text.front() == ' ' || text.front() == '\t')) text.remove_prefix(1);
  while (!text.empty() && (text.back() == ' ' || text.back() == '\t')) text.remove_suffix(1);
  return text;
}

}  // namespace

std::string CsvCell::value() const {
  std::string value;
  for (std::size_t i = 0; i < text.size(); ++i) {
    value += text[i];
    if (has_doubled_quotes && text[i] == '"') ++i;
  }
  return value;
}

CsvReader::CsvReader(std::string_view text, char separator, std::size_t cell_limit)
    : separator_(separator), cell_limit_(cell_limit) {
  text = without_byte_order_mark(text);
  at_ = text.data();
  end_ = text.data() + text.size();
}

bool CsvReader::next() {
  do {
    if (at_ == end_) return false;
    if (!read_line()) return false;
  } while (is_blank_);
  return true;
}

bool CsvReader::read_line() {
  cells_.clear();
  cell_count_ = 0;
  line_ = next_line_;
  is_blank_ = true;
  while (true) {
    CsvCell cell;
    if (!read_cell(cell)) return false;
    ++cell_count_;
    if (cells_.size() < cell_limit_) cells_.push_back(cell);
    if (at_ == end_ || *at_ != separator_) break;
    is_blank_ = false;
    ++at_;
  }
  pass_line_end();
  return true;
}

bool CsvReader::read_cell(CsvCell& cell) {
  skip_spaces();
  if (at_ != end_ && *at_ == '"') return read_quoted(cell);
  const char* const start = at_;
  while (!at_line_end() && *at_ != separator_) ++at_;
  cell.text = trimmed({start, at_});
  if (!cell.text.empty()) is_blank_ = false;
  return true;
}

bool CsvReader::read_quoted(CsvCell& cell) {
  is_blank_ = false;
  const char* const start = ++at_;
  while (true) {
    at_ = std::find(at_, end_, '"');
    if (at_ == end_) {
      error_ = "a quoted cell begins here and never ends; allowed: a closing quote for each opening one";
      return false;
    }
    if (at_ + 1 == end_ || at_[1] != '"') break;
    cell.has_doubled_quotes = true;
    at_ += 2;
  }
  cell.text = {start, at_};
  ++at_;
  next_line_ += static_cast<std::size_t>(std::count(cell.text.begin(), cell.text.end(), '\n'));
  skip_spaces();
  if (at_line_end() || *at_ == separator_) return true;
  error_ = "text follows a closing quote; allowed: quotes around a whole cell, doubled within it";
  return false;
}

void CsvReader::skip_spaces() {
  while (at_ != end_ && (*at_ == ' ' || *at_ == '\t') && *at_ != separator_) ++at_;
}

bool CsvReader::at_line_end() const {
  return at_ == end_ || *at_ == '\n' || *at_ == '\r';
}

void CsvReader::pass_line_end() {
  ++next_line_;
  const bool has_return = at_ != end_ && *at_ == '\r';
  if (has_return) ++at_;
  if (at_ != end_ && *at_ == '\n') ++at_;
}

char csv_separator(std::string_view text) {
  text = without_byte_order_mark(text);
  text.remove_prefix(std::min(text.find_first_not_of(" \r\n"), text.size()));
  bool in_quotes = false, has_semicolon = false, has_tab = false;
  for (const char c : text) {
    if (c == '"') in_quotes = !in_quotes;
    if (in_quotes) continue;
    if (c == ',') return ',';
    if (c == '\n' || c == '\r') break;
    has_semicolon = has_semicolon || c == ';';
    has_tab = has_tab || c == '\t';
  }
  return has_semicolon ? ';' : has_tab ? '\t' : ',';
}

std::optional<double> csv_number(std::string_view text) {
  text = trimmed(text);
  if (text.size() > 1 && text[0] == '+' && text[1] != '-') text.remove_prefix(1);
  double value = 0;
  const auto [end, error] = std::from_chars(text.data(), text.data() + text.size(), value);
  if (end != text.data() + text.size() || text.empty()) return std::nullopt;
  if (error == std::errc{}) return value;
  if (error != std::errc::result_out_of_range) return std::nullopt;
  const std::size_t exponent = std::min(text.find_first_of("eE"), text.size());
  if (text.substr(exponent).find('-') != std::string_view::npos) return 0.0;
  constexpr double kInfinity = std::numeric_limits<double>::infinity();
  return text[0] == '-' ? -kInfinity : kInfinity;
}

}  // namespace initlab
