// initlab_bench: how fast things are, each benchmark checking its own result. The options of Google Benchmark
// (--benchmark_filter=step/, --benchmark_min_time=0.1, --benchmark_format=json) and
//   --quick               each benchmark once, for its checks
//   --write-work FOLDER   what the peers begin from, and nothing else
// Exit codes: 0 done, 1 a check failed, 2 bad input, 4 could not write.
#include <cstdio>
#include <filesystem>
#include <memory>
#include <optional>
#include <string_view>
#include <vector>

#include "core/numeric/kernels.h"
#include "tests/bench/bench.h"
#include "tests/bench/work.h"

namespace {

// Runs what was asked for besides benchmarks; null when that was none.
std::optional<int> other_verb(int argc, char** argv) {
  const std::string_view first = argc > 1 ? argv[1] : "";
  if (first == "--first-frame") return initlab::bench::show_first_frame();
  if (first != "--write-work") return std::nullopt;
  if (argc != 3) {
    std::fputs("--write-work: a folder is missing\n", stderr);
    return 2;
  }
  const auto failure = initlab::bench::write_work(argv[2]);
  if (failure) std::fprintf(stderr, "%s\n", failure->c_str());
  return failure ? 4 : 0;
}

// Takes "--quick" out of the arguments; in its place stands Google Benchmark's shortest time.
bool take_quick(std::vector<char*>& arguments, char* shortest) {
  bool found = false;
  for (char*& argument : arguments) {
    if (argument != std::string_view("--quick")) continue;
    argument = shortest;
    found = true;
  }
  return found;
}

// The reporter that was asked for, with names as they are registered: Google Benchmark appends how often and
// by which clock.
class PlainNames : public benchmark::BenchmarkReporter {
 public:
  bool ReportContext(const Context& context) override { return reporter_->ReportContext(context); }
  void ReportRuns(const std::vector<Run>& runs) override {
    std::vector<Run> plain = runs;
    for (Run& run : plain) {
      run.run_name.iterations.clear();
      run.run_name.time_type.clear();
    }
    reporter_->ReportRuns(plain);
  }
  void Finalize() override { reporter_->Finalize(); }

 private:
  std::unique_ptr<benchmark::BenchmarkReporter> reporter_{benchmark::CreateDefaultDisplayReporter()};
};

}  // namespace

int main(int argc, char** argv) {
  if (const auto refusal = initlab::check_simd_choice()) {
    std::fprintf(stderr, "%s\n", refusal->c_str());
    return 2;
  }
  if (const auto code = other_verb(argc, argv)) return *code;
  char shortest[] = "--benchmark_min_time=0.001";
  std::vector<char*> arguments(argv, argv + argc);
  initlab::bench::Session session;
  session.quick = take_quick(arguments, shortest);
  session.program = std::filesystem::read_symlink("/proc/self/exe");
  int count = static_cast<int>(arguments.size());
  benchmark::Initialize(&count, arguments.data());
  if (benchmark::ReportUnrecognizedArguments(count, arguments.data())) return 2;
  benchmark::AddCustomContext("compiler", INITLAB_COMPILER);
  benchmark::AddCustomContext("path", std::string(initlab::kernels().name));

  initlab::bench::register_steps(session);
  initlab::bench::register_field(session);
  initlab::bench::register_peak(session);
  initlab::bench::register_worker(session);
  initlab::bench::register_snapshots(session);
  initlab::bench::register_frames(session);
  PlainNames reporter;
  const std::size_t ran = benchmark::RunSpecifiedBenchmarks(&reporter);
  benchmark::Shutdown();
  if (ran == 0) {
    std::fprintf(stderr, "no benchmark has that name; --benchmark_list_tests lists them\n");
    return 2;
  }
  return session.failures == 0 ? 0 : 1;
}
