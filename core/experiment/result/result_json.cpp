// `train --json`.
#include "core/experiment/result/result_json.h"

#include "core/experiment/result/result_entry.h"

namespace initlab {

std::string result_to_json(const Snapshot& snapshot, const ResultOptions& options,
                           const std::string& fingerprint) {
  Json json = {{"initlab", 1}, {"experiment", snapshot.experiment->name}, {"fingerprint", fingerprint}};
  json["lanes"] = Json::array();
  for (const RunSnapshot& run : snapshot.runs) json["lanes"].push_back(result_entry(run, options));
  return json.dump(1, ' ', false, Json::error_handler_t::replace) + "\n";
}

}  // namespace initlab
