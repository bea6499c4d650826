// The loop: obey, train a slice, report, sleep when there is nothing to do. When playing stops by itself is
// stop_watch.h.
#include "core/worker/worker.h"

#include <algorithm>
#include <chrono>
#include <cmath>
#include <condition_variable>
#include <limits>
#include <mutex>
#include <thread>
#include <utility>
#include <vector>

#include "core/experiment/recycler.h"
#include "core/worker/mailbox.h"
#include "core/worker/report_budget.h"
#include "core/worker/stop_watch.h"

namespace initlab {
namespace {

using Clock = std::chrono::steady_clock;
using Seconds = ReportBudget::Seconds;

// A slice of training between two looks at the queue: a command waits no longer, unless one step does.
constexpr Seconds kSlice{0.0005};
// Of a slice, what is not worth another call.
constexpr double kLeastShare = 0.1;
// Of a slice, while a lane catches up: what the others get.
constexpr double kOthersShare = 0.25;
constexpr Seconds kSpeedWindow{0.5};
// Of the fields in the answer to a command while it plays.
constexpr int kAnswerDivisor = 2;
constexpr std::size_t kAllCells = std::numeric_limits<std::size_t>::max();

double cells_of(FieldSize size) {
  return static_cast<double>(size.columns) * size.rows;
}

}  // namespace

class Worker::Loop {
 public:
  Loop(std::unique_ptr<Comparison> comparison, std::function<void()> on_report, WorkerOptions options)
      : on_report_(std::move(on_report)),
        options_(options),
        owned_(std::move(comparison)),
        comparison_(*owned_) {
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
      // Whoever changes what plays sees it before the next step, in fields that need not be fine yet.
      if (urgent_ && playing_ && steps_left_ == 0) {
        report(std::max(kAnswerDivisor, budget_.divisor_while_training(all_cells())));
        continue;
      }
      const Clock::time_point start = Clock::now();
      const bool trains = working();
      if (trains) train_slice(start);
      const Clock::time_point end = Clock::now();
      measure_speed(end);
      const bool quiet = !working();
      // What was obeyed or ended is told at once, what merely goes on at most sixty times a second.
      if (dirty_ && (urgent_ || quiet || end >= report_due())) {
        report();
      } else if (quiet && divisor_ > 1) {
        refine();
      }
      if (trains && !quiet) rest(options_.rest_per_training * (end - start));
    }
  }

  Clock::time_point report_due() const {
    return last_report_ + std::chrono::duration_cast<Clock::duration>(ReportBudget::interval(report_time_));
  }

  bool working() const {
    return playing_ || steps_left_ > 0 || comparison_.seeking() || comparison_.catching_up();
  }

  // Waits while there is nothing to do; false when the worker is to end.
  bool take_commands() {
    std::unique_lock lock(mutex_);
    const auto wanted = [this] { return closing_ || !queue_.empty(); };
    if (!working()) {
      if (divisor_ == 1) wake_.wait(lock, wanted);  // else there is a field to refine
    } else if (const Clock::time_point due = next_due(); due > Clock::now()) {
      wake_.wait_until(lock, due, wanted);
    }
    if (closing_) return false;
    taken_.swap(queue_);
    lock.unlock();
    for (Command& command : taken_) {
      std::visit([this](auto& c) { obey(c); }, command);
      ++obeyed_;
      dirty_ = urgent_ = true;
      step_time_ = {};
    }
    taken_.clear();
    return true;
  }

  void rest(Seconds time) {
    if (time <= Seconds{0}) return;
    std::unique_lock lock(mutex_);
    wake_.wait_for(lock, time, [this] { return closing_ || !queue_.empty(); });
  }

  // When the next step is to be made, or the next report is due while nothing else is.
  Clock::time_point next_due() const {
    const bool hurries = comparison_.seeking() || comparison_.catching_up() || steps_left_ > 0;
    if (hurries || std::isinf(speed_)) return Clock::time_point::min();
    const auto until_step = Seconds((std::floor(owed_) + 1 - owed_) / speed_);
    Clock::time_point due = last_owed_ + std::chrono::duration_cast<Clock::duration>(until_step);
    if (dirty_) due = std::min(due, report_due());
    return due;
  }

