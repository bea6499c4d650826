// The rows of the optimizers and their steps, element by element in a fixed order of operations.
#include "core/network/optimizers.h"

#include <array>
#include <cassert>
#include <cmath>

namespace initlab {
namespace {

constexpr double kMomentum = 0.9;
constexpr double kRmspropDecay = 0.99;
constexpr double kAdamDecay1 = 0.9;
constexpr double kAdamDecay2 = 0.999;
constexpr double kEpsilon = 1e-8;

constexpr std::array kOptimizers = {
    Optimizer{.kind = OptimizerId::kGradientDescent,
              .id = "gradient_descent",
              .label = "Gradient descent",
              .formula = "W <- W - rate dW",
              .help = "One step against the gradient of the cost.",
              .reference = "Cauchy 1847",
              .moments = 0},
    Optimizer{.kind = OptimizerId::kMomentum,
              .id = "momentum",
              .label = "Momentum",
              .formula = "V <- 0.9 V + dW, W <- W - rate V",
              .help = "Keeps a velocity, so that steps in one direction add up: ten times as far in the end.",
              .reference = "Polyak 1964; torch.optim.SGD(momentum=0.9)",
              .moments = 1},
    Optimizer{
        .kind = OptimizerId::kRmsprop,
        .id = "rmsprop",
        .label = "RMSProp",
        .formula = "S <- 0.99 S + 0.01 dW^2, W <- W - rate dW / (sqrt(S) + 1e-8)",
        .help = "Divides each gradient by its usual size, so that small ones step as far as large ones.",
        .reference = "Tieleman and Hinton 2012; torch.optim.RMSprop",
        .moments = 1},
    Optimizer{.kind = OptimizerId::kAdam,
              .id = "adam",
              .label = "Adam",
              .formula = "M <- 0.9 M + 0.1 dW, S <- 0.999 S + 0.001 dW^2, "
                         "W <- W - rate (M / (1 - 0.9^t)) / (sqrt(S / (1 - 0.999^t)) + 1e-8)",
              .help = "Momentum and RMSProp together; hides much of a bad start, as its steps have one size.",
              .reference = "Kingma and Ba 2015; torch.optim.Adam",
              .moments = 2},
};
static_assert(kOptimizers.size() == static_cast<std::size_t>(OptimizerId::kCount));

// How one number moves: gradient g, the number w, what is remembered of it.
struct MomentumRule {
  double rate;
  void operator()(double g, double& w, double& velocity, double&) const {
    velocity = kMomentum * velocity + g;
    w -= rate * velocity;
  }
};
struct RmspropRule {
  double rate;
  void operator()(double g, double& w, double& square, double&) const {
    square = kRmspropDecay * square + (1 - kRmspropDecay) * (g * g);
    w -= rate * (g / (std::sqrt(square) + kEpsilon));
  }
};
struct AdamRule {
  double step;          // rate / (1 - 0.9^t)
  double square_scale;  // sqrt(1 - 0.999^t)
  void operator()(double g, double& w, double& mean, double& square) const {
    mean = kAdamDecay1 * mean + (1 - kAdamDecay1) * g;
    square = kAdamDecay2 * square + (1 - kAdamDecay2) * (g * g);
    w -= step * (mean / (std::sqrt(square) / square_scale + kEpsilon));
  }
};

using Moments = OptimizerState::Moments;

// Applies the rule to each of n numbers; whether all are finite after it.
template <class Rule>
bool move(const Rule& rule, std::size_t n, const double* g, double* w, double* first, double* second) {
  double poison = 0;
  for (std::size_t i = 0; i < n; ++i) {
    rule(g[i], w[i], first[i], second[i]);
    poison += 0 * w[i];
  }
  return poison == 0;
}

// A rule with one moment gets it as both, and leaves the second alone.
template <class Rule>
bool move_layer(const Rule& rule, const LayerPass& pass, Layer& layer, Moments& first, Moments& second) {
  bool is_finite = true;
  for (std::size_t r = 0; r < layer.units(); ++r)
    is_finite &= move(rule, layer.inputs(), pass.d_w.row(r), layer.w.row(r), first.w.row(r), second.w.row(r));
  const auto move_vector = [&](const std::vector<double>& g, std::vector<double>& w, std::vector<double>& m1,
                               std::vector<double>& m2) {
    is_finite &= move(rule, w.size(), g.data(), w.data(), m1.data(), m2.data());
  };
  move_vector(pass.d_b, layer.b, first.b, second.b);
  if (layer.norm) {
    move_vector(pass.norm.d_gamma, layer.norm->gamma, first.gamma, second.gamma);
    move_vector(pass.norm.d_beta, layer.norm->beta, first.beta, second.beta);
  }
  return is_finite;
}

bool descend_layer(double rate, const LayerPass& pass, Layer& layer) {
  bool is_finite = kernels().descend(rate, pass.d_w, layer.w);
  is_finite &= kernels().descend_vector(rate, pass.d_b, layer.b);
  if (layer.norm) {
    is_finite &= kernels().descend_vector(rate, pass.norm.d_gamma, layer.norm->gamma);
    is_finite &= kernels().descend_vector(rate, pass.norm.d_beta, layer.norm->beta);
  }
  return is_finite;
}

std::vector<Moments> zero_moments(const Network& network) {
  std::vector<Moments> moments;
  for (const Layer& layer : network.layers) {
    const std::size_t normed = layer.norm ? layer.units() : 0;
    moments.push_back({.w = Matrix(layer.units(), layer.inputs()),
                       .b = std::vector<double>(layer.units()),
                       .gamma = std::vector<double>(normed),
                       .beta = std::vector<double>(normed)});
  }
  return moments;
}

void make_moments(const Optimizer& row, const Network& network, OptimizerState& state) {
  if (row.moments > 0 && state.first.empty()) state.first = zero_moments(network);
  if (row.moments > 1 && state.second.empty()) state.second = zero_moments(network);
}

void begin_step(const Optimizer& row, const Network& network, OptimizerState& state) {
  make_moments(row, network, state);
  ++state.steps;
  state.beta1_power *= kAdamDecay1;
  state.beta2_power *= kAdamDecay2;
}

bool update_layer(OptimizerId kind, double rate, std::size_t l, const LayerPass& pass, OptimizerState& state,
                  Layer& layer) {
  switch (kind) {
    case OptimizerId::kGradientDescent:
      return descend_layer(rate, pass, layer);
    case OptimizerId::kMomentum:
      return move_layer(MomentumRule{rate}, pass, layer, state.first[l], state.first[l]);
    case OptimizerId::kRmsprop:
      return move_layer(RmspropRule{rate}, pass, layer, state.first[l], state.first[l]);
    case OptimizerId::kAdam:
      return move_layer(AdamRule{rate / (1 - state.beta1_power), std::sqrt(1 - state.beta2_power)}, pass,
                        layer, state.first[l], state.second[l]);
    case OptimizerId::kCount:
      break;
  }
  assert(false && "no such optimizer");
  return true;
}

}  // namespace

std::span<const Optimizer> optimizers() {
  return kOptimizers;
}

const Optimizer& optimizer(OptimizerId kind) {
  const Optimizer& row = kOptimizers[static_cast<std::size_t>(kind)];
  assert(row.kind == kind);
  return row;
}

OptimizerState initial_state(OptimizerId kind, const Network& network) {
  OptimizerState state;
  make_moments(optimizer(kind), network, state);
  return state;
}

std::optional<NonFinite> update(OptimizerId kind, double rate, const Workspace& workspace,
                                OptimizerState& state, Network& network) {
  begin_step(optimizer(kind), network, state);
  std::optional<NonFinite> trouble;
  for (std::size_t l = 0; l < network.layers.size(); ++l) {
    Layer& layer = network.layers[l];
    if (layer.frozen) continue;
    const LayerPass& pass = workspace.layers[l];
    const bool is_finite = update_layer(kind, rate, l, pass, state, layer);
    if (layer.norm) update_running(pass.norm, pass.z.columns(), *layer.norm);
    if (!is_finite && !trouble) trouble = NonFinite{l + 1, Tensor::kWeights};
  }
  return trouble;
}

}  // namespace initlab
