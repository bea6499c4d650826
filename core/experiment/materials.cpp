// Data and weights from outside the experiment, each checked against the shapes that it asks for.
#include "core/experiment/materials.h"

#include <fmt/format.h>

#include <algorithm>
#include <string>

#include "core/experiment/run.h"
#include "core/network/weights_file.h"
#include "core/numeric/input_text.h"

namespace initlab {
namespace {

// An experiment may begin from one that begins from another: this many in a row.
constexpr std::size_t kLongestChain = 4;

// A network that others are copied from, and how a message names it.
struct Source {
  std::shared_ptr<const Network> network;
  std::string name;
};

class Gatherer {
 public:
  Gatherer(const ExperimentFinder& find, std::vector<std::string> chain)
      : find_(find), chain_(std::move(chain)) {}

  Result<Materials> all(const Experiment& experiment, std::shared_ptr<const Dataset> data);
  Result<LayerSources> sources(const Experiment& experiment, const Lane& lane, const DataShape& shape);

 private:
  Result<Source> source(const Experiment& experiment, const LayerStart& start);
  Result<Source> from_file(const Experiment& experiment, const SchemeParameters& parameters);
  Result<Source> from_run(const Experiment& experiment, const SchemeParameters& parameters);

  const ExperimentFinder& find_;
  std::vector<std::string> chain_;  // the experiments that asked for one another
};

bool is_copied(SchemeId scheme) {
  return scheme == SchemeId::kFromFile || scheme == SchemeId::kFromRun;
}

std::filesystem::path beside(const std::filesystem::path& folder, const std::string& path) {
  const std::filesystem::path there = folder / path;
  std::error_code error;
  return std::filesystem::exists(there, error) ? there : std::filesystem::path(path);
}

std::string shape_text(std::size_t units, std::size_t inputs) {
  return fmt::format("{} x {}", units, inputs);
}

// Null when layer `l` (from 0) of the source can be layer `l` here.
std::optional<InputError> check_layer(const Source& source, const std::vector<std::size_t>& sizes,
                                      std::size_t l, const std::string& lane, bool batch_norm) {
  const std::string wanted = shape_text(sizes[l + 1], sizes[l]);
  const std::string place = fmt::format("lane {}, layer {}", in_quotes(lane), l + 1);
  if (l >= source.network->layers.size()) {
    return InputError{fmt::format("{}: {} has only {} layers; allowed: another scheme for this layer", place,
                                  source.name, source.network->layers.size())};
  }
  const Layer& layer = source.network->layers[l];
  if (layer.norm && !batch_norm) {
    return InputError{
        fmt::format("{}: {} has batch normalization there; allowed: \"batch_norm\": true, or "
                    "another scheme for this layer",
                    place, source.name)};
  }
  if (layer.units() == sizes[l + 1] && layer.inputs() == sizes[l]) return std::nullopt;
  return InputError{fmt::format("{}: {} has {} weights there; allowed: {}, or another scheme for this layer",
                                place, source.name, shape_text(layer.units(), layer.inputs()), wanted)};
}

Result<Materials> Gatherer::all(const Experiment& experiment, std::shared_ptr<const Dataset> data) {
  Materials materials;
  if (!data) {
    const TargetKind targets =
        experiment.network.output == OutputId::kLinear ? TargetKind::kNumbers : TargetKind::kClasses;
    auto loaded = load_dataset(experiment.data, experiment.folder, targets);
    if (auto* error = std::get_if<DataError>(&loaded)) return InputError{error->message};
    data = std::make_shared<const Dataset>(std::move(std::get<Dataset>(loaded)));
  }
  materials.data = std::move(data);
  const DataShape shape = shape_of(*materials.data);
  if (auto error = check_shape(experiment, shape)) return *error;
  for (const Lane& lane : experiment.lanes) {
    auto found = sources(experiment, lane, shape);
    if (auto* error = std::get_if<InputError>(&found)) return *error;
    materials.lanes.push_back(std::move(std::get<LayerSources>(found)));
  }
  return materials;
}

Result<LayerSources> Gatherer::sources(const Experiment& experiment, const Lane& lane,
                                       const DataShape& shape) {
  const std::vector<std::size_t> sizes = layer_sizes(experiment, shape);
  const bool batch_norm = lane.batch_norm.value_or(experiment.network.batch_norm);
  LayerSources result;
  std::vector<std::pair<LayerStart, Source>> known;  // a lane's layers mostly share one source
  for (std::size_t l = 0; l + 1 < sizes.size(); ++l) {
    const LayerStart start = layer_start(lane, l + 1);
    if (!is_copied(start.scheme)) continue;
    auto place = std::ranges::find_if(known, [&](const auto& one) {
      return one.first.scheme == start.scheme && one.first.parameters == start.parameters;
    });
    if (place == known.end()) {
      Result<Source> found = source(experiment, start);
      if (auto* error = std::get_if<InputError>(&found)) {
        return InputError{fmt::format("lane {}: {}", in_quotes(lane.name), error->message)};
      }
      place = known.insert(known.end(), {start, std::move(std::get<Source>(found))});
    }
    if (auto error = check_layer(place->second, sizes, l, lane.name, batch_norm)) return *error;
    result.resize(sizes.size() - 1);
    result[l] = place->second.network;
  }
  return result;
}

Result<Source> Gatherer::source(const Experiment& experiment, const LayerStart& start) {
  return start.scheme == SchemeId::kFromFile ? from_file(experiment, start.parameters)
                                             : from_run(experiment, start.parameters);
}

Result<Source> Gatherer::from_file(const Experiment& experiment, const SchemeParameters& parameters) {
  auto read = read_weights(beside(experiment.folder, parameters.path), parameters.lane);
  if (auto* error = std::get_if<WeightsError>(&read)) return InputError{error->message};
  return Source{std::make_shared<const Network>(std::move(std::get<Network>(read))),
                in_quotes(parameters.path)};
}

Result<Source> Gatherer::from_run(const Experiment& experiment, const SchemeParameters& parameters) {
  const std::string name = "the experiment " + in_quotes(parameters.experiment);
  if (std::ranges::find(chain_, parameters.experiment) != chain_.end() || chain_.size() >= kLongestChain) {
    return InputError{fmt::format("{} begins from another in turn, {} deep; allowed: up to {}, none twice",
                                  name, chain_.size(), kLongestChain - 1)};
  }
  Result<Experiment> found = find_(parameters.experiment, experiment.folder);
  if (auto* error = std::get_if<InputError>(&found)) return *error;
  const auto source = std::make_shared<const Experiment>(std::move(std::get<Experiment>(found)));
  if (parameters.lane < 1 || parameters.lane > static_cast<std::int64_t>(source->lanes.size())) {
    return InputError{
        fmt::format("{} has no lane {}; allowed: 1 to {}", name, parameters.lane, source->lanes.size())};
  }
  chain_.push_back(parameters.experiment);
  Result<Materials> gathered = all(*source, nullptr);
  chain_.pop_back();
  if (auto* error = std::get_if<InputError>(&gathered)) return InputError{name + ": " + error->message};
  auto& materials = std::get<Materials>(gathered);
  const auto lane = static_cast<std::size_t>(parameters.lane - 1);
  Run run({.experiment = source,
           .task = make_learning_task(*source, materials.data),
           .lane = lane,
           .replica = 0,
           .sources = std::move(materials.lanes[lane])});
  run.advance(parameters.step);
  if (run.diverged()) {
    return InputError{
        fmt::format("{} diverges at step {}; allowed: a step before that", name, run.diverged()->step)};
  }
  return Source{std::make_shared<const Network>(run.network()), name};
}

}  // namespace

Result<Experiment> find_experiment_file(std::string_view name, const std::filesystem::path& folder) {
  return experiment_from_file(beside(folder, std::string(name)));
}

Result<Materials> gather_materials(const Experiment& experiment, const ExperimentFinder& find,
                                   std::shared_ptr<const Dataset> data) {
  return Gatherer(find, {experiment.name}).all(experiment, std::move(data));
}

Result<LayerSources> gather_sources(const Experiment& experiment, const Lane& lane, const DataShape& shape,
                                    const ExperimentFinder& find) {
  return Gatherer(find, {experiment.name}).sources(experiment, lane, shape);
}

}  // namespace initlab
