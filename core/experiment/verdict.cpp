// The rules, the most telling first. Each is a function that may have something to say.
#include "core/experiment/verdict.h"

#include <fmt/format.h>

#include <algorithm>
#include <array>
#include <cmath>

#include "core/numeric/number_text.h"

namespace initlab {
namespace {

using Layers = std::vector<LayerProbe>;

bool all_zero(const Summary& s) {
  return s.non_finite == 0 && s.min == 0 && s.max == 0;
}

double root_mean_square(const Summary& s) {
  return std::hypot(s.mean, s.std);
}

std::string layer_name(std::size_t layer, const Layers& layers) {
  return layer == layers.size() ? std::string("the output layer") : fmt::format("layer {}", layer);
}

// Sentences begin with a capital letter.
std::string capitalized(std::string text) {
  if (!text.empty() && text[0] >= 'a' && text[0] <= 'z') text[0] = static_cast<char>(text[0] - 'a' + 'A');
  return text;
}

std::optional<Verdict> diverged(const RunState& state, const Layers& layers) {
  if (!state.diverged) return std::nullopt;
  const auto& [step, where] = *state.diverged;
  const std::string what =
      where.layer == 0 ? "the cost"
                       : fmt::format("{} of {}", tensor_name(where.tensor), layer_name(where.layer, layers));
  return Verdict{VerdictKind::kDiverged, where.layer,
                 fmt::format("Diverged at step {}: {} is no longer finite.", count_text(step), what)};
}

std::optional<std::size_t> first_clone_layer(const Layers& layers) {
  // Fewer than half of the units distinct: severe in the reference, 4.1.
  for (const LayerProbe& layer : layers) {
    if (layer.units > 1 && (layer.distinct_units == 1 || 2 * layer.distinct_units < layer.units))
      return layer.layer;
  }
  return std::nullopt;
}

std::string clones_text(const LayerProbe& layer) {
  if (layer.distinct_units == 1) {
    return fmt::format("all {} units of layer {} are identical", layer.units, layer.layer);
  }
  return fmt::format("layer {} has only {} different units of {}", layer.layer, layer.distinct_units,
                     layer.units);
}

// No weight of any layer gets a gradient; the biases of the output layer may.
std::optional<Verdict> no_gradient(const RunState&, const Layers& layers) {
  if (!std::ranges::all_of(layers, [](const LayerProbe& layer) { return all_zero(layer.d_w.summary); })) {
    return std::nullopt;
  }
  if (layers.size() < 2)
    return Verdict{VerdictKind::kNoGradient, 0, "No gradient reaches any weight: nothing is learned."};
  const Activation& hidden = activation(layers.front().activation);
  std::string why = "every activation is 0";
  if (hidden.can_die) why = fmt::format("{} of 0 passes nothing back", hidden.label);
  std::string text = fmt::format("No gradient: {}.", why);
  if (const auto clone = first_clone_layer(layers)) {
    text += fmt::format(" {}.", capitalized(clones_text(layers[*clone - 1])));
  }
  return Verdict{VerdictKind::kNoGradient, 0, text};
}

std::optional<Verdict> identical_units(const RunState&, const Layers& layers) {
  const auto clone = first_clone_layer(layers);
  if (!clone) return std::nullopt;
  return Verdict{VerdictKind::kIdenticalUnits, *clone,
                 fmt::format("{}: they get the same gradient and stay copies.",
                             capitalized(clones_text(layers[*clone - 1])))};
}

std::optional<Verdict> dead_units(const RunState&, const Layers& layers) {
  // Warning thresholds of the reference, 4.2: narrow layers lose more units even when healthy.
  for (const LayerProbe& layer : layers) {
    const double limit = layer.units < 16 ? 0.7 : 0.4;
    if (layer.dead().value_or(0) > limit) {
      return Verdict{VerdictKind::kDeadUnits, layer.layer,
                     fmt::format("Layer {}: {} of {} units are dead, zero for every sample.", layer.layer,
                                 layer.dead_units, layer.units)};
    }
  }
  return std::nullopt;
}

std::optional<Verdict> too_large(const RunState& state, const Layers& layers) {
  // A first cost above 1.5 times chance is overconfident: the reference, 4.6.
  if (!(state.chance_cost > 0) || !(state.first_cost > 1.5 * state.chance_cost)) return std::nullopt;
  std::string text = fmt::format("Too large: cost {} at step 0, guessing costs {}.",
                                 number_text(state.first_cost, 4), number_text(state.chance_cost, 3));
  const Summary& output = layers.back().z.summary;
  if (output.non_finite == 0 && output.std > 1) {
    text +=
        fmt::format(" z of {} has std {}.", layer_name(layers.size(), layers), number_text(output.std, 2));
  }
  // It has learned all the same: told, but not held against it.
  const bool recovered = state.cost < 0.5 * state.chance_cost;
  if (recovered)
    text = fmt::format("Began too large, cost {}, and recovered.", number_text(state.first_cost, 4));
  return Verdict{VerdictKind::kTooLarge, 0, text, recovered};
}

std::optional<Verdict> saturated(const RunState&, const Layers& layers) {
  // More than a quarter of a hidden layer: beyond what a recommended scheme gives, the reference, 4.3.
  for (std::size_t l = 0; l + 1 < layers.size(); ++l) {
    if (layers[l].saturated.value_or(0) > 0.25) {
      return Verdict{VerdictKind::kSaturated, l + 1,
                     fmt::format("Layer {}: {} of the activations are saturated, where {} is flat.", l + 1,
                                 percent_text(*layers[l].saturated), activation(layers[l].activation).label)};
    }
  }
  return std::nullopt;
}

// rms of dz in layer 1 over that in the output layer, outside 1/20 to 20 (|ln R^2| > 6): the reference, 4.4.
std::optional<Verdict> gradient_ratio(const RunState&, const Layers& layers) {
  if (layers.size() < 2) return std::nullopt;
  const double first = root_mean_square(layers.front().d_z.summary);
  const double last = root_mean_square(layers.back().d_z.summary);
  if (!(first > 0) || !(last > 0)) return std::nullopt;
  const double ratio = first / last;
  if (ratio < 0.0498) {
    return Verdict{VerdictKind::kVanishingGradient, 1,
                   fmt::format("The gradient vanishes on its way back: dz of layer 1 is {} of the output's.",
                               number_text(ratio, 2))};
  }
  if (ratio > 20.1) {
    return Verdict{
        VerdictKind::kExplodingGradient, 1,
        fmt::format("The gradient explodes on its way back: dz of layer 1 is {} times the output's.",
                    number_text(ratio, 2))};
  }
  return std::nullopt;
}

std::optional<Verdict> at_chance(const RunState& state, const Layers&) {
  // Within 1 % of chance and hardly moving, by a thousandth of it in kPlateauSteps: the reference, 4.6.
  if (!state.earlier_cost || !(state.chance_cost > 0)) return std::nullopt;
  const bool near = std::abs(state.cost - state.chance_cost) <= 1e-2 * state.chance_cost;
  const bool still = std::abs(state.cost - *state.earlier_cost) <= 1e-3 * state.chance_cost;
  if (!near || !still) return std::nullopt;
  return Verdict{
      VerdictKind::kAtChance, 0,
      fmt::format("Stuck at chance: cost {} after {} steps, guessing costs {}.", number_text(state.cost, 4),
                  count_text(state.step), number_text(state.chance_cost, 4))};
}

Verdict healthy(const RunState&, const Layers& layers) {
  constexpr std::size_t kMostNamed = 4;
  std::string sizes;
  for (std::size_t l = 0; l < layers.size(); ++l) {
    if (layers.size() > kMostNamed && l > 1 && l + 1 < layers.size()) {
      if (l == 2) sizes += ", …";
      continue;
    }
    sizes += fmt::format("{}{}", l == 0 ? "" : ", ", number_text(layers[l].z.summary.std, 2));
  }
  std::string text = fmt::format("Healthy: the signal keeps its size, std of z {}.", sizes);
  for (const LayerProbe& layer : layers) {
    if (layer.dead_units > 0) {
      text += fmt::format(" Layer {}: {} of {} units dead.", layer.layer, layer.dead_units, layer.units);
      break;
    }
  }
  return {VerdictKind::kHealthy, 0, text, true};
}

}  // namespace

std::string_view verdict_id(VerdictKind kind) {
  constexpr std::array<std::string_view, 10> kIds = {
      "diverged",  "no_gradient",        "identical_units",    "dead_units", "saturated",
      "too_large", "vanishing_gradient", "exploding_gradient", "at_chance",  "healthy"};
  static_assert(kIds.size() == static_cast<std::size_t>(VerdictKind::kHealthy) + 1);
  return kIds[static_cast<std::size_t>(kind)];
}

std::vector<Verdict> judge(const RunState& state, const std::vector<LayerProbe>& layers) {
  constexpr std::array kRules = {diverged,  no_gradient, identical_units, dead_units,
                                 too_large, saturated,   gradient_ratio,  at_chance};
  std::vector<Verdict> verdicts;
  for (const auto rule : kRules) {
    if (auto verdict = rule(state, layers)) verdicts.push_back(std::move(*verdict));
  }
  if (verdicts.empty()) verdicts.push_back(healthy(state, layers));
  return verdicts;
}

}  // namespace initlab
