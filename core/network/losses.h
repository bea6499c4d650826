// Losses and outputs: the small tables of how a network is judged.
#pragma once

#include <span>
#include <string_view>

#include "core/network/activations.h"

namespace initlab {

// The mean over samples is the cost; see each row's formula for the rest.
enum class LossId { kCrossEntropy, kMeanSquaredError, kCount };
struct Loss {
  LossId kind;
  std::string_view id, label, formula, help, reference;
};
std::span<const Loss> losses();
const Loss& loss(LossId kind);

// What the last layer makes of its sums. Softmax works on all units of a sample together; the activation of
// its row is that of each unit alone, linear.
enum class OutputId { kLinear, kSigmoid, kSoftmax, kCount };
struct Output {
  OutputId kind;
  std::string_view id, label, formula, help;
  ActivationId activation;
};
std::span<const Output> outputs();
const Output& output(OutputId kind);

}  // namespace initlab
