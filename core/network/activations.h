// The activations: one row each. A new row needs its kernel in core/numeric/kernels.h, an entry in
// ActivationId before kCount, and nothing else: file, screen, command line and tests read this table.
// Values at kinks follow PyTorch.
#pragma once

#include <cstddef>
#include <optional>
#include <span>
#include <string_view>

#include "core/numeric/kernels.h"

namespace initlab {

enum class ActivationId {
  kLinear,
  kSigmoid,
  kTanh,
  kRelu,
  kLeakyRelu,
  kElu,
  kSelu,
  kGelu,
  kGeluTanh,
  kSilu,
  kSoftplus,
  kSine,
  kSoftsign,
  kCount
};

// What an activation may be tuned by; a row reads those that it names.
struct ActivationParameters {
  double slope = 0.01;   // leaky ReLU: f(z) = slope z where z <= 0
  double frequency = 1;  // sine: f(z) = sin(frequency z)

  bool operator==(const ActivationParameters&) const = default;
};

struct Activation {
  ActivationId kind;
  std::string_view id;                      // file and command line
  std::string_view label;                   // screen
  std::string_view formula;                 // plain text
  std::string_view help;                    // one sentence
  std::string_view reference;               // where it comes from
  ActivationKernel Kernels::*kernel;        // f and f' of whole matrices
  double ActivationParameters::*parameter;  // what the kernel is tuned by; null: nothing
  double (*value)(double z, const ActivationParameters& parameters);       // f, by the C library
  double (*derivative)(double z, const ActivationParameters& parameters);  // f', by the C library
  // What the frameworks multiply Xavier's or He's rule by (torch.nn.init.calculate_gain); NaN where they have
  // none.
  double (*gain)(const ActivationParameters& parameters);
  bool can_die;       // z <= 0 stops every gradient
  bool is_odd;        // f(-z) = -f(z)
  bool has_kink;      // f' or f'' jumps at 0: integrals are split there
  bool grows_evenly;  // f(c z) = c f(z) for c > 0: linear, ReLU, leaky ReLU
  // Saturated outside (low, high): beyond 99 % of the range. low > high where unbounded.
  double saturated_below;
  double saturated_above;

  bool saturates() const { return saturated_below < saturated_above; }
};

std::span<const Activation> activations();
const Activation& activation(ActivationId kind);

// An activation with its parameter, as the kernels take it, on the path in use.
ElementwiseFunction elementwise(ActivationId kind, const ActivationParameters& parameters);

}  // namespace initlab
