// `initlab` without a verb: the window.
#include <fmt/format.h>
#include <CLI/CLI.hpp>

#include <memory>

#include "app/assets.h"
#include "app/cli/arguments.h"
#include "app/cli/output.h"
#include "app/cli/verbs.h"
#include "app/lab.h"

namespace initlab {

VerbAction add_window(CLI::App& app, std::span<const std::string_view> verbs) {
  const auto name = std::make_shared<std::string>("course-initialization");
  app.add_option("EXPERIMENT", *name, "opens the window with it: a name (initlab list experiments) or a file")
      ->option_text(" ");
  return [name, verbs]() -> int {
    auto experiment = find_experiment(*name, verbs);
    if (const auto* error = error_in(experiment)) return bad_input(error->message);
    auto comparison = Comparison::make(std::move(value_of(experiment)), comparison_options());
    if (const auto* error = error_in(comparison)) return bad_input(error->message);
    if (const auto failure = run_laboratory(std::move(value_of(comparison)), {})) {
      complain(fmt::format("{}; pictures need none: initlab shot {} -o picture.png", *failure, *name));
      return kNoDisplay;
    }
    return kDone;
  };
}

}  // namespace initlab
