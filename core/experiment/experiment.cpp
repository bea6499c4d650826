// What follows from an experiment without running it: each lane's network, its live settings at a step, and
// the memory that all of it takes.
#include "core/experiment/experiment.h"

#include <algorithm>
#include <array>
#include <cassert>
#include <limits>
#include <utility>

#include "core/experiment/file/fields.h"

namespace initlab {
namespace {

// A count of bytes that stays at its largest once it is there: settings from anywhere, multiplied, never
// wrap.
class Bytes {
 public:
  Bytes(std::uint64_t count = 0) : count_(count) {}
  std::uint64_t count() const { return count_; }

  Bytes& operator+=(Bytes other) {
    if (__builtin_add_overflow(count_, other.count_, &count_)) count_ = kMost;
    return *this;
  }
  friend Bytes operator+(Bytes a, Bytes b) { return a += b; }
  friend Bytes operator*(Bytes a, Bytes b) {
    if (__builtin_mul_overflow(a.count_, b.count_, &a.count_)) a.count_ = kMost;
    return a;
  }

 private:
  static constexpr std::uint64_t kMost = std::numeric_limits<std::uint64_t>::max();
  std::uint64_t count_;
};

std::uint64_t unsigned_of(std::int64_t number) {
  return number > 0 ? static_cast<std::uint64_t>(number) : 0;
}

// Bytes of `count` numbers.
Bytes number_bytes(Bytes count) {
  return count * sizeof(double);
}

// Bytes of a Matrix (rows, columns): rows are padded to whole groups of samples.
Bytes matrix_bytes(std::uint64_t rows, std::uint64_t columns) {
  const std::uint64_t groups = columns / kLaneCount + (columns % kLaneCount == 0 ? 0 : 1);
  return number_bytes(Bytes(rows) * Bytes(groups) * Bytes(kLaneCount));
}

// One lane as far as its memory goes.
struct LaneSize {
  std::vector<std::size_t> sizes;  // units from the inputs to the outputs
  bool batch_norm = false;
  std::uint64_t moments = 0;  // that the optimizer keeps of each weight

