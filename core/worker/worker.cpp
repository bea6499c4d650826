// The loop: obey, train a slice, report, sleep when there is nothing to do.
#include "core/worker/worker.h"

#include <algorithm>
#include <chrono>
#include <cmath>
#include <condition_variable>
#include <deque>
#include <mutex>
#include <thread>
#include <utility>

#include "core/worker/mailbox.h"

namespace initlab {
namespace {

using Clock = std::chrono::steady_clock;
using Seconds = std::chrono::duration<double>;

constexpr Seconds kReportInterval{1.0 / 60};
// A report that takes long is made less often: training gets at least this many times what reports take.
constexpr double kTrainingPerReport = 4;
// Multiply-adds that the decision field of one lane may take: a large network gets a coarser picture.
constexpr double kFieldBudget = 2e8;
// A slice of training between two looks at the queue: short enough that a command is obeyed within a frame.
constexpr Seconds kSlice{0.004};
// Of a slice, while a lane catches up: what the others get.
constexpr double kOthersShare = 0.25;
constexpr Seconds kSpeedWindow{0.5};

// The size asked for, or a smaller one of the same shape within the budget.
FieldSize affordable(FieldSize size, const Experiment& experiment, const DataShape& shape) {
  double weights = 0;
  const std::vector<std::size_t> sizes = layer_sizes(experiment, shape);
  for (std::size_t l = 1; l < sizes.size(); ++l) weights += static_cast<double>(sizes[l] * sizes[l - 1]);
  const double cells = static_cast<double>(size.columns) * size.rows;
  const double share = std::sqrt(std::min(1.0, kFieldBudget / (cells * weights)));
  const auto scaled = [share](int count) { return std::max(16, static_cast<int>(count * share)); };
  return {scaled(size.columns), scaled(size.rows)};
}

}  // namespace

class Worker::Loop {
 public:
  Loop(std::unique_ptr<Comparison> comparison, std::function<void()> on_report)
      : on_report_(std::move(on_report)), owned_(std::move(comparison)), comparison_(*owned_) {
    report();
    thread_ = std::thread([this] { run(); });
  }
  ~Loop() {
    {
      const std::lock_guard lock(mutex_);
      closing_ = true;
    }
    wake_.notify_one();
    thread_.join();
  }
  Loop(const Loop&) = delete;  // owns a thread
  Loop& operator=(const Loop&) = delete;

  std::uint64_t post(Command command) {
    std::uint64_t number;
    {
      const std::lock_guard lock(mutex_);
      queue_.push_back(std::move(command));
      number = ++posted_;
    }
    wake_.notify_one();
    return number;
  }
  std::shared_ptr<const Report> latest() const { return mailbox_.latest(); }

 private:
  void run() {
    while (true) {
      if (!take_commands()) return;
      const Clock::time_point now = Clock::now();
      if (working()) train_slice(now);
      measure_speed();
      const bool quiet = !working();
      // What was obeyed or ended is told at once, what merely goes on at most sixty times a second.
      if (dirty_ && (urgent_ || quiet || Clock::now() >= report_due())) report();
    }
  }

  Clock::time_point report_due() const {
    const Seconds interval = std::max(kReportInterval, report_time_ * kTrainingPerReport);
    return last_report_ + std::chrono::duration_cast<Clock::duration>(interval);
  }

  bool working() const { return playing_ || steps_left_ > 0 || comparison_.catching_up(); }

  // Waits while there is nothing to do; false when the worker is to end.
  bool take_commands() {
    std::unique_lock lock(mutex_);
    const auto wanted = [this] { return closing_ || !queue_.empty(); };
    if (!working()) {
      wake_.wait(lock, wanted);
    } else if (const Clock::time_point due = next_due(); due > Clock::now()) {
      wake_.wait_until(lock, due, wanted);
    }
    if (closing_) return false;
    std::deque<Command> commands;
    commands.swap(queue_);
    lock.unlock();
    for (Command& command : commands) {
      std::visit([this](auto& c) { obey(c); }, command);
      ++obeyed_;
      dirty_ = urgent_ = true;
    }
    return true;
  }

