// The rows of the activations and their scalar forms by the C library, which tests hold the kernels against.
#include "core/network/activations.h"

#include <array>
#include <cassert>
#include <cmath>
#include <limits>

namespace initlab {
namespace {

constexpr double kInfinity = std::numeric_limits<double>::infinity();

double stable_sigmoid(double z) {
  if (z >= 0) return 1 / (1 + std::exp(-z));
  const double e = std::exp(z);
  return e / (1 + e);
}

constexpr std::array kActivations = {
    Activation{.kind = ActivationId::kLinear,
               .id = "linear",
               .label = "Linear",
               .formula = "f(z) = z",
               .help = "Passes its input through: layers of it together are one linear map.",
               .reference = "",
               .apply = &Kernels::linear,
               .apply_backward = &Kernels::linear_backward,
               .value = [](double z) { return z; },
               .derivative = [](double) { return 1.0; },
               .can_die = false,
               .saturated_below = kInfinity,
               .saturated_above = -kInfinity},
    Activation{.kind = ActivationId::kSigmoid,
               .id = "sigmoid",
               .label = "Sigmoid",
               .formula = "f(z) = 1 / (1 + exp(-z))",
               .help = "Squeezes into 0 to 1; flat, and so without gradient, far from 0.",
               .reference = "",
               .apply = &Kernels::sigmoid,
               .apply_backward = &Kernels::sigmoid_backward,
               .value = stable_sigmoid,
               .derivative =
                   [](double z) {
                     const double a = stable_sigmoid(z);
                     return a * (1 - a);
                   },
               .can_die = false,
               .saturated_below = 0.01,
               .saturated_above = 0.99},
    Activation{.kind = ActivationId::kTanh,
               .id = "tanh",
               .label = "tanh",
               .formula = "f(z) = tanh(z)",
               .help = "Squeezes into -1 to 1 around 0; flat, and so without gradient, far from 0.",
               .reference = "LeCun, Bottou, Orr and Müller 1998, Efficient BackProp",
               .apply = &Kernels::tanh,
               .apply_backward = &Kernels::tanh_backward,
               .value = [](double z) { return std::tanh(z); },
               .derivative =
                   [](double z) {
                     const double a = std::tanh(z);
                     return 1 - a * a;
                   },
               .can_die = false,
               .saturated_below = -0.99,
               .saturated_above = 0.99},
    Activation{
        .kind = ActivationId::kRelu,
        .id = "relu",
        .label = "ReLU",
        .formula = "f(z) = max(0, z)",
        .help = "Passes what is positive and silences the rest; a unit silent for every sample is dead.",
        .reference = "Nair and Hinton 2010, Rectified Linear Units Improve Restricted Boltzmann Machines",
        .apply = &Kernels::relu,
        .apply_backward = &Kernels::relu_backward,
        .value = [](double z) { return z > 0 ? z : 0.0; },
        .derivative = [](double z) { return z > 0 ? 1.0 : 0.0; },
        .can_die = true,
        .saturated_below = kInfinity,
        .saturated_above = -kInfinity},
};
static_assert(kActivations.size() == static_cast<std::size_t>(ActivationId::kCount));

}  // namespace

std::span<const Activation> activations() {
  return kActivations;
}

const Activation& activation(ActivationId kind) {
  const Activation& row = kActivations[static_cast<std::size_t>(kind)];
  assert(row.kind == kind);
  return row;
}

}  // namespace initlab
