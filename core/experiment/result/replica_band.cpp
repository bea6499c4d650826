#include "core/experiment/result/replica_band.h"

#include <algorithm>
#include <cassert>
#include <cmath>
#include <limits>

namespace initlab {
namespace {

constexpr double kInfinity = std::numeric_limits<double>::infinity();

double percentile(const std::vector<double>& sorted, double share) {
  const double place = share * static_cast<double>(sorted.size() - 1);
  const auto below = static_cast<std::size_t>(place);
  const std::size_t above = std::min(below + 1, sorted.size() - 1);
  const double part = place - static_cast<double>(below);
  // Infinity minus infinity is nothing to interpolate with.
  if (part == 0 || sorted[below] == sorted[above]) return sorted[below];
  return sorted[below] + part * (sorted[above] - sorted[below]);
}

// All runs of a lane: the one shown, then its replicas.
template <class Visit>
void for_each_run(const RunSnapshot& run, const Visit& visit) {
  visit(run);
  for (const RunSnapshot& replica : run.replicas) visit(replica);
}

std::optional<Band> band_of(const RunSnapshot& run, std::optional<double> RunSnapshot::*figure) {
  std::vector<double> values;
  for_each_run(run, [&](const RunSnapshot& one) {
    if (one.*figure) values.push_back(*(one.*figure));
  });
  if (values.empty()) return std::nullopt;
  return initlab::band_of(std::move(values));
}

}  // namespace

Band band_of(std::vector<double> values) {
  assert(!values.empty());
  for (double& value : values) {
    if (std::isnan(value)) value = kInfinity;
  }
  std::sort(values.begin(), values.end());
  return {.minimum = values.front(),
          .lower_quartile = percentile(values, 0.25),
          .median = percentile(values, 0.5),
          .upper_quartile = percentile(values, 0.75),
          .maximum = values.back()};
}

ReplicaSummary summarize_replicas(const RunSnapshot& run) {
  ReplicaSummary summary;
  summary.runs = 1 + run.replicas.size();
  std::vector<double> costs;
  for_each_run(run, [&](const RunSnapshot& one) {
    summary.diverged += one.diverged.has_value();
    costs.push_back(one.diverged ? kInfinity : one.cost);
    // A good note, such as a large start that was recovered from, is no sickness.
    const Verdict& first = one.verdicts.front();
    const VerdictKind kind = first.good ? VerdictKind::kHealthy : first.kind;
    const auto same = [kind](const VerdictCount& count) { return count.kind == kind; };
    auto place = std::find_if(summary.verdicts.begin(), summary.verdicts.end(), same);
    if (place == summary.verdicts.end()) place = summary.verdicts.insert(place, VerdictCount{kind, 0});
    ++place->count;
  });
  std::stable_sort(summary.verdicts.begin(), summary.verdicts.end(),
                   [](const VerdictCount& a, const VerdictCount& b) { return a.count > b.count; });
  summary.cost = band_of(std::move(costs));
  summary.train_accuracy = band_of(run, &RunSnapshot::train_accuracy);
  summary.test_accuracy = band_of(run, &RunSnapshot::test_accuracy);
  summary.test_cost = band_of(run, &RunSnapshot::test_cost);
  return summary;
}

std::optional<Band> cost_band(const RunSnapshot& run, std::int64_t step) {
  std::vector<double> costs;
  bool anyone = false;
  for_each_run(run, [&](const RunSnapshot& one) {
    const bool has_been_there = step < one.history.size();
    if (has_been_there || one.diverged) costs.push_back(has_been_there ? one.history[step] : kInfinity);
    anyone |= has_been_there;
  });
  if (!anyone) return std::nullopt;
  return band_of(std::move(costs));
}

}  // namespace initlab
