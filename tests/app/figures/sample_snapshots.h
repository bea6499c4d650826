// Snapshots made by simple formulas, without an engine: the ordinary, the empty and the extreme ones that
// every figure has to draw.
#pragma once

#include <memory>
#include <string>
#include <vector>

#include "core/experiment/snapshot.h"

namespace initlab {

struct SampleSnapshot {
  std::string name;
  std::shared_ptr<Snapshot> snapshot;
};

// Named: no_runs, step_0, normal, one_lane ... six_lanes, diverged, all_diverged, huge, tiny, constant,
// not_finite, five_inputs, deep, catching_up, long_names, not_measured, one_input (a regression),
// one_input_diverged, one_input_huge, ten_classes, ten_classes_diverged, replicas, all_set.
std::vector<SampleSnapshot> sample_snapshots();
// The one of that name; asserts that there is one.
std::shared_ptr<Snapshot> sample_snapshot(const std::string& name);

// Writes `name` of the sample when a test fails.
inline std::ostream& operator<<(std::ostream& out, const SampleSnapshot& sample) {
  return out << sample.name;
}

}  // namespace initlab
