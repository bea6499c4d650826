// Sweeps over the table of schemes: every row against the law that it states, over shapes, seeds and gains.
#include "core/network/initializers.h"

#include <gtest/gtest.h>

#include <algorithm>
#include <cmath>
#include <set>

#include "core/numeric/statistics.h"
#include "tests/core/network/scheme_draws.h"

namespace initlab {
namespace {

using Distribution = WeightLaw::Distribution;

bool is_copied(const Scheme& row) {
  return row.kind == SchemeId::kFromFile || row.kind == SchemeId::kFromRun;
}
bool is_random(const Scheme& row) {
  const Matrix w = drawn(row, {}, layer_of({7, 20}), 5);
  const Summary s = summarize(w);
  return s.std > 0 && row.kind != SchemeId::kIdentity;
}

double normal_cdf(double z) {
  return std::erfc(-z / std::sqrt(2.0)) / 2;
}

double cdf(const WeightLaw& law, double x) {
  switch (law.distribution) {
    case Distribution::kUniform:
      return (x - law.min) / (law.max - law.min);
    case Distribution::kTruncatedNormal: {
      const double std_before = law.max / 2;
      return (normal_cdf(x / std_before) - normal_cdf(-2)) / (normal_cdf(2) - normal_cdf(-2));
    }
    default:
      return normal_cdf((x - law.mean) / law.std);
  }
}

// Of a weight's law: the fourth moment over the squared variance.
double kurtosis(const Scheme& row, const SchemeParameters& parameters, const WeightLaw& law) {
  if (law.distribution == Distribution::kUniform) return 1.8;
  if (law.distribution == Distribution::kTruncatedNormal) return 2.3655367;
  // Normal where it is not 0.
  if (row.kind == SchemeId::kSparse) return 3 * std::pow(parameters.std / law.std, 2);
  return 3;
}

TEST(initializers, every_scheme_has_the_moments_and_limits_it_states) {
  for (const Scheme& row : schemes()) {
    for (const DrawCase& c : kDrawCases) {
      SchemeParameters parameters;
      parameters.mean = 0.25;
      const LayerContext layer = layer_of(c.shape);
      const WeightLaw law = row.law(parameters, layer);
      if (law.distribution == Distribution::kUnknown) continue;
      const Matrix w = drawn(row, parameters, layer, c.seed);
      const Summary s = summarize(w);
      const auto n = static_cast<double>(w.size());
      EXPECT_NEAR(s.mean, law.mean, 4 * law.std / std::sqrt(n)) << row.id;
      // Relative standard error of a sample's std: sqrt((kurtosis - 1) / 4N).
      const double relative = std::sqrt((kurtosis(row, parameters, law) - 1) / (4 * n));
      EXPECT_NEAR(s.std, law.std, 4 * law.std * relative) << row.id;
      EXPECT_GE(s.min, law.min) << row.id;
      EXPECT_LE(s.max, law.max) << row.id;
    }
  }
}

TEST(initializers, every_scheme_with_a_named_law_is_distributed_as_it_states) {
  int tested = 0;
  for (const Scheme& row : schemes()) {
    for (const DrawCase& c : kDrawCases) {
      const LayerContext layer = layer_of(c.shape);
      const WeightLaw law = row.law({}, layer);
      if (law.distribution == Distribution::kConstant || law.distribution == Distribution::kOther ||
          law.distribution == Distribution::kUnknown)
        continue;
      const Matrix w = drawn(row, {}, layer, c.seed);
      const double distance = distance_from_law(values_of(w), [&](double x) { return cdf(law, x); });
      EXPECT_LT(distance * std::sqrt(static_cast<double>(w.size())), kKolmogorovLimit) << row.id;
      ++tested;
    }
  }
  EXPECT_EQ(tested, 18 * 4);
}

TEST(initializers, a_wrong_law_is_told_apart) {
  const LayerContext layer = layer_of({300, 40});
  const Matrix w = drawn(scheme(SchemeId::kHeNormal), {}, layer, 2);
  for (const SchemeId other : {SchemeId::kHeUniform, SchemeId::kHeNormalTruncated, SchemeId::kXavierFanIn,
                               SchemeId::kPytorchLinear}) {
    const WeightLaw law = scheme(other).law({}, layer);
    const double distance = distance_from_law(values_of(w), [&](double x) { return cdf(law, x); });
    EXPECT_GT(distance * std::sqrt(static_cast<double>(w.size())), kKolmogorovLimit) << scheme(other).id;
  }
}

TEST(initializers, what_does_not_chance_is_exactly_what_it_states) {
  SchemeParameters parameters;
  parameters.gain = 3;
  for (const Scheme& row : schemes()) {
    const LayerContext layer = layer_of({6, 4});
    const WeightLaw law = row.law(parameters, layer);
    if (law.distribution != Distribution::kConstant) continue;
    EXPECT_EQ(law.std, 0) << row.id;
    for (const double weight : values_of(drawn(row, parameters, layer, 1)))
      EXPECT_EQ(weight, law.mean) << row.id;
  }
  EXPECT_EQ(scheme(SchemeId::kOnes).law(parameters, layer_of({6, 4})).mean, 3);
}

TEST(initializers, the_seed_decides_and_nothing_else_does) {
  for (const Scheme& row : schemes()) {
    const LayerContext layer = layer_of({7, 20});
    EXPECT_EQ(drawn(row, {}, layer, 5), drawn(row, {}, layer, 5)) << row.id;
    EXPECT_EQ(drawn(row, {}, layer, 5) == drawn(row, {}, layer, 6), !is_random(row)) << row.id;
  }
}

TEST(initializers, gain_multiplies_what_is_drawn_and_what_is_stated) {
  SchemeParameters doubled;
  doubled.gain = 2;
  for (const Scheme& row : schemes()) {
    const LayerContext layer = layer_of({30, 20});
    const std::vector<double> plain = values_of(drawn(row, {}, layer, 5));
    const std::vector<double> scaled = values_of(drawn(row, doubled, layer, 5));
    for (std::size_t i = 0; i < plain.size(); ++i) EXPECT_EQ(scaled[i], 2 * plain[i]) << row.id;
    const WeightLaw law = row.law({}, layer);
    const WeightLaw twice = row.law(doubled, layer);
    EXPECT_EQ(twice.distribution, law.distribution) << row.id;
    if (law.distribution == Distribution::kUnknown) continue;
    EXPECT_EQ(twice.mean, 2 * law.mean) << row.id;
    EXPECT_EQ(twice.std, 2 * law.std) << row.id;
    EXPECT_EQ(twice.min, 2 * law.min) << row.id;
    EXPECT_EQ(twice.max, 2 * law.max) << row.id;
  }
}

TEST(initializers, a_gain_below_zero_keeps_the_limits_in_order) {
  SchemeParameters mirrored;
  mirrored.gain = -0.5;
  for (const Scheme& row : schemes()) {
    const WeightLaw law = row.law(mirrored, layer_of({30, 20}));
    if (law.distribution == Distribution::kUnknown) continue;
    EXPECT_LE(law.min, law.max) << row.id;
    EXPECT_GE(law.std, 0) << row.id;
  }
}

TEST(initializers, a_row_names_exactly_the_parameters_that_change_what_it_draws) {
  const LayerContext layer = layer_of({7, 20});
  for (const Scheme& row : schemes()) {
    if (is_copied(row)) continue;
    const Matrix plain = drawn(row, {}, layer, 9);
    const auto changes = [&](auto set) {
      SchemeParameters other;
      set(other);
      return !(drawn(row, other, layer, 9) == plain);
    };
    EXPECT_EQ(changes([](auto& p) { p.value = 0.7; }), row.reads("value")) << row.id;
    EXPECT_EQ(changes([](auto& p) { p.std = 0.7; }), row.reads("std")) << row.id;
    EXPECT_EQ(changes([](auto& p) { p.mean = 0.7; }), row.reads("mean")) << row.id;
    EXPECT_EQ(changes([](auto& p) { p.limit = 0.7; }), row.reads("limit")) << row.id;
    EXPECT_EQ(changes([](auto& p) { p.mode = FanMode::kFanOut; }), row.reads("mode")) << row.id;
    EXPECT_EQ(changes([](auto& p) { p.sparsity = 0.7; }), row.reads("sparsity")) << row.id;
    EXPECT_EQ(changes([](auto& p) { p.omega = 7; }), row.reads("omega")) << row.id;
    EXPECT_EQ(changes([](auto& p) { p.gain = 0.7; }), row.kind != SchemeId::kZeros) << row.id;
    EXPECT_TRUE(row.reads("gain"));
    EXPECT_FALSE(row.reads("") || row.reads("path") || row.reads("freeze")) << row.id;
  }
}

TEST(initializers, every_row_explains_itself_in_few_words) {
  std::set<std::string_view> ids;
  std::set<std::string_view> labels;
  for (const Scheme& row : schemes()) {
    EXPECT_TRUE(ids.insert(row.id).second) << row.id;
    EXPECT_TRUE(labels.insert(row.label).second) << row.id;
    EXPECT_LE(row.label.size(), 22U) << row.id;
    EXPECT_FALSE(row.formula.empty()) << row.id;
    EXPECT_TRUE(row.help.ends_with('.') || row.help.ends_with("...")) << row.id;
    EXPECT_FALSE(row.reference.empty()) << row.id;
    EXPECT_EQ(scheme(row.kind).id, row.id);
  }
  EXPECT_EQ(schemes().size(), 27U);
}

TEST(initializers, the_small_tables_are_in_the_order_of_their_kinds) {
  for (std::size_t i = 0; i < fan_modes().size(); ++i)
    EXPECT_EQ(fan_modes()[i].kind, static_cast<FanMode>(i));
  for (const Bias& row : biases()) EXPECT_EQ(bias(row.kind).id, row.id);
  EXPECT_EQ(biases().size(), 4U);
  EXPECT_EQ(distribution_name(Distribution::kTruncatedNormal), "truncated normal");
  EXPECT_EQ(distribution_name(Distribution::kUnknown), "unknown");
}

}  // namespace
}  // namespace initlab
