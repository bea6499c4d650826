// Moments and histograms: numpy's numbers, the extremes of double, and what is not a number.
#include "core/numeric/statistics.h"

#include <gtest/gtest.h>

#include <bit>
#include <cmath>
#include <fstream>
#include <limits>
#include <nlohmann/json.hpp>
#include <string>

#include "core/numeric/kernels.h"
#include "core/numeric/random.h"
#include "core/numeric/statistics_naive.h"

namespace initlab {
namespace {

constexpr double kInf = std::numeric_limits<double>::infinity();
constexpr double kNaN = std::numeric_limits<double>::quiet_NaN();
constexpr double kMax = std::numeric_limits<double>::max();
constexpr double kTiny = std::numeric_limits<double>::denorm_min();

// Relative difference, so that 1e-300 is held as strictly as 1.
void expect_close(double value, double expected, double relative) {
  EXPECT_LE(std::abs(value - expected), relative * std::abs(expected)) << value << " is not " << expected;
}

TEST(summary, of_nothing_is_zero) {
  const Summary s = summarize(std::span<const double>());
  EXPECT_EQ(s.count, 0);
  EXPECT_EQ(s.non_finite, 0);
  EXPECT_EQ(s.mean, 0);
  EXPECT_EQ(s.std, 0);
  EXPECT_EQ(summarize(Matrix()).count, 0);
}

TEST(summary, of_a_small_tensor_is_the_textbooks) {
  const std::vector<double> values = {2, 4, 4, 4, 5, 5, 7, 9, -100, -100};
  const Summary s = summarize(std::span(values).first(8));
  EXPECT_EQ(s.mean, 5);
  EXPECT_EQ(s.std, 2);
  EXPECT_EQ(s.min, 2);
  EXPECT_EQ(s.max, 9);
  EXPECT_EQ(s.count, 8);
}

TEST(summary, leaves_what_is_not_finite_out_of_the_moments_and_counts_it) {
  const std::vector<double> values = {kNaN, 1, kInf, 3, -kInf, kNaN, kNaN, kInf, 5, kNaN};
  const Summary s = summarize(values);
  EXPECT_EQ(s.count, 10);
  EXPECT_EQ(s.non_finite, 7);
  EXPECT_EQ(s.mean, 3);
  EXPECT_EQ(s.min, 1);
  EXPECT_EQ(s.max, 5);
  expect_close(s.std, std::sqrt(8.0 / 3.0), 4e-16);
}

TEST(summary, of_no_finite_value_is_zero_with_its_counts) {
  const std::vector<double> values = {kNaN, kInf, -kInf};
  const Summary s = summarize(values);
  EXPECT_EQ(s.count, 3);
  EXPECT_EQ(s.non_finite, 3);
  EXPECT_EQ(s.min, 0);
  EXPECT_EQ(s.max, 0);
  EXPECT_EQ(s.mean, 0);
  EXPECT_EQ(s.std, 0);
}

TEST(summary, a_constant_tensor_has_no_spread_at_all) {
  for (const double constant : {0.1, -1.0 / 3.0, 1e300, 7e-310, 0.0}) {
    const std::vector<double> values(1001, constant);
    const Summary s = summarize(values);
    EXPECT_EQ(s.mean, constant);
    EXPECT_EQ(s.std, 0);
  }
}

// Powers of two change nothing but the exponent, so every digit must survive.
TEST(summary, keeps_every_digit_from_1e_300_to_1e300) {
  NumpyRandom random(5);
  std::vector<double> values(999);
  for (double& v : values) v = 3 + random.randn();
  const Summary plain = summarize(values);
  for (const int exponent : {-1000, -996, -400, 400, 1000, 1020}) {
    std::vector<double> scaled = values;
    for (double& v : scaled) v = std::ldexp(v, exponent);
    const Summary s = summarize(scaled);
    EXPECT_EQ(s.mean, std::ldexp(plain.mean, exponent)) << exponent;
    EXPECT_EQ(s.std, std::ldexp(plain.std, exponent)) << exponent;
    EXPECT_EQ(s.min, std::ldexp(plain.min, exponent)) << exponent;
    EXPECT_EQ(s.max, std::ldexp(plain.max, exponent)) << exponent;
  }
}

TEST(summary, neither_the_largest_double_nor_the_smallest_is_lost) {
  const std::vector<double> largest = {kMax, kMax, -kMax, -kMax};
  const Summary wide = summarize(largest);
  EXPECT_EQ(wide.mean, 0);
  expect_close(wide.std, kMax, 1e-15);
  const std::vector<double> positive = {kMax, kMax, kMax, kMax / 2};
  expect_close(summarize(positive).mean, kMax / 8 * 7, 1e-15);
  const std::vector<double> smallest = {kTiny, 3 * kTiny, kTiny, 3 * kTiny};
  const Summary narrow = summarize(smallest);
  EXPECT_EQ(narrow.mean, 2 * kTiny);
  EXPECT_EQ(narrow.std, kTiny);
}

TEST(summary, a_small_spread_on_a_large_mean_is_found) {
  std::vector<double> values(1000);
  for (std::size_t i = 0; i < values.size(); ++i) values[i] = 1e9 + (i % 2 == 0 ? 1e-3 : -1e-3);
  const Summary s = summarize(values);
  expect_close(s.std, (values[0] - values[1]) / 2, 1e-12);
}

TEST(summary, of_a_matrix_ignores_its_padding) {
  Matrix m(3, 5);
  for (std::size_t r = 0; r < 3; ++r) {
    for (std::size_t c = 0; c < 5; ++c) m(r, c) = static_cast<double>(r * 5 + c);
    for (std::size_t c = 5; c < m.stride(); ++c) m.row(r)[c] = kNaN;
  }
  const Summary s = summarize(m);
  EXPECT_EQ(s.count, 15);
  EXPECT_EQ(s.non_finite, 0);
  EXPECT_EQ(s.mean, 7);
  EXPECT_EQ(s.max, 14);
  expect_close(s.std, std::sqrt(56.0 / 3.0), 4e-16);
}

Histogram make_histogram(double low, double high, std::size_t bins) {
  Histogram h;
  h.low = low;
  h.high = high;
  h.counts.resize(bins);
  return h;
}

TEST(histogram, and_moments_are_numpys_on_values_that_stand_on_edges) {
  std::ifstream file(std::string(INITLAB_GOLDEN_DIR) + "/numpy_histogram.json");
  const nlohmann::json cases = nlohmann::json::parse(file);
  ASSERT_FALSE(cases.empty());
  for (const nlohmann::json& golden : cases) {
    SCOPED_TRACE(golden["seed"].get<int>());
    NumpyRandom random(golden["seed"].get<std::uint32_t>());
    const double grid = golden["grid"];
    std::vector<double> values(golden["count"].get<std::size_t>());
    for (double& v : values) v = std::nearbyint(random.randn() * grid) / grid * golden["scale"].get<double>();
    const auto counts = golden["counts"].get<std::vector<std::int64_t>>();
    Histogram h = make_histogram(golden["low"], golden["high"], counts.size());
    fill_histogram(values, h);
    EXPECT_EQ(h.counts, counts);
    EXPECT_EQ(h.underflow, golden["underflow"].get<std::int64_t>());
    EXPECT_EQ(h.overflow, golden["overflow"].get<std::int64_t>());
    const Summary s = summarize(values);
    expect_close(s.mean, golden["mean"], 1e-12);
    if (!golden["std"].is_null()) expect_close(s.std, golden["std"], 1e-14);
  }
}

TEST(histogram, counts_everything_once_and_exact_zeros_besides) {
  const std::vector<double> values = {-5, -1, -0.5, 0.0, -0.0, 0.25, 1, 1.5, kInf, -kInf, kNaN, kNaN, kInf};
  Histogram h = make_histogram(-1, 1, 4);
  h.counts = {100, 100, 100, 100};  // filled anew, not added to
  fill_histogram(values, h);
  EXPECT_EQ(h.counts, (std::vector<std::int64_t>{1, 1, 3, 1}));
  EXPECT_EQ(h.underflow, 1);
  EXPECT_EQ(h.overflow, 1);
  EXPECT_EQ(h.negative_infinity, 1);
  EXPECT_EQ(h.positive_infinity, 2);
  EXPECT_EQ(h.nan, 2);
  EXPECT_EQ(h.zero, 2);
  EXPECT_EQ(h.total(), static_cast<std::int64_t>(values.size()));
  Histogram again = h;
  fill_histogram(values, again);
  EXPECT_EQ(again, h);
}

TEST(histogram, the_upper_end_belongs_to_the_last_bin) {
  for (const std::size_t bins : {1U, 3U, 10U, 49U, 200U}) {
    for (const double high : {0.3, 1.0, 1e-300, 1e300}) {
      Histogram h = make_histogram(-high / 3, high, bins);
      const std::vector<double> values = {high, -high / 3};
      fill_histogram(values, h);
      EXPECT_EQ(h.counts.front() + h.counts.back(), bins == 1 ? 4 : 2) << bins << " bins to " << high;
      EXPECT_GE(h.counts.back(), 1);
    }
  }
}

TEST(histogram, a_range_of_one_point_counts_in_its_first_bin) {
  Histogram h = make_histogram(2, 2, 5);
  const std::vector<double> values = {2, 2, 1, 3};
  fill_histogram(values, h);
  EXPECT_EQ(h.counts, (std::vector<std::int64_t>{2, 0, 0, 0, 0}));
  EXPECT_EQ(h.underflow, 1);
  EXPECT_EQ(h.overflow, 1);
}

TEST(histogram, works_over_the_whole_range_of_doubles_and_within_subnormals) {
  Histogram wide = make_histogram(-kMax, kMax, 4);
  const std::vector<double> huge = {-kMax, -kMax / 4, kMax / 4, kMax, 1.0, -1.0};
  fill_histogram(huge, wide);
  EXPECT_EQ(wide.counts, (std::vector<std::int64_t>{1, 2, 2, 1}));
  Histogram narrow = make_histogram(0, 8 * kTiny, 4);
  const std::vector<double> small = {0, kTiny, 2 * kTiny, 5 * kTiny, 8 * kTiny};
  fill_histogram(small, narrow);
  EXPECT_EQ(narrow.counts, (std::vector<std::int64_t>{2, 1, 1, 1}));
}

TEST(histogram, of_a_matrix_ignores_its_padding) {
  Matrix m(2, 3);
  for (std::size_t c = 3; c < m.stride(); ++c) m.row(0)[c] = m.row(1)[c] = 0.5;
  Histogram h = make_histogram(0, 1, 2);
  fill_histogram(m, h);
  EXPECT_EQ(h.counts, (std::vector<std::int64_t>{6, 0}));
  EXPECT_EQ(h.zero, 6);
  EXPECT_EQ(h.total(), 6);
}

// Every bit, so that -0 differs from 0.
std::uint64_t bits_of(double value) {
  return std::bit_cast<std::uint64_t>(value);
}
void expect_same(const Summary& a, const Summary& b) {
  EXPECT_EQ(bits_of(a.mean), bits_of(b.mean));
  EXPECT_EQ(bits_of(a.std), bits_of(b.std));
  EXPECT_EQ(bits_of(a.min), bits_of(b.min));
  EXPECT_EQ(bits_of(a.max), bits_of(b.max));
  EXPECT_EQ(a.count, b.count);
  EXPECT_EQ(a.non_finite, b.non_finite);
}

// Normal numbers of one size, a few of them replaced by what is hard: zeros of both signs, bin edges, what is
// not finite, sizes at both ends.
Matrix difficult_values(std::size_t rows, std::size_t columns, double size, std::uint32_t seed) {
  NumpyRandom random(seed);
  Matrix values(rows, columns);
  const double hard[] = {0.0, -0.0, size, -size, size / 2, 2 * size, kNaN, kInf, -kInf, kTiny, kMax};
  for (std::size_t r = 0; r < rows; ++r) {
    for (double& value : values.row_span(r)) {
      const std::uint64_t which = random.interval(seed % 2 == 0 ? 40 : 4000);
      value = which < std::size(hard) ? hard[which] : size * random.randn();
    }
    for (std::size_t c = columns; c < values.stride(); ++c) values.row(r)[c] = 3 * size;
  }
  return values;
}

TEST(statistics, are_those_of_one_value_after_another_to_the_last_bit) {
  std::uint32_t seed = 0;
  for (const std::size_t rows : {1U, 3U, 10U}) {
    for (const std::size_t columns : {1U, 7U, 8U, 9U, 300U}) {
      for (const double size : {1.0, 1e-310, 1e-160, 1e305}) {
        const Matrix values = difficult_values(rows, columns, size, ++seed);
        SCOPED_TRACE(seed);
        expect_same(summarize(values), summarize_naive(values));
        expect_same(summarize(values.row_span(0)),
                    summarize_naive(ConstBlock(values.row(0), 1, columns, values.stride())));
        for (const std::size_t bins : {1U, 2U, 40U, 250U, 251U}) {
          for (const double low : {0.0, -size, size}) {
            Histogram fast = make_histogram(low, size, bins);
            Histogram plain = fast;
            fill_histogram(values, fast);
            fill_histogram_naive(values, plain);
            EXPECT_EQ(fast, plain) << bins << " bins from " << low << " to " << size;
          }
        }
      }
    }
  }
}

TEST(statistics, are_the_same_on_every_path) {
  const Matrix values = difficult_values(5, 301, 2.5, 7);
  const BinScale bins{
      .low = -4, .high = 4, .count = 40, .scale = 1, .scaled_low = -4, .step = 0.2, .bins_per_unit = 5};
  const Kernels& first = *available_kernels().front();
  std::vector<std::int64_t> counts(bins.count + kSlotsBesideBins);
  first.count_in_bins(values, bins, counts.data());
  const FiniteSpread spread = first.finite_spread(0.25, 0.1, values);
  for (const Kernels* path : available_kernels()) {
    SCOPED_TRACE(path->name);
    EXPECT_EQ(path->finite_extremes(values).min, first.finite_extremes(values).min);
    EXPECT_EQ(path->finite_extremes(values).max, first.finite_extremes(values).max);
    EXPECT_EQ(path->finite_extremes(values).count, first.finite_extremes(values).count);
    EXPECT_EQ(path->finite_sum(0.25, values), first.finite_sum(0.25, values));
    EXPECT_EQ(path->finite_spread(0.25, 0.1, values).squares, spread.squares);
    EXPECT_EQ(path->finite_spread(0.25, 0.1, values).rests, spread.rests);
    std::vector<std::int64_t> again(counts.size());
    path->count_in_bins(values, bins, again.data());
    EXPECT_EQ(again, counts);
  }
}

}  // namespace
}  // namespace initlab
