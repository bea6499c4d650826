// What the rules of verdict.h are told of a run.
#pragma once

#include "core/experiment/run.h"
#include "core/experiment/verdict/verdict.h"

namespace initlab {

// Cost of the best answer that ignores the input: the entropy of the labels, or the variance of the targets.
double chance_cost(const Experiment& experiment, const LearningTask& task);

// All but what needs the other lanes: `healthy` and `accuracy` are left empty. `lane` counts from 0; the run
// is refreshed.
RunState state_of(const Experiment& experiment, std::size_t lane, const Run& run, double chance_cost);

}  // namespace initlab
