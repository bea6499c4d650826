// The course's experiment, digit by digit: the numbers that numpy gives for the notes' three initializations.
#include <gtest/gtest.h>

#include <cmath>
#include <filesystem>
#include <fstream>
#include <nlohmann/json.hpp>
#include <string>

#include "core/numeric/random.h"
#include "tests/core/experiment/small_experiments.h"

namespace initlab {
namespace {

using test::course;
using Json = nlohmann::json;

Json golden(const std::string& name) {
  std::ifstream stream(std::filesystem::path(INITLAB_GOLDEN_DIR) / name);
  return Json::parse(stream);
}

Experiment course_lane(std::size_t lane) {
  Experiment experiment = course();
  experiment.lanes = {experiment.lanes[lane]};
  return experiment;
}

void expect_golden_costs(const CostHistory& history, const Json& costs) {
  ASSERT_EQ(costs.size(), 15u);
  for (const Json& pair : costs) {
    const double wanted = pair[1].get<double>();
    EXPECT_NEAR(history[pair[0].get<std::int64_t>()], wanted, 1e-9 * wanted) << "step " << pair[0];
  }
}

struct GoldenLane {
  std::size_t lane;
  std::string key;
};
class CourseLane : public testing::TestWithParam<GoldenLane> {};

TEST_P(CourseLane, has_the_costs_and_accuracies_of_the_notebook) {
  Comparison comparison(course_lane(GetParam().lane));
  comparison.advance(15000);
  const Json wanted = golden("course_initialization.json").at(GetParam().key);
  expect_golden_costs(comparison.run(0).history(), wanted.at("cost"));
  const auto snapshot = comparison.snapshot({.field = {8, 6}});
  EXPECT_DOUBLE_EQ(snapshot->runs[0].train_accuracy.value(), wanted.at("train_accuracy").get<double>());
  EXPECT_DOUBLE_EQ(snapshot->runs[0].test_accuracy.value(), wanted.at("test_accuracy").get<double>());
}

INSTANTIATE_TEST_SUITE_P(Course, CourseLane, testing::Values(GoldenLane{0, "zeros"}, GoldenLane{2, "he"}),
                         [](const auto& row) { return row.param.key; });

// Its path hangs on the last bit of every sum, so its costs are no facts; where it ends is.
TEST(course, large_weights_end_near_the_notebooks_accuracies_with_finite_costs) {
  Comparison comparison(course_lane(1));
  comparison.advance(15000);
  const Json wanted = golden("course_initialization.json").at("random");
  const auto snapshot = comparison.snapshot({.field = {8, 6}});
  EXPECT_NEAR(snapshot->runs[0].train_accuracy.value(), wanted.at("train_accuracy").get<double>(), 0.01);
  EXPECT_NEAR(snapshot->runs[0].test_accuracy.value(), wanted.at("test_accuracy").get<double>(), 0.01);
  const CostHistory& history = comparison.run(0).history();
  for (std::int64_t step = 0; step < history.size(); ++step) ASSERT_TRUE(std::isfinite(history[step]));
  EXPECT_GT(history[0], 10);
  EXPECT_LT(history[14000], 0.5);
}

TEST(course, its_first_weights_are_numpys_to_the_bit) {
  const Comparison comparison(course());
  const Json randn = golden("numpy_random.json").at("randn_seed3_first12");
  const Matrix& large = comparison.run(1).network().layers[0].w;
  const Matrix& he = comparison.run(2).network().layers[0].w;
  ASSERT_EQ(large.columns(), 2u);
  for (std::size_t i = 0; i < randn.size(); ++i) {
    const double normal = randn[i].get<double>();
    EXPECT_EQ(large(i / 2, i % 2), normal * 10) << i;
    EXPECT_EQ(he(i / 2, i % 2), normal * std::sqrt(2.0 / 2.0)) << i;
  }
}

TEST(course, its_layers_are_drawn_in_order_from_one_generator) {
  const Comparison comparison(course());
  NumpyRandom large_random(3), he_random(3);
  for (std::size_t l = 0; l < 3; ++l) {
    const Layer& zeros = comparison.run(0).network().layers[l];
    const Layer& large = comparison.run(1).network().layers[l];
    const Layer& he = comparison.run(2).network().layers[l];
    const double gain = std::sqrt(2.0 / static_cast<double>(he.inputs()));
    for (std::size_t r = 0; r < he.units(); ++r) {
      for (std::size_t c = 0; c < he.inputs(); ++c) {
        EXPECT_EQ(zeros.w(r, c), 0);
        EXPECT_EQ(large.w(r, c), large_random.randn() * 10);
        EXPECT_EQ(he.w(r, c), he_random.randn() * gain);
      }
      EXPECT_EQ(he.b[r], 0);
      EXPECT_EQ(large.b[r], 0);
    }
  }
}

}  // namespace
}  // namespace initlab
