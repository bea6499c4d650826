// The schemes: ways to draw a layer's initial weights, one row each. A new row needs its draw and law, an
// entry in SchemeId before kCount, and nothing else: file, screen, command line and tests read this table.
//
// Weights are drawn row by row from one numpy generator, so that `np.random.seed(3)` followed by
// `np.random.randn(10, 2) * np.sqrt(2 / 2)` in a notebook gives these very bits. After a layer's weights come
// its biases, from the same generator, where the scheme's framework draws them.
#pragma once

#include <cstddef>
#include <cstdint>
#include <span>
#include <string>
#include <string_view>
#include <vector>

#include "core/network/activations.h"
#include "core/numeric/matrix.h"
#include "core/numeric/random.h"

namespace initlab {

enum class SchemeId {
  kZeros,
  kOnes,
  kConstant,
  kNormal,
  kUniform,
  kTruncatedNormal,
  kXavierNormal,
  kXavierUniform,
  kXavierNormalTruncated,
  kXavierFanIn,
  kHeNormal,
  kHeUniform,
  kHeNormalTruncated,
  kLecunNormal,
  kLecunUniform,
  kLecunNormalTruncated,
  kOrthogonal,
  kIdentity,
  kSparse,
  kPytorchLinear,
  kKerasDense,
  kFlaxDense,
  kSklearnMlp,
  kSiren,
  kLsuv,
  kFromFile,
  kFromRun,
  kCount
};

// Whose count He's rule divides by.
enum class FanMode { kFanIn, kFanOut, kCount };
struct FanModeRow {
  FanMode kind;
  std::string_view id, label;
};
std::span<const FanModeRow> fan_modes();

struct LayerShape {
  std::size_t fan_in = 1;   // inputs of the layer
  std::size_t fan_out = 1;  // units of the layer
};

// What a lane or a layer may set; a scheme reads those that its row names.
struct SchemeParameters {
  double value = 0.5;              // constant
  double mean = 0;                 // normal
  double std = 0.01;               // normal, truncated normal, sparse
  double limit = 1;                // uniform: U[-limit, limit]
  FanMode mode = FanMode::kFanIn;  // He
  double sparsity = 0.9;           // sparse: share of each input's outgoing weights that is 0
  double omega = 30;               // siren: f(z) = sin(omega z) goes with it
  std::string path = {};           // from_file: a .npz of W1, b1, W2, ...
  std::string experiment = {};     // from_run: its name or file
  std::int64_t lane = 1;           // from_file, from_run: which lane of it, from 1
  std::int64_t step = 1000;        // from_run: how long it is trained
  std::int64_t freeze = 0;         // from_file, from_run: that many first layers stay as they are
  double gain = 1;                 // multiplies what any scheme draws

  bool operator==(const SchemeParameters&) const = default;
};

// What a scheme knows of the layer that it draws.
struct LayerContext {
  LayerShape shape;
  // That follows the layer; of an output layer that of the hidden layer before it, by which schemes go.
  ActivationId activation = ActivationId::kRelu;
  ActivationParameters activation_parameters;
  bool is_first = false;  // its inputs are the data
};

// What a scheme promises of one weight; min and max are infinite where unbounded.
struct WeightLaw {
  enum class Distribution {
    kConstant,
    kNormal,
    kUniform,
    kTruncatedNormal,  // normal, cut at 2 of its own standard deviations before the cut
    kOther,            // its mean and std are stated, no more
    kUnknown           // nothing is stated: identity has no law, files and runs bring what they bring
  };
  Distribution distribution = Distribution::kConstant;
  double mean = 0;
  double std = 0;
  double min = 0;
  double max = 0;
};
std::string_view distribution_name(WeightLaw::Distribution distribution);  // "uniform"

struct Scheme {
  SchemeId kind;
  std::string_view id;       // file and command line
  std::string_view label;    // screen
  std::string_view formula;  // plain text
  // The same with a lane's parameters in it, as fmt has them: "W ~ {gain}N({mean}, {std}²)".
  std::string_view formula_template;
  std::string_view help;       // one sentence
  std::string_view reference;  // where it comes from
  std::string_view pytorch;    // its name in PyTorch, empty where it has none
  std::string_view keras;
  std::string_view jax;
  // Lane keys that it reads besides `gain`, separated by spaces: "mean std".
  std::string_view parameters;
  // Fills W (n_out, n_in). Data-dependent schemes draw what they begin from; make_network does the rest.
  void (*draw)(const SchemeParameters& parameters, const LayerContext& layer, NumpyRandom& random, Matrix& w);
  WeightLaw (*law)(const SchemeParameters& parameters, const LayerContext& layer);
  // The limit of the uniform law from which its framework draws biases; 0: biases begin at zero.
  double (*bias_limit)(const SchemeParameters& parameters, const LayerContext& layer);

  bool reads(std::string_view key) const;
};

std::span<const Scheme> schemes();
const Scheme& scheme(SchemeId kind);
// The row's formula with the parameters of a lane in it: "W ~ N(0, 10²)".
std::string formula_with(const Scheme& scheme, const SchemeParameters& parameters);

// How biases begin.
enum class BiasId { kFramework, kZeros, kConstant, kLogOdds, kCount };
struct Bias {
  BiasId kind;
  std::string_view id, label, formula, help, reference;
};
std::span<const Bias> biases();
const Bias& bias(BiasId kind);

// LSUV (Mishkin and Matas 2015): W divided by the standard deviation of Z = W A + b over units and samples
// until its variance is 1 within kLsuvTolerance. A (n_in, m) is the layer's input.
struct LsuvResult {
  int iterations = 0;
  double variance = 0;  // of Z at the end
};
inline constexpr double kLsuvTolerance = 0.02;
inline constexpr int kLsuvIterations = 10;
LsuvResult scale_to_unit_variance(std::span<const double> b, const Matrix& a, Matrix& w);

}  // namespace initlab
