// The rows of the activations and their scalar forms by the C library, which tests hold the kernels against
// and the theory integrates.
#include "core/network/activations.h"

#include <algorithm>
#include <array>
#include <cassert>
#include <cmath>
#include <limits>
#include <numbers>

namespace initlab {
namespace {

using Parameters = ActivationParameters;

constexpr double kInfinity = std::numeric_limits<double>::infinity();
constexpr double kNotANumber = std::numeric_limits<double>::quiet_NaN();
constexpr double kSeluLambda = 1.0507009873554804934193349852946;
// Like PyTorch's a product of doubles, 1 unit in the last place below the true one.
constexpr double kSeluLambdaAlpha = kSeluLambda * 1.6732632423543772848170429916717;
constexpr double kRootTwoOverPi = 0.79788456080286535587989211986876;
constexpr double kOneOverRootTwoPi = 0.39894228040143267793994605993438;
constexpr double kGeluCubic = 0.044715;

double sigmoid(double z) {
  const double e = std::exp(-std::abs(z));
  return (z < 0 ? e : 1) / (1 + e);
}

// Phi(z) by erfc, which keeps its digits far out on the left.
double normal_share(double z) {
  return 0.5 * std::erfc(-z / std::numbers::sqrt2);
}

// The gated units are z times a share that is 0 far out on the left: for z = -infinity their limit is 0.
double gated(double z, double share) {
  return share == 0 ? -0.0 : z * share;
}

// What sigmoid turns into the share of GELU's tanh form: 1/2 (1 + tanh(w)) = sigmoid(2 w).
double gelu_tanh_logit(double z) {
  return 2 * kRootTwoOverPi * (z + kGeluCubic * z * z * z);
}

double tanh_slope(double z, const Parameters&) {
  const double e = std::exp(-2 * std::abs(z));
  return 4 * e / ((1 + e) * (1 + e));
}

double gelu_slope(double z, const Parameters&) {
  const double bounded = std::clamp(z, -40.0, 40.0);
  return normal_share(bounded) + bounded * kOneOverRootTwoPi * std::exp(-bounded * bounded / 2);
}

double gelu_tanh_slope(double z, const Parameters&) {
  const double bounded = std::clamp(z, -30.0, 30.0);
  const double logit = gelu_tanh_logit(bounded);
  const double growth = 2 * kRootTwoOverPi * (1 + 3 * kGeluCubic * bounded * bounded);
  return sigmoid(logit) * (1 + bounded * sigmoid(-logit) * growth);
}

double silu_slope(double z, const Parameters&) {
  const double bounded = std::clamp(z, -1000.0, 1000.0);
  return sigmoid(bounded) * (1 + bounded * sigmoid(-bounded));
}

double softsign_slope(double z, const Parameters&) {
  const double rest = 1 / (1 + std::abs(z));
  return rest * rest;
}

// --- The gains.

double gain_of_one(const Parameters&) {
  return 1;
}
double no_gain(const Parameters&) {
  return kNotANumber;
}

// Unbounded on at least one side: nothing counts as saturated.
constexpr double kNeverBelow = kInfinity;
constexpr double kNeverAbove = -kInfinity;

constexpr std::array kActivations = {
    Activation{.kind = ActivationId::kLinear,
               .id = "linear",
               .label = "Linear",
               .formula = "f(z) = z",
               .help = "Passes its input through: layers of it together are one linear map.",
               .reference = "",
               .kernel = &Kernels::linear,
               .parameter = nullptr,
               .value = [](double z, const Parameters&) { return z; },
               .derivative = [](double, const Parameters&) { return 1.0; },
               .gain = gain_of_one,
               .can_die = false,
               .is_odd = true,
               .has_kink = false,
               .grows_evenly = true,
               .saturated_below = kNeverBelow,
               .saturated_above = kNeverAbove},
    Activation{.kind = ActivationId::kSigmoid,
               .id = "sigmoid",
               .label = "Sigmoid",
               .formula = "f(z) = 1 / (1 + exp(-z))",
               .help = "Squeezes into 0 to 1; flat, and so without gradient, far from 0.",
               .reference = "",
               .kernel = &Kernels::sigmoid,
               .parameter = nullptr,
               .value = [](double z, const Parameters&) { return sigmoid(z); },
               .derivative = [](double z, const Parameters&) { return sigmoid(z) * sigmoid(-z); },
               .gain = gain_of_one,
               .can_die = false,
               .is_odd = false,
               .has_kink = false,
               .grows_evenly = false,
               .saturated_below = 0.01,
               .saturated_above = 0.99},
    Activation{.kind = ActivationId::kTanh,
               .id = "tanh",
               .label = "tanh",
               .formula = "f(z) = tanh(z)",
               .help = "Squeezes into -1 to 1 around 0; flat, and so without gradient, far from 0.",
               .reference = "LeCun, Bottou, Orr and Müller 1998, Efficient BackProp",
               .kernel = &Kernels::tanh,
               .parameter = nullptr,
               .value = [](double z, const Parameters&) { return std::tanh(z); },
               .derivative = tanh_slope,
               .gain = [](const Parameters&) { return 5.0 / 3; },
               .can_die = false,
               .is_odd = true,
               .has_kink = false,
               .grows_evenly = false,
               .saturated_below = -0.99,
               .saturated_above = 0.99},
    Activation{
        .kind = ActivationId::kRelu,
        .id = "relu",
        .label = "ReLU",
        .formula = "f(z) = max(0, z)",
        .help = "Passes what is positive and silences the rest; a unit silent for every sample is dead.",
        .reference = "Nair and Hinton 2010, Rectified Linear Units Improve Restricted Boltzmann Machines",
        .kernel = &Kernels::relu,
        .parameter = nullptr,
        .value = [](double z, const Parameters&) { return z <= 0 ? 0.0 : z; },
        .derivative = [](double z, const Parameters&) { return z <= 0 ? 0.0 : 1.0; },
        .gain = [](const Parameters&) { return std::numbers::sqrt2; },
        .can_die = true,
        .is_odd = false,
        .has_kink = true,
        .grows_evenly = true,
        .saturated_below = kNeverBelow,
        .saturated_above = kNeverAbove},
    Activation{
        .kind = ActivationId::kLeakyRelu,
        .id = "leaky_relu",
        .label = "Leaky ReLU",
        .formula = "f(z) = z if z > 0, else slope z",
        .help = "ReLU that lets a small share of what is negative through, so that no unit can die.",
        .reference =
            "Maas, Hannun and Ng 2013, Rectifier Nonlinearities Improve Neural Network Acoustic Models",
        .kernel = &Kernels::leaky_relu,
        .parameter = &Parameters::slope,
        .value = [](double z, const Parameters& p) { return z > 0 ? z : p.slope * z; },
        .derivative = [](double z, const Parameters& p) { return z > 0 ? 1.0 : p.slope; },
        .gain = [](const Parameters& p) { return std::sqrt(2 / (1 + p.slope * p.slope)); },
        .can_die = false,
        .is_odd = false,
        .has_kink = true,
        .grows_evenly = true,
        .saturated_below = kNeverBelow,
        .saturated_above = kNeverAbove},
    Activation{
        .kind = ActivationId::kElu,
        .id = "elu",
        .label = "ELU",
        .formula = "f(z) = z if z > 0, else exp(z) - 1",
        .help = "Linear where positive, bends smoothly to -1 where negative, so its mean is nearer to 0 "
                "than ReLU's.",
        .reference = "Clevert, Unterthiner and Hochreiter 2016, Fast and Accurate Deep Network Learning "
                     "by Exponential Linear Units",
        .kernel = &Kernels::elu,
        .parameter = nullptr,
        .value = [](double z, const Parameters&) { return z > 0 ? z : std::expm1(z); },
        .derivative = [](double z, const Parameters&) { return z > 0 ? 1.0 : std::exp(z); },
        .gain = no_gain,
        .can_die = false,
        .is_odd = false,
        .has_kink = true,
        .grows_evenly = false,
        .saturated_below = kNeverBelow,
        .saturated_above = kNeverAbove},
    Activation{
        .kind = ActivationId::kSelu,
        .id = "selu",
        .label = "SELU",
        .formula =
            "f(z) = lambda z if z > 0, else lambda alpha (exp(z) - 1); lambda = 1.0507, alpha = 1.6733",
        .help = "ELU scaled so that, with LeCun's weights, mean 0 and variance 1 hold from layer to layer.",
        .reference = "Klambauer, Unterthiner, Mayr and Hochreiter 2017, Self-Normalizing Neural Networks",
        .kernel = &Kernels::selu,
        .parameter = nullptr,
        .value = [](double z,
                    const Parameters&) { return z > 0 ? kSeluLambda * z : kSeluLambdaAlpha * std::expm1(z); },
        .derivative = [](double z,
                         const Parameters&) { return z > 0 ? kSeluLambda : kSeluLambdaAlpha * std::exp(z); },
        .gain = [](const Parameters&) { return 0.75; },
        .can_die = false,
        .is_odd = false,
        .has_kink = true,
        .grows_evenly = false,
        .saturated_below = kNeverBelow,
        .saturated_above = kNeverAbove},
    Activation{.kind = ActivationId::kGelu,
               .id = "gelu",
               .label = "GELU",
               .formula = "f(z) = z Phi(z) = z/2 (1 + erf(z / sqrt(2)))",
               .help =
                   "Passes z by the share of a standard normal that lies below it: a ReLU with a soft knee "
                   "that dips below 0.",
               .reference = "Hendrycks and Gimpel 2016, Gaussian Error Linear Units",
               .kernel = &Kernels::gelu,
               .parameter = nullptr,
               .value = [](double z, const Parameters&) { return gated(z, normal_share(z)); },
               .derivative = gelu_slope,
               .gain = no_gain,
               .can_die = false,
               .is_odd = false,
               .has_kink = false,
               .grows_evenly = false,
               .saturated_below = kNeverBelow,
               .saturated_above = kNeverAbove},
    Activation{.kind = ActivationId::kGeluTanh,
               .id = "gelu_tanh",
               .label = "GELU (tanh form)",
               .formula = "f(z) = z/2 (1 + tanh(sqrt(2/pi) (z + 0.044715 z^3)))",
               .help = "GELU's approximation by tanh, within 0.0005 of it: JAX's default, and that of GPT-2.",
               .reference = "Hendrycks and Gimpel 2016, Gaussian Error Linear Units",
               .kernel = &Kernels::gelu_tanh,
               .parameter = nullptr,
               .value = [](double z, const Parameters&) { return gated(z, sigmoid(gelu_tanh_logit(z))); },
               .derivative = gelu_tanh_slope,
               .gain = no_gain,
               .can_die = false,
               .is_odd = false,
               .has_kink = false,
               .grows_evenly = false,
               .saturated_below = kNeverBelow,
               .saturated_above = kNeverAbove},
    Activation{
        .kind = ActivationId::kSilu,
        .id = "silu",
        .label = "SiLU (swish)",
        .formula = "f(z) = z / (1 + exp(-z))",
        .help = "Passes z by its own sigmoid: smooth, close to ReLU far out, dips to -0.28 at z = -1.28.",
        .reference = "Elfwing, Uchibe and Doya 2018, Sigmoid-Weighted Linear Units; Ramachandran, Zoph and "
                     "Le 2017, Searching for Activation Functions",
        .kernel = &Kernels::silu,
        .parameter = nullptr,
        .value = [](double z, const Parameters&) { return gated(z, sigmoid(z)); },
        .derivative = silu_slope,
        .gain = no_gain,
        .can_die = false,
        .is_odd = false,
        .has_kink = false,
        .grows_evenly = false,
        .saturated_below = kNeverBelow,
        .saturated_above = kNeverAbove},
    Activation{
        .kind = ActivationId::kSoftplus,
        .id = "softplus",
        .label = "Softplus",
        .formula = "f(z) = log(1 + exp(z))",
        .help = "A smooth ReLU that is never 0; exact everywhere, where PyTorch returns z itself above 20 "
                "(the difference is below 3e-9).",
        .reference = "Dugas, Bengio, Bélisle, Nadeau and Garcia 2001, Incorporating Second-Order Functional "
                     "Knowledge for Better Option Pricing",
        .kernel = &Kernels::softplus,
        .parameter = nullptr,
        .value = [](double z,
                    const Parameters&) { return std::max(z, 0.0) + std::log1p(std::exp(-std::abs(z))); },
        .derivative = [](double z, const Parameters&) { return sigmoid(z); },
        .gain = no_gain,
        .can_die = false,
        .is_odd = false,
        .has_kink = false,
        .grows_evenly = false,
        .saturated_below = kNeverBelow,
        .saturated_above = kNeverAbove},
    Activation{
        .kind = ActivationId::kSine,
        .id = "sine",
        .label = "Sine",
        .formula = "f(z) = sin(frequency z)",
        .help = "A wave, for networks that fit signals and images (SIREN: frequency 30 in the first layer).",
        .reference =
            "Sitzmann, Martel, Bergman, Lindell and Wetzstein 2020, Implicit Neural Representations with "
            "Periodic Activation Functions",
        .kernel = &Kernels::sine,
        .parameter = &Parameters::frequency,
        .value = [](double z, const Parameters& p) { return std::sin(p.frequency * z); },
        .derivative = [](double z, const Parameters& p) { return p.frequency * std::cos(p.frequency * z); },
        .gain = no_gain,
        .can_die = false,
        .is_odd = true,
        .has_kink = false,
        .grows_evenly = false,
        .saturated_below = kNeverBelow,
        .saturated_above = kNeverAbove},
    Activation{.kind = ActivationId::kSoftsign,
               .id = "softsign",
               .label = "Softsign",
               .formula = "f(z) = z / (1 + |z|)",
               .help = "Squeezes into -1 to 1 like tanh, but flattens slowly: its gradient falls as 1/z^2, "
                       "not as exp(-2z).",
               .reference =
                   "Glorot and Bengio 2010, Understanding the Difficulty of Training Deep Feedforward Neural "
                   "Networks",
               .kernel = &Kernels::softsign,
               .parameter = nullptr,
               .value =
                   [](double z, const Parameters&) {
                     return std::isinf(z) ? std::copysign(1.0, z) : z / (1 + std::abs(z));
                   },
               .derivative = softsign_slope,
               .gain = no_gain,
               .can_die = false,
               .is_odd = true,
               .has_kink = true,
               .grows_evenly = false,
               .saturated_below = -0.99,
               .saturated_above = 0.99},
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

ElementwiseFunction elementwise(ActivationId kind, const ActivationParameters& parameters) {
  const Activation& row = activation(kind);
  return {kernels().*row.kernel, row.parameter == nullptr ? 0.0 : parameters.*row.parameter};
}

}  // namespace initlab
