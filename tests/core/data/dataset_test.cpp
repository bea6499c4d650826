// The generators against scikit-learn's own points, and what every row of the table promises.
#include "core/data/dataset.h"

#include <gtest/gtest.h>

#include <algorithm>
#include <cmath>
#include <cstdint>
#include <fstream>
#include <limits>
#include <nlohmann/json.hpp>
#include <set>
#include <string>

namespace initlab {
namespace {

nlohmann::json golden(const std::string& file) {
  std::ifstream stream(std::string(INITLAB_GOLDEN_DIR) + "/" + file);
  return nlohmann::json::parse(stream);
}

// Equal, or neighbours among the doubles.
bool within_one_ulp(double a, double b) {
  return a == b || std::nextafter(a, b) == b;
}

DataSettings settings_of(DatasetId kind, std::int64_t samples, double noise, std::int64_t seed) {
  DataSettings settings;
  settings.kind = kind;
  settings.samples = samples;
  settings.noise = noise;
  settings.seed = seed;
  return settings;
}

std::int64_t count_of_class_1(const Samples& samples) {
  const auto labels = samples.y.row_span(0);
  return std::count(labels.begin(), labels.end(), 1.0);
}

TEST(Dataset, circles_and_moons_are_those_of_scikit_learn_point_by_point) {
  const nlohmann::json sets = golden("datasets.json").at("sets");
  ASSERT_GE(sets.size(), 15U);
  for (const nlohmann::json& set : sets) {
    const DatasetId kind = set.at("kind") == "circles" ? DatasetId::kCircles : DatasetId::kMoons;
    DataSettings settings = settings_of(kind, set.at("samples"), set.at("noise"), set.at("seed"));
    settings.factor = set.at("factor");
    const Samples samples = make_dataset(settings).train;
    const std::string what = set.at("kind").get<std::string>() + " of " + set.at("samples").dump() +
                             ", seed " + set.at("seed").dump();
    ASSERT_EQ(samples.count(), set.at("y").size()) << what;
    for (std::size_t i = 0; i < samples.count(); ++i) {
      ASSERT_EQ(samples.y(0, i), set.at("y")[i].get<double>()) << what << ", point " << i;
      ASSERT_TRUE(within_one_ulp(samples.x(0, i), set.at("x1")[i].get<double>())) << what << ", point " << i;
      ASSERT_TRUE(within_one_ulp(samples.x(1, i), set.at("x2")[i].get<double>())) << what << ", point " << i;
    }
  }
}

TEST(Dataset, the_default_is_the_data_of_the_course) {
  const nlohmann::json numbers = golden("numpy_random.json");
  const Dataset data = make_dataset(DataSettings{});
  ASSERT_EQ(data.train.count(), 300U);
  ASSERT_EQ(data.test.count(), 100U);
  const auto check = [](const Samples& samples, const nlohmann::json& points) {
    for (std::size_t i = 0; i < points.size(); ++i) {
      EXPECT_TRUE(within_one_ulp(samples.x(0, i), points[i][0].get<double>())) << i;
      EXPECT_TRUE(within_one_ulp(samples.x(1, i), points[i][1].get<double>())) << i;
      EXPECT_EQ(samples.y(0, i), points[i][2].get<double>()) << i;
    }
  };
  check(data.train, numbers.at("circles_train_first5"));
  check(data.test, numbers.at("circles_test_first3"));
}

TEST(Dataset, every_row_says_what_it_is_and_ids_are_unique) {
  std::set<std::string_view> ids;
  ASSERT_EQ(datasets().size(), static_cast<std::size_t>(DatasetId::kCount));
  for (const DatasetRow& row : datasets()) {
    EXPECT_TRUE(ids.insert(row.id).second) << row.id;
    EXPECT_FALSE(row.id.empty());
    EXPECT_FALSE(row.label.empty()) << row.id;
    EXPECT_FALSE(row.formula.empty()) << row.id;
    EXPECT_FALSE(row.help.empty()) << row.id;
    EXPECT_FALSE(row.reference.empty()) << row.id;
    EXPECT_EQ(&dataset_row(row.kind), &row);
  }
}

TEST(Dataset, only_circles_read_the_factor_and_all_read_what_all_share) {
  for (const DatasetRow& row : datasets()) {
    EXPECT_EQ(row.reads("factor"), row.kind == DatasetId::kCircles) << row.id;
    for (const char* key : {"samples", "noise", "seed", "test_samples", "test_seed"})
      EXPECT_TRUE(row.reads(key));
    EXPECT_FALSE(row.reads("facto"));
    EXPECT_FALSE(row.reads(""));
  }
}

TEST(Dataset, every_row_makes_finite_points_of_two_even_classes) {
  for (const DatasetRow& row : datasets()) {
    for (const std::int64_t count : {1, 2, 3, 17, 100, 1001}) {
      for (const double noise : {0.0, 0.05, 1.0, 10.0}) {
        const Samples samples = make_dataset(settings_of(row.kind, count, noise, 11)).train;
        ASSERT_EQ(samples.x.rows(), row.features) << row.id;
        ASSERT_EQ(samples.y.rows(), 1U) << row.id;
        ASSERT_EQ(samples.count(), static_cast<std::size_t>(count)) << row.id;
        ASSERT_EQ(count_of_class_1(samples), count - count / 2) << row.id << " of " << count;
        for (std::size_t i = 0; i < samples.count(); ++i) {
          ASSERT_TRUE(samples.y(0, i) == 0 || samples.y(0, i) == 1) << row.id;
          ASSERT_TRUE(std::isfinite(samples.x(0, i)) && std::isfinite(samples.x(1, i))) << row.id;
        }
      }
    }
  }
}

TEST(Dataset, every_row_shuffles_its_classes) {
  for (const DatasetRow& row : datasets()) {
    const Samples samples = make_dataset(settings_of(row.kind, 200, 0.05, 5)).train;
    const auto labels = samples.y.row_span(0).first(100);
    const auto ones = std::count(labels.begin(), labels.end(), 1.0);
    EXPECT_GT(ones, 30) << row.id;
    EXPECT_LT(ones, 70) << row.id;
  }
}

TEST(Dataset, the_same_seed_gives_the_same_points_and_another_seed_others) {
  for (const DatasetRow& row : datasets()) {
    DataSettings settings = settings_of(row.kind, 50, 0.05, 9);
    settings.test_samples = 50;
    settings.test_seed = 10;
    const Dataset first = make_dataset(settings);
    const Dataset again = make_dataset(settings);
    EXPECT_EQ(first.train.x, again.train.x) << row.id;
    EXPECT_EQ(first.train.y, again.train.y) << row.id;
    EXPECT_EQ(first.test.x, again.test.x) << row.id;
    EXPECT_FALSE(first.train.x == first.test.x) << row.id;
    settings.test_seed = settings.seed;
    EXPECT_EQ(make_dataset(settings).test.x, first.train.x) << row.id;
  }
}

TEST(Dataset, no_test_samples_make_no_test_set) {
  DataSettings settings;
  settings.test_samples = 0;
  const Dataset data = make_dataset(settings);
  EXPECT_EQ(data.test.count(), 0U);
  EXPECT_EQ(data.train.count(), 300U);
}

TEST(Dataset, noise_has_the_standard_deviation_it_states) {
  for (const DatasetRow& row : datasets()) {
    constexpr std::int64_t kCount = 20000;
    constexpr double kNoise = 0.3;
    const Samples clean = make_dataset(settings_of(row.kind, kCount, 0, 21)).train;
    const Samples noisy = make_dataset(settings_of(row.kind, kCount, kNoise, 21)).train;
    for (std::size_t feature = 0; feature < 2; ++feature) {
      double sum = 0, sum_of_squares = 0;
      for (std::size_t i = 0; i < clean.count(); ++i) {
        const double difference = noisy.x(feature, i) - clean.x(feature, i);
        sum += difference;
        sum_of_squares += difference * difference;
      }
      // Five standard errors of the mean and of the standard deviation.
      EXPECT_NEAR(sum / kCount, 0, 5 * kNoise / std::sqrt(kCount)) << row.id;
      EXPECT_NEAR(std::sqrt(sum_of_squares / kCount), kNoise, 5 * kNoise / std::sqrt(2.0 * kCount)) << row.id;
    }
  }
}

TEST(Dataset, blobs_lie_around_their_centres_with_the_spread_they_state) {
  const Samples samples = make_dataset(settings_of(DatasetId::kBlobs, 20000, 0, 4)).train;
  for (const double label : {0.0, 1.0}) {
    double sum = 0, sum_of_squares = 0;
    const double centre = label == 0 ? -0.6 : 0.6;
    for (std::size_t i = 0; i < samples.count(); ++i) {
      if (samples.y(0, i) != label) continue;
      sum += samples.x(1, i) - centre;
      sum_of_squares += (samples.x(1, i) - centre) * (samples.x(1, i) - centre);
    }
    EXPECT_NEAR(sum / 10000, 0, 5 * 0.25 / 100);
    EXPECT_NEAR(std::sqrt(sum_of_squares / 10000), 0.25, 5 * 0.25 / std::sqrt(20000.0));
  }
}

TEST(Dataset, xor_without_noise_is_labelled_by_the_signs_and_keeps_off_the_axes) {
  const Samples samples = make_dataset(settings_of(DatasetId::kXor, 1000, 0, 8)).train;
  int quadrants[2][2] = {};
  for (std::size_t i = 0; i < samples.count(); ++i) {
    const double x = samples.x(0, i), y = samples.x(1, i);
    EXPECT_EQ(samples.y(0, i), x * y < 0 ? 1 : 0);
    EXPECT_GE(std::min(std::abs(x), std::abs(y)), 0.1);
    EXPECT_LT(std::max(std::abs(x), std::abs(y)), 1.0);
    ++quadrants[x > 0][y > 0];
  }
  for (const auto& column : quadrants) {
    for (const int count : column) EXPECT_EQ(count, 250);
  }
}

TEST(Dataset, the_arms_of_the_spiral_are_each_other_turned_by_half_and_stay_apart) {
  const Samples samples = make_dataset(settings_of(DatasetId::kSpiral, 600, 0, 8)).train;
  constexpr double kPi = 3.14159265358979323846;
  double nearest = std::numeric_limits<double>::infinity();
  for (std::size_t i = 0; i < samples.count(); ++i) {
    const double radius = std::hypot(samples.x(0, i), samples.x(1, i));
    ASSERT_GE(radius, 0.1 - 1e-12);
    ASSERT_LE(radius, 1 + 1e-12);
    const double angle = 2.5 * kPi * (radius - 0.1) / 0.9 + kPi * samples.y(0, i);
    EXPECT_NEAR(samples.x(0, i), radius * std::cos(angle), 1e-12);
    EXPECT_NEAR(samples.x(1, i), radius * std::sin(angle), 1e-12);
    for (std::size_t j = 0; j < i; ++j) {
      if (samples.y(0, i) == samples.y(0, j)) continue;
      nearest =
          std::min(nearest, std::hypot(samples.x(0, i) - samples.x(0, j), samples.x(1, i) - samples.x(1, j)));
    }
  }
  EXPECT_GT(nearest, 0.15);
}

}  // namespace
}  // namespace initlab
