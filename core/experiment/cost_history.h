// The cost at every step of a run, kept for good and shared, never copied whole: full chunks are immutable
// and every snapshot holds pointers to them; only the chunk in work is copied.
#pragma once

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
    std::vector<double> costs;
    std::vector<CostRange> blocks;  // one a kBlockSize costs
    CostRange all;
  };
  std::vector<std::shared_ptr<const Chunk>> full_;
  std::vector<double> tail_;
  std::int64_t size_ = 0;
};

}  // namespace initlab
