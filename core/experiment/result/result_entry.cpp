// One lane of `train --json`.
#include "core/experiment/result/result_entry.h"

#include <cmath>

#include "core/experiment/result/replica_band.h"

namespace initlab {
namespace {

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

// How alike the units of a layer are, and how alike it makes its samples.
void add_diversity(const LayerProbe& layer, Json& json) {
  json["largest_group"] = layer.largest_group;
  json["distinct_gradients"] = layer.distinct_gradients;
  json["distinct_activations"] = layer.distinct_activations;
  json["near_copies"] = layer.near_copies;
  json["correlation"] = number(layer.correlation);
  json["effective_rank"] = number(layer.effective_rank);
}

Json layer_json(const LayerProbe& layer) {
  Json json = {{"layer", layer.layer},
               {"units", layer.units},
               {"distinct_units", layer.distinct_units},
               {"dead", number(layer.dead())},
               {"saturated", number(layer.saturated)},
               {"weights", summary_json(layer.weights.summary)},
               {"z", summary_json(layer.z.summary)},
               {"a", summary_json(layer.a.summary)},
               {"dz", summary_json(layer.d_z.summary)},
               {"dw", summary_json(layer.d_w.summary)},
               {"weight_norm", number(layer.weight_norm())},
               {"gradient_norm", number(layer.gradient_norm())}};
  add_diversity(layer, json);
  return json;
}

Json band_json(const Band& band) {
  return {{"min", number(band.minimum)},
          {"q1", number(band.lower_quartile)},
          {"median", number(band.median)},
          {"q3", number(band.upper_quartile)},
          {"max", number(band.maximum)}};
}
Json band_json(const std::optional<Band>& band) {
  return band ? band_json(*band) : Json(nullptr);
}

// [step, min, q1, median, q3, max] for the steps that the lane's own costs are given for.
Json band_costs(const RunSnapshot& run, std::int64_t every) {
  Json costs = Json::array();
  const auto add = [&](std::int64_t step) {
    if (const auto band = cost_band(run, step)) {
      costs.push_back({step, number(band->minimum), number(band->lower_quartile), number(band->median),
                       number(band->upper_quartile), number(band->maximum)});
    }
  };
  for (std::int64_t step = 0; step < run.step; step += every) add(step);
  add(run.step);
  return costs;
}

Json replicas_json(const RunSnapshot& run, std::int64_t every) {
  const ReplicaSummary summary = summarize_replicas(run);
  Json json = {{"count", summary.runs},
               {"diverged", summary.diverged},
               {"final_cost", band_json(summary.cost)},
               {"train_accuracy", band_json(summary.train_accuracy)},
               {"test_accuracy", band_json(summary.test_accuracy)},
               {"test_cost", band_json(summary.test_cost)},
               {"cost", band_costs(run, every)}};
  json["verdicts"] = Json::array();
  for (const VerdictCount& one : summary.verdicts)
    json["verdicts"].push_back({{"kind", verdict_id(one.kind)}, {"count", one.count}});
  return json;
}

// What theory says of the start, beside each layer and for the lane as a whole.
void add_theory(const LaneTheory& theory, Json& json) {
  for (std::size_t l = 0; l < json["layers"].size(); ++l) {
    json["layers"][l]["predicted"] = {{"z", number(theory.layers[l].z_std)},
                                      {"dz", number(theory.layers[l].d_z_std)}};
  }
  if (!theory.stack) return;
  const MeanField& stack = *theory.stack;
  json["theory"] = {{"q_star", number(stack.q_star)},
                    {"chi_1", number(stack.chi_1)},
                    {"xi_gradient", number(stack.xi_gradient)},
                    {"phase", phase_name(stack.phase)}};
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

}  // namespace

Json result_entry(const RunSnapshot& run, const ResultOptions& options) {
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
  json["cost"] = cost_json(run, options.every);
  json["train_accuracy"] = number(run.train_accuracy);
  json["test_accuracy"] = number(run.test_accuracy);
  json["test_cost"] = number(run.test_cost);
  json["gradient_ratio"] = number(gradient_ratio(run.layers));
  json["signal_ratio"] = number(signal_ratio(run.layers));
  json["verdicts"] = Json::array();
  for (const Verdict& verdict : run.verdicts) {
    const VerdictRow& row = verdict_row(verdict.kind);
    json["verdicts"].push_back({{"kind", row.id},
                                {"layer", verdict.layer},
                                {"text", verdict.text},
                                {"advice", verdict.advice},
                                {"threshold", row.threshold},
                                {"source", row.source}});
  }
  json["layers"] = Json::array();
  for (const LayerProbe& layer : run.layers) json["layers"].push_back(layer_json(layer));
  if (options.predicted && run.theory) add_theory(*run.theory, json);
  if (!run.replicas.empty()) json["replicas"] = replicas_json(run, options.every);
  return json;
}

}  // namespace initlab
