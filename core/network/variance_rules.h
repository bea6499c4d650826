// What variance each family of schemes gives to a weight, its gain left out. Shapes, activation and
// parameters go in; weight_laws.h draws what comes out.
#pragma once

#include "core/network/weight_laws.h"

namespace initlab {

// 2 / (fan_in + fan_out). Glorot and Bengio 2010.
Variance xavier_variance(const SchemeParameters& parameters, const LayerContext& layer);
// 1 / fan_in: LeCun's, and the form of Xavier's that looks forward only.
Variance one_over_fan_in(const SchemeParameters& parameters, const LayerContext& layer);
// 2 / fan, for leaky ReLU 2 / (1 + slope^2) / fan, whatever else follows the layer. He et al. 2015.
Variance he_variance(const SchemeParameters& parameters, const LayerContext& layer);
// 1 / (3 fan_in): kaiming_uniform_(a = sqrt(5)), which is U[-1/sqrt(fan_in), 1/sqrt(fan_in)].
Variance pytorch_variance(const SchemeParameters& parameters, const LayerContext& layer);
// Xavier's, or a third of it under sigmoid; the hidden activation decides for the output layer too.
Variance sklearn_variance(const SchemeParameters& parameters, const LayerContext& layer);
// 1 / (3 fan_in^2) in the first layer, 2 / (omega^2 fan_in) in the others. Sitzmann et al. 2020.
Variance siren_variance(const SchemeParameters& parameters, const LayerContext& layer);

}  // namespace initlab
