// `train --json`, and the paths of `expect` into it.
#include "core/experiment/result_json.h"

#include <fmt/format.h>

#include <algorithm>
#include <array>
#include <cmath>
#include <nlohmann/json.hpp>

#include "core/numeric/number_text.h"

namespace initlab {
namespace {

using Json = nlohmann::ordered_json;

Json number(double value) {
  if (std::isnan(value)) return "nan";
  if (std::isinf(value)) return value > 0 ? "inf" : "-inf";
  return value;
}
Json number(const std::optional<double>& value) {
  return value ? number(*value) : Json(nullptr);
}

Json summary_json(const Summary& s) {
  return {{"mean", number(s.mean)},
          {"std", number(s.std)},
          {"min", number(s.min)},
          {"max", number(s.max)},
          {"non_finite", s.non_finite}};
}

Json layer_json(const LayerProbe& layer) {
  return {{"layer", layer.layer},
          {"units", layer.units},
          {"distinct_units", layer.distinct_units},
          {"dead", number(layer.dead())},
          {"saturated", number(layer.saturated)},
          {"weights", summary_json(layer.weights.summary)},
          {"z", summary_json(layer.z.summary)},
          {"a", summary_json(layer.a.summary)},
          {"dz", summary_json(layer.d_z.summary)},
          {"dw", summary_json(layer.d_w.summary)}};
}

// A pair for every `every` steps, step 0 and the last included.
Json cost_json(const RunSnapshot& run, std::int64_t every) {
  Json costs = Json::array();
  for (std::int64_t step = 0; step < run.step; step += every) {
    if (step < run.history.size()) costs.push_back({step, number(run.history[step])});
  }
  costs.push_back({run.step, number(run.cost)});
  return costs;
}

Json run_json(const RunSnapshot& run, std::int64_t every) {
  Json json = {{"name", run.lane.name},
               {"scheme", scheme(run.lane.scheme).id},
               {"seed", run.lane.seed},
               {"steps", run.step},
               {"status", run.diverged ? "diverged" : "ok"}};
  if (run.diverged) {
    json["diverged"] = {{"step", run.diverged->step},
                        {"layer", run.diverged->where.layer},
                        {"tensor", tensor_name(run.diverged->where.tensor)}};
  }
  json["cost"] = cost_json(run, every);
  json["train_accuracy"] = number(run.train_accuracy);
  json["test_accuracy"] = number(run.test_accuracy);
  json["verdicts"] = Json::array();
  for (const Verdict& verdict : run.verdicts) {
    json["verdicts"].push_back(
        {{"kind", verdict_id(verdict.kind)}, {"layer", verdict.layer}, {"text", verdict.text}});
  }
  json["layers"] = Json::array();
  for (const LayerProbe& layer : run.layers) json["layers"].push_back(layer_json(layer));
  return json;
}

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

std::optional<double> number_at(const RunSnapshot& run, const std::string& path) {
  if (path == "cost") return run.cost;
  const Json entry = run_json(run, std::max<std::int64_t>(1, run.step));
  const Json* found = follow(entry, path);
  if (!found) return std::nullopt;
  if (found->is_number()) return found->get<double>();
  if (*found == "inf") return INFINITY;
  if (*found == "-inf") return -INFINITY;
  if (*found == "nan") return NAN;
  return std::nullopt;
}

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

std::string_view relation_sign(Relation relation) {
  constexpr std::array<std::string_view, 5> kSigns = {"<", "<=", ">", ">=", "="};
  return kSigns[static_cast<std::size_t>(relation)];
}

}  // namespace

std::string result_to_json(const Snapshot& snapshot, std::int64_t every, const std::string& fingerprint) {
  Json json = {{"initlab", 1}, {"experiment", snapshot.experiment->name}, {"fingerprint", fingerprint}};
  json["lanes"] = Json::array();
  for (const RunSnapshot& run : snapshot.runs) json["lanes"].push_back(run_json(run, every));
  return json.dump(1, ' ', false, Json::error_handler_t::replace) + "\n";
}

std::vector<std::string> failed_expectations(const Snapshot& snapshot) {
  std::vector<std::string> failures;
  for (const Expectation& expected : snapshot.experiment->expect) {
    const std::string claim = fmt::format("{}: {} {} {}", expected.lane, expected.quantity,
                                          relation_sign(expected.relation), expected.value);
    const auto run =
        std::ranges::find(snapshot.runs, expected.lane, [](const RunSnapshot& r) { return r.lane.name; });
    if (run == snapshot.runs.end()) {
      failures.push_back(claim + " fails: there is no such lane");
      continue;
    }
    const std::optional<double> value = number_at(*run, expected.quantity);
    if (!value) {
      failures.push_back(claim + " fails: the result has no such number");
    } else if (!holds(*value, expected.relation, expected.value)) {
      failures.push_back(fmt::format("{} fails: it is {}, off by {}", claim, *value,
                                     number_text(std::abs(*value - expected.value))));
    }
  }
  return failures;
}

}  // namespace initlab
