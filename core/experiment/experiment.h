// An experiment: data + network + training + lanes, a plain value and the whole of it one JSON file. It says
// what to do; a Comparison does it. Ranges, names and help of its settings are the rows of fields.h.
#pragma once

#include <cstdint>
#include <filesystem>
#include <optional>
#include <string>
#include <string_view>
#include <vector>

#include "core/data/dataset.h"
#include "core/experiment/hidden_controls.h"
#include "core/network/network.h"
#include "core/network/optimizers.h"

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
  bool batch_norm = false;  // of every hidden layer
  bool operator==(const NetworkSettings&) const = default;
};

struct TrainingSettings {
  LossId loss = LossId::kCrossEntropy;
  OptimizerId optimizer = OptimizerId::kGradientDescent;
  double learning_rate = 0.01;
  std::int64_t batch = 0;  // samples of a mini-batch; 0: the full batch
  std::int64_t seed = 0;   // order of the mini-batches: one permutation an epoch, shared by all lanes
  double l1 = 0;
  double l2 = 0;
  std::int64_t steps = 15000;  // where playing stops
  bool operator==(const TrainingSettings&) const = default;
};

// How the layers of a lane begin, and what follows them: what a lane sets for all, and may set for one.
struct LayerStart {
  SchemeId scheme = SchemeId::kHeNormal;
  SchemeParameters parameters;
  std::optional<ActivationId> activation;  // of hidden layers; null: the network's
  double slope = 0.01;                     // of a leaky ReLU
  BiasId bias = BiasId::kFramework;
  double bias_value = 0.01;  // of a constant bias
  bool operator==(const LayerStart&) const = default;
};

// One layer of a lane that differs from the rest.
struct LayerException {
  std::size_t layer = 1;  // from 1; the output layer is the last
  LayerStart start;       // only what `given` names is read
  // Keys of fields<LayerStart>() that the file gave, in their order there.
  std::vector<std::string_view> given;
  bool operator==(const LayerException&) const = default;
};

inline constexpr std::int64_t kMaximumReplicas = 100;

struct Lane : LayerStart {
  std::string name;
  std::int64_t seed = 3;
  std::int64_t replicas = 1;           // runs with seeds seed, seed + 1, ...: the first is the one shown
  std::optional<bool> batch_norm;      // null: as the network has it
  std::vector<LayerException> layers;  // at most one a layer, in order
  bool operator==(const Lane&) const = default;
};
// A lane with one scheme and the defaults of the rest.
Lane make_lane(std::string name, SchemeId scheme, SchemeParameters parameters = {}, std::int64_t seed = 3);
// The label of a lane's scheme, numbered where another lane has that name: what a lane without a name is
// called.
std::string lane_name(const std::vector<Lane>& lanes, std::size_t lane);
// How layer `layer` (from 1) of a lane begins: the lane's own start, changed by that layer's exception.
LayerStart layer_start(const Lane& lane, std::size_t layer);

// The settings of training that may change while it runs.
struct LiveSettings {
  double learning_rate = 0.01;
  double l1 = 0;
  double l2 = 0;
  bool operator==(const LiveSettings&) const = default;
};
enum class LiveSetting { kLearningRate, kL1, kL2 };

// One number of a network: a weight, or a unit's bias.
struct WeightPlace {
  std::size_t layer = 1;  // from 1; the output layer is the last
  std::size_t unit = 1;   // from 1
  std::size_t input = 0;  // from 1; 0: the unit's bias
  bool operator==(const WeightPlace&) const = default;
};

// A change made while a run lived: it holds from `step` on (before the update that leads to step + 1). Of
// several at one step the later in the list wins.
struct Event {
  std::int64_t step = 0;
  std::size_t lane = 0;  // from 1; 0: all lanes
  LiveSetting setting = LiveSetting::kLearningRate;
  double value = 0;
  // Set: the value is written there, once, when the run comes to the step; `setting` says nothing.
  std::optional<WeightPlace> weight = {};

  bool concerns(std::size_t lane_from_0) const { return lane == 0 || lane == lane_from_0 + 1; }
  bool operator==(const Event&) const = default;
};

enum class Relation { kLess, kLessOrEqual, kGreater, kGreaterOrEqual, kEqual };
// A condition on the result, by the name of a lane and a path into its entry of `train --json`. Of a lane
// with replicas the median over them is taken.
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
  std::string watch;  // what to look at, a few sentences
  DataSettings data;
  NetworkSettings network;
  TrainingSettings training;
  std::vector<Lane> lanes;  // 1 to kMaximumLanes
  std::vector<Event> events;
  std::vector<Expectation> expect;
  std::vector<HiddenControl> hide;  // what the window leaves out, in the order of the file
  // Where its file stood: relative paths in it start there. Not part of the file.
  std::filesystem::path folder;
  bool operator==(const Experiment&) const = default;
};

// The course's three lanes (zeros, large, He): what a file without lanes gets.
std::vector<Lane> course_lanes();

// The units of each layer from the inputs to the outputs.
std::vector<std::size_t> layer_sizes(const Experiment& experiment, const DataShape& shape);

// The network of one lane as its experiment has it, for a replica (from 0). `x`, `y` and `sources` are left
// empty.
NetworkPlan network_plan(const Experiment& experiment, const Lane& lane, const DataShape& shape,
                         std::int64_t replica = 0);

// The live settings of a lane (from 0) at a step: the experiment's, changed by every event up to and
// including it.
LiveSettings live_settings(const Experiment& experiment, std::size_t lane, std::int64_t step);

// What happens to one lane (from 0), in order of steps.
std::vector<Event> events_of(const Experiment& experiment, std::size_t lane);
// The first step at which two lanes (from 0) that begin alike take different ways, by what their experiments
// do to them: live settings and edited weights. Null: never. Data, network and the rest of training are taken
// to be the same.
std::optional<std::int64_t> first_difference(const Experiment& a, std::size_t lane_a, const Experiment& b,
                                             std::size_t lane_b);

// Bytes that a comparison of this experiment takes at most: weights, gradients, what the optimizer remembers
// and activations of every lane and replica, data, the decision field's pass. What grows with the steps,
// eight bytes a run and step, is not in it, nor are key frames.
std::uint64_t memory_estimate(const Experiment& experiment, const DataShape& shape);

}  // namespace initlab
