// What mean-field theory predicts for a lane before its first step: the standard deviations of z and dz in
// every layer from the variances that its schemes state, and the phase that its hidden layers are in.
//
// The recursion goes sample by sample, since |x|^2 differs between them, and is averaged over the data; the
// gradient at the output comes from the loss under the predicted logits.
#pragma once

#include <optional>
#include <vector>

#include "core/data/dataset.h"
#include "core/experiment/experiment.h"
#include "core/network/mean_field.h"

namespace initlab {

// Null where theory has nothing to say: weights that are not drawn independently around zero.
struct LayerTheory {
  std::optional<double> z_std;
  std::optional<double> d_z_std;
};

struct LaneTheory {
  std::vector<LayerTheory> layers;  // one a layer, the output layer last
  // Of an endless stack of layers like the lane's second; null where there is none, or nothing to say of it.
  std::optional<MeanField> stack;
};

LaneTheory predict_signal(const Experiment& experiment, const Lane& lane, const Dataset& data);

}  // namespace initlab
