#include "core/network/mean_field.h"

#include <algorithm>
#include <array>
#include <cassert>
#include <cmath>
#include <limits>
#include <numbers>

#include "core/network/quadrature.h"

namespace initlab {
namespace {

constexpr double kInfinity = std::numeric_limits<double>::infinity();
constexpr double kNan = std::numeric_limits<double>::quiet_NaN();
constexpr double kCriticalWidth = 1e-9;
// A signal below is dead, one above is without bound: the range in which fixed points are looked for. Below
// it, V(q) - q of a slow map (tanh at sigma_w = 1) is lost in rounding.
constexpr double kDeadQ = 1e-12;
constexpr double kBoundlessQ = 1e12;
// Small enough for the limits at q = 0, where kinks make the value at 0 another thing.
constexpr double kLimitQ = 1e-30;

bool is(const Nonlinearity& f, ActivationId kind) {
  return f.kind == kind;
}

// s of linear, ReLU and leaky ReLU: f(z) = z where z > 0, s z elsewhere.
std::optional<double> slope_below(const Nonlinearity& f) {
  if (is(f, ActivationId::kLinear)) return 1;
  if (is(f, ActivationId::kRelu)) return 0;
  if (is(f, ActivationId::kLeakyRelu)) return f.parameters.slope;
  return std::nullopt;
}

double normal_cdf(double x) {
  return std::erfc(-x / std::numbers::sqrt2) / 2;
}
double normal_density(double x) {
  return std::exp(-x * x / 2) * std::numbers::inv_sqrtpi / std::numbers::sqrt2;
}

GaussianMoments moments_of_slopes(double s, double q, double mean) {
  const double deviation = std::sqrt(q);
  const double above = normal_cdf(mean / deviation);
  const double edge = deviation * normal_density(mean / deviation);
  const double second_above = (mean * mean + q) * above + mean * edge;
  return {.mean = s * mean + (1 - s) * (mean * above + edge),
          .second = s * s * (mean * mean + q) + (1 - s * s) * second_above,
          .derivative_second = s * s + (1 - s * s) * above};
}

// sin(w z)
GaussianMoments moments_of_sine(double w, double q, double mean) {
  const double phase = w * mean;
  const double variance = w * w * q;
  const double wave = std::cos(2 * phase) * std::exp(-2 * variance);
  // 1 - e^{-2q} without cancellation where there is no phase.
  const double second = phase == 0 ? -std::expm1(-2 * variance) / 2 : (1 - wave) / 2;
  return {.mean = std::sin(phase) * std::exp(-variance / 2),
          .second = second,
          .derivative_second = w * w * (1 + wave) / 2};
}

GaussianMoments moments_of_erf(double q) {
  return {.mean = 0,
          .second = 2 / std::numbers::pi * std::asin(2 * q / (1 + 2 * q)),
          .derivative_second = 4 / std::numbers::pi / std::sqrt(1 + 4 * q)};
}

Nonlinearity error_function() {
  return {.kind = std::nullopt,
          .id = "erf",
          .formula = "f(z) = erf(z)",
          .parameters = {},
          .value = [](double z, const ActivationParameters&) { return std::erf(z); },
          .derivative =
              [](double z, const ActivationParameters&) {
                return 2 * std::numbers::inv_sqrtpi * std::exp(-z * z);
              },
          .is_odd = true};
}

// E[g(u1) g(u2)] for u1, u2 ~ N(0, q) of correlation c. Given u1, u2 is N(c u1, q (1 - c^2)), so both
// integrals are split where their argument is 0; next to it the inner one, as a function of u1, changes
// within sqrt(1 - c^2) standard deviations.
template <class Function>
double pair_expectation(Function&& g, double q, double c) {
  const double rest = (1 - c) * (1 + c);
  if (rest <= 0) {
    return expectation(gaussian_nodes(q), [&](double u) { return g(u) * g(c * u); });
  }
  std::vector<GaussianNode> outer;
  gaussian_nodes(q, 0, {.points = kNestedPoints, .finest = std::sqrt(rest)}, outer);
  std::vector<GaussianNode> inner;
  return expectation(outer, [&](double u) {
    gaussian_nodes(q * rest, c * u, {.points = kNestedPoints}, inner);
    return g(u) * expectation(inner, g);
  });
}

// (pi - arccos c) / 2 pi: how often both of two sums are above 0.
double both_above(double c) {
  return (std::numbers::pi - std::acos(c)) / (2 * std::numbers::pi);
}

double pair_of_values(const Nonlinearity& f, double q, double c) {
  if (const auto s = slope_below(f)) {
    const double j = std::sqrt((1 - c) * (1 + c)) / (2 * std::numbers::pi) + c * both_above(c);
    return q * (*s * c + (1 - *s) * (1 - *s) * j);
  }
  if (!f.kind) return 2 / std::numbers::pi * std::asin(2 * q * c / (1 + 2 * q));
  if (is(f, ActivationId::kSine)) {
    const double variance = f.parameters.frequency * f.parameters.frequency * q;
    return (std::exp(variance * (c - 1)) - std::exp(-variance * (c + 1))) / 2;
  }
  return pair_expectation([&](double z) { return f.f(z); }, q, c);
}

double pair_of_slopes(const Nonlinearity& f, double q, double c) {
  if (const auto s = slope_below(f)) return *s + (1 - *s) * (1 - *s) * both_above(c);
  if (!f.kind) {
    return 4 / std::numbers::pi / std::sqrt((1 + 2 * q * (1 - c)) * (1 + 2 * q * (1 + c)));
  }
  if (is(f, ActivationId::kSine)) {
    const double w2 = f.parameters.frequency * f.parameters.frequency;
    return w2 * (std::exp(w2 * q * (c - 1)) + std::exp(-w2 * q * (c + 1))) / 2;
  }
  return pair_expectation([&](double z) { return f.slope(z); }, q, c);
}

bool is_one(double slope) {
  return std::abs(slope - 1) <= kCriticalWidth;
}

// -1 / ln of a growth a layer; infinite where nothing changes.
double depth_scale(double growth) {
  return is_one(growth) ? kInfinity : -1 / std::log(growth);
}

std::vector<double> iterate_variance(const Nonlinearity& f, double sigma_w, double sigma_b, double q) {
  constexpr std::size_t kFewest = 8;
  constexpr std::size_t kMost = 50;
  constexpr double kSettled = 1e-6;
  std::vector<double> sequence = {q};
  while (sequence.size() < kMost) {
    const double last = sequence.back();
    const double next = last > 0 ? variance_map(f, sigma_w, sigma_b, last)
                                 : sigma_w * sigma_w * f.f(0) * f.f(0) + sigma_b * sigma_b;
    sequence.push_back(next);
    if (!std::isfinite(next)) break;
    if (sequence.size() >= kFewest && std::abs(next - last) <= kSettled * last) break;
  }
  return sequence;
}

// The fixed point that q goes to: V grows with q, so that is the first one on the side to which V leads. 0
// and infinity where there is none.
double settled_variance(const Nonlinearity& f, double sigma_w, double sigma_b, double q) {
  const double stride = std::log(10.0) / 20;
  const auto excess = [&](double log_q) {
    const double at = std::exp(log_q);
    return variance_map(f, sigma_w, sigma_b, at) / at - 1;
  };
  double from = std::log(q);
  double excess_from = excess(from);
  if (excess_from == 0) return q;
  const double direction = excess_from > 0 ? 1 : -1;
  const double scale = std::max({1.0, q, sigma_w * sigma_w + sigma_b * sigma_b});
  const double lowest = std::log(std::min(kDeadQ, q));
  const double highest = std::log(kBoundlessQ * scale);
  while (direction > 0 ? from < highest : from > lowest) {
    const double to = from + direction * stride;
    const double excess_to = excess(to);
    if ((excess_to > 0) != (excess_from > 0)) {
      return std::exp(root_between(excess, from, excess_from, to, excess_to));
    }
    from = to;
    excess_from = excess_to;
  }
  return direction > 0 ? kInfinity : 0;
}

// Linear, ReLU, leaky ReLU: V(q) = g q + sigma_b^2.
double settled_variance_of_slopes(double growth, double sigma_b, double q) {
  const double rest = 1 - growth;
  if (is_one(growth)) return sigma_b == 0 ? q : kInfinity;
  return rest > 0 ? sigma_b * sigma_b / rest : kInfinity;
}

// c* of a chaotic network: the root of C(c) - c below 1. Divided by 1 - c, which takes the other root away,
// it falls from C(0) to 1 - chi_1.
double settled_correlation(const Nonlinearity& f, double sigma_w, double sigma_b, double q, double chi_1) {
  if (f.is_odd && sigma_b == 0) return 0;
  const auto excess = [&](double c) { return (correlation_map(f, sigma_w, sigma_b, q, c) - c) / (1 - c); };
  const double at_zero = excess(0);
  return at_zero <= 0 ? 0 : root_between(excess, 0, at_zero, 1, 1 - chi_1);
}

Phase phase_of(double q_star, double chi_1) {
  if (std::isinf(q_star)) return Phase::kUnbounded;
  if (is_one(chi_1)) return Phase::kCritical;
  return chi_1 < 1 ? Phase::kOrdered : Phase::kChaotic;
}

}  // namespace

Nonlinearity nonlinearity(ActivationId kind, const ActivationParameters& parameters) {
  const Activation& row = activation(kind);
  return {.kind = kind,
          .id = row.id,
          .formula = row.formula,
          .parameters = parameters,
          .value = row.value,
          .derivative = row.derivative,
          .is_odd = row.is_odd};
}

std::optional<Nonlinearity> find_nonlinearity(std::string_view id, const ActivationParameters& parameters) {
  for (const Activation& row : activations()) {
    if (row.id == id) return nonlinearity(row.kind, parameters);
  }
  const Nonlinearity erf = error_function();
  return id == erf.id ? std::optional(erf) : std::nullopt;
}

std::vector<std::string_view> nonlinearity_ids() {
  std::vector<std::string_view> ids;
  for (const Activation& row : activations()) ids.push_back(row.id);
  ids.push_back(error_function().id);
  return ids;
}

bool has_closed_moments(const Nonlinearity& f) {
  return slope_below(f).has_value() || is(f, ActivationId::kSine);
}

GaussianMoments gaussian_moments(const Nonlinearity& f, double q, double mean) {
  assert(!(q < 0));
  if (!std::isfinite(q) || !std::isfinite(mean)) return {kNan, kNan, kNan};
  if (q == 0) {
    const double value = f.f(mean);
    const double slope = f.slope(mean);
    return {value, value * value, slope * slope};
  }
  if (const auto s = slope_below(f)) return moments_of_slopes(*s, q, mean);
  if (is(f, ActivationId::kSine)) return moments_of_sine(f.parameters.frequency, q, mean);
  if (!f.kind && mean == 0) return moments_of_erf(q);
  GaussianMoments moments;
  for (const GaussianNode& node : gaussian_nodes(q, mean)) {
    const double value = f.f(node.x);
    const double slope = f.slope(node.x);
    moments.mean += node.weight * value;
    moments.second += node.weight * value * value;
    moments.derivative_second += node.weight * slope * slope;
  }
  if (f.is_odd && mean == 0) moments.mean = 0;
  return moments;
}

double variance_map(const Nonlinearity& f, double sigma_w, double sigma_b, double q) {
  return sigma_w * sigma_w * gaussian_moments(f, q).second + sigma_b * sigma_b;
}

double variance_slope(const Nonlinearity& f, double sigma_w, double q) {
  const double w2 = sigma_w * sigma_w;
  if (slope_below(f)) return w2 * gaussian_moments(f, q).derivative_second;
  if (is(f, ActivationId::kSine)) {
    const double frequency2 = f.parameters.frequency * f.parameters.frequency;
    return w2 * frequency2 * std::exp(-2 * frequency2 * q);
  }
  if (!f.kind) return w2 * 4 / std::numbers::pi / ((1 + 2 * q) * std::sqrt(1 + 4 * q));
  return w2 * expectation(gaussian_nodes(q), [&](double z) { return z * f.f(z) * f.slope(z); }) / q;
}

double correlation_map(const Nonlinearity& f, double sigma_w, double sigma_b, double q, double c) {
  assert(q > 0 && c >= -1 && c <= 1);
  return (sigma_w * sigma_w * pair_of_values(f, q, c) + sigma_b * sigma_b) / q;
}

double correlation_slope(const Nonlinearity& f, double sigma_w, double q, double c) {
  assert(q > 0 && c >= -1 && c <= 1);
  return sigma_w * sigma_w * pair_of_slopes(f, q, c);
}

std::string_view phase_name(Phase phase) {
  constexpr std::array<std::string_view, 4> kNames = {"ordered", "critical", "chaotic", "unbounded"};
  return kNames[static_cast<std::size_t>(phase)];
}

MeanField mean_field(const Nonlinearity& f, double sigma_w, double sigma_b, double q) {
  assert(sigma_w >= 0 && sigma_b >= 0 && q > 0);
  assert(std::isfinite(sigma_w) && std::isfinite(sigma_b) && std::isfinite(q));
  MeanField result;
  result.q_map = iterate_variance(f, sigma_w, sigma_b, q);
  const double w2 = sigma_w * sigma_w;
  if (const auto s = slope_below(f)) {
    result.q_star = settled_variance_of_slopes(w2 * (1 + *s * *s) / 2, sigma_b, q);
  } else {
    result.q_star = settled_variance(f, sigma_w, sigma_b, q);
  }
  const double at = std::isinf(result.q_star) ? kBoundlessQ : result.q_star == 0 ? kLimitQ : result.q_star;
  result.chi_1 = w2 * gaussian_moments(f, at).derivative_second;
  result.v_slope = variance_slope(f, sigma_w, at);
  result.xi_gradient = depth_scale(result.chi_1);
  result.phase = phase_of(result.q_star, result.chi_1);
  if (result.phase == Phase::kUnbounded) {
    result.c_star = result.c_slope = result.xi_q = result.xi_c = kNan;
    return result;
  }
  result.c_star =
      result.phase == Phase::kChaotic ? settled_correlation(f, sigma_w, sigma_b, at, result.chi_1) : 1;
  result.c_slope = result.c_star == 1 ? result.chi_1 : correlation_slope(f, sigma_w, at, result.c_star);
  result.xi_q = depth_scale(result.v_slope);
  result.xi_c = depth_scale(result.c_slope);
  return result;
}

}  // namespace initlab
