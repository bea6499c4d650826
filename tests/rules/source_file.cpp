#include "tests/rules/source_file.h"

#include <algorithm>
#include <array>
#include <fstream>
#include <iterator>
#include <regex>
#include <sstream>

namespace initlab::rules {
namespace {

namespace fs = std::filesystem;

constexpr std::array<std::string_view, 6> kRooms = {".ci", "app", "assets", "core", "tests", "third_party"};
constexpr std::array<std::string_view, 5> kBinary = {".png", ".pdf", ".svg", ".ico", ".npy"};

std::string read(const fs::path& file) {
  std::ifstream stream(file, std::ios::binary);
  return {std::istreambuf_iterator<char>(stream), {}};
}

bool is_project_text(const std::string& path) {
  if (path.starts_with("tests/golden/") || path.find("__pycache__") != std::string::npos) return false;
  return std::ranges::none_of(kBinary, [&](std::string_view ending) { return path.ends_with(ending); });
}

bool is_name_character(char c) {
  return c == '_' || (c >= '0' && c <= '9') || (c >= 'a' && c <= 'z') || (c >= 'A' && c <= 'Z');
}

// Where the comment, string or character that begins at `at` ends: one past its last character. `at` itself
// where none begins.
std::size_t end_of_blank(std::string_view text, std::size_t at) {
  const auto after = [&](std::string_view what, std::size_t from) {
    const std::size_t found = text.find(what, from);
    return found == std::string_view::npos ? text.size() : found + what.size();
  };
  const std::string_view rest = text.substr(at);
  if (rest.starts_with("//")) return std::min(text.find('\n', at), text.size());
  if (rest.starts_with("/*")) return after("*/", at + 2);
  const bool in_name = at > 0 && is_name_character(text[at - 1]);
  if (rest.starts_with("R\"") && !in_name) {
    const std::size_t open = std::min(text.find('(', at), text.size());
    return after(")" + std::string(text.substr(at + 2, open - at - 2)) + "\"", open);
  }
  const char quote = rest.empty() ? '\0' : rest[0];
  if (quote != '"' && (quote != '\'' || in_name)) return at;  // in a number ' separates digits
  std::size_t end = at + 1;
  while (end < text.size() && text[end] != quote && text[end] != '\n') end += text[end] == '\\' ? 2 : 1;
  return std::min(end + 1, text.size());
}

}  // namespace

std::vector<SourceFile> project_files(const fs::path& root) {
  std::vector<SourceFile> files;
  const auto add = [&](const fs::directory_entry& entry) {
    const std::string path = entry.path().lexically_relative(root).generic_string();
    if (entry.is_regular_file() && is_project_text(path)) files.push_back({path, read(entry.path())});
  };
  for (const fs::directory_entry& entry : fs::directory_iterator(root)) add(entry);
  for (const std::string_view room : kRooms) {
    if (!fs::is_directory(root / room)) continue;
    for (const fs::directory_entry& entry : fs::recursive_directory_iterator(root / room)) add(entry);
  }
  std::ranges::sort(files, {}, &SourceFile::path);
  return files;
}

bool is_code(const SourceFile& file) {
  return file.path.ends_with(".h") || file.path.ends_with(".cpp");
}

std::vector<Include> includes_of(const SourceFile& file) {
  static const std::regex kInclude(R"(^\s*#\s*include\s*([<"])([^>"]+)[>"].*)");
  std::vector<Include> includes;
  std::istringstream lines(file.text);
  std::string line;
  for (std::size_t number = 1; std::getline(lines, line); ++number) {
    std::smatch match;
    if (std::regex_match(line, match, kInclude)) includes.push_back({number, match[2], match[1] == "\""});
  }
  return includes;
}

std::string code_only(std::string_view text) {
  std::string code(text);
  for (std::size_t at = 0; at < text.size();) {
    const std::size_t end = end_of_blank(text, at);
    for (std::size_t i = at; i < end; ++i) {
      if (code[i] != '\n') code[i] = ' ';
    }
    at = std::max(end, at + 1);
  }
  return code;
}

std::size_t line_at(std::string_view text, std::size_t at) {
  return 1 + static_cast<std::size_t>(std::ranges::count(text.substr(0, at), '\n'));
}

std::vector<std::size_t> lines_with_word(std::string_view text, std::string_view word) {
  std::vector<std::size_t> lines;
  for (std::size_t at = text.find(word); at != std::string_view::npos; at = text.find(word, at + 1)) {
    const std::size_t end = at + word.size();
    if (at > 0 && is_name_character(text[at - 1])) continue;
    if (end < text.size() && is_name_character(text[end])) continue;
    const std::size_t line = line_at(text, at);
    if (lines.empty() || lines.back() != line) lines.push_back(line);
  }
  return lines;
}

}  // namespace initlab::rules
