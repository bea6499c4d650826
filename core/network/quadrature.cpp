#include "core/network/quadrature.h"

#include <algorithm>
#include <cassert>
#include <cmath>
#include <numbers>

namespace initlab {
namespace {

// Beyond, the normal law has less than 1e-22 left.
constexpr double kReach = 10;
// Panels in asinh of the distance: their ends grow by at most exp of this.
constexpr double kPanel = 0.35;

// Nodes and weights on [-1, 1]: the roots of the Legendre polynomial by Newton's method.
struct LegendreRule {
  std::vector<double> nodes, weights;
};
LegendreRule legendre_rule(std::size_t points) {
  LegendreRule rule;
  const auto n = static_cast<double>(points);
  for (std::size_t i = 0; i < points; ++i) {
    double x = std::cos(std::numbers::pi * (static_cast<double>(i) + 0.75) / (n + 0.5));
    double slope = 0;
    for (int iteration = 0; iteration < 20; ++iteration) {
      double before = 1;
      double value = x;
      for (std::size_t k = 2; k <= points; ++k) {
        const auto order = static_cast<double>(k);
        const double next = ((2 * order - 1) * x * value - (order - 1) * before) / order;
        before = value;
        value = next;
      }
      slope = n * (x * value - before) / (x * x - 1);
      const double move = value / slope;
      x -= move;
      if (std::abs(move) < 1e-16) break;
    }
    rule.nodes.push_back(x);
    rule.weights.push_back(2 / ((1 - x * x) * slope * slope));
  }
  return rule;
}

const LegendreRule& rule_of(std::size_t points) {
  static const LegendreRule kSingle = legendre_rule(QuadratureOptions{}.points);
  static const LegendreRule kNested = legendre_rule(kNestedPoints);
  assert(points == kSingle.nodes.size() || points == kNested.nodes.size());
  return points == kNested.nodes.size() ? kNested : kSingle;
}

}  // namespace

void gaussian_nodes(double q, double mean, const QuadratureOptions& options,
                    std::vector<GaussianNode>& nodes) {
  assert(std::isfinite(mean) && std::isfinite(q) && q > 0 && options.finest > 0);
  nodes.clear();
  const LegendreRule& rule = rule_of(options.points);
  const double deviation = std::sqrt(q);
  // Distances from the split are in standard deviations. A kink out of reach needs no attention.
  const double kink = -mean / deviation;
  const bool within_reach = std::abs(kink) < kReach;
  const double split = within_reach ? kink : 0;
  const double grading = within_reach ? std::max({1.0, deviation, 1 / options.finest}) : 1;
  for (const double side : {-1.0, 1.0}) {
    const double length = kReach - side * split;
    const double end = std::asinh(grading * length);
    const auto panels = static_cast<std::size_t>(std::ceil(end / kPanel));
    double from = 0;
    for (std::size_t p = 1; p <= panels; ++p) {
      const double to = std::sinh(end * static_cast<double>(p) / static_cast<double>(panels)) / grading;
      const double half = (to - from) / 2;
      for (std::size_t i = 0; i < rule.nodes.size(); ++i) {
        const double distance = side * (from + half * (1 + rule.nodes[i]));
        const double z = split + distance;
        const double density = std::exp(-z * z / 2) * std::numbers::inv_sqrtpi / std::numbers::sqrt2;
        // From the split, so that x keeps its digits and its sign next to the kink.
        const double x = within_reach ? deviation * distance : mean + deviation * z;
        nodes.push_back({x, half * rule.weights[i] * density});
      }
      from = to;
    }
  }
}

std::vector<GaussianNode> gaussian_nodes(double q, double mean) {
  std::vector<GaussianNode> nodes;
  gaussian_nodes(q, mean, {}, nodes);
  return nodes;
}

}  // namespace initlab
