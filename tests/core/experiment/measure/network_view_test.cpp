// The view of a network against the network itself.
#include "core/experiment/measure/network_view.h"

#include <gtest/gtest.h>

#include <cmath>
#include <vector>

#include "core/experiment/comparison.h"
#include "tests/core/experiment/measure/probed_networks.h"

namespace initlab {
namespace {

using test::probed;
using test::ProbedNetwork;

Dataset dataset_of(const ProbedNetwork& probed) {
  Dataset data;
  data.train.x = probed.x;
  data.train.y = probed.y;
  return data;
}

NetworkView view_of(const ProbedNetwork& probed) {
  NetworkViewScratch scratch;
  NetworkView view;
  fill_network_view(probed.network, probed.pass, dataset_of(probed), scratch, view);
  return view;
}

TEST(network_view, a_map_is_the_unit_s_activation_at_the_centre_of_each_cell) {
  for (const bool batch_norm : {false, true}) {
    const ProbedNetwork net = probed({.inputs = 2, .hidden = {10, 5}, .batch_norm = batch_norm});
    const NetworkView view = view_of(net);
    ASSERT_EQ(view.map_side, kUnitMapSide);
    EXPECT_NEAR(view.domain.width(), view.domain.height(), 1e-12);
    Matrix point(2, 1);
    Workspace pass;
    for (const std::size_t cell : {std::size_t{0}, std::size_t{5}, std::size_t{100}, std::size_t{575}}) {
      const auto column = static_cast<double>(cell % kUnitMapSide);
      const auto row = static_cast<double>(cell / kUnitMapSide);
      point(0, 0) = view.domain.x_min + (column + 0.5) / kUnitMapSide * view.domain.width();
      point(1, 0) = view.domain.y_max - (row + 0.5) / kUnitMapSide * view.domain.height();
      forward(net.network, point, pass, Pass::kEvaluation);
      for (const LayerView& layer : view.layers) {
        for (const UnitView& unit : layer.shown) {
          const double a = pass.layers[layer.layer - 1].a(unit.unit - 1, 0);
          EXPECT_FLOAT_EQ(unit.map[cell], static_cast<float>(a));
          EXPECT_LE(unit.map_low, unit.map[cell]);
          EXPECT_GE(unit.map_high, unit.map[cell]);
        }
      }
    }
  }
}

TEST(network_view, one_input_gives_a_curve_from_end_to_end_of_the_axis_and_three_give_none) {
  const ProbedNetwork net = probed({.inputs = 1, .hidden = {4}, .activation = ActivationId::kTanh});
  const NetworkView view = view_of(net);
  ASSERT_EQ(view.map_side, kUnitCurvePoints);
  Matrix point(1, 1);
  Workspace pass;
  point(0, 0) = view.domain.x_max;
  forward(net.network, point, pass);
  EXPECT_FLOAT_EQ(view.layers[0].shown[2].map.back(), static_cast<float>(pass.layers[0].a(2, 0)));
  const NetworkView wide = view_of(probed({.inputs = 3, .hidden = {4}}));
  for (const LayerView& layer : wide.layers) {
    for (const UnitView& unit : layer.shown) EXPECT_TRUE(unit.map.empty());
  }
}

TEST(network_view, weights_biases_and_gradients_are_those_of_the_network) {
  const ProbedNetwork net = probed({.inputs = 7, .hidden = {10, 200}});
  const NetworkView view = view_of(net);
  for (std::size_t l = 0; l < view.layers.size(); ++l) {
    const LayerView& layer = view.layers[l];
    EXPECT_EQ(layer.units, net.network.layers[l].units());
    for (std::size_t i = 0; i < layer.shown.size(); ++i) {
      const std::size_t r = layer.shown[i].unit - 1;
      EXPECT_EQ(layer.shown[i].bias, net.network.layers[l].b[r]);
      EXPECT_EQ(layer.shown[i].d_bias, net.pass.layers[l].d_b[r]);
      for (std::size_t k = 0; k < layer.shown_inputs.size(); ++k) {
        const std::size_t c = layer.shown_inputs[k] - 1;
        EXPECT_EQ(layer.weights(i, k), net.network.layers[l].w(r, c));
        EXPECT_EQ(layer.d_weights(i, k), net.pass.layers[l].d_w(r, c));
      }
    }
  }
}

TEST(network_view, of_a_wide_layer_evenly_spaced_units_are_shown_first_and_last_among_them) {
  const NetworkView view = view_of(probed({.inputs = 2, .hidden = {4096}, .samples = 20}));
  const LayerView& wide = view.layers[0];
  EXPECT_EQ(wide.units, 4096u);
  ASSERT_EQ(wide.shown.size(), kMostUnitsViewed);
  EXPECT_EQ(wide.shown.front().unit, 1u);
  EXPECT_EQ(wide.shown.back().unit, 4096u);
  for (std::size_t i = 1; i < wide.shown.size(); ++i) {
    EXPECT_EQ(wide.shown[i].unit - wide.shown[i - 1].unit, 65u);
    EXPECT_EQ(view.layers[1].shown_inputs[i], wide.shown[i].unit);
  }
}

TEST(network_view, copies_share_a_number_and_know_how_many_they_are) {
  ProbedNetwork net = probed({.inputs = 2, .hidden = {6}});
  Layer& layer = net.network.layers[0];
  for (const auto& [copy, original] : {std::pair{3, 1}, std::pair{5, 1}, std::pair{4, 0}}) {
    const auto to = static_cast<std::size_t>(copy);
    const auto from = static_cast<std::size_t>(original);
    for (std::size_t c = 0; c < 2; ++c) layer.w(to, c) = layer.w(from, c);
    layer.b[to] = layer.b[from];
  }
  net.look();
  const std::vector<UnitView> units = view_of(net).layers[0].shown;
  std::vector<std::size_t> groups;
  std::vector<std::size_t> copies;
  for (const UnitView& unit : units) {
    groups.push_back(unit.group);
    copies.push_back(unit.copies);
  }
  EXPECT_EQ(groups, (std::vector<std::size_t>{1, 2, 0, 2, 1, 2}));
  EXPECT_EQ(copies, (std::vector<std::size_t>{2, 3, 1, 3, 2, 3}));
}

TEST(network_view, dead_and_saturated_units_are_known) {
  ProbedNetwork dying = probed({.inputs = 2, .hidden = {4}});
  dying.network.layers[0].b[2] = -1000;
  dying.look();
  const NetworkView dead = view_of(dying);
  for (std::size_t i = 0; i < 4; ++i) EXPECT_EQ(dead.layers[0].shown[i].dead, i == 2);
  EXPECT_EQ(dead.layers[0].shown[2].mean, 0);
  ProbedNetwork full = probed({.inputs = 2, .hidden = {4}, .activation = ActivationId::kTanh});
  full.network.layers[0].b[1] = 1000;
  full.look();
  const NetworkView saturated = view_of(full);
  EXPECT_EQ(saturated.layers[0].shown[1].saturated, 1);
  EXPECT_LT(saturated.layers[0].shown[0].saturated, 1);
}

TEST(network_view, a_snapshot_holds_it_where_it_was_asked_for) {
  Experiment experiment;
  experiment.lanes = course_lanes();
  Comparison comparison(experiment);
  EXPECT_TRUE(comparison.snapshot()->runs[0].network.empty());
  for (const std::int64_t steps : {0, 3}) {
    comparison.advance(steps);
    const auto with = comparison.snapshot({.network = true});
    for (std::size_t lane = 0; lane < 3; ++lane) {
      const NetworkView& view = with->runs[lane].network;
      ASSERT_EQ(view.layers.size(), comparison.run(lane).network().layers.size());
      EXPECT_EQ(view.layers[0].weights(3, 1), comparison.run(lane).network().layers[0].w(3, 1));
    }
    EXPECT_TRUE(comparison.snapshot()->runs[2].network.empty());
  }
}

}  // namespace
}  // namespace initlab