  // On the way to another step nothing is shown: what stands between is no moment of the comparison.
  void seek_slice() {
    train_for(kSlice, [this](std::int64_t count) { return comparison_.continue_seek(count); });
    if (comparison_.seeking()) return;
    stop_watch_.note(comparison_);
    forget_owed();
    forget_speed();
    dirty_ = urgent_ = true;
  }

  void train_slice(Clock::time_point now) {
    if (comparison_.seeking()) return seek_slice();
    const bool lagging = comparison_.catching_up();
    const bool steps = steps_left_ > 0;
    const std::int64_t begun_at = comparison_.step();
    if (steps) {
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
      const bool alone = !playing_ && steps_left_ == 0;
      train_for(alone ? kSlice : kSlice * (1 - kOthersShare), [this](std::int64_t count) {
        comparison_.catch_up(count);
        return comparison_.catching_up();
      });
      if (!comparison_.catching_up()) urgent_ = true;
      dirty_ = true;
    }
    look_for_stop(steps, begun_at);
    if (playing_ && comparison_.finished()) {
      playing_ = false;
      dirty_ = true;
    }
  }

  void look_for_stop(bool steps, std::int64_t begun_at) {
    const std::optional<Stop> stop = stop_watch_.look(comparison_);
    if (!stop || !(playing_ || steps)) return;
    stop_ = stop;
    if (!playing_) return;
    playing_ = false;
    dirty_ = urgent_ = true;
    // At the very step at which it happened, wherever the slice has ended.
    if (stop->step < begun_at || stop->step >= comparison_.step()) return;
    comparison_.begin_seek(stop->step);
    seek_slice();
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

  // Calls train(count) until it says false or the time is over, with counts that fill what is left of it.
  template <class Train>
  void train_for(Seconds budget, Train train) {
    const Clock::time_point start = Clock::now();
    Clock::time_point before = start;
    std::int64_t count = 1;
    Seconds left = budget;
    while (true) {
      // A step took about so long before; where that is not known, few at first.
      const auto fitting = static_cast<std::int64_t>(left / std::max(step_time_, Seconds{1e-8}));
      count = step_time_ > Seconds{0} ? std::max<std::int64_t>(fitting, 1) : count;
      if (!train(count)) return;
      const Clock::time_point after = Clock::now();
      step_time_ = Seconds(after - before) / static_cast<double>(count);
      before = after;
      left = budget - (after - start);
      if (left <= budget * kLeastShare || left < step_time_) return;
    }
  }

  void measure_speed(Clock::time_point now) {
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

  SnapshotOptions view_with(int divisor) const {
    SnapshotOptions view = view_;
    view.field_divisor = divisor;
    // Not while it runs: they cost more than all other figures together.
    view.spectra = !working();
    return view;
  }
  // Of the fields of all lanes.
  double all_cells() const {
    return cells_of(view_.field) * static_cast<double>(comparison_.experiment().lanes.size());
  }

  void report() {
    if (comparison_.seeking()) return tell(mailbox_.latest()->snapshot);
    if (!budget_.knows_fields()) {
      const Clock::time_point start = Clock::now();
      const std::size_t cells = comparison_.prepare_fields(view_with(ReportBudget::kCoarsest), kAllCells);
      budget_.note_fields(Clock::now() - start, static_cast<double>(cells));
    }
    report(working() ? budget_.divisor_while_training(all_cells()) : budget_.divisor_at_rest(all_cells()));
  }

  void report(int divisor) {
    if (comparison_.seeking()) return tell(mailbox_.latest()->snapshot);
    const Clock::time_point start = Clock::now();
    const SnapshotOptions view = view_with(divisor);
    const std::size_t cells = comparison_.prepare_fields(view, kAllCells);
    const Clock::time_point fields_made = Clock::now();
    std::shared_ptr<const Snapshot> snapshot = comparison_.snapshot(view);
    budget_.note_fields(fields_made - start, static_cast<double>(cells));
    budget_.note_rest(Clock::now() - fields_made);
    report_time_ = Clock::now() - start;
    divisor_ = divisor;
    tell(std::move(snapshot));
  }

  void tell(std::shared_ptr<const Snapshot> snapshot) {
    const std::shared_ptr<Report> report = reports_.take();
    report->snapshot = std::move(snapshot);
    report->playing = playing_;
    report->speed = speed_;
    report->measured_speed = playing_ ? measured_speed_ : 0;
    report->commands_obeyed = obeyed_;
    report->sequence = ++sequence_;
    report->refusal = refusal_;
    report->stop = stop_;
    report->seeking_to = comparison_.seeking() ? std::optional(comparison_.step()) : std::nullopt;
    mailbox_.put(report);
    last_report_ = Clock::now();
    dirty_ = urgent_ = false;
    if (on_report_) on_report_();
  }

  // One piece of work towards a field twice as fine of what stands still; a report once it is there.
  void refine() {
    const int finer = divisor_ / 2;
    const auto piece = static_cast<std::size_t>(budget_.cells_in_piece());
    const Clock::time_point start = Clock::now();
    const std::size_t cells = comparison_.prepare_fields(view_with(finer), piece);
    if (cells < piece) return report(finer);
    budget_.note_fields(Clock::now() - start, static_cast<double>(cells));
  }

  void obey(const command::Play&) {
    if (playing_ || comparison_.finished()) return;
    stop_ = stop_watch_.end(comparison_);
    if (stop_) return;
    playing_ = true;
    stop_watch_.begin(comparison_);
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
    budget_.forget();
    begin_again();
  }
  void obey(command::Change& change) {
    const std::int64_t step = comparison_.step();
    if (refused(comparison_.change(std::move(change.experiment), change.restart_all))) return;
    budget_.forget();
    if (comparison_.step() != step) begin_again();
  }
  void obey(const command::Seek& seek) {
    playing_ = false;
    comparison_.begin_seek(seek.step);
    begin_again();
  }
  void obey(const command::EditWeight& edit) {
    const WeightPlace place{edit.layer, edit.unit, edit.input};
    (void)refused(comparison_.edit_weight(edit.lane, place, edit.value));
  }
  void obey(const command::SetStopRule& rule) { stop_watch_.set_rule(rule); }
  void obey(const command::SetView& set) { view_ = set.options; }

  // Notes why the command in hand could not be obeyed.
  bool refused(std::optional<InputError> error) {
    if (error) refusal_ = Refusal{obeyed_ + 1, std::move(error->message)};
    return error.has_value();
  }
  void begin_again() {
    steps_left_ = 0;
    stop_.reset();
    stop_watch_.begin(comparison_);
    stop_watch_.note(comparison_);
    forget_owed();
    forget_speed();
  }

  const std::function<void()> on_report_;
  const WorkerOptions options_;
  Mailbox<Report> mailbox_;

  // Shared with other threads, under mutex_.
  std::mutex mutex_;
  std::condition_variable wake_;
  std::vector<Command> queue_;
  std::uint64_t posted_ = 0;
  bool closing_ = false;

  // The worker's thread alone (and the constructor, before it starts).
  const std::unique_ptr<Comparison> owned_;
  Comparison& comparison_;
  std::optional<Refusal> refusal_;
  StopWatch stop_watch_;
  std::optional<Stop> stop_;
  bool playing_ = false;
  std::int64_t steps_left_ = 0;
  double speed_ = 1000;
  double owed_ = 0;  // steps that time has earned and that are not made yet
  Clock::time_point last_owed_ = Clock::now();
  double measured_speed_ = 0;
  Clock::time_point speed_since_ = Clock::now();
  std::int64_t speed_from_step_ = 0;
  std::vector<Command> taken_;  // from the queue
  Seconds step_time_{0};        // of late; 0: not known
  SnapshotOptions view_;
  Recycler<Report> reports_{[](Report& idle) { idle.snapshot.reset(); }};
  ReportBudget budget_;
  int divisor_ = 1;      // of the fields in the last report
  bool dirty_ = false;   // something changed since the last report
  bool urgent_ = false;  // and it is to be told at once
  Clock::time_point last_report_{};
  Seconds report_time_{0};
  std::uint64_t obeyed_ = 0;
  std::uint64_t sequence_ = 0;

  std::thread thread_;
};

Worker::Worker(std::unique_ptr<Comparison> comparison, std::function<void()> on_report, WorkerOptions options)
    : loop_(std::make_unique<Loop>(std::move(comparison), std::move(on_report), options)) {}
Worker::Worker(Experiment experiment, std::function<void()> on_report, WorkerOptions options)
    : Worker(std::make_unique<Comparison>(std::move(experiment)), std::move(on_report), options) {}

Worker::~Worker() = default;

std::uint64_t Worker::post(Command command) {
  return loop_->post(std::move(command));
}

std::shared_ptr<const Report> Worker::latest() const {
  return loop_->latest();
}

}  // namespace initlab
