// A data set from a table in a file: one line a sample, every column a number but the one that is learned.
//
// It reads what spreadsheets and pandas write: comma, semicolon or tab, quoted cells, a line of names or
// none, any line ends. It does not guess at missing values, dates or decimal commas: what is no number is an
// error that names its line and column.
#pragma once

#include <cstdint>
#include <filesystem>
#include <variant>

#include "core/data/dataset.h"

namespace initlab {

inline constexpr std::uintmax_t kMaximumCsvBytes = std::uintmax_t{1} << 30U;
// Of the numbers that a file becomes; checked before the memory is taken.
inline constexpr std::uint64_t kMaximumCsvMemory = std::uint64_t{1} << 31U;

// Reads `path`, `label`, `header`, `standardize`, `test_samples` and `test_seed` of `settings`. The test set
// is the first test_samples of `np.random.RandomState(test_seed).permutation(rows)`, in that order; the other
// rows keep theirs. Numbers are standardized with the moments of the training rows. Labels are sorted,
// numbers by value and text by its bytes, and become 0, 1, ... in that order.
std::variant<Dataset, DataError> read_csv(const DataSettings& settings, const std::filesystem::path& folder,
                                          TargetKind targets);

}  // namespace initlab
