// The generators against numpy's and scikit-learn's own points, and what each says of itself.
#include "core/data/generators.h"

#include <gtest/gtest.h>

#include <algorithm>
#include <cmath>
#include <cstdint>
#include <fstream>
#include <limits>
#include <nlohmann/json.hpp>
#include <numbers>
#include <numeric>
#include <set>
#include <string>

#include "tests/core/data/data_samples.h"

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

DataSettings settings_from(const nlohmann::json& data) {
  DataSettings settings;
  for (const DatasetRow& row : datasets()) {
    if (row.id == data.at("kind")) settings.kind = row.kind;
  }
  settings.samples = data.at("samples");
  settings.noise = data.at("noise");
  settings.seed = data.at("seed");
  settings.factor = data.value("factor", settings.factor);
  settings.features = data.value("features", settings.features);
  settings.classes = data.value("classes", settings.classes);
  settings.balance = data.value("balance", settings.balance);
  settings.low = data.value("low", settings.low);
  settings.high = data.value("high", settings.high);
  return settings;
}

TEST(Generators, are_those_of_numpy_and_scikit_learn_point_by_point) {
  const nlohmann::json sets = golden("datasets.json").at("sets");
  std::set<std::string> kinds;
  for (const nlohmann::json& set : sets) {
    const std::string what = set.at("data").dump();
    const DataSettings settings = settings_from(set.at("data"));
    const DatasetRow& row = dataset_row(settings.kind);
    const Samples samples = make_dataset(settings).train;
    kinds.insert(set.at("data").at("kind"));
    ASSERT_EQ(samples.count(), set.at("y").size()) << what;
    ASSERT_EQ(samples.x.rows(), set.at("x").size()) << what;
    // What is drawn and not passed through a sine is the same to the bit.
    const bool exact = row.is_regression || settings.kind == DatasetId::kGaussianFeatures ||
                       settings.kind == DatasetId::kXor;
    for (std::size_t i = 0; i < samples.count(); ++i) {
      const double y = set.at("y")[i].get<double>();
      ASSERT_TRUE(row.is_regression ? within_one_ulp(samples.y(0, i), y) : samples.y(0, i) == y)
          << what << ", point " << i;
      for (std::size_t f = 0; f < samples.x.rows(); ++f) {
        const double x = set.at("x")[f][i].get<double>();
        ASSERT_TRUE(exact ? samples.x(f, i) == x : within_one_ulp(samples.x(f, i), x))
            << what << ", point " << i;
      }
    }
  }
  EXPECT_EQ(kinds.size(), generated_rows().size()) << "every generator has its golden points";
}

