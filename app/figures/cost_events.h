// What was changed while the runs lived, as marks at the axis of steps below their cost.
#pragma once

#include <cstddef>
#include <optional>
#include <string>
#include <vector>

#include "app/figures/cost_curve.h"

namespace initlab {

struct CostEventMark {
  double x = 0;                     // pixel
  std::optional<std::size_t> lane;  // from 0; null: all lanes
  std::string text;                 // "learning rate 0.005"
};

// Of the events within the plot that concern a lane which is shown, in order of steps.
std::vector<CostEventMark> cost_event_marks(const CostPlot& plot, const Snapshot& snapshot,
                                            const CostCurveOptions& options);

}  // namespace initlab
