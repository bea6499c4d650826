// The parts of check_experiment that have a file of their own. Null when all is well.
#pragma once

#include <optional>

#include "core/experiment/file/experiment_json.h"

namespace initlab {

// Whether the experiment fits into kMemoryBound; takes neither memory nor time itself.
std::optional<InputError> check_memory(const Experiment& experiment, const DataShape& shape);

// Whether `expect` names lanes that there are and quantities of their results.
std::optional<InputError> check_expectations(const Experiment& experiment);

}  // namespace initlab
