// frame/three_lanes: the frame's own time on the processor, without the GL driver, while three lanes train at
// full speed; every frame has a new report to show. start/first_frame: from the start of a process to the
// first complete picture of the laboratory, off-screen.
#include <fcntl.h>
#include <spawn.h>
#include <sys/wait.h>
#include <unistd.h>

#include <chrono>
#include <cstdio>
#include <limits>

#include "app/assets.h"
#include "app/lab_frame.h"
#include "app/platform/offscreen.h"
#include "core/numeric/number_text.h"
#include "tests/bench/bench.h"
#include "tests/bench/headless_gui.h"
#include "tests/bench/work.h"

namespace initlab::bench {
namespace {

using Clock = std::chrono::steady_clock;
constexpr int kWidth = 1440;
constexpr int kHeight = 900;

void three_lanes(benchmark::State& state, Session& session) {
  Experiment experiment = course_experiment();
  experiment.training.steps = kMaximumSteps;
  Bell bell;
  Lab lab(std::make_unique<Comparison>(experiment), ThemeId::kLight, 1.0, [&bell] { bell.ring(); });
  HeadlessGui gui(kWidth, kHeight);
  std::shared_ptr<const Report> shown;
  const FrameFunction frame = [&](const FrameInput& input, FrameTools& tools) {
    return lab.frame(input, tools);
  };
  for (int i = 0; i < 3; ++i) gui.frame(frame);  // it asks for fields of the panels' size
  lab.worker().post(command::SetSpeed{std::numeric_limits<double>::infinity()});
  lab.worker().post(command::Play{});
  std::vector<double> seconds;
  for (auto _ : state) {
    const std::uint64_t seen = shown ? shown->sequence : 0;
    bell.wait([&] { return lab.worker().latest()->sequence > seen && lab.worker().latest()->playing; });
    shown = lab.worker().latest();
    const long painted = gui.pictures().painted();
    const double start = thread_seconds();
    const FrameAnswer answer = gui.frame(frame);
    seconds.push_back(thread_seconds() - start);
    state.SetIterationTime(seconds.back());
    const bool shows_report = answer.title.find("step ") != std::string::npos &&
                              gui.pictures().painted() > painted && gui.index_count() > 3000;
    if (!shows_report) return fail(state, session, "a frame did not show the lanes anew: " + answer.title);
  }
  report_spread(state, std::move(seconds));
}

// A process of this program that shows one frame; what it says on its standard output.
class FirstFrame {
 public:
  explicit FirstFrame(const std::string& program) {
    int pipe_ends[2];
    if (pipe2(pipe_ends, O_CLOEXEC) != 0) return;
    read_end_ = pipe_ends[0];
    posix_spawn_file_actions_t actions;
    posix_spawn_file_actions_init(&actions);
    posix_spawn_file_actions_adddup2(&actions, pipe_ends[1], STDOUT_FILENO);
    std::string name = program;
    std::string option = "--first-frame";
    char* const arguments[] = {name.data(), option.data(), nullptr};
    if (posix_spawn(&child_, program.c_str(), &actions, nullptr, arguments, environ) != 0) child_ = -1;
    posix_spawn_file_actions_destroy(&actions);
    close(pipe_ends[1]);
  }
  FirstFrame(const FirstFrame&) = delete;  // owns a process
  FirstFrame& operator=(const FirstFrame&) = delete;
  ~FirstFrame() {
    if (read_end_ >= 0) close(read_end_);
    if (child_ > 0) waitpid(child_, nullptr, 0);
  }
  // The first line, once it is there.
  std::string line() const {
    char text[256];
    const ssize_t size = read_end_ < 0 ? 0 : read(read_end_, text, sizeof text);
    return size > 0 ? std::string(text, static_cast<std::size_t>(size)) : std::string();
  }

 private:
  pid_t child_ = -1;
  int read_end_ = -1;
};

void first_frame(benchmark::State& state, Session& session) {
  std::vector<double> seconds;
  for (auto _ : state) {
    const Clock::time_point start = Clock::now();
    const FirstFrame process(session.program);
    const std::string line = process.line();
    seconds.push_back(std::chrono::duration<double>(Clock::now() - start).count());
    state.SetIterationTime(seconds.back());
    if (line.starts_with("no graphics")) return state.SkipWithError("EGL gives no OpenGL 3.3 here");
    if (!line.starts_with("shown")) return fail(state, session, "the first frame: " + line);
  }
  report_spread(state, std::move(seconds));
}

}  // namespace

int show_first_frame() {
  auto experiment = find_experiment("course-initialization");
  if (std::holds_alternative<InputError>(experiment)) return 2;
  auto comparison = Comparison::make(std::get<Experiment>(std::move(experiment)), comparison_options());
  if (std::holds_alternative<InputError>(comparison)) return 2;
  std::string error;
  const auto surface = OffscreenSurface::create(kWidth, kHeight, 1, error);
  if (!surface) {
    std::puts("no graphics");
    return 3;
  }
  Lab lab(std::get<0>(std::move(comparison)), ThemeId::kLight, 1.0);
  const std::vector<Color> pixels =
      surface->render([&lab](const FrameInput& input, FrameTools& tools) { return lab.frame(input, tools); });
  const auto drawn =
      std::count_if(pixels.begin(), pixels.end(), [&](Color c) { return c != pixels.front(); });
  std::puts(drawn > kWidth * kHeight / 10 ? "shown" : "the picture is empty");
  std::fflush(stdout);
  return 0;
}

void register_frames(Session& session) {
  benchmark::RegisterBenchmark("frame/three_lanes",
                               [&session](benchmark::State& state) { three_lanes(state, session); })
      ->UseManualTime()
      ->Unit(benchmark::kMillisecond)
      ->Iterations(session.repeats(200));
  benchmark::RegisterBenchmark("start/first_frame",
                               [&session](benchmark::State& state) { first_frame(state, session); })
      ->UseManualTime()
      ->Unit(benchmark::kMillisecond)
      ->Iterations(session.repeats(10));
}

}  // namespace initlab::bench
