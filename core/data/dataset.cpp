// The table of data sets, and how a whole data set is made from its settings: train and test from a seed
// each.
#include "core/data/dataset.h"

#include <array>
#include <cassert>
#include <limits>

#include "core/data/generators.h"

namespace initlab {
namespace {

constexpr std::string_view kSharedKeys = "kind samples noise seed test_samples test_seed";

constexpr std::array<DatasetRow, static_cast<std::size_t>(DatasetId::kCount)> kDatasets{{
    {DatasetId::kCircles, "circles", "Circles", "(cos t, sin t), and factor times it; + N(0, noise²)",
     "A ring around a ring: the outer one is class 0, the inner one class 1.",
     "scikit-learn 1.2, make_circles", "factor", 2, make_circles},
    {DatasetId::kMoons, "moons", "Moons",
     "(cos t, sin t) and (1 - cos t, 1/2 - sin t), t in [0, π]; + N(0, noise²)",
     "Two half circles that reach into each other.", "scikit-learn 1.2, make_moons", "", 2, make_moons},
    {DatasetId::kBlobs, "blobs", "Blobs", "N(c, 0.25²) with c = (-0.6, -0.6) or (0.6, 0.6); + N(0, noise²)",
     "Two round clouds that a straight line can part.", "InitLab", "", 2, make_blobs},
    {DatasetId::kXor, "xor", "Exclusive or",
     "|x1|, |x2| ~ U[0.1, 1), class 1 where the signs differ; + N(0, noise²)",
     "Four squares, opposite ones of one class: no straight line can part them.",
     "Minsky and Papert 1969, Perceptrons", "", 2, make_xor},
    {DatasetId::kSpiral, "spiral", "Spiral",
     "r (cos t, sin t), r = 0.1 + 0.9 s, t = 2.5 π s + π class, s = sqrt(U[0, 1)); + N(0, noise²)",
     "Two arms wound around each other: needs more units or more layers than the rest.",
     "after Lang and Witbrock 1988, Learning to tell two spirals apart", "", 2, make_spiral},
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

}  // namespace

bool DatasetRow::reads(std::string_view key) const {
  return has_word(kSharedKeys, key) || has_word(parameters, key);
}

std::span<const DatasetRow> datasets() {
  return kDatasets;
}

const DatasetRow& dataset_row(DatasetId kind) {
  assert(kind < DatasetId::kCount);
  return kDatasets[static_cast<std::size_t>(kind)];
}

Dataset make_dataset(const DataSettings& settings) {
  return {generate(settings, settings.samples, settings.seed),
          generate(settings, settings.test_samples, settings.test_seed)};
}

}  // namespace initlab
