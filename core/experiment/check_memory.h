// Whether an experiment fits into kMemoryBound.
#pragma once

#include <optional>

#include "core/experiment/experiment_json.h"

namespace initlab {

// Null when it does; else how much it would take, and what is allowed. Takes no memory and no time itself.
std::optional<InputError> check_memory(const Experiment& experiment, const DataShape& shape);

}  // namespace initlab
