// What the rows of the schemes share: which keys a row reads, its formula with a lane's numbers in it, and
// the small tables beside it. The rows themselves are in schemes.cpp, the draws in weight_laws.cpp.
#include "core/network/initializers.h"

#include <fmt/format.h>

#include <algorithm>
#include <array>
#include <cassert>

namespace initlab {
namespace {

constexpr std::array kFanModes = {
    FanModeRow{.kind = FanMode::kFanIn, .id = "fan_in", .label = "fan in: the signal keeps its variance"},
    FanModeRow{
        .kind = FanMode::kFanOut, .id = "fan_out", .label = "fan out: the gradient keeps its variance"},
};
static_assert(kFanModes.size() == static_cast<std::size_t>(FanMode::kCount));

// "0.01", "10": as short as the number allows.
std::string number(double value) {
  return fmt::format("{:g}", value);
}

}  // namespace

std::span<const FanModeRow> fan_modes() {
  return kFanModes;
}

std::string_view distribution_name(WeightLaw::Distribution distribution) {
  constexpr std::array<std::string_view, 6> kNames = {"constant",         "normal", "uniform",
                                                      "truncated normal", "other",  "unknown"};
  return kNames[static_cast<std::size_t>(distribution)];
}

bool Scheme::reads(std::string_view key) const {
  if (key == "gain") return true;
  std::string_view rest = parameters;
  while (!rest.empty()) {
    const std::size_t end = std::min(rest.find(' '), rest.size());
    if (rest.substr(0, end) == key) return true;
    rest.remove_prefix(std::min(end + 1, rest.size()));
  }
  return false;
}

std::string formula_with(const Scheme& scheme, const SchemeParameters& parameters) {
  const SchemeParameters& p = parameters;
  const std::string gain = p.gain == 1 ? "" : number(p.gain) + " × ";
  const std::string_view mode = kFanModes[static_cast<std::size_t>(p.mode)].id;
  return fmt::format(
      fmt::runtime(scheme.formula_template), fmt::arg("gain", gain), fmt::arg("value", number(p.value)),
      fmt::arg("mean", number(p.mean)), fmt::arg("std", number(p.std)), fmt::arg("limit", number(p.limit)),
      fmt::arg("mode", mode), fmt::arg("sparsity", number(p.sparsity)), fmt::arg("omega", number(p.omega)),
      fmt::arg("path", p.path.empty() ? "a .npz file" : p.path),
      fmt::arg("experiment", p.experiment.empty() ? "another experiment" : p.experiment),
      fmt::arg("lane", p.lane), fmt::arg("step", p.step));
}

}  // namespace initlab
