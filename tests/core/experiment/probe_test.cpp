// Unit counts and summaries of networks made by hand, where the answer can be seen.
#include "core/experiment/probe.h"

#include <gtest/gtest.h>

#include <cmath>
#include <limits>
#include <vector>

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

struct Probed {
  Network network;
  Workspace pass;
  std::vector<LayerProbe> layers;
};

Probed probed(std::vector<Layer> layers, const Rows& x_rows, const std::vector<double>& labels) {
  Probed result;
  result.network.layers = std::move(layers);
  Matrix x(x_rows.size(), x_rows[0].size()), y(1, labels.size());
  for (std::size_t r = 0; r < x_rows.size(); ++r) {
    for (std::size_t c = 0; c < x_rows[r].size(); ++c) x(r, c) = x_rows[r][c];
  }
  for (std::size_t c = 0; c < labels.size(); ++c) y(0, c) = labels[c];
  forward(result.network, x, result.pass);
  backward(result.network, {}, x, y, result.pass);
  probe_layers(result.network, result.pass, result.layers);
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
