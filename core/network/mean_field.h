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

// A function with its derivative: a row of the activations with its parameters, or erf, which only theory
// has.
struct Nonlinearity {
  std::optional<ActivationId> kind;  // null: erf
  std::string_view id;
  std::string_view formula;
  ActivationParameters parameters;
  double (*value)(double z, const ActivationParameters& parameters);
  double (*derivative)(double z, const ActivationParameters& parameters);
  bool is_odd;

  double f(double z) const { return value(z, parameters); }
  double slope(double z) const { return derivative(z, parameters); }
};
Nonlinearity nonlinearity(ActivationId kind, const ActivationParameters& parameters = {});
// Any id of the table of activations, or "erf"; null where there is none.
std::optional<Nonlinearity> find_nonlinearity(std::string_view id,
                                              const ActivationParameters& parameters = {});
// Every id that find_nonlinearity knows.
std::vector<std::string_view> nonlinearity_ids();

// Expectations over z ~ N(mean, q).
struct GaussianMoments {
  double mean = 0;               // E[f]
  double second = 0;             // E[f^2]
  double derivative_second = 0;  // E[f'^2]
};
// Closed where there is a closed form, else by quadrature. q = 0 is the value at the mean itself, as a
// network has it (so ReLU's slope at 0 is 0, not the limit 1/2). NaN where q or the mean is not finite.
GaussianMoments gaussian_moments(const Nonlinearity& f, double q, double mean = 0);
// Whether the moments are closed forms at every q and mean, which cost next to nothing.
bool has_closed_moments(const Nonlinearity& f);

// V(q) = sigma_w^2 E[f^2] + sigma_b^2: q of the next layer, and V'(q). Require q > 0.
double variance_map(const Nonlinearity& f, double sigma_w, double sigma_b, double q);
double variance_slope(const Nonlinearity& f, double sigma_w, double q);
// C(c) = (sigma_w^2 E[f(u1) f(u2)] + sigma_b^2) / q for sums u1, u2 of variance q and correlation c: that of
// the next layer, where q is a fixed point. Its slope C'(c) = sigma_w^2 E[f'(u1) f'(u2)]. Require q > 0 and
// -1 <= c <= 1.
double correlation_map(const Nonlinearity& f, double sigma_w, double sigma_b, double q, double c);
double correlation_slope(const Nonlinearity& f, double sigma_w, double q, double c);

enum class Phase { kOrdered, kCritical, kChaotic, kUnbounded };
// "ordered", "critical" (chi_1 within 1e-9 of 1), "chaotic", "unbounded" (q grows without end)
std::string_view phase_name(Phase phase);

// Where a figure is not defined it is NaN; a depth scale of what never settles is infinite. In the phase
// kUnbounded q_star is infinite, chi_1, v_slope and xi_gradient are their limits at large q, the rest is NaN.
// Where every q is a fixed point (ReLU at sigma_w = sqrt 2) q_star is the q that was given.
struct MeanField {
  double q_star = 0;   // the fixed point of the q-map that the given q goes to; 0 where the signal dies
  double chi_1 = 0;    // slope of the c-map at 1: growth of a squared gradient a layer
  double v_slope = 0;  // slope of the q-map at q_star
  double c_star = 1;   // fixed point of the c-map
  double c_slope = 0;  // its slope there
  double xi_q = 0;     // depth scales, in layers
  double xi_c = 0;
  double xi_gradient = 0;  // negative where gradients grow
  Phase phase = Phase::kOrdered;
  // q of layers 1, 2, ... from the q that was given, until it changes by less than 1e-6 of itself: 8 to 50
  // numbers, fewer only where it is no longer finite.
  std::vector<double> q_map;
};
// sigma_w^2 = fan_in Var(W), sigma_b^2 = Var(b); `q` is that of layer 1. Requires sigma_w, sigma_b >= 0 and
// q > 0, all finite.
MeanField mean_field(const Nonlinearity& f, double sigma_w, double sigma_b, double q = 1);

}  // namespace initlab
