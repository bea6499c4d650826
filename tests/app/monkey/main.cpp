// monkey [--events N] [--seed S] [--say]: works the off-screen laboratory at random and reports the slowest
// frame. It ends with 1 where a frame took longer than a person would bear; a crash, an assert or a
// sanitizer's report ends it by itself, and --say prints each event before it happens, so that the last line
// names the culprit. Without off-screen graphics it ends with 77.
#include <fmt/format.h>
#include <sys/resource.h>
#include <unistd.h>

#include <algorithm>
#include <chrono>
#include <cstdio>
#include <cstdlib>
#include <ctime>
#include <filesystem>
#include <string_view>

#include "app/assets.h"
#include "app/lab_frame.h"
#include "app/platform/offscreen.h"
#include "tests/app/monkey/events.h"

namespace initlab::monkey {
namespace {

constexpr double kLongestFrame = 2;         // seconds of this thread's time on the processor
constexpr int kFramesBetweenPictures = 50;  // the others are computed and not drawn

struct Options {
  int events = 1500;
  unsigned seed = 1;
  bool say = false;
};

// Seconds that this thread has had of the processor.
double thread_seconds() {
  timespec time{};
  clock_gettime(CLOCK_THREAD_CPUTIME_ID, &time);
  return static_cast<double>(time.tv_sec) + 1e-9 * static_cast<double>(time.tv_nsec);
}

double megabytes() {
  rusage usage{};
  getrusage(RUSAGE_SELF, &usage);
  return static_cast<double>(usage.ru_maxrss) / 1024;
}

// A folder of its own, so that nothing of the user's is read or written.
class OwnFolder {
 public:
  OwnFolder() : path_(std::filesystem::temp_directory_path() / fmt::format("initlab_monkey_{}", getpid())) {
    std::filesystem::create_directories(path_ / "work");
    for (const char* name :
         {"HOME", "XDG_CONFIG_HOME", "XDG_STATE_HOME", "XDG_DATA_HOME", "XDG_CACHE_HOME"}) {
      setenv(name, path_.c_str(), 1);
    }
    std::filesystem::current_path(path_ / "work");
  }
  OwnFolder(const OwnFolder&) = delete;  // owns the folder
  OwnFolder& operator=(const OwnFolder&) = delete;
  ~OwnFolder() {
    std::error_code ignored;
    std::filesystem::current_path("/", ignored);
    std::filesystem::remove_all(path_, ignored);
  }
  const std::filesystem::path& path() const { return path_; }

 private:
  std::filesystem::path path_;
};

class Monkey {
 public:
  Monkey(const Options& options, std::unique_ptr<OffscreenSurface> surface, std::unique_ptr<Lab> lab,
         Events events)
      : options_(options), surface_(std::move(surface)), lab_(std::move(lab)), events_(std::move(events)) {
    surface_->record_frames(&record_);
    surface_->set_drawn(false);
  }

  // The exit code.
  int run() {
    using Clock = std::chrono::steady_clock;
    const auto start = Clock::now();
    frame({}, "begin");
    for (int i = 0; i < options_.events; ++i) {
      const Event event = events_.next(record_);
      if (options_.say) {
        fmt::print("{} {}\n", i, event.name);
        std::fflush(stdout);
      }
      if (event.size) {
        const auto px = [&](int length) { return static_cast<int>(length * event.size->scale); };
        surface_->resize(px(event.size->width), px(event.size->height), event.size->scale);
      }
      if (event.theme) lab_->set_theme(*event.theme);
      for (const GuiInput& input : event.inputs) frame(input, event.name);
    }
    const std::chrono::duration<double> took = Clock::now() - start;
    std::ranges::sort(seconds_);
    fmt::print(
        "{} events, {} frames in {:.1f} s; a frame's own time: median {:.2f} ms, 99 of 100 below {:.2f} ms, "
        "slowest {:.1f} ms ({}); {:.0f} MB at most\n",
        options_.events, seconds_.size(), took.count(), 1e3 * seconds_[seconds_.size() / 2],
        1e3 * seconds_[seconds_.size() * 99 / 100], 1e3 * seconds_.back(), slowest_, megabytes());
    return seconds_.back() <= kLongestFrame ? 0 : 1;
  }

 private:
  void frame(const GuiInput& input, const std::string& name) {
    const FrameFunction draw = [&](const FrameInput& in, FrameTools& tools) {
      const double before = thread_seconds();
      FrameAnswer answer = lab_->frame(in, tools);
      const double took = thread_seconds() - before;
      if (seconds_.empty() || took > longest_) {
        longest_ = took;
        slowest_ = fmt::format("{}, at step {}", name, lab_->worker().latest()->snapshot->step);
      }
      seconds_.push_back(took);
      return answer;
    };
    if (seconds_.size() % kFramesBetweenPictures == 0) {
      surface_->render(draw, input);
    } else {
      surface_->frame(draw, input);
    }
  }

  Options options_;
  FrameRecord record_;
  std::unique_ptr<OffscreenSurface> surface_;
  std::unique_ptr<Lab> lab_;
  Events events_;
  std::vector<double> seconds_;
  double longest_ = 0;
  std::string slowest_;
};

int usage() {
  std::fputs("usage: monkey [--events N] [--seed S] [--say]\n", stderr);
  return 2;
}

}  // namespace

int main(int argc, char** argv) {
  Options options;
  for (int i = 1; i < argc; ++i) {
    const std::string_view word = argv[i];
    if (word == "--say") {
      options.say = true;
      continue;
    }
    const long number = i + 1 < argc ? std::strtol(argv[i + 1], nullptr, 10) : 0;
    if (number <= 0 || number > 10'000'000 || (word != "--events" && word != "--seed")) return usage();
    if (word == "--events") options.events = static_cast<int>(number);
    if (word == "--seed") options.seed = static_cast<unsigned>(number);
    ++i;
  }
  const OwnFolder folder;
  std::string error;
  auto surface = OffscreenSurface::create(1440, 900, 1, error);
  if (surface == nullptr) {
    fmt::print("skipped: {}\n", error);
    return 77;
  }
  auto experiment = find_experiment("course-initialization");
  const auto files = experiment_files();
  if (std::holds_alternative<InputError>(experiment) || std::holds_alternative<InputError>(files)) {
    std::fputs("the program's experiments are not found\n", stderr);
    return 2;
  }
  std::vector<std::filesystem::path> paths;
  for (const ExperimentFile& file : std::get<0>(files)) paths.push_back(file.path);
  auto comparison = Comparison::make(std::get<Experiment>(std::move(experiment)), comparison_options());
  if (std::holds_alternative<InputError>(comparison)) return 2;
  auto lab = std::make_unique<Lab>(std::get<0>(std::move(comparison)), ThemeId::kLight, 1.0);
  Monkey monkey(options, std::move(surface), std::move(lab),
                Events(options.seed, folder.path(), std::move(paths)));
  return monkey.run();
}

}  // namespace initlab::monkey

int main(int argc, char** argv) {
  return initlab::monkey::main(argc, argv);
}
