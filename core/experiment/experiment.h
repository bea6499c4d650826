// An experiment: data + network + training + lanes, a plain value and the whole of it one JSON file. It says
// what to do; a Comparison does it. Ranges, names and help of its settings are the rows of fields.h.
#pragma once

#include <cstdint>
#include <string>
#include <vector>

#include "core/data/dataset.h"
#include "core/network/network.h"

namespace initlab {

inline constexpr std::size_t kMaximumLanes = 6;
inline constexpr std::size_t kMaximumHiddenLayers = 100;
inline constexpr std::int64_t kMaximumUnits = 4096;
inline constexpr std::int64_t kMaximumSteps = 1'000'000'000;
// What one experiment may take, all lanes together; checked before it is taken.
inline constexpr std::uint64_t kMemoryBound = std::uint64_t{4} << 30;

struct NetworkSettings {
  std::vector<std::int64_t> hidden = {10, 5};  // units of each hidden layer; empty: none
  ActivationId activation = ActivationId::kRelu;
  OutputId output = OutputId::kSigmoid;
  bool batch_norm = false;  // only false is allowed so far
  bool operator==(const NetworkSettings&) const = default;
};

struct TrainingSettings {
  LossId loss = LossId::kCrossEntropy;
  OptimizerId optimizer = OptimizerId::kGradientDescent;
  double learning_rate = 0.01;
  std::int64_t batch = 0;  // 0: the full batch, the only one allowed so far
  std::int64_t seed = 0;   // order of the mini-batches
  double l1 = 0;
  double l2 = 0;
  std::int64_t steps = 15000;  // where playing stops
  bool operator==(const TrainingSettings&) const = default;
};

struct Lane {
  std::string name;
  SchemeId scheme = SchemeId::kHeNormal;
  SchemeParameters parameters;
  std::int64_t seed = 3;
  bool operator==(const Lane&) const = default;
};

// The settings of training that may change while it runs.
struct LiveSettings {
  double learning_rate = 0.01;
  double l1 = 0;
  double l2 = 0;
  bool operator==(const LiveSettings&) const = default;
};
enum class LiveSetting { kLearningRate, kL1, kL2 };

// A change made while a run lived: it holds from `step` on (before the update that leads to step + 1).
struct Event {
  std::int64_t step = 0;
  std::size_t lane = 0;  // from 1; 0: all lanes
  LiveSetting setting = LiveSetting::kLearningRate;
  double value = 0;
  bool operator==(const Event&) const = default;
};

enum class Relation { kLess, kLessOrEqual, kGreater, kGreaterOrEqual, kEqual };
// A condition on the result, by the name of a lane and a path into its entry of `train --json`.
struct Expectation {
  std::string lane;
  std::string quantity;
  Relation relation = Relation::kLess;
  double value = 0;
  bool operator==(const Expectation&) const = default;
};

struct Experiment {
  std::string name = "untitled";
  std::string title;
  DataSettings data;
  NetworkSettings network;
  TrainingSettings training;
  std::vector<Lane> lanes;  // 1 to kMaximumLanes
  std::vector<Event> events;
  std::vector<Expectation> expect;
  bool operator==(const Experiment&) const = default;
};

// The course's three lanes (zeros, large, He): what a file without lanes gets.
std::vector<Lane> course_lanes();

// The network of one lane as its experiment has it.
NetworkPlan network_plan(const Experiment& experiment, const Lane& lane);

// The live settings of a lane (from 0) at a step: the experiment's, changed by every event up to and
// including it.
LiveSettings live_settings(const Experiment& experiment, std::size_t lane, std::int64_t step);

// Bytes that a comparison of this experiment takes at most: weights, gradients and activations of every lane,
// data, the decision field's pass. What grows with the steps, eight bytes a lane and step, is not in it.
std::uint64_t memory_estimate(const Experiment& experiment);

}  // namespace initlab