TEST(Generators, the_default_is_the_data_of_the_course) {
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

TEST(ClassCounts, give_the_last_class_its_share_and_the_others_the_rest_evenly) {
  using Counts = std::vector<std::size_t>;
  EXPECT_EQ(class_counts(300, 2, 0), (Counts{150, 150}));
  EXPECT_EQ(class_counts(301, 2, 0), (Counts{150, 151}));
  EXPECT_EQ(class_counts(100, 3, 0), (Counts{33, 33, 34}));
  EXPECT_EQ(class_counts(100, 2, 0.05), (Counts{95, 5}));
  EXPECT_EQ(class_counts(100, 2, 0.951), (Counts{5, 95}));
  EXPECT_EQ(class_counts(100, 4, 0.7), (Counts{10, 10, 10, 70}));
  EXPECT_EQ(class_counts(100, 2, 0.001), (Counts{99, 1}));
  EXPECT_EQ(class_counts(100, 2, 0.999), (Counts{1, 99}));
  EXPECT_EQ(class_counts(2, 2, 0.01), (Counts{1, 1}));
  EXPECT_EQ(class_counts(1, 2, 0.9), (Counts{0, 1}));
  EXPECT_EQ(class_counts(1, 2, 0.1), (Counts{1, 0}));
}

TEST(ClassCounts, add_up_and_differ_by_one_at_most) {
  for (std::size_t count = 0; count < 60; ++count) {
    for (std::size_t classes = 2; classes <= 10; ++classes) {
      for (const double balance : {0.0, 0.03, 0.5, 1.0}) {
        const std::vector<std::size_t> counts = class_counts(count, classes, balance);
        ASSERT_EQ(std::accumulate(counts.begin(), counts.end(), std::size_t{0}), count);
        const auto end = balance == 0 ? counts.end() : counts.end() - 1;
        const auto [least, most] = std::minmax_element(counts.begin(), end);
        ASSERT_LE(*most - *least, 1U) << count << " in " << classes;
      }
    }
  }
}

TEST(Generators, points_of_each_class_are_as_many_as_its_share_says) {
  for (const DatasetRow& row : generated_rows()) {
    if (!row.reads("balance") || row.kind == DatasetId::kGaussianFeatures) continue;
    for (const double balance : {0.0, 0.05, 0.7}) {
      for (const std::int64_t classes : {2, 3, 10}) {
        if (classes > 2 && !row.reads("classes")) continue;
        DataSettings settings = settings_of(row.kind, 203, 0.1, 3);
        settings.classes = classes;
        settings.balance = balance;
        const Dataset data = make_dataset(settings);
        const auto count = static_cast<std::size_t>(classes);
        EXPECT_EQ(data.classes, count) << row.id;
        const std::vector<std::size_t> expected = class_counts(203, count, balance);
        for (std::size_t c = 0; c < count; ++c) {
          EXPECT_EQ(count_of_label(data.train, c), expected[c])
              << row.id << ", class " << c << " of " << classes;
        }
      }
    }
  }
}

TEST(Generators, gaussian_features_are_standard_normal_and_their_labels_coins) {
  constexpr std::int64_t kCount = 20000;
  for (const double balance : {0.0, 0.05, 0.9}) {
    DataSettings settings = settings_of(DatasetId::kGaussianFeatures, kCount, 0, 12);
    settings.features = 3;
    settings.balance = balance;
    const Samples samples = make_dataset(settings).train;
    const double share = balance == 0 ? 0.5 : balance;
    const double error = std::sqrt(share * (1 - share) / kCount);
    EXPECT_NEAR(static_cast<double>(count_of_label(samples, 1)) / kCount, share, 5 * error);
    for (std::size_t f = 0; f < 3; ++f) {
      double sum = 0, sum_of_squares = 0;
      for (const double x : samples.x.row_span(f)) {
        sum += x;
        sum_of_squares += x * x;
      }
      EXPECT_NEAR(sum / kCount, 0, 5 / std::sqrt(kCount));
      EXPECT_NEAR(sum_of_squares / kCount, 1, 5 * std::sqrt(2.0 / kCount));
    }
  }
}

TEST(Generators, the_test_points_of_a_curve_lie_on_it_whatever_the_noise) {
  struct Curve {
    DatasetId kind;
    double (*value)(double);
  };
  const Curve curves[] = {{DatasetId::kXSinX, [](double x) { return x * std::sin(x); }},
                          {DatasetId::kSine, [](double x) { return std::sin(x); }},
                          {DatasetId::kCubic, [](double x) { return x * x * x; }},
                          {DatasetId::kAbsolute, [](double x) { return x < 0 ? -x : x; }}};
  for (const Curve& curve : curves) {
    DataSettings settings = settings_of(curve.kind, 100, 0.5, 3);
    settings.low = -2;
    settings.high = 5;
    const Dataset data = make_dataset(settings);
    double largest_in_training = 0;
    for (std::size_t i = 0; i < 100; ++i) {
      const double x = data.test.x(0, i), trained = data.train.x(0, i);
      EXPECT_NEAR(data.test.y(0, i), curve.value(x), 1e-12);
      EXPECT_TRUE(x >= -2 && x < 5 && trained >= -2 && trained < 5);
      largest_in_training =
          std::max(largest_in_training, std::abs(data.train.y(0, i) - curve.value(trained)));
    }
    EXPECT_GT(largest_in_training, 0.5);
  }
}

TEST(Generators, blobs_lie_around_their_centres_with_the_spread_they_state) {
  for (const std::int64_t classes : {2, 3, 7}) {
    DataSettings settings = settings_of(DatasetId::kBlobs, 10000 * classes, 0, 4);
    settings.classes = classes;
    settings.features = 3;
    const Samples samples = make_dataset(settings).train;
    for (std::int64_t c = 0; c < classes; ++c) {
      // The first stands at (-0.6, -0.6), the others evenly on the circle around 0, against the clock.
      const double angle =
          std::numbers::pi * (1.25 + 2 * static_cast<double>(c) / static_cast<double>(classes));
      const double radius = std::hypot(0.6, 0.6);
      const double centre[3] = {radius * std::cos(angle), radius * std::sin(angle), 0};
      for (std::size_t f = 0; f < 3; ++f) {
        double sum = 0, sum_of_squares = 0;
        for (std::size_t i = 0; i < samples.count(); ++i) {
          if (samples.y(0, i) != static_cast<double>(c)) continue;
          sum += samples.x(f, i) - centre[f];
          sum_of_squares += (samples.x(f, i) - centre[f]) * (samples.x(f, i) - centre[f]);
        }
        EXPECT_NEAR(sum / 10000, 0, 5 * 0.25 / 100);
        EXPECT_NEAR(std::sqrt(sum_of_squares / 10000), 0.25, 5 * 0.25 / std::sqrt(20000.0));
      }
    }
  }
}

TEST(Generators, blobs_of_one_feature_stand_in_a_row) {
  DataSettings settings = settings_of(DatasetId::kBlobs, 4000, 0, 4);
  settings.classes = 4;
  settings.features = 1;
  const Samples samples = make_dataset(settings).train;
  ASSERT_EQ(samples.x.rows(), 1U);
  double sums[4] = {};
  for (std::size_t i = 0; i < samples.count(); ++i) {
    sums[static_cast<std::size_t>(samples.y(0, i))] += samples.x(0, i);
  }
  for (std::size_t c = 0; c < 4; ++c) {
    EXPECT_NEAR(sums[c] / 1000, -1.8 + 1.2 * static_cast<double>(c), 5 * 0.25 / std::sqrt(1000.0));
  }
}

TEST(Generators, xor_without_noise_is_labelled_by_the_signs_and_keeps_off_the_axes) {
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

TEST(Generators, the_arms_of_the_spiral_are_each_other_turned_and_stay_apart) {
  for (const std::int64_t classes : {2, 3, 5}) {
    DataSettings settings = settings_of(DatasetId::kSpiral, 300 * classes, 0, 8);
    settings.classes = classes;
    const Samples samples = make_dataset(settings).train;
    double nearest = std::numeric_limits<double>::infinity();
    for (std::size_t i = 0; i < samples.count(); ++i) {
      const double radius = std::hypot(samples.x(0, i), samples.x(1, i));
      ASSERT_GE(radius, 0.1 - 1e-12);
      ASSERT_LE(radius, 1 + 1e-12);
      const double turned = 2 * std::numbers::pi * samples.y(0, i) / static_cast<double>(classes);
      const double angle = 2.5 * std::numbers::pi * (radius - 0.1) / 0.9 + turned;
      EXPECT_NEAR(samples.x(0, i), radius * std::cos(angle), 1e-12);
      EXPECT_NEAR(samples.x(1, i), radius * std::sin(angle), 1e-12);
      for (std::size_t j = 0; j < i; ++j) {
        if (samples.y(0, i) == samples.y(0, j)) continue;
        nearest = std::min(nearest,
                           std::hypot(samples.x(0, i) - samples.x(0, j), samples.x(1, i) - samples.x(1, j)));
      }
    }
    // At the inner ends two arms of two are 0.2 apart, of five 0.12.
    EXPECT_GT(nearest, classes == 2 ? 0.15 : 0.08) << classes << " arms";
  }
}

}  // namespace
}  // namespace initlab
