// Forward, backward and update: against finite differences, against a naive twin, and where numbers blow up.
#include "core/network/network.h"

#include <gtest/gtest.h>

#include <array>
#include <cmath>
#include <limits>

#include "core/network/optimizers.h"
#include "core/numeric/kernels_naive.h"
#include "core/numeric/random.h"

namespace initlab {
namespace {

Matrix random_matrix(std::size_t rows, std::size_t columns, NumpyRandom& random) {
  Matrix matrix(rows, columns);
  for (std::size_t r = 0; r < rows; ++r) {
    for (double& value : matrix.row_span(r)) value = random.randn();
  }
  return matrix;
}

Matrix coin_labels(std::size_t count, NumpyRandom& random) {
  Matrix y(1, count);
  for (double& value : y.row_span(0)) value = random.random_sample() < 0.5 ? 0 : 1;
  return y;
}

NetworkPlan plan_of(std::vector<std::size_t> sizes, ActivationId hidden, OutputId out,
                    SchemeId scheme = SchemeId::kXavierNormal) {
  return network_plan({.sizes = std::move(sizes),
                       .hidden_activation = hidden,
                       .output = out,
                       .scheme = scheme,
                       .parameters = {},
                       .seed = 11});
}

TEST(network, the_gradient_check_sees_a_gradient_that_is_not_the_costs_slope) {
  // At ReLU's kink the gradient is 0 by convention, while the cost's slope from both sides is a half of it.
  const Matrix at_the_kink(1, 5);
  Matrix y(1, 5);
  y(0, 1) = 1;
  Network network = make_network(plan_of({1, 1, 1}, ActivationId::kRelu, OutputId::kSigmoid));
  network.layers[1].w(0, 0) = 1;
  EXPECT_GT(gradient_check(network, {}, at_the_kink, y), 0.5);
  // A step away from it the same network passes.
  network.layers[0].b[0] = 1;
  EXPECT_LT(gradient_check(network, {}, at_the_kink, y), 1e-6);
}

TEST(network, forward_and_backward_agree_with_the_naive_twin) {
  NumpyRandom random(8);
  const Matrix x = random_matrix(4, 37, random);
  const Matrix y = coin_labels(37, random);
  const Network network = make_network(plan_of({4, 9, 1}, ActivationId::kTanh, OutputId::kSigmoid));
  Workspace pass;
  EXPECT_FALSE(forward(network, x, pass));
  EXPECT_FALSE(backward(network, {}, x, y, pass));

  Matrix z1(9, 37), a1(9, 37), z2(1, 37), a2(1, 37), d_z2(1, 37), d_a1(9, 37), d_z1(9, 37), d_w1(9, 4),
      d_w2(1, 9);
  std::vector<double> d_b1(9), d_b2(1);
  naive::affine(network.layers[0].w, network.layers[0].b, x, z1);
  naive::tanh(z1, a1);
  naive::affine(network.layers[1].w, network.layers[1].b, a1, z2);
  naive::sigmoid(z2, a2);
  for (std::size_t i = 0; i < 37; ++i) d_z2(0, i) = (a2(0, i) - y(0, i)) / 37;
  naive::gradient_sums(d_z2, a1, d_w2, d_b2);
  naive::transposed_product(network.layers[1].w, d_z2, d_a1);
  naive::tanh_backward(z1, d_a1, d_z1);
  naive::gradient_sums(d_z1, x, d_w1, d_b1);

  EXPECT_NEAR(cost(network, {}, y, pass), naive::logistic_cross_entropy(z2, y), 1e-14);
  for (std::size_t r = 0; r < 9; ++r) {
    EXPECT_NEAR(pass.layers[0].d_b[r], d_b1[r], 1e-14);
    for (std::size_t c = 0; c < 4; ++c) EXPECT_NEAR(pass.layers[0].d_w(r, c), d_w1(r, c), 1e-14);
    EXPECT_NEAR(pass.layers[1].d_w(0, r), d_w2(0, r), 1e-14);
  }
}

TEST(network, all_zero_weights_get_no_gradient_but_at_the_output_bias) {
  NumpyRandom random(8);
  const Matrix x = random_matrix(2, 9, random);
  Matrix y(1, 9);
  y(0, 0) = 1;
  const Network network =
      make_network(plan_of({2, 5, 3, 1}, ActivationId::kRelu, OutputId::kSigmoid, SchemeId::kZeros));
  Workspace pass;
  forward(network, x, pass);
  backward(network, {}, x, y, pass);
  for (const LayerPass& layer : pass.layers) {
    for (std::size_t r = 0; r < layer.d_w.rows(); ++r) {
      for (const double gradient : layer.d_w.row_span(r)) EXPECT_EQ(gradient, 0);
    }
  }
  EXPECT_NE(pass.layers.back().d_b[0], 0);
}

TEST(network, constant_weights_keep_the_units_of_a_layer_copies_of_each_other) {
  NumpyRandom random(8);
  const Matrix x = random_matrix(2, 40, random);
  const Matrix y = coin_labels(40, random);
  Network network =
      make_network(plan_of({2, 6, 4, 1}, ActivationId::kTanh, OutputId::kSigmoid, SchemeId::kConstant));
  Workspace pass;
  OptimizerState state;
  for (int step = 0; step < 100; ++step) {
    forward(network, x, pass);
    backward(network, {}, x, y, pass);
    update(OptimizerId::kGradientDescent, 0.5, pass, state, network);
  }
  for (std::size_t l = 0; l < 2; ++l) {
    for (std::size_t r = 1; r < network.layers[l].units(); ++r) {
      for (std::size_t c = 0; c < network.layers[l].inputs(); ++c) {
        EXPECT_EQ(network.layers[l].w(r, c), network.layers[l].w(0, c));
      }
    }
  }
  EXPECT_NE(network.layers[0].w(0, 0), 0.5);
}

TEST(network, what_is_not_finite_is_named_where_it_stands_first) {
  const Matrix x = [] {
    Matrix m(2, 3);
    m(0, 0) = m(1, 1) = 1e200;
    return m;
  }();
  const Matrix y(1, 3);
  Network network = make_network(plan_of({2, 4, 4, 1}, ActivationId::kRelu, OutputId::kSigmoid));
  for (std::size_t r = 0; r < 4; ++r) {
    for (double& w : network.layers[1].w.row_span(r)) w = 1e200;
  }
  Workspace pass;
  EXPECT_EQ(forward(network, x, pass), (NonFinite{2, Tensor::kZ}));

  Network infinite = make_network(plan_of({2, 4, 1}, ActivationId::kTanh, OutputId::kSigmoid));
  infinite.layers[0].b[2] = std::numeric_limits<double>::infinity();
  // tanh takes it back to 1: the output is finite, the z is not.
  EXPECT_EQ(forward(infinite, x, pass), (NonFinite{1, Tensor::kZ}));
}

TEST(network, cost_is_finite_where_a_naive_logarithm_is_not) {
  Matrix x(1, 2);
  x(0, 0) = 1000;
  x(0, 1) = -1000;
  Matrix y(1, 2);
  y(0, 1) = 1;  // wrong both times, with full confidence
  Network network = make_network(plan_of({1, 1}, ActivationId::kRelu, OutputId::kSigmoid));
  network.layers[0].w(0, 0) = 1;
  Workspace pass;
  forward(network, x, pass);
  EXPECT_EQ(cost(network, {}, y, pass), 1000);
}

TEST(network, accuracy_counts_the_right_side_and_one_half_is_class_zero) {
  const Network network = make_network(plan_of({1, 1}, ActivationId::kRelu, OutputId::kSigmoid));
  Workspace pass;
  pass.layers.resize(1);
  pass.layers[0].z.resize(1, 4);
  pass.layers[0].z(0, 1) = 3;
  pass.layers[0].z(0, 2) = -3;
  Matrix y(1, 4);
  y(0, 1) = y(0, 2) = 1;
  EXPECT_EQ(accuracy(network, pass, y), 0.75);
}

TEST(network, accuracy_of_a_softmax_is_the_share_of_samples_whose_largest_logit_is_their_class) {
  const Network network = make_network(plan_of({1, 3}, ActivationId::kRelu, OutputId::kSoftmax));
  Workspace pass;
  pass.layers.resize(1);
  pass.layers[0].z.resize(3, 4);
  Matrix labels(1, 4);
  const std::array<std::array<double, 3>, 4> logits = {{{3, 1, 2}, {0, 5, 4}, {-1, -2, -3}, {1, 2, 9}}};
  const std::array<double, 4> classes = {0, 2, 0, 2};
  for (std::size_t i = 0; i < 4; ++i) {
    labels(0, i) = classes[i];
    for (std::size_t k = 0; k < 3; ++k) pass.layers[0].z(k, i) = logits[i][k];
  }
  const Matrix targets = targets_of(OutputId::kSoftmax, labels, 3);
  EXPECT_EQ(targets.rows(), 3);
  EXPECT_EQ(targets(2, 1), 1);
  EXPECT_EQ(targets(1, 1), 0);
  EXPECT_EQ(accuracy(network, pass, targets), 0.75);
}

}  // namespace
}  // namespace initlab
