// The activations of kernels.h as one list, for tests that sweep over them: parameters bound, and beside each
// the formula in long double, written so that it keeps its digits in the tails.
#pragma once

#include <cmath>
#include <span>
#include <string_view>

#include "core/numeric/kernels.h"

namespace initlab::test {

// The parameters with which the tests sweep.
inline constexpr double kSlope = 0.2;
inline constexpr double kFrequency = 30;

struct ActivationRow {
  std::string_view name;
  ActivationKernel Kernels::*kernel;
  long double (*value)(long double z);
  long double (*derivative)(long double z);
  // The larger of the terms whose difference f' is: what its error is measured against where f' crosses 0.
  long double (*derivative_size)(long double z);
  double value_bound;       // largest error, in units in the last place
  double derivative_bound;  // likewise
  // f and f' at minus infinity, 0 and infinity.
  double values[3];
  double derivatives[3];
  double parameter = 0;

  void apply(const Kernels& k, const Matrix& z, Matrix& a) const { (k.*kernel).apply(parameter, z, a); }
  bool apply_backward(const Kernels& k, const Matrix& z, const Matrix& a, const Matrix& d_a,
                      Matrix& d_z) const {
    return (k.*kernel).backward(parameter, z, a, d_a, d_z);
  }
};

std::span<const ActivationRow> activation_rows();

}  // namespace initlab::test
