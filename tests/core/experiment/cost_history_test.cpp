// A cost history against a plain vector, through any order of calls.
#include "core/experiment/cost_history.h"

#include <gtest/gtest.h>

#include <algorithm>
#include <cmath>
#include <limits>
#include <random>
#include <vector>

namespace initlab {
namespace {

CostRange range_by_hand(const std::vector<double>& costs, std::int64_t first, std::int64_t last) {
  CostRange range = {INFINITY, -INFINITY};
  for (std::int64_t i = std::max<std::int64_t>(first, 0);
       i < std::min(last, static_cast<std::int64_t>(costs.size())); ++i) {
    const double cost = costs[static_cast<std::size_t>(i)];
    if (!std::isfinite(cost)) continue;
    range.min = std::min(range.min, cost);
    range.max = std::max(range.max, cost);
  }
  return range;
}

void expect_equal(const CostHistory& history, const std::vector<double>& costs) {
  ASSERT_EQ(history.size(), static_cast<std::int64_t>(costs.size()));
  for (std::size_t i = 0; i < costs.size(); ++i) {
    const double cost = history[static_cast<std::int64_t>(i)];
    ASSERT_TRUE(cost == costs[i] || (std::isnan(cost) && std::isnan(costs[i]))) << i;
  }
}

void expect_equal_range(const CostHistory& history, const std::vector<double>& costs, std::int64_t first,
                        std::int64_t last) {
  const CostRange range = history.range(first, last);
  const CostRange wanted = range_by_hand(costs, first, last);
  ASSERT_EQ(range.min, wanted.min) << first << " to " << last << " of " << costs.size();
  ASSERT_EQ(range.max, wanted.max) << first << " to " << last << " of " << costs.size();
}

double random_cost(std::mt19937& random) {
  switch (random() % 50) {
    case 0:
      return NAN;
    case 1:
      return INFINITY;
    case 2:
      return -INFINITY;
    default:
      return std::generate_canonical<double, 53>(random) * 100 - 10;
  }
}

class History : public testing::TestWithParam<unsigned> {};

TEST_P(History, is_a_plain_vector_through_random_calls) {
  std::mt19937 random(GetParam());
  CostHistory history;
  std::vector<double> costs;
  const auto below = [&](std::size_t bound) { return static_cast<std::int64_t>(random() % (bound + 1)); };
  for (int round = 0; round < 40; ++round) {
    for (std::int64_t i = below(3000); i > 0; --i) {
      costs.push_back(random_cost(random));
      history.push_back(costs.back());
    }
    if (random() % 4 == 0) {
      const std::int64_t step = below(costs.size() + 10);
      history.truncate(step);
      if (step < static_cast<std::int64_t>(costs.size())) costs.resize(static_cast<std::size_t>(step));
    }
    ASSERT_NO_FATAL_FAILURE(expect_equal(history, costs));
    for (int i = 0; i < 20; ++i) {
      const std::int64_t first = below(costs.size());
      const std::int64_t last = below(costs.size() + 100);
      ASSERT_NO_FATAL_FAILURE(expect_equal_range(history, costs, first, last));
    }
  }
}

INSTANTIATE_TEST_SUITE_P(Seeds, History, testing::Range(1u, 9u));

TEST(cost_history, every_range_around_the_edges_of_blocks_and_chunks_is_exact) {
  std::mt19937 random(1);
  CostHistory history;
  std::vector<double> costs;
  for (int i = 0; i < 3 * 4096 + 65; ++i) {
    costs.push_back(random_cost(random));
    history.push_back(costs.back());
  }
  std::vector<std::int64_t> edges;
  for (const std::int64_t edge : {0, 64, 128, 4032, 4096, 4160, 8192, 12288, 12352}) {
    for (const std::int64_t off : {-1, 0, 1}) edges.push_back(edge + off);
  }
  for (const std::int64_t first : edges) {
    for (const std::int64_t last : edges) {
      ASSERT_NO_FATAL_FAILURE(expect_equal_range(history, costs, first, last));
    }
  }
}

TEST(cost_history, where_nothing_is_finite_the_range_is_empty) {
  CostHistory history;
  EXPECT_GT(history.range(0, 10).min, history.range(0, 10).max);
  for (int i = 0; i < 5000; ++i) history.push_back(NAN);
  EXPECT_GT(history.range(0, 5000).min, history.range(0, 5000).max);
  EXPECT_GT(history.range(7, 7).min, history.range(7, 7).max);
  history.push_back(-3);
  EXPECT_EQ(history.range(0, 5001).min, -3);
  EXPECT_EQ(history.range(0, 5001).max, -3);
}

TEST(cost_history, a_copy_does_not_see_what_happens_later) {
  for (const int length : {10, 4095, 4096, 4097, 9000}) {
    CostHistory history;
    std::vector<double> costs;
    for (int i = 0; i < length; ++i) {
      costs.push_back(i);
      history.push_back(i);
    }
    const CostHistory copy = history;
    for (int i = 0; i < 5000; ++i) history.push_back(-1);
    ASSERT_NO_FATAL_FAILURE(expect_equal(copy, costs));
    history.truncate(5);
    for (int i = 0; i < 9000; ++i) history.push_back(-2);
    ASSERT_NO_FATAL_FAILURE(expect_equal(copy, costs));
    ASSERT_NO_FATAL_FAILURE(expect_equal_range(copy, costs, 0, length));
  }
}

TEST(cost_history, a_copy_that_is_written_to_goes_its_own_way) {
  for (const int length : {1, 63, 64, 4095, 4096, 5000}) {
    CostHistory history;
    std::vector<double> costs;
    for (int i = 0; i < length; ++i) {
      costs.push_back(i);
      history.push_back(i);
    }
    CostHistory copy = history;
    std::vector<double> copied = costs;
    for (int i = 0; i < 200; ++i) {
      history.push_back(-i);
      costs.push_back(-i);
      copy.push_back(1000 + i);
      copied.push_back(1000 + i);
    }
    ASSERT_NO_FATAL_FAILURE(expect_equal(history, costs));
    ASSERT_NO_FATAL_FAILURE(expect_equal(copy, copied));
    ASSERT_NO_FATAL_FAILURE(expect_equal_range(history, costs, 0, length + 200));
    ASSERT_NO_FATAL_FAILURE(expect_equal_range(copy, copied, 0, length + 200));
  }
}

}  // namespace
}  // namespace initlab
