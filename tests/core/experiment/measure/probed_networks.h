// Networks over Gaussian features, passed through once, probed and judged, and figures made by hand: what the
// tests of probes and verdicts share. They stand without a comparison, so that each shows what one pass says.
#pragma once

#include <cmath>
#include <string>
#include <vector>

#include "core/experiment/measure/probe.h"
#include "core/experiment/verdict/verdict.h"
#include "core/network/network.h"
#include "core/network/optimizers.h"
#include "core/numeric/random.h"

namespace initlab::test {

// Independent N(0, 1) features.
inline Matrix gaussian_features(std::size_t features, std::size_t samples, std::uint32_t seed) {
  NumpyRandom random(seed);
  Matrix x(features, samples);
  for (std::size_t r = 0; r < features; ++r) {
    for (double& value : x.row_span(r)) value = random.randn();
  }
  return x;
}

// Half of the samples of each class, at random to the features.
inline Matrix even_labels(std::size_t samples) {
  Matrix y(1, samples);
  for (std::size_t c = 0; c < samples; ++c) y(0, c) = c % 2 == 0 ? 0.0 : 1.0;
  return y;
}

struct ProbedNetwork {
  Network network;
  Matrix x, y;
  Workspace pass;
  RowScratch scratch;
  std::vector<LayerProbe> layers;
  RunState state;

  // Passes the samples through and measures.
  void look(ProbeOptions options = {}) {
    forward(network, x, pass);
    state.cost = cost(network, {}, y, pass);
    state.accuracy = accuracy(network, pass, y);
    if (state.step == 0) state.first_cost = state.cost;
    backward(network, {}, x, y, pass);
    probe_layers(network, pass, scratch, layers, options);
  }
  // Gradient descent; measures at the end.
  void train(std::int64_t steps, double rate) {
    OptimizerState memory;
    state.learning_rate = rate;
    for (std::int64_t step = 0; step < steps; ++step) {
      forward(network, x, pass);
      backward(network, {}, x, y, pass);
      update(OptimizerId::kGradientDescent, rate, pass, memory, network);
    }
    state.step += steps;
    look();
  }
  std::vector<Verdict> verdicts() const { return judge(state, layers); }
};

struct Start {
  std::size_t inputs = 64;
  std::vector<std::size_t> hidden = std::vector<std::size_t>(10, 64);
  ActivationId activation = ActivationId::kRelu;
  SchemeId scheme = SchemeId::kHeNormal;
  SchemeParameters parameters = {};
  std::uint32_t seed = 1;
  std::size_t samples = 256;
  bool batch_norm = false;
};

inline ProbedNetwork probed(const Start& start) {
  UniformPlan uniform;
  uniform.sizes = {start.inputs};
  uniform.sizes.insert(uniform.sizes.end(), start.hidden.begin(), start.hidden.end());
  uniform.sizes.push_back(1);
  uniform.hidden_activation = start.activation;
  uniform.scheme = start.scheme;
  uniform.parameters = start.parameters;
  uniform.seed = start.seed;
  ProbedNetwork result;
  result.x = gaussian_features(start.inputs, start.samples, start.seed + 1000);
  result.y = even_labels(start.samples);
  NetworkPlan plan = network_plan(uniform);
  plan.x = &result.x;
  for (std::size_t l = 0; l < start.hidden.size(); ++l) plan.layers[l].batch_norm = start.batch_norm;
  result.network = make_network(plan);
  result.state.chance_cost = std::log(2.0);
  result.state.scheme = start.scheme;
  result.state.gain = start.parameters.gain;
  result.look();
  return result;
}

inline SchemeParameters with_std(double std) {
  SchemeParameters parameters;
  parameters.std = std;
  return parameters;
}

// A network of two hidden layers of `units` and one output with nothing to complain about.
inline std::vector<LayerProbe> sound_layers(std::size_t units, ActivationId activation) {
  std::vector<LayerProbe> layers(3);
  for (std::size_t l = 0; l < layers.size(); ++l) {
    const bool output = l + 1 == layers.size();
    LayerProbe& layer = layers[l];
    layer.layer = l + 1;
    layer.units = layer.distinct_units = layer.compared = output ? 1 : units;
    layer.inputs = 20;
    layer.activation = output ? ActivationId::kSigmoid : activation;
    for (TensorProbe* tensor : {&layer.weights, &layer.z, &layer.a, &layer.d_z, &layer.d_w}) {
      tensor->summary = {.mean = 0, .std = 1, .min = -2, .max = 2, .count = 100, .non_finite = 0};
    }
  }
  return layers;
}

// Has moved, but is not done.
inline RunState sound_state() {
  RunState state;
  state.step = 1000;
  state.cost = 0.5;
  state.first_cost = 0.7;
  state.earlier_cost = 0.6;
  state.accuracy = 0.8;
  state.chance_cost = 0.7;
  return state;
}

inline std::string ids_of(const std::vector<Verdict>& verdicts) {
  std::string ids;
  for (const Verdict& verdict : verdicts) ids += std::string(verdict_id(verdict.kind)) + " ";
  return ids;
}

// Null where no verdict is of that kind.
inline const Verdict* find_verdict(const std::vector<Verdict>& verdicts, VerdictKind kind) {
  for (const Verdict& verdict : verdicts) {
    if (verdict.kind == kind) return &verdict;
  }
  return nullptr;
}

inline bool says(const std::vector<Verdict>& verdicts, VerdictKind kind) {
  return find_verdict(verdicts, kind) != nullptr;
}

}  // namespace initlab::test
