// What no single setting can break: lanes that are told apart, a loss that fits the output, layers and events
// of what there is. What depends on the data's shape is check_shape.cpp, what is expected
// check_expectations.cpp.
#include <fmt/format.h>

#include <algorithm>
#include <array>

#include "core/experiment/file/check_parts.h"
#include "core/experiment/file/experiment_json.h"
#include "core/experiment/file/field_json.h"
#include "core/numeric/input_text.h"

namespace initlab {
namespace {

using Trouble = std::optional<InputError>;

bool contains(std::span<const std::string_view> words, std::string_view word) {
  return std::find(words.begin(), words.end(), word) != words.end();
}

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

// The keys that a hidden layer reads and the output layer does not.
constexpr std::array<std::string_view, 2> kHiddenKeys = {"activation", "slope"};

// A layer as its lane and its own exception have it; `path` names the place of what it begins with.
Trouble check_start(const Experiment& experiment, const LayerStart& start, const std::string& path) {
  const std::size_t layer_count = experiment.network.hidden.size() + 1;
  const auto layers = static_cast<std::int64_t>(layer_count);
  const Scheme& row = scheme(start.scheme);
  if (row.reads("freeze") && start.parameters.freeze > layers) {
    return not_allowed(path + ".freeze",
                       fmt::format("{} layers are more than there are", start.parameters.freeze),
                       fmt::format("0 to {}", layer_count));
  }
  if (row.reads("path") && start.parameters.path.empty()) {
    return not_allowed(path + ".path", fmt::format("{} needs a file of weights", row.id),
                       "the path of an .npz");
  }
  if (row.reads("experiment") && start.parameters.experiment.empty()) {
    return not_allowed(path + ".experiment", fmt::format("{} needs an experiment", row.id),
                       "a name from `initlab list experiments`, or a file");
  }
  if (start.bias == BiasId::kLogOdds && experiment.network.output == OutputId::kLinear) {
    return not_allowed(path + ".bias", "log_odds needs classes, and network.output is linear",
                       "log_odds with network.output sigmoid or softmax");
  }
  return std::nullopt;
}

Trouble check_exception(const Experiment& experiment, const Lane& lane, const LayerException& exception,
                        const std::string& path) {
  const std::size_t output_layer = experiment.network.hidden.size() + 1;
  if (exception.layer > output_layer) {
    return not_allowed(path, "there is no such layer", fmt::format("layers 1 to {}", output_layer));
  }
  if (exception.layer == output_layer) {
    for (const std::string_view key : kHiddenKeys) {
      if (!contains(exception.given, key)) continue;
      return InputError{
          fmt::format("{}.{}: not read by the output layer, whose activation is network.output", path, key)};
    }
  }
  const LayerStart start = layer_start(lane, exception.layer);
  if (contains(exception.given, "bias") && start.bias == BiasId::kLogOdds &&
      exception.layer != output_layer) {
    return not_allowed(path + ".bias", "log_odds is for the output layer",
                       fmt::format("log_odds in layer {}", output_layer));
  }
  return check_start(experiment, start, path);
}

Trouble check_layers(const Experiment& experiment) {
  for (std::size_t i = 0; i < experiment.lanes.size(); ++i) {
    const Lane& lane = experiment.lanes[i];
    const std::string path = numbered("lanes", i);
    if (Trouble trouble = check_start(experiment, lane, path)) return trouble;
    for (const LayerException& exception : lane.layers) {
      const std::string place = fmt::format("{}.layers.{}", path, exception.layer);
      if (Trouble trouble = check_exception(experiment, lane, exception, place)) return trouble;
    }
    if (lane.batch_norm.value_or(false) && experiment.network.hidden.empty()) {
      return not_allowed(path + ".batch_norm", "there is no hidden layer to normalize", "false");
    }
  }
  if (experiment.network.batch_norm && experiment.network.hidden.empty()) {
    return not_allowed("network.batch_norm", "there is no hidden layer to normalize", "false");
  }
  return std::nullopt;
}

Trouble check_loss(const Experiment& experiment) {
  const bool is_cross_entropy = experiment.training.loss == LossId::kCrossEntropy;
  if (!is_cross_entropy || experiment.network.output != OutputId::kLinear) return std::nullopt;
  return InputError{
      "training.loss: cross_entropy needs network.output sigmoid or softmax, which is linear; "
      "allowed with it: mean_squared_error"};
}

Trouble check_data(const DataSettings& data) {
  const DatasetRow& row = dataset_row(data.kind);
  if (row.reads("low") && data.low >= data.high) {
    return not_allowed("data.low", shortest(data.low) + " is not below data.high, " + shortest(data.high),
                       "an interval of x");
  }
  if (row.reads("path") && data.path.empty()) {
    return not_allowed("data.path", fmt::format("{} needs a file", row.id), "the path of a CSV");
  }
  if (!row.reads("points")) return std::nullopt;
  if (data.points.size() < 2) {
    return not_allowed("data.points", fmt::format("{} points", data.points.size()),
                       fmt::format("2 to {}", format_number(kMaximumPoints)));
  }
  const auto same_class = [&](const PlacedPoint& point) { return point.label == data.points[0].label; };
  if (!std::all_of(data.points.begin(), data.points.end(), same_class)) return std::nullopt;
  return not_allowed("data.points", fmt::format("every point is of class {}", data.points[0].label),
                     "two or more classes");
}

// A file's shape is known once it is read: until then the fewest features and points that it can have.
Trouble check_known_shape(const Experiment& experiment) {
  if (const std::optional<DataShape> shape = shape_of(experiment.data))
    return check_shape(experiment, *shape);
  return check_memory(experiment, {.features = 1, .classes = 2, .samples = 0, .test_samples = 0});
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

}  // namespace

std::optional<InputError> check_experiment(const Experiment& experiment) {
  Trouble trouble = check_lanes(experiment.lanes);
  if (!trouble) trouble = check_loss(experiment);
  if (!trouble) trouble = check_data(experiment.data);
  if (!trouble) trouble = check_layers(experiment);
  if (!trouble) trouble = check_known_shape(experiment);
  if (!trouble) trouble = check_events(experiment);
  if (!trouble) trouble = check_expectations(experiment);
  return trouble;
}

}  // namespace initlab
