// The result of a comparison as `initlab train --json` writes it, and the expectations of an experiment held
// against it.
#pragma once

#include <cstdint>
#include <string>
#include <utility>
#include <vector>

#include "core/experiment/comparison.h"
#include "core/experiment/snapshot.h"

namespace initlab {

// The snapshot as one JSON object; `cost` has a pair for every `every` steps, step 0 and the last included.
// Numbers that are not finite are the strings "inf", "-inf", "nan". `fingerprint` is fingerprint_of the
// comparison.
std::string result_to_json(const Snapshot& snapshot, std::int64_t every, const std::string& fingerprint);

// One sentence for each expectation of the snapshot's experiment that fails: which, and by how much.
std::vector<std::string> failed_expectations(const Snapshot& snapshot);

// Sixteen hexadecimal digits over the bits of every weight and cost of every lane: equal runs, equal prints.
std::string fingerprint_of(const Comparison& comparison);

// The hash of a fixed list of small experiments, by which a change of the arithmetic shows.
std::string fingerprint(unsigned threads = 0);

}  // namespace initlab
