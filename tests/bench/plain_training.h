// Training as plain loops over the naive kernels: what a timed result is held against. It shares no
// arithmetic with what is timed.
#pragma once

#include <cstdint>
#include <vector>

#include "core/network/network.h"

namespace initlab::bench {

// Costs of the steps 0..steps by full-batch gradient descent with cross entropy. Sigmoid or softmax output;
// hidden layers of ReLU or tanh. X (inputs, m), Y (outputs, m).
std::vector<double> plain_costs(Network network, const Matrix& x, const Matrix& y, double rate,
                                std::int64_t steps);

}  // namespace initlab::bench
