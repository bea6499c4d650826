// One place for the latest value: who writes never waits for who reads, and the latest wins. The lock is held
// for the swap of a pointer alone.
#pragma once

#include <memory>
#include <mutex>
#include <utility>

namespace initlab {

template <class T>
class Mailbox {
 public:
  void put(std::shared_ptr<const T> value) {
    const std::lock_guard lock(mutex_);
    latest_.swap(value);
  }
  // The latest value, null before the first.
  std::shared_ptr<const T> latest() const {
    const std::lock_guard lock(mutex_);
    return latest_;
  }

 private:
  mutable std::mutex mutex_;
  std::shared_ptr<const T> latest_;
};

}  // namespace initlab
