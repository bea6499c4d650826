// What the program says: results on stdout, everything else on stderr, and files. Every write is checked,
// because a full disk or a closed pipe must not look like success.
#pragma once

#include <filesystem>
#include <optional>
#include <span>
#include <string>
#include <string_view>

#include "app/cli/exit_code.h"

namespace initlab {

// Before anything is opened: a closed stdin, stdout or stderr must not be the number of the next file, and a
// reader who has gone must be an error of a write, not a signal.
void prepare_streams();

// Says one line on stderr; control characters in what it quotes are escaped.
void complain(std::string_view line);
// complain(), and kBadInput.
ExitCode bad_input(std::string_view line);

// Writes all of `text` to stdout. kDone, or kCouldNotWrite with the reason said (a reader who has gone needs
// none).
ExitCode print(std::string_view text);

inline bool is_standard_output(std::string_view file) {
  return file == "-";
}
// Writes to a file, or to stdout for "-". kDone, or kCouldNotWrite with the reason said.
ExitCode write_output(const std::string& file, std::string_view bytes);

// Null when a file of this name could be written as things stand, else one line: a missing folder, a folder
// in its place, no permission. Asked before long work.
std::optional<std::string> cannot_be_written(const std::filesystem::path& file);

// An option that names a file, as typed; null where it is not given.
struct OutputFile {
  std::string_view option;
  std::optional<std::string> file;
};
// Null when every file can be written as things stand and no two are one; else the code, with the reason
// said.
std::optional<ExitCode> check_outputs(std::span<const OutputFile> outputs);
// Whether one of them is standard output, where then nothing else belongs.
bool any_is_standard_output(std::span<const OutputFile> outputs);

}  // namespace initlab
