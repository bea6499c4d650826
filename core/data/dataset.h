// Samples and where they come from: one row a generator. A new row needs its function in generators.cpp, an
// entry in DatasetId before kCount, and nothing else.
//
// Every generator draws from its own numpy generator; circles and moons are scikit-learn's `make_circles` and
// `make_moons` (shuffle on), point by point and in the same order.
#pragma once

#include <cstddef>
#include <cstdint>
#include <span>
#include <string_view>

#include "core/numeric/matrix.h"

namespace initlab {

enum class DatasetId { kCircles, kMoons, kBlobs, kXor, kSpiral, kCount };

// What the data section of an experiment may set; a generator reads those that its row names.
struct DataSettings {
  DatasetId kind = DatasetId::kCircles;
  std::int64_t samples = 300;
  double noise = 0.05;  // standard deviation of what is added to each coordinate
  double factor = 0.8;  // circles: radius of the inner circle over that of the outer
  std::int64_t seed = 1;
  std::int64_t test_samples = 100;  // 0: no test set
  std::int64_t test_seed = 2;

  bool operator==(const DataSettings&) const = default;
};

// Columns are samples.
struct Samples {
  Matrix x;  // (features, m)
  Matrix y;  // (1, m): 0 or 1
  std::size_t count() const { return x.columns(); }
};

struct Dataset {
  Samples train;
  Samples test;  // count() 0 where there is none
};

struct DatasetRow {
  DatasetId kind;
  std::string_view id, label, formula, help, reference;
  std::string_view parameters;  // keys that it reads besides those that all share: "factor"
  std::size_t features;
  Samples (*generate)(const DataSettings& settings, std::size_t count, std::uint32_t seed);

  bool reads(std::string_view key) const;
};

std::span<const DatasetRow> datasets();
const DatasetRow& dataset_row(DatasetId kind);

Dataset make_dataset(const DataSettings& settings);

}  // namespace initlab
