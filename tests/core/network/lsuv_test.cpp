// Layer-sequential unit variance: one layer, and a whole network of it.
#include <gtest/gtest.h>

#include <cmath>
#include <limits>

#include "core/network/network.h"
#include "core/numeric/statistics.h"

namespace initlab {
namespace {

Matrix gaussian(std::size_t rows, std::size_t columns, double std, std::uint32_t seed) {
  Matrix values(rows, columns);
  NumpyRandom random(seed);
  for (std::size_t r = 0; r < rows; ++r) {
    for (double& value : values.row_span(r)) value = std * random.randn();
  }
  return values;
}

double variance_of_sums(const Matrix& w, const std::vector<double>& b, const Matrix& a) {
  Matrix z(w.rows(), a.columns());
  kernels().affine(w, b, a, z);
  return std::pow(summarize(z).std, 2);
}

TEST(lsuv, a_layer_without_bias_takes_one_step_to_unit_variance) {
  const Matrix a = gaussian(30, 400, 1, 1);
  for (const double size : {1e-3, 0.5, 40.0}) {
    Matrix w = gaussian(20, 30, size, 2);
    const std::vector<double> b(20, 0.0);
    const LsuvResult result = scale_to_unit_variance(b, a, w);
    EXPECT_EQ(result.iterations, 1);
    EXPECT_NEAR(result.variance, 1, 1e-12);
    EXPECT_NEAR(variance_of_sums(w, b, a), 1, 1e-12);
  }
}

TEST(lsuv, a_layer_inside_the_tolerance_is_left_alone) {
  const Matrix a = gaussian(30, 400, 1, 1);
  Matrix w = gaussian(20, 30, 1, 2);
  const std::vector<double> b(20, 0.0);
  scale_to_unit_variance(b, a, w);
  for (std::size_t r = 0; r < w.rows(); ++r) {
    for (double& weight : w.row_span(r)) weight *= 1.009;
  }
  const Matrix before = w;
  const LsuvResult result = scale_to_unit_variance(b, a, w);
  EXPECT_EQ(result.iterations, 0);
  EXPECT_NEAR(result.variance, 1.009 * 1.009, 1e-12);
  EXPECT_EQ(w, before);
}

TEST(lsuv, biases_that_differ_take_more_steps_and_it_still_arrives) {
  const Matrix a = gaussian(30, 400, 1, 1);
  Matrix w = gaussian(20, 30, 3, 2);
  std::vector<double> b(20);
  for (std::size_t i = 0; i < b.size(); ++i) b[i] = i % 2 == 0 ? 0.5 : -0.5;
  const LsuvResult result = scale_to_unit_variance(b, a, w);
  EXPECT_GT(result.iterations, 1);
  EXPECT_LE(result.iterations, kLsuvIterations);
  EXPECT_NEAR(result.variance, 1, kLsuvTolerance);
}

TEST(lsuv, what_cannot_be_scaled_ends_and_says_its_variance) {
  const std::vector<double> b(4, 0.0);
  const Matrix a = gaussian(3, 50, 1, 1);
  Matrix zeros(4, 3);
  EXPECT_EQ(scale_to_unit_variance(b, a, zeros).variance, 0);
  EXPECT_EQ(zeros, Matrix(4, 3));
  Matrix infinite = gaussian(4, 3, 1, 2);
  infinite(1, 1) = std::numeric_limits<double>::infinity();
  const LsuvResult result = scale_to_unit_variance(b, a, infinite);
  EXPECT_TRUE(std::isnan(result.variance));
  EXPECT_EQ(result.iterations, 0);
}

NetworkPlan deep_plan(const Matrix& x, double gain) {
  UniformPlan uniform;
  uniform.sizes = {10, 40, 40, 40, 1};
  uniform.hidden_activation = ActivationId::kTanh;
  uniform.scheme = SchemeId::kLsuv;
  uniform.parameters.gain = gain;
  uniform.seed = 4;
  NetworkPlan plan = network_plan(uniform);
  plan.x = &x;
  return plan;
}

TEST(lsuv, every_layer_of_a_network_begins_with_unit_variance) {
  const Matrix x = gaussian(10, 300, 5, 6);
  const Network network = make_network(deep_plan(x, 1));
  Workspace workspace;
  forward(network, x, workspace);
  for (const LayerPass& layer : workspace.layers)
    EXPECT_NEAR(std::pow(summarize(layer.z).std, 2), 1, kLsuvTolerance);
}

TEST(lsuv, a_gain_stands_on_top_of_the_unit_variance) {
  const Matrix x = gaussian(10, 300, 5, 6);
  const Network network = make_network(deep_plan(x, 3));
  Workspace workspace;
  forward(network, x, workspace);
  for (const LayerPass& layer : workspace.layers) EXPECT_NEAR(summarize(layer.z).std, 3, 3 * kLsuvTolerance);
}

}  // namespace
}  // namespace initlab
