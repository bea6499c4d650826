// Sentences with numbers that say what is wrong with a run, or that nothing is, and what to try next.
// Each kind is a row with its threshold and source; a new kind needs its row, an entry in VerdictKind where
// it belongs, and its rule in verdict_rules.cpp.
#pragma once

#include <cstdint>
#include <optional>
#include <span>
#include <string>
#include <string_view>
#include <vector>

#include "core/experiment/experiment.h"
#include "core/experiment/measure/probe.h"

namespace initlab {

// The most telling first: what explains the others stands before them.
enum class VerdictKind {
  kDiverged,
  kNoGradient,
  kIdenticalUnits,
  kDeadNetwork,
  kNearCopies,
  kTooLarge,
  kSaturated,
  kVanishingSignal,
  kExplodingSignal,
  kVanishingGradient,
  kExplodingGradient,
  kDeadUnits,
  kRankCollapse,
  kEffectivelyLinear,
  kAtChance,
  kSlow,
  kHealthy,
  kCount
};

struct VerdictRow {
  VerdictKind kind;
  std::string_view id;         // file and JSON: "diverged"
  std::string_view label;      // screen
  std::string_view threshold;  // the rule in plain words, with its numbers
  std::string_view source;     // where the rule comes from
};
std::span<const VerdictRow> verdict_rows();
const VerdictRow& verdict_row(VerdictKind kind);
std::string_view verdict_id(VerdictKind kind);  // "diverged", "no_gradient", ...

struct Verdict {
  VerdictKind kind = VerdictKind::kHealthy;
  std::size_t layer = 0;  // from 1; 0: the whole network
  std::string text;       // one sentence, for a student
  std::string advice;     // what to try next; empty where nothing need be tried
  bool good = false;      // worth knowing, but nothing is wrong
};

struct Divergence {
  std::int64_t step = 0;
  NonFinite where;
  bool operator==(const Divergence&) const = default;
};

// Another lane of the comparison whose start was healthy, at the same step.
struct HealthyStart {
  std::string_view name;
  double first_cost = 0;
  double cost = 0;
};

// How far back a run that stands still is looked at.
inline constexpr std::int64_t kPlateauSteps = 500;

// What a verdict is drawn from, besides the probes of the layers.
struct RunState {
  std::int64_t step = 0;
  double cost = 0;
  double first_cost = 0;               // at step 0
  std::optional<double> earlier_cost;  // kPlateauSteps before; null until there is such a step
  std::optional<double> accuracy;      // on the training set
  double chance_cost = 0;              // of the best constant answer; 0 where there is none
  std::optional<Divergence> diverged;
  std::optional<HealthyStart> healthy;  // null where there is none, and for that lane itself
  // What the lane has already, so that it is not advised.
  SchemeId scheme = SchemeId::kHeNormal;
  double gain = 1;
  BiasId bias = BiasId::kFramework;
  double learning_rate = 0.01;
};

// What is wrong before what is only worth knowing, the most telling first; never empty.
std::vector<Verdict> judge(const RunState& state, const std::vector<LayerProbe>& layers);
// The same into memory that is reused.
void judge(const RunState& state, const std::vector<LayerProbe>& layers, std::vector<Verdict>& verdicts);

}  // namespace initlab
