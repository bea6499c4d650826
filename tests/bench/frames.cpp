// frame/three_lanes, frame/six_lanes: the frame's own time on the processor, without the GL driver, while the
// lanes train at full speed; every frame has a new report to show. frame/deep_hundred: frames sixty times a
// second beside the training of a hundred layers, whose steps are longer than a frame: what each takes.
// start/first_frame: from the start of a process to the first complete picture of the laboratory, off-screen.
#include <fcntl.h>
#include <spawn.h>
#include <sys/wait.h>
#include <unistd.h>

#include <chrono>
#include <cstdio>
#include <limits>
#include <thread>
#include <utility>

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

Experiment endless(Experiment experiment) {
  experiment.training.steps = kMaximumSteps;
  return experiment;
}

Experiment three_lanes() {
  return endless(course_experiment());
}

// The course's lanes twice, each with a seed of its own.
Experiment six_lanes() {
  Experiment experiment = endless(course_experiment());
  experiment.expect.clear();
  const std::vector<Lane> lanes = experiment.lanes;
  for (Lane lane : lanes) {
    lane.name += " again";
    ++lane.seed;
    experiment.lanes.push_back(std::move(lane));
  }
  return experiment;
}

// A hundred layers of 32 units: a step takes longer than a frame.
Experiment deep_hundred() {
  Experiment experiment = endless(course_experiment());
  experiment.expect.clear();
  experiment.network.hidden.assign(100, 32);
  experiment.network.activation = ActivationId::kTanh;
  return experiment;
}

// A laboratory that trains as fast as it can, and its frames.
class TrainingLab {
 public:
  explicit TrainingLab(Experiment experiment)
      : lab_(std::make_unique<Comparison>(std::move(experiment)), ThemeId::kLight, 1.0,
             [this] { bell_.ring(); }) {
    for (int i = 0; i < 3; ++i) frame();  // it asks for fields of the panels' size
    lab_.worker().post(command::SetStopRule{0, false});
    lab_.worker().post(command::SetSpeed{std::numeric_limits<double>::infinity()});
    lab_.worker().post(command::Play{});
  }
  FrameAnswer frame() { return gui_.frame(draw_); }
  // Until there is a report that has not been waited for before.
  void wait_for_report() {
    const std::uint64_t seen = shown_ ? shown_->sequence : 0;
    bell_.wait([&] { return report()->sequence > seen && report()->playing; });
    shown_ = report();
  }
  // False after 20 seconds without that step.
  bool wait_for_step(std::int64_t step) {
    return bell_.wait([&] { return report()->snapshot->step >= step; });
  }
  std::shared_ptr<const Report> report() { return lab_.worker().latest(); }
  const HeadlessGui& gui() const { return gui_; }

 private:
  Bell bell_;
  HeadlessGui gui_{kWidth, kHeight};
  Lab lab_;
  std::shared_ptr<const Report> shown_;
  const FrameFunction draw_ = [this](const FrameInput& input, FrameTools& tools) {
    return lab_.frame(input, tools);
  };
};

// A frame's own time on the processor, each frame with a new report to show.
void frames_of_reports(benchmark::State& state, Session& session, Experiment experiment) {
  TrainingLab lab(std::move(experiment));
  std::vector<double> seconds;
  for (auto _ : state) {
    lab.wait_for_report();
    const long painted = lab.gui().pictures().painted();
    const double start = thread_seconds();
    const FrameAnswer answer = lab.frame();
    seconds.push_back(thread_seconds() - start);
    state.SetIterationTime(seconds.back());
    const bool shows_report = answer.title.find("step ") != std::string::npos &&
                              lab.gui().pictures().painted() > painted && lab.gui().index_count() > 3000;
    if (!shows_report) return fail(state, session, "a frame did not show the lanes anew: " + answer.title);
  }
  report_spread(state, std::move(seconds));
}

// Frames sixty times a second while a step takes longer than one: what a frame takes from its begin to its
// end, by the clock on the wall, so that waiting for the engine would show.
void frames_beside_training(benchmark::State& state, Session& session, Experiment experiment) {
  TrainingLab lab(std::move(experiment));
  lab.wait_for_report();
  const std::int64_t first_step = lab.report()->snapshot->step;
  std::vector<double> seconds;
  Clock::time_point due = Clock::now();
  for (auto _ : state) {
    std::this_thread::sleep_until(due += std::chrono::microseconds(16'667));
    const Clock::time_point start = Clock::now();
    lab.frame();
    seconds.push_back(std::chrono::duration<double>(Clock::now() - start).count());
    state.SetIterationTime(seconds.back());
  }
  if (!lab.report()->playing) return fail(state, session, "it no longer trains");
  if (!lab.wait_for_step(first_step + 1)) return fail(state, session, "no step was made");
  if (lab.gui().index_count() <= 3000) return fail(state, session, "the frames are empty");
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
  const auto add = [&](const char* name, auto run, Experiment (*experiment)()) {
    benchmark::RegisterBenchmark(
        name, [&session, run, experiment](benchmark::State& state) { run(state, session, experiment()); })
        ->UseManualTime()
        ->Unit(benchmark::kMillisecond)
        ->Iterations(session.repeats(200));
  };
  add("frame/three_lanes", frames_of_reports, three_lanes);
  add("frame/six_lanes", frames_of_reports, six_lanes);
  add("frame/deep_hundred", frames_beside_training, deep_hundred);
  benchmark::RegisterBenchmark("start/first_frame",
                               [&session](benchmark::State& state) { first_frame(state, session); })
      ->UseManualTime()
      ->Unit(benchmark::kMillisecond)
      ->Iterations(session.repeats(10));
}

}  // namespace initlab::bench
