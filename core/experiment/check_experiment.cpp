// What no single setting can break: lanes that are told apart, a loss that fits the output, memory that
// suffices, events and expectations of what there is.
#include <fmt/format.h>

#include <algorithm>
#include <array>
#include <charconv>
#include <cmath>

#include "core/experiment/experiment_json.h"
#include "core/experiment/field_json.h"
#include "core/numeric/input_text.h"

namespace initlab {
namespace {

using Trouble = std::optional<InputError>;

std::string numbered(const char* list, std::size_t index) {
  return fmt::format("{}.{}", list, index + 1);
}

Trouble check_lanes(const std::vector<Lane>& lanes) {
  if (lanes.empty() || lanes.size() > kMaximumLanes) {
    return not_allowed("lanes", fmt::format("{} lanes", lanes.size()), fmt::format("1 to {}", kMaximumLanes));
  }
  for (std::size_t i = 0; i < lanes.size(); ++i) {
    for (std::size_t j = 0; j < i; ++j) {
      if (lanes[i].name != lanes[j].name) continue;
      return not_allowed(numbered("lanes", i) + ".name",
                         in_quotes(lanes[i].name) + " is the name of " + numbered("lanes", j) + " too",
                         "a name of its own for each lane");
    }
  }
  return std::nullopt;
}

Trouble check_loss(const Experiment& experiment) {
  const bool is_cross_entropy = experiment.training.loss == LossId::kCrossEntropy;
  if (!is_cross_entropy || experiment.network.output == OutputId::kSigmoid) return std::nullopt;
  return InputError{"training.loss: cross_entropy needs network.output sigmoid, which is " +
                    std::string(output(experiment.network.output).id) +
                    "; allowed with it: mean_squared_error"};
}

std::string gibibytes(std::uint64_t bytes) {
  constexpr double kGibibyte = 1073741824;
  // Rounded up, so that what is just too much does not read as what is allowed.
  return format_number(std::ceil(static_cast<double>(bytes) / kGibibyte * 10) / 10) + " GiB";
}

Trouble check_memory(const Experiment& experiment) {
  const std::uint64_t bytes = memory_estimate(experiment);
  if (bytes <= kMemoryBound) return std::nullopt;
  return not_allowed(
      "the experiment", fmt::format("it would take {} of memory", gibibytes(bytes)),
      fmt::format("up to {}, by fewer units, layers, samples or lanes", gibibytes(kMemoryBound)));
}

Trouble check_events(const Experiment& experiment) {
  for (std::size_t i = 0; i < experiment.events.size(); ++i) {
    const std::size_t lane = experiment.events[i].lane;
    if (lane <= experiment.lanes.size()) continue;
    return not_allowed("events",
                       fmt::format("there is no lane {}, which an event changes at step {}", lane,
                                   experiment.events[i].step),
                       fmt::format("0 (all lanes) to {}", experiment.lanes.size()));
  }
  return std::nullopt;
}

// The numbers that stand in a run's entry of `train --json`, in a layer's and in a tensor's.
constexpr std::array<std::string_view, 7> kRunQuantities = {
    "cost", "train_accuracy", "test_accuracy", "seed", "steps", "diverged.step", "diverged.layer"};
constexpr std::array<std::string_view, 4> kLayerQuantities = {"units", "distinct_units", "dead", "saturated"};
constexpr std::array<std::string_view, 5> kTensors = {"weights", "z", "a", "dz", "dw"};
constexpr std::array<std::string_view, 5> kMoments = {"mean", "std", "min", "max", "non_finite"};

bool contains(std::span<const std::string_view> words, std::string_view word) {
  return std::find(words.begin(), words.end(), word) != words.end();
}

// Takes what stands before the first dot off the path.
std::string_view take_part(std::string_view& path) {
  const std::size_t dot = path.find('.');
  const std::string_view part = path.substr(0, dot);
  path = dot == std::string_view::npos ? std::string_view() : path.substr(dot + 1);
  return part;
}

Trouble check_quantity(const std::string& quantity, std::size_t layer_count, const std::string& path) {
  if (contains(kRunQuantities, quantity)) return std::nullopt;
  std::string_view rest = quantity;
  if (take_part(rest) != "layers") {
    return not_allowed(path, in_quotes(quantity) + " is unknown",
                       joined(kRunQuantities) + ", layers.1.distinct_units and the like");
  }
  const std::string_view digits = take_part(rest);
  std::size_t layer = 0;
  const auto [end, error] = std::from_chars(digits.data(), digits.data() + digits.size(), layer);
  if (error != std::errc() || end != digits.data() + digits.size() || layer < 1 || layer > layer_count) {
    return not_allowed(path, in_quotes(quantity) + " names no layer",
                       fmt::format("layers 1 to {}", layer_count));
  }
  if (contains(kLayerQuantities, rest)) return std::nullopt;
  const std::string_view tensor = take_part(rest);
  if (contains(kTensors, tensor) && contains(kMoments, rest)) return std::nullopt;
  return not_allowed(path, in_quotes(quantity) + " is unknown",
                     joined(kLayerQuantities) + ", or one of " + joined(kTensors) + " with one of " +
                         joined(kMoments) + " (weights.std)");
}

Trouble check_expectations(const Experiment& experiment) {
  std::vector<std::string_view> names;
  for (const Lane& lane : experiment.lanes) names.emplace_back(lane.name);
  for (std::size_t i = 0; i < experiment.expect.size(); ++i) {
    const Expectation& expectation = experiment.expect[i];
    const std::string path = numbered("expect", i);
    if (!contains(names, expectation.lane)) {
      return InputError{path + ".lane: there is no lane " + in_quotes(expectation.lane) +
                        one_line(suggestion(expectation.lane, names), 400)};
    }
    const std::size_t layer_count = experiment.network.hidden.size() + 1;
    if (Trouble trouble = check_quantity(expectation.quantity, layer_count, path + ".quantity"))
      return trouble;
  }
  return std::nullopt;
}

}  // namespace

std::optional<InputError> check_experiment(const Experiment& experiment) {
  Trouble trouble = check_lanes(experiment.lanes);
  if (!trouble) trouble = check_loss(experiment);
  if (!trouble) trouble = check_memory(experiment);
  if (!trouble) trouble = check_events(experiment);
  if (!trouble) trouble = check_expectations(experiment);
  return trouble;
}

}  // namespace initlab
