// The thread that trains: a Comparison, a queue of commands going down and a mailbox of reports coming up. It
// adds no mathematics. Any thread may post and read; neither side waits for the other.
#pragma once

#include <cstdint>
#include <functional>
#include <memory>
#include <optional>
#include <string>
#include <thread>

#include "core/experiment/snapshot.h"
#include "core/worker/command.h"
#include "core/worker/stop_watch.h"

namespace initlab {

// A command that could not be obeyed, and why: all stayed as it was.
struct Refusal {
  std::uint64_t command = 0;  // its number
  std::string message;        // one line
};

// A snapshot and what the worker is doing with it.
struct Report {
  std::shared_ptr<const Snapshot> snapshot;
  bool playing = false;
  double speed = 0;                   // asked for, steps a second; infinity: unlimited
  double measured_speed = 0;          // steps a second of late, 0 while paused
  std::uint64_t commands_obeyed = 0;  // of those posted, in order
  std::uint64_t sequence = 0;         // counts reports
  std::optional<Refusal> refusal;     // the latest
  std::optional<Stop> stop;           // of the last playing; null once it plays, seeks or rewinds
  // A Seek that is under way: until it is there the snapshot stays the last one before it.
  std::optional<std::int64_t> seeking_to;
};

struct WorkerOptions {
  // After each slice of training the worker rests this many times as long, or until a command comes. On a
  // machine with one core the window would otherwise wait for its turn.
  double rest_per_training = std::thread::hardware_concurrency() == 1 ? 0.5 : 0;
};

class Worker {
 public:
  // Starts paused. `on_report` is called on the worker's thread after each report; it must be quick.
  explicit Worker(std::unique_ptr<Comparison> comparison, std::function<void()> on_report = {},
                  WorkerOptions options = {});
  // The same for an experiment that is known to need nothing that could fail.
  explicit Worker(Experiment experiment, std::function<void()> on_report = {}, WorkerOptions options = {});
  // Ends the thread between two steps and joins it, whatever it was doing.
  ~Worker();
  Worker(const Worker&) = delete;  // owns a thread
  Worker& operator=(const Worker&) = delete;

  // Queues a command and returns its number, counted from 1.
  std::uint64_t post(Command command);
  // The latest report; null only before the first.
  std::shared_ptr<const Report> latest() const;

 private:
  class Loop;
  std::unique_ptr<Loop> loop_;
};

}  // namespace initlab
