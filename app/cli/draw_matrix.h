// One weight matrix as `initlab draw` makes it: its arguments, checked, and what comes of them. Nothing is
// printed or written here.
#pragma once

#include <cstdint>
#include <optional>
#include <string>
#include <vector>

#include "core/experiment/file/experiment_json.h"
#include "core/network/initializers.h"

namespace initlab {

// As typed; null where not given.
struct DrawArguments {
  std::string scheme;
  std::string fan_in;
  std::string fan_out;
  std::string seed = "0";
  std::string activation = "relu";
  std::vector<std::string> set;
  std::optional<std::string> npy;
  std::optional<std::string> csv;
  std::optional<std::string> json;
};

struct DrawPlan {
  SchemeId scheme = SchemeId::kHeNormal;
  SchemeParameters parameters;
  LayerContext layer;
  std::uint32_t seed = 0;
};
// Errors: an unknown scheme or activation, a key that the scheme does not read, a value out of its range, and
// from_run, which is a training and not a draw.
Result<DrawPlan> plan_draw(const DrawArguments& arguments);

// Standard normal inputs that LSUV divides by the spread of: drawn after the weights, from the same
// generator.
inline constexpr std::size_t kLsuvSamples = 1000;

struct Drawing {
  Matrix w;               // (fan_out, fan_in)
  std::vector<double> b;  // (fan_out); zeros where the scheme draws none
};
// The first layer of this shape in a file; else drawn, a matrix that is not the first layer of its network.
// Errors are those of a file.
Result<Drawing> draw_matrix(const DrawPlan& plan);

}  // namespace initlab
