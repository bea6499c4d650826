// The gradient with which an untrained network begins: E[dz] and E[dz^2] of the output layer under logits
// z ~ N(b, q), independent of each other and of the label. Quadrature for sigmoid, exact for linear; for
// softmax the mean over a fixed sample of 2,048 draws, good to about one part in a hundred.
#pragma once

#include <cstddef>
#include <vector>

#include "core/experiment/theory/curve_of_q.h"
#include "core/network/losses.h"

namespace initlab {

struct OutputGradient {
  double mean = 0;    // over units of E[dz]
  double second = 0;  // over units of E[dz^2]
};

class OutputGradientTheory {
 public:
  // `biases`: one a unit; `samples`: of the batch, which the cost is the mean of.
  OutputGradientTheory(OutputId output, LossId loss, std::vector<double> biases, std::size_t samples);

  // `y`: the sample's class, or its value.
  OutputGradient at(double q, double y);

 private:
  OutputId output_;
  double bias_;   // of the only unit, where there is no softmax
  double scale_;  // of the gradient: the loss's mean over samples, and its factor
  CurveOfQ curve_;
};

}  // namespace initlab
