// Experiments that train in a blink, and the bits of what they trained: what the tests of the engine share.
#pragma once

#include <bit>
#include <cstdint>
#include <string>
#include <vector>

#include "core/experiment/comparison.h"
#include "core/experiment/experiment.h"

namespace initlab::test {

inline Experiment course() {
  Experiment experiment;
  experiment.name = "course";
  experiment.lanes = course_lanes();
  return experiment;
}

inline Lane lane_of(SchemeId scheme, std::int64_t seed = 3) {
  Lane lane;
  lane.name = std::string(initlab::scheme(scheme).id);
  lane.scheme = scheme;
  lane.seed = seed;
  return lane;
}

// Three lanes that all learn something: He, Xavier, a small uniform.
inline Experiment small_experiment() {
  Experiment experiment;
  experiment.name = "small";
  experiment.data.samples = 61;  // not a multiple of the lanes of a reduction
  experiment.data.test_samples = 20;
  experiment.network.hidden = {7, 5};
  experiment.network.activation = ActivationId::kTanh;
  experiment.training.learning_rate = 0.1;
  experiment.training.steps = 1000;
  experiment.lanes = {lane_of(SchemeId::kHeNormal), lane_of(SchemeId::kXavierUniform, 5),
                      lane_of(SchemeId::kUniform, 8)};
  return experiment;
}

// Regression at a rate that no network survives.
inline Experiment diverging_experiment() {
  Experiment experiment = small_experiment();
  experiment.network.activation = ActivationId::kRelu;
  experiment.network.output = OutputId::kLinear;
  experiment.training.loss = LossId::kMeanSquaredError;
  experiment.training.learning_rate = 1e6;
  return experiment;
}

using Bits = std::vector<std::uint64_t>;

// Every weight and bias, and the costs of the steps that were made. The cost at the step itself is there only
// once it was looked at.
inline Bits bits_of(const Run& run) {
  Bits bits = {static_cast<std::uint64_t>(run.step())};
  const auto add = [&](double value) { bits.push_back(std::bit_cast<std::uint64_t>(value)); };
  for (const Layer& layer : run.network().layers) {
    for (std::size_t r = 0; r < layer.units(); ++r) {
      for (const double w : layer.w.row_span(r)) add(w);
      add(layer.b[r]);
    }
  }
  for (std::int64_t step = 0; step < run.step(); ++step) add(run.history()[step]);
  return bits;
}

inline std::vector<Bits> bits_of(const Comparison& comparison) {
  std::vector<Bits> all;
  for (std::size_t lane = 0; lane < comparison.experiment().lanes.size(); ++lane)
    all.push_back(bits_of(comparison.run(lane)));
  return all;
}

inline std::vector<Bits> trained_bits(const Experiment& experiment, std::int64_t steps) {
  Comparison comparison(experiment, {.threads = 1});
  comparison.advance(steps);
  return bits_of(comparison);
}

}  // namespace initlab::test
