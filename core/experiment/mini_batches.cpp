#include "core/experiment/mini_batches.h"

#include <algorithm>
#include <cassert>

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
}

void MiniBatches::gather(std::int64_t step, const Matrix& x, const Matrix& targets) {
  assert(x.columns() == samples_ && targets.columns() == samples_);
  const std::int64_t epoch = step / batches_an_epoch_;
  assert(epoch + 1 >= epochs_drawn_ && "steps ask in order");
  for (; epochs_drawn_ <= epoch; ++epochs_drawn_) {
    // A permutation is a shuffled 0..samples-1: refilled in place, so that no epoch allocates.
    order_.resize(samples_);
    for (std::size_t i = 0; i < samples_; ++i) order_[i] = static_cast<std::int64_t>(i);
    random_.shuffle(std::span<std::int64_t>(order_));
  }
  const std::size_t first = static_cast<std::size_t>(step % batches_an_epoch_) * batch_;
  const std::size_t count = std::min(batch_, samples_ - first);
  gather_columns(x, order_.data() + first, count, x_);
  gather_columns(targets, order_.data() + first, count, targets_);
}

}  // namespace initlab
