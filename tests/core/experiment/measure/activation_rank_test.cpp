// Effective rank and mean cosine against worked examples, naive sums and the figures of the reference.
#include "core/experiment/measure/activation_rank.h"

#include <gtest/gtest.h>

#include <cmath>
#include <limits>
#include <vector>

#include "tests/core/experiment/measure/probed_networks.h"

namespace initlab {
namespace {

TEST(effective_rank, of_3_2_1_is_2_749459) {
  EXPECT_NEAR(effective_rank(std::vector<double>{3, 2, 1}), 2.749459, 5e-7);
  EXPECT_NEAR(effective_rank(std::vector<double>{3e-200, 2e-200, 1e-200}), 2.749459, 5e-7);
  EXPECT_DOUBLE_EQ(effective_rank(std::vector<double>{5, 0, 0}), 1);
  EXPECT_NEAR(effective_rank(std::vector<double>{2, 2, 2, 2}), 4, 1e-14);
}

// A (3, 40) with singular values 3, 2 and 1 times `size`: its rows are multiples of rows at right angles.
Matrix of_3_2_1(double size) {
  Matrix a(3, 40);
  for (std::size_t c = 0; c < 40; ++c) {
    const double turn = 2 * 3.14159265358979323846 * static_cast<double>(c) / 40;
    a(0, c) = 3 * size * std::sqrt(2 / 40.0) * std::cos(turn);
    a(1, c) = 2 * size * std::sqrt(2 / 40.0) * std::sin(turn);
    a(2, c) = 1 * size * std::sqrt(2 / 40.0) * std::cos(2 * turn);
  }
  return a;
}

Matrix transposed(const Matrix& a) {
  Matrix result(a.columns(), a.rows());
  for (std::size_t r = 0; r < a.rows(); ++r) {
    for (std::size_t c = 0; c < a.columns(); ++c) result(c, r) = a(r, c);
  }
  return result;
}

TEST(activation_spectrum, knows_the_singular_values_of_wide_and_tall_matrices_of_any_size) {
  for (const double size : {1e-300, 1e-200, 1.0, 1e200, 1e300}) {
    const Matrix a = of_3_2_1(size);
    EXPECT_NEAR(activation_spectrum(a).effective_rank.value(), 2.749459, 1e-6) << size;
    EXPECT_NEAR(activation_spectrum(transposed(a)).effective_rank.value(), 2.749459, 1e-6) << size;
  }
}

TEST(activation_spectrum, correlation_is_the_mean_cosine_of_all_pairs) {
  const Matrix a = test::gaussian_features(7, 30, 3);
  double sum = 0;
  for (std::size_t i = 0; i < 30; ++i) {
    for (std::size_t j = 0; j < 30; ++j) {
      double dot = 0, ii = 0, jj = 0;
      for (std::size_t r = 0; r < 7; ++r) {
        dot += a(r, i) * a(r, j);
        ii += a(r, i) * a(r, i);
        jj += a(r, j) * a(r, j);
      }
      if (i != j) sum += dot / std::sqrt(ii * jj);
    }
  }
  EXPECT_NEAR(activation_spectrum(a).correlation.value(), sum / (30 * 29), 1e-13);
}

TEST(activation_spectrum, equal_samples_have_rank_1_and_correlation_1) {
  Matrix a(5, 20);
  for (std::size_t r = 0; r < 5; ++r) {
    for (double& value : a.row_span(r)) value = 1e-200 * static_cast<double>(r + 1);
  }
  EXPECT_NEAR(activation_spectrum(a).correlation.value(), 1, 1e-14);
  EXPECT_NEAR(activation_spectrum(a).effective_rank.value(), 1, 1e-12);
}

TEST(activation_spectrum, samples_without_a_direction_are_left_out_and_none_left_is_null) {
  constexpr double kNan = std::numeric_limits<double>::quiet_NaN();
  Matrix a = of_3_2_1(1);
  Matrix spoilt(3, 43);
  for (std::size_t r = 0; r < 3; ++r) {
    for (std::size_t c = 0; c < 40; ++c) spoilt(r, c + 2) = a(r, c);
  }
  spoilt(1, 0) = kNan;
  spoilt(2, 42) = -std::numeric_limits<double>::infinity();
  EXPECT_NEAR(activation_spectrum(spoilt).effective_rank.value(), 2.749459, 1e-6);

  Matrix one(3, 4);
  one(0, 2) = 7;
  EXPECT_FALSE(activation_spectrum(one).correlation.has_value());
  EXPECT_NEAR(activation_spectrum(one).effective_rank.value(), 1, 1e-14);
  for (const double value : {0.0, kNan}) {
    Matrix none(3, 4);
    for (std::size_t r = 0; r < 3; ++r) {
      for (double& each : none.row_span(r)) each = value;
    }
    EXPECT_FALSE(activation_spectrum(none).correlation.has_value());
    EXPECT_FALSE(activation_spectrum(none).effective_rank.has_value());
  }
  EXPECT_FALSE(activation_spectrum(Matrix()).effective_rank.has_value());
}

struct Mean {
  double rank = 0;
  double cosine = 0;
};

Mean mean_over_networks(std::size_t inputs, SchemeId scheme, std::size_t layer) {
  constexpr int kNetworks = 30;
  Mean mean;
  for (std::uint32_t seed = 1; seed <= kNetworks; ++seed) {
    const auto network = test::probed({.inputs = inputs, .scheme = scheme, .seed = seed});
    mean.rank += network.layers[layer - 1].effective_rank.value() / kNetworks;
    mean.cosine += network.layers[layer - 1].correlation.value() / kNetworks;
  }
  return mean;
}

TEST(activation_spectrum, rank_collapses_with_depth_as_the_reference_has_it) {
  // The reference, 4.7: means of 60 networks of width 64, 256 samples; tolerances are three errors of a mean.
  struct Row {
    std::size_t inputs;
    SchemeId scheme;
    std::size_t layer;
    double rank, rank_error, cosine, cosine_error;
  };
  for (const Row& row : {Row{64, SchemeId::kHeNormal, 1, 53.2, 0.3, 0.33, 0.02},
                         {64, SchemeId::kHeNormal, 5, 28.3, 1.5, 0.74, 0.03},
                         {64, SchemeId::kHeNormal, 10, 16.4, 1.5, 0.87, 0.03},
                         {2, SchemeId::kHeNormal, 1, 6.3, 0.3, 0.41, 0.04},
                         {2, SchemeId::kHeNormal, 10, 7.5, 1.2, 0.90, 0.03},
                         {2, SchemeId::kPytorchLinear, 1, 10.0, 0.8, 0.60, 0.05},
                         {2, SchemeId::kPytorchLinear, 5, 3.6, 0.6, 0.985, 0.01},
                         {2, SchemeId::kPytorchLinear, 10, 1.03, 0.02, 1.0, 0.001}}) {
    const Mean mean = mean_over_networks(row.inputs, row.scheme, row.layer);
    EXPECT_NEAR(mean.rank, row.rank, row.rank_error) << row.inputs << " inputs, layer " << row.layer;
    EXPECT_NEAR(mean.cosine, row.cosine, row.cosine_error) << row.inputs << " inputs, layer " << row.layer;
  }
}

TEST(activation_spectrum, looks_at_a_bounded_part_spread_over_all_samples_and_units) {
  // One unit in four alone differs between the halves of 1,024 samples of 512 units: an even choice sees
  // both.
  Matrix a(512, 1024);
  for (std::size_t r = 0; r < 512; ++r) {
    for (std::size_t c = 0; c < 1024; ++c) a(r, c) = (r % 8 == 0) == (c < 512) ? 1.0 : 0.0;
  }
  const ActivationSpectrum spectrum = activation_spectrum(a);
  EXPECT_GT(spectrum.effective_rank.value(), 1.5);
  EXPECT_LT(spectrum.effective_rank.value(), 2.0 + 1e-9);
  // Two bundles of 128 samples at right angles: of the pairs, 127 of 255 lie within a bundle.
  EXPECT_NEAR(spectrum.correlation.value(), 127.0 / 255, 1e-12);
}

}  // namespace
}  // namespace initlab
