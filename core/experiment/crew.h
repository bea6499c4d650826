// A few threads that share the lanes of a comparison: which thread takes a lane never changes a bit, since
// lanes share nothing that is written.
#pragma once

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

  // Calls task(0) ... task(count - 1), each once, and returns when all are done.
  void for_each(std::size_t count, const std::function<void(std::size_t)>& task);

 private:
  void work();
  void take_tasks(std::unique_lock<std::mutex>& lock);

  std::mutex mutex_;
  std::condition_variable begin_;
  std::condition_variable end_;
  const std::function<void(std::size_t)>* task_ = nullptr;
  std::size_t next_ = 0;
  std::size_t count_ = 0;
  std::size_t unfinished_ = 0;
  bool closing_ = false;
  std::vector<std::thread> threads_;
};

}  // namespace initlab
