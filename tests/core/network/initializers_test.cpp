// Every scheme against the law that its row states, over shapes and seeds, and He against numpy's bits.
#include "core/network/initializers.h"

#include <gtest/gtest.h>

#include <algorithm>
#include <cmath>
#include <numeric>
#include <vector>

#include "core/numeric/statistics.h"

namespace initlab {
namespace {

struct Case {
  LayerShape shape;
  std::uint32_t seed;
};
constexpr Case kCases[] = {{{64, 100}, 1}, {{300, 40}, 2}, {{2, 4000}, 3}, {{512, 512}, 4}};

Matrix drawn(const Scheme& row, const SchemeParameters& parameters, const Case& c) {
  Matrix w(c.shape.fan_out, c.shape.fan_in);
  NumpyRandom random(c.seed);
  row.draw(parameters, random, w);
  return w;
}

bool is_uniform(const Scheme& row) {
  return row.id.find("uniform") != std::string_view::npos;
}

double normal_cdf(double z) {
  return std::erfc(-z / std::sqrt(2.0)) / 2;
}

// Largest distance between the sample's distribution and the stated law: Kolmogorov and Smirnov.
double distance_from_law(const Scheme& row, const WeightLaw& law, const Matrix& w) {
  std::vector<double> values;
  for (std::size_t r = 0; r < w.rows(); ++r)
    values.insert(values.end(), w.row_span(r).begin(), w.row_span(r).end());
  std::sort(values.begin(), values.end());
  const auto count = static_cast<double>(values.size());
  double worst = 0;
  for (std::size_t i = 0; i < values.size(); ++i) {
    const double cdf = is_uniform(row) ? (values[i] - law.min) / (law.max - law.min)
                                       : normal_cdf((values[i] - law.mean) / law.std);
    worst = std::max({worst, std::abs(cdf - static_cast<double>(i) / count),
                      std::abs(static_cast<double>(i + 1) / count - cdf)});
  }
  return worst;
}

TEST(initializers, every_scheme_has_the_moments_and_limits_it_states) {
  for (const Scheme& row : schemes()) {
    for (const Case& c : kCases) {
      for (const double gain : {1.0, 2.5}) {
        SchemeParameters parameters;
        parameters.gain = gain;
        parameters.mean = 0.25;
        const WeightLaw law = row.law(parameters, c.shape);
        const Matrix w = drawn(row, parameters, c);
        const Summary s = summarize(w);
        const auto n = static_cast<double>(w.size());
        EXPECT_NEAR(s.mean, law.mean, 4 * law.std / std::sqrt(n)) << row.id;
        // Relative standard error of a sample's std: sqrt((kurtosis - 1) / 4N).
        const double kurtosis = is_uniform(row) ? 1.8 : 3.0;
        EXPECT_NEAR(s.std, law.std, 4 * law.std * std::sqrt((kurtosis - 1) / (4 * n)) + 1e-300) << row.id;
        EXPECT_GE(s.min, law.min) << row.id;
        EXPECT_LE(s.max, law.max) << row.id;
      }
    }
  }
}

TEST(initializers, every_random_scheme_is_distributed_as_it_states) {
  for (const Scheme& row : schemes()) {
    for (const Case& c : kCases) {
      const SchemeParameters parameters;
      const WeightLaw law = row.law(parameters, c.shape);
      if (law.std == 0) continue;
      const Matrix w = drawn(row, parameters, c);
      // Passes with p > 1e-4.
      EXPECT_LT(distance_from_law(row, law, w) * std::sqrt(static_cast<double>(w.size())), 2.2252514)
          << row.id;
    }
  }
}

TEST(initializers, he_normal_is_numpys_randn_times_the_root_of_two_over_fan_in) {
  Matrix w(10, 2);
  NumpyRandom random(3);
  scheme(SchemeId::kHeNormal).draw({}, random, w);
  NumpyRandom same(3);
  for (std::size_t r = 0; r < w.rows(); ++r) {
    for (std::size_t c = 0; c < w.columns(); ++c) EXPECT_EQ(w(r, c), same.randn() * std::sqrt(2.0 / 2.0));
  }
  // np.random.seed(3); np.random.randn() ends in these digits.
  EXPECT_EQ(w(0, 0), 1.7886284734303186);
}

TEST(initializers, the_worked_numbers_of_the_reference_hold) {
  const LayerShape shape{.fan_in = 64, .fan_out = 100};
  const auto law = [&](SchemeId kind) { return scheme(kind).law({}, shape); };
  EXPECT_NEAR(law(SchemeId::kXavierUniform).std, 0.110432, 1e-6);
  EXPECT_NEAR(law(SchemeId::kXavierUniform).max, 0.191273, 1e-6);
  EXPECT_NEAR(law(SchemeId::kXavierNormal).std, 0.110432, 1e-6);
  EXPECT_NEAR(law(SchemeId::kHeUniform).max, 0.306186, 1e-6);
  EXPECT_NEAR(law(SchemeId::kHeNormal).std, 0.176777, 1e-6);
}

TEST(initializers, a_row_names_exactly_the_parameters_that_change_what_it_draws) {
  const Case c{{7, 5}, 9};
  for (const Scheme& row : schemes()) {
    const Matrix plain = drawn(row, {}, c);
    const auto changes = [&](auto set) {
      SchemeParameters other;
      set(other);
      return !(drawn(row, other, c) == plain);
    };
    EXPECT_EQ(changes([](SchemeParameters& p) { p.value = 0.7; }), row.reads("value")) << row.id;
    EXPECT_EQ(changes([](SchemeParameters& p) { p.std = 0.7; }), row.reads("std")) << row.id;
    EXPECT_EQ(changes([](SchemeParameters& p) { p.mean = 0.7; }), row.reads("mean")) << row.id;
    EXPECT_EQ(changes([](SchemeParameters& p) { p.limit = 0.7; }), row.reads("limit")) << row.id;
    if (row.kind != SchemeId::kZeros) {
      EXPECT_TRUE(changes([](SchemeParameters& p) { p.gain = 0.7; })) << row.id;
    }
  }
}

TEST(initializers, a_formula_carries_the_lanes_own_numbers) {
  SchemeParameters p;
  p.std = 10;
  EXPECT_EQ(formula_with(scheme(SchemeId::kNormal), p), "W ~ N(0, 10²)");
  EXPECT_EQ(formula_with(scheme(SchemeId::kHeNormal), p), "W ~ N(0, 2 / fan_in)");
  p.gain = 2;
  EXPECT_EQ(formula_with(scheme(SchemeId::kHeNormal), p), "W ~ 2 × N(0, 2 / fan_in)");
  EXPECT_EQ(formula_with(scheme(SchemeId::kConstant), p), "W = 2 × 0.5");
}

TEST(initializers, ids_are_unique_and_every_row_explains_itself) {
  for (const Scheme& row : schemes()) {
    EXPECT_EQ(std::ranges::count(schemes(), row.id, &Scheme::id), 1);
    EXPECT_FALSE(row.label.empty());
    EXPECT_FALSE(row.formula.empty());
    EXPECT_FALSE(row.help.empty());
  }
}

}  // namespace
}  // namespace initlab
