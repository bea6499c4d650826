// The cost at every step of a run, kept for good and shared, never copied whole: a copy is a list of pointers
// to chunks. What stands in a chunk never changes, so the run may write on behind what its copies know of,
// on another thread than those who read them. One chunk is allocated each 4,096 steps.
#pragma once

#include <array>
#include <cstddef>
#include <cstdint>
#include <memory>
#include <vector>

namespace initlab {

struct CostRange {
  double min = 0;  // of the finite costs; min > max where there is none
  double max = 0;
};

class CostHistory {
 public:
  CostHistory() = default;
  // A copy that is written to goes its own way.
  CostHistory(const CostHistory& other) : chunks_(other.chunks_), size_(other.size_) {}
  CostHistory& operator=(const CostHistory& other);
  CostHistory(CostHistory&&) = default;
  CostHistory& operator=(CostHistory&&) = default;
  ~CostHistory() = default;

  // The cost at step size().
  void push_back(double cost);
  // Forgets every cost from `step` on.
  void truncate(std::int64_t step);

  std::int64_t size() const { return size_; }
  double operator[](std::int64_t step) const;
  // Least and largest finite cost of the steps first..last-1, by a pyramid of blocks: fast for any length.
  CostRange range(std::int64_t first, std::int64_t last) const;

 private:
  static constexpr std::int64_t kChunkSize = 4096;
  static constexpr std::int64_t kBlockSize = 64;
  struct Chunk {
    std::array<double, kChunkSize> costs;
    std::array<CostRange, kChunkSize / kBlockSize> blocks;  // of those that are full
    CostRange all;                                          // once the chunk is full
  };
  std::vector<std::shared_ptr<Chunk>> chunks_;
  std::int64_t size_ = 0;
  bool owns_end_ = false;  // nobody else knows of what stands behind size_ in the last chunk
};

}  // namespace initlab
