// The short way through a network: where there is one it leads to the same numbers, and where there is none
// it says so.
#include "core/network/small_network.h"

#include <gtest/gtest.h>

#include <limits>

#include "core/numeric/random.h"

namespace initlab {
namespace {

Network drawn_network(std::vector<std::size_t> sizes, OutputId output,
                      ActivationId activation = ActivationId::kRelu) {
  UniformPlan plan;
  plan.sizes = std::move(sizes);
  plan.hidden_activation = activation;
  plan.output = output;
  plan.seed = 5;
  return make_network(network_plan(plan));
}

Matrix drawn_samples(std::size_t rows, std::size_t columns) {
  NumpyRandom random(9);
  Matrix samples(rows, columns);
  for (std::size_t r = 0; r < rows; ++r) {
    for (double& v : samples.row_span(r)) v = random.randn();
  }
  return samples;
}

Matrix labels(std::size_t rows, std::size_t columns) {
  Matrix y(rows, columns);
  for (std::size_t c = 0; c < columns; ++c)
    rows == 1 ? y(0, c) = static_cast<double>(c % 2) : y(c % rows, c) = 1;
  return y;
}

TEST(small_network, cost_and_gradients_are_those_of_the_whole_pass_with_their_penalties) {
  for (const OutputId output : {OutputId::kSigmoid, OutputId::kSoftmax, OutputId::kLinear}) {
    const std::size_t outputs = output == OutputId::kSoftmax ? 3 : 1;
    const Network network = drawn_network({2, 10, 5, outputs}, output);
    const Objective objective{output == OutputId::kLinear ? LossId::kMeanSquaredError : LossId::kCrossEntropy,
                              0.01, 0.1};
    const Matrix x = drawn_samples(2, 45);
    const Matrix y = labels(outputs, 45);
    Workspace whole;
    ASSERT_EQ(forward(network, x, whole), std::nullopt);
    const double expected = cost(network, objective, y, whole);
    ASSERT_EQ(backward(network, objective, x, y, whole), std::nullopt);

    SmallWorkspace small;
    Workspace gradients;
    EXPECT_EQ(small_gradients(network, objective, x, y, small, gradients), expected);
    for (std::size_t l = 0; l < 3; ++l) {
      EXPECT_EQ(gradients.layers[l].d_w, whole.layers[l].d_w);
      EXPECT_EQ(gradients.layers[l].d_b, whole.layers[l].d_b);
    }
    Matrix z;
    EXPECT_TRUE(small_forward(network, x, small, z));
    EXPECT_EQ(z, whole.layers.back().z);
  }
}

TEST(small_network, there_is_no_short_way_through_wide_deep_or_normalized_networks) {
  const Matrix x = drawn_samples(2, 20);
  const Matrix y = labels(1, 20);
  SmallWorkspace small;
  Workspace workspace;
  Matrix z;
  const Network wide = drawn_network({2, kMostSmallUnits + 1, 1}, OutputId::kSigmoid);
  const Network deep = drawn_network(std::vector<std::size_t>(kMostSmallLayers + 2, 2), OutputId::kSigmoid);
  Network normalized = drawn_network({2, 4, 1}, OutputId::kSigmoid);
  normalized.layers[0].norm = make_batch_norm(4);
  for (const Network& network : {wide, deep, normalized}) {
    EXPECT_EQ(small_gradients(network, {}, x, y, small, workspace), std::nullopt);
    EXPECT_FALSE(small_forward(network, x, small, z));
  }
  const Network many_inputs = drawn_network({kMostSmallUnits + 1, 3, 1}, OutputId::kSigmoid);
  EXPECT_EQ(small_gradients(many_inputs, {}, drawn_samples(kMostSmallUnits + 1, 20), y, small, workspace),
            std::nullopt);
}

TEST(small_network, losses_that_mix_outputs_go_the_whole_way) {
  const Matrix x = drawn_samples(2, 20);
  SmallWorkspace small;
  Workspace workspace;
  EXPECT_EQ(
      small_gradients(drawn_network({2, 4, 3}, OutputId::kSigmoid), {}, x, labels(3, 20), small, workspace),
      std::nullopt);
  EXPECT_EQ(small_gradients(drawn_network({2, 4, 3}, OutputId::kSoftmax), {LossId::kMeanSquaredError}, x,
                            labels(3, 20), small, workspace),
            std::nullopt);
}

TEST(small_network, a_number_that_is_not_finite_is_left_to_the_whole_pass) {
  Network network = drawn_network({2, 4, 1}, OutputId::kSigmoid);
  network.layers[0].b[1] = -std::numeric_limits<double>::infinity();  // ReLU hides it
  SmallWorkspace small;
  Workspace workspace;
  EXPECT_EQ(small_gradients(network, {}, drawn_samples(2, 20), labels(1, 20), small, workspace),
            std::nullopt);
}

}  // namespace
}  // namespace initlab
