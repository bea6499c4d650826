// Zip archives by libzip: whole members as strings. Enough for .npz files; no folders, no passwords.
#pragma once

#include <cstdint>
#include <filesystem>
#include <memory>
#include <optional>
#include <string>
#include <variant>
#include <vector>

struct zip;

namespace initlab {

// What the system or libzip says, without the file's name.
struct ZipError {
  std::string message;
};

struct ZipMember {
  std::string name;
  std::string bytes;
};
// Stored, not deflated: weights hardly shrink. Dated 1980, so that the same members make the same file.
// Written beside `path` and renamed; a symbolic link stays one. Null when done.
std::optional<ZipError> write_zip(const std::filesystem::path& path, const std::vector<ZipMember>& members);

class ZipReader {
 public:
  static std::variant<ZipReader, ZipError> open(const std::filesystem::path& path);

  bool has(const std::string& name) const;
  std::vector<std::string> names() const;
  // Refuses a member of more than `maximum_bytes`, or of more than its compressed bytes can hold, before
  // memory is taken for it.
  std::variant<std::string, ZipError> read(const std::string& name, std::uint64_t maximum_bytes) const;

 private:
  struct Closer {
    void operator()(zip* archive) const;
  };
  explicit ZipReader(zip* archive) : archive_(archive) {}
  std::unique_ptr<zip, Closer> archive_;  // never null
};

}  // namespace initlab
