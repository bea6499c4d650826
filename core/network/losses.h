// Losses, outputs and optimizers: the small tables of how a network is judged and how it is improved.
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

// What the last layer's activation is.
enum class OutputId { kLinear, kSigmoid, kCount };
struct Output {
  OutputId kind;
  std::string_view id, label, formula, help;
  ActivationId activation;
};
std::span<const Output> outputs();
const Output& output(OutputId kind);

enum class OptimizerId { kGradientDescent, kCount };
struct Optimizer {
  OptimizerId kind;
  std::string_view id, label, formula, help, reference;
};
std::span<const Optimizer> optimizers();
const Optimizer& optimizer(OptimizerId kind);

}  // namespace initlab
