#include "core/experiment/crew.h"

namespace initlab {

Comparison::Crew::Crew(unsigned threads) {
  for (unsigned i = 1; i < threads; ++i) threads_.emplace_back([this] { work(); });
}

Comparison::Crew::~Crew() {
  {
    const std::lock_guard lock(mutex_);
    closing_ = true;
  }
  begin_.notify_all();
  for (std::thread& thread : threads_) thread.join();
}

void Comparison::Crew::for_each(std::size_t count, const std::function<void(std::size_t)>& task) {
  if (threads_.empty() || count < 2) {
    for (std::size_t i = 0; i < count; ++i) task(i);
    return;
  }
  std::unique_lock lock(mutex_);
  task_ = &task;
  next_ = 0;
  count_ = count;
  unfinished_ = count;
  begin_.notify_all();
  take_tasks(lock);
  end_.wait(lock, [this] { return unfinished_ == 0; });
  task_ = nullptr;
  count_ = 0;
}

void Comparison::Crew::work() {
  std::unique_lock lock(mutex_);
  while (true) {
    begin_.wait(lock, [this] { return closing_ || next_ < count_; });
    if (closing_) return;
    take_tasks(lock);
  }
}

void Comparison::Crew::take_tasks(std::unique_lock<std::mutex>& lock) {
  while (next_ < count_) {
    const std::size_t mine = next_++;
    const auto* task = task_;
    lock.unlock();
    (*task)(mine);
    lock.lock();
    if (--unfinished_ == 0) end_.notify_one();
  }
}

}  // namespace initlab
