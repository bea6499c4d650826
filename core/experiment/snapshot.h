// All that the rest of the program may know of a comparison at one moment: owned, immutable, and carrying the
// experiment that made it, so that a figure labels what it shows from the snapshot alone.
#pragma once

#include <cstdint>
#include <memory>
#include <optional>
#include <vector>

#include "core/data/dataset.h"
#include "core/experiment/cost_history.h"
#include "core/experiment/experiment.h"
#include "core/experiment/measure/decision_field.h"
#include "core/experiment/measure/network_view.h"
#include "core/experiment/measure/probe.h"
#include "core/experiment/measure/response_curve.h"
#include "core/experiment/theory/theory.h"
#include "core/experiment/verdict/verdict.h"

namespace initlab {

struct RunSnapshot {
  Lane lane;
  std::int64_t step = 0;
  bool catching_up = false;  // behind the others, training as fast as it can
  std::optional<Divergence> diverged;
  double cost = 0;  // at `step`, over all training samples; the history has that of each step's own batch
  std::optional<double> train_accuracy;  // null for regression
  std::optional<double> test_accuracy;   // null besides where there is no test set
  // Costs of steps 0..step, and where the run was taken back in time those of the later steps that it has
  // been to: a figure marks `step` on it.
  CostHistory history;
  std::optional<double> test_cost;  // without penalties; null where there is no test set
  std::vector<LayerProbe> layers;
  std::shared_ptr<const LaneTheory> theory;  // of the start, beside the measured figures
  std::vector<Verdict> verdicts;
  DecisionField field;
  // Step that the field and the response curve are of: the last finite one of a run that has diverged.
  std::int64_t field_step = 0;
  NetworkView network;     // where it was asked for
  ResponseCurve response;  // of a network with one input and one output
  // The other seeds of a lane with replicas, without fields and histograms.
  std::vector<RunSnapshot> replicas;
  // Changes whenever the weights shown do: pictures made from them are kept by it.
  std::uint64_t revision = 0;
};

struct Snapshot {
  std::shared_ptr<const Experiment> experiment;
  std::shared_ptr<const Dataset> data;
  std::int64_t step = 0;     // of the comparison: of every run that is neither catching up nor diverged
  std::int64_t reached = 0;  // furthest step that can be sought
  double chance_cost =
      0;  // cost of the best constant answer: ln 2 for two even classes; 0 where there is none
  std::vector<RunSnapshot> runs;  // one a lane
};

}  // namespace initlab
