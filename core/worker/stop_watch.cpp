#include "core/worker/stop_watch.h"

#include <algorithm>

namespace initlab {
namespace {

void keep_earlier(std::optional<Stop>& first, const Stop& other) {
  if (!first || other.step < first->step) first = other;
}

}  // namespace

std::optional<Stop> StopWatch::look(const Comparison& comparison) {
  std::optional<Stop> first = new_divergence(comparison);
  if (!rule_.divergence) first.reset();
  if (const std::optional<Stop> fallen = fallen_cost(comparison)) keep_earlier(first, *fallen);
  return first;
}

void StopWatch::note(const Comparison& comparison) {
  (void)new_divergence(comparison);
}

// A run that has diverged stands still, so its revision names the divergence.
std::optional<Stop> StopWatch::new_divergence(const Comparison& comparison) {
  std::optional<Stop> first;
  diverged_.clear();
  for (std::size_t lane = 0; lane < comparison.experiment().lanes.size(); ++lane) {
    const auto& divergence = comparison.run(lane).diverged();
    if (!divergence) continue;
    diverged_.push_back(comparison.revision(lane));
    if (std::ranges::find(told_, diverged_.back()) != told_.end()) continue;
    keep_earlier(first, {Stop::Reason::kDivergence, lane, divergence->step});
  }
  told_.swap(diverged_);
  return first;
}

std::optional<Stop> StopWatch::fallen_cost(const Comparison& comparison) {
  std::optional<Stop> first;
  const std::int64_t from = next_cost_;
  const std::int64_t to = comparison.step();  // whose own cost is yet to be known
  next_cost_ = std::max(from, to);
  if (!(rule_.cost > 0)) return first;
  for (std::size_t lane = 0; lane < comparison.experiment().lanes.size(); ++lane) {
    const Run& run = comparison.run(lane);
    const CostHistory& history = run.history();
    const std::int64_t last = std::min({to, run.step(), history.size()});
    if (from >= last || !(history.range(from, last).min < rule_.cost)) continue;
    for (std::int64_t step = from; step < last; ++step) {
      if (!(history[step] < rule_.cost) || history[step - 1] < rule_.cost) continue;
      keep_earlier(first, {Stop::Reason::kCost, lane, step});
      break;
    }
  }
  return first;
}

std::optional<Stop> StopWatch::end(const Comparison& comparison) const {
  if (!rule_.divergence) return std::nullopt;
  std::optional<Stop> last;
  for (std::size_t lane = 0; lane < comparison.experiment().lanes.size(); ++lane) {
    const auto& divergence = comparison.run(lane).diverged();
    if (!divergence) return std::nullopt;
    if (!last || divergence->step > last->step) last = {Stop::Reason::kDivergence, lane, divergence->step};
  }
  return last;
}

}  // namespace initlab
