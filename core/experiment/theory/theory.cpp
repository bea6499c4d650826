#include "core/experiment/theory/theory.h"

#include <algorithm>
#include <cassert>
#include <cmath>
#include <memory>
#include <numeric>

#include "core/experiment/theory/curve_of_q.h"
#include "core/experiment/theory/output_gradient.h"

namespace initlab {
namespace {

constexpr std::size_t kMostSamples = 2048;

double mean_of(const std::vector<double>& values) {
  return std::accumulate(values.begin(), values.end(), 0.0) / static_cast<double>(values.size());
}

// Evenly spaced over the training samples, all of them where they are few.
std::vector<std::size_t> chosen_samples(std::size_t count) {
  std::vector<std::size_t> chosen(std::min(count, kMostSamples));
  for (std::size_t i = 0; i < chosen.size(); ++i) chosen[i] = i * count / chosen.size();
  return chosen;
}

// What a layer gets, one number a sample.
struct Input {
  std::vector<double> second;    // mean over inputs of E[a^2]
  std::vector<double> centered;  // the same about the mean over samples, for samples without correlation
};

Input input_of(const Matrix& x, const std::vector<std::size_t>& chosen) {
  Input input{std::vector<double>(chosen.size()), std::vector<double>(chosen.size())};
  const auto features = static_cast<double>(x.rows());
  for (std::size_t r = 0; r < x.rows(); ++r) {
    const double* row = x.row(r);
    double mean = 0;
    for (const std::size_t sample : chosen) mean += row[sample] / static_cast<double>(chosen.size());
    for (std::size_t s = 0; s < chosen.size(); ++s) {
      const double value = row[chosen[s]];
      input.second[s] += value * value / features;
      input.centered[s] += (value - mean) * (value - mean) / features;
    }
  }
  return input;
}

// The moments of activations, remembered for layers that share one.
class Moments {
 public:
  GaussianMoments at(const Nonlinearity& f, double mean, double q) {
    if (has_closed_moments(f)) return gaussian_moments(f, q, mean);
    const std::vector<double> figures = curve(f, mean).at(q);
    return {figures[0], figures[1], figures[2]};
  }

