// Whole-network gradients against central differences: every activation, loss, output, with and without batch
// normalization and penalties.
#include <gtest/gtest.h>

#include "core/network/network.h"
#include "core/numeric/random.h"

namespace initlab {
namespace {

constexpr std::size_t kSamples = 21;
constexpr std::size_t kClasses = 3;

struct Case {
  ActivationId hidden;
  LossId loss;
  OutputId output;
  bool batch_norm;
  double penalty;
};

std::vector<Case> every_case() {
  std::vector<Case> cases;
  for (const Activation& hidden : activations()) {
    for (const Loss& loss : losses()) {
      for (const Output& output : outputs()) {
        if (loss.kind == LossId::kCrossEntropy && output.kind == OutputId::kLinear) continue;
        for (const bool batch_norm : {false, true}) {
          for (const double penalty : {0.0, 0.05})
            cases.push_back({hidden.kind, loss.kind, output.kind, batch_norm, penalty});
        }
      }
    }
  }
  return cases;
}

std::string name_of(const Case& one) {
  return std::string(activation(one.hidden).id) + " " + std::string(loss(one.loss).id) + " " +
         std::string(output(one.output).id) + (one.batch_norm ? " batch norm" : "") +
         (one.penalty > 0 ? " penalties" : "");
}

// Nothing is left at its easy default: biases, scales and shifts are all away from 0 and 1.
Network network_of(const Case& one, NumpyRandom& random) {
  const std::size_t outputs = one.output == OutputId::kSoftmax ? kClasses : 1;
  NetworkPlan plan = network_plan({.sizes = {3, 6, 4, outputs},
                                   .hidden_activation = one.hidden,
                                   .output = one.output,
                                   .scheme = SchemeId::kXavierNormal,
                                   .parameters = {},
                                   .seed = 11});
  for (std::size_t l = 0; l + 1 < plan.layers.size(); ++l) {
    plan.layers[l].batch_norm = one.batch_norm;
    plan.layers[l].activation_parameters = {.slope = 0.2, .frequency = 1.5};
  }
  Network network = make_network(plan);
  for (Layer& layer : network.layers) {
    for (double& b : layer.b) b = 0.3 * random.randn();
    if (!layer.norm) continue;
    for (double& gamma : layer.norm->gamma) gamma = 1 + 0.3 * random.randn();
    for (double& beta : layer.norm->beta) beta = 0.3 * random.randn();
  }
  return network;
}

TEST(gradients, match_finite_differences_for_every_activation_loss_output_batch_norm_and_penalty) {
  for (const Case& one : every_case()) {
    NumpyRandom random(5);
    Matrix x(3, kSamples);
    for (std::size_t r = 0; r < 3; ++r) {
      for (double& value : x.row_span(r)) value = random.randn();
    }
    const std::size_t outputs = one.output == OutputId::kSoftmax ? kClasses : 1;
    Matrix labels(1, kSamples);
    for (double& label : labels.row_span(0))
      label = static_cast<double>(random.interval(one.output == OutputId::kSoftmax ? kClasses - 1 : 1));
    const Matrix y = targets_of(one.output, labels, outputs);
    const Network network = network_of(one, random);
    const Objective objective{one.loss, one.penalty, one.penalty};
    EXPECT_LT(gradient_check(network, objective, x, y), 1e-6) << name_of(one);
  }
}

TEST(gradients, of_a_bias_before_batch_normalization_are_zero) {
  NumpyRandom random(3);
  Matrix x(3, kSamples);
  for (std::size_t r = 0; r < 3; ++r) {
    for (double& value : x.row_span(r)) value = random.randn();
  }
  Matrix y(1, kSamples);
  y(0, 1) = y(0, 4) = 1;
  const Network network =
      network_of({ActivationId::kTanh, LossId::kCrossEntropy, OutputId::kSigmoid, true, 0}, random);
  Workspace pass;
  forward(network, x, pass);
  backward(network, {}, x, y, pass);
  for (const double gradient : pass.layers[0].d_b) EXPECT_NEAR(gradient, 0, 1e-15);
  double largest = 0;
  for (const double gradient : pass.layers[0].norm.d_beta) largest = std::max(largest, std::abs(gradient));
  EXPECT_GT(largest, 1e-3);
}

}  // namespace
}  // namespace initlab
