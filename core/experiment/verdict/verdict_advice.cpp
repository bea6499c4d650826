// First the scheme that the activation asks for (reference of each in its row of schemes()), then what helps
// whatever the scheme.
#include "core/experiment/verdict/verdict_advice.h"

#include <algorithm>
#include <cmath>

#include "core/numeric/number_text.h"

namespace initlab {
namespace {

using Layers = std::vector<LayerProbe>;

// Of Xavier weights before a sigmoid: sigma_w at its edge of chaos (reference of the theory, bias 0).
constexpr double kSigmoidEdge = 10.15;

enum class Family { kXavier, kHe, kLecun, kOrthogonal, kSiren, kLsuv, kOther };

Family family_of(SchemeId scheme) {
  switch (scheme) {
    case SchemeId::kXavierNormal:
    case SchemeId::kXavierUniform:
    case SchemeId::kXavierNormalTruncated:
    case SchemeId::kXavierFanIn:
    case SchemeId::kKerasDense:
    case SchemeId::kSklearnMlp:
      return Family::kXavier;
    case SchemeId::kHeNormal:
    case SchemeId::kHeUniform:
    case SchemeId::kHeNormalTruncated:
      return Family::kHe;
    case SchemeId::kLecunNormal:
    case SchemeId::kLecunUniform:
    case SchemeId::kLecunNormalTruncated:
    case SchemeId::kFlaxDense:
      return Family::kLecun;
    case SchemeId::kOrthogonal:
      return Family::kOrthogonal;
    case SchemeId::kSiren:
      return Family::kSiren;
    case SchemeId::kLsuv:
      return Family::kLsuv;
    default:
      return Family::kOther;
  }
}

Family family_for(ActivationId activation) {
  switch (activation) {
    case ActivationId::kLinear:
    case ActivationId::kSigmoid:
    case ActivationId::kTanh:
    case ActivationId::kSoftsign:
      return Family::kXavier;
    case ActivationId::kSelu:
      return Family::kLecun;
    case ActivationId::kSine:
      return Family::kSiren;
    default:
      return Family::kHe;
  }
}

std::string_view family_name(Family family) {
  switch (family) {
    case Family::kXavier:
      return "Xavier";
    case Family::kLecun:
      return "LeCun normal";
    case Family::kSiren:
      return "SIREN";
    default:
      return "He";
  }
}

// With equal widths both have variance 1/n: one does where the other is asked for.
bool is_unit_gain(Family family) {
  return family == Family::kXavier || family == Family::kLecun || family == Family::kOrthogonal;
}

bool has_scheme_of(const RunState& state, const LayerProbe& hidden) {
  const Family has = family_of(state.scheme);
  const Family wanted = family_for(hidden.activation);
  // A sigmoid's slope is at most 1/4: the larger of the two is no mistake there.
  if (hidden.activation == ActivationId::kSigmoid && has == Family::kHe) return true;
  return has == Family::kLsuv || has == wanted || (is_unit_gain(has) && is_unit_gain(wanted));
}

Sentence better_scheme(const RunState& state, const Layers& layers) {
  if (layers.size() < 2 || suits(state, layers.front())) return {};
  return scheme_advice(state, layers.front());
}

bool has_batch_norm(const Layers& layers) {
  return std::ranges::any_of(layers, &LayerProbe::batch_norm);
}

std::string rate_text(const RunState& state) {
  return number_text(state.learning_rate, 4);
}

}  // namespace

std::string activation_name(ActivationId kind) {
  const std::string_view label = activation(kind).label;
  std::string name(label.substr(0, label.find(" (")));
  // "Sigmoid" and "Leaky ReLU" are words; "SiLU" is a name.
  const auto end = std::find(name.begin(), name.end(), ' ');
  const bool is_word = std::all_of(name.begin() + 1, end, [](char c) { return c >= 'a' && c <= 'z'; });
  if (is_word && name[0] >= 'A' && name[0] <= 'Z') name[0] = static_cast<char>(name[0] - 'A' + 'a');
  return name;
}

bool suits(const RunState& state, const LayerProbe& hidden) {
  return has_scheme_of(state, hidden) && std::abs(state.gain - 1) <= 1e-9;
}

Sentence scheme_advice(const RunState& state, const LayerProbe& hidden) {
  const std::string name = activation_name(hidden.activation);
  if (has_scheme_of(state, hidden) && hidden.activation == ActivationId::kSigmoid) {
    // Its slope is at most 1/4, and its edge of chaos lies at sigma_w = 10.15: gain 1 fades with depth.
    return state.gain > kSigmoidEdge ? sentence("Try a gain below {}.", number_text(state.gain, 4))
                                     : "Try tanh: it is a sigmoid around 0, with four times the slope.";
  }
  if (has_scheme_of(state, hidden)) {
    return sentence("Set the gain back to 1: {} needs no other.", scheme(state.scheme).label);
  }
  switch (hidden.activation) {
    case ActivationId::kRelu:
      return "Try He: its gain √2 makes up for the half that ReLU silences.";
    case ActivationId::kLeakyRelu: {
      const double slope = hidden.activation_parameters.slope;
      return sentence("Try He: its gain √(2/(1 + slope²)), here {}, is made for {}.",
                      number_text(std::sqrt(2 / (1 + slope * slope)), 4), name);
    }
    case ActivationId::kSelu:
      return "Try LeCun normal with gain 1: SELU then keeps mean 0 and variance 1 by itself.";
    case ActivationId::kSine:
      return "Try SIREN: its limits are made for sine.";
    case ActivationId::kLinear:
    case ActivationId::kSigmoid:
    case ActivationId::kTanh:
    case ActivationId::kSoftsign:
      return sentence("Try Xavier: it is made for {} units, and keeps z and its gradient near one size.",
                      name);
    default:
      return sentence("Try He: {} is like ReLU away from 0, and the gain √2 fits it too.", name);
  }
}

Sentence advise_divergence(const RunState& state, const Layers& layers) {
  const Sentence better = better_scheme(state, layers);
  return better.empty() ? sentence("Try a learning rate below {}.", rate_text(state)) : better;
}

Sentence advise_copies(const RunState& state, const Layers& layers) {
  if (layers.size() < 2) return {};
  const LayerProbe& hidden = layers.front();
  if (suits(state, hidden)) return "Draw the weights of every layer at random: only different units part.";
  if (has_scheme_of(state, hidden)) return scheme_advice(state, hidden);
  return sentence("Draw the weights at random, for {} with {}: units that begin different stay different.",
                  activation_name(hidden.activation), family_name(family_for(hidden.activation)));
}

Sentence advise_near_copies(const RunState& state, const Layers&) {
  if (state.scheme == SchemeId::kOrthogonal) return "Try another seed.";
  return "Try orthogonal weights: their units begin at right angles.";
}

Sentence advise_dead_units(const RunState& state, const Layers& layers) {
  const Sentence better = better_scheme(state, layers);
  if (!better.empty()) return better;
  if (state.step > 0) {
    return sentence("Try a learning rate below {}, or leaky ReLU, whose units cannot die.", rate_text(state));
  }
  if (state.bias == BiasId::kConstant) return "Try leaky ReLU, whose units cannot die.";
  return "Try leaky ReLU, whose units cannot die, or a small positive bias such as 0.01.";
}

// Entropy of labels of which one in nine is of the rare class.
constexpr double kUnevenChance = 0.35;

Sentence advise_large_start(const RunState& state, const Layers& layers) {
  // One class is rare and the first answers are still modest: what is missing is the bias, not the weights.
  const bool is_uneven = state.accuracy && state.chance_cost < kUnevenChance && state.first_cost < 1;
  if (is_uneven && state.bias != BiasId::kLogOdds)
    return "Begin the output bias at the log-odds of the labels: bias log_odds.";
  const Sentence better = better_scheme(state, layers);
  return better.empty() ? "Try a gain below 1 for the output layer: its first answers are then modest."
                        : better;
}

Sentence advise_saturation(const RunState& state, const Layers& layers) {
  const Sentence better = better_scheme(state, layers);
  if (!better.empty()) return better;
  if (!has_batch_norm(layers)) return "Try batch normalization: it brings z back to where the slope is.";
  return sentence("Try a learning rate below {}.", rate_text(state));
}

Sentence advise_signal(const RunState& state, const Layers& layers) {
  const Sentence better = better_scheme(state, layers);
  if (!better.empty()) return better;
  if (!has_batch_norm(layers)) return "Try batch normalization: it brings z back to size 1 in every layer.";
  return "Try fewer hidden layers.";
}

Sentence advise_linearity(const RunState& state, const Layers& layers) {
  const Sentence better = better_scheme(state, layers);
  return better.empty() ? sentence("Try a gain above {}.", number_text(state.gain, 4)) : better;
}

Sentence advise_learning(const RunState& state, const Layers& layers) {
  if (layers.size() < 2) return "Try a hidden layer: a single layer draws only straight boundaries.";
  const Sentence better = better_scheme(state, layers);
  return better.empty() ? sentence("Try a learning rate above {}, or more steps.", rate_text(state)) : better;
}

}  // namespace initlab
