// The naive judge of `backward`: nudge each parameter both ways and look at the cost.
#include <algorithm>
#include <cmath>

#include "core/network/network.h"

namespace initlab {
namespace {

double cost_at(const Network& network, const Objective& objective, const Matrix& x, const Matrix& y,
               Workspace& workspace) {
  forward(network, x, workspace);
  return cost(network, objective, y, workspace);
}

double central_difference(Network& network, double& parameter, const Objective& objective, const Matrix& x,
                          const Matrix& y, double step, Workspace& workspace) {
  const double kept = parameter;
  parameter = kept + step;
  const double above = cost_at(network, objective, x, y, workspace);
  parameter = kept - step;
  const double below = cost_at(network, objective, x, y, workspace);
  parameter = kept;
  return (above - below) / (2 * step);
}

// Where the gradient is 0, rounding still gives a difference of about 1e-16 / step.
constexpr double kFloor = 1e-4;

double relative_difference(double gradient, double difference) {
  return std::abs(gradient - difference) / std::max(kFloor, std::abs(gradient) + std::abs(difference));
}

}  // namespace

double gradient_check(const Network& network, const Objective& objective, const Matrix& x, const Matrix& y,
                      double step) {
  Workspace analytic;
  forward(network, x, analytic);
  backward(network, objective, x, y, analytic);
  Network nudged = network;
  Workspace scratch;
  double worst = 0;
  const auto check = [&](double& parameter, double gradient) {
    const double difference = central_difference(nudged, parameter, objective, x, y, step, scratch);
    worst = std::max(worst, relative_difference(gradient, difference));
  };
  for (std::size_t l = 0; l < nudged.layers.size(); ++l) {
    Layer& layer = nudged.layers[l];
    const LayerPass& pass = analytic.layers[l];
    for (std::size_t r = 0; r < layer.units(); ++r) {
      for (std::size_t c = 0; c < layer.inputs(); ++c) check(layer.w(r, c), pass.d_w(r, c));
      check(layer.b[r], pass.d_b[r]);
      if (!layer.norm) continue;
      check(layer.norm->gamma[r], pass.norm.d_gamma[r]);
      check(layer.norm->beta[r], pass.norm.d_beta[r]);
    }
  }
  return worst;
}

}  // namespace initlab
