// Steps of every optimizer against its formula written out, and what all of them share.
#include "core/network/optimizers.h"

#include <gtest/gtest.h>

#include <cmath>

#include "core/network/network.h"

namespace initlab {
namespace {

// One weight and one bias, with gradients that are given: nothing else moves.
struct Single {
  Network network;
  Workspace pass;
  OptimizerState state;

  Single() {
    network = make_network(network_plan({.sizes = {1, 1}, .scheme = SchemeId::kOnes, .parameters = {}}));
    pass.layers.resize(1);
    pass.layers[0].d_w.resize(1, 1);
    pass.layers[0].d_b.resize(1);
  }
  double step(OptimizerId kind, double rate, double gradient) {
    pass.layers[0].d_w(0, 0) = gradient;
    update(kind, rate, pass, state, network);
    return network.layers[0].w(0, 0);
  }
};

const std::vector<double> kGradients = {0.5, -2, 0, 1e-3, 40, 0.5};

TEST(optimizers, gradient_descent_steps_against_the_gradient) {
  Single single;
  double w = 1;
  for (const double g : kGradients) {
    w -= 0.1 * g;
    EXPECT_NEAR(single.step(OptimizerId::kGradientDescent, 0.1, g), w, 1e-15);
  }
}

TEST(optimizers, momentum_adds_nine_tenths_of_the_last_velocity) {
  Single single;
  double w = 1, velocity = 0;
  for (const double g : kGradients) {
    velocity = 0.9 * velocity + g;
    w -= 0.1 * velocity;
    EXPECT_NEAR(single.step(OptimizerId::kMomentum, 0.1, g), w, 1e-14);
  }
}

TEST(optimizers, rmsprop_divides_by_the_root_of_the_mean_square) {
  Single single;
  double w = 1, square = 0;
  for (const double g : kGradients) {
    square = 0.99 * square + 0.01 * g * g;
    w -= 0.1 * g / (std::sqrt(square) + 1e-8);
    EXPECT_NEAR(single.step(OptimizerId::kRmsprop, 0.1, g), w, 1e-14);
  }
}

TEST(optimizers, adam_corrects_both_means_for_their_start) {
  Single single;
  double w = 1, mean = 0, square = 0;
  for (std::size_t i = 0; i < kGradients.size(); ++i) {
    const double g = kGradients[i];
    mean = 0.9 * mean + 0.1 * g;
    square = 0.999 * square + 0.001 * g * g;
    const double t = static_cast<double>(i + 1);
    w -= 0.1 * (mean / (1 - std::pow(0.9, t))) / (std::sqrt(square / (1 - std::pow(0.999, t))) + 1e-8);
    EXPECT_NEAR(single.step(OptimizerId::kAdam, 0.1, g), w, 1e-13);
  }
}

TEST(optimizers, the_first_step_of_adam_has_the_size_of_the_rate) {
  for (const double gradient : {1e-6, 1.0, -1e6}) {
    Single single;
    EXPECT_NEAR(std::abs(single.step(OptimizerId::kAdam, 0.01, gradient) - 1), 0.01, 1e-4);
  }
}

TEST(optimizers, move_no_frozen_layer_and_no_running_statistics_of_one) {
  for (const Optimizer& row : optimizers()) {
    NetworkPlan plan = network_plan({.sizes = {2, 3, 1}, .parameters = {}});
    plan.layers[0].batch_norm = true;
    Network network = make_network(plan);
    network.layers[0].frozen = true;
    Matrix x(2, 4), y(1, 4);
    for (std::size_t i = 0; i < 4; ++i) {
      x(0, i) = static_cast<double>(i);
      x(1, i) = 1.5 - static_cast<double>(i * i);
      y(0, i) = static_cast<double>(i % 2);
    }
    const Network before = network;
    Workspace pass;
    OptimizerState state;
    for (int step = 0; step < 3; ++step) {
      forward(network, x, pass);
      backward(network, {}, x, y, pass);
      update(row.kind, 0.1, pass, state, network);
    }
    EXPECT_EQ(network.layers[0], before.layers[0]) << row.id;
    EXPECT_NE(network.layers[1].w, before.layers[1].w) << row.id;
  }
}

TEST(optimizers, name_the_first_layer_whose_weights_are_not_finite) {
  for (const Optimizer& row : optimizers()) {
    Single single;
    single.pass.layers[0].d_w(0, 0) = std::numeric_limits<double>::quiet_NaN();
    const auto trouble = update(row.kind, 0.1, single.pass, single.state, single.network);
    ASSERT_TRUE(trouble) << row.id;
    EXPECT_EQ(*trouble, (NonFinite{1, Tensor::kWeights})) << row.id;
  }
}

}  // namespace
}  // namespace initlab
