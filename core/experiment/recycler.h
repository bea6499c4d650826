// Values that are handed out as shared pointers and come back when the last holder lets go, with all the
// memory that they have grown: after the first few nothing is allocated, neither a value nor what a shared
// pointer keeps beside it. Any thread may let go; one thread takes. Values may outlive the recycler.
#pragma once

#include <cstddef>
#include <memory>
#include <mutex>
#include <new>
#include <utility>
#include <vector>

namespace initlab {

template <class T>
class Recycler {
 public:
  // `forget` drops what a value must not hold while nobody uses it, and need not drop what it may fill anew.
  explicit Recycler(void (*forget)(T&)) : store_(std::make_shared<Store>(forget)) {}

  // A value as somebody left it, or a new one.
  std::shared_ptr<T> take() {
    return std::shared_ptr<T>(store_->take().release(), GiveBack{store_}, BlockAllocator<T>(store_));
  }

 private:
  // More than the window, the mailbox, the comparison and the one in work hold at a time.
  static constexpr std::size_t kMostIdle = 6;

  class Store {
   public:
    explicit Store(void (*forget)(T&)) : forget_(forget) {
      values_.reserve(kMostIdle);
      blocks_.reserve(kMostIdle);
    }
    ~Store() {
      for (void* block : blocks_) ::operator delete(block);
    }
    Store(const Store&) = delete;  // owns memory
    Store& operator=(const Store&) = delete;

    std::unique_ptr<T> take() {
      const std::lock_guard lock(mutex_);
      if (values_.empty()) return std::make_unique<T>();
      std::unique_ptr<T> value = std::move(values_.back());
      values_.pop_back();
      return value;
    }
    void give_back(std::unique_ptr<T> value) {
      forget_(*value);
      const std::lock_guard lock(mutex_);
      if (values_.size() < kMostIdle) values_.push_back(std::move(value));
    }
    // All blocks are of one size: what std::shared_ptr keeps beside a value.
    void* take_block(std::size_t size) {
      const std::lock_guard lock(mutex_);
      if (blocks_.empty()) return ::operator new(size);
      void* block = blocks_.back();
      blocks_.pop_back();
      return block;
    }
    void give_back_block(void* block) {
      const std::lock_guard lock(mutex_);
      if (blocks_.size() < kMostIdle) {
        blocks_.push_back(block);
      } else {
        ::operator delete(block);
      }
    }

   private:
    void (*const forget_)(T&);
    std::mutex mutex_;
    std::vector<std::unique_ptr<T>> values_;
    std::vector<void*> blocks_;
  };

  struct GiveBack {
    std::shared_ptr<Store> store;
    void operator()(T* value) const { store->give_back(std::unique_ptr<T>(value)); }
  };

  template <class Block>
  struct BlockAllocator {
    using value_type = Block;
    explicit BlockAllocator(std::shared_ptr<Store> from) : store(std::move(from)) {}
    template <class Other>
    explicit(false) BlockAllocator(const BlockAllocator<Other>& other) : store(other.store) {}
    Block* allocate(std::size_t count) {
      return static_cast<Block*>(store->take_block(count * sizeof(Block)));
    }
    void deallocate(Block* block, std::size_t) { store->give_back_block(block); }
    friend bool operator==(const BlockAllocator& a, const BlockAllocator& b) { return a.store == b.store; }
    std::shared_ptr<Store> store;
  };

  std::shared_ptr<Store> store_;
};

}  // namespace initlab
