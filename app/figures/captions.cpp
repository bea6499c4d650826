#include "app/figures/captions.h"

#include <fmt/format.h>
#include <fmt/ranges.h>

#include <algorithm>
#include <cctype>
#include <cmath>
#include <filesystem>
#include <vector>

#include "core/data/dataset.h"
#include "core/network/activations.h"
#include "core/network/losses.h"
#include "core/numeric/number_text.h"

namespace initlab {
namespace {

// "Mean squared error" within a sentence.
std::string lower(std::string_view label) {
  std::string text(label);
  if (!text.empty()) text[0] = static_cast<char>(std::tolower(static_cast<unsigned char>(text[0])));
  return text;
}

bool is_softmax(const Snapshot& snapshot) {
  return snapshot.experiment->network.output == OutputId::kSoftmax;
}

// Whether its framework draws biases rather than leave them at 0.
bool scheme_draws_biases(const Lane& lane) {
  return scheme(lane.scheme).bias_limit(lane.parameters, LayerContext{}) > 0;
}

// "layer 2: Xavier normal", "layer 3: bias log-odds": the first thing that it changes, and that there is
// more.
std::string exception_text(const LayerException& exception) {
  const auto given = [&](std::string_view key) {
    return std::find(exception.given.begin(), exception.given.end(), key) != exception.given.end();
  };
  std::vector<std::string> changes;
  const LayerStart& start = exception.start;
  if (given("scheme")) changes.emplace_back(scheme(start.scheme).label);
  if (given("gain")) changes.push_back("gain " + number_text(start.parameters.gain));
  if (given("std")) changes.push_back("std " + number_text(start.parameters.std));
  if (given("limit")) changes.push_back("limit " + number_text(start.parameters.limit));
  if (given("value")) changes.push_back("value " + number_text(start.parameters.value));
  if (given("activation") && start.activation) changes.emplace_back(activation(*start.activation).label);
  if (given("bias")) {
    changes.push_back(start.bias == BiasId::kConstant ? "bias " + number_text(start.bias_value)
                                                      : "bias " + lower(bias(start.bias).label));
  }
  if (changes.empty()) changes.emplace_back("differs");
  return fmt::format("layer {}: {}", exception.layer, fmt::join(changes, " "));
}

}  // namespace

std::string step_caption(const Snapshot& snapshot) {
  return fmt::format("step {} of {}", count_text(snapshot.step),
                     count_text(snapshot.experiment->training.steps));
}

std::string divergence_caption(const Divergence& divergence) {
  const std::string_view tensor = tensor_name(divergence.where.tensor);
  const std::string step = count_text(divergence.step);
  if (divergence.where.layer == 0)
    return fmt::format("diverged at step {}: the {} is not finite", step, tensor);
  return fmt::format("diverged at step {}: {} of layer {} {} not finite", step, tensor,
                     divergence.where.layer, divergence.where.tensor == Tensor::kWeights ? "are" : "is");
}

std::string run_state_caption(const RunSnapshot& run, const Snapshot& snapshot) {
  if (run.diverged) return divergence_caption(*run.diverged);
  if (run.catching_up) {
    return fmt::format("catching up: {} of {}", count_text(run.step), count_text(snapshot.step));
  }
  return {};
}

std::string event_caption(const Event& event) {
  const auto name = [&]() -> std::string_view {
    switch (event.setting) {
      case LiveSetting::kLearningRate:
        return "learning rate";
      case LiveSetting::kL1:
        return "L1 penalty";
      case LiveSetting::kL2:
        return "L2 penalty";
    }
    return "";
  };
  const std::string of_lane = event.lane == 0 ? "" : fmt::format("lane {}: ", event.lane);
  if (event.weight) {
    const WeightPlace& place = *event.weight;
    const std::string what = place.input == 0 ? "bias" : fmt::format("weight of input {}", place.input);
    return fmt::format("{}layer {}, unit {}: {} {}", of_lane, place.layer, place.unit, what,
                       number_text(event.value));
  }
  return fmt::format("{}{} {}", of_lane, name(), number_text(event.value));
}

std::string data_caption(const Snapshot& snapshot) {
  const DataSettings& data = snapshot.experiment->data;
  const DatasetRow& row = dataset_row(data.kind);
  const DataShape shape = snapshot.data ? shape_of(*snapshot.data) : DataShape{};
  std::string text(row.label);
  if (data.kind == DatasetId::kCsv) text += " " + std::filesystem::path(data.path).filename().string();
  text += ", " + count_text(static_cast<std::int64_t>(shape.samples));
  if (shape.test_samples > 0) text += " + " + count_text(static_cast<std::int64_t>(shape.test_samples));
  text += shape.samples == 1 && shape.test_samples == 0 ? " point" : " points";
  if (shape.features > 2 || row.reads("path")) {
    text += fmt::format(", {} feature{}", count_text(static_cast<std::int64_t>(shape.features)),
                        shape.features == 1 ? "" : "s");
  }
  if (shape.classes > 2) text += fmt::format(", {} classes", shape.classes);
  if (row.reads("balance") && data.balance > 0)
    text += fmt::format(", {} of the last class", share_text(data.balance));
  if (row.reads("low"))
    text += fmt::format(", x from {} to {}", number_text(data.low), number_text(data.high));
  if (row.reads("noise")) text += fmt::format(", noise {}", number_text(data.noise));
  if (row.reads("seed")) text += fmt::format(", seed {}", data.seed);
  return text;
}

std::string network_caption(const Snapshot& snapshot) {
  const NetworkSettings& network = snapshot.experiment->network;
  const DataShape shape = snapshot.data ? shape_of(*snapshot.data) : DataShape{};
  const std::size_t outputs = layer_sizes(*snapshot.experiment, shape).back();
  std::string sizes = fmt::format("{}", shape.features);
  std::string note;
  if (network.hidden.size() > 6) {
    sizes += fmt::format("\u2013{}\u2013\u2026\u2013{}", network.hidden.front(), network.hidden.back());
    note = fmt::format(" ({} hidden layers)", network.hidden.size());
  } else {
    for (const std::int64_t units : network.hidden) sizes += fmt::format("\u2013{}", units);
  }
  std::string text = fmt::format("{}\u2013{}{}", sizes, outputs, note);
  if (!network.hidden.empty()) text += fmt::format(", {}", activation(network.activation).label);
  if (network.output != OutputId::kSigmoid)
    text += fmt::format(", {} output", lower(output(network.output).label));
  if (network.batch_norm) text += ", batch norm";
  return text;
}

std::string training_caption(const Snapshot& snapshot) {
  const TrainingSettings& training = snapshot.experiment->training;
  std::string text =
      fmt::format("{}, rate {}", optimizer(training.optimizer).label, number_text(training.learning_rate));
  if (training.batch > 0) text += fmt::format(", batch {}", count_text(training.batch));
  if (training.l1 > 0) text += fmt::format(", L1 {}", number_text(training.l1));
  if (training.l2 > 0) text += fmt::format(", L2 {}", number_text(training.l2));
  if (training.loss != LossId::kCrossEntropy) text += ", " + lower(loss(training.loss).label);
  return text;
}

std::string lane_caption(const Lane& lane) {
  std::vector<std::string> notes;
  if (lane.activation) notes.emplace_back(activation(*lane.activation).label);
  if (lane.bias == BiasId::kConstant) notes.push_back("bias " + number_text(lane.bias_value));
  if (lane.bias == BiasId::kLogOdds) notes.emplace_back("bias log-odds");
  if (lane.bias == BiasId::kZeros && scheme_draws_biases(lane)) notes.emplace_back("bias 0");
  if (lane.batch_norm) notes.emplace_back(*lane.batch_norm ? "batch norm" : "no batch norm");
  if (scheme(lane.scheme).reads("freeze") && lane.parameters.freeze > 0) {
    notes.push_back(lane.parameters.freeze == 1
                        ? "layer 1 frozen"
                        : fmt::format("layers 1\u2013{} frozen", lane.parameters.freeze));
  }
  for (const LayerException& exception : lane.layers) notes.push_back(exception_text(exception));
  return fmt::format("{}", fmt::join(notes, ", "));
}

std::vector<std::string> lane_formulas(const Lane& lane) {
  const std::string formula = formula_with(scheme(lane.scheme), lane.parameters);
  const std::string more = lane_caption(lane);
  std::vector<std::string> texts;
  const std::string whole = more.empty() ? formula : formula + ", " + more;
  if (lane.replicas > 1) texts.push_back(fmt::format("{}, {} seeds", whole, lane.replicas));
  texts.push_back(whole);
  if (!more.empty()) texts.push_back(more);
  return texts;
}

std::string layer_caption(std::size_t layer, std::size_t layer_count) {
  return fmt::format("Layer {}{}", layer, layer == layer_count ? " (output)" : "");
}

std::string chance_caption(double chance_cost) {
  if (!(chance_cost > 0) || !std::isfinite(chance_cost)) return {};
  if (std::abs(chance_cost - std::log(2.0)) < 1e-9) return "ln 2: chance";
  return "chance " + number_text(chance_cost, 2);
}

std::string class_caption(const Snapshot& snapshot, std::size_t point_class) {
  if (snapshot.data && point_class < snapshot.data->class_names.size())
    return snapshot.data->class_names[point_class];
  return fmt::format("class {}", point_class);
}

std::string no_boundary_caption(const Snapshot& snapshot) {
  if (!snapshot.data) return "No data: nothing to draw.";
  const DataShape shape = shape_of(*snapshot.data);
  if (shape.features > 2) {
    return fmt::format("{} features: no plane to draw. See the histograms and the cost.",
                       count_text(static_cast<std::int64_t>(shape.features)));
  }
  if (shape.features == 2 && shape.classes == 0)
    return "2 features and a number to learn: no boundary to draw. See the cost and the histograms.";
  if (shape.features == 1)
    return fmt::format("1 feature and {} classes: no plane to draw. See the histograms and the cost.",
                       shape.classes);
  return "No field was measured in this snapshot.";
}

std::string no_fit_caption(const Snapshot& snapshot) {
  if (!snapshot.data) return "No data: nothing to draw.";
  const DataShape shape = shape_of(*snapshot.data);
  if (shape.features != 1) {
    return fmt::format("{} features: a fitted curve needs one.",
                       count_text(static_cast<std::int64_t>(shape.features)));
  }
  if (layer_sizes(*snapshot.experiment, shape).back() != 1 || is_softmax(snapshot))
    return "A softmax has several outputs: a fitted curve needs one.";
  return "No curve was measured in this snapshot.";
}

std::string no_gradient_caption(const Snapshot& snapshot) {
  if (!snapshot.data) return "No data: nothing to draw.";
  const DataShape shape = shape_of(*snapshot.data);
  if (shape.features != 1) {
    return fmt::format("{} features: there is no single x to draw the gradient against.",
                       count_text(static_cast<std::int64_t>(shape.features)));
  }
  if (is_softmax(snapshot))
    return "A softmax has several outputs: there is no single one to take the gradient of.";
  return "No gradient was measured in this snapshot.";
}

}  // namespace initlab
