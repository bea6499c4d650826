// Chunks of costs, each with the range of its full blocks.
#include "core/experiment/cost_history.h"

#include <algorithm>
#include <cassert>
#include <cmath>
#include <limits>

namespace initlab {
namespace {

constexpr CostRange kNothing = {std::numeric_limits<double>::infinity(),
                                -std::numeric_limits<double>::infinity()};

CostRange join(CostRange a, CostRange b) {
  return {std::min(a.min, b.min), std::max(a.max, b.max)};
}

CostRange range_of(const double* first, const double* last) {
  CostRange range = kNothing;
  for (; first != last; ++first) {
    if (std::isfinite(*first)) range = join(range, {*first, *first});
  }
  return range;
}

}  // namespace

CostHistory& CostHistory::operator=(const CostHistory& other) {
  chunks_ = other.chunks_;
  size_ = other.size_;
  owns_end_ = false;
  return *this;
}

void CostHistory::push_back(double cost) {
  const std::int64_t place = size_ % kChunkSize;
  if (place == 0) {
    chunks_.push_back(std::make_shared<Chunk>());
  } else if (!owns_end_) {
    chunks_.back() = std::make_shared<Chunk>(*chunks_.back());
  }
  owns_end_ = true;
  Chunk& chunk = *chunks_.back();
  chunk.costs[static_cast<std::size_t>(place)] = cost;
  ++size_;
  if (size_ % kBlockSize != 0) return;
  const double* end = chunk.costs.data() + place + 1;
  chunk.blocks[static_cast<std::size_t>(place / kBlockSize)] = range_of(end - kBlockSize, end);
  if (size_ % kChunkSize != 0) return;
  chunk.all = kNothing;
  for (const CostRange& block : chunk.blocks) chunk.all = join(chunk.all, block);
}

void CostHistory::truncate(std::int64_t step) {
  assert(step >= 0);
  if (step >= size_) return;
  chunks_.resize(static_cast<std::size_t>((step + kChunkSize - 1) / kChunkSize));
  size_ = step;
  owns_end_ = false;  // copies know of more
}

double CostHistory::operator[](std::int64_t step) const {
  assert(step >= 0 && step < size_);
  return chunks_[static_cast<std::size_t>(step / kChunkSize)]
      ->costs[static_cast<std::size_t>(step % kChunkSize)];
}

CostRange CostHistory::range(std::int64_t first, std::int64_t last) const {
  first = std::max<std::int64_t>(first, 0);
  last = std::min(last, size_);
  CostRange range = kNothing;
  while (first < last) {
    const Chunk& chunk = *chunks_[static_cast<std::size_t>(first / kChunkSize)];
    const std::int64_t offset = first % kChunkSize;
    std::int64_t length;
    // Whole chunks and blocks before `last` are full.
    if (offset == 0 && last - first >= kChunkSize) {
      length = kChunkSize;
      range = join(range, chunk.all);
    } else if (offset % kBlockSize == 0 && last - first >= kBlockSize) {
      length = kBlockSize;
      range = join(range, chunk.blocks[static_cast<std::size_t>(offset / kBlockSize)]);
    } else {
      length = std::min(last - first, kBlockSize - offset % kBlockSize);
      range = join(range, range_of(chunk.costs.data() + offset, chunk.costs.data() + offset + length));
    }
    first += length;
  }
  return range;
}

}  // namespace initlab
