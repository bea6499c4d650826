// What several seeds of one lane say together: the middle and the spread of every figure, and how many of
// them diverge.
#pragma once

#include <cstdint>
#include <optional>
#include <vector>

#include "core/experiment/snapshot.h"

namespace initlab {

// Five figures of some numbers; quartiles between two of them are interpolated, as `np.percentile` does. NaN
// counts as larger than everything.
struct Band {
  double minimum = 0;
  double lower_quartile = 0;
  double median = 0;
  double upper_quartile = 0;
  double maximum = 0;
};
// Requires at least one value.
Band band_of(std::vector<double> values);

struct VerdictCount {
  VerdictKind kind = VerdictKind::kHealthy;
  std::size_t count = 0;  // of replicas whose first verdict it is; good ones count as healthy
};

struct ReplicaSummary {
  std::size_t runs = 1;  // the one shown included
  std::size_t diverged = 0;
  Band cost;
  std::optional<Band> train_accuracy;
  std::optional<Band> test_accuracy;
  std::optional<Band> test_cost;
  std::vector<VerdictCount> verdicts;  // the most frequent first
};
// The run of a lane and its replicas.
ReplicaSummary summarize_replicas(const RunSnapshot& run);

// The band of the costs at a step; null where none of the runs has been there. Runs that diverged before it
// count as infinite.
std::optional<Band> cost_band(const RunSnapshot& run, std::int64_t step);

}  // namespace initlab
