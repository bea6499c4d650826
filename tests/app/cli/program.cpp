#include "tests/app/cli/program.h"

#include <fcntl.h>
#include <sys/wait.h>
#include <unistd.h>

#include <algorithm>
#include <chrono>
#include <csignal>
#include <cstdlib>
#include <fstream>
#include <iterator>
#include <thread>

namespace initlab::test {
namespace {

namespace fs = std::filesystem;

std::string content(const fs::path& file) {
  std::ifstream stream(file, std::ios::binary);
  return {std::istreambuf_iterator<char>(stream), {}};
}

fs::path new_folder() {
  std::string name = (fs::temp_directory_path() / "initlab-cli-XXXXXX").string();
  if (::mkdtemp(name.data()) == nullptr) std::abort();
  return name;
}

void redirect(int descriptor, const fs::path& file, int flags) {
  const int opened = ::open(file.c_str(), flags, 0600);
  if (opened < 0) ::_exit(127);
  ::dup2(opened, descriptor);
  ::close(opened);
}

// In the child: becomes the program, or ends with 127.
[[noreturn]] void become_program(const std::vector<std::string>& arguments, const Surroundings& surroundings,
                                 const fs::path& folder, const fs::path& out, const fs::path& err) {
  redirect(STDIN_FILENO, "/dev/null", O_RDONLY);
  redirect(STDERR_FILENO, err, O_WRONLY | O_CREAT | O_TRUNC);
  if (surroundings.out_closed) {
    ::close(STDOUT_FILENO);
  } else if (surroundings.out_is_broken_pipe) {
    int ends[2];
    if (::pipe(ends) != 0) ::_exit(127);
    ::dup2(ends[1], STDOUT_FILENO);
    ::close(ends[0]);
    ::close(ends[1]);
  } else {
    redirect(STDOUT_FILENO, out, O_WRONLY | O_CREAT | O_TRUNC);
  }
  for (const auto& [name, value] : surroundings.variables) {
    if (value.empty()) {
      ::unsetenv(name.c_str());
    } else {
      ::setenv(name.c_str(), value.c_str(), 1);
    }
  }
  std::signal(SIGINT, SIG_DFL);
  if (::chdir(folder.c_str()) != 0) ::_exit(127);
  std::string program = INITLAB_PROGRAM;
  std::vector<std::string> words = arguments;
  std::vector<char*> pointers = {program.data()};
  for (std::string& word : words) pointers.push_back(word.data());
  pointers.push_back(nullptr);
  ::execv(program.c_str(), pointers.data());
  ::_exit(127);
}

}  // namespace

ProgramTest::ProgramTest() : folder_(new_folder()) {}
ProgramTest::~ProgramTest() {
  std::error_code ignored;
  fs::remove_all(folder_, ignored);
}

Outcome ProgramTest::run(const std::vector<std::string>& arguments, const Surroundings& surroundings) const {
  const fs::path streams = new_folder();
  const fs::path out = surroundings.out_file.value_or(streams / "out");
  const fs::path err = streams / "err";
  const pid_t child = ::fork();
  if (child == 0) become_program(arguments, surroundings, folder_, out, err);
  if (surroundings.signal_after_start) {
    std::this_thread::sleep_for(std::chrono::milliseconds(500));
    ::kill(child, *surroundings.signal_after_start);
  }
  int status = 0;
  ::waitpid(child, &status, 0);
  Outcome outcome;
  outcome.code = WIFEXITED(status) ? WEXITSTATUS(status) : 128 + WTERMSIG(status);
  if (!surroundings.out_file) outcome.out = content(out);
  outcome.err = content(err);
  fs::remove_all(streams);
  return outcome;
}

std::string ProgramTest::output_of(const std::vector<std::string>& arguments,
                                   const Surroundings& surroundings) const {
  const Outcome outcome = run(arguments, surroundings);
  EXPECT_EQ(outcome.code, 0) << outcome.err;
  EXPECT_EQ(outcome.err, "");
  return outcome.out;
}

nlohmann::json ProgramTest::json_of(const std::vector<std::string>& arguments) const {
  return nlohmann::json::parse(output_of(arguments));
}

void ProgramTest::write(const std::string& name, std::string_view bytes) const {
  std::ofstream(folder_ / name, std::ios::binary) << bytes;
}
std::string ProgramTest::read(const std::string& name) const {
  return content(folder_ / name);
}

std::vector<std::string> ProgramTest::files() const {
  std::vector<std::string> names;
  for (const auto& entry : fs::directory_iterator(folder_)) names.push_back(entry.path().filename().string());
  std::ranges::sort(names);
  return names;
}

}  // namespace initlab::test
