// What an experiment may expect: the numbers of a lane's entry of `train --json`, which result_entry.cpp
// writes.
#include <fmt/format.h>

#include <algorithm>
#include <array>

#include "core/experiment/file/check_parts.h"
#include "core/experiment/file/field_json.h"
#include "core/numeric/input_text.h"

namespace initlab {
namespace {

using Trouble = std::optional<InputError>;
using Words = std::span<const std::string_view>;

constexpr std::array<std::string_view, 10> kRunQuantities = {
    "cost",         "train_accuracy", "test_accuracy", "test_cost",     "gradient_ratio",
    "signal_ratio", "seed",           "steps",         "diverged.step", "diverged.layer"};
constexpr std::array<std::string_view, 12> kLayerQuantities = {
    "units",       "distinct_units", "distinct_gradients", "distinct_activations", "largest_group",
    "near_copies", "dead",           "saturated",          "correlation",          "effective_rank",
    "weight_norm", "gradient_norm"};
constexpr std::array<std::string_view, 5> kTensors = {"weights", "z", "a", "dz", "dw"};
constexpr std::array<std::string_view, 5> kMoments = {"mean", "std", "min", "max", "non_finite"};
// Of a lane with replicas.
constexpr std::array<std::string_view, 2> kReplicaCounts = {"count", "diverged"};
constexpr std::array<std::string_view, 4> kReplicaBands = {"final_cost", "train_accuracy", "test_accuracy",
                                                           "test_cost"};
constexpr std::array<std::string_view, 5> kBandFigures = {"min", "q1", "median", "q3", "max"};

bool contains(Words words, std::string_view word) {
  return std::find(words.begin(), words.end(), word) != words.end();
}

// Takes what stands before the first dot off the path.
std::string_view take_part(std::string_view& path) {
  const std::size_t dot = path.find('.');
  const std::string_view part = path.substr(0, dot);
  path = dot == std::string_view::npos ? std::string_view() : path.substr(dot + 1);
  return part;
}

// What stands after "layers.": a layer's number and one of its quantities. A layer that the network has not
// may be named: whoever takes layers away need not rewrite what was expected; `--check` then says that there
// is no such number.
Trouble check_layer_quantity(std::string_view rest, const std::string& quoted, const std::string& path) {
  const std::optional<std::size_t> layer = layer_number(take_part(rest));
  constexpr std::size_t kLastLayer = kMaximumHiddenLayers + 1;
  if (!layer || *layer > kLastLayer) {
    return not_allowed(path, quoted + " names no layer", fmt::format("layers 1 to {}", kLastLayer));
  }
  if (contains(kLayerQuantities, rest)) return std::nullopt;
  const std::string_view tensor = take_part(rest);
  if (contains(kTensors, tensor) && contains(kMoments, rest)) return std::nullopt;
  return not_allowed(path, quoted + " is unknown",
                     joined(kLayerQuantities) + ", or one of " + joined(kTensors) + " with one of " +
                         joined(kMoments) + " (weights.std)");
}

// What stands after "replicas.".
Trouble check_replica_quantity(std::string_view rest, const Lane& lane, const std::string& quoted,
                               const std::string& path) {
  if (lane.replicas < 2) {
    return InputError{path + ": " + quoted + " is of a lane with replicas, which " + in_quotes(lane.name) +
                      " has none of"};
  }
  if (contains(kReplicaCounts, rest)) return std::nullopt;
  const std::string_view band = take_part(rest);
  if (contains(kReplicaBands, band) && contains(kBandFigures, rest)) return std::nullopt;
  return not_allowed(path, quoted + " is unknown",
                     joined(kReplicaCounts) + ", or one of " + joined(kReplicaBands) + " with one of " +
                         joined(kBandFigures) + " (final_cost.median)");
}

Trouble check_quantity(const std::string& quantity, const Lane& lane, const std::string& path) {
  if (contains(kRunQuantities, quantity)) return std::nullopt;
  std::string_view rest = quantity;
  const std::string_view first = take_part(rest);
  if (first == "layers") return check_layer_quantity(rest, in_quotes(quantity), path);
  if (first == "replicas") return check_replica_quantity(rest, lane, in_quotes(quantity), path);
  return not_allowed(
      path, in_quotes(quantity) + " is unknown",
      joined(kRunQuantities) + ", layers.1.distinct_units, replicas.final_cost.median and the like");
}

}  // namespace

std::optional<InputError> check_expectations(const Experiment& experiment) {
  for (std::size_t i = 0; i < experiment.expect.size(); ++i) {
    const Expectation& expectation = experiment.expect[i];
    const std::string path = fmt::format("expect.{}", i + 1);
    const auto lane = std::find_if(experiment.lanes.begin(), experiment.lanes.end(),
                                   [&](const Lane& row) { return row.name == expectation.lane; });
    if (lane == experiment.lanes.end()) {
      std::vector<std::string_view> names;
      for (const Lane& row : experiment.lanes) names.emplace_back(row.name);
      return InputError{path + ".lane: there is no lane " + in_quotes(expectation.lane) +
                        one_line(suggestion(expectation.lane, names), 400)};
    }
    if (Trouble trouble = check_quantity(expectation.quantity, *lane, path + ".quantity")) return trouble;
  }
  return std::nullopt;
}

}  // namespace initlab
