// How alike a layer makes its samples: the mean cosine between their activations, which estimates the
// correlation of mean-field theory, and the effective rank of the activation matrix (Roy and Vetterli 2007).
//
// Looks at no more than kSpectrumSamples evenly spaced samples and kSpectrumUnits evenly spaced units, so
// that the work has a bound: wide layers and large data sets are judged by that part.
#pragma once

#include <optional>
#include <span>

#include "core/numeric/matrix.h"

namespace initlab {

inline constexpr std::size_t kSpectrumSamples = 256;
inline constexpr std::size_t kSpectrumUnits = 128;

struct ActivationSpectrum {
  std::optional<double> correlation;     // null where fewer than two samples have a direction
  std::optional<double> effective_rank;  // null where no sample has one
};
// Of A (units, m). Samples that are all 0, or not finite, have no direction and are left out. Values of any
// size: they are scaled first.
ActivationSpectrum activation_spectrum(const Matrix& a);

// exp(-sum p ln p) with p the share of each of the values in their sum: 1 when one stands alone, their count
// when all are equal. Requires values >= 0, one of them above 0.
double effective_rank(std::span<const double> singular_values);

}  // namespace initlab
