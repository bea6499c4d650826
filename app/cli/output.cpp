#include "app/cli/output.h"

#include <fcntl.h>
#include <fmt/format.h>
#include <sys/stat.h>
#include <unistd.h>

#include <algorithm>
#include <cerrno>
#include <csignal>
#include <system_error>

#include "app/file_output.h"
#include "core/numeric/input_text.h"

namespace initlab {
namespace {

constexpr std::size_t kLongestLine = 2000;  // characters

// 0, or the errno of the write that failed.
int write_all(int descriptor, std::string_view bytes) {
  while (!bytes.empty()) {
    const ssize_t written = ::write(descriptor, bytes.data(), bytes.size());
    if (written < 0 && errno == EINTR) continue;
    if (written < 0) return errno;
    bytes.remove_prefix(static_cast<std::size_t>(written));
  }
  return 0;
}

}  // namespace

void prepare_streams() {
  // Read-only, so that a write to a closed stdout still fails.
  for (int descriptor = 0; descriptor <= 2; ++descriptor) {
    if (::fcntl(descriptor, F_GETFD) < 0 && errno == EBADF) (void)!::open("/dev/null", O_RDONLY);
  }
  std::signal(SIGPIPE, SIG_IGN);
}

void complain(std::string_view line) {
  (void)write_all(STDERR_FILENO, one_line(line, kLongestLine) + "\n");
}

ExitCode bad_input(std::string_view line) {
  complain(line);
  return kBadInput;
}

ExitCode print(std::string_view text) {
  const int error = write_all(STDOUT_FILENO, text);
  if (error == 0) return kDone;
  if (error != EPIPE) complain("cannot write to standard output: " + std::generic_category().message(error));
  return kCouldNotWrite;
}

ExitCode write_output(const std::string& file, std::string_view bytes) {
  if (is_standard_output(file)) return print(bytes);
  if (const auto failure = write_file(file, bytes)) {
    complain(*failure);
    return kCouldNotWrite;
  }
  return kDone;
}

std::optional<std::string> cannot_be_written(const std::filesystem::path& file) {
  const auto line = [&](int error) {
    return fmt::format("cannot write {}: {}", in_quotes(file.string()),
                       std::generic_category().message(error));
  };
  struct stat status {};
  if (::stat(file.c_str(), &status) == 0) {
    if (S_ISDIR(status.st_mode)) return line(EISDIR);
    if (::access(file.c_str(), W_OK) != 0) return line(errno);
    if (!S_ISREG(status.st_mode)) return std::nullopt;
  } else if (errno != ENOENT) {
    return line(errno);
  } else if (file.filename().empty()) {
    return line(file.empty() ? ENOENT : EISDIR);
  }
  const std::filesystem::path folder = file.has_parent_path() ? file.parent_path() : ".";
  if (::stat(folder.c_str(), &status) != 0) return line(errno);
  if (!S_ISDIR(status.st_mode)) return line(ENOTDIR);
  if (::access(folder.c_str(), W_OK | X_OK) != 0) return line(errno);
  return std::nullopt;
}

std::optional<ExitCode> check_outputs(std::span<const OutputFile> outputs) {
  for (std::size_t i = 0; i < outputs.size(); ++i) {
    const auto& [option, file] = outputs[i];
    if (!file) continue;
    for (const OutputFile& earlier : outputs.first(i)) {
      if (earlier.file != file) continue;
      return bad_input(fmt::format("{} and {} both write to {}: two files are needed", earlier.option, option,
                                   in_quotes(*file)));
    }
    if (is_standard_output(*file)) continue;
    if (const auto failure = cannot_be_written(*file)) {
      complain(*failure);
      return kCouldNotWrite;
    }
  }
  return std::nullopt;
}

bool any_is_standard_output(std::span<const OutputFile> outputs) {
  return std::ranges::any_of(outputs, [](const OutputFile& output) { return output.file == "-"; });
}

}  // namespace initlab
