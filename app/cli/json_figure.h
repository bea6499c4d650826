// Numbers in the JSON of the verbs: those that are not finite are the strings "inf", "-inf" and "nan".
#pragma once

#include <cmath>
#include <nlohmann/json.hpp>

namespace initlab {

inline nlohmann::ordered_json json_figure(double value) {
  if (std::isnan(value)) return "nan";
  if (std::isinf(value)) return value > 0 ? "inf" : "-inf";
  return value;
}

}  // namespace initlab
