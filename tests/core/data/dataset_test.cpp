// What every row of the table promises, whatever it makes.
#include "core/data/dataset.h"

#include <gtest/gtest.h>

#include <algorithm>
#include <cmath>
#include <cstdint>
#include <set>
#include <string>

#include "tests/core/data/data_samples.h"

namespace initlab {
namespace {

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

TEST(Dataset, every_row_reads_the_keys_that_are_stated_for_it_and_no_others) {
  const std::set<std::string_view> classified = {"circles", "moons",  "blobs",
                                                 "xor",     "spiral", "gaussian_features"};
  const std::set<std::string_view> curves = {"x_sin_x", "sine", "cubic", "absolute"};
  for (const DatasetRow& row : datasets()) {
    const bool generated = classified.contains(row.id) || curves.contains(row.id);
    const bool is_csv = row.id == "csv";
    for (const char* key : {"samples", "noise", "seed"})
      EXPECT_EQ(row.reads(key), generated) << row.id << key;
    for (const char* key : {"test_samples", "test_seed"}) {
      EXPECT_EQ(row.reads(key), generated || is_csv) << row.id << key;
    }
    for (const char* key : {"path", "label", "header", "standardize"}) {
      EXPECT_EQ(row.reads(key), is_csv) << row.id << key;
    }
    for (const char* key : {"low", "high"})
      EXPECT_EQ(row.reads(key), curves.contains(row.id)) << row.id << key;
    EXPECT_EQ(row.reads("balance"), classified.contains(row.id)) << row.id;
    EXPECT_EQ(row.reads("factor"), row.id == "circles") << row.id;
    EXPECT_EQ(row.reads("features"), row.id == "blobs" || row.id == "gaussian_features") << row.id;
    EXPECT_EQ(row.reads("classes"), row.id == "blobs" || row.id == "spiral") << row.id;
    EXPECT_EQ(row.reads("points"), row.id == "points") << row.id;
    EXPECT_EQ(row.is_regression, curves.contains(row.id)) << row.id;
    for (const char* key : {"", "kind", "sample", "samples noise"})
      EXPECT_FALSE(row.reads(key)) << row.id << key;
  }
}

TEST(Dataset, every_row_makes_as_many_finite_points_as_it_is_asked_for) {
  for (const DatasetRow& row : generated_rows()) {
    for (const std::int64_t count : {1, 2, 3, 17, 100, 1001}) {
      for (const double noise : {0.0, 0.05, 10.0}) {
        const Dataset data = make_dataset(settings_of(row.kind, count, noise, 11));
        ASSERT_EQ(data.train.x.rows(), row.is_regression ? 1U : 2U) << row.id;
        ASSERT_EQ(data.train.y.rows(), 1U) << row.id;
        ASSERT_EQ(data.train.count(), static_cast<std::size_t>(count)) << row.id;
        ASSERT_EQ(data.test.count(), 100U) << row.id;
        ASSERT_EQ(data.classes, row.is_regression ? 0U : 2U) << row.id;
        for (std::size_t i = 0; i < data.train.count(); ++i) {
          ASSERT_TRUE(row.is_regression || data.train.y(0, i) == 0 || data.train.y(0, i) == 1) << row.id;
          ASSERT_TRUE(std::isfinite(data.train.y(0, i))) << row.id;
          for (std::size_t f = 0; f < data.train.x.rows(); ++f) {
            ASSERT_TRUE(std::isfinite(data.train.x(f, i))) << row.id;
          }
        }
      }
    }
  }
}

TEST(Dataset, every_row_makes_the_shape_that_is_told_beforehand) {
  for (const DatasetRow& row : datasets()) {
    DataSettings settings = settings_of(row.kind, 41, 0.05, 3);
    settings.features = 5;
    settings.classes = 4;
    settings.test_samples = 13;
    settings.points = {{0, 0, 0}, {1, 1, 2}};
    const std::optional<DataShape> told = shape_of(settings);
    ASSERT_EQ(told.has_value(), row.kind != DatasetId::kCsv) << row.id;
    if (!told) continue;
    const DataShape made = shape_of(make_dataset(settings));
    EXPECT_EQ(told->features, made.features) << row.id;
    EXPECT_EQ(told->classes, made.classes) << row.id;
    EXPECT_EQ(told->samples, made.samples) << row.id;
    EXPECT_EQ(told->test_samples, made.test_samples) << row.id;
    EXPECT_EQ(made.features, row.is_regression ? 1U : row.reads("features") ? 5U : 2U) << row.id;
  }
}

TEST(Dataset, every_row_of_classes_shuffles_them) {
  for (const DatasetRow& row : generated_rows()) {
    if (row.is_regression) continue;
    const Samples samples = make_dataset(settings_of(row.kind, 200, 0.05, 5)).train;
    const auto labels = samples.y.row_span(0).first(100);
    const auto ones = std::count(labels.begin(), labels.end(), 1.0);
    EXPECT_GT(ones, 30) << row.id;
    EXPECT_LT(ones, 70) << row.id;
  }
}

TEST(Dataset, the_same_seed_gives_the_same_points_and_another_seed_others) {
  for (const DatasetRow& row : generated_rows()) {
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

TEST(Dataset, every_generator_reads_every_setting_that_it_names) {
  for (const DatasetRow& row : generated_rows()) {
    DataSettings settings = settings_of(row.kind, 60, 0.05, 9);
    const Dataset plain = make_dataset(settings);
    const auto changes = [&](const char* key, const auto& change) {
      DataSettings changed = settings;
      change(changed);
      const Dataset data = make_dataset(changed);
      const bool same = data.train.x == plain.train.x && data.train.y == plain.train.y;
      EXPECT_EQ(same, !row.reads(key)) << row.id << ", " << key;
    };
    changes("noise", [](DataSettings& data) { data.noise = 0.1; });
    changes("factor", [](DataSettings& data) { data.factor = 0.5; });
    changes("features", [](DataSettings& data) { data.features = 3; });
    changes("classes", [](DataSettings& data) { data.classes = 3; });
    changes("balance", [](DataSettings& data) { data.balance = 0.1; });
    changes("low", [](DataSettings& data) { data.low = -2; });
    changes("high", [](DataSettings& data) { data.high = 2; });
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
  constexpr std::int64_t kCount = 20000;
  constexpr double kNoise = 0.3;
  for (const DatasetRow& row : generated_rows()) {
    const Samples clean = make_dataset(settings_of(row.kind, kCount, 0, 21)).train;
    const Samples noisy = make_dataset(settings_of(row.kind, kCount, kNoise, 21)).train;
    const Matrix& before = row.is_regression ? clean.y : clean.x;
    const Matrix& after = row.is_regression ? noisy.y : noisy.x;
    EXPECT_EQ(row.is_regression ? clean.x : clean.y, row.is_regression ? noisy.x : noisy.y) << row.id;
    for (std::size_t r = 0; r < before.rows(); ++r) {
      double sum = 0, sum_of_squares = 0;
      for (std::size_t i = 0; i < clean.count(); ++i) {
        const double difference = after(r, i) - before(r, i);
        sum += difference;
        sum_of_squares += difference * difference;
      }
      // Five standard errors of the mean and of the standard deviation.
      EXPECT_NEAR(sum / kCount, 0, 5 * kNoise / std::sqrt(kCount)) << row.id;
      EXPECT_NEAR(std::sqrt(sum_of_squares / kCount), kNoise, 5 * kNoise / std::sqrt(2.0 * kCount)) << row.id;
    }
  }
}

TEST(Dataset, placed_points_stay_where_they_were_placed) {
  DataSettings settings;
  settings.kind = DatasetId::kPoints;
  settings.points = {{0.5, -1, 0}, {2, 3, 4}, {-7, 0.25, 1}};
  const Dataset data = make_dataset(settings);
  ASSERT_EQ(data.train.count(), 3U);
  EXPECT_EQ(data.test.count(), 0U);
  EXPECT_EQ(data.classes, 5U);
  for (std::size_t i = 0; i < 3; ++i) {
    EXPECT_EQ(data.train.x(0, i), settings.points[i].x1);
    EXPECT_EQ(data.train.x(1, i), settings.points[i].x2);
    EXPECT_EQ(data.train.y(0, i), static_cast<double>(settings.points[i].label));
  }
}

TEST(Dataset, points_of_one_class_and_no_points_are_still_a_question_of_two) {
  DataSettings settings;
  settings.kind = DatasetId::kPoints;
  EXPECT_EQ(make_dataset(settings).classes, 2U);
  EXPECT_EQ(make_dataset(settings).train.count(), 0U);
  settings.points = {{1, 1, 0}};
  EXPECT_EQ(make_dataset(settings).classes, 2U);
}

TEST(Dataset, loading_what_is_made_is_making_it) {
  for (const DatasetRow& row : generated_rows()) {
    const DataSettings settings = settings_of(row.kind, 30, 0.1, 4);
    const auto loaded = load_dataset(settings, "/nowhere", TargetKind::kClasses);
    ASSERT_TRUE(std::holds_alternative<Dataset>(loaded)) << row.id;
    EXPECT_EQ(std::get<Dataset>(loaded).train.x, make_dataset(settings).train.x) << row.id;
    EXPECT_EQ(std::get<Dataset>(loaded).test.y, make_dataset(settings).test.y) << row.id;
  }
}

}  // namespace
}  // namespace initlab
