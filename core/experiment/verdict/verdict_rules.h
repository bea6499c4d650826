// The rules behind the verdicts: each looks at a run and has something to say, or not. Their numbers are the
// constants here, so that the table of kinds and the tests name the same ones.
#pragma once

#include <optional>
#include <span>
#include <vector>

#include "core/experiment/measure/probe.h"
#include "core/experiment/verdict/sentence.h"
#include "core/experiment/verdict/verdict.h"

namespace initlab {

// Of the size of z or dz at one end of the network over the other: |ln R^2| < 6.
inline constexpr double kLeastRatio = 0.0498;
inline constexpr double kLargestRatio = 20.1;
inline constexpr double kTooLargeStart = 2;        // first cost over that of guessing
inline constexpr double kTooLargeRegression = 10;  // the same, where targets have a scale of their own
inline constexpr double kLearnedCost = 0.5;        // cost over that of guessing
inline constexpr double kLearnedAccuracy = 0.95;
inline constexpr double kSaturatedShare = 0.25;
inline constexpr double kSaturatedShareLearned = 0.5;
inline constexpr std::size_t kNarrow = 16;  // units: narrower layers lose more of them by chance
inline constexpr double kDeadShare = 0.4;
inline constexpr double kDeadShareNarrow = 0.7;
inline constexpr std::size_t kNearCopyInputs = 8;  // fewer inputs: directions meet by chance
inline constexpr double kCollapsedRank = 2;
inline constexpr std::size_t kCollapsedUnits = 8;
inline constexpr double kCollapsedCosine = 0.999;
inline constexpr double kLinearRms = 0.05;
inline constexpr std::int64_t kSlowSteps = 100;
inline constexpr double kSlowShare = 0.1;  // of the way that the healthy lane has gone

// A verdict before it is told.
struct Finding {
  VerdictKind kind = VerdictKind::kHealthy;
  std::size_t layer = 0;
  Sentence text;
  Sentence advice;
  bool good = false;
};

using Rule = std::optional<Finding> (*)(const RunState& state, const std::vector<LayerProbe>& layers);

// In the order of VerdictKind; `healthy` has none.
std::span<const Rule> verdict_rules();
// Of units (verdict_units.cpp) and of sizes on the way through the network (verdict_rules.cpp).
std::optional<Finding> judge_no_gradient(const RunState& state, const std::vector<LayerProbe>& layers);
std::optional<Finding> judge_identical_units(const RunState& state, const std::vector<LayerProbe>& layers);
std::optional<Finding> judge_dead_network(const RunState& state, const std::vector<LayerProbe>& layers);
std::optional<Finding> judge_dead_units(const RunState& state, const std::vector<LayerProbe>& layers);
std::optional<Finding> judge_near_copies(const RunState& state, const std::vector<LayerProbe>& layers);
Finding healthy_finding(const RunState& state, const std::vector<LayerProbe>& layers);

// It has learned: its cost has fallen below half of guessing, or nearly every sample is right. What is meant
// for the start is not held against it then.
bool has_learned(const RunState& state);

// "layer 3", "the output layer".
Sentence layer_name(std::size_t layer, const std::vector<LayerProbe>& layers);

}  // namespace initlab
