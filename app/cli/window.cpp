// `initlab` without a verb: the window.
#include <fmt/format.h>
#include <CLI/CLI.hpp>

#include <memory>

#include "app/assets.h"
#include "app/cli/arguments.h"
#include "app/cli/output.h"
#include "app/cli/verbs.h"
#include "app/lab.h"
#include "app/settings_file.h"

namespace initlab {

namespace {

constexpr const char* kFirstExperiment = "course-initialization";

// What the last start ended with, where it can be made again.
std::unique_ptr<Comparison> last_comparison(Memory& memory) {
  if (!memory.experiment()) return nullptr;
  auto comparison = Comparison::make(*memory.experiment(), comparison_options());
  if (const auto* error = error_in(comparison)) {
    memory.reject_experiment(error->message);
    return nullptr;
  }
  return std::move(value_of(comparison));
}

int open_window(const std::string& name, std::span<const std::string_view> verbs) {
  Memory memory(settings_path(), last_experiment_path());
  std::unique_ptr<Comparison> comparison = name.empty() ? last_comparison(memory) : nullptr;
  const std::string wanted = name.empty() ? kFirstExperiment : name;
  if (comparison == nullptr) {
    auto experiment = find_experiment(wanted, verbs);
    if (const auto* error = error_in(experiment)) return bad_input(error->message);
    auto made = Comparison::make(std::move(value_of(experiment)), comparison_options());
    if (const auto* error = error_in(made)) return bad_input(error->message);
    comparison = std::move(value_of(made));
  }
  if (const auto failure = run_laboratory(std::move(comparison), {.memory = &memory})) {
    complain(fmt::format("{}; pictures need none: initlab shot {} -o picture.png", *failure, wanted));
    return kNoDisplay;
  }
  return kDone;
}

}  // namespace

VerbAction add_window(CLI::App& app, std::span<const std::string_view> verbs) {
  const auto name = std::make_shared<std::string>();
  app.add_option("EXPERIMENT", *name,
                 "opens the window with it: a name (initlab list experiments) or a file; without one, with "
                 "the last one")
      ->option_text(" ");
  return [name, verbs]() -> int { return open_window(*name, verbs); };
}

}  // namespace initlab
