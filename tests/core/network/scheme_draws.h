// Draws of a row in a layer, shared by the tests of the schemes.
#pragma once

#include <algorithm>
#include <cmath>
#include <vector>

#include "core/network/initializers.h"

namespace initlab {

struct DrawCase {
  LayerShape shape;
  std::uint32_t seed;
};
// Narrow, wide, tall, square.
inline constexpr DrawCase kDrawCases[] = {{{64, 100}, 1}, {{300, 40}, 2}, {{2, 4000}, 3}, {{512, 512}, 4}};

inline LayerContext layer_of(const LayerShape& shape) {
  LayerContext layer;
  layer.shape = shape;
  return layer;
}

inline Matrix drawn(const Scheme& row, const SchemeParameters& parameters, const LayerContext& layer,
                    std::uint32_t seed) {
  Matrix w(layer.shape.fan_out, layer.shape.fan_in);
  NumpyRandom random(seed);
  row.draw(parameters, layer, random, w);
  return w;
}

inline std::vector<double> values_of(const Matrix& w) {
  std::vector<double> values;
  for (std::size_t r = 0; r < w.rows(); ++r)
    values.insert(values.end(), w.row_span(r).begin(), w.row_span(r).end());
  return values;
}

// Largest distance between the sample's distribution and `cdf`: Kolmogorov and Smirnov.
template <class Cdf>
double distance_from_law(std::vector<double> values, Cdf&& cdf) {
  std::sort(values.begin(), values.end());
  const auto count = static_cast<double>(values.size());
  double worst = 0;
  for (std::size_t i = 0; i < values.size(); ++i) {
    const double p = cdf(values[i]);
    worst = std::max({worst, std::abs(p - static_cast<double>(i) / count),
                      std::abs(static_cast<double>(i + 1) / count - p)});
  }
  return worst;
}
// D sqrt(N) of a sample that follows the law stays below this but for one in 10,000.
inline constexpr double kKolmogorovLimit = 2.2252514;

}  // namespace initlab
