// The project's own files as text, and what the rules look for in them: includes, and code without its
// comments and strings.
#pragma once

#include <filesystem>
#include <string>
#include <string_view>
#include <vector>

namespace initlab::rules {

struct SourceFile {
  std::string path;  // from the root of the repository, with '/': "core/numeric/matrix.h"
  std::string text;
};

// Every text file of the project below `root`, in order of paths: not what is generated (tests/golden), built
// or hidden, .ci excepted.
std::vector<SourceFile> project_files(const std::filesystem::path& root);

// Whether it is C++: .h or .cpp.
bool is_code(const SourceFile& file);

// What one line includes. `name` is what stands between the quotes or brackets.
struct Include {
  std::size_t line = 0;  // from 1
  std::string name;
  bool quoted = false;
};
std::vector<Include> includes_of(const SourceFile& file);

// The text with comments and the contents of strings and characters blanked; lines stay lines.
std::string code_only(std::string_view text);

// The line, from 1, that position `at` of `text` stands in.
std::size_t line_at(std::string_view text, std::size_t at);

// The lines, from 1, in which `word` stands alone: not as part of a longer name.
std::vector<std::size_t> lines_with_word(std::string_view text, std::string_view word);

}  // namespace initlab::rules
