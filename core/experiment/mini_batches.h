// The order in which samples are learned in mini-batches: for every epoch one `np.random.permutation` of the
// samples from one generator, cut into batches; the last of an epoch may be smaller.
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

  // Gathers the batch of a step. Steps ask in order; one may be asked for again while it lasts.
  void gather(std::int64_t step, const Matrix& x, const Matrix& targets);
  const Matrix& x() const { return x_; }
  const Matrix& targets() const { return targets_; }

 private:
  std::size_t samples_ = 0;
  std::size_t batch_ = 1;
  std::int64_t batches_an_epoch_ = 1;
  NumpyRandom random_;
  std::int64_t epochs_drawn_ = 0;
  std::vector<std::int64_t> order_;
  Matrix x_, targets_;
};

}  // namespace initlab
