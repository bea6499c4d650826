#include "app/cli/training.h"

#include <fmt/format.h>
#include <unistd.h>

#include <algorithm>
#include <chrono>
#include <csignal>

#include "app/cli/output.h"
#include "core/numeric/number_text.h"

namespace initlab {
namespace {

using Clock = std::chrono::steady_clock;

// A signal handler reaches nothing but a global.
volatile std::sig_atomic_t interrupted = 0;

double seconds_since(Clock::time_point start) {
  return std::chrono::duration<double>(Clock::now() - start).count();
}

std::string time_text(double seconds) {
  const auto whole = static_cast<std::int64_t>(std::min(seconds + 0.5, 1e9));
  if (whole < 60) return fmt::format("{} s", whole);
  if (whole < 3600) return fmt::format("{} min {:02} s", whole / 60, whole % 60);
  return fmt::format("{} h {:02} min", whole / 3600, whole / 60 % 60);
}

// One line on a terminal, rewritten in place and gone at the end.
class ProgressLine {
 public:
  ProgressLine() : visible_(::isatty(STDERR_FILENO) == 1) {}
  ~ProgressLine() {
    if (shown_) write("\r\x1b[K");
  }
  ProgressLine(const ProgressLine&) = delete;  // owns a line of the terminal
  ProgressLine& operator=(const ProgressLine&) = delete;

  void show(std::int64_t step, std::int64_t trained, std::int64_t goal) {
    const double elapsed = seconds_since(start_);
    if (!visible_ || elapsed < 0.3) return;
    const double speed = static_cast<double>(trained) / elapsed;
    const double left = static_cast<double>(goal - step) / std::max(speed, 1e-9);
    write(fmt::format("\r\x1b[Kstep {} of {}  {} %  {} steps/s  {} left", count_text(step), count_text(goal),
                      100 * step / goal, count_text(static_cast<std::int64_t>(speed)), time_text(left)));
    shown_ = true;
  }

 private:
  static void write(std::string_view text) { (void)!::write(STDERR_FILENO, text.data(), text.size()); }

  bool visible_;
  bool shown_ = false;
  Clock::time_point start_ = Clock::now();
};

}  // namespace

InterruptGuard::InterruptGuard() {
  interrupted = 0;
  previous_ = std::signal(SIGINT, [](int) { interrupted = 1; });
  // Whoever started the process without Ctrl-C (nohup, a background job) meant it.
  if (previous_ == SIG_IGN) std::signal(SIGINT, SIG_IGN);
}
InterruptGuard::~InterruptGuard() {
  std::signal(SIGINT, previous_);
}

bool train_to(Comparison& comparison, std::int64_t step) {
  constexpr double kPieceSeconds = 0.1;
  ProgressLine progress;
  const std::int64_t first = comparison.step();
  std::int64_t piece = 1;
  while (interrupted == 0 && comparison.step() < step) {
    const Clock::time_point start = Clock::now();
    comparison.advance(std::min(piece, step - comparison.step()));
    const double seconds = seconds_since(start);
    if (seconds < kPieceSeconds / 2) piece *= 2;
    if (seconds > kPieceSeconds && piece > 1) piece /= 2;
    progress.show(comparison.step(), comparison.step() - first, step);
  }
  return interrupted == 0;
}

}  // namespace initlab
