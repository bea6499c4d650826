// What the tests of data sets share: settings with little noise, and the even counting of labels.
#pragma once

#include <algorithm>
#include <cstdint>
#include <vector>

#include "core/data/dataset.h"

namespace initlab {

inline DataSettings settings_of(DatasetId kind, std::int64_t samples, double noise, std::int64_t seed) {
  DataSettings settings;
  settings.kind = kind;
  settings.samples = samples;
  settings.noise = noise;
  settings.seed = seed;
  return settings;
}

inline std::size_t count_of_label(const Samples& samples, std::size_t label) {
  const auto labels = samples.y.row_span(0);
  return static_cast<std::size_t>(std::count(labels.begin(), labels.end(), static_cast<double>(label)));
}

// The rows that are made from a seed.
inline std::vector<DatasetRow> generated_rows() {
  std::vector<DatasetRow> rows;
  for (const DatasetRow& row : datasets()) {
    if (row.generate) rows.push_back(row);
  }
  return rows;
}

}  // namespace initlab
