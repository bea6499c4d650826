// Signal propagation in wide random networks by mean-field theory: how the variance q of the sums and the
// correlation c of two inputs go from layer to layer, where they settle, and in which phase that is.
// Pure mathematics of one activation and two standard deviations; no network, no data.
//
// Poole et al. 2016, Schoenholz et al. 2017; closed forms by Cho and Saul 2009 and Williams 1997.
#pragma once

#include <optional>
#include <string_view>
#include <vector>

#include "core/network/activations.h"

namespace initlab {

// A function with its derivative: a row of the activations with its parameters, or erf, which only theory has.
struct Nonlinearity {
  std::string_view id;
  ActivationParameters parameters;
  double (*value)(double z, const ActivationParameters& parameters);
  double (*derivative)(double z, const ActivationParameters& parameters);
  bool is_odd;
  bool has_kink;
};
Nonlinearity nonlinearity(ActivationId kind, const ActivationParameters& parameters = {});
// Any id of the table of activations, or "erf"; null where there is none.
std::optional<Nonlinearity> find_nonlinearity(std::string_view id, const ActivationParameters& parameters = {});
// Every id that find_nonlinearity knows, separated by ", ".
std::vector<std::string_view> nonlinearity_ids();

// Expectations over z = sqrt(q) Z, Z ~ N(0, 1): closed where there is a closed form, else by quadrature.
struct GaussianMoments {
  double mean = 0;               // E[f]
  double second = 0;             // E[f^2]
  double derivative_second = 0;  // E[f'^2]
};
GaussianMoments gaussian_moments(const Nonlinearity& f, double q);

enum class Phase { kOrdered, kCritical, kChaotic, kUnbounded };
std::string_view phase_name(Phase phase);  // "ordered", "critical" (chi_1 within 1e-9 of 1), "chaotic", "unbounded"

// Where not defined (no fixed point, an infinite scale) a figure is NaN or infinite as the mathematics has it.
struct MeanField {
  double q_star = 0;       // fixed point of the q-map
  double chi_1 = 0;        // slope of the c-map at 1: growth of a squared gradient a layer
  double v_slope = 0;      // slope of the q-map at q_star
  double c_star = 1;       // fixed point of the c-map
  double c_slope = 0;      // its slope there
  double xi_q = 0;         // depth scales, in layers
  double xi_c = 0;
  double xi_gradient = 0;  // negative where gradients grow
  Phase phase = Phase::kOrdered;
  std::vector<double> q_map;  // q of layers 1, 2, ... from the q that was given
};
// sigma_w^2 = fan_in Var(W), sigma_b^2 = Var(b); `q` is that of layer 1.
MeanField mean_field(const Nonlinearity& f, double sigma_w, double sigma_b, double q = 1);

}  // namespace initlab
