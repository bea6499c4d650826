// numpy's generator, bit for bit, against numbers that numpy itself wrote (tests/golden).
#include "core/numeric/random.h"

#include <gtest/gtest.h>

#include <cmath>
#include <fstream>
#include <nlohmann/json.hpp>
#include <set>
#include <string>

#include "tests/core/numeric/test_matrices.h"

namespace initlab {
namespace {

using test::Digest;

nlohmann::json read_golden(const std::string& name) {
  std::ifstream file(std::string(INITLAB_GOLDEN_DIR) + "/" + name);
  return nlohmann::json::parse(file);
}

template <class Draw>
void expect_draws(const nlohmann::json& expected, Draw draw, const char* what) {
  ASSERT_FALSE(expected.empty()) << what;
  for (std::size_t i = 0; i < expected.size(); ++i) {
    EXPECT_EQ(draw(), expected[i].get<decltype(draw())>()) << what << " number " << i;
  }
}

TEST(random, reproduces_the_values_of_numpys_reference_file) {
  const nlohmann::json golden = read_golden("numpy_random.json");
  NumpyRandom seed3(3);
  expect_draws(
      golden["randn_seed3_first12"], [&] { return seed3.randn(); }, "randn, seed 3");
  NumpyRandom seed42(42);
  expect_draws(
      golden["randn_seed42_first6"], [&] { return seed42.randn(); }, "randn, seed 42");
  NumpyRandom seed5(5);
  expect_draws(
      golden["rand_seed5_first4"], [&] { return seed5.random_sample(); }, "rand, seed 5");
  NumpyRandom seed0(0);
  expect_draws(
      golden["uniform_seed0_-1_1"], [&] { return seed0.uniform(-1, 1); }, "uniform, seed 0");
  EXPECT_EQ(NumpyRandom(1).permutation(10), golden["shuffle10_seed1"].get<std::vector<std::int64_t>>());
}

TEST(random, draws_numpys_bits_for_many_seeds) {
  for (const nlohmann::json& seeded : read_golden("numpy_random_more.json")) {
    const auto seed = seeded["seed"].get<std::uint32_t>();
    SCOPED_TRACE(seed);
    NumpyRandom raw(seed);
    NumpyRandom sample(seed);
    NumpyRandom normal(seed);
    NumpyRandom uniform(seed);
    expect_draws(
        seeded["raw"], [&] { return raw.next_uint32(); }, "raw");
    expect_draws(
        seeded["rand"], [&] { return sample.random_sample(); }, "rand");
    expect_draws(
        seeded["randn"], [&] { return normal.randn(); }, "randn");
    expect_draws(
        seeded["uniform"], [&] { return uniform.uniform(-2.5, 7.25); }, "uniform");
  }
}

TEST(random, long_streams_have_numpys_digests) {
  for (const nlohmann::json& seeded : read_golden("numpy_random_more.json")) {
    const auto seed = seeded["seed"].get<std::uint32_t>();
    SCOPED_TRACE(seed);
    NumpyRandom sample(seed);
    NumpyRandom normal(seed);
    Digest samples;
    Digest normals;
    Digest order;
    for (int i = 0; i < 2000; ++i) {
      samples.add(sample.random_sample());
      normals.add(normal.randn());
    }
    for (const std::int64_t i : NumpyRandom(seed).permutation(1000))
      order.add_word(static_cast<std::uint64_t>(i));
    EXPECT_EQ(samples.value(), seeded["rand_2000_digest"].get<std::uint64_t>());
    EXPECT_EQ(normals.value(), seeded["randn_2000_digest"].get<std::uint64_t>());
    EXPECT_EQ(order.value(), seeded["shuffle_1000_digest"].get<std::uint64_t>());
  }
}

TEST(random, a_cached_normal_outlives_other_draws) {
  for (const nlohmann::json& seeded : read_golden("numpy_random_more.json")) {
    NumpyRandom random(seeded["seed"].get<std::uint32_t>());
    const auto expected = seeded["mixed"].get<std::vector<double>>();
    EXPECT_EQ(random.randn(), expected.at(0));
    EXPECT_EQ(random.random_sample(), expected.at(1));
    EXPECT_EQ(random.randn(), expected.at(2));
    EXPECT_EQ(random.uniform(0, 3), expected.at(3));
    EXPECT_EQ(random.randn(), expected.at(4));
  }
}

TEST(random, interval_rejects_by_mask_as_numpy_does_up_to_64_bits) {
  for (const nlohmann::json& seeded : read_golden("numpy_random_more.json")) {
    NumpyRandom random(seeded["seed"].get<std::uint32_t>());
    ASSERT_FALSE(seeded["intervals"].empty());
    for (const nlohmann::json& pair : seeded["intervals"]) {
      const auto maximum = pair[0].get<std::uint64_t>();
      EXPECT_EQ(random.interval(maximum), pair[1].get<std::uint64_t>())
          << "seed " << seeded["seed"] << ", maximum " << maximum;
    }
  }
}

TEST(random, interval_reaches_both_ends_and_nothing_beyond) {
  NumpyRandom random(9);
  std::set<std::uint64_t> seen;
  for (int i = 0; i < 500; ++i) seen.insert(random.interval(4));
  EXPECT_EQ(seen, (std::set<std::uint64_t>{0, 1, 2, 3, 4}));
}

TEST(random, interval_of_zero_draws_nothing) {
  NumpyRandom random(9);
  NumpyRandom untouched(9);
  EXPECT_EQ(random.interval(0), 0U);
  EXPECT_EQ(random.next_uint32(), untouched.next_uint32());
}

TEST(random, shuffle_is_numpys_for_any_element_type) {
  for (const nlohmann::json& seeded : read_golden("numpy_random_more.json")) {
    const auto expected = seeded["shuffle_13"].get<std::vector<std::int64_t>>();
    std::vector<std::string> words(expected.size());
    for (std::size_t i = 0; i < words.size(); ++i) words[i] = std::to_string(i);
    NumpyRandom(seeded["seed"].get<std::uint32_t>()).shuffle(std::span(words));
    for (std::size_t i = 0; i < words.size(); ++i) EXPECT_EQ(words[i], std::to_string(expected[i]));
  }
}

TEST(random, permutations_of_nothing_and_of_one_exist) {
  EXPECT_TRUE(NumpyRandom(1).permutation(0).empty());
  EXPECT_EQ(NumpyRandom(1).permutation(1), std::vector<std::int64_t>{0});
}

TEST(random, normals_have_the_moments_and_the_tails_of_a_normal) {
  NumpyRandom random(2024);
  constexpr int kDraws = 200000;
  double sum = 0;
  double squares = 0;
  int beyond_two = 0;
  for (int i = 0; i < kDraws; ++i) {
    const double x = random.randn();
    sum += x;
    squares += x * x;
    beyond_two += std::abs(x) > 2 ? 1 : 0;
  }
  EXPECT_NEAR(sum / kDraws, 0, 0.01);
  EXPECT_NEAR(squares / kDraws, 1, 0.015);
  EXPECT_NEAR(static_cast<double>(beyond_two) / kDraws, 0.0455, 0.002);
}

}  // namespace
}  // namespace initlab
