// Each as a fraction whose root is one division and one root away, as notebooks write it.
#include "core/network/variance_rules.h"

namespace initlab {
namespace {

double as_double(std::size_t count) {
  return static_cast<double>(count);
}
double both_fans(const LayerShape& shape) {
  return as_double(shape.fan_in + shape.fan_out);
}

}  // namespace

Variance xavier_variance(const SchemeParameters&, const LayerContext& layer) {
  return {2, both_fans(layer.shape)};
}

Variance one_over_fan_in(const SchemeParameters&, const LayerContext& layer) {
  return {1, as_double(layer.shape.fan_in)};
}

Variance he_variance(const SchemeParameters& p, const LayerContext& layer) {
  const double slope = layer.activation_parameters.slope;
  const double gain_squared = layer.activation == ActivationId::kLeakyRelu ? 2 / (1 + slope * slope) : 2;
  const bool is_forward = p.mode == FanMode::kFanIn;
  return {gain_squared, as_double(is_forward ? layer.shape.fan_in : layer.shape.fan_out)};
}

Variance pytorch_variance(const SchemeParameters&, const LayerContext& layer) {
  return {1.0 / 3, as_double(layer.shape.fan_in)};
}

Variance sklearn_variance(const SchemeParameters&, const LayerContext& layer) {
  const bool is_logistic = layer.activation == ActivationId::kSigmoid;
  return {is_logistic ? 2.0 / 3 : 2.0, both_fans(layer.shape)};
}

Variance siren_variance(const SchemeParameters& p, const LayerContext& layer) {
  const double fan_in = as_double(layer.shape.fan_in);
  if (layer.is_first) return {1.0 / 3, fan_in * fan_in};
  return {2, fan_in * p.omega * p.omega};
}

}  // namespace initlab
