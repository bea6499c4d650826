// Which costs a curve shows. A run that begins at 1,774 and settles at 0.4 must not press the others into a
// line, so the range follows the later half of each history and only then makes room for how it began.
#include <algorithm>
#include <cmath>
#include <limits>
#include <vector>

#include "app/figures/cost_curve.h"
#include "core/experiment/result/replica_band.h"

namespace initlab {
namespace {

constexpr double kLeast = 1e-300;
constexpr double kLargest = 1e300;
constexpr double kLeastDecades = 2;    // that a clipped beginning leaves to be seen
constexpr double kChanceWithin = 1.5;  // decades beyond the curves in which the chance cost is shown
constexpr double kLinearReach = 2;     // times the median settled cost

struct Span {
  double low = std::numeric_limits<double>::infinity();
  double high = -std::numeric_limits<double>::infinity();
  bool empty() const { return low > high; }
  void include(double value) {
    low = std::min(low, value);
    high = std::max(high, value);
  }
};

// The range of the steps first..last-1, of what a log axis can show only when `positive`.
Span span_of(const CostHistory& history, std::int64_t first, std::int64_t last, bool positive) {
  Span span;
  const CostRange range = history.range(first, last);
  if (range.min > range.max) return span;
  if (!positive || range.min > 0) {
    span.include(range.min);
    span.include(range.max);
    return span;
  }
  // Some costs are 0: the least positive one among some dozens of stretches stands for the rest.
  constexpr std::int64_t kStretches = 64;
  const std::int64_t length = std::max<std::int64_t>(1, (last - first) / kStretches);
  for (std::int64_t at = first; at < last; at += length) {
    const CostRange part = history.range(at, std::min(at + length, last));
    if (part.min > part.max) continue;
    if (part.min > 0) span.include(part.min);
    if (part.max > 0) span.include(part.max);
  }
  return span;
}

// The neighbour of `value` > 0 among 1, 2, 5 times powers of ten: at most it when `down`, else at least it.
double round_number(double value, bool down) {
  const double power = std::pow(10.0, std::floor(std::log10(value)));
  double below = power;
  for (const double step : {1.0, 2.0, 5.0, 10.0}) {
    if (!down && step * power >= value * (1 - 1e-9)) return step * power;
    if (step * power <= value * (1 + 1e-9)) below = step * power;
  }
  return below;
}

// Where the middle half of the seeds ends.
void include_replicas(const RunSnapshot& run, bool positive, Span& span) {
  if (run.replicas.empty() || run.history.size() == 0) return;
  const auto band = cost_band(run, run.history.size() - 1);
  if (!band) return;
  for (const double cost : {band->lower_quartile, band->upper_quartile}) {
    if (std::isfinite(cost) && (!positive || cost > 0)) span.include(cost);
  }
}

CostWindow log_window(const Span& settled, const Span& whole, double chance) {
  Span inner = settled;
  if (chance > 0 && std::log10(inner.low) - kChanceWithin < std::log10(chance) &&
      std::log10(chance) < std::log10(inner.high) + kChanceWithin) {
    inner.include(chance);
  }
  const double low = std::max(round_number(std::max(inner.low, kLeast) / 1.25, true), kLeast);
  const double decades = std::max(2 * (std::log10(inner.high) - std::log10(low)), kLeastDecades);
  const double most = std::min(std::log10(low) + decades, std::log10(kLargest));
  const double wanted = std::max(whole.high, inner.high) * 1.1;
  const double high = std::log10(wanted) <= most ? round_number(wanted, false) : std::pow(10.0, most);
  return {low, std::max(high, 2 * low)};
}

CostWindow linear_window(std::vector<double> settled_highs, const Span& whole, double chance) {
  const auto middle = settled_highs.begin() + std::ssize(settled_highs) / 2;
  std::nth_element(settled_highs.begin(), middle, settled_highs.end());
  const double reach = std::max(kLinearReach * *middle, 2 * chance);
  const double wanted = std::min({std::max(whole.high, chance) * 1.05, reach, kLargest});
  const double high = wanted > kLeast ? round_number(wanted, false) : 1;
  return {std::min(0.0, whole.low), high};
}

}  // namespace

CostWindow cost_window(const Snapshot& snapshot, const CostCurveOptions& options) {
  if (options.costs) return *options.costs;
  Span settled, whole;
  std::vector<double> settled_highs;
  // A run that diverged says nothing about where the others are to be read, unless there are no others.
  for (const bool diverged : {false, true}) {
    if (!settled.empty()) break;
    for (std::size_t lane = 0; lane < snapshot.runs.size(); ++lane) {
      const RunSnapshot& run = snapshot.runs[lane];
      if (!shows_lane(options, lane)) continue;
      const std::int64_t size = run.history.size();
      // One that was taken back to before its divergence is as well not asked.
      const bool blows_up = run.diverged || (size > 0 && !std::isfinite(run.history[size - 1]));
      if (blows_up != diverged) continue;
      const Span later = span_of(run.history, size / 2, size, options.log_y);
      if (later.empty()) continue;
      settled.include(later.low);
      settled.include(later.high);
      include_replicas(run, options.log_y, settled);
      settled_highs.push_back(later.high);
      const Span all = span_of(run.history, 0, size, options.log_y);
      whole.include(all.low);
      whole.include(all.high);
    }
  }
  if (settled.empty()) return options.log_y ? CostWindow{0.1, 10} : CostWindow{0, 1};
  return options.log_y ? log_window(settled, whole, snapshot.chance_cost)
                       : linear_window(std::move(settled_highs), whole, snapshot.chance_cost);
}

}  // namespace initlab
