// The activations: one row each. A new row needs its two kernels in core/numeric/kernels.h, an entry in
// ActivationId before kCount, and nothing else: file, screen, command line and tests read this table.
#pragma once

#include <cstddef>
#include <span>
#include <string_view>

#include "core/numeric/kernels.h"

namespace initlab {

enum class ActivationId { kLinear, kSigmoid, kTanh, kRelu, kCount };

struct Activation {
  ActivationId kind;
  std::string_view id;                                        // file and command line
  std::string_view label;                                     // screen
  std::string_view formula;                                   // plain text
  std::string_view help;                                      // one sentence
  std::string_view reference;                                 // where it comes from
  decltype(Kernels::relu) Kernels::*apply;                    // A = f(Z)
  decltype(Kernels::relu_backward) Kernels::*apply_backward;  // dZ = dA * f'(Z)
  double (*value)(double z);                                  // f, by the C library
  double (*derivative)(double z);                             // f', by the C library
  bool can_die;                                               // z <= 0 stops every gradient
  // Saturated outside (low, high): beyond 99 % of the range. low > high where unbounded.
  double saturated_below;
  double saturated_above;

  bool saturates() const { return saturated_below < saturated_above; }
};

std::span<const Activation> activations();
const Activation& activation(ActivationId kind);

}  // namespace initlab
