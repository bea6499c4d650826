// Rules about units: those that get no gradient, are copies of each other, or are dead. The output layer is
// not judged here: its units have targets of their own.
#include <algorithm>

#include "core/experiment/verdict/verdict_advice.h"
#include "core/experiment/verdict/verdict_rules.h"
#include "core/numeric/number_text.h"

namespace initlab {
namespace {

using Layers = std::vector<LayerProbe>;

std::span<const LayerProbe> hidden_of(const Layers& layers) {
  return std::span(layers).first(layers.size() - 1);
}

bool all_zero(const Summary& s) {
  return s.non_finite == 0 && s.min == 0 && s.max == 0;
}

std::string number_of(std::size_t count) {
  return count_text(static_cast<std::int64_t>(count));
}

Sentence all_units(std::size_t count) {
  return count == 2 ? Sentence("both units") : sentence("all {} units", number_of(count));
}

bool has_clones(const LayerProbe& layer) {
  return layer.units > 1 && (layer.distinct_units == 1 || 2 * layer.distinct_units < layer.units);
}

bool is_all_dead(const LayerProbe& layer) {
  return activation(layer.activation).can_die && layer.units > 0 && layer.dead_units == layer.units;
}

// Weights that are 0 make every unit of a ReLU "dead", a signal that underflowed does too: neither is what
// the word says.
bool is_silenced(const LayerProbe& layer) {
  return is_all_dead(layer) && !all_zero(layer.weights.summary) && !all_zero(layer.z.summary);
}

// Why no weight of the network gets a gradient; null where another rule says it better.
std::optional<Sentence> missing_gradient_reason(const Layers& layers) {
  const auto hidden = hidden_of(layers);
  if (std::ranges::any_of(hidden, is_silenced)) return std::nullopt;
  const auto is_zero = [](const LayerProbe& layer) { return all_zero(layer.weights.summary); };
  const auto zero = std::ranges::find_if(hidden, is_zero);
  if (zero != hidden.end()) {
    Sentence reason = std::ranges::all_of(layers, is_zero)
                          ? Sentence("all weights are 0")
                          : sentence("all weights of layer {} are 0", zero->layer);
    reason += activation(zero->activation).can_die
                  ? sentence(", and {} of 0 passes nothing back", activation_name(zero->activation))
                  : Sentence(", so no activation is there to learn from and no error comes back");
    return reason;
  }
  const auto lost = std::ranges::find_if(hidden, [](const auto& layer) { return all_zero(layer.z.summary); });
  if (lost != hidden.end()) return sentence("the signal has shrunk to exactly 0 in layer {}", lost->layer);
  return "nothing comes back from the output";
}

}  // namespace

std::optional<Finding> judge_no_gradient(const RunState& state, const Layers& layers) {
  if (!std::ranges::all_of(layers, [](const LayerProbe& layer) { return all_zero(layer.d_w.summary); })) {
    return std::nullopt;
  }
  // Nothing is left to learn.
  if (state.cost <= 1e-9 * state.chance_cost) return std::nullopt;
  Finding finding{VerdictKind::kNoGradient, 0, "", advise_copies(state, layers)};
  if (layers.size() < 2) {
    finding.text = "No weight gets a gradient: nothing is learned.";
    return finding;
  }
  const auto reason = missing_gradient_reason(layers);
  if (!reason) return std::nullopt;
  finding.text = sentence("No weight gets a gradient: {}", *reason);
  const auto hidden = hidden_of(layers);
  const auto clones = std::ranges::find_if(hidden, has_clones);
  if (clones != hidden.end() && clones->distinct_units == 1) {
    finding.text +=
        sentence("; {} of layer {} are identical besides", all_units(clones->units), clones->layer);
  }
  if (clones == hidden.end()) finding.advice = advise_signal(state, layers);
  finding.text += ".";
  return finding;
}

std::optional<Finding> judge_identical_units(const RunState& state, const Layers& layers) {
  const auto hidden = hidden_of(layers);
  const auto layer = std::ranges::find_if(hidden, has_clones);
  if (layer == hidden.end()) return std::nullopt;
  Sentence text;
  if (layer->distinct_units == 1) {
    text = layer->units == 2 ? Sentence("Both units") : sentence("All {} units", number_of(layer->units));
    text += sentence(" of layer {} are identical", layer->layer);
  } else {
    text = sentence("Layer {} has only {} different units of {}", layer->layer,
                    number_of(layer->distinct_units), number_of(layer->units));
  }
  if (layer->distinct_gradients > layer->distinct_units) {
    // Copies whose outgoing weights differ: not interchangeable, the reference, 4.1.
    return Finding{VerdictKind::kIdenticalUnits, layer->layer,
                   text + ", but their gradients differ: the next step parts them.", "", true};
  }
  return Finding{VerdictKind::kIdenticalUnits, layer->layer,
                 text + ": they get the same gradient and stay copies.", advise_copies(state, layers)};
}

std::optional<Finding> judge_dead_network(const RunState& state, const Layers& layers) {
  const auto hidden = hidden_of(layers);
  const auto layer = std::ranges::find_if(hidden, is_silenced);
  if (layer == hidden.end()) return std::nullopt;
  const Sentence who = layer->units == 1 ? Sentence("its only unit is 0 for every sample")
                                         : sentence("{} are 0 for every sample", all_units(layer->units));
  return Finding{VerdictKind::kDeadNetwork, layer->layer,
                 sentence("Layer {} is dead: {}, so every input gets the same answer and no layer up to "
                          "it learns.",
                          layer->layer, who),
                 advise_dead_units(state, layers)};
}

std::optional<Finding> judge_dead_units(const RunState& state, const Layers& layers) {
  for (const LayerProbe& layer : hidden_of(layers)) {
    const double limit = layer.units < kNarrow ? kDeadShareNarrow : kDeadShare;
    if (is_all_dead(layer) || !(layer.dead().value_or(0) > limit)) continue;
    // It has learned without them: told, but not held against it.
    const bool does_without = has_learned(state);
    return Finding{VerdictKind::kDeadUnits, layer.layer,
                   sentence("Layer {}: {} of {} units are dead, 0 for every sample.", layer.layer,
                            number_of(layer.dead_units), number_of(layer.units)),
                   does_without ? Sentence() : advise_dead_units(state, layers), does_without};
  }
  return std::nullopt;
}

std::optional<Finding> judge_near_copies(const RunState& state, const Layers& layers) {
  if (has_learned(state)) return std::nullopt;  // training may well line units up
  for (const LayerProbe& layer : hidden_of(layers)) {
    if (layer.inputs < kNearCopyInputs || has_clones(layer) || 2 * layer.near_copies <= layer.compared)
      continue;
    return Finding{VerdictKind::kNearCopies, layer.layer,
                   sentence("Layer {}: {} of {} units point almost the same way as another.", layer.layer,
                            number_of(layer.near_copies), number_of(layer.compared)),
                   advise_near_copies(state, layers)};
  }
  return std::nullopt;
}

}  // namespace initlab
