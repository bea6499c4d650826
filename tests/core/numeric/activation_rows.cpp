// The list of activation_rows.h. Bounds are a little above what is measured.
#include "tests/core/numeric/activation_rows.h"

#include <array>
#include <limits>

namespace initlab::test {
namespace {

using Real = long double;

constexpr double kInf = std::numeric_limits<double>::infinity();
constexpr double kNaN = std::numeric_limits<double>::quiet_NaN();
constexpr Real kRootHalf = 0.707106781186547524400844362104849039L;
constexpr Real kOneOverRootTwoPi = 0.398942280401432677939946059934381868L;
constexpr Real kTwoRootTwoOverPi = 1.595769121605730711759784239737527470L;
constexpr Real kCubic = 0.044715L;
constexpr Real kLambda = 1.0507009873554804934193349852946L;
constexpr Real kAlpha = 1.6732632423543772848170429916717L;
constexpr double kLambdaAlpha = 1.7580993408473766;  // PyTorch's: the product of two doubles

Real sigmoid(Real z) {
  const Real e = std::exp(-std::abs(z));
  return (z < 0 ? e : 1) / (1 + e);
}
Real normal_share(Real z) {
  return std::erfc(-z * kRootHalf) / 2;
}
Real normal_density(Real z) {
  return kOneOverRootTwoPi * std::exp(-z * z / 2);
}
Real gelu_tanh_logit(Real z) {
  return kTwoRootTwoOverPi * (z + kCubic * z * z * z);
}
Real gelu_tanh_growth(Real z) {
  return kTwoRootTwoOverPi * (1 + 3 * kCubic * z * z);
}

Real gelu_slope(Real z) {
  return normal_share(z) + z * normal_density(z);
}
Real gelu_tanh_slope(Real z) {
  const Real logit = gelu_tanh_logit(z);
  return sigmoid(logit) * (1 + z * sigmoid(-logit) * gelu_tanh_growth(z));
}
Real silu_slope(Real z) {
  return sigmoid(z) * (1 + z * sigmoid(-z));
}
Real tanh_slope(Real z) {
  const Real e = std::exp(-2 * std::abs(z));
  return 4 * e / ((1 + e) * (1 + e));
}
Real softsign_slope(Real z) {
  return 1 / ((1 + std::abs(z)) * (1 + std::abs(z)));
}

// The wave's argument is a product rounded to double, as in the kernel.
Real wave(Real z) {
  return static_cast<double>(z) * kFrequency;
}
Real sine_slope(Real z) {
  return kFrequency * std::cos(wave(z));
}

constexpr std::array kRows = {
    ActivationRow{.name = "linear",
                  .kernel = &Kernels::linear,
                  .value = [](Real z) { return z; },
                  .derivative = [](Real) -> Real { return 1; },
                  .derivative_size = [](Real) -> Real { return 1; },
                  .value_bound = 0.5,
                  .derivative_bound = 0.5,
                  .values = {-kInf, 0, kInf},
                  .derivatives = {1, 1, 1}},
    ActivationRow{.name = "relu",
                  .kernel = &Kernels::relu,
                  .value = [](Real z) -> Real { return z > 0 ? z : 0; },
                  .derivative = [](Real z) -> Real { return z > 0 ? 1 : 0; },
                  .derivative_size = [](Real) -> Real { return 1; },
                  .value_bound = 0.5,
                  .derivative_bound = 0.5,
                  .values = {0, 0, kInf},
                  .derivatives = {0, 0, 1}},
    ActivationRow{.name = "leaky_relu",
                  .kernel = &Kernels::leaky_relu,
                  .value = [](Real z) { return z > 0 ? z : kSlope * z; },
                  .derivative = [](Real z) -> Real { return z > 0 ? 1 : kSlope; },
                  .derivative_size = [](Real) -> Real { return kSlope; },
                  .value_bound = 0.51,
                  .derivative_bound = 0.5,
                  .values = {-kInf, 0, kInf},
                  .derivatives = {kSlope, kSlope, 1},
                  .parameter = kSlope},
    ActivationRow{.name = "tanh",
                  .kernel = &Kernels::tanh,
                  .value = [](Real z) { return std::tanh(z); },
                  .derivative = tanh_slope,
                  .derivative_size = tanh_slope,
                  .value_bound = 3,
                  .derivative_bound = 12,
                  .values = {-1, 0, 1},
                  .derivatives = {0, 1, 0}},
    ActivationRow{.name = "sigmoid",
                  .kernel = &Kernels::sigmoid,
                  .value = sigmoid,
                  .derivative = [](Real z) { return sigmoid(z) * sigmoid(-z); },
                  .derivative_size = [](Real z) { return sigmoid(z) * sigmoid(-z); },
                  .value_bound = 2.5,
                  .derivative_bound = 3,
                  .values = {0, 0.5, 1},
                  .derivatives = {0, 0.25, 0}},
    ActivationRow{.name = "elu",
                  .kernel = &Kernels::elu,
                  .value = [](Real z) { return z > 0 ? z : std::expm1(z); },
                  .derivative = [](Real z) { return z > 0 ? 1 : std::exp(z); },
                  .derivative_size = [](Real z) { return z > 0 ? 1 : std::exp(z); },
                  .value_bound = 1.5,
                  .derivative_bound = 1,
                  .values = {-1, 0, kInf},
                  .derivatives = {0, 1, 1}},
    ActivationRow{.name = "selu",
                  .kernel = &Kernels::selu,
                  .value = [](Real z) { return z > 0 ? kLambda * z : kLambda * kAlpha * std::expm1(z); },
                  .derivative = [](Real z) { return z > 0 ? kLambda : kLambda * kAlpha * std::exp(z); },
                  .derivative_size = [](Real z) { return z > 0 ? kLambda : kLambda * kAlpha * std::exp(z); },
                  .value_bound = 2.5,
                  .derivative_bound = 2.5,
                  .values = {-kLambdaAlpha, 0, kInf},
                  .derivatives = {0, kLambdaAlpha, 1.0507009873554805}},
    ActivationRow{
        .name = "gelu",
        .kernel = &Kernels::gelu,
        .value = [](Real z) { return z * normal_share(z); },
        .derivative = gelu_slope,
        .derivative_size = [](Real z) { return std::max(normal_share(z), std::abs(z) * normal_density(z)); },
        .value_bound = 3,
        .derivative_bound = 3,
        .values = {0, 0, kInf},
        .derivatives = {0, 0.5, 1}},
    ActivationRow{.name = "gelu_tanh",
                  .kernel = &Kernels::gelu_tanh,
                  .value = [](Real z) { return z * sigmoid(gelu_tanh_logit(z)); },
                  .derivative = gelu_tanh_slope,
                  .derivative_size =
                      [](Real z) {
                        const Real logit = gelu_tanh_logit(z);
                        const Real inner = std::abs(z) * sigmoid(-logit) * gelu_tanh_growth(z);
                        return sigmoid(logit) * std::max(Real{1}, inner);
                      },
                  .value_bound = 3,
                  .derivative_bound = 4,
                  .values = {0, 0, kInf},
                  .derivatives = {0, 0.5, 1}},
    ActivationRow{
        .name = "silu",
        .kernel = &Kernels::silu,
        .value = [](Real z) { return z * sigmoid(z); },
        .derivative = silu_slope,
        .derivative_size = [](Real z) { return sigmoid(z) * std::max(Real{1}, std::abs(z) * sigmoid(-z)); },
        .value_bound = 2.5,
        .derivative_bound = 3,
        .values = {0, 0, kInf},
        .derivatives = {0, 0.5, 1}},
    ActivationRow{.name = "softplus",
                  .kernel = &Kernels::softplus,
                  .value = [](Real z) { return std::max(z, Real{0}) + std::log1p(std::exp(-std::abs(z))); },
                  .derivative = sigmoid,
                  .derivative_size = sigmoid,
                  .value_bound = 2,
                  .derivative_bound = 2.5,
                  .values = {0, 0.6931471805599453, kInf},
                  .derivatives = {0, 0.5, 1}},
    ActivationRow{.name = "sine",
                  .kernel = &Kernels::sine,
                  .value = [](Real z) { return std::sin(wave(z)); },
                  .derivative = sine_slope,
                  .derivative_size = sine_slope,
                  .value_bound = 1,
                  .derivative_bound = 1.5,
                  .values = {kNaN, 0, kNaN},
                  .derivatives = {kNaN, kFrequency, kNaN},
                  .parameter = kFrequency},
    ActivationRow{.name = "softsign",
                  .kernel = &Kernels::softsign,
                  .value = [](Real z) { return z / (1 + std::abs(z)); },
                  .derivative = softsign_slope,
                  .derivative_size = softsign_slope,
                  .value_bound = 1.5,
                  .derivative_bound = 2.5,
                  .values = {-1, 0, 1},
                  .derivatives = {0, 1, 0}},
};

}  // namespace

std::span<const ActivationRow> activation_rows() {
  return kRows;
}

}  // namespace initlab::test
