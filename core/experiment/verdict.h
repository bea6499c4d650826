// Sentences with numbers that say what is wrong with a run, or that nothing is. Thresholds stand beside each
// rule with their source.
#pragma once

#include <cstdint>
#include <optional>
#include <string>
#include <string_view>
#include <vector>

#include "core/experiment/experiment.h"
#include "core/experiment/probe.h"

namespace initlab {

enum class VerdictKind {
  kDiverged,
  kNoGradient,
  kIdenticalUnits,
  kDeadUnits,
  kSaturated,
  kTooLarge,
  kVanishingGradient,
  kExplodingGradient,
  kAtChance,
  kHealthy,
};
std::string_view verdict_id(VerdictKind kind);  // "diverged", "no_gradient", ...

struct Verdict {
  VerdictKind kind = VerdictKind::kHealthy;
  std::size_t layer = 0;  // from 1; 0: the whole network
  std::string text;       // one sentence, for a student
  bool good = false;
};

struct Divergence {
  std::int64_t step = 0;
  NonFinite where;
  bool operator==(const Divergence&) const = default;
};

// How far back a run that stands still is looked at.
inline constexpr std::int64_t kPlateauSteps = 500;

// What a verdict is drawn from.
struct RunState {
  std::int64_t step = 0;
  double cost = 0;
  double first_cost = 0;               // at step 0
  std::optional<double> earlier_cost;  // kPlateauSteps before; null until there is such a step
  std::optional<double> accuracy;      // on the training set
  double chance_cost = 0;              // of the best constant answer; 0 where there is none
  std::optional<Divergence> diverged;
};

// The most telling first; never empty.
std::vector<Verdict> judge(const RunState& state, const std::vector<LayerProbe>& layers);

}  // namespace initlab
