// Singular values from the Gram matrix of the smaller side: half of their digits are lost below 1e-8 of the
// largest, which the entropy of their shares does not see.
#include "core/experiment/measure/activation_rank.h"

#include <Eigen/Dense>
#include <algorithm>
#include <cassert>
#include <cmath>
#include <vector>

namespace initlab {
namespace {

using Part = Eigen::MatrixXd;  // (units, samples)

// The part of A that is looked at, every sample that has a direction brought to a largest value of 1, and how
// large that was over the largest of all.
struct Samples {
  Part part;
  std::vector<double> sizes;
};

Samples select(const Matrix& a) {
  const std::size_t units = std::min(a.rows(), kSpectrumUnits);
  const std::size_t count = std::min(a.columns(), kSpectrumSamples);
  std::vector<std::size_t> columns(count);
  for (std::size_t c = 0; c < count; ++c) columns[c] = c * a.columns() / count;
  Samples samples{Part(static_cast<Eigen::Index>(units), static_cast<Eigen::Index>(count)), {}};
  Part& part = samples.part;
  for (std::size_t r = 0; r < units; ++r) {
    const double* row = a.row(r * a.rows() / units);
    for (std::size_t c = 0; c < count; ++c) {
      part(static_cast<Eigen::Index>(r), static_cast<Eigen::Index>(c)) = row[columns[c]];
    }
  }
  double largest = 0;
  for (Eigen::Index c = 0; c < part.cols(); ++c) {
    const double size = part.col(c).cwiseAbs().maxCoeff<Eigen::PropagateNaN>();
    if (!std::isfinite(size) || size == 0) continue;
    const auto kept = static_cast<Eigen::Index>(samples.sizes.size());
    part.col(kept) = part.col(c) / size;
    samples.sizes.push_back(size);
    largest = std::max(largest, size);
  }
  part.conservativeResize(Eigen::NoChange, static_cast<Eigen::Index>(samples.sizes.size()));
  for (double& size : samples.sizes) size /= largest;
  return samples;
}

// From the sum of the samples brought to length 1: its square is m plus all pairs twice.
double mean_cosine(const Part& part) {
  Eigen::VectorXd sum = Eigen::VectorXd::Zero(part.rows());
  for (Eigen::Index c = 0; c < part.cols(); ++c) sum += part.col(c).normalized();
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
  Samples samples = select(a);
  if (samples.sizes.size() > 1) spectrum.correlation = mean_cosine(samples.part);
  if (samples.sizes.empty()) return spectrum;
  const auto count = static_cast<Eigen::Index>(samples.sizes.size());
  samples.part *= Eigen::Map<const Eigen::VectorXd>(samples.sizes.data(), count).asDiagonal();
  spectrum.effective_rank = effective_rank(singular_values(samples.part));
  return spectrum;
}

}  // namespace initlab
