// One lane of `train --json` as a JSON value: what is written, and what the paths of `expect` lead into.
#pragma once

#include <nlohmann/json.hpp>

#include "core/experiment/result/result_json.h"

namespace initlab {

using Json = nlohmann::ordered_json;

// Numbers that are not finite are the strings "inf", "-inf", "nan"; what is not known is null.
Json result_entry(const RunSnapshot& run, const ResultOptions& options);

}  // namespace initlab
