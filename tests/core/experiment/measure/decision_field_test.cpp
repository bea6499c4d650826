// The decision field is the network asked at the centre of every cell.
#include "core/experiment/measure/decision_field.h"

#include <gtest/gtest.h>

#include <algorithm>
#include <cmath>
#include <vector>

namespace initlab {
namespace {

Network drawn_network(std::vector<std::size_t> sizes, OutputId output = OutputId::kSigmoid) {
  return make_network(network_plan({.sizes = std::move(sizes),
                                    .hidden_activation = ActivationId::kTanh,
                                    .output = output,
                                    .scheme = SchemeId::kXavierNormal,
                                    .parameters = {.gain = 3},
                                    .seed = 5}));
}

DecisionField field_of(const Network& network, Domain domain, FieldSize size) {
  FieldScratch scratch;
  DecisionField field;
  fill_decision_field(network, domain, size, scratch, field);
  return field;
}

double z_at(const Network& network, double x, double y, std::size_t output = 0) {
  Matrix point(2, 1);
  point(0, 0) = x;
  point(1, 0) = y;
  Workspace pass;
  forward(network, point, pass);
  return pass.layers.back().z(output, 0);
}

// The centre of a cell, counted from the top left.
double centre_x(Domain domain, FieldSize size, int column) {
  return domain.x_min + (domain.x_max - domain.x_min) * (2 * column + 1) / (2.0 * size.columns);
}
double centre_y(Domain domain, FieldSize size, int row) {
  return domain.y_max - (domain.y_max - domain.y_min) * (2 * row + 1) / (2.0 * size.rows);
}

TEST(decision_field, is_the_networks_answer_at_every_cells_centre) {
  const Network network = drawn_network({2, 9, 4, 1});
  const Domain domain{-1.5, 2.5, -3, 1};
  // One cell, one block of the pass, several blocks with a rest.
  for (const FieldSize size : {FieldSize{1, 1}, FieldSize{3, 2}, FieldSize{64, 32}, FieldSize{97, 61}}) {
    const DecisionField field = field_of(network, domain, size);
    EXPECT_EQ(field.domain, domain);
    EXPECT_EQ(field.size, size);
    ASSERT_EQ(field.logit.size(), static_cast<std::size_t>(size.columns * size.rows));
    for (int row = 0; row < size.rows; ++row) {
      for (int column = 0; column < size.columns; ++column) {
        const double wanted = z_at(network, centre_x(domain, size, column), centre_y(domain, size, row));
        ASSERT_NEAR(field.at(column, row), wanted, 1e-6 * (1 + std::abs(wanted))) << column << " " << row;
      }
    }
  }
}

TEST(decision_field, begins_at_the_top_left) {
  Network network = drawn_network({2, 1});
  network.layers[0].w(0, 0) = 1;
  network.layers[0].w(0, 1) = 10;
  const DecisionField field = field_of(network, {0, 2, 0, 2}, {2, 2});
  EXPECT_FLOAT_EQ(field.at(0, 0), 0.5f + 15);
  EXPECT_FLOAT_EQ(field.at(1, 0), 1.5f + 15);
  EXPECT_FLOAT_EQ(field.at(0, 1), 0.5f + 5);
  EXPECT_FLOAT_EQ(field.at(1, 1), 1.5f + 5);
}

TEST(decision_field, of_a_linear_output_is_the_logit_of_its_answer) {
  Network network = drawn_network({2, 1}, OutputId::kLinear);
  network.layers[0].w(0, 0) = 1;
  network.layers[0].w(0, 1) = 0;
  const DecisionField field = field_of(network, {-2, 3, 0, 1}, {5, 1});  // answers -1.5, -0.5, 0.5, 1.5, 2.5
  EXPECT_FLOAT_EQ(field.at(2, 0), 0);
  EXPECT_LT(field.at(0, 0), -10);
  EXPECT_TRUE(std::isfinite(field.at(0, 0)));
  EXPECT_EQ(field.at(0, 0), field.at(1, 0));
  EXPECT_FLOAT_EQ(field.at(4, 0), -field.at(0, 0));
  EXPECT_FLOAT_EQ(field_of(network, {0, 0.5, 0, 1}, {1, 1}).at(0, 0), std::log(1.0f / 3));
}

TEST(decision_field, carries_what_is_not_finite) {
  for (const OutputId output : {OutputId::kSigmoid, OutputId::kLinear}) {
    Network network = drawn_network({2, 1}, output);
    network.layers[0].b[0] = NAN;
    EXPECT_TRUE(std::isnan(field_of(network, {}, {2, 2}).at(1, 1)));
  }
}

TEST(decision_field, of_several_outputs_says_which_wins_and_by_how_much) {
  for (const std::size_t outputs : {std::size_t{2}, std::size_t{3}, std::size_t{10}}) {
    const Network network = drawn_network({2, 9, outputs}, OutputId::kSoftmax);
    const Domain domain{-1.5, 2.5, -3, 1};
    const FieldSize size{71, 40};  // more than one block of the pass
    const DecisionField field = field_of(network, domain, size);
    ASSERT_EQ(field.winner.size(), field.logit.size());
    EXPECT_EQ(field.classes, outputs);
    std::vector<std::size_t> wins(outputs);
    for (int row = 0; row < size.rows; ++row) {
      for (int column = 0; column < size.columns; ++column) {
        const double x = centre_x(domain, size, column);
        const double y = centre_y(domain, size, row);
        std::vector<double> z;
        for (std::size_t k = 0; k < outputs; ++k) z.push_back(z_at(network, x, y, k));
        const auto best = static_cast<std::size_t>(std::max_element(z.begin(), z.end()) - z.begin());
        ASSERT_EQ(field.winner[field.index(column, row)], best);
        ++wins[best];
        const double signed_margin = z.back() - z.front();
        std::sort(z.begin(), z.end());
        const double margin = outputs == 2 ? signed_margin : z[outputs - 1] - z[outputs - 2];
        ASSERT_NEAR(field.at(column, row), margin, 1e-5 * (1 + std::abs(margin)));
      }
    }
    EXPECT_GT(std::count_if(wins.begin(), wins.end(), [](std::size_t n) { return n > 0; }), 1);
  }
}

TEST(decision_field, where_an_output_is_not_a_number_none_wins) {
  Network network = drawn_network({2, 4}, OutputId::kSoftmax);
  network.layers[0].b[2] = NAN;
  const DecisionField field = field_of(network, {}, {3, 3});
  for (std::size_t i = 0; i < 9; ++i) {
    EXPECT_EQ(field.winner[i], kNoWinner);
    EXPECT_TRUE(std::isnan(field.logit[i]));
  }
}

TEST(decision_field, is_empty_unless_there_are_two_inputs) {
  for (const std::vector<std::size_t>& sizes : {std::vector<std::size_t>{3, 4, 1}, {1, 4, 1}, {5, 1}}) {
    EXPECT_TRUE(field_of(drawn_network(sizes), {}, {4, 4}).empty());
  }
  EXPECT_FALSE(field_of(drawn_network({2, 1}), {}, {4, 4}).empty());
  EXPECT_TRUE(field_of(drawn_network({2, 1}), {}, {4, 4}).winner.empty());
}

TEST(decision_field, one_filled_before_forgets_what_it_held) {
  FieldScratch scratch;
  DecisionField field;
  fill_decision_field(drawn_network({2, 3, 1}), {}, {70, 70}, scratch, field);
  fill_decision_field(drawn_network({2, 3, 4}, OutputId::kSoftmax), {}, {9, 9}, scratch, field);
  EXPECT_EQ(field.winner.size(), 81u);
  const Network other = drawn_network({2, 6, 6, 1});
  fill_decision_field(other, {0, 1, 0, 1}, {5, 4}, scratch, field);
  EXPECT_EQ(field.logit, field_of(other, {0, 1, 0, 1}, {5, 4}).logit);
  EXPECT_TRUE(field.winner.empty());
  EXPECT_EQ(field.classes, 2u);
  fill_decision_field(drawn_network({3, 1}), {}, {5, 4}, scratch, field);
  EXPECT_TRUE(field.empty());
}

TEST(decision_field, has_the_same_bits_however_it_is_cut) {
  for (const auto& [sizes, output] : {std::pair{std::vector<std::size_t>{2, 9, 4, 1}, OutputId::kSigmoid},
                                      {std::vector<std::size_t>{2, 600, 2}, OutputId::kSoftmax},
                                      {std::vector<std::size_t>{2, 5, 3}, OutputId::kSoftmax}}) {
    const Network network = drawn_network(sizes, output);
    const Domain domain{-1.5, 2.5, -3, 1};
    const FieldSize size{101, 37};
    const DecisionField whole = field_of(network, domain, size);
    for (const std::size_t piece : {1u, 64u, 100u, 101u, 1000u}) {
      FieldScratch scratch;
      DecisionField field;
      begin_decision_field(network, domain, size, field);
      fill_cells(network, 0, 0, scratch, field);
      for (std::size_t first = 0; first < field.logit.size(); first += piece) {
        fill_cells(network, first, std::min(piece, field.logit.size() - first), scratch, field);
      }
      EXPECT_EQ(field.logit, whole.logit) << piece;
      EXPECT_EQ(field.winner, whole.winner) << piece;
    }
  }
}

TEST(decision_field, a_coarser_one_has_a_share_of_the_columns_and_rows_and_at_least_one) {
  EXPECT_EQ(coarser({128, 96}, 1), (FieldSize{128, 96}));
  EXPECT_EQ(coarser({128, 96}, 8), (FieldSize{16, 12}));
  EXPECT_EQ(coarser({3, 9}, 8), (FieldSize{1, 2}));
}

// The box around all points.
Domain box_of(const Dataset& data) {
  Domain box{INFINITY, -INFINITY, INFINITY, -INFINITY};
  for (const Samples* samples : {&data.train, &data.test}) {
    for (std::size_t i = 0; i < samples->count(); ++i) {
      box.x_min = std::min(box.x_min, samples->x(0, i));
      box.x_max = std::max(box.x_max, samples->x(0, i));
      const double y = samples->x.rows() > 1 ? samples->x(1, i) : samples->y(0, i);
      box.y_min = std::min(box.y_min, y);
      box.y_max = std::max(box.y_max, y);
    }
  }
  return box;
}

TEST(domain, is_the_smallest_of_its_shape_with_a_fifth_of_the_points_extent_on_each_side) {
  for (const DatasetRow& row : datasets()) {
    // Those of the plane, of what is made rather than read.
    if (row.generate == nullptr || row.is_regression) continue;
    DataSettings settings;
    settings.kind = row.kind;
    settings.points = {{-1, 2, 0}, {3, 0.5, 1}, {0, 0, 1}};
    if (row.kind == DatasetId::kCsv) continue;  // what stands in a file has no shape of its own
    const Dataset data = make_dataset(settings);
    const Domain box = box_of(data);
    for (const double aspect : {0.25, 1.0, 4.0 / 3, 7.0}) {
      const Domain domain = domain_of(data, aspect);
      EXPECT_NEAR(domain.width() / domain.height(), aspect, 1e-9) << row.id;
      const double left = (box.x_min - domain.x_min) / box.width();
      const double below = (box.y_min - domain.y_min) / box.height();
      EXPECT_NEAR((domain.x_max - box.x_max) / box.width(), left, 1e-9);
      EXPECT_NEAR((domain.y_max - box.y_max) / box.height(), below, 1e-9);
      EXPECT_NEAR(std::min(left, below), 0.2, 1e-9);
    }
  }
}

TEST(domain, of_a_single_point_is_small_but_not_empty) {
  DataSettings settings;
  settings.samples = 1;
  settings.test_samples = 0;
  const Domain domain = domain_of(make_dataset(settings), 2);
  EXPECT_GT(domain.width(), 0);
  EXPECT_NEAR(domain.width() / domain.height(), 2, 1e-6);
}

}  // namespace
}  // namespace initlab