  // When the next step is to be made, or the next report is due while nothing else is.
  Clock::time_point next_due() const {
    if (comparison_.catching_up() || steps_left_ > 0 || std::isinf(speed_)) return Clock::time_point::min();
    const auto until_step = Seconds((std::floor(owed_) + 1 - owed_) / speed_);
    Clock::time_point due = last_owed_ + std::chrono::duration_cast<Clock::duration>(until_step);
    if (dirty_) due = std::min(due, report_due());
    return due;
  }

  void train_slice(Clock::time_point now) {
    const bool lagging = comparison_.catching_up();
    if (steps_left_ > 0) {
      train_for(lagging ? kSlice * kOthersShare : kSlice, [this](std::int64_t count) {
        const std::int64_t taken = std::min(count, steps_left_);
        comparison_.advance(taken);
        steps_left_ -= taken;
        return steps_left_ > 0 && !comparison_.finished();
      });
      if (comparison_.finished()) steps_left_ = 0;
      dirty_ = true;
    } else if (playing_) {
      play_slice(now, lagging ? kSlice * kOthersShare : kSlice);
    }
    if (lagging) {
      train_for(kSlice * (1 - kOthersShare), [this](std::int64_t count) {
        comparison_.catch_up(count);
        return comparison_.catching_up();
      });
      if (!comparison_.catching_up()) urgent_ = true;
      dirty_ = true;
    }
    if (playing_ && comparison_.finished()) {
      playing_ = false;
      dirty_ = true;
    }
  }

  void play_slice(Clock::time_point now, Seconds slice) {
    if (std::isinf(speed_)) {
      train_for(slice, [this](std::int64_t count) {
        comparison_.advance(count);
        return !comparison_.finished();
      });
      dirty_ = true;
      return;
    }
    owed_ += Seconds(now - last_owed_).count() * speed_;
    last_owed_ = now;
    // What cannot be done in time is forgiven, not piled up.
    owed_ = std::min(owed_, 1 + speed_ * 0.1);
    if (owed_ < 1) return;
    train_for(slice, [this](std::int64_t count) {
      const std::int64_t taken = std::min(count, static_cast<std::int64_t>(owed_));
      comparison_.advance(taken);
      owed_ -= static_cast<double>(taken);
      return owed_ >= 1 && !comparison_.finished();
    });
    dirty_ = true;
  }

  // Calls train(count) until it says false or the time is over, with counts that grow to what the time
  // allows.
  template <class Train>
  void train_for(Seconds budget, Train train) {
    const Clock::time_point start = Clock::now();
    std::int64_t count = 1;
    while (true) {
      const Clock::time_point before = Clock::now();
      if (!train(count)) return;
      const Clock::time_point after = Clock::now();
      const Seconds left = budget - (after - start);
      if (left <= Seconds{0}) return;
      const double each = std::max(Seconds(after - before).count() / static_cast<double>(count), 1e-8);
      count = std::clamp(static_cast<std::int64_t>(left.count() / each / 2), std::int64_t{1}, 4 * count);
    }
  }

  void measure_speed() {
    const Clock::time_point now = Clock::now();
    const Seconds passed = now - speed_since_;
    if (passed < kSpeedWindow) return;
    measured_speed_ =
        std::max(0.0, static_cast<double>(comparison_.step() - speed_from_step_) / passed.count());
    speed_since_ = now;
    speed_from_step_ = comparison_.step();
  }
  void forget_speed() {
    speed_since_ = Clock::now();
    speed_from_step_ = comparison_.step();
    measured_speed_ = 0;
  }
  void forget_owed() {
    owed_ = 0;
    last_owed_ = Clock::now();
  }

  void report() {
    const Clock::time_point start = Clock::now();
    auto report = std::make_shared<Report>();
    SnapshotOptions view = view_;
    view.field = affordable(view_.field, comparison_.experiment(), comparison_.shape());
    // Not while it runs: they cost more than all other figures together.
    view.spectra = !working();
    report->snapshot = comparison_.snapshot(view);
    report->playing = playing_;
    report->speed = speed_;
    report->measured_speed = playing_ ? measured_speed_ : 0;
    report->commands_obeyed = obeyed_;
    report->sequence = ++sequence_;
    report->refusal = refusal_;
    mailbox_.put(std::move(report));
    last_report_ = Clock::now();
    report_time_ = last_report_ - start;
    dirty_ = urgent_ = false;
    if (on_report_) on_report_();
  }

