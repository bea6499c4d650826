// Sentences about a snapshot that stand in more than one figure or panel. Words only: nothing is drawn here.
#pragma once

#include <string>
#include <vector>

#include "core/experiment/snapshot.h"

namespace initlab {

// "step 4,210 of 15,000".
std::string step_caption(const Snapshot& snapshot);

// "catching up: 3,200 of 4,210", "diverged at step 12: z of layer 2 is not finite"; empty for a run in step.
std::string run_state_caption(const RunSnapshot& run, const Snapshot& snapshot);

// "diverged at step 12: z of layer 2 is not finite".
std::string divergence_caption(const Divergence& divergence);

// What was changed: "learning rate 0.005", "lane 2: L2 penalty 0.1".
std::string event_caption(const Event& event);

// "Circles, 300 + 100 points, noise 0.05, seed 1", "CSV file iris.csv, 150 points, 4 features, 3 classes".
std::string data_caption(const Snapshot& snapshot);
// "2-10-5-1, ReLU", with en dashes; an output other than a sigmoid and batch normalization are named.
std::string network_caption(const Snapshot& snapshot);
// "Gradient descent, rate 0.01"; a loss other than cross entropy is named.
std::string training_caption(const Snapshot& snapshot);

// What a lane sets besides its scheme: "tanh, bias log-odds, layer 2: Xavier normal"; empty for most.
std::string lane_caption(const Lane& lane);
// What may stand beside a lane's name, the longest first: "W ~ N(0, 2 / fan_in), tanh, 8 seeds", without the
// seeds, and where the lane sets more than a scheme, that alone: it tells it from its neighbours. At least
// one.
std::vector<std::string> lane_formulas(const Lane& lane);

// "Layer 2", "Layer 3 (output)". Layers count from 1.
std::string layer_caption(std::size_t layer, std::size_t layer_count);

// "ln 2: chance" where the chance cost is ln 2, else "chance 0.61"; empty where there is none.
std::string chance_caption(double chance_cost);

// The class as the data name it, else "class 2"; classes count from 0, as in the data.
std::string class_caption(const Snapshot& snapshot, std::size_t point_class);

// Why there is no decision boundary and what to look at instead; the same of a fitted curve and of the
// gradient against x.
std::string no_boundary_caption(const Snapshot& snapshot);
std::string no_fit_caption(const Snapshot& snapshot);
std::string no_gradient_caption(const Snapshot& snapshot);

}  // namespace initlab
