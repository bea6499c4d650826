// The rows of losses and outputs.
#include "core/network/losses.h"

#include <array>
#include <cassert>

namespace initlab {
namespace {

constexpr std::array kLosses = {
    Loss{.kind = LossId::kCrossEntropy,
         .id = "cross_entropy",
         .label = "Cross entropy",
         .formula = "J = mean(softplus(z) - y z), of a softmax mean(log sum exp(z) - y z)",
         .help = "Surprise of the labels under the network's probabilities, taken from the logit, so always "
                 "finite.",
         .reference = "Goodfellow, Bengio and Courville 2016, Deep Learning, 6.2"},
    Loss{.kind = LossId::kMeanSquaredError,
         .id = "mean_squared_error",
         .label = "Mean squared error",
         .formula = "J = mean((a - y)^2)",
         .help = "Mean of the squared differences over samples and outputs, without a half.",
         .reference = "Goodfellow, Bengio and Courville 2016, Deep Learning, 5.1"},
};
static_assert(kLosses.size() == static_cast<std::size_t>(LossId::kCount));

constexpr std::array kOutputs = {
    Output{.kind = OutputId::kLinear,
           .id = "linear",
           .label = "Linear",
           .formula = "a = z",
           .help = "Any number: for regression.",
           .activation = ActivationId::kLinear},
    Output{.kind = OutputId::kSigmoid,
           .id = "sigmoid",
           .label = "Sigmoid",
           .formula = "a = 1 / (1 + exp(-z))",
           .help = "The probability of class 1.",
           .activation = ActivationId::kSigmoid},
    Output{.kind = OutputId::kSoftmax,
           .id = "softmax",
           .label = "Softmax",
           .formula = "a_k = exp(z_k) / sum exp(z)",
           .help = "The probability of each class: one unit a class.",
           .activation = ActivationId::kLinear},
};
static_assert(kOutputs.size() == static_cast<std::size_t>(OutputId::kCount));

template <class Rows, class Kind>
const auto& row_of(const Rows& rows, Kind kind) {
  const auto& row = rows[static_cast<std::size_t>(kind)];
  assert(row.kind == kind);
  return row;
}

}  // namespace

std::span<const Loss> losses() {
  return kLosses;
}
const Loss& loss(LossId kind) {
  return row_of(kLosses, kind);
}
std::span<const Output> outputs() {
  return kOutputs;
}
const Output& output(OutputId kind) {
  return row_of(kOutputs, kind);
}

}  // namespace initlab
