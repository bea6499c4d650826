// libzip writes a file beside the target and renames it when it closes the archive; what it is given stays in
// memory until then.
#include "core/network/zip_file.h"

#include <fmt/format.h>
#include <zip.h>

#include <cassert>
#include <cerrno>
#include <system_error>

namespace initlab {
namespace {

namespace fs = std::filesystem;

std::string system_message(int error) {
  return std::generic_category().message(error);
}

// The system's own words where the system failed.
ZipError said_by(zip_error_t* error) {
  if (zip_error_system_type(error) == ZIP_ET_SYS && zip_error_code_system(error) != 0)
    return {system_message(zip_error_code_system(error))};
  return {zip_error_strerror(error)};
}
ZipError said_by_code(int code) {
  zip_error_t error;
  zip_error_init_with_code(&error, code);
  ZipError result = said_by(&error);
  zip_error_fini(&error);
  return result;
}

struct Discard {
  void operator()(zip_t* archive) const { zip_discard(archive); }
  void operator()(zip_file_t* file) const { zip_fclose(file); }
};

// 1980-01-01 as DOS counts days: the first that a zip knows.
constexpr zip_uint16_t kFirstDay = (1U << 5U) | 1U;

bool add_member(zip_t* archive, const ZipMember& member) {
  zip_source_t* source = zip_source_buffer(archive, member.bytes.data(), member.bytes.size(), 0);
  if (source == nullptr) return false;
  const zip_int64_t added = zip_file_add(archive, member.name.c_str(), source, ZIP_FL_ENC_UTF_8);
  if (added < 0) {
    zip_source_free(source);
    return false;
  }
  const auto index = static_cast<zip_uint64_t>(added);
  return zip_set_file_compression(archive, index, ZIP_CM_STORE, 0) == 0 &&
         zip_file_set_dostime(archive, index, 0, kFirstDay, 0) == 0;
}

// The most that deflate makes of one byte is 1032.
constexpr std::uint64_t kMostInflated = 1032;

}  // namespace

std::optional<ZipError> write_zip(const fs::path& path, const std::vector<ZipMember>& members) {
  assert(!members.empty());
  std::error_code failed;
  const fs::path target = fs::weakly_canonical(path, failed);
  if (failed) return ZipError{failed.message()};
  const fs::file_status status = fs::status(target, failed);
  if (fs::is_directory(status)) return ZipError{system_message(EISDIR)};
  if (fs::exists(status) && !fs::is_regular_file(status)) return ZipError{"not a regular file"};
  int code = 0;
  std::unique_ptr<zip_t, Discard> archive(zip_open(target.c_str(), ZIP_CREATE | ZIP_TRUNCATE, &code));
  if (!archive) return said_by_code(code);
  for (const ZipMember& member : members) {
    if (!add_member(archive.get(), member)) return said_by(zip_get_error(archive.get()));
  }
  if (zip_close(archive.get()) != 0) return said_by(zip_get_error(archive.get()));
  (void)archive.release();  // closed
  return std::nullopt;
}

void ZipReader::Closer::operator()(zip* archive) const {
  zip_discard(archive);
}

std::variant<ZipReader, ZipError> ZipReader::open(const fs::path& path) {
  std::error_code failed;
  const fs::file_status status = fs::status(path, failed);
  if (!fs::exists(status)) return ZipError{"there is no such file"};
  // A pipe would be waited for without end.
  if (fs::is_directory(status)) return ZipError{"is a folder; allowed: a file"};
  if (!fs::is_regular_file(status)) return ZipError{"is not a regular file"};
  int code = 0;
  zip_t* const archive = zip_open(path.c_str(), ZIP_RDONLY, &code);
  if (archive == nullptr) return said_by_code(code);
  return ZipReader(archive);
}

bool ZipReader::has(const std::string& name) const {
  return zip_name_locate(archive_.get(), name.c_str(), 0) >= 0;
}

std::vector<std::string> ZipReader::names() const {
  std::vector<std::string> names;
  const zip_int64_t count = zip_get_num_entries(archive_.get(), 0);
  for (zip_int64_t i = 0; i < count; ++i) {
    const char* const name = zip_get_name(archive_.get(), static_cast<zip_uint64_t>(i), 0);
    if (name != nullptr) names.emplace_back(name);
  }
  return names;
}

std::variant<std::string, ZipError> ZipReader::read(const std::string& name,
                                                    std::uint64_t maximum_bytes) const {
  zip_stat_t status;
  zip_stat_init(&status);
  if (zip_stat(archive_.get(), name.c_str(), 0, &status) != 0) return said_by(zip_get_error(archive_.get()));
  constexpr zip_uint64_t kNeeded = ZIP_STAT_SIZE | ZIP_STAT_COMP_SIZE | ZIP_STAT_INDEX;
  if ((status.valid & kNeeded) != kNeeded) return ZipError{"a member without a size"};
  if (status.size > maximum_bytes)
    return ZipError{fmt::format("{} bytes; allowed: at most {}", status.size, maximum_bytes)};
  if (status.size / kMostInflated > status.comp_size)
    return ZipError{fmt::format("{} bytes claimed from {} compressed ones", status.size, status.comp_size)};
  const std::unique_ptr<zip_file_t, Discard> file(zip_fopen_index(archive_.get(), status.index, 0));
  if (!file) return said_by(zip_get_error(archive_.get()));
  std::string bytes(status.size, '\0');
  std::size_t filled = 0;
  while (filled < bytes.size()) {
    const zip_int64_t count = zip_fread(file.get(), bytes.data() + filled, bytes.size() - filled);
    if (count < 0) return said_by(zip_file_get_error(file.get()));
    if (count == 0) return ZipError{"a member that ends early"};
    filled += static_cast<std::size_t>(count);
  }
  // The check sum is held against the bytes at their end only.
  char beyond = 0;
  const zip_int64_t more = zip_fread(file.get(), &beyond, 1);
  if (more < 0) return said_by(zip_file_get_error(file.get()));
  if (more > 0) return ZipError{"a member that is longer than it says"};
  return bytes;
}

}  // namespace initlab
