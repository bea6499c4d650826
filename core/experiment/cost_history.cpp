// Chunks of costs, each with the range of its blocks.
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

void CostHistory::push_back(double cost) {
  tail_.push_back(cost);
  ++size_;
  if (static_cast<std::int64_t>(tail_.size()) < kChunkSize) return;
  auto chunk = std::make_shared<Chunk>();
  chunk->all = kNothing;
  for (std::int64_t start = 0; start < kChunkSize; start += kBlockSize) {
    chunk->blocks.push_back(range_of(tail_.data() + start, tail_.data() + start + kBlockSize));
    chunk->all = join(chunk->all, chunk->blocks.back());
  }
  chunk->costs = std::move(tail_);
  full_.push_back(std::move(chunk));
  tail_ = {};
  tail_.reserve(kChunkSize);
}

void CostHistory::truncate(std::int64_t step) {
  assert(step >= 0);
  if (step >= size_) return;
  const auto chunk = static_cast<std::size_t>(step / kChunkSize);
  const auto rest = static_cast<std::size_t>(step % kChunkSize);
  if (chunk < full_.size()) {
    tail_.assign(full_[chunk]->costs.begin(),
                 full_[chunk]->costs.begin() + static_cast<std::ptrdiff_t>(rest));
    full_.resize(chunk);
  } else {
    tail_.resize(rest);
  }
  size_ = step;
}

double CostHistory::operator[](std::int64_t step) const {
  assert(step >= 0 && step < size_);
  const auto chunk = static_cast<std::size_t>(step / kChunkSize);
  const auto place = static_cast<std::size_t>(step % kChunkSize);
  return chunk < full_.size() ? full_[chunk]->costs[place] : tail_[place];
}

CostRange CostHistory::range(std::int64_t first, std::int64_t last) const {
  first = std::max<std::int64_t>(first, 0);
  last = std::min(last, size_);
  CostRange range = kNothing;
  while (first < last) {
    const auto index = static_cast<std::size_t>(first / kChunkSize);
    const std::int64_t offset = first % kChunkSize;
    if (index >= full_.size()) {
      const double* costs = tail_.data();
      return join(range, range_of(costs + offset, costs + offset + (last - first)));
    }
    const Chunk& chunk = *full_[index];
    std::int64_t length;
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
