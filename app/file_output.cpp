// Whole or not at all: beside, then rename. It does not wait for the disk (no fsync): a power cut is not its
// case.
#include "app/file_output.h"

#include <fcntl.h>
#include <sys/stat.h>
#include <unistd.h>

#include <cerrno>
#include <system_error>

namespace initlab {
namespace {

namespace fs = std::filesystem;

std::string failure(const fs::path& path, int error) {
  return "cannot write \"" + path.string() + "\": " + std::generic_category().message(error);
}

// Closes and reports, because some file systems tell of a full disk only then. 0 when all went well, else
// errno.
int write_all_and_close(int descriptor, std::string_view bytes) {
  int error = 0;
  while (!bytes.empty()) {
    const ssize_t written = ::write(descriptor, bytes.data(), bytes.size());
    if (written < 0) {
      if (errno == EINTR) continue;
      error = errno;
      break;
    }
    bytes.remove_prefix(static_cast<std::size_t>(written));
  }
  if (::close(descriptor) != 0 && error == 0) error = errno;
  return error;
}

int write_directly(const fs::path& path, std::string_view bytes) {
  const int descriptor = ::open(path.c_str(), O_WRONLY | O_APPEND | O_CLOEXEC);
  return descriptor < 0 ? errno : write_all_and_close(descriptor, bytes);
}

// A new file in `folder`, its name in `name`. The mode leaves the rest to the umask.
int open_beside(const fs::path& folder, fs::path& name) {
  for (int attempt = 0;; ++attempt) {
    name = folder / (".initlab-" + std::to_string(::getpid()) + "-" + std::to_string(attempt) + ".part");
    const int descriptor = ::open(name.c_str(), O_WRONLY | O_CREAT | O_EXCL | O_CLOEXEC, 0666);
    if (descriptor >= 0 || errno != EEXIST || attempt == 10'000) return descriptor;
  }
}

int write_beside_and_rename(const fs::path& path, std::string_view bytes, const struct stat* old) {
  if (old != nullptr && ::access(path.c_str(), W_OK) != 0) return errno;
  fs::path part;
  const int descriptor = open_beside(path.has_parent_path() ? path.parent_path() : fs::path("."), part);
  if (descriptor < 0) return errno;
  // A replaced file keeps its permissions; failing to keep them is no reason to lose the content.
  if (old != nullptr) (void)!::fchmod(descriptor, old->st_mode & 0777);
  int error = write_all_and_close(descriptor, bytes);
  if (error == 0 && ::rename(part.c_str(), path.c_str()) != 0) error = errno;
  if (error != 0) ::unlink(part.c_str());
  return error;
}

// The process's own open files: renaming over them would part the name from what is open.
bool names_open_descriptor(const fs::path& path) {
  const std::string name = path.lexically_normal().string();
  return name == "/dev/stdout" || name == "/dev/stderr" || name.starts_with("/dev/fd/") ||
         name.starts_with("/proc/self/fd/");
}

// Follows a symbolic link so that the file it names is replaced, not the link. Links in a circle end as they
// are.
fs::path follow_links(fs::path path) {
  std::error_code ignored;
  for (int hop = 0; hop < 40 && fs::is_symlink(path, ignored); ++hop) {
    const fs::path target = fs::read_symlink(path, ignored);
    if (target.empty()) break;
    path = target.is_absolute() ? target : path.parent_path() / target;
  }
  return path;
}

}  // namespace

std::optional<std::string> write_file(const std::filesystem::path& path, std::string_view bytes) {
  struct stat status {};
  const bool exists = ::stat(path.c_str(), &status) == 0;
  if (!exists && errno != ENOENT) return failure(path, errno);
  int error = 0;
  if (exists && S_ISDIR(status.st_mode)) {
    error = EISDIR;
  } else if (exists && (!S_ISREG(status.st_mode) || names_open_descriptor(path))) {
    error = write_directly(path, bytes);
  } else if (path.filename().empty()) {
    error = path.empty() ? ENOENT : EISDIR;
  } else {
    error = write_beside_and_rename(follow_links(path), bytes, exists ? &status : nullptr);
  }
  if (error != 0) return failure(path, error);
  return std::nullopt;
}

}  // namespace initlab
