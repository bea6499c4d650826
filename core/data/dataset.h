// Samples and where they come from: one row a generator. A new row needs its function in generators.cpp, an
// entry in DatasetId before kCount, and nothing else.
//
// Every generator draws from its own numpy generator; circles and moons are scikit-learn's `make_circles` and
// `make_moons` (shuffle on), point by point and in the same order.
#pragma once

#include <cstddef>
#include <cstdint>
#include <filesystem>
#include <optional>
#include <span>
#include <string>
#include <string_view>
#include <variant>
#include <vector>

#include "core/numeric/matrix.h"

namespace initlab {

enum class DatasetId {
  kCircles,
  kMoons,
  kBlobs,
  kXor,
  kSpiral,
  kGaussianFeatures,
  kXSinX,
  kSine,
  kCubic,
  kAbsolute,
  kCsv,
  kPoints,
  kCount
};

inline constexpr std::int64_t kMaximumClasses = 10;
inline constexpr std::int64_t kMaximumFeatures = 4096;

// One point placed by hand.
struct PlacedPoint {
  double x1 = 0;
  double x2 = 0;
  std::int64_t label = 0;  // its class, from 0
  bool operator==(const PlacedPoint&) const = default;
};

// What the data section of an experiment may set; a data set reads those that its row names.
struct DataSettings {
  DatasetId kind = DatasetId::kCircles;
  std::int64_t samples = 300;
  double noise = 0.05;  // standard deviation of what is added to each coordinate, or to a regression's target
  double factor = 0.8;  // circles: radius of the inner circle over that of the outer
  std::int64_t features = 2;  // gaussian_features, blobs
  std::int64_t classes = 2;   // blobs, spiral
  double balance = 0;         // share of the last class; 0: every class alike
  double low = -3;            // regressions: x is uniform in [low, high)
  double high = 3;
  std::string path;            // csv
  std::string label;           // csv: the name or the number (from 1) of the column to learn; empty: the last
  std::optional<bool> header;  // csv: whether the first line names the columns; null: as it looks
  bool standardize = false;    // csv: every feature to mean 0 and standard deviation 1
  std::vector<PlacedPoint> points;
  std::int64_t seed = 1;
  std::int64_t test_samples = 100;  // 0: no test set
  std::int64_t test_seed = 2;

  bool operator==(const DataSettings&) const = default;
};

// Columns are samples.
struct Samples {
  Matrix x;  // (features, m)
  Matrix y;  // (1, m): the class, 0 to classes - 1, or the value of a regression
  std::size_t count() const { return x.columns(); }
};

struct Dataset {
  Samples train;
  Samples test;                          // count() 0 where there is none
  std::size_t classes = 2;               // 0: a regression
  std::vector<std::string> class_names;  // of a CSV, as its labels are written; else empty
};

struct DataShape {
  std::size_t features = 2;
  std::size_t classes = 2;  // 0: a regression
  std::size_t samples = 0;
  std::size_t test_samples = 0;
};

struct DatasetRow {
  DatasetId kind;
  std::string_view id, label, formula, help, reference;
  std::string_view parameters;  // keys that it reads, separated by spaces, `kind` excepted
  bool is_regression;
  // The points of one seed. Null for what is read rather than made: csv, points.
  Samples (*generate)(const DataSettings& settings, std::size_t count, std::uint32_t seed);

  bool reads(std::string_view key) const;
};

std::span<const DatasetRow> datasets();
const DatasetRow& dataset_row(DatasetId kind);

// Null for a CSV, whose shape is known once it is read.
std::optional<DataShape> shape_of(const DataSettings& settings);
DataShape shape_of(const Dataset& dataset);

// What the last column of a CSV is taken for.
enum class TargetKind { kClasses, kNumbers };
// One line: what, where (file, line, column), what is allowed.
struct DataError {
  std::string message;
};
// The whole data set. A relative path of a CSV starts at `folder`, or where nothing is there, at the working
// directory. Only a CSV can fail.
std::variant<Dataset, DataError> load_dataset(const DataSettings& settings,
                                              const std::filesystem::path& folder, TargetKind targets);
// The same for what is not read from a file.
Dataset make_dataset(const DataSettings& settings);

// The training points of two features and classes as if they had been placed by hand.
std::vector<PlacedPoint> placed_points(const Dataset& data);

}  // namespace initlab
