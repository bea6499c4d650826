// A network as a diagram shows it: every weight, what each unit responds to over the plane, and what has
// become of it. Copied from a run at one step, so that it can be drawn and hovered while the run goes on.
#pragma once

#include <cstddef>
#include <cstdint>
#include <vector>

#include "core/experiment/measure/decision_field.h"
#include "core/numeric/matrix.h"

namespace initlab {

// Columns and rows of a unit's map of the plane.
inline constexpr int kUnitMapSide = 24;
// Units of a layer that are viewed, evenly spaced among all; so are the inputs.
inline constexpr std::size_t kMostUnitsViewed = 64;

struct UnitView {
  std::size_t unit = 1;    // from 1, in its layer
  std::size_t group = 0;   // copies of one another have the same number; alone: 0
  std::size_t copies = 1;  // units of that group in the whole layer
  bool dead = false;       // its activation gets z <= 0 for every training sample (where it can die)
  double saturated = 0;    // share of its activations beyond 99 % of the range; 0 where unbounded
  double bias = 0;
  double d_bias = 0;  // gradient
  double mean = 0;    // of its activation over the training samples
  double std = 0;
  // Activation over the plane, row by row from the top, kUnitMapSide squared; of one input: along its axis,
  // kUnitMapSide numbers; empty for more inputs.
  std::vector<float> map;
  float map_low = 0, map_high = 0;  // range of the finite values of `map`
};

struct LayerView {
  std::size_t layer = 1;  // from 1
  std::size_t units = 0;  // in the whole layer
  std::size_t inputs = 0;
  bool frozen = false;                    // its weights are kept as they are
  std::vector<UnitView> shown;            // at most kMostUnitsViewed
  std::vector<std::size_t> shown_inputs;  // from 1; the shown units of the layer before, or the features
  Matrix weights;                         // (shown units, shown inputs)
  Matrix d_weights;                       // gradient, likewise
  double largest_weight = 0;              // size of the largest finite weight in the whole layer
};

struct NetworkView {
  Domain domain;  // of the maps
  std::vector<LayerView> layers;
  bool empty() const { return layers.empty(); }
};

}  // namespace initlab
