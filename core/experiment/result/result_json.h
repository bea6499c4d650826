// The result of a comparison as `initlab train --json` writes it, and the expectations of an experiment held
// against it.
#pragma once

#include <cstdint>
#include <optional>
#include <string>
#include <utility>
#include <vector>

#include "core/experiment/comparison.h"
#include "core/experiment/snapshot.h"

namespace initlab {

struct ResultOptions {
  std::int64_t every = 1000;  // steps between two pairs of `cost`; step 0 and the last are always there
  bool predicted = false;     // what theory says of the start, beside each layer
};
// The snapshot as one JSON object. Numbers that are not finite are the strings "inf", "-inf", "nan".
// `fingerprint` is fingerprint_of the comparison.
std::string result_to_json(const Snapshot& snapshot, const ResultOptions& options,
                           const std::string& fingerprint);

// One sentence for each expectation of the snapshot's experiment that fails: which, and by how much. Of a
// lane with replicas the median of its runs is held against it.
std::vector<std::string> failed_expectations(const Snapshot& snapshot);

// The same for one that need not be the experiment's: null where it holds.
std::optional<std::string> failed_expectation(const Snapshot& snapshot, const Expectation& expected);
// Whether `value` stands in that relation to `wanted`; NaN in none.
bool holds(double value, Relation relation, double wanted);

// Sixteen hexadecimal digits over the bits of every weight and cost of every lane: equal runs, equal prints.
std::string fingerprint_of(const Comparison& comparison);

// The hash of a fixed list of small experiments, by which a change of the arithmetic shows.
std::string fingerprint(unsigned threads = 0);

}  // namespace initlab
