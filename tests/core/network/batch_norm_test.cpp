#include "core/network/batch_norm.h"

#include <gtest/gtest.h>

#include <cmath>

#include "core/network/network.h"
#include "core/numeric/random.h"
#include "core/numeric/statistics.h"

namespace initlab {
namespace {

Matrix normal_matrix(std::size_t rows, std::size_t columns, double mean, double std, std::uint32_t seed) {
  NumpyRandom random(seed);
  Matrix matrix(rows, columns);
  for (std::size_t r = 0; r < rows; ++r) {
    for (double& value : matrix.row_span(r)) value = mean + std * random.randn();
  }
  return matrix;
}

TEST(batch_norm, gives_every_unit_mean_0_and_variance_1_over_the_batch) {
  for (const std::size_t m : {2UL, 7UL, 8UL, 61UL}) {
    const Matrix z = normal_matrix(3, m, 40, 5, 1);
    BatchNormPass pass;
    Matrix u;
    EXPECT_TRUE(normalize_batch(make_batch_norm(3), z, pass, u));
    for (std::size_t r = 0; r < 3; ++r) {
      const Summary before = summarize(z.row_span(r));
      const Summary after = summarize(u.row_span(r));
      EXPECT_NEAR(pass.mean[r], before.mean, 1e-12);
      EXPECT_NEAR(pass.variance[r], before.std * before.std, 1e-11);
      EXPECT_NEAR(after.mean, 0, 1e-12);
      EXPECT_NEAR(after.std * after.std, before.std * before.std / (before.std * before.std + 1e-5), 1e-12);
    }
  }
}

TEST(batch_norm, scale_and_shift_come_after) {
  BatchNorm norm = make_batch_norm(1);
  norm.gamma[0] = -3;
  norm.beta[0] = 0.5;
  BatchNormPass pass;
  Matrix u;
  normalize_batch(norm, normal_matrix(1, 50, 2, 4, 2), pass, u);
  const Summary after = summarize(u.row_span(0));
  EXPECT_NEAR(after.mean, 0.5, 1e-12);
  EXPECT_NEAR(after.std, 3, 1e-5);
}

TEST(batch_norm, a_unit_that_does_not_vary_becomes_its_shift) {
  Matrix z(1, 9);
  for (double& value : z.row_span(0)) value = 7;
  BatchNorm norm = make_batch_norm(1);
  norm.beta[0] = 0.25;
  BatchNormPass pass;
  Matrix u;
  EXPECT_TRUE(normalize_batch(norm, z, pass, u));
  for (const double value : u.row_span(0)) EXPECT_EQ(value, 0.25);
}

TEST(batch_norm, running_statistics_move_a_tenth_of_the_way_with_the_unbiased_variance) {
  const Matrix z = normal_matrix(1, 5, 3, 2, 4);
  BatchNorm norm = make_batch_norm(1);
  BatchNormPass pass;
  Matrix u;
  normalize_batch(norm, z, pass, u);
  update_running(pass, 5, norm);
  EXPECT_DOUBLE_EQ(norm.running_mean[0], 0.1 * pass.mean[0]);
  EXPECT_DOUBLE_EQ(norm.running_variance[0], 0.9 + 0.1 * pass.variance[0] * 5 / 4);
  normalize_running(norm, z, u);
  EXPECT_NEAR(u(0, 3), (z(0, 3) - norm.running_mean[0]) / std::sqrt(norm.running_variance[0] + 1e-5), 1e-14);
}

TEST(batch_norm, evaluation_uses_the_running_statistics_and_leaves_them_alone) {
  NetworkPlan plan = network_plan({.sizes = {2, 4, 1}, .parameters = {}});
  plan.layers[0].batch_norm = true;
  Network network = make_network(plan);
  for (double& mean : network.layers[0].norm->running_mean) mean = 0.7;
  const Network before = network;
  const Matrix x = normal_matrix(2, 20, 0, 1, 5);
  Workspace training, evaluation;
  forward(network, x, training);
  forward(network, x, evaluation, Pass::kEvaluation);
  EXPECT_EQ(network, before);
  EXPECT_EQ(training.layers[0].z, evaluation.layers[0].z);
  EXPECT_NE(training.layers[0].u, evaluation.layers[0].u);
}

TEST(batch_norm, says_when_a_number_is_not_finite) {
  Matrix z = normal_matrix(2, 6, 0, 1, 6);
  z(1, 2) = std::numeric_limits<double>::infinity();
  BatchNormPass pass;
  Matrix u;
  EXPECT_FALSE(normalize_batch(make_batch_norm(2), z, pass, u));
  EXPECT_TRUE(std::isfinite(u(0, 2)));
}

}  // namespace
}  // namespace initlab
