// The curve against the network itself, and its gradients against finite differences of a layer's z.
#include "core/experiment/measure/response_curve.h"

#include <gtest/gtest.h>

#include <algorithm>
#include <cmath>
#include <vector>

namespace initlab {
namespace {

Dataset line(double low, double high, std::size_t count) {
  Dataset data;
  data.classes = 0;
  data.train.x = Matrix(1, count);
  data.train.y = Matrix(1, count);
  for (std::size_t i = 0; i < count; ++i) {
    data.train.x(0, i) = low + (high - low) * static_cast<double>(i) / static_cast<double>(count - 1);
    data.train.y(0, i) = std::sin(data.train.x(0, i));
  }
  return data;
}

Network network_of(ActivationId activation, OutputId output, bool batch_norm,
                   std::vector<std::size_t> sizes = {1, 6, 5, 1}) {
  UniformPlan uniform;
  uniform.sizes = std::move(sizes);
  uniform.hidden_activation = activation;
  uniform.output = output;
  uniform.scheme = SchemeId::kHeNormal;
  uniform.seed = 4;
  NetworkPlan plan = network_plan(uniform);
  for (std::size_t l = 0; l + 1 < plan.layers.size(); ++l) plan.layers[l].batch_norm = batch_norm;
  Network network = make_network(plan);
  for (Layer& layer : network.layers) {
    for (std::size_t r = 0; r < layer.units(); ++r) {
      const double place = static_cast<double>(r) / static_cast<double>(layer.units());
      layer.b[r] = 0.3 * place - 0.1;
      if (!layer.norm) continue;
      layer.norm->gamma[r] = 0.8 + place;
      layer.norm->beta[r] = 0.2 * place;
      layer.norm->running_mean[r] = 0.1 - place;
      layer.norm->running_variance[r] = 0.5 + place;
    }
  }
  return network;
}

double output_at(const Network& network, double x) {
  Matrix input(1, 1);
  input(0, 0) = x;
  Workspace pass;
  forward(network, input, pass, Pass::kEvaluation);
  return pass.layers.back().a(0, 0);
}

// Root mean square over the units of layer l of d output / d z: a bias moves its unit's z by as much.
double nudged_gradient(Network network, std::size_t l, double x) {
  constexpr double kStep = 1e-6;
  double squares = 0;
  for (double& b : network.layers[l].b) {
    const double before = b;
    b = before + kStep;
    const double above = output_at(network, x);
    b = before - kStep;
    const double below = output_at(network, x);
    b = before;
    squares += std::pow((above - below) / (2 * kStep), 2);
  }
  return std::sqrt(squares / static_cast<double>(network.layers[l].units()));
}

TEST(response_curve, gradients_are_those_of_the_output_when_z_is_nudged) {
  const Dataset data = line(-3, 3, 50);
  for (const Activation& row : activations()) {
    for (const OutputId output : {OutputId::kLinear, OutputId::kSigmoid}) {
      for (const bool batch_norm : {false, true}) {
        const Network network = network_of(row.kind, output, batch_norm);
        Workspace scratch;
        Matrix grid;
        ResponseCurve curve;
        fill_response_curve(network, data, scratch, grid, curve);
        ASSERT_EQ(curve.gradient.size(), network.layers.size());
        for (std::size_t l = 0; l < network.layers.size(); ++l) {
          for (const std::size_t i : {3u, 77u, 131u, 250u}) {
            EXPECT_NEAR(curve.gradient[l][i], nudged_gradient(network, l, curve.x[i]), 1e-7)
                << row.id << (batch_norm ? " normalized" : "") << " layer " << l + 1 << " at " << curve.x[i];
          }
        }
      }
    }
  }
}

TEST(response_curve, answers_as_the_network_does_over_the_data_and_a_tenth_beyond) {
  Dataset data = line(-1, 2, 20);
  data.test.x = Matrix(1, 1);
  data.test.y = Matrix(1, 1);
  data.test.x(0, 0) = 4;  // the test set counts
  const Network network = network_of(ActivationId::kTanh, OutputId::kLinear, true);
  Workspace scratch;
  Matrix grid;
  ResponseCurve curve;
  fill_response_curve(network, data, scratch, grid, curve);
  ASSERT_EQ(curve.x.size(), 257u);
  EXPECT_NEAR(curve.x.front(), -1.5, 1e-12);
  EXPECT_NEAR(curve.x.back(), 4.5, 1e-12);
  EXPECT_NEAR(curve.x[128], 1.5, 1e-12);
  for (const std::size_t i : {0u, 100u, 256u}) {
    EXPECT_NEAR(curve.y[i], output_at(network, curve.x[i]), 1e-13);
  }
}

TEST(response_curve, of_a_saturated_layer_keeps_gradients_that_are_all_but_nothing) {
  Network network = network_of(ActivationId::kTanh, OutputId::kLinear, false, {1, 4, 1});
  for (std::size_t r = 0; r < 4; ++r) network.layers[0].w(r, 0) = r % 2 == 0 ? 80 : -90;
  Workspace scratch;
  Matrix grid;
  ResponseCurve curve;
  fill_response_curve(network, line(-3, 3, 50), scratch, grid, curve);
  EXPECT_GT(curve.gradient[0].front(), 0);  // 4 exp(-2 * 288)
  EXPECT_LT(curve.gradient[0].front(), 1e-200);
  EXPECT_GT(curve.gradient[0][128], 1e-3);
}

TEST(response_curve, is_empty_where_there_is_no_one_axis_or_no_one_answer) {
  Workspace scratch;
  Matrix grid;
  ResponseCurve curve;
  fill_response_curve(network_of(ActivationId::kTanh, OutputId::kLinear, false), line(0, 1, 5), scratch, grid,
                      curve);
  EXPECT_FALSE(curve.empty());
  Dataset plane;
  plane.train.x = Matrix(2, 5);
  plane.train.y = Matrix(1, 5);
  fill_response_curve(network_of(ActivationId::kTanh, OutputId::kLinear, false, {2, 3, 1}), plane, scratch,
                      grid, curve);
  EXPECT_TRUE(curve.empty());
  EXPECT_TRUE(curve.y.empty() && curve.gradient.empty());
  fill_response_curve(network_of(ActivationId::kTanh, OutputId::kLinear, false, {1, 3, 2}), line(0, 1, 5),
                      scratch, grid, curve);
  EXPECT_TRUE(curve.empty());
}

}  // namespace
}  // namespace initlab
