// From a plan to a network: layer by layer, weights, biases, and what they depend on.
#include <algorithm>
#include <cassert>
#include <cmath>

#include "core/network/network.h"

namespace initlab {
namespace {

// Share of each output's targets, kept away from 0 and 1 by half a sample: their logarithms are finite.
double share(const Matrix& y, std::size_t row) {
  double sum = 0;
  for (const double value : y.row_span(row)) sum += value;
  const double m = static_cast<double>(y.columns());
  return std::clamp(sum / m, 0.5 / m, 1 - 0.5 / m);
}

void draw_biases(const NetworkPlan& plan, const LayerPlan& layer_plan, const LayerContext& context,
                 bool is_output, NumpyRandom& random, std::vector<double>& b) {
  switch (layer_plan.bias) {
    case BiasId::kFramework: {
      const double limit = scheme(layer_plan.scheme).bias_limit(layer_plan.parameters, context);
      if (limit > 0) std::ranges::generate(b, [&] { return random.uniform(-limit, limit); });
      break;
    }
    case BiasId::kConstant:
      std::ranges::fill(b, layer_plan.bias_value);
      break;
    case BiasId::kLogOdds:
      if (is_output) {
        assert(plan.y != nullptr);
        assert(plan.y->rows() == b.size());
        b = log_odds(plan.output, *plan.y);
      }
      break;
    case BiasId::kZeros:
    case BiasId::kCount:
      break;
  }
}

void copy_layer(const Layer& source, Layer& layer) {
  assert(source.units() == layer.units() && source.inputs() == layer.inputs());
  layer.w = source.w;
  layer.b = source.b;
  if (layer.norm && source.norm) layer.norm = source.norm;
}

// The scaling has taken the gain of the draw away: it stands on top of the unit variance.
void multiply(double gain, Matrix& w) {
  if (gain == 1) return;
  for (std::size_t r = 0; r < w.rows(); ++r) {
    for (double& weight : w.row_span(r)) weight *= gain;
  }
}

// What the layers so far make of the samples: the input of the next layer, kept only while one still asks.
class Signal {
 public:
  explicit Signal(const NetworkPlan& plan) {
    for (std::size_t l = 0; l < plan.layers.size(); ++l) {
      if (plan.layers[l].scheme == SchemeId::kLsuv && !is_copied(plan, l)) last_asked_ = l + 1;
    }
    assert(last_asked_ == 0 || plan.x != nullptr);
    if (last_asked_ > 0) a_ = *plan.x;
  }
  static bool is_copied(const NetworkPlan& plan, std::size_t l) {
    return l < plan.sources.size() && plan.sources[l] != nullptr;
  }
  const Matrix& input() const { return a_; }
  void pass(const Layer& layer, std::size_t l) {
    if (l + 1 >= last_asked_) return;
    const Network one{.layers = {layer}, .output = OutputId::kLinear};
    forward(one, a_, workspace_);
    std::swap(a_, workspace_.layers[0].a);
  }

 private:
  std::size_t last_asked_ = 0;  // number of the last layer that is scaled by its signal; 0: none
  Matrix a_;
  Workspace workspace_;
};

}  // namespace

// Lin et al. 2017.
std::vector<double> log_odds(OutputId output, const Matrix& y) {
  std::vector<double> b(y.rows());
  for (std::size_t r = 0; r < b.size(); ++r) {
    const double p = share(y, r);
    b[r] = output == OutputId::kSoftmax ? std::log(p) : std::log(p) - std::log1p(-p);
  }
  return b;
}

LayerContext layer_context(const NetworkPlan& plan, std::size_t l) {
  const bool is_output = l + 1 == plan.layers.size();
  const LayerPlan& followed = plan.layers[is_output && l > 0 ? l - 1 : l];
  return {
      .shape = {.fan_in = l == 0 ? plan.inputs : plan.layers[l - 1].units, .fan_out = plan.layers[l].units},
      .activation = followed.activation,
      .activation_parameters = followed.activation_parameters,
      .is_first = l == 0};
}

Network make_network(const NetworkPlan& plan) {
  assert(!plan.layers.empty());
  Network network;
  network.output = plan.output;
  NumpyRandom random(plan.seed);
  Signal signal(plan);
  std::size_t inputs = plan.inputs;
  for (std::size_t l = 0; l < plan.layers.size(); ++l) {
    const LayerPlan& layer_plan = plan.layers[l];
    Layer layer;
    layer.w = Matrix(layer_plan.units, inputs);
    layer.b.assign(layer_plan.units, 0.0);
    layer.activation = layer_plan.activation;
    layer.activation_parameters = layer_plan.activation_parameters;
    if (layer_plan.batch_norm) layer.norm = make_batch_norm(layer_plan.units);
    const LayerContext context = layer_context(plan, l);
    scheme(layer_plan.scheme).draw(layer_plan.parameters, context, random, layer.w);
    draw_biases(plan, layer_plan, context, l + 1 == plan.layers.size(), random, layer.b);
    if (Signal::is_copied(plan, l)) {
      copy_layer(plan.sources[l]->layers[l], layer);
      layer.frozen = static_cast<std::int64_t>(l) < layer_plan.parameters.freeze;
    } else if (layer_plan.scheme == SchemeId::kLsuv) {
      scale_to_unit_variance(layer.b, signal.input(), layer.w);
      multiply(layer_plan.parameters.gain, layer.w);
    }
    signal.pass(layer, l);
    inputs = layer_plan.units;
    network.layers.push_back(std::move(layer));
  }
  return network;
}

NetworkPlan network_plan(const UniformPlan& uniform) {
  assert(uniform.sizes.size() >= 2);
  NetworkPlan plan;
  plan.inputs = uniform.sizes.front();
  plan.output = uniform.output;
  plan.seed = uniform.seed;
  for (std::size_t l = 1; l < uniform.sizes.size(); ++l) {
    const bool is_output = l + 1 == uniform.sizes.size();
    LayerPlan layer;
    layer.units = uniform.sizes[l];
    layer.activation = is_output ? output(uniform.output).activation : uniform.hidden_activation;
    layer.scheme = uniform.scheme;
    layer.parameters = uniform.parameters;
    plan.layers.push_back(layer);
  }
  return plan;
}

}  // namespace initlab
