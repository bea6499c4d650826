// What a network of one input answers along its axis, and how far each layer can be moved there: the fitted
// curve of a regression, and the gradient against x.
#pragma once

#include <vector>

#include "core/data/dataset.h"
#include "core/network/network.h"

namespace initlab {

struct ResponseCurve {
  std::vector<double> x;  // evenly spaced over the data and a margin of a tenth on each side
  std::vector<double> y;  // the output's activation there
  // For each layer, at each x: root mean square over its units of d output / d z. Where it is near 0, no
  // sample at that x can teach the layer anything.
  std::vector<std::vector<double>> gradient;
  bool empty() const { return x.empty(); }
};

// Empty for a network with other than one input or one output. Reuses the memory of `curve`, `scratch`
// and `grid`.
void fill_response_curve(const Network& network, const Dataset& data, Workspace& scratch, Matrix& grid,
                         ResponseCurve& curve);

}  // namespace initlab
