// The order in which samples are learned in mini-batches: for every epoch one `np.random.permutation` of the
// samples from one generator, cut into batches; the last of an epoch may be smaller. The generator is kept at
// evenly spaced epochs, so that the way back to an earlier one is never the whole way.
#pragma once

#include <cstdint>
#include <vector>

#include "core/numeric/matrix.h"
#include "core/numeric/random.h"

namespace initlab {

class MiniBatches {
 public:
  MiniBatches() : random_(0) {}
  // `batch` at least 1.
  MiniBatches(std::uint32_t seed, std::size_t samples, std::size_t batch);

  // Gathers the batch of a step. Steps may ask in any order.
  void gather(std::int64_t step, const Matrix& x, const Matrix& targets);
  const Matrix& x() const { return x_; }
  const Matrix& targets() const { return targets_; }

 private:
  std::size_t samples_ = 0;
  std::size_t batch_ = 1;
  std::int64_t batches_an_epoch_ = 1;
  // Before the order of an epoch is drawn.
  struct Mark {
    std::int64_t epoch;
    NumpyRandom random;
  };
  static constexpr std::size_t kMostMarks = 32;

  void go_to(std::int64_t epoch);
  void mark(std::int64_t epoch);

  NumpyRandom random_;
  std::int64_t epochs_drawn_ = 0;
  std::vector<std::int64_t> order_;  // of the last epoch drawn
  std::vector<Mark> marks_;          // in order of epochs
  std::int64_t spacing_ = 1;         // of marks, in epochs: doubled when there are too many
  Matrix x_, targets_;
};

}  // namespace initlab
