// The table of data sets, and how a whole data set is made from its settings: train and test from a seed
// each. What stands in a file is read in csv.cpp.
#include "core/data/dataset.h"

#include <algorithm>
#include <array>
#include <cassert>
#include <limits>

#include "core/data/csv.h"
#include "core/data/generators.h"

namespace initlab {
namespace {

constexpr std::string_view kClassKeys = "samples noise balance seed test_samples test_seed";
constexpr std::string_view kCurveKeys = "samples noise low high seed test_samples test_seed";

constexpr std::array<DatasetRow, static_cast<std::size_t>(DatasetId::kCount)> kDatasets{{
    {DatasetId::kCircles, "circles", "Circles", "(cos t, sin t), and factor times it; + N(0, noise²)",
     "A ring around a ring: the outer one is class 0, the inner one class 1.",
     "scikit-learn 1.2, make_circles", "samples noise factor balance seed test_samples test_seed", false,
     make_circles},
    {DatasetId::kMoons, "moons", "Moons",
     "(cos t, sin t) and (1 - cos t, 1/2 - sin t), t in [0, π]; + N(0, noise²)",
     "Two half circles that reach into each other.", "scikit-learn 1.2, make_moons", kClassKeys, false,
     make_moons},
    {DatasetId::kBlobs, "blobs", "Blobs",
     "N(c, 0.25²), two c: (-0.6, -0.6) and (0.6, 0.6), more evenly on their circle; + N(0, noise²)",
     "Round clouds that straight lines can part. Features beyond the second tell nothing; with one feature "
     "the clouds stand in a row, 1.2 apart.",
     "InitLab", "samples features classes noise balance seed test_samples test_seed", false, make_blobs},
    {DatasetId::kXor, "xor", "Exclusive or",
     "|x1|, |x2| ~ U[0.1, 1), class 1 where the signs differ; + N(0, noise²)",
     "Four squares, opposite ones of one class: no straight line can part them.",
     "Minsky and Papert 1969, Perceptrons", kClassKeys, false, make_xor},
    {DatasetId::kSpiral, "spiral", "Spiral",
     "r (cos t, sin t), r = 0.1 + 0.9 s, t = 2.5 π s + 2 π class / classes, s = sqrt(U[0, 1)); + N(0, "
     "noise²)",
     "Arms wound around each other, one a class: needs more units or more layers than the rest.",
     "after Lang and Witbrock 1988, Learning to tell two spirals apart",
     "samples classes noise balance seed test_samples test_seed", false, make_spiral},
    {DatasetId::kGaussianFeatures, "gaussian_features", "Gaussian features",
     "x ~ N(0, 1) + N(0, noise²), class 1 with probability balance (0: 1/2)",
     "Any number of features that tell nothing of the class, which is a coin: for what the signal does on "
     "its "
     "way through the layers. Noise 0 leaves numpy's randn(samples, features) as it is.",
     "InitLab", "samples features noise balance seed test_samples test_seed", false, make_gaussian_features},
    {DatasetId::kXSinX, "x_sin_x", "x sin x", "y = x sin x + N(0, noise²), x ~ U[low, high)",
     "A wave that grows with the distance from 0. The test points lie on the curve itself, without noise: "
     "the "
     "test error is the distance from what is to be learned.",
     "InitLab", kCurveKeys, true, make_x_sin_x},
    {DatasetId::kSine, "sine", "Sine", "y = sin x + N(0, noise²), x ~ U[low, high)",
     "A wave. The test points lie on the curve itself, without noise: the test error is the distance from "
     "what is to be learned.",
     "InitLab", kCurveKeys, true, make_sine},
    {DatasetId::kCubic, "cubic", "Cubic", "y = x³ + N(0, noise²), x ~ U[low, high)",
     "Flat in the middle, steep at the ends: targets far larger than a fresh network's output. The test "
     "points lie on the curve itself, without noise: the test error is the distance from what is to be "
     "learned.",
     "InitLab", kCurveKeys, true, make_cubic},
    {DatasetId::kAbsolute, "absolute", "Absolute value", "y = |x| + N(0, noise²), x ~ U[low, high)",
     "A kink at 0: two ReLU units are enough for it. The test points lie on the curve itself, without noise: "
     "the test error is the distance from what is to be learned.",
     "InitLab", kCurveKeys, true, make_absolute},
    {DatasetId::kCsv, "csv", "CSV file", "x: every column but one, y: that column",
     "A table of your own: a line a sample, numbers and one column to learn. Classes are its different "
     "labels, "
     "text or numbers; a linear output takes it as numbers. The test rows are drawn from the file.",
     "RFC 4180", "path label header standardize test_samples test_seed", false, nullptr},
    {DatasetId::kPoints, "points", "Points", "(x1, x2, class), as they were placed",
     "Points placed by hand, a class each; there is no test set.", "InitLab", "points", false, nullptr},
}};

constexpr bool rows_stand_in_order() {
  for (std::size_t i = 0; i < kDatasets.size(); ++i) {
    if (static_cast<std::size_t>(kDatasets[i].kind) != i) return false;
  }
  return true;
}
static_assert(rows_stand_in_order(), "one row a DatasetId, in its order");

// Whether `words`, separated by spaces, has `word`.
bool has_word(std::string_view words, std::string_view word) {
  while (!words.empty()) {
    const std::size_t end = words.find(' ');
    if (words.substr(0, end) == word) return true;
    if (end == std::string_view::npos) return false;
    words.remove_prefix(end + 1);
  }
  return false;
}

Samples generate(const DataSettings& settings, std::int64_t count, std::int64_t seed) {
  assert(count >= 0);
  assert(seed >= 0 && seed <= std::int64_t{std::numeric_limits<std::uint32_t>::max()});
  if (count == 0) return {};
  return dataset_row(settings.kind)
      .generate(settings, static_cast<std::size_t>(count), static_cast<std::uint32_t>(seed));
}

std::size_t classes_of_points(std::span<const PlacedPoint> points) {
  std::int64_t classes = 2;
  for (const PlacedPoint& point : points) classes = std::max(classes, point.label + 1);
  return static_cast<std::size_t>(classes);
}

Dataset placed_by_hand(std::span<const PlacedPoint> points) {
  Dataset data;
  data.train = {Matrix(2, points.size()), Matrix(1, points.size())};
  for (std::size_t i = 0; i < points.size(); ++i) {
    assert(points[i].label >= 0 && points[i].label < kMaximumClasses);
    data.train.x(0, i) = points[i].x1;
    data.train.x(1, i) = points[i].x2;
    data.train.y(0, i) = static_cast<double>(points[i].label);
  }
  data.classes = classes_of_points(points);
  return data;
}

}  // namespace

bool DatasetRow::reads(std::string_view key) const {
  return has_word(parameters, key);
}

std::span<const DatasetRow> datasets() {
  return kDatasets;
}

const DatasetRow& dataset_row(DatasetId kind) {
  assert(kind < DatasetId::kCount);
  return kDatasets[static_cast<std::size_t>(kind)];
}

std::optional<DataShape> shape_of(const DataSettings& settings) {
  if (settings.kind == DatasetId::kCsv) return std::nullopt;
  if (settings.kind == DatasetId::kPoints) {
    return DataShape{2, classes_of_points(settings.points), settings.points.size(), 0};
  }
  const DatasetRow& row = dataset_row(settings.kind);
  DataShape shape;
  if (row.is_regression) shape.features = 1;
  if (row.reads("features")) shape.features = static_cast<std::size_t>(settings.features);
  if (row.is_regression) shape.classes = 0;
  if (row.reads("classes")) shape.classes = static_cast<std::size_t>(settings.classes);
  shape.samples = static_cast<std::size_t>(settings.samples);
  shape.test_samples = static_cast<std::size_t>(settings.test_samples);
  return shape;
}

DataShape shape_of(const Dataset& dataset) {
  return {dataset.train.x.rows(), dataset.classes, dataset.train.count(), dataset.test.count()};
}

std::variant<Dataset, DataError> load_dataset(const DataSettings& settings,
                                              const std::filesystem::path& folder, TargetKind targets) {
  if (settings.kind == DatasetId::kCsv) return read_csv(settings, folder, targets);
  return make_dataset(settings);
}

Dataset make_dataset(const DataSettings& settings) {
  assert(settings.kind != DatasetId::kCsv);
  if (settings.kind == DatasetId::kPoints) return placed_by_hand(settings.points);
  DataSettings for_test = settings;
  if (dataset_row(settings.kind).is_regression) for_test.noise = 0;  // the error is to be that of the fit
  return {generate(settings, settings.samples, settings.seed),
          generate(for_test, settings.test_samples, settings.test_seed),
          shape_of(settings)->classes,
          {}};
}

std::vector<PlacedPoint> placed_points(const Dataset& data) {
  assert(data.classes >= 2 && data.train.x.rows() == 2);
  std::vector<PlacedPoint> points;
  points.reserve(data.train.count());
  for (std::size_t i = 0; i < data.train.count(); ++i) {
    points.push_back({data.train.x(0, i), data.train.x(1, i), static_cast<std::int64_t>(data.train.y(0, i))});
  }
  return points;
}

}  // namespace initlab
