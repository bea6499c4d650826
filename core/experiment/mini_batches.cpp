#include "core/experiment/mini_batches.h"

#include <algorithm>
#include <cassert>
#include <iterator>

namespace initlab {
namespace {

void gather_columns(const Matrix& from, const std::int64_t* columns, std::size_t count, Matrix& to) {
  if (to.rows() != from.rows() || to.columns() != count) to.resize(from.rows(), count);
  for (std::size_t r = 0; r < from.rows(); ++r) {
    const double* source = from.row(r);
    double* target = to.row(r);
    for (std::size_t c = 0; c < count; ++c) target[c] = source[columns[c]];
  }
}

}  // namespace

MiniBatches::MiniBatches(std::uint32_t seed, std::size_t samples, std::size_t batch)
    : samples_(samples),
      batch_(std::min(batch, samples)),
      batches_an_epoch_(static_cast<std::int64_t>((samples + batch_ - 1) / batch_)),
      random_(seed) {
  assert(batch >= 1 && samples >= 1);
  marks_.reserve(kMostMarks);
}

void MiniBatches::mark(std::int64_t epoch) {
  if (!marks_.empty() && epoch <= marks_.back().epoch) return;
  if (epoch % spacing_ != 0) return;
  if (marks_.size() == kMostMarks) {
    spacing_ *= 2;
    std::erase_if(marks_, [this](const Mark& one) { return one.epoch % spacing_ != 0; });
    if (epoch % spacing_ != 0) return;
  }
  marks_.push_back({epoch, random_});
}

void MiniBatches::go_to(std::int64_t epoch) {
  if (epoch + 1 == epochs_drawn_) return;
  const auto after = std::ranges::upper_bound(marks_, epoch, {}, &Mark::epoch);
  if (after != marks_.begin()) {
    const Mark& near = *std::prev(after);
    if (epoch < epochs_drawn_ || near.epoch > epochs_drawn_) {
      random_ = near.random;
      epochs_drawn_ = near.epoch;
    }
  }
  for (; epochs_drawn_ <= epoch; ++epochs_drawn_) {
    mark(epochs_drawn_);
    // A permutation is a shuffled 0..samples-1: refilled in place, so that no epoch allocates.
    order_.resize(samples_);
    for (std::size_t i = 0; i < samples_; ++i) order_[i] = static_cast<std::int64_t>(i);
    random_.shuffle(std::span<std::int64_t>(order_));
  }
}

void MiniBatches::gather(std::int64_t step, const Matrix& x, const Matrix& targets) {
  assert(x.columns() == samples_ && targets.columns() == samples_);
  go_to(step / batches_an_epoch_);
  const std::size_t first = static_cast<std::size_t>(step % batches_an_epoch_) * batch_;
  const std::size_t count = std::min(batch_, samples_ - first);
  gather_columns(x, order_.data() + first, count, x_);
  gather_columns(targets, order_.data() + first, count, targets_);
}

}  // namespace initlab
