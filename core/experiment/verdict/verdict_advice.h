// What to try next, for a lane with a certain trouble: never what it has already. Sentences for a student.
#pragma once

#include <string>
#include <vector>

#include "core/experiment/measure/probe.h"
#include "core/experiment/verdict/sentence.h"
#include "core/experiment/verdict/verdict.h"

namespace initlab {

// An activation's label as it stands within a sentence: "ReLU", "tanh", "sigmoid".
std::string activation_name(ActivationId kind);

// Whether the lane's scheme is the one that the activation of its hidden layers asks for, with gain 1.
bool suits(const RunState& state, const LayerProbe& hidden);

// "Try He: ..."; requires a scheme that does not suit.
Sentence scheme_advice(const RunState& state, const LayerProbe& hidden);

// Each takes the run and the probes of its whole network, the output layer last.
Sentence advise_divergence(const RunState& state, const std::vector<LayerProbe>& layers);
Sentence advise_copies(const RunState& state, const std::vector<LayerProbe>& layers);
Sentence advise_near_copies(const RunState& state, const std::vector<LayerProbe>& layers);
Sentence advise_dead_units(const RunState& state, const std::vector<LayerProbe>& layers);
Sentence advise_large_start(const RunState& state, const std::vector<LayerProbe>& layers);
Sentence advise_saturation(const RunState& state, const std::vector<LayerProbe>& layers);
Sentence advise_signal(const RunState& state, const std::vector<LayerProbe>& layers);
Sentence advise_linearity(const RunState& state, const std::vector<LayerProbe>& layers);
Sentence advise_learning(const RunState& state, const std::vector<LayerProbe>& layers);

}  // namespace initlab
