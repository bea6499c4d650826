// What every benchmark of the program shares: a place to say that its result was wrong, and the spread of its
// times. A benchmark that fails its own check ends the program with exit code 1.
#pragma once

#include <benchmark/benchmark.h>

#include <condition_variable>
#include <cstdint>
#include <mutex>
#include <string>
#include <vector>

namespace initlab::bench {

struct Session {
  bool quick = false;   // each benchmark once, for its check: the times mean little
  std::string program;  // this one's own file
  int failures = 0;     // checks that failed
  // How often something that takes long is repeated.
  std::int64_t repeats(std::int64_t wanted) const { return quick ? 3 : wanted; }
};

// The result was not what it must be: the benchmark shows it, and the program will fail.
void fail(benchmark::State& state, Session& session, const std::string& what);

// Seconds that this thread has computed: what others do on its core does not count.
double thread_seconds();

// Median and 99th percentile of `seconds`, as counters in milliseconds.
void report_spread(benchmark::State& state, std::vector<double> seconds);

// Rings when the worker has reported; whoever waits sleeps meanwhile.
class Bell {
 public:
  void ring() {
    {
      const std::lock_guard lock(mutex_);
      ++rung_;
    }
    heard_.notify_all();
  }
  // Until condition() holds; it is asked after every ring. False after 20 seconds without it.
  template <class Condition>
  bool wait(Condition condition);

 private:
  std::mutex mutex_;
  std::condition_variable heard_;
  std::uint64_t rung_ = 0;
};

template <class Condition>
bool Bell::wait(Condition condition) {
  const auto end = std::chrono::steady_clock::now() + std::chrono::seconds(20);
  std::uint64_t heard = 0;
  while (true) {
    {
      const std::lock_guard lock(mutex_);
      heard = rung_;
    }
    if (condition()) return true;
    std::unique_lock lock(mutex_);
    if (!heard_.wait_until(lock, end, [&] { return rung_ != heard; })) return false;
  }
}

// One file a group.
void register_peak(Session& session);       // peak/fma
void register_steps(Session& session);      // step/*
void register_field(Session& session);      // field/course_512
void register_snapshots(Session& session);  // snapshot/*
void register_worker(Session& session);     // switch/course, catch_up/course_15000, scrub/course
void register_frames(Session& session);     // frame/*, start/first_frame

// GFLOP/s that one core reaches on the path in use with nothing but fused multiply-adds; takes some
// milliseconds.
double measure_peak_gflops();

// What the child of start/first_frame does: the first frame of the laboratory, off-screen, from nothing.
// Prints one line and returns the exit code.
int show_first_frame();

}  // namespace initlab::bench
