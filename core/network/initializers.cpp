// The rows of the schemes. All but the constants are one draw, normal or uniform, times one scale.
#include "core/network/initializers.h"

#include <fmt/format.h>

#include <array>
#include <cassert>
#include <cmath>
#include <limits>

namespace initlab {
namespace {

constexpr double kInfinity = std::numeric_limits<double>::infinity();

double as_double(std::size_t count) {
  return static_cast<double>(count);
}
LayerShape shape_of(const Matrix& w) {
  return {.fan_in = w.columns(), .fan_out = w.rows()};
}

// randn(n_out, n_in) * std, in numpy's order.
void draw_normal(double mean, double std, NumpyRandom& random, Matrix& w) {
  for (std::size_t r = 0; r < w.rows(); ++r) {
    for (double& weight : w.row_span(r)) weight = random.randn() * std;
    if (mean != 0) {
      for (double& weight : w.row_span(r)) weight += mean;
    }
  }
}
WeightLaw normal_law(double mean, double std) {
  if (std == 0) return {mean, 0, mean, mean};
  return {mean, std::abs(std), -kInfinity, kInfinity};
}

// uniform(-limit, limit, (n_out, n_in)), in numpy's order.
void draw_uniform(double limit, NumpyRandom& random, Matrix& w) {
  for (std::size_t r = 0; r < w.rows(); ++r) {
    for (double& weight : w.row_span(r)) weight = random.uniform(-limit, limit);
  }
}
WeightLaw uniform_law(double limit) {
  const double size = std::abs(limit);
  return {0, size / std::sqrt(3.0), -size, size};
}

void draw_constant(double value, Matrix& w) {
  for (std::size_t r = 0; r < w.rows(); ++r) {
    for (double& weight : w.row_span(r)) weight = value;
  }
}
WeightLaw constant_law(double value) {
  return {value, 0, value, value};
}

// gain * sqrt(numerator / denominator): the one scale rule of the Xavier and He families.
double scale(double gain, double numerator, double denominator) {
  return gain * std::sqrt(numerator / denominator);
}
double xavier_std(const SchemeParameters& p, LayerShape s) {
  return scale(p.gain, 2, as_double(s.fan_in + s.fan_out));
}
double xavier_limit(const SchemeParameters& p, LayerShape s) {
  return scale(p.gain, 6, as_double(s.fan_in + s.fan_out));
}
double he_std(const SchemeParameters& p, LayerShape s) {
  return scale(p.gain, 2, as_double(s.fan_in));
}
double he_limit(const SchemeParameters& p, LayerShape s) {
  return scale(p.gain, 6, as_double(s.fan_in));
}

constexpr std::array kSchemes = {
    Scheme{
        .kind = SchemeId::kZeros,
        .id = "zeros",
        .label = "Zeros",
        .formula = "W = 0",
        .help =
            "Every weight is 0: all units of a layer are copies, and under ReLU or tanh no gradient arrives.",
        .reference = "Goodfellow, Bengio and Courville 2016, Deep Learning, 8.4 (why not)",
        .pytorch = "zeros_",
        .keras = "Zeros",
        .parameters = "",
        .draw = [](const SchemeParameters&, NumpyRandom&, Matrix& w) { draw_constant(0, w); },
        .law = [](const SchemeParameters&, LayerShape) { return constant_law(0); }},
    Scheme{.kind = SchemeId::kConstant,
           .id = "constant",
           .label = "Constant",
           .formula = "W = value",
           .help = "Every weight is the same: gradients flow, yet the units of a layer stay copies for ever.",
           .reference = "Goodfellow, Bengio and Courville 2016, Deep Learning, 8.4 (why not)",
           .pytorch = "constant_",
           .keras = "Constant",
           .parameters = "value",
           .draw = [](const SchemeParameters& p, NumpyRandom&,
                      Matrix& w) { draw_constant(p.gain * p.value, w); },
           .law = [](const SchemeParameters& p, LayerShape) { return constant_law(p.gain * p.value); }},
    Scheme{
        .kind = SchemeId::kNormal,
        .id = "normal",
        .label = "Normal",
        .formula = "W ~ N(mean, std²)",
        .help = "One width for every layer, whatever its size: 0.01 fades with depth, 10 saturates at once.",
        .reference = "Krizhevsky, Sutskever and Hinton 2012 (std 0.01)",
        .pytorch = "normal_",
        .keras = "RandomNormal",
        .parameters = "mean std",
        .draw = [](const SchemeParameters& p, NumpyRandom& random,
                   Matrix& w) { draw_normal(p.gain * p.mean, p.gain * p.std, random, w); },
        .law = [](const SchemeParameters& p,
                  LayerShape) { return normal_law(p.gain * p.mean, p.gain * p.std); }},
    Scheme{.kind = SchemeId::kUniform,
           .id = "uniform",
           .label = "Uniform",
           .formula = "W ~ U[−limit, limit]",
           .help = "Evenly spread between two limits, the same for every layer.",
           .reference = "",
           .pytorch = "uniform_",
           .keras = "RandomUniform",
           .parameters = "limit",
           .draw = [](const SchemeParameters& p, NumpyRandom& random,
                      Matrix& w) { draw_uniform(p.gain * p.limit, random, w); },
           .law = [](const SchemeParameters& p, LayerShape) { return uniform_law(p.gain * p.limit); }},
    Scheme{.kind = SchemeId::kXavierNormal,
           .id = "xavier_normal",
           .label = "Xavier normal",
           .formula = "W ~ N(0, 2 / (fan_in + fan_out))",
           .help = "Keeps the variance of signal and gradient alike through tanh layers near 0.",
           .reference =
               "Glorot and Bengio 2010, Understanding the difficulty of training deep feedforward networks",
           .pytorch = "xavier_normal_",
           .keras = "GlorotNormal (truncated)",
           .parameters = "",
           .draw = [](const SchemeParameters& p, NumpyRandom& random,
                      Matrix& w) { draw_normal(0, xavier_std(p, shape_of(w)), random, w); },
           .law = [](const SchemeParameters& p, LayerShape s) { return normal_law(0, xavier_std(p, s)); }},
    Scheme{.kind = SchemeId::kXavierUniform,
           .id = "xavier_uniform",
           .label = "Xavier uniform",
           .formula = "W ~ U[−a, a], a = √(6 / (fan_in + fan_out))",
           .help = "Xavier's variance from a uniform law: Keras' default for dense layers.",
           .reference =
               "Glorot and Bengio 2010, Understanding the difficulty of training deep feedforward networks",
           .pytorch = "xavier_uniform_",
           .keras = "GlorotUniform",
           .parameters = "",
           .draw = [](const SchemeParameters& p, NumpyRandom& random,
                      Matrix& w) { draw_uniform(xavier_limit(p, shape_of(w)), random, w); },
           .law = [](const SchemeParameters& p, LayerShape s) { return uniform_law(xavier_limit(p, s)); }},
    Scheme{.kind = SchemeId::kHeNormal,
           .id = "he_normal",
           .label = "He normal",
           .formula = "W ~ N(0, 2 / fan_in)",
           .help = "Twice the variance of 1 / fan_in, because ReLU silences half of the signal.",
           .reference = "He, Zhang, Ren and Sun 2015, Delving Deep into Rectifiers",
           .pytorch = "kaiming_normal_",
           .keras = "HeNormal (truncated)",
           .parameters = "",
           .draw = [](const SchemeParameters& p, NumpyRandom& random,
                      Matrix& w) { draw_normal(0, he_std(p, shape_of(w)), random, w); },
           .law = [](const SchemeParameters& p, LayerShape s) { return normal_law(0, he_std(p, s)); }},
    Scheme{.kind = SchemeId::kHeUniform,
           .id = "he_uniform",
           .label = "He uniform",
           .formula = "W ~ U[−a, a], a = √(6 / fan_in)",
           .help = "He's variance from a uniform law.",
           .reference = "He, Zhang, Ren and Sun 2015, Delving Deep into Rectifiers",
           .pytorch = "kaiming_uniform_",
           .keras = "HeUniform",
           .parameters = "",
           .draw = [](const SchemeParameters& p, NumpyRandom& random,
                      Matrix& w) { draw_uniform(he_limit(p, shape_of(w)), random, w); },
           .law = [](const SchemeParameters& p, LayerShape s) { return uniform_law(he_limit(p, s)); }},
};
static_assert(kSchemes.size() == static_cast<std::size_t>(SchemeId::kCount));

// "0.01", "10": as short as the number allows.
std::string number(double value) {
  return fmt::format("{:g}", value);
}

}  // namespace

bool Scheme::reads(std::string_view key) const {
  if (key == "gain") return true;
  std::string_view rest = parameters;
  while (!rest.empty()) {
    const std::size_t end = rest.find(' ');
    if (rest.substr(0, end) == key) return true;
    if (end == std::string_view::npos) break;
    rest.remove_prefix(end + 1);
  }
  return false;
}

std::span<const Scheme> schemes() {
  return kSchemes;
}

const Scheme& scheme(SchemeId kind) {
  const Scheme& row = kSchemes[static_cast<std::size_t>(kind)];
  assert(row.kind == kind);
  return row;
}

std::string formula_with(const Scheme& scheme, const SchemeParameters& parameters) {
  const std::string gain = parameters.gain == 1 ? "" : number(parameters.gain) + " × ";
  switch (scheme.kind) {
    case SchemeId::kZeros:
      return std::string(scheme.formula);
    case SchemeId::kConstant:
      return fmt::format("W = {}{}", gain, number(parameters.value));
    case SchemeId::kNormal:
      return fmt::format("W ~ {}N({}, {}²)", gain, number(parameters.mean), number(parameters.std));
    case SchemeId::kUniform:
      return fmt::format("W ~ {}U[−{}, {}]", gain, number(parameters.limit), number(parameters.limit));
    default:
      break;
  }
  // "W ~ N(0, ...)" becomes "W ~ 2 × N(0, ...)".
  std::string formula(scheme.formula);
  return formula.insert(formula.find("~ ") + 2, gain);
}

}  // namespace initlab
