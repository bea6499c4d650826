// Integrals against a normal law: E[g(x)] for x ~ N(mean, q), where g may have a kink at x = 0 and may change
// there within a distance of 1 however large q is.
//
// The line is split at x = 0, and panels widen away from it by a fixed ratio, each with a Gauss-Legendre
// rule. Plain Gauss-Hermite loses its digits at kinks and at large q, equal steps do so at large q.
#pragma once

#include <cstddef>
#include <vector>

namespace initlab {

struct GaussianNode {
  double x = 0;
  double weight = 0;  // all weights together are 1
};

struct QuadratureOptions {
  std::size_t points = 16;  // of the rule in a panel: 16 for single integrals, fewer where they are nested
  // g changes next to 0 within this many standard deviations, if that is finer than 1 in x.
  double finest = 1;
};
inline constexpr std::size_t kNestedPoints = 12;

// Replaces `nodes` by those of N(mean, q). Requires a finite mean and a finite q > 0.
void gaussian_nodes(double q, double mean, const QuadratureOptions& options,
                    std::vector<GaussianNode>& nodes);
std::vector<GaussianNode> gaussian_nodes(double q, double mean = 0);

template <class Function>
double expectation(const std::vector<GaussianNode>& nodes, Function&& g) {
  double sum = 0;
  for (const GaussianNode& node : nodes) sum += node.weight * g(node.x);
  return sum;
}

// Root of a continuous function between a and b, where its values fa and fb have different signs (one may be
// 0): regula falsi with the Illinois weights, halving where that does not close in.
template <class Function>
double root_between(Function&& f, double a, double fa, double b, double fb) {
  constexpr int kMost = 100;
  constexpr double kClose = 1e-14;
  double last = a;
  for (int i = 0; i < kMost; ++i) {
    if (fa == 0) return a;
    if (fb == 0) return b;
    double x = (a * fb - b * fa) / (fb - fa);
    if (!(x > (a < b ? a : b) && x < (a < b ? b : a)) || i % 8 == 7) x = a + (b - a) / 2;
    if (x == a || x == b || x == last) return x;
    const double fx = f(x);
    const bool same_side = (fx > 0) == (fb > 0);
    if (!same_side) {
      a = b;
      fa = fb;
    } else {
      fa /= 2;
    }
    b = x;
    fb = fx;
    const double change = x > last ? x - last : last - x;
    if (i > 0 && i % 8 != 7 && change <= kClose * (x < 0 ? -x : x)) return x;
    last = x;
  }
  return b;
}

}  // namespace initlab
