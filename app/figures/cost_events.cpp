#include "app/figures/cost_events.h"

#include <algorithm>

#include "app/figures/captions.h"

namespace initlab {

std::vector<CostEventMark> cost_event_marks(const CostPlot& plot, const Snapshot& snapshot,
                                            const CostCurveOptions& options) {
  std::vector<CostEventMark> marks;
  if (!snapshot.experiment) return marks;
  for (const Event& event : snapshot.experiment->events) {
    if (event.lane > 0 && !shows_lane(options, event.lane - 1)) continue;
    const double x = plot.x.to_pixel(static_cast<double>(event.step));
    if (x < plot.plot.x - 0.5 || x > plot.plot.right() + 0.5) continue;
    CostEventMark mark{x, std::nullopt, event_caption(event)};
    if (event.lane > 0) mark.lane = event.lane - 1;
    marks.push_back(std::move(mark));
  }
  std::stable_sort(marks.begin(), marks.end(),
                   [](const CostEventMark& a, const CostEventMark& b) { return a.x < b.x; });
  return marks;
}

}  // namespace initlab
