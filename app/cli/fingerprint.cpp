// `initlab fingerprint`: one hash over a fixed list of small experiments. Two builds or machines with the
// same print compute the same bits.
#include <CLI/CLI.hpp>

#include <memory>

#include "app/cli/arguments.h"
#include "app/cli/output.h"
#include "app/cli/verbs.h"
#include "core/experiment/result/result_json.h"

namespace initlab {

VerbAction add_fingerprint(CLI::App& app) {
  constexpr std::int64_t kMostThreads = 256;
  const auto threads = std::make_shared<std::string>("0");
  app.add_option("--threads", *threads,
                 "threads that share the work (0: as many as there are cores); the hash is the same")
      ->option_text("N");
  return [threads]() -> int {
    const auto count = read_whole_number("--threads", *threads, 0, kMostThreads);
    if (const auto* error = error_in(count)) return bad_input(error->message);
    return print(fingerprint(static_cast<unsigned>(std::get<0>(count))) + '\n');
  };
}

}  // namespace initlab
