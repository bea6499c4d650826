// Singular values from the Gram matrix of the smaller side: half of their digits are lost below 1e-8 of the
// largest, which the entropy of their shares does not see.
#include "core/experiment/activation_rank.h"

#include <Eigen/Dense>
#include <algorithm>
#include <cassert>
#include <cmath>
#include <vector>

namespace initlab {
namespace {

using Part = Eigen::MatrixXd;  // (units, samples)

// The part of A that is looked at, scaled to a largest value near 1; only samples with a direction.
Part select(const Matrix& a) {
  const std::size_t units = std::min(a.rows(), kSpectrumUnits);
  const std::size_t samples = std::min(a.columns(), kSpectrumSamples);
  Part part(static_cast<Eigen::Index>(units), static_cast<Eigen::Index>(samples));
  for (std::size_t r = 0; r < units; ++r) {
    const double* row = a.row(r * a.rows() / units);
    for (std::size_t c = 0; c < samples; ++c) {
      part(static_cast<Eigen::Index>(r), static_cast<Eigen::Index>(c)) = row[c * a.columns() / samples];
    }
  }
  double largest = 0;
  Eigen::Index kept = 0;
  for (Eigen::Index c = 0; c < part.cols(); ++c) {
    const double size = part.col(c).cwiseAbs().maxCoeff<Eigen::PropagateNaN>();
    if (!std::isfinite(size) || size == 0) continue;
    largest = std::max(largest, size);
    if (kept != c) part.col(kept) = part.col(c);
    ++kept;
  }
  part.conservativeResize(Eigen::NoChange, kept);
  if (kept > 0) part *= std::ldexp(1.0, std::clamp(-std::ilogb(largest), -1022, 1022));
  return part;
}

// From the sum of the samples brought to length 1: its square is m plus all pairs twice.
double mean_cosine(const Part& part) {
  Eigen::VectorXd sum = Eigen::VectorXd::Zero(part.rows());
  for (Eigen::Index c = 0; c < part.cols(); ++c) sum += part.col(c).stableNormalized();
  const double m = static_cast<double>(part.cols());
  return std::clamp((sum.squaredNorm() - m) / (m * (m - 1)), -1.0, 1.0);
}

std::vector<double> singular_values(const Part& part) {
  const Eigen::Index n = std::min(part.rows(), part.cols());
  Part gram = Part::Zero(n, n);
  if (part.rows() <= part.cols()) {
    gram.selfadjointView<Eigen::Lower>().rankUpdate(part);
  } else {
    gram.selfadjointView<Eigen::Lower>().rankUpdate(part.transpose());
  }
  const Eigen::SelfAdjointEigenSolver<Part> solver(gram, Eigen::EigenvaluesOnly);
  const double largest = solver.eigenvalues().maxCoeff();
  // Below this an eigenvalue is the rounding of the largest.
  const double rounding = largest * static_cast<double>(n) * 0x1p-52;
  std::vector<double> values;
  for (const double value : solver.eigenvalues()) {
    if (value > rounding) values.push_back(std::sqrt(value));
  }
  return values;
}

}  // namespace

double effective_rank(std::span<const double> singular_values) {
  double sum = 0;
  for (const double value : singular_values) sum += value;
  assert(sum > 0);
  double entropy = 0;
  for (const double value : singular_values) {
    const double share = value / sum;
    if (share > 0) entropy -= share * std::log(share);
  }
  return std::exp(entropy);
}

ActivationSpectrum activation_spectrum(const Matrix& a) {
  ActivationSpectrum spectrum;
  if (a.size() == 0) return spectrum;
  const Part part = select(a);
  if (part.cols() > 1) spectrum.correlation = mean_cosine(part);
  if (part.cols() > 0) spectrum.effective_rank = effective_rank(singular_values(part));
  return spectrum;
}

}  // namespace initlab
