// A network as a diagram shows it: every weight, what each unit responds to over the plane, and what has
// become of it. Copied from a run at one step, so that it can be drawn and hovered while the run goes on. Of
// wide layers evenly spaced units are viewed: a picture has no room for more.
#pragma once

#include <cstddef>
#include <cstdint>
#include <vector>

#include "core/experiment/measure/decision_field.h"
#include "core/experiment/measure/unit_groups.h"
#include "core/network/network.h"
#include "core/numeric/matrix.h"

namespace initlab {

// Columns and rows of a unit's map of the plane; 16 or 8 for networks whose maps would take too long.
inline constexpr std::size_t kUnitMapSide = 24;
// Points of a unit's curve along the axis of one input.
inline constexpr std::size_t kUnitCurvePoints = 64;
// Units of a layer that are viewed, evenly spaced from the first to the last; so are the inputs.
inline constexpr std::size_t kMostUnitsViewed = 64;

struct UnitView {
  std::size_t unit = 1;    // from 1, in its layer
  std::size_t group = 0;   // from 1: units with the same number are copies of one another; alone: 0
  std::size_t copies = 1;  // units of that group in the whole layer
  bool dead = false;       // its activation gets z <= 0 for every training sample (where it can die)
  double saturated = 0;    // share of its activations beyond 99 % of the range; 0 where unbounded
  double bias = 0;
  double d_bias = 0;  // gradient
  double mean = 0;    // of its finite activations over the training samples
  double std = 0;
  std::size_t non_finite = 0;  // samples whose activation is not
  // Activation at the centres of NetworkView::map_side squared cells, row by row from the top; of one input:
  // at map_side points along its axis, first and last at its ends; empty for more inputs.
  std::vector<float> map;
  float map_low = 0, map_high = 0;  // range of the finite values of `map`; both 0 where there is none
};

struct LayerView {
  std::size_t layer = 1;  // from 1
  std::size_t units = 0;  // in the whole layer
  std::size_t inputs = 0;
  ActivationId activation = ActivationId::kRelu;
  bool frozen = false;                    // its weights are kept as they are
  std::vector<UnitView> shown;            // at most kMostUnitsViewed, in order
  std::vector<std::size_t> shown_inputs;  // from 1; the shown units of the layer before, or the features
  Matrix weights;                         // (shown units, shown inputs)
  Matrix d_weights;                       // gradient, likewise
  double largest_weight = 0;              // size of the largest finite weight in the whole layer
  double largest_gradient = 0;            // likewise
};

struct NetworkView {
  Domain domain;  // of the maps: a square around the data; of one input only x_min and x_max count
  std::size_t map_side = 0;
  OutputId output = OutputId::kSigmoid;
  std::vector<LayerView> layers;
  bool empty() const { return layers.empty(); }
};

// Memory of the work, reused from call to call.
struct NetworkViewScratch {
  RowScratch rows;
  std::vector<RowGroup> groups;
  Matrix points;
  Workspace pass;
};

// Views `network`, whose last forward and backward passes over `data`'s training samples are in `workspace`.
// Maps are answers: with the running statistics where there is batch normalization. Costs about a forward
// pass over some hundred samples; nothing is allocated after the first call with the same shapes.
void fill_network_view(const Network& network, const Workspace& workspace, const Dataset& data,
                       NetworkViewScratch& scratch, NetworkView& view);

}  // namespace initlab