 private:
  struct Known {
    Nonlinearity f;
    double mean;
    CurveOfQ curve;
  };
  CurveOfQ& curve(const Nonlinearity& f, double mean) {
    for (Known& known : known_) {
      if (known.f.kind == f.kind && known.f.parameters == f.parameters && known.mean == mean)
        return known.curve;
    }
    const auto compute = [f, mean](double q) {
      const GaussianMoments moments = gaussian_moments(f, q, mean);
      return std::vector<double>{moments.mean, moments.second, moments.derivative_second};
    };
    known_.push_back({f, mean, CurveOfQ(compute)});
    return known_.back().curve;
  }
  std::vector<Known> known_;
};

// How the numbers of a layer begin, as far as its scheme states it.
struct LayerLaw {
  std::optional<double> variance;    // of a weight
  std::optional<double> z_variance;  // of z, where the scheme brings that about whatever comes in
  double bias_variance = 0;
  double bias_mean = 0;  // log-odds excepted
};

LayerLaw law_of(const NetworkPlan& plan, std::size_t l) {
  const LayerPlan& layer = plan.layers[l];
  const LayerContext context = layer_context(plan, l);
  const Scheme& row = scheme(layer.scheme);
  const WeightLaw weights = row.law(layer.parameters, context);
  LayerLaw law;
  if (weights.distribution != WeightLaw::Distribution::kUnknown && weights.mean == 0) {
    law.variance = weights.std * weights.std;
  }
  if (layer.scheme == SchemeId::kLsuv) law.z_variance = layer.parameters.gain * layer.parameters.gain;
  if (layer.bias == BiasId::kFramework) {
    const double limit = row.bias_limit(layer.parameters, context);
    law.bias_variance = limit * limit / 3;
  }
  if (layer.bias == BiasId::kConstant) law.bias_mean = layer.bias_value;
  return law;
}

// One layer on the way forward; vectors have one number a sample and are empty where nothing is known.
struct LayerSignal {
  std::optional<double> weight_variance;
  double bias_variance = 0;
  std::vector<double> q;       // variance of z about its mean
  std::vector<double> slopes;  // E[f'^2]
  double mean = 0;             // of what the activation gets
  double unit_variance = 1;    // that batch normalization divides by
};

// Fills weight_variance and q; false where there is nothing to say.
bool pass_weights(const LayerLaw& law, const Input* input, std::size_t fan_in, std::size_t samples,
                  LayerSignal& signal) {
  signal.weight_variance = law.variance;
  signal.bias_variance = law.bias_variance;
  signal.mean = law.bias_mean;
  if (law.z_variance) {
    const double incoming = input ? static_cast<double>(fan_in) * mean_of(input->second) : 0;
    if (incoming > 0) {
      signal.weight_variance = *law.z_variance / incoming;
    } else if (!input) {
      signal.weight_variance.reset();
      signal.q.assign(samples, *law.z_variance);
      return true;
    }
  }
  if (!input || !signal.weight_variance) return false;
  const double growth = static_cast<double>(fan_in) * *signal.weight_variance;
  signal.q.resize(samples);
  for (std::size_t s = 0; s < samples; ++s) signal.q[s] = growth * input->second[s] + law.bias_variance;
  return true;
}

// Batch normalization: what the activation gets is z about each unit's mean over the samples, over its
// standard deviation there. Null where what comes in is not known.
std::optional<std::vector<double>> normalized(const Input* input, std::size_t fan_in, LayerSignal& signal) {
  if (!input || !signal.weight_variance) return std::nullopt;
  const double growth = static_cast<double>(fan_in) * *signal.weight_variance;
  signal.mean = 0;
  signal.unit_variance = growth * mean_of(input->centered) + kBatchNormEpsilon;
  std::vector<double> q = input->centered;
  for (double& value : q) value *= growth / signal.unit_variance;
  return q;
}

// Through the activation: its slopes, and the next layer's input.
Input activate(const Nonlinearity& f, const std::vector<double>& q, Moments& moments, LayerSignal& signal) {
  const std::size_t samples = q.size();
  Input next{std::vector<double>(samples), std::vector<double>(samples)};
  std::vector<double> means(samples);
  signal.slopes.resize(samples);
  for (std::size_t s = 0; s < samples; ++s) {
    const GaussianMoments at = moments.at(f, signal.mean, q[s]);
    means[s] = at.mean;
    next.second[s] = at.second;
    signal.slopes[s] = at.derivative_second;
  }
  const double mean = mean_of(means);
  for (std::size_t s = 0; s < samples; ++s) {
    next.centered[s] = std::max(0.0, next.second[s] - 2 * means[s] * mean + mean * mean);
  }
  return next;
}

std::vector<LayerSignal> pass_forward(const NetworkPlan& plan, Input data) {
  const std::size_t samples = data.second.size();
  std::vector<LayerSignal> signals(plan.layers.size());
  std::optional<Input> input = std::move(data);
  Moments moments;
  for (std::size_t l = 0; l < plan.layers.size(); ++l) {
    const LayerPlan& layer = plan.layers[l];
    LayerSignal& signal = signals[l];
    const std::size_t fan_in = l == 0 ? plan.inputs : plan.layers[l - 1].units;
    const Input* known = input ? &*input : nullptr;
    std::optional<std::vector<double>> q;
    if (pass_weights(law_of(plan, l), known, fan_in, samples, signal)) {
      if (layer.batch_norm) {
        q = normalized(known, fan_in, signal);
      } else {
        q = signal.q;
      }
    }
    if (l + 1 == plan.layers.size()) break;
    const Nonlinearity f = nonlinearity(layer.activation, layer.activation_parameters);
    input = q ? std::optional(activate(f, *q, moments, signal)) : std::nullopt;
  }
  return signals;
}

// Of the output layer, one a unit.
std::vector<double> output_biases(const NetworkPlan& plan, const Samples& train) {
  const LayerPlan& layer = plan.layers.back();
  if (layer.bias == BiasId::kLogOdds) {
    return log_odds(plan.output, targets_of(plan.output, train.y, layer.units));
  }
  return std::vector<double>(layer.units, layer.bias == BiasId::kConstant ? layer.bias_value : 0.0);
}

double variance_of(const std::vector<double>& values) {
  const double mean = mean_of(values);
  double sum = 0;
  for (const double value : values) sum += (value - mean) * (value - mean);
  return sum / static_cast<double>(values.size());
}

// Fills d_z_std from the output back to where nothing is known.
void pass_backward(const NetworkPlan& plan, const std::vector<LayerSignal>& signals,
                   const std::vector<OutputGradient>& at_output, std::vector<LayerTheory>& layers) {
  std::vector<double> squares;
  double mean = 0;
  for (const OutputGradient& gradient : at_output) {
    squares.push_back(gradient.second);
    mean += gradient.mean / static_cast<double>(at_output.size());
  }
  layers.back().d_z_std = std::sqrt(std::max(0.0, mean_of(squares) - mean * mean));
  for (std::size_t l = layers.size() - 1; l-- > 0;) {
    const LayerSignal& above = signals[l + 1];
    const LayerSignal& signal = signals[l];
    if (!above.weight_variance || signal.slopes.empty()) return;
    const double growth = static_cast<double>(plan.layers[l + 1].units) * *above.weight_variance;
    for (std::size_t s = 0; s < squares.size(); ++s) {
      squares[s] *= growth * signal.slopes[s] / signal.unit_variance;
    }
    layers[l].d_z_std = std::sqrt(mean_of(squares));
  }
}

std::optional<MeanField> stack_of(const NetworkPlan& plan, const std::vector<LayerSignal>& signals) {
  if (plan.layers.size() < 3 || plan.layers[1].batch_norm) return std::nullopt;
  const LayerSignal& first = signals[0];
  const LayerSignal& second = signals[1];
  if (first.q.empty() || !second.weight_variance) return std::nullopt;
  const double q = mean_of(first.q) + first.mean * first.mean;
  const double sigma_w = std::sqrt(static_cast<double>(plan.layers[0].units) * *second.weight_variance);
  const double sigma_b = std::sqrt(second.bias_variance + second.mean * second.mean);
  if (!(q > 0) || !std::isfinite(q) || !std::isfinite(sigma_w) || !std::isfinite(sigma_b))
    return std::nullopt;
  const LayerPlan& layer = plan.layers[1];
  return mean_field(nonlinearity(layer.activation, layer.activation_parameters), sigma_w, sigma_b, q);
}

}  // namespace

LaneTheory predict_signal(const Experiment& experiment, const Lane& lane, const Dataset& data) {
  assert(data.train.count() > 0);
  const NetworkPlan plan = network_plan(experiment, lane, shape_of(data));
  const std::vector<std::size_t> chosen = chosen_samples(data.train.count());
  const std::vector<LayerSignal> signals = pass_forward(plan, input_of(data.train.x, chosen));
  LaneTheory theory;
  theory.layers.resize(plan.layers.size());
  for (std::size_t l = 0; l < signals.size(); ++l) {
    if (!signals[l].q.empty()) theory.layers[l].z_std = std::sqrt(mean_of(signals[l].q));
  }
  theory.stack = stack_of(plan, signals);
  const std::vector<double>& q = signals.back().q;
  if (q.empty()) return theory;
  const std::vector<double> biases = output_biases(plan, data.train);
  theory.layers.back().z_std = std::sqrt(mean_of(q) + variance_of(biases));
  OutputGradientTheory gradient(plan.output, experiment.training.loss, biases, data.train.count());
  std::vector<OutputGradient> at_output;
  for (std::size_t s = 0; s < chosen.size(); ++s) {
    at_output.push_back(gradient.at(q[s], data.train.y(0, chosen[s])));
  }
  pass_backward(plan, signals, at_output, theory.layers);
  return theory;
}

}  // namespace initlab
