// What an experiment asks of its data: an output that fits the classes, batches that the points fill, memory,
// and that there are the weights that its events write.
#include <fmt/format.h>

#include <algorithm>
#include <cmath>

#include "core/experiment/file/check_parts.h"
#include "core/experiment/file/events_json.h"
#include "core/experiment/file/field_json.h"
#include "core/numeric/input_text.h"

namespace initlab {
namespace {

using Trouble = std::optional<InputError>;

Trouble check_output(const Experiment& experiment, std::size_t classes) {
  const OutputId kind = experiment.network.output;
  const std::string_view id = output(kind).id;
  if (classes == 0 && kind != OutputId::kLinear) {
    return not_allowed(
        "network.output",
        fmt::format("{} is a regression, which {} cannot answer", dataset_row(experiment.data.kind).id, id),
        "linear, with training.loss mean_squared_error");
  }
  if (classes > 2 && kind == OutputId::kSigmoid) {
    return not_allowed("network.output",
                       fmt::format("{} classes need a softmax output, and it is {}", classes, id), "softmax");
  }
  return std::nullopt;
}

Trouble check_batch(const Experiment& experiment, std::size_t samples) {
  const auto count = static_cast<std::int64_t>(samples);
  const std::int64_t batch = experiment.training.batch;
  if (batch > count) {
    return not_allowed(
        "training.batch",
        fmt::format("{} points are more than there are", format_number(static_cast<double>(batch))),
        "0 (all of them) to " + format_number(static_cast<double>(count)));
  }
  const bool normalizes =
      std::any_of(experiment.lanes.begin(), experiment.lanes.end(),
                  [&](const Lane& lane) { return lane.batch_norm.value_or(experiment.network.batch_norm); });
  if (!normalizes) return std::nullopt;
  constexpr const char* kNeed = "batch normalization needs 2 points or more in a batch, ";
  if (count == 1) return not_allowed("data.samples", std::string(kNeed) + "and there is 1", "2 and more");
  if (batch == 1)
    return not_allowed("training.batch", std::string(kNeed) + "not 1", "0 (all of them), 2 and more");
  // The last batch of an epoch is what is left over.
  if (batch > 0 && count % batch == 1) {
    return not_allowed("training.batch",
                       fmt::format("{}and of {} points batches of {} leave 1 over", kNeed, count, batch),
                       "0 (all of them), or a batch that leaves another rest");
  }
  return std::nullopt;
}

std::string gibibytes(std::uint64_t bytes) {
  constexpr double kGibibyte = 1073741824;
  // Rounded up, so that what is just too much does not read as what is allowed.
  return format_number(std::ceil(static_cast<double>(bytes) / kGibibyte * 10) / 10) + " GiB";
}

}  // namespace

std::optional<InputError> check_memory(const Experiment& experiment, const DataShape& shape) {
  const std::uint64_t bytes = memory_estimate(experiment, shape);
  if (bytes <= kMemoryBound) return std::nullopt;
  return not_allowed(
      "the experiment", fmt::format("it would take {} of memory", gibibytes(bytes)),
      fmt::format("up to {}, by fewer units, layers, samples, lanes or replicas", gibibytes(kMemoryBound)));
}

std::optional<InputError> check_shape(const Experiment& experiment, const DataShape& shape) {
  Trouble trouble = check_output(experiment, shape.classes);
  if (!trouble) trouble = check_batch(experiment, shape.samples);
  if (!trouble) trouble = check_memory(experiment, shape);
  for (const Event& event : experiment.events) {
    if (!trouble && event.weight) trouble = check_weight_place(experiment, shape, *event.weight);
  }
  return trouble;
}

}  // namespace initlab
