// What follows from an experiment without running it: each lane's network, its live settings at a step, and
// the memory that all of it takes.
#include "core/experiment/experiment.h"

#include <algorithm>
#include <array>
#include <cassert>

namespace initlab {
namespace {

std::vector<std::size_t> layer_sizes(const Experiment& experiment) {
  std::vector<std::size_t> sizes = {dataset_row(experiment.data.kind).features};
  for (const std::int64_t units : experiment.network.hidden) sizes.push_back(static_cast<std::size_t>(units));
  sizes.push_back(1);
  return sizes;
}

// Bytes of a Matrix (rows, columns): rows are padded to whole groups of samples.
std::uint64_t matrix_bytes(std::uint64_t rows, std::uint64_t columns) {
  return rows * ((columns + kLaneCount - 1) / kLaneCount * kLaneCount) * sizeof(double);
}

// Bytes of z and a of every layer for m samples.
std::uint64_t forward_bytes(const std::vector<std::size_t>& sizes, std::uint64_t m) {
  std::uint64_t bytes = 0;
  for (std::size_t l = 1; l < sizes.size(); ++l) bytes += 2 * matrix_bytes(sizes[l], m);
  return bytes;
}

// Bytes of one run: network, training pass, test pass.
std::uint64_t run_bytes(const std::vector<std::size_t>& sizes, const DataSettings& data) {
  const auto m = static_cast<std::uint64_t>(data.samples);
  std::uint64_t bytes = 0;
  for (std::size_t l = 1; l < sizes.size(); ++l) {
    bytes +=
        2 * (matrix_bytes(sizes[l], sizes[l - 1]) + sizes[l] * sizeof(double));  // w, b and their gradients
    bytes += matrix_bytes(sizes[l], m);                                          // d_z
  }
  return bytes + forward_bytes(sizes, m) +
         forward_bytes(sizes, static_cast<std::uint64_t>(data.test_samples));
}

}  // namespace

std::vector<Lane> course_lanes() {
  std::vector<Lane> lanes(3);
  lanes[0] = {.name = "Zeros", .scheme = SchemeId::kZeros, .parameters = {}, .seed = 3};
  lanes[1] = {.name = "Large x10", .scheme = SchemeId::kNormal, .parameters = {.std = 10}, .seed = 3};
  lanes[2] = {.name = "He", .scheme = SchemeId::kHeNormal, .parameters = {}, .seed = 3};
  return lanes;
}

NetworkPlan network_plan(const Experiment& experiment, const Lane& lane) {
  return {.sizes = layer_sizes(experiment),
          .hidden_activation = experiment.network.activation,
          .output_activation = output(experiment.network.output).activation,
          .scheme = lane.scheme,
          .parameters = lane.parameters,
          .seed = static_cast<std::uint32_t>(lane.seed)};
}

LiveSettings live_settings(const Experiment& experiment, std::size_t lane, std::int64_t step) {
  const TrainingSettings& training = experiment.training;
  std::array<double, 3> values = {training.learning_rate, training.l1, training.l2};
  std::array<std::int64_t, 3> since = {};
  for (const Event& event : experiment.events) {
    const auto setting = static_cast<std::size_t>(event.setting);
    const bool concerns = event.lane == 0 || event.lane == lane + 1;
    // Of two events at one step the later one in the list holds, whatever the order of the others.
    if (!concerns || event.step > step || event.step < since[setting]) continue;
    values[setting] = event.value;
    since[setting] = event.step;
  }
  return {.learning_rate = values[0], .l1 = values[1], .l2 = values[2]};
}

std::uint64_t memory_estimate(const Experiment& experiment) {
  const std::vector<std::size_t> sizes = layer_sizes(experiment);
  const auto samples = static_cast<std::uint64_t>(experiment.data.samples);
  const auto test_samples = static_cast<std::uint64_t>(experiment.data.test_samples);
  const std::uint64_t data =
      matrix_bytes(sizes.front() + 1, samples) + matrix_bytes(sizes.front() + 1, test_samples);
  // A lane that catches up keeps its old run.
  const std::uint64_t runs = 2 * experiment.lanes.size() * run_bytes(sizes, experiment.data);
  constexpr std::uint64_t kFieldCells = 2048;  // that the decision field takes in one pass
  return runs + data + forward_bytes(sizes, kFieldCells) + matrix_bytes(sizes.front(), kFieldCells);
}

}  // namespace initlab
