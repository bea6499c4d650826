// The schemes: ways to draw a layer's initial weights, one row each. A new row needs its draw and moments
// functions in initializers.cpp, an entry in SchemeId before kCount, and nothing else.
//
// Weights are drawn row by row from one numpy generator, so that `np.random.seed(3)` followed by
// `np.random.randn(10, 2) * np.sqrt(2 / 2)` in a notebook gives these very bits. Biases start at zero.
#pragma once

#include <cstddef>
#include <span>
#include <string>
#include <string_view>

#include "core/numeric/matrix.h"
#include "core/numeric/random.h"

namespace initlab {

enum class SchemeId {
  kZeros,
  kConstant,
  kNormal,
  kUniform,
  kXavierNormal,
  kXavierUniform,
  kHeNormal,
  kHeUniform,
  kCount
};

struct LayerShape {
  std::size_t fan_in = 1;   // inputs of the layer
  std::size_t fan_out = 1;  // units of the layer
};

// What a lane may set; a scheme reads those that its row names.
struct SchemeParameters {
  double value = 0.5;  // constant
  double mean = 0;     // normal
  double std = 0.01;   // normal
  double limit = 1;    // uniform: U[-limit, limit]
  double gain = 1;     // multiplies what any scheme draws

  bool operator==(const SchemeParameters&) const = default;
};

// What a scheme promises of one weight; min and max are infinite where unbounded.
struct WeightLaw {
  double mean = 0;
  double std = 0;
  double min = 0;
  double max = 0;
};

struct Scheme {
  SchemeId kind;
  std::string_view id;         // file and command line
  std::string_view label;      // screen
  std::string_view formula;    // plain text
  std::string_view help;       // one sentence
  std::string_view reference;  // where it comes from
  std::string_view pytorch;    // its name in PyTorch, empty where it has none
  std::string_view keras;
  // Lane keys that it reads besides `gain`, separated by spaces: "mean std".
  std::string_view parameters;
  // Fills W (n_out, n_in).
  void (*draw)(const SchemeParameters& parameters, NumpyRandom& random, Matrix& w);
  WeightLaw (*law)(const SchemeParameters& parameters, LayerShape shape);

  bool reads(std::string_view key) const;
};

std::span<const Scheme> schemes();
const Scheme& scheme(SchemeId kind);
// The row's formula with the parameters of a lane in it: "W ~ N(0, 10²)".
std::string formula_with(const Scheme& scheme, const SchemeParameters& parameters);

}  // namespace initlab
