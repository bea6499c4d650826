// What mean-field theory predicts for a lane before its first step: the standard deviations of z and dz in
// every layer from the variances that its schemes state, and the phase that its hidden layers are in.
//
// The recursion goes sample by sample, since |x|^2 and labels differ between them, and is averaged over the
// data (at most 2,048 evenly spaced samples of it); the gradient at the output comes from the loss under the
// predicted logits. Constant biases shift what the activation gets. Batch normalization divides by what the
// samples differ by, where they are taken to be uncorrelated (exact for the first layer).
//
// Figures are root mean squares over all draws of the weights, about the means that theory knows. One network
// scatters around them, more the narrower and deeper it is; and a layer of few units lies below where its
// samples are alike, since what is measured there has its own mean taken away.
#pragma once

#include <optional>
#include <vector>

#include "core/data/dataset.h"
#include "core/experiment/experiment.h"
#include "core/network/mean_field.h"

namespace initlab {

// Null where theory has nothing to say: weights that are not drawn independently around zero, and what comes
// after them on the signal's way.
struct LayerTheory {
  std::optional<double> z_std;
  std::optional<double> d_z_std;
};

struct LaneTheory {
  std::vector<LayerTheory> layers;  // one a layer, the output layer last
  // Of an endless stack of layers like the lane's second, entered with the mean q of its first; a constant
  // bias counts as one of that size. Null where there are not two hidden layers, or nothing to say of them:
  // besides the above, batch normalization, and a signal that is 0 or not finite.
  std::optional<MeanField> stack;
};

// Of the full batch, whatever the size of mini-batches. The data has at least one training sample.
LaneTheory predict_signal(const Experiment& experiment, const Lane& lane, const Dataset& data);

}  // namespace initlab
