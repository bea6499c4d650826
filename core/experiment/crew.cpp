#include "core/experiment/crew.h"

namespace initlab {
namespace {

// Looks at a condition for about 50 us.
template <class Condition>
void look_for(Condition condition) {
  for (int i = 0; i < 1000 && !condition(); ++i) __builtin_ia32_pause();
}

}  // namespace

Comparison::Crew::Crew(unsigned threads) : may_spin_(threads <= std::thread::hardware_concurrency()) {
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
  ++calls_;
  begin_.notify_all();
  take_tasks(lock);
  if (may_spin_ && unfinished_ > 0) {
    lock.unlock();
    look_for([this] { return unfinished_ == 0; });
    lock.lock();
  }
  end_.wait(lock, [this] { return unfinished_ == 0; });
  task_ = nullptr;
  count_ = 0;
}

void Comparison::Crew::work() {
  std::uint64_t seen = 0;
  while (true) {
    if (may_spin_) look_for([this, seen] { return calls_ != seen; });
    std::unique_lock lock(mutex_);
    begin_.wait(lock, [this] { return closing_ || next_ < count_; });
    if (closing_) return;
    seen = calls_;
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
