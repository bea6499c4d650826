#include "app/file_output.h"

#include <gtest/gtest.h>
#include <signal.h>
#include <sys/resource.h>
#include <sys/stat.h>
#include <unistd.h>

#include <fstream>
#include <thread>

#include "tests/app/canvas/raster.h"

namespace initlab {
namespace {

namespace fs = std::filesystem;

TEST(FileOutput, writes_and_replaces_the_whole_file) {
  const TemporaryFolder folder;
  const fs::path file = folder.path() / "a.json";
  const std::string large(300'000, 'x');
  ASSERT_EQ(write_file(file, large), std::nullopt);
  EXPECT_EQ(read_file(file), large);
  ASSERT_EQ(write_file(file, std::string_view("a\0b", 3)), std::nullopt);
  EXPECT_EQ(read_file(file), std::string("a\0b", 3));
  ASSERT_EQ(write_file(file, ""), std::nullopt);
  EXPECT_EQ(read_file(file), "");
  EXPECT_EQ(folder.names(), std::vector<std::string>{"a.json"});
}

TEST(FileOutput, errors_name_the_file_and_the_reason) {
  const TemporaryFolder folder;
  const std::string path = folder.path().string();
  std::ofstream(folder.path() / "plain") << "old";
  EXPECT_EQ(write_file("", "x"), "cannot write \"\": No such file or directory");
  EXPECT_EQ(write_file("/dev/full", "x"), "cannot write \"/dev/full\": No space left on device");
  EXPECT_EQ(write_file(path, "x"), "cannot write \"" + path + "\": Is a directory");
  EXPECT_EQ(write_file(path + "/new/", "x"), "cannot write \"" + path + "/new/\": Is a directory");
  EXPECT_EQ(write_file(path + "/none/a", "x"),
            "cannot write \"" + path + "/none/a\": No such file or directory");
  EXPECT_EQ(write_file(path + "/plain/a", "x"), "cannot write \"" + path + "/plain/a\": Not a directory");
  EXPECT_EQ(folder.names(), std::vector<std::string>{"plain"});
  EXPECT_EQ(read_file(folder.path() / "plain"), "old");
}

TEST(FileOutput, a_disk_that_fills_up_leaves_the_old_file_and_nothing_beside_it) {
  const TemporaryFolder folder;
  const fs::path file = folder.path() / "a.json";
  ASSERT_EQ(write_file(file, "old"), std::nullopt);
  rlimit before{};
  ASSERT_EQ(getrlimit(RLIMIT_FSIZE, &before), 0);
  const auto old_handler = signal(SIGXFSZ, SIG_IGN);
  rlimit small = before;
  small.rlim_cur = 4096;
  ASSERT_EQ(setrlimit(RLIMIT_FSIZE, &small), 0);
  const auto error = write_file(file, std::string(100'000, 'x'));
  setrlimit(RLIMIT_FSIZE, &before);
  signal(SIGXFSZ, old_handler);
  EXPECT_EQ(error, "cannot write \"" + file.string() + "\": File too large");
  EXPECT_EQ(read_file(file), "old");
  EXPECT_EQ(folder.names(), std::vector<std::string>{"a.json"});
}

TEST(FileOutput, a_replaced_file_keeps_its_permissions_and_a_link_stays_a_link) {
  const TemporaryFolder folder;
  const fs::path file = folder.path() / "a.json";
  const fs::path link = folder.path() / "link.json";
  ASSERT_EQ(write_file(file, "old"), std::nullopt);
  fs::permissions(file, fs::perms::owner_read | fs::perms::owner_write | fs::perms::group_read);
  fs::create_symlink("a.json", link);
  ASSERT_EQ(write_file(link, "new"), std::nullopt);
  EXPECT_TRUE(fs::is_symlink(link));
  EXPECT_EQ(read_file(file), "new");
  EXPECT_EQ(static_cast<unsigned>(fs::status(file).permissions()), 0640U);
}

TEST(FileOutput, a_new_file_has_the_permissions_that_the_umask_leaves) {
  const TemporaryFolder folder;
  const mode_t before = umask(027);
  const auto error = write_file(folder.path() / "a.json", "x");
  umask(before);
  ASSERT_EQ(error, std::nullopt);
  EXPECT_EQ(static_cast<unsigned>(fs::status(folder.path() / "a.json").permissions()), 0640U);
}

TEST(FileOutput, a_pipe_gets_all_bytes_directly) {
  const TemporaryFolder folder;
  const fs::path pipe = folder.path() / "pipe";
  ASSERT_EQ(mkfifo(pipe.c_str(), 0600), 0);
  std::string received;
  std::thread reader([&] { received = read_file(pipe); });
  const std::string sent(200'000, 'y');
  const auto error = write_file(pipe, sent);
  reader.join();
  EXPECT_EQ(error, std::nullopt);
  EXPECT_EQ(received, sent);
  EXPECT_TRUE(fs::is_fifo(pipe));
}

TEST(FileOutput, what_may_not_be_written_stays_as_it_was) {
  if (geteuid() == 0) GTEST_SKIP() << "root may write everywhere";
  const TemporaryFolder folder;
  const fs::path file = folder.path() / "a.json";
  ASSERT_EQ(write_file(file, "old"), std::nullopt);
  fs::permissions(file, fs::perms::owner_read);
  EXPECT_EQ(write_file(file, "new"), "cannot write \"" + file.string() + "\": Permission denied");
  fs::permissions(folder.path(), fs::perms::owner_read | fs::perms::owner_exec);
  const fs::path other = folder.path() / "b.json";
  EXPECT_EQ(write_file(other, "new"), "cannot write \"" + other.string() + "\": Permission denied");
  fs::permissions(folder.path(), fs::perms::owner_all);
  EXPECT_EQ(read_file(file), "old");
}

}  // namespace
}  // namespace initlab
