#include "app/figures/layer_ticks.h"

#include <fmt/format.h>

#include <algorithm>
#include <cmath>
#include <string>

#include "app/canvas/text_metrics.h"

namespace initlab {
namespace {

bool ticks_fit(const Axis& axis, const std::vector<Tick>& ticks) {
  for (std::size_t i = 1; i < ticks.size(); ++i) {
    const double needed =
        (measure_text(ticks[i].label, kTickSize).width + measure_text(ticks[i - 1].label, kTickSize).width) /
            2 +
        1.5 * kTickSize;
    if (axis.to_pixel(ticks[i].value) - axis.to_pixel(ticks[i - 1].value) < needed) return false;
  }
  return true;
}

}  // namespace

std::vector<Tick> layer_ticks(const Axis& axis, std::size_t count) {
  const auto first = static_cast<std::size_t>(std::max(1.0, std::ceil(axis.low)));
  const auto last =
      static_cast<std::size_t>(std::clamp(std::floor(axis.high), 0.0, static_cast<double>(count)));
  std::vector<Tick> result;
  for (const bool words : {true, false}) {
    for (std::size_t step = 1; step <= 100; step = step == 1   ? 2
                                                   : step == 2 ? 5
                                                   : step == 5 ? 10
                                                               : 2 * step) {
      result.clear();
      for (std::size_t layer = first; layer <= last; ++layer) {
        const bool output = layer == count && count > 1;
        // A round number that stands beside the first or the last layer's would only crowd it.
        const std::size_t least = step == 2 ? 2 : (step + 1) / 2;
        const bool crowded = step > 1 && (layer - first < least || last - layer < least);
        if (layer != first && layer != last && (layer % step != 0 || crowded)) continue;
        const std::string number = fmt::format("{}", layer);
        result.push_back({static_cast<double>(layer), output                    ? "output"
                                                      : words || layer == first ? "layer " + number
                                                                                : number});
      }
      if (ticks_fit(axis, result)) return result;
      if (words) break;  // words are for a few layers, all of them named
    }
  }
  if (result.size() > 2) result.resize(1);
  return result;
}

}  // namespace initlab
