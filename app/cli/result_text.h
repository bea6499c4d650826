// The result of a training for a terminal: a row a lane, and below it what to try next. Nothing is computed
// here that the JSON does not have.
#pragma once

#include <string>

#include "core/experiment/snapshot.h"

namespace initlab {

std::string result_text(const Snapshot& snapshot);

}  // namespace initlab
