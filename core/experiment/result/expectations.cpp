// The conditions of `expect`, each a path into a lane's entry of `train --json`.
#include <fmt/format.h>

#include <algorithm>
#include <cmath>
#include <optional>

#include "core/experiment/file/field_json.h"
#include "core/experiment/result/replica_band.h"
#include "core/experiment/result/result_entry.h"
#include "core/numeric/number_text.h"

namespace initlab {
namespace {

// "layers.1.distinct_units": lists count from 1. Null when there is no such quantity.
const Json* follow(const Json& from, std::string_view path) {
  const Json* at = &from;
  while (!path.empty()) {
    const std::size_t dot = path.find('.');
    const std::string key(path.substr(0, dot));
    path = dot == std::string_view::npos ? std::string_view{} : path.substr(dot + 1);
    if (at->is_object()) {
      const auto found = at->find(key);
      if (found == at->end()) return nullptr;
      at = &*found;
    } else if (at->is_array()) {
      std::size_t index = 0;
      for (const char c : key) {
        if (c < '0' || c > '9' || index > 1'000'000) return nullptr;
        index = index * 10 + static_cast<std::size_t>(c - '0');
      }
      if (index < 1 || index > at->size()) return nullptr;
      at = &(*at)[index - 1];
    } else {
      return nullptr;
    }
  }
  return at;
}

std::optional<double> number_of(const Json& value) {
  if (value.is_number()) return value.get<double>();
  if (value == "inf") return INFINITY;
  if (value == "-inf") return -INFINITY;
  if (value == "nan") return NAN;
  return std::nullopt;
}

std::optional<double> number_at(const RunSnapshot& run, const std::string& path) {
  if (path == "cost") return run.cost;
  const Json entry = result_entry(run, {.every = std::max<std::int64_t>(1, run.step)});
  const Json* found = follow(entry, path);
  return found ? number_of(*found) : std::nullopt;
}

// Of a lane with replicas the median of those that have such a number; null when most have none.
std::optional<double> quantity(const RunSnapshot& run, const std::string& path) {
  constexpr std::string_view kOfAll = "replicas.";
  if (run.replicas.empty() || path.starts_with(kOfAll)) return number_at(run, path);
  std::vector<double> values;
  if (const auto value = number_at(run, path)) values.push_back(*value);
  for (const RunSnapshot& replica : run.replicas) {
    if (const auto value = number_at(replica, path)) values.push_back(*value);
  }
  if (2 * values.size() <= run.replicas.size()) return std::nullopt;
  return band_of(std::move(values)).median;
}

}  // namespace

bool holds(double value, Relation relation, double wanted) {
  switch (relation) {
    case Relation::kLess:
      return value < wanted;
    case Relation::kLessOrEqual:
      return value <= wanted;
    case Relation::kGreater:
      return value > wanted;
    case Relation::kGreaterOrEqual:
      return value >= wanted;
    case Relation::kEqual:
      return value == wanted;
  }
  return false;
}

std::optional<std::string> failed_expectation(const Snapshot& snapshot, const Expectation& expected) {
  std::string claim = fmt::format("{}: {} {} {}", expected.lane, expected.quantity,
                                  relation_sign(expected.relation), expected.value);
  const auto run =
      std::ranges::find(snapshot.runs, expected.lane, [](const RunSnapshot& r) { return r.lane.name; });
  if (run == snapshot.runs.end()) return claim + " fails: there is no such lane";
  if (run->lane.replicas > 1) claim += fmt::format(" (median of {} seeds)", run->lane.replicas);
  const std::optional<double> value = quantity(*run, expected.quantity);
  if (!value) return claim + " fails: the result has no such number";
  if (holds(*value, expected.relation, expected.value)) return std::nullopt;
  return fmt::format("{} fails: it is {}, off by {}", claim, *value,
                     number_text(std::abs(*value - expected.value)));
}

std::vector<std::string> failed_expectations(const Snapshot& snapshot) {
  std::vector<std::string> failures;
  for (const Expectation& expected : snapshot.experiment->expect) {
    if (auto failure = failed_expectation(snapshot, expected)) failures.push_back(std::move(*failure));
  }
  return failures;
}

}  // namespace initlab
