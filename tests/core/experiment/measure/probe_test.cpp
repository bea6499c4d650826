// Unit counts and summaries of networks made by hand, where the answer can be seen.
#include "core/experiment/measure/probe.h"

#include <gtest/gtest.h>

#include <cmath>
#include <limits>
#include <vector>

#include "core/experiment/measure/unit_groups.h"
#include "tests/core/experiment/measure/probed_networks.h"

namespace initlab {
namespace {

constexpr double kInfinity = std::numeric_limits<double>::infinity();

using Rows = std::vector<std::vector<double>>;

// Rows of [W b]: the last number of each is the bias.
Layer layer_of(const Rows& rows, ActivationId activation = ActivationId::kRelu) {
  Layer layer;
  layer.w.resize(rows.size(), rows[0].size() - 1);
  layer.activation = activation;
  for (std::size_t r = 0; r < rows.size(); ++r) {
    for (std::size_t c = 0; c + 1 < rows[r].size(); ++c) layer.w(r, c) = rows[r][c];
    layer.b.push_back(rows[r].back());
  }
  return layer;
}

std::size_t distinct(const Rows& rows) {
  return count_distinct_units(layer_of(rows));
}

TEST(distinct_units, counts_copies_once) {
  EXPECT_EQ(distinct({{1, 2, 0}, {1, 2, 0}, {1, 2, 0}}), 1u);
  EXPECT_EQ(distinct({{1, 2, 0}, {3, 2, 0}, {1, 2, 0}, {3, 2, 0}, {5, 2, 0}}), 3u);
  EXPECT_EQ(distinct({{0, 0, 0}, {0, 0, 0}}), 1u);
  EXPECT_EQ(distinct({{7, 7, 7}}), 1u);
  EXPECT_EQ(distinct({{0.0, 1, 0}, {-0.0, 1, 0}}), 1u);
}

TEST(distinct_units, any_one_number_makes_a_difference) {
  EXPECT_EQ(distinct({{1, 2, 0}, {1, 2, 0.5}}), 2u);
  EXPECT_EQ(distinct({{1, 2, 0}, {1, -2, 0}}), 2u);
  EXPECT_EQ(distinct({{1, 2, 0}, {-1, 2, 0}}), 2u);
}

TEST(distinct_units, near_copies_are_copies_up_to_1e_12_of_the_largest) {
  EXPECT_EQ(distinct({{1, 2, 0}, {1 + 1.5e-12, 2, 0}}), 1u);
  EXPECT_EQ(distinct({{1, 2, 0}, {1, 2 + 1.5e-12, 0}}), 1u);
  EXPECT_EQ(distinct({{1, 2, 0}, {1, 2, 1.5e-12}}), 1u);
  EXPECT_EQ(distinct({{1, 2, 0}, {1 + 2.5e-12, 2, 0}}), 2u);
  EXPECT_EQ(distinct({{1, 2, 0}, {1, 2, 2.5e-12}}), 2u);
  // The largest of all weights and biases sets the measure, in any unit.
  EXPECT_EQ(distinct({{1, 2, 0}, {1 + 2.5e-12, 2, 0}, {100, 2, 0}}), 2u);
  EXPECT_EQ(distinct({{1e-200, 0, 0}, {2e-200, 0, 0}}), 2u);
  EXPECT_EQ(distinct({{1e200, 0, 0}, {1e200 * (1 + 1e-13), 0, 0}}), 1u);
}

TEST(distinct_units, copies_are_found_among_equal_first_weights_in_any_order) {
  Rows rows;
  for (int i = 0; i < 50; ++i) rows.push_back({0, static_cast<double>(i * 7 % 10), 0});
  EXPECT_EQ(distinct(rows), 10u);
}

TEST(distinct_units, what_is_not_finite_is_a_copy_of_nothing_and_makes_no_others_copies) {
  EXPECT_EQ(distinct({{NAN, 1, 0}, {NAN, 1, 0}}), 2u);
  EXPECT_EQ(distinct({{1, NAN, 0}, {1, NAN, 0}}), 2u);
  EXPECT_EQ(distinct({{1, 2, NAN}, {1, 2, NAN}, {1, 2, 3}, {1, 2, 3}}), 3u);
  EXPECT_EQ(distinct({{1, 2, 0}, {3, 4, 0}, {5, kInfinity, 0}}), 3u);
  EXPECT_EQ(distinct({{1, 2, 0}, {1, 2, 0}, {5, -kInfinity, 0}}), 2u);
}

Matrix matrix_of(const Rows& rows) {
  Matrix result(rows.size(), rows[0].size());
  for (std::size_t r = 0; r < rows.size(); ++r) {
    for (std::size_t c = 0; c < rows[r].size(); ++c) result(r, c) = rows[r][c];
  }
  return result;
}

TEST(group_rows, finds_the_largest_group_wherever_its_rows_stand) {
  const Matrix rows = matrix_of({{1, 2}, {3, 4}, {1, 2}, {5, 6}, {3, 4}, {1, 2}});
  RowScratch scratch;
  const RowGroups groups = group_rows(rows, 6, scratch);
  EXPECT_EQ(groups.distinct, 3u);
  EXPECT_EQ(groups.largest, 3u);
  EXPECT_EQ(group_rows(matrix_of({{1}, {2}, {3}}), 3, scratch).largest, 1u);
  EXPECT_EQ(group_rows(Matrix(4, 3), 0, scratch).largest, 4u);
}

TEST(group_rows, holds_for_the_smallest_and_the_largest_numbers) {
  RowScratch scratch;
  for (const double size : {1e-300, 1e-5, 1e300}) {
    Matrix rows(300, 40);
    NumpyRandom random(7);
    for (std::size_t r = 0; r < rows.rows(); ++r) {
      for (std::size_t c = 0; c < rows.columns(); ++c) {
        rows(r, c) = r % 3 == 2 ? rows(r - 1, c) : size * random.uniform(-1, 1);
      }
    }
    EXPECT_EQ(group_rows(rows, size, scratch).distinct, 200u) << size;
    EXPECT_EQ(group_rows(rows, size, scratch).largest, 2u) << size;
  }
}

TEST(near_copies, point_the_same_way_or_the_opposite_one_with_their_bias) {
  const auto count = [](const Rows& rows) {
    const Layer layer = layer_of(rows);
    RowScratch scratch;
    return count_near_copies(layer.w, layer.b, rows.size(), scratch);
  };
  EXPECT_EQ(count({{1, 0, 0}, {0, 1, 0}, {1, 1, 0}}), 0u);
  EXPECT_EQ(count({{1, 0, 0}, {0, 1, 0}, {5, 0, 0}}), 2u);
  EXPECT_EQ(count({{1, 0, 0}, {0, 1, 0}, {-5, 0, 0}}), 2u);
  EXPECT_EQ(count({{1, 0, 0}, {1, 0, 1}}), 0u);  // the bias turns it
  EXPECT_EQ(count({{1, 0, 2}, {2, 0, 4}}), 2u);
  EXPECT_EQ(count({{0, 0, 0}, {0, 0, 0}}), 0u);  // zero has no direction
  EXPECT_EQ(count({{1e-200, 0, 0}, {1e200, 0, 0}}), 2u);
  EXPECT_EQ(count({{NAN, 0, 0}, {NAN, 0, 0}, {kInfinity, 0, 0}}), 0u);
  // cos 0.999 is an angle of 0.044725.
  EXPECT_EQ(count({{1, 0, 0}, {std::cos(0.0447), std::sin(0.0447), 0}}), 2u);
  EXPECT_EQ(count({{1, 0, 0}, {std::cos(0.0448), std::sin(0.0448), 0}}), 0u);
}

TEST(near_copies, are_found_among_many_as_a_search_of_all_pairs_finds_them) {
  for (const std::size_t inputs : {2u, 3u, 20u}) {
    const Matrix w = test::gaussian_features(60, inputs, 5);
    const std::vector<double> b(60, 0.0);
    std::size_t expected = 0;
    for (std::size_t r = 0; r < w.rows(); ++r) {
      bool near = false;
      for (std::size_t s = 0; s < w.rows(); ++s) {
        double dot = 0, rr = 0, ss = 0;
        for (std::size_t c = 0; c < inputs; ++c) {
          dot += w(r, c) * w(s, c);
          rr += w(r, c) * w(r, c);
          ss += w(s, c) * w(s, c);
        }
        near = near || (r != s && std::abs(dot) > 0.999 * std::sqrt(rr * ss));
      }
      expected += near;
    }
    RowScratch scratch;
    EXPECT_EQ(count_near_copies(w, b, 60, scratch), expected) << inputs;
    EXPECT_EQ(expected > 0, inputs < 20) << inputs;
  }
}

struct Probed {
  Network network;
  Workspace pass;
  std::vector<LayerProbe> layers;
};

Probed probed(std::vector<Layer> layers, const Rows& x_rows, const std::vector<double>& labels) {
  Probed result;
  result.network.layers = std::move(layers);
  const Matrix x = matrix_of(x_rows);
  const Matrix y = matrix_of({labels});
  forward(result.network, x, result.pass);
  backward(result.network, {}, x, y, result.pass);
  RowScratch scratch;
  probe_layers(result.network, result.pass, scratch, result.layers);
  return result;
}

// Three samples -2, 0 and 3 on one input.
Probed one_input(const Rows& hidden, ActivationId activation) {
  const Rows output = {std::vector<double>(hidden.size() + 1, 0.25)};
  return probed({layer_of(hidden, activation), layer_of(output, ActivationId::kSigmoid)}, {{-2, 0, 3}},
                {0, 1, 1});
}

TEST(probe, a_relu_is_dead_where_no_sample_lifts_it_above_zero) {
  // z over the samples: (-2, 0, 3), (2, 0, -3), (-3, -1, 2), (0, 0, 0), (-5, -3, 0).
  const Probed relu = one_input({{1, 0}, {-1, 0}, {1, -1}, {0, 0}, {1, -3}}, ActivationId::kRelu);
  EXPECT_EQ(relu.layers[0].dead_units, 2u);
  EXPECT_DOUBLE_EQ(relu.layers[0].dead().value(), 0.4);
  EXPECT_FALSE(relu.layers[0].saturated.has_value());
  EXPECT_FALSE(relu.layers[1].dead().has_value());
}

TEST(probe, only_what_can_die_is_dead) {
  for (const Activation& row : activations()) {
    const Probed result = one_input({{0, -1}, {0, -1}}, row.kind);
    EXPECT_EQ(result.layers[0].dead_units, row.can_die ? 2u : 0u) << row.id;
    EXPECT_EQ(result.layers[0].dead().has_value(), row.can_die) << row.id;
    EXPECT_EQ(result.layers[0].distinct_units, 1u);
  }
}

TEST(probe, a_unit_that_is_not_a_number_is_not_dead) {
  EXPECT_EQ(one_input({{NAN, 0}, {0, -1}}, ActivationId::kRelu).layers[0].dead_units, 1u);
}

TEST(probe, saturated_is_the_share_beyond_99_percent_of_the_range) {
  // tanh reaches 0.99 at z = 2.6467: of -2.6, 0, 3.9 and of -5.2, 0, 7.8 three are beyond.
  EXPECT_DOUBLE_EQ(one_input({{1.3, 0}, {2.6, 0}}, ActivationId::kTanh).layers[0].saturated.value(), 3.0 / 6);
  EXPECT_DOUBLE_EQ(one_input({{1.32, 0}}, ActivationId::kTanh).layers[0].saturated.value(), 1.0 / 3);
  EXPECT_DOUBLE_EQ(one_input({{1.33, 0}}, ActivationId::kTanh).layers[0].saturated.value(), 2.0 / 3);
  // The sigmoid reaches 0.01 at z = -4.5951 and 0.99 at 4.5951.
  EXPECT_DOUBLE_EQ(one_input({{2.29, 0}}, ActivationId::kSigmoid).layers[0].saturated.value(), 1.0 / 3);
  EXPECT_DOUBLE_EQ(one_input({{2.30, 0}}, ActivationId::kSigmoid).layers[0].saturated.value(), 2.0 / 3);
  EXPECT_FALSE(one_input({{9, 0}}, ActivationId::kLinear).layers[0].saturated.has_value());
}

TEST(probe, summaries_are_those_of_the_last_pass) {
  const Probed result = one_input({{1, 0}, {-2, 1}}, ActivationId::kRelu);
  ASSERT_EQ(result.layers.size(), 2u);
  EXPECT_EQ(result.layers[0].layer, 1u);
  EXPECT_EQ(result.layers[1].layer, 2u);
  EXPECT_EQ(result.layers[0].units, 2u);
  // z: -2, 0, 3 and 5, 1, -5; a: 0, 0, 3 and 5, 1, 0.
  EXPECT_DOUBLE_EQ(result.layers[0].z.summary.mean, 2.0 / 6);
  EXPECT_EQ(result.layers[0].z.summary.min, -5);
  EXPECT_EQ(result.layers[0].z.summary.max, 5);
  EXPECT_EQ(result.layers[0].a.summary.min, 0);
  EXPECT_DOUBLE_EQ(result.layers[0].a.summary.mean, 9.0 / 6);
  EXPECT_DOUBLE_EQ(result.layers[0].weights.summary.mean, -0.5);  // biases are not weights
  EXPECT_EQ(result.layers[0].weights.summary.count, 2);
  EXPECT_EQ(result.layers[1].d_w.summary.count, 2);
  // The output's dz is (p - y) / m.
  const double p = 1 / (1 + std::exp(-(0.25 * 5 + 0.25)));
  EXPECT_NEAR(result.layers[1].d_z.summary.max, p / 3, 1e-15);
}

TEST(probe, activations_tell_units_apart_that_samples_see_apart) {
  // On inputs -2, 0, 3: z of the units is (-2, 0, 3), (-4, 0, 3) for no weights, but ReLU shows only what is
  // above 0: the first two are (0, 0, 3) and (0, 0, 6), the last two are silent.
  const Probed result = one_input({{1, 0}, {2, 0}, {1, -3}, {0.5, -2}}, ActivationId::kRelu);
  EXPECT_EQ(result.layers[0].distinct_units, 4u);
  EXPECT_EQ(result.layers[0].largest_group, 1u);
  EXPECT_EQ(result.layers[0].distinct_activations, 3u);
  // 3 units (0, 0, 3) of different weights: on these samples they are one.
  EXPECT_EQ(one_input({{1, 0}, {1.5, -1.5}, {2, -3}}, ActivationId::kRelu).layers[0].distinct_activations,
            1u);
}

TEST(probe, copies_are_told_by_weights_gradients_and_direction) {
  const Probed clones = one_input({{1, 2}, {1, 2}, {1, 2}, {3, 1}}, ActivationId::kTanh);
  EXPECT_EQ(clones.layers[0].distinct_units, 2u);
  EXPECT_EQ(clones.layers[0].largest_group, 3u);
  EXPECT_EQ(clones.layers[0].distinct_gradients, 2u);
  EXPECT_EQ(clones.layers[0].near_copies, 3u);
  EXPECT_EQ(clones.layers[0].compared, 4u);
}

TEST(probe, scale_and_shift_of_batch_normalization_belong_to_a_unit) {
  Layer layer = layer_of({{1, 2, 0}, {1, 2, 0}, {1, 2, 0}});
  layer.norm = make_batch_norm(3);
  EXPECT_EQ(count_distinct_units(layer), 1u);
  layer.norm->gamma[1] = 2;
  EXPECT_EQ(count_distinct_units(layer), 2u);
  layer.norm->beta[2] = 1;
  EXPECT_EQ(count_distinct_units(layer), 3u);
}

TEST(probe, dead_is_what_the_activation_gets_after_batch_normalization) {
  Layer hidden = layer_of({{1, -100}, {1, -100}});
  hidden.norm = make_batch_norm(2);
  hidden.norm->beta = {-100, 0};
  const Probed result =
      probed({hidden, layer_of({{1, 1, 0}}, ActivationId::kSigmoid)}, {{-2, 0, 3}}, {0, 1, 1});
  EXPECT_TRUE(result.layers[0].batch_norm);
  EXPECT_EQ(result.layers[0].dead_units,
            1u);  // the first, by its shift: the biases, which lower every z, are normalized away
}

TEST(probe, norms_are_those_of_the_matrices) {
  const Probed result = one_input({{3, 0}, {-4, 0}}, ActivationId::kLinear);
  EXPECT_NEAR(result.layers[0].weight_norm(), 5, 1e-12);
  const Matrix& d_w = result.pass.layers[0].d_w;
  EXPECT_NEAR(result.layers[0].gradient_norm(), std::hypot(d_w(0, 0), d_w(1, 0)), 1e-15);
  double squares = 0;
  for (const double value : result.pass.layers[1].d_z.row_span(0)) squares += value * value;
  EXPECT_NEAR(result.layers[1].d_z_rms(), std::sqrt(squares / 3), 1e-15);
}

TEST(probe, ratios_compare_hidden_layers_and_are_null_where_there_are_not_two) {
  const test::ProbedNetwork none = test::probed({.hidden = {}});
  EXPECT_FALSE(signal_ratio(none.layers).has_value());
  EXPECT_FALSE(gradient_ratio(none.layers).has_value());
  EXPECT_FALSE(gradient_ratio(test::probed({.hidden = {8}}).layers).has_value());
  // All zero: no size to compare.
  EXPECT_FALSE(
      gradient_ratio(test::probed({.hidden = {8, 8}, .scheme = SchemeId::kZeros}).layers).has_value());
  const test::ProbedNetwork two = test::probed({.hidden = {8, 9}});
  EXPECT_DOUBLE_EQ(*gradient_ratio(two.layers), two.layers[0].d_z_rms() / two.layers[1].d_z_rms());
  EXPECT_DOUBLE_EQ(*signal_ratio(two.layers),
                   root_mean_square(two.layers[1].z.summary) / root_mean_square(two.layers[0].z.summary));
}

// Geometric mean over networks of 10 layers of 64 ReLU or tanh: the reference, 3.7.
double mean_gradient_ratio(ActivationId activation, SchemeId scheme, double std) {
  double logs = 0;
  constexpr int kNetworks = 20;
  for (std::uint32_t seed = 1; seed <= kNetworks; ++seed) {
    const auto network = test::probed(
        {.activation = activation, .scheme = scheme, .parameters = test::with_std(std), .seed = seed});
    logs += std::log(gradient_ratio(network.layers).value());
  }
  return std::exp(logs / kNetworks);
}

TEST(probe, gradient_ratios_are_those_that_theory_predicts) {
  // One network scatters by about a factor of 1.5 (ReLU) and 1.1 (tanh); twenty are averaged.
  EXPECT_NEAR(std::log(mean_gradient_ratio(ActivationId::kRelu, SchemeId::kXavierNormal, 0)), -3.1192, 0.4);
  EXPECT_NEAR(std::log(mean_gradient_ratio(ActivationId::kTanh, SchemeId::kXavierNormal, 0)), -1.2688, 0.1);
  EXPECT_NEAR(std::log(mean_gradient_ratio(ActivationId::kRelu, SchemeId::kNormal, 0.01)), -25.8507, 0.4);
}

TEST(probe, spectra_can_be_left_out) {
  test::ProbedNetwork network = test::probed({.hidden = {8, 8}});
  EXPECT_TRUE(network.layers[1].effective_rank.has_value());
  EXPECT_TRUE(network.layers[1].correlation.has_value());
  network.look({.spectra = false});
  EXPECT_FALSE(network.layers[1].effective_rank.has_value());
  EXPECT_FALSE(network.layers[1].correlation.has_value());
  EXPECT_EQ(network.layers[1].distinct_units, 8u);
}

TEST(probe, histograms_count_every_value_over_the_bins_they_hold) {
  Probed result = one_input({{1, 0}, {-2, 1}}, ActivationId::kRelu);
  for (LayerProbe& layer : result.layers) {
    for (TensorProbe* tensor : {&layer.weights, &layer.z, &layer.a, &layer.d_z, &layer.d_w}) {
      tensor->histogram.low = -4;
      tensor->histogram.high = 4;
      tensor->histogram.counts.assign(2, 77);
    }
  }
  probe_histograms(result.network, result.pass, result.layers);
  const Histogram& z = result.layers[0].z.histogram;
  EXPECT_EQ(z.counts, (std::vector<std::int64_t>{1, 3}));
  EXPECT_EQ(z.underflow, 1);
  EXPECT_EQ(z.overflow, 1);
  EXPECT_EQ(z.zero, 1);
  EXPECT_EQ(result.layers[0].a.histogram.zero, 3);
  for (const LayerProbe& layer : result.layers) {
    EXPECT_EQ(layer.weights.histogram.total(), layer.weights.summary.count);
    EXPECT_EQ(layer.d_z.histogram.total(), layer.d_z.summary.count);
  }
}

}  // namespace
}  // namespace initlab