  bool is_normalized(std::size_t layer) const { return batch_norm && layer + 1 < sizes.size(); }
};

// One number a weight, a bias, and a scale and shift of batch normalization.
Bytes parameter_bytes(const LaneSize& lane) {
  Bytes bytes;
  for (std::size_t l = 1; l < lane.sizes.size(); ++l) {
    const std::uint64_t vectors = lane.is_normalized(l) ? 3 : 1;
    bytes += matrix_bytes(lane.sizes[l], lane.sizes[l - 1]) + number_bytes(Bytes(lane.sizes[l]) * vectors);
  }
  return bytes;
}

// `count` matrices (units, m) of every layer; one more where a layer is normalized.
Bytes pass_bytes(const LaneSize& lane, std::uint64_t count, std::uint64_t m) {
  Bytes bytes;
  for (std::size_t l = 1; l < lane.sizes.size(); ++l) {
    bytes += matrix_bytes(lane.sizes[l], m) * (count + (lane.is_normalized(l) ? 1 : 0));
  }
  return bytes;
}
constexpr std::uint64_t kForward = 2;   // z and a
constexpr std::uint64_t kTraining = 3;  // and d_z

// Running statistics of batch normalizations, and those of a batch.
Bytes statistics_bytes(const LaneSize& lane) {
  Bytes bytes;
  for (std::size_t l = 1; l < lane.sizes.size(); ++l) {
    if (lane.is_normalized(l)) bytes += number_bytes(Bytes(lane.sizes[l]) * 4);
  }
  return bytes;
}

// One run: weights, their gradients and moments, the passes over all points, over a mini-batch with gradients
// and points of its own, and for accuracies.
Bytes run_bytes(const LaneSize& lane, const DataShape& shape, std::uint64_t batch) {
  const Bytes parameters = parameter_bytes(lane);
  // With running statistics the training points pass once more.
  const std::uint64_t evaluated =
      lane.batch_norm ? std::max(shape.samples, shape.test_samples) : shape.test_samples;
  Bytes bytes = parameters * (2 + lane.moments) + statistics_bytes(lane) +
                pass_bytes(lane, kTraining, shape.samples) + pass_bytes(lane, kForward, evaluated);
  if (batch > 0) {
    bytes += parameters + pass_bytes(lane, kTraining, batch) +
             matrix_bytes(lane.sizes.front() + lane.sizes.back(), batch) + number_bytes(shape.samples);
  }
  return bytes;
}

// Sets in `target` what a key of the rows has in `source`.
void copy_setting(std::string_view key, LayerStart source, LayerStart& target) {
  const Field<LayerStart>* field = find_field<LayerStart>(key);
  assert(field != nullptr);
  const FieldValue from = field->member(source);
  std::visit([&from](auto to) { *to = *std::get<decltype(to)>(from); }, field->member(target));
}

ActivationParameters activation_parameters(const LayerStart& start) {
  // SIREN is a scheme and its activation in one: weights drawn for sin(omega z).
  return {.slope = start.slope, .frequency = start.scheme == SchemeId::kSiren ? start.parameters.omega : 1};
}

}  // namespace

Lane make_lane(std::string name, SchemeId scheme, SchemeParameters parameters, std::int64_t seed) {
  Lane lane;
  lane.name = std::move(name);
  lane.scheme = scheme;
  lane.parameters = std::move(parameters);
  lane.seed = seed;
  return lane;
}

std::string lane_name(const std::vector<Lane>& lanes, std::size_t lane) {
  const std::string label(scheme(lanes[lane].scheme).label);
  std::string name = label;
  const auto is_taken = [&](const Lane& other) { return &other != &lanes[lane] && other.name == name; };
  for (int number = 2; std::any_of(lanes.begin(), lanes.end(), is_taken); ++number) {
    name = label + " " + std::to_string(number);
  }
  return name;
}

LayerStart layer_start(const Lane& lane, std::size_t layer) {
  LayerStart start = lane;
  for (const LayerException& exception : lane.layers) {
    if (exception.layer != layer) continue;
    for (const std::string_view key : exception.given) copy_setting(key, exception.start, start);
  }
  return start;
}

std::vector<Lane> course_lanes() {
  return {make_lane("Zeros", SchemeId::kZeros), make_lane("Large x10", SchemeId::kNormal, {.std = 10}),
          make_lane("He", SchemeId::kHeNormal)};
}

std::vector<std::size_t> layer_sizes(const Experiment& experiment, const DataShape& shape) {
  std::vector<std::size_t> sizes = {shape.features};
  for (const std::int64_t units : experiment.network.hidden) sizes.push_back(static_cast<std::size_t>(units));
  const bool one_each = experiment.network.output == OutputId::kSoftmax;
  sizes.push_back(one_each ? std::max<std::size_t>(shape.classes, 1) : 1);
  return sizes;
}

NetworkPlan network_plan(const Experiment& experiment, const Lane& lane, const DataShape& shape,
                         std::int64_t replica) {
  const std::vector<std::size_t> sizes = layer_sizes(experiment, shape);
  const bool batch_norm = lane.batch_norm.value_or(experiment.network.batch_norm);
  NetworkPlan plan;
  plan.inputs = sizes.front();
  plan.output = experiment.network.output;
  plan.seed = static_cast<std::uint32_t>(lane.seed + replica);
  for (std::size_t layer = 1; layer < sizes.size(); ++layer) {
    LayerStart start = layer_start(lane, layer);
    LayerPlan& row = plan.layers.emplace_back();
    row.units = sizes[layer];
    if (layer + 1 < sizes.size()) {
      row.activation = start.activation.value_or(experiment.network.activation);
      row.activation_parameters = activation_parameters(start);
      row.batch_norm = batch_norm;
    } else {
      row.activation = output(experiment.network.output).activation;
    }
    row.scheme = start.scheme;
    row.bias = start.bias;
    row.bias_value = start.bias_value;
    row.parameters = std::move(start.parameters);
  }
  return plan;
}

LiveSettings live_settings(const Experiment& experiment, std::size_t lane, std::int64_t step) {
  const TrainingSettings& training = experiment.training;
  std::array<double, 3> values = {training.learning_rate, training.l1, training.l2};
  std::array<std::int64_t, 3> since = {};
  for (const Event& event : experiment.events) {
    const auto setting = static_cast<std::size_t>(event.setting);
    if (event.weight || !event.concerns(lane)) continue;
    // Of two events at one step the later one in the list holds, whatever the order of the others.
    if (event.step > step || event.step < since[setting]) continue;
    values[setting] = event.value;
    since[setting] = event.step;
  }
  return {.learning_rate = values[0], .l1 = values[1], .l2 = values[2]};
}

std::vector<Event> events_of(const Experiment& experiment, std::size_t lane) {
  std::vector<Event> events;
  for (const Event& event : experiment.events) {
    if (event.concerns(lane)) events.push_back(event);
  }
  std::stable_sort(events.begin(), events.end(),
                   [](const Event& a, const Event& b) { return a.step < b.step; });
  return events;
}

std::optional<std::int64_t> first_difference(const Experiment& a, std::size_t lane_a, const Experiment& b,
                                             std::size_t lane_b) {
  const TrainingSettings& ta = a.training;
  const TrainingSettings& tb = b.training;
  if (ta.learning_rate != tb.learning_rate || ta.l1 != tb.l1 || ta.l2 != tb.l2) return 0;
  std::vector<Event> events_a = events_of(a, lane_a);
  std::vector<Event> events_b = events_of(b, lane_b);
  const auto same_effect = [](Event one, const Event& other) {
    one.lane = other.lane;  // whether it was meant for all lanes
    return one == other;
  };
  const auto [at_a, at_b] =
      std::mismatch(events_a.begin(), events_a.end(), events_b.begin(), events_b.end(), same_effect);
  if (at_a == events_a.end() && at_b == events_b.end()) return std::nullopt;
  if (at_a == events_a.end()) return at_b->step;
  if (at_b == events_b.end()) return at_a->step;
  return std::min(at_a->step, at_b->step);
}

std::uint64_t memory_estimate(const Experiment& experiment, const DataShape& shape) {
  LaneSize lane = {.sizes = layer_sizes(experiment, shape),
                   .moments = unsigned_of(optimizer(experiment.training.optimizer).moments)};
  // x, y, and y as the output layer has it.
  const std::uint64_t rows = lane.sizes.front() + 1 + lane.sizes.back();
  Bytes bytes = matrix_bytes(rows, shape.samples) + matrix_bytes(rows, shape.test_samples);
  for (const Lane& settings : experiment.lanes) {
    lane.batch_norm = settings.batch_norm.value_or(experiment.network.batch_norm);
    // A lane that catches up keeps its old runs.
    bytes += Bytes(2) * unsigned_of(settings.replicas) *
             run_bytes(lane, shape, unsigned_of(experiment.training.batch));
  }
  constexpr std::uint64_t kFieldCells = 2048;  // that the decision field takes in one pass
  lane.batch_norm = std::any_of(experiment.lanes.begin(), experiment.lanes.end(), [&](const Lane& settings) {
    return settings.batch_norm.value_or(experiment.network.batch_norm);
  });
  bytes += pass_bytes(lane, kForward, kFieldCells) + matrix_bytes(lane.sizes.front(), kFieldCells);
  return bytes.count();
}

}  // namespace initlab