  void obey(const command::Play&) {
    if (playing_ || comparison_.finished()) return;
    playing_ = true;
    forget_owed();
    forget_speed();
  }
  void obey(const command::Pause&) {
    playing_ = false;
    steps_left_ = 0;
  }
  void obey(const command::Step& step) {
    playing_ = false;
    if (!comparison_.finished()) steps_left_ += std::max<std::int64_t>(step.count, 0);
  }
  void obey(const command::Rewind&) {
    comparison_.rewind();
    begin_again();
  }
  void obey(const command::NewSeed&) {
    comparison_.new_seed();
    begin_again();
  }
  void obey(const command::SetSpeed& speed) {
    if (!(speed.steps_per_second > 0)) return;
    speed_ = speed.steps_per_second;
    forget_owed();
    forget_speed();
  }
  void obey(const command::SetLane& set) {
    if (set.lane >= comparison_.experiment().lanes.size()) return;  // the experiment was replaced meanwhile
    if (refused(comparison_.set_lane(set.lane, set.changed, set.restart_all))) return;
    if (set.restart_all) begin_again();
  }
  void obey(const command::CallOffCatchUp&) { comparison_.call_off_catch_up(); }
  void obey(const command::SetLive& set) { comparison_.set_live(set.setting, set.lane, set.value); }
  void obey(const command::SetSteps& set) { comparison_.set_steps(set.steps); }
  void obey(command::ReplaceExperiment& replace) {
    if (refused(comparison_.replace(std::move(replace.experiment)))) return;
    begin_again();
  }
  void obey(const command::SetView& set) { view_ = set.options; }

  // Notes why the command in hand could not be obeyed.
  bool refused(std::optional<InputError> error) {
    if (error) refusal_ = Refusal{obeyed_ + 1, std::move(error->message)};
    return error.has_value();
  }
  void begin_again() {
    steps_left_ = 0;
    forget_owed();
    forget_speed();
  }

  const std::function<void()> on_report_;
  Mailbox<Report> mailbox_;

  // Shared with other threads, under mutex_.
  std::mutex mutex_;
  std::condition_variable wake_;
  std::deque<Command> queue_;
  std::uint64_t posted_ = 0;
  bool closing_ = false;

  // The worker's thread alone (and the constructor, before it starts).
  const std::unique_ptr<Comparison> owned_;
  Comparison& comparison_;
  std::optional<Refusal> refusal_;
  bool playing_ = false;
  std::int64_t steps_left_ = 0;
  double speed_ = 1000;
  double owed_ = 0;  // steps that time has earned and that are not made yet
  Clock::time_point last_owed_ = Clock::now();
  double measured_speed_ = 0;
  Clock::time_point speed_since_ = Clock::now();
  std::int64_t speed_from_step_ = 0;
  SnapshotOptions view_;
  bool dirty_ = false;   // something changed since the last report
  bool urgent_ = false;  // and it is to be told at once
  Clock::time_point last_report_{};
  Seconds report_time_{0};
  std::uint64_t obeyed_ = 0;
  std::uint64_t sequence_ = 0;

  std::thread thread_;
};

Worker::Worker(std::unique_ptr<Comparison> comparison, std::function<void()> on_report)
    : loop_(std::make_unique<Loop>(std::move(comparison), std::move(on_report))) {}
Worker::Worker(Experiment experiment, std::function<void()> on_report)
    : Worker(std::make_unique<Comparison>(std::move(experiment)), std::move(on_report)) {}

Worker::~Worker() = default;

std::uint64_t Worker::post(Command command) {
  return loop_->post(std::move(command));
}

std::shared_ptr<const Report> Worker::latest() const {
  return loop_->latest();
}

}  // namespace initlab
