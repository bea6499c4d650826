#include "app/figures/captions.h"

#include <fmt/format.h>

#include <cmath>

#include "core/data/dataset.h"
#include "core/network/activations.h"
#include "core/network/losses.h"
#include "core/numeric/number_text.h"

namespace initlab {

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

std::string data_caption(const Snapshot& snapshot) {
  const DataSettings& data = snapshot.experiment->data;
  std::string text = fmt::format("{}, {}", dataset_row(data.kind).label, count_text(data.samples));
  if (data.test_samples > 0) text += fmt::format(" + {}", count_text(data.test_samples));
  return text + fmt::format(" points, noise {}, seed {}", number_text(data.noise), data.seed);
}

std::string network_caption(const Snapshot& snapshot) {
  const NetworkSettings& network = snapshot.experiment->network;
  const std::size_t inputs = snapshot.data ? snapshot.data->train.x.rows() : 0;
  const std::size_t outputs = snapshot.data ? snapshot.data->train.y.rows() : 0;
  std::string sizes = fmt::format("{}", inputs);
  std::string note;
  if (network.hidden.size() > 6) {
    sizes += fmt::format("\u2013{}\u2013\u2026\u2013{}", network.hidden.front(), network.hidden.back());
    note = fmt::format(" ({} hidden layers)", network.hidden.size());
  } else {
    for (const std::int64_t units : network.hidden) sizes += fmt::format("\u2013{}", units);
  }
  return fmt::format("{}\u2013{}{}, {}", sizes, outputs, note, activation(network.activation).label);
}

std::string training_caption(const Snapshot& snapshot) {
  const TrainingSettings& training = snapshot.experiment->training;
  std::string text =
      fmt::format("{}, rate {}", optimizer(training.optimizer).label, number_text(training.learning_rate));
  if (training.batch > 0) text += fmt::format(", batch {}", count_text(training.batch));
  if (training.l1 > 0) text += fmt::format(", L1 {}", number_text(training.l1));
  if (training.l2 > 0) text += fmt::format(", L2 {}", number_text(training.l2));
  return text;
}

std::string layer_caption(std::size_t layer, std::size_t layer_count) {
  return fmt::format("Layer {}{}", layer, layer == layer_count ? " (output)" : "");
}

std::string chance_caption(double chance_cost) {
  if (!(chance_cost > 0) || !std::isfinite(chance_cost)) return {};
  if (std::abs(chance_cost - std::log(2.0)) < 1e-9) return "ln 2: chance";
  return "chance " + number_text(chance_cost, 2);
}

std::string no_boundary_caption(const Snapshot& snapshot) {
  const std::size_t inputs = snapshot.data ? snapshot.data->train.x.rows() : 0;
  const std::size_t outputs = snapshot.data ? snapshot.data->train.y.rows() : 0;
  if (inputs == 2 && outputs == 1) return "No field was measured in this snapshot.";
  return fmt::format(
      "A boundary needs two inputs and one output; this network has {} and {}. Cost curve and histograms "
      "show how it learns.",
      inputs, outputs);
}

}  // namespace initlab
