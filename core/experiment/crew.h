// A few threads that share the lanes of a comparison: which thread takes a lane never changes a bit, since
// lanes share nothing that is written. Slices of training follow each other within microseconds, so a thread
// that has nothing to do looks again for a moment before it sleeps: to wake it would take longer.
#pragma once

#include <atomic>
#include <condition_variable>
#include <cstddef>
#include <cstdint>
#include <functional>
#include <mutex>
#include <thread>
#include <vector>

#include "core/experiment/comparison.h"

namespace initlab {

class Comparison::Crew {
 public:
  // `threads` work in all, the caller's among them; 1 starts none.
  explicit Crew(unsigned threads);
  ~Crew();
  Crew(const Crew&) = delete;  // owns threads
  Crew& operator=(const Crew&) = delete;

  std::size_t threads() const { return threads_.size() + 1; }

  // Calls task(0) ... task(count - 1), each once, and returns when all are done.
  void for_each(std::size_t count, const std::function<void(std::size_t)>& task);

 private:
  void work();
  void take_tasks(std::unique_lock<std::mutex>& lock);

  const bool may_spin_;  // a thread that waits does not hold another off its core
  std::mutex mutex_;
  std::condition_variable begin_;
  std::condition_variable end_;
  const std::function<void(std::size_t)>* task_ = nullptr;
  std::size_t next_ = 0;
  std::size_t count_ = 0;
  // Written under the mutex, read without it by those who look before they sleep.
  std::atomic<std::uint64_t> calls_{0};
  std::atomic<std::size_t> unfinished_{0};
  bool closing_ = false;
  std::vector<std::thread> threads_;
};

}  // namespace initlab
