// Rules about sizes: of the cost, of the signal on its way forward, of the gradient on its way back, and of
// how far a run has come.
#include "core/experiment/verdict/verdict_rules.h"

#include <algorithm>
#include <array>
#include <cmath>

#include "core/experiment/verdict/verdict_advice.h"
#include "core/numeric/number_text.h"

namespace initlab {
namespace {

using Layers = std::vector<LayerProbe>;

std::span<const LayerProbe> hidden_of(const Layers& layers) {
  return std::span(layers).first(layers.size() - 1);
}

// What is meant for the start: later only of a run that has not learned, where there is a way to tell.
bool is_early(const RunState& state) {
  return state.step == 0 || (state.chance_cost > 0 && !has_learned(state));
}

std::optional<Finding> diverged(const RunState& state, const Layers& layers) {
  if (!state.diverged) return std::nullopt;
  const auto& [step, where] = *state.diverged;
  const Sentence what =
      where.layer == 0 ? "the cost"
                       : sentence("{} of {}", tensor_name(where.tensor), layer_name(where.layer, layers));
  return Finding{VerdictKind::kDiverged, where.layer,
                 sentence("Diverged at step {}: {} {} no longer finite.", count_text(step), what,
                          where.layer > 0 && where.tensor == Tensor::kWeights ? "are" : "is"),
                 advise_divergence(state, layers)};
}

std::optional<Finding> too_large(const RunState& state, const Layers& layers) {
  // Without an accuracy it is a regression.
  const double limit = state.accuracy ? kTooLargeStart : kTooLargeRegression;
  if (!(state.chance_cost > 0) || !(state.first_cost > limit * state.chance_cost)) return std::nullopt;
  const std::string first = number_text(state.first_cost, 4);
  // It has learned all the same: told, but not held against it.
  if (state.cost < kLearnedCost * state.chance_cost) {
    return Finding{VerdictKind::kTooLarge, 0, sentence("Began too large, cost {}, and recovered.", first),
                   advise_large_start(state, layers), true};
  }
  Sentence text =
      sentence("Too large: cost {} at step 0, guessing costs {}", first, number_text(state.chance_cost, 3));
  const Summary& output = layers.back().z.summary;
  if (state.step == 0 && output.non_finite == 0 && output.std > 1) {
    text += sentence("; z of {} has std {}", layer_name(layers.size(), layers), number_text(output.std, 2));
  }
  return Finding{VerdictKind::kTooLarge, 0, text + ".", advise_large_start(state, layers)};
}

std::optional<Finding> saturated(const RunState& state, const Layers& layers) {
  const auto hidden = hidden_of(layers);
  const auto share = [](const LayerProbe& layer) { return layer.saturated.value_or(0); };
  const auto worst = std::ranges::max_element(hidden, {}, share);
  const double limit = has_learned(state) ? kSaturatedShareLearned : kSaturatedShare;
  if (worst == hidden.end() || share(*worst) <= limit) return std::nullopt;
  return Finding{VerdictKind::kSaturated, worst->layer,
                 sentence("Layer {}: {} of the activations are saturated, where {} is flat.", worst->layer,
                          percent_text(share(*worst)), activation_name(worst->activation)),
                 has_learned(state) ? Sentence() : advise_saturation(state, layers), has_learned(state)};
}

// Batch normalization brings z back to one size in each layer: what it was before says nothing.
std::optional<double> unscaled_signal_ratio(const RunState& state, const Layers& layers) {
  if (!is_early(state) || std::ranges::any_of(layers, &LayerProbe::batch_norm)) return std::nullopt;
  // A sine of high frequency gets its z many times over.
  if (layers.front().activation == ActivationId::kSine && layers.front().activation_parameters.frequency != 1)
    return std::nullopt;
  return signal_ratio(layers);
}

Sentence signal_text(const Layers& layers, std::string_view verb) {
  const std::size_t last = layers.size() - 1;
  return sentence("The signal {}: rms of z goes from {} in layer 1 to {} in layer {}.", verb,
                  number_text(root_mean_square(layers.front().z.summary), 2),
                  number_text(root_mean_square(layers[last - 1].z.summary), 2), last);
}

std::optional<Finding> vanishing_signal(const RunState& state, const Layers& layers) {
  const auto ratio = unscaled_signal_ratio(state, layers);
  if (!ratio || *ratio >= kLeastRatio) return std::nullopt;
  return Finding{VerdictKind::kVanishingSignal, layers.size() - 1, signal_text(layers, "vanishes"),
                 advise_signal(state, layers)};
}

std::optional<Finding> exploding_signal(const RunState& state, const Layers& layers) {
  const auto ratio = unscaled_signal_ratio(state, layers);
  if (!ratio || *ratio <= kLargestRatio) return std::nullopt;
  return Finding{VerdictKind::kExplodingSignal, layers.size() - 1, signal_text(layers, "explodes"),
                 advise_signal(state, layers)};
}

// Behind batch normalization dz is the gradient at its far side over the size of z: that size is taken out.
std::optional<double> judged_gradient_ratio(const RunState& state, const Layers& layers) {
  if (!is_early(state)) return std::nullopt;
  auto ratio = gradient_ratio(layers);
  if (!ratio) return std::nullopt;
  const LayerProbe& first = layers.front();
  const LayerProbe& last = layers[layers.size() - 2];
  if (first.batch_norm) *ratio *= first.z.summary.std;
  if (last.batch_norm) *ratio /= last.z.summary.std;
  return std::isfinite(*ratio) ? ratio : std::nullopt;
}

Sentence gradient_text(const Layers& layers, double ratio, std::string_view verb, std::string_view times) {
  return sentence("The gradient {} on its way back: dz{} of layer 1 is {}{} layer {}'s.", verb,
                  layers.front().batch_norm ? ", times the std of z," : "", number_text(ratio, 2), times,
                  layers.size() - 1);
}

std::optional<Finding> vanishing_gradient(const RunState& state, const Layers& layers) {
  const auto ratio = judged_gradient_ratio(state, layers);
  if (!ratio || *ratio >= kLeastRatio) return std::nullopt;
  return Finding{VerdictKind::kVanishingGradient, 1, gradient_text(layers, *ratio, "vanishes", " of"),
                 advise_signal(state, layers)};
}

std::optional<Finding> exploding_gradient(const RunState& state, const Layers& layers) {
  const auto ratio = judged_gradient_ratio(state, layers);
  if (!ratio || *ratio <= kLargestRatio) return std::nullopt;
  return Finding{VerdictKind::kExplodingGradient, 1, gradient_text(layers, *ratio, "explodes", " times"),
                 advise_signal(state, layers)};
}

// Few inputs and a nearly linear layer have a rank below 2 in health; only what has fallen from layer 1 on
// has collapsed.
bool has_collapsed(const LayerProbe& layer, const LayerProbe& first) {
  if (layer.correlation.value_or(0) > kCollapsedCosine) return true;
  if (!layer.effective_rank || !first.effective_rank || layer.units < kCollapsedUnits) return false;
  return *layer.effective_rank < kCollapsedRank && *layer.effective_rank < 0.5 * *first.effective_rank;
}

constexpr double kAlikeCosine = 0.9;

// Where it begins, and how far it has gone in the last hidden layer.
Sentence collapse_text(std::size_t begins, const LayerProbe& last) {
  // Far apart and yet of rank 1: on one line, to both sides of 0.
  const bool on_a_line = last.correlation && *last.correlation < kAlikeCosine;
  const std::string_view what = on_a_line ? "all samples lie on one line" : "all samples look alike";
  Sentence text = begins == last.layer ? sentence("In layer {} {}", begins, what)
                                       : sentence("From layer {} on {}", begins, what);
  if (last.effective_rank || last.correlation)
    text += begins == last.layer ? ":" : sentence("; in layer {}", last.layer);
  if (last.effective_rank) {
    text += sentence(" effective rank {} of {}", number_text(*last.effective_rank, 3),
                     count_text(static_cast<std::int64_t>(last.units)));
  }
  if (last.correlation && !on_a_line) {
    // Cosines near 1 are told by what is missing.
    const double missing = 1 - *last.correlation;
    text += missing < 1e-12  ? Sentence(", mean cosine 1")
            : missing < 1e-3 ? sentence(", mean cosine 1 − {}", number_text(missing, 2))
                             : sentence(", mean cosine {}", number_text(*last.correlation, 3));
  }
  return text + ".";
}

std::optional<Finding> rank_collapse(const RunState& state, const Layers& layers) {
  if (!is_early(state)) return std::nullopt;
  const auto hidden = hidden_of(layers);
  // Copies of one unit have rank 1, and a rule of their own.
  const auto layer = std::ranges::find_if(hidden, [&](const LayerProbe& each) {
    return each.distinct_units > 1 && has_collapsed(each, layers.front());
  });
  if (layer == hidden.end()) return std::nullopt;
  return Finding{VerdictKind::kRankCollapse, layer->layer, collapse_text(layer->layer, hidden.back()),
                 advise_signal(state, layers)};
}

std::optional<Finding> effectively_linear(const RunState& state, const Layers& layers) {
  const auto hidden = hidden_of(layers);
  if (hidden.empty() || !is_early(state)) return std::nullopt;
  double largest = 0;
  for (const LayerProbe& layer : hidden) {
    if (layer.activation != ActivationId::kTanh || layer.batch_norm) return std::nullopt;
    largest = std::max(largest, root_mean_square(layer.z.summary));
  }
  if (!(largest > 0) || largest >= kLinearRms) return std::nullopt;
  return Finding{VerdictKind::kEffectivelyLinear, 0,
                 sentence("Nearly linear: z is so small, rms at most {}, that tanh hardly bends.",
                          number_text(largest, 2)),
                 advise_linearity(state, layers), true};
}

bool stands_at_chance(const RunState& state) {
  if (!state.earlier_cost || !(state.chance_cost > 0)) return false;
  const bool near = std::abs(state.cost - state.chance_cost) <= 1e-2 * state.chance_cost;
  return near && std::abs(state.cost - *state.earlier_cost) <= 1e-3 * state.chance_cost;
}

std::optional<Finding> at_chance(const RunState& state, const Layers& layers) {
  if (!stands_at_chance(state)) return std::nullopt;
  return Finding{
      VerdictKind::kAtChance, 0,
      sentence("Stuck at chance: cost {} after {} steps, guessing costs {}.", number_text(state.cost, 4),
               count_text(state.step), number_text(state.chance_cost, 4)),
      advise_learning(state, layers)};
}

std::optional<Finding> slow(const RunState& state, const Layers& layers) {
  if (!state.healthy || state.step < kSlowSteps || stands_at_chance(state)) return std::nullopt;
  const auto& [name, first_cost, cost] = *state.healthy;
  if (!(cost <= 0.5 * first_cost)) return std::nullopt;
  const double gone = state.first_cost - state.cost;
  // A run that began low, with weights that were trained before, has nowhere to go.
  if (!(gone < kSlowShare * (first_cost - cost)) || !(state.cost > 0.5 * first_cost)) return std::nullopt;
  const std::string from = number_text(state.first_cost, 4);
  const std::string to = number_text(state.cost, 4);
  return Finding{VerdictKind::kSlow, 0,
                 sentence("Slow: {} steps took its cost from {} to {}, that of {} to {}.",
                          count_text(state.step), from, to, name, number_text(cost, 4)),
                 advise_learning(state, layers)};
}

}  // namespace

Sentence layer_name(std::size_t layer, const Layers& layers) {
  return layer == layers.size() ? Sentence("the output layer") : sentence("layer {}", layer);
}

bool has_learned(const RunState& state) {
  return state.cost < kLearnedCost * state.chance_cost || state.accuracy.value_or(0) >= kLearnedAccuracy;
}

std::span<const Rule> verdict_rules() {
  static constexpr std::array<Rule, 16> kRules = {diverged,
                                                  judge_no_gradient,
                                                  judge_identical_units,
                                                  judge_dead_network,
                                                  judge_near_copies,
                                                  too_large,
                                                  saturated,
                                                  vanishing_signal,
                                                  exploding_signal,
                                                  vanishing_gradient,
                                                  exploding_gradient,
                                                  judge_dead_units,
                                                  rank_collapse,
                                                  effectively_linear,
                                                  at_chance,
                                                  slow};
  static_assert(kRules.size() == static_cast<std::size_t>(VerdictKind::kHealthy));
  return kRules;
}

Finding healthy_finding(const RunState& state, const Layers& layers) {
  constexpr std::size_t kMostNamed = 4;
  Sentence sizes;
  for (std::size_t l = 0; l < layers.size(); ++l) {
    if (layers.size() > kMostNamed && l > 1 && l + 1 < layers.size()) {
      if (l == 2) sizes += ", …";
      continue;
    }
    sizes += sentence("{}{}", l == 0 ? "" : ", ", number_text(layers[l].z.summary.std, 2));
  }
  const double ratio = signal_ratio(layers).value_or(1);
  Sentence why = "the signal keeps its size";
  if (layers.size() == 1) {
    why = "a single layer has no symmetry to break";
  } else if (ratio < kLeastRatio || ratio > kLargestRatio) {
    why = sentence("it learns, cost {}", number_text(state.cost, 4));
  }
  Sentence text = sentence("Healthy: {}, std of z {}.", why, sizes);
  for (const LayerProbe& layer : hidden_of(layers)) {
    if (layer.dead_units > 0) {
      text += sentence(" Layer {}: {} of {} units dead.", layer.layer, layer.dead_units, layer.units);
      break;
    }
  }
  return {VerdictKind::kHealthy, 0, text, "", true};
}

}  // namespace initlab
