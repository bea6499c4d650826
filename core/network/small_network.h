// The short way through a small network: cost and gradients of one step without the matrices that a snapshot
// wants to see, and its answers without those of the layers before. To the bit what forward, cost and
// backward give, several times as fast. Networks with batch normalization or wide layers have no short way.
#pragma once

#include <optional>

#include "core/network/network.h"

namespace initlab {

// Memory of the short way, reused from step to step.
struct SmallWorkspace {
  std::vector<SmallLayer> layers;
  Matrix scratch;
};

// Fills d_w and d_b of every layer of `workspace`, penalties included, and leaves its other tensors as they
// were. Returns the cost. Null where there is no short way, or where a number is not finite: then forward,
// cost and backward tell which.
std::optional<double> small_gradients(const Network& network, const Objective& objective, const Matrix& x,
                                      const Matrix& y, SmallWorkspace& small, Workspace& workspace);

// Fills Z (outputs, m) of the output layer for X (inputs, m). False where there is no short way.
bool small_forward(const Network& network, const Matrix& x, SmallWorkspace& small, Matrix& z);

}  // namespace initlab
