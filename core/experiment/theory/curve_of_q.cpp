#include "core/experiment/theory/curve_of_q.h"

#include <array>
#include <cmath>

namespace initlab {
namespace {

constexpr double kStep = 0.125;  // between knots, in log q
constexpr int kPoints = 6;
// All knots around are finite and not 0.
constexpr double kTiny = 1e-290;
constexpr double kHuge = 1e290;

// Lagrange's weights of the points 0..5 for a position between the third and the fourth.
std::array<double, kPoints> weights_at(double position) {
  std::array<double, kPoints> weights;
  for (int i = 0; i < kPoints; ++i) {
    double& weight = weights[static_cast<std::size_t>(i)] = 1;
    for (int j = 0; j < kPoints; ++j) {
      if (j != i) weight *= (position - j) / (i - j);
    }
  }
  return weights;
}

}  // namespace

const std::vector<double>& CurveOfQ::knot(int index) {
  const auto [place, is_new] = knots_.try_emplace(index);
  if (is_new) place->second = compute_(std::exp(kStep * index));
  return place->second;
}

std::vector<double> CurveOfQ::at(double q) {
  if (!(q > kTiny && q < kHuge)) return compute_(q);
  const double position = std::log(q) / kStep;
  const int first = static_cast<int>(std::floor(position)) - (kPoints / 2 - 1);
  const std::array<double, kPoints> weights = weights_at(position - first);
  std::vector<double> figures(knot(first).size());
  for (int i = 0; i < kPoints; ++i) {
    const std::vector<double>& known = knot(first + i);
    for (std::size_t k = 0; k < figures.size(); ++k) {
      figures[k] += weights[static_cast<std::size_t>(i)] * known[k];
    }
  }
  return figures;
}

}  // namespace initlab
