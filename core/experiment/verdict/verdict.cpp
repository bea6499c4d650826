// The table of kinds, and their rules asked in its order.
#include "core/experiment/verdict/verdict.h"

#include <algorithm>
#include <array>
#include <cassert>

#include "core/experiment/verdict/verdict_rules.h"

namespace initlab {
namespace {

constexpr std::array<VerdictRow, static_cast<std::size_t>(VerdictKind::kCount)> kRows = {{
    {VerdictKind::kDiverged, "diverged", "Diverged",
     "a z, activation, cost, gradient or weight that is not a finite number", "IEEE 754"},
    {VerdictKind::kNoGradient, "no_gradient", "No gradient",
     "the gradient of every weight is exactly 0, and the cost is not",
     "Goodfellow, Bengio and Courville 2016, section 8.4"},
    {VerdictKind::kIdenticalUnits, "identical_units", "Identical units",
     "fewer than half of a hidden layer's units differ by more than 1e-12 of the largest weight, or only one "
     "does; good where their gradients differ",
     "Goodfellow, Bengio and Courville 2016, section 8.4"},
    {VerdictKind::kDeadNetwork, "dead_network", "Dead layer",
     "all units of a hidden layer get z <= 0 for every sample, with weights that are not 0",
     "Lu, Shin, Su and Karniadakis 2019"},
    {VerdictKind::kNearCopies, "near_copies", "Near copies",
     "more than half of a layer's units have |cos| above 0.999 with another's weights and bias; 8 inputs or "
     "more, before the network has learned",
     "InitLab: by chance fewer than one in a million pairs is that close"},
    {VerdictKind::kTooLarge, "too_large", "Too large",
     "the first cost is above 2 times that of guessing, 10 times for regression; good once the cost is below "
     "half "
     "of guessing",
     "Karpathy, CS231n notes: the first cost should be that of chance"},
    {VerdictKind::kSaturated, "saturated", "Saturated",
     "more than 25 % of a hidden layer's activations are beyond 99 % of their range, 50 % once the network "
     "has "
     "learned",
     "Glorot and Bengio 2010; no recommended scheme for tanh reaches it"},
    {VerdictKind::kVanishingSignal, "vanishing_signal", "Vanishing signal",
     "rms of z in the last hidden layer below 0.0498 of layer 1's, before the network has learned; not with "
     "batch normalization",
     "Schoenholz et al. 2017: 6 depth scales, |ln R²| = 6"},
    {VerdictKind::kExplodingSignal, "exploding_signal", "Exploding signal",
     "rms of z in the last hidden layer above 20.1 times layer 1's, before the network has learned; not with "
     "batch normalization",
     "Schoenholz et al. 2017: 6 depth scales, |ln R²| = 6"},
    {VerdictKind::kVanishingGradient, "vanishing_gradient", "Vanishing gradient",
     "rms of dz in layer 1 below 0.0498 of the last hidden layer's, before the network has learned",
     "Schoenholz et al. 2017: 6 depth scales, |ln R²| = 6"},
    {VerdictKind::kExplodingGradient, "exploding_gradient", "Exploding gradient",
     "rms of dz in layer 1 above 20.1 times the last hidden layer's, before the network has learned",
     "Schoenholz et al. 2017: 6 depth scales, |ln R²| = 6"},
    {VerdictKind::kDeadUnits, "dead_units", "Dead units",
     "z <= 0 for every sample in more than 40 % of a layer's units, 70 % where it has fewer than 16",
     "60 He networks of width 8 to 64 had up to 34 % at width 64, 63 % at width 8"},
    {VerdictKind::kRankCollapse, "rank_collapse", "Rank collapse",
     "mean cosine between samples above 0.999 in a hidden layer, or effective rank below 2 and below half of "
     "layer 1's in one of 8 units or more, before the network has learned",
     "Roy and Vetterli 2007; Daneshmand et al. 2020"},
    {VerdictKind::kEffectivelyLinear, "effectively_linear", "Nearly linear",
     "rms of z below 0.05 in every hidden layer of tanh, before the network has learned; good",
     "tanh z differs from z by less than 0.1 % there"},
    {VerdictKind::kAtChance, "at_chance", "At chance",
     "cost within 1 % of guessing and moved by less than 0.1 % of it in 500 steps",
     "Karpathy, CS231n notes: the cost of chance"},
    {VerdictKind::kSlow, "slow", "Slow",
     "after 100 steps or more, less than a tenth of the way down that a lane with a healthy start has gone, "
     "which has halved its cost",
     "InitLab"},
    {VerdictKind::kHealthy, "healthy", "Healthy", "none of the others", "InitLab"},
}};

// A sentence is rarely longer: numbers that grow do not ask for memory.
constexpr std::size_t kUsualBytes = 200;

constexpr bool rows_are_in_order() {
  for (std::size_t i = 0; i < kRows.size(); ++i) {
    if (kRows[i].kind != static_cast<VerdictKind>(i) || kRows[i].id.empty()) return false;
  }
  return true;
}
static_assert(rows_are_in_order());

}  // namespace

std::span<const VerdictRow> verdict_rows() {
  return kRows;
}

const VerdictRow& verdict_row(VerdictKind kind) {
  return kRows[static_cast<std::size_t>(kind)];
}

std::string_view verdict_id(VerdictKind kind) {
  return verdict_row(kind).id;
}

void judge(const RunState& state, const std::vector<LayerProbe>& layers, std::vector<Verdict>& verdicts) {
  assert(!layers.empty());
  std::size_t count = 0;  // the others are left for their memory, and dropped at the end
  const auto tell = [&](const Finding& finding) {
    if (count == verdicts.size()) {
      verdicts.emplace_back();
      verdicts.back().text.reserve(kUsualBytes);
      verdicts.back().advice.reserve(kUsualBytes);
    }
    Verdict& verdict = verdicts[count++];
    verdict.kind = finding.kind;
    verdict.layer = finding.layer;
    verdict.text = finding.text.view();
    verdict.advice = finding.advice.view();
    verdict.good = finding.good;
  };
  // What is wrong stands before what is only worth knowing.
  for (const bool good : {false, true}) {
    for (const Rule rule : verdict_rules()) {
      const auto finding = rule(state, layers);
      if (!finding || finding->good != good) continue;
      // What is measured in a diverged network is wreckage; only how it began still explains it.
      const bool explains =
          finding->kind == VerdictKind::kDiverged || finding->kind == VerdictKind::kTooLarge;
      if (!state.diverged || explains) tell(*finding);
    }
  }
  if (count == 0) tell(healthy_finding(state, layers));
  verdicts.resize(count);
}

std::vector<Verdict> judge(const RunState& state, const std::vector<LayerProbe>& layers) {
  std::vector<Verdict> verdicts;
  judge(state, layers, verdicts);
  return verdicts;
}

}  // namespace initlab
