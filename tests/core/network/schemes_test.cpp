// Single rows against worked numbers, against numpy's digits, and what is peculiar to each.
#include <gtest/gtest.h>

#include <cmath>

#include "core/network/network.h"
#include "core/network/weight_laws.h"
#include "core/numeric/statistics.h"
#include "tests/core/network/scheme_draws.h"

namespace initlab {
namespace {

// fan_in 64, fan_out 100; `limit` 0: none.
struct WorkedNumbers {
  SchemeId kind;
  double gain;
  double std;
  double limit;
};
constexpr WorkedNumbers kWorked[] = {
    {SchemeId::kXavierUniform, 1, 0.110432, 0.191273},
    {SchemeId::kXavierNormal, 1, 0.110432, 0},
    {SchemeId::kXavierNormalTruncated, 1, 0.110432, 0.251088},
    {SchemeId::kXavierUniform, 5.0 / 3, 0.184053, 0.318788},
    {SchemeId::kXavierUniform, 1.4142135623730951, 0.156174, 0.270501},
    {SchemeId::kHeUniform, 1, 0.176777, 0.306186},
    {SchemeId::kHeNormal, 1, 0.176777, 0},
    {SchemeId::kHeNormalTruncated, 1, 0.176777, 0.401936},
    {SchemeId::kLecunUniform, 1, 0.125, 0.216506},
    {SchemeId::kLecunNormal, 1, 0.125, 0},
    {SchemeId::kXavierFanIn, 1, 0.125, 0},
    {SchemeId::kLecunNormalTruncated, 1, 0.125, 0.284212},
    {SchemeId::kFlaxDense, 1, 0.125, 0.284212},
    {SchemeId::kKerasDense, 1, 0.110432, 0.191273},
    {SchemeId::kSklearnMlp, 1, 0.110432, 0.191273},
    {SchemeId::kPytorchLinear, 1, 0.072169, 0.125},
    {SchemeId::kOrthogonal, 1, 0.1, 1},
    {SchemeId::kLsuv, 1, 0.1, 1},
};

TEST(schemes, the_worked_numbers_of_a_layer_of_64_inputs_and_100_units_hold) {
  for (const WorkedNumbers& worked : kWorked) {
    SchemeParameters parameters;
    parameters.gain = worked.gain;
    const WeightLaw law = scheme(worked.kind).law(parameters, layer_of({64, 100}));
    EXPECT_NEAR(law.std, worked.std, 5e-7) << scheme(worked.kind).id;
    if (worked.limit == 0) {
      EXPECT_TRUE(std::isinf(law.max) && std::isinf(law.min)) << scheme(worked.kind).id;
    } else {
      EXPECT_NEAR(law.max, worked.limit, 5e-7) << scheme(worked.kind).id;
      EXPECT_EQ(law.min, -law.max) << scheme(worked.kind).id;
    }
  }
}

TEST(schemes, he_takes_the_fan_and_the_slope_that_it_is_given) {
  LayerContext layer = layer_of({64, 100});
  SchemeParameters parameters;
  parameters.mode = FanMode::kFanOut;
  EXPECT_NEAR(scheme(SchemeId::kHeNormal).law(parameters, layer).std, 0.141421, 5e-7);
  layer.activation = ActivationId::kLeakyRelu;
  layer.activation_parameters.slope = 0.2;
  EXPECT_NEAR(scheme(SchemeId::kHeNormal).law({}, layer).std, 0.173344, 5e-7);
  layer.activation = ActivationId::kSigmoid;
  EXPECT_NEAR(scheme(SchemeId::kHeNormal).law({}, layer).std, 0.176777, 5e-7);
}

TEST(schemes, the_truncated_constant_is_the_std_of_a_normal_cut_at_two) {
  const double density = std::exp(-2.0) / std::sqrt(2 * 3.14159265358979323846);
  const double inside = std::erf(std::sqrt(2.0));
  EXPECT_NEAR(kTruncatedStd, std::sqrt(1 - 4 * density / inside), 1e-15);
  SchemeParameters parameters;
  parameters.std = 0.5;
  const WeightLaw law = scheme(SchemeId::kTruncatedNormal).law(parameters, layer_of({64, 100}));
  EXPECT_EQ(law.max, 1);
  EXPECT_NEAR(law.std, 0.43981283, 1e-8);
}

TEST(schemes, he_normal_is_numpys_randn_times_the_root_of_two_over_fan_in) {
  const Matrix w = drawn(scheme(SchemeId::kHeNormal), {}, layer_of({2, 10}), 3);
  NumpyRandom same(3);
  for (std::size_t r = 0; r < w.rows(); ++r) {
    for (std::size_t c = 0; c < w.columns(); ++c) EXPECT_EQ(w(r, c), same.randn() * std::sqrt(2.0 / 2.0));
  }
  // np.random.seed(3); np.random.randn() ends in these digits.
  EXPECT_EQ(w(0, 0), 1.7886284734303186);
}

TEST(schemes, uniform_rows_are_numpys_uniform) {
  // np.random.seed(3); np.random.uniform(-sqrt(3 / 4), sqrt(3 / 4), (2, 4))
  const Matrix w = drawn(scheme(SchemeId::kLecunUniform), {}, layer_of({4, 2}), 3);
  EXPECT_EQ(w(0, 0), 0.08798454817709866);
  EXPECT_EQ(w(0, 2), -0.36216361582465995);
  EXPECT_EQ(w(0, 3), 0.018753962326649165);
}

TEST(schemes, truncated_rows_draw_again_what_falls_outside) {
  // The first 40 of np.random.seed(3)'s randn() with |z| <= 2, times 0.01.
  const Matrix w = drawn(scheme(SchemeId::kTruncatedNormal), {}, layer_of({8, 5}), 3);
  EXPECT_EQ(w(0, 0), 0.017886284734303187);
  EXPECT_EQ(w(4, 7), -0.016232854458352472);
}

TEST(schemes, sparse_has_numpys_zeros_and_exactly_so_many) {
  SchemeParameters parameters;
  parameters.sparsity = 0.7;
  // randn(10, 3) * 0.01, then for each column permutation(10)[:7] set to 0.
  const Matrix w = drawn(scheme(SchemeId::kSparse), parameters, layer_of({3, 10}), 3);
  EXPECT_EQ(w(0, 2), 0.0009649746807200863);
  EXPECT_EQ(w(5, 0), -0.0040467741460089085);
  EXPECT_EQ(w(7, 1), 0.014861483550745902);
  EXPECT_EQ(w(9, 0), 0);
  struct Count {
    double sparsity;
    std::size_t units, zeros;
  };
  for (const Count& count : {Count{0.33, 50, 17}, Count{0, 50, 0}, Count{1, 50, 50}, Count{0.9, 5, 5}}) {
    parameters.sparsity = count.sparsity;
    const Matrix drawn_w = drawn(scheme(SchemeId::kSparse), parameters, layer_of({20, count.units}), 1);
    for (std::size_t c = 0; c < drawn_w.columns(); ++c) {
      std::size_t zeros = 0;
      for (std::size_t r = 0; r < drawn_w.rows(); ++r) zeros += drawn_w(r, c) == 0 ? 1 : 0;
      EXPECT_EQ(zeros, count.zeros) << count.sparsity;
    }
  }
}

TEST(schemes, what_sparse_leaves_is_normal) {
  SchemeParameters parameters;
  parameters.std = 0.3;
  std::vector<double> rest = values_of(drawn(scheme(SchemeId::kSparse), parameters, layer_of({300, 200}), 8));
  std::erase(rest, 0.0);
  EXPECT_EQ(rest.size(), 300U * 20U);
  const double distance =
      distance_from_law(rest, [](double x) { return std::erfc(-x / 0.3 / std::sqrt(2.0)) / 2; });
  EXPECT_LT(distance * std::sqrt(static_cast<double>(rest.size())), kKolmogorovLimit);
}

TEST(schemes, identity_passes_inputs_on_in_every_shape) {
  SchemeParameters parameters;
  parameters.gain = 0.5;
  for (const LayerShape shape : {LayerShape{4, 4}, LayerShape{3, 5}, LayerShape{5, 3}, LayerShape{1, 4}}) {
    const Matrix w = drawn(scheme(SchemeId::kIdentity), parameters, layer_of(shape), 1);
    for (std::size_t r = 0; r < w.rows(); ++r) {
      for (std::size_t c = 0; c < w.columns(); ++c) EXPECT_EQ(w(r, c), r == c ? 0.5 : 0.0);
    }
  }
}

TEST(schemes, siren_begins_wider_and_goes_on_by_its_frequency) {
  LayerContext layer = layer_of({24, 8});
  const auto limit = [&](double omega) {
    SchemeParameters parameters;
    parameters.omega = omega;
    return scheme(SchemeId::kSiren).law(parameters, layer).max;
  };
  EXPECT_NEAR(limit(30), 0.5 / 30, 1e-15);
  EXPECT_NEAR(limit(1), 0.5, 1e-15);
  layer.is_first = true;
  EXPECT_NEAR(limit(30), 1.0 / 24, 1e-15);
}

TEST(schemes, scikit_learns_limits_are_narrower_for_sigmoid) {
  LayerContext layer = layer_of({5, 3});
  const Scheme& row = scheme(SchemeId::kSklearnMlp);
  EXPECT_NEAR(row.law({}, layer).max, std::sqrt(6.0 / 8), 1e-15);
  layer.activation = ActivationId::kSigmoid;
  EXPECT_NEAR(row.law({}, layer).max, std::sqrt(2.0 / 8), 1e-15);
}

TEST(schemes, pytorch_and_scikit_learn_alone_draw_biases_and_gain_leaves_them) {
  SchemeParameters parameters;
  parameters.gain = 10;
  for (const Scheme& row : schemes()) {
    const double limit = row.bias_limit(parameters, layer_of({64, 100}));
    if (row.kind == SchemeId::kPytorchLinear) {
      EXPECT_EQ(limit, 0.125);
    } else if (row.kind == SchemeId::kSklearnMlp) {
      EXPECT_NEAR(limit, 0.191273, 5e-7);
    } else {
      EXPECT_EQ(limit, 0) << row.id;
    }
  }
}

TEST(schemes, nothing_is_stated_of_what_is_copied) {
  for (const SchemeId kind : {SchemeId::kFromFile, SchemeId::kFromRun, SchemeId::kIdentity}) {
    const WeightLaw law = scheme(kind).law({}, layer_of({5, 3}));
    EXPECT_EQ(law.distribution, WeightLaw::Distribution::kUnknown);
    EXPECT_TRUE(std::isnan(law.mean) && std::isnan(law.std));
  }
  EXPECT_EQ(summarize(drawn(scheme(SchemeId::kFromFile), {}, layer_of({5, 3}), 1)).max, 0);
  EXPECT_TRUE(scheme(SchemeId::kFromFile).reads("freeze"));
  EXPECT_TRUE(scheme(SchemeId::kFromRun).reads("experiment"));
}

TEST(schemes, a_formula_carries_the_lanes_own_numbers) {
  SchemeParameters p;
  const auto formula = [&](SchemeId kind) { return formula_with(scheme(kind), p); };
  p.std = 10;
  p.limit = 5;
  p.mode = FanMode::kFanOut;
  EXPECT_EQ(formula(SchemeId::kNormal), "W ~ N(0, 10²)");
  EXPECT_EQ(formula(SchemeId::kUniform), "W ~ U[−5, 5]");
  EXPECT_EQ(formula(SchemeId::kHeNormal), "W ~ N(0, 2 / fan_out)");
  EXPECT_EQ(formula(SchemeId::kSparse), "W ~ N(0, 10²), 0.9 of each column 0");
  EXPECT_EQ(formula(SchemeId::kZeros), "W = 0");
  p = {};
  p.gain = 2;
  p.path = "trained {well}.npz";
  EXPECT_EQ(formula(SchemeId::kHeNormal), "W ~ 2 × N(0, 2 / fan_in)");
  EXPECT_EQ(formula(SchemeId::kConstant), "W = 2 × 0.5");
  EXPECT_EQ(formula(SchemeId::kFromFile), "W, b from trained {well}.npz");
}

TEST(schemes, every_row_puts_the_gain_and_its_defaults_into_its_formula) {
  for (const Scheme& row : schemes()) {
    const bool also_names_biases = row.bias_limit({}, layer_of({5, 3})) > 0;
    if ((row.parameters.empty() || row.reads("mode")) && !also_names_biases) {
      EXPECT_EQ(formula_with(row, {}), row.formula);
    }
    const bool takes_gain = row.formula_template.find("{gain}") != std::string_view::npos;
    const bool is_scaled =
        row.kind != SchemeId::kZeros && row.kind != SchemeId::kFromFile && row.kind != SchemeId::kFromRun;
    EXPECT_EQ(takes_gain, is_scaled) << row.id;
  }
}

}  // namespace
}  // namespace initlab
