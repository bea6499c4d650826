// What an experiment needs besides itself before it can run: its data, which may stand in a CSV, and weights
// that come from a file or from another experiment that is trained on the spot. All that can fail for reasons
// outside the experiment fails here, as one line, before a comparison is made.
#pragma once

#include <functional>
#include <memory>
#include <optional>
#include <string_view>
#include <vector>

#include "core/data/dataset.h"
#include "core/experiment/experiment.h"
#include "core/experiment/file/experiment_json.h"
#include "core/network/network.h"

namespace initlab {

// For each layer of a lane the network that its weights are copied from; null where they are drawn.
using LayerSources = std::vector<std::shared_ptr<const Network>>;

struct Materials {
  std::shared_ptr<const Dataset> data;
  std::vector<LayerSources> lanes;  // one a lane; empty where nothing is copied
};

// Finds the experiment that `from_run` names: by name, or by a path that starts at `folder`.
using ExperimentFinder =
    std::function<Result<Experiment>(std::string_view name, const std::filesystem::path& folder)>;
// Files only: the path as it stands, at `folder` or at the working directory.
Result<Experiment> find_experiment_file(std::string_view name, const std::filesystem::path& folder);

// Errors: a CSV or a weights file that is missing or wrong; an experiment that is unknown or that asks for
// itself in turn; shapes that do not agree, by layer; more memory than kMemoryBound, once the shape of a CSV
// is known. `data` is taken as it is when given.
Result<Materials> gather_materials(const Experiment& experiment, const ExperimentFinder& find,
                                   std::shared_ptr<const Dataset> data = nullptr);
// What one lane needs, for a lane that was changed.
Result<LayerSources> gather_sources(const Experiment& experiment, const Lane& lane, const DataShape& shape,
                                    const ExperimentFinder& find);

}  // namespace initlab
