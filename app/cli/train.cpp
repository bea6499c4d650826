// `initlab train`: all lanes without a window; a table for people, JSON and CSV for programs, `--check` for
// proofs.
#include <fmt/format.h>
#include <CLI/CLI.hpp>

#include <algorithm>
#include <array>
#include <filesystem>
#include <memory>
#include <set>

#include "app/assets.h"
#include "app/cli/arguments.h"
#include "app/cli/output.h"
#include "app/cli/result_text.h"
#include "app/cli/training.h"
#include "app/cli/verbs.h"
#include "core/experiment/comparison.h"
#include "core/experiment/result/result_json.h"
#include "core/network/weights_file.h"

namespace initlab {
namespace {

struct TrainArguments {
  std::string experiment;
  std::vector<std::string> set;
  std::optional<std::string> steps;
  std::string every = "1000";
  std::optional<std::string> json;
  std::optional<std::string> csv;
  std::optional<std::string> save_weights;
  bool check = false;
};

std::string csv_cell(const std::string& text) {
  if (text.find_first_of(",\"\r\n") == std::string::npos) return text;
  std::string cell = "\"";
  for (const char c : text) cell += c == '"' ? std::string("\"\"") : std::string(1, c);
  return cell + '"';
}

// A row for every lane at every `every`-th step, step 0 and the lane's last included, in the order of the
// steps.
std::string cost_csv(const Snapshot& snapshot, std::int64_t every) {
  std::string csv = "step,lane,cost\n";
  const auto add_step = [&](std::int64_t step) {
    for (const RunSnapshot& run : snapshot.runs) {
      const std::int64_t last = run.step;
      if (step > last || (step % every != 0 && step != last)) continue;
      csv += fmt::format("{},{},{}\n", step, csv_cell(run.lane.name), run.history[step]);
    }
  };
  std::set<std::int64_t> lasts;
  for (const RunSnapshot& run : snapshot.runs) lasts.insert(run.step);
  for (std::int64_t step = 0; !lasts.empty();) {
    add_step(step);
    lasts.erase(step);
    if (lasts.empty()) break;
    step = std::min(*lasts.begin(), (step / every + 1) * every);
  }
  return csv;
}

// Everything that can be wrong is found before the first step.
std::optional<ExitCode> check_files(const TrainArguments& arguments, std::span<const OutputFile> outputs) {
  const auto& weights = arguments.save_weights;
  if (weights == "-") {
    return bad_input("--save-weights \"-\": the name of a file is allowed, such as weights.npz");
  }
  if (const auto failed = check_outputs(outputs)) return *failed;
  std::error_code ignored;
  if (weights && std::filesystem::exists(*weights, ignored) &&
      !std::filesystem::is_regular_file(*weights, ignored)) {
    complain(fmt::format("cannot write {}: not a regular file", in_quotes(*weights)));
    return kCouldNotWrite;
  }
  return std::nullopt;
}

// The networks that are shown: W1, b1, ... of one lane, lane1_W1, ... of several.
ExitCode save_weights(const std::string& file, const Comparison& comparison) {
  const std::size_t lanes = comparison.experiment().lanes.size();
  std::vector<NamedNetwork> networks;
  for (std::size_t lane = 0; lane < lanes; ++lane) {
    networks.push_back({.prefix = lanes == 1 ? "" : fmt::format("lane{}_", lane + 1),
                        .network = &comparison.run(lane).network()});
  }
  if (const auto error = write_weights(file, networks)) {
    complain(error->message);
    return kCouldNotWrite;
  }
  return kDone;
}

ExitCode write_results(const TrainArguments& arguments, std::span<const OutputFile> outputs,
                       const Comparison& comparison, const Snapshot& snapshot, std::int64_t every) {
  if (arguments.save_weights) {
    const ExitCode code = save_weights(*arguments.save_weights, comparison);
    if (code != kDone) return code;
  }
  if (arguments.json) {
    const std::string json = result_to_json(snapshot, {.every = every}, fingerprint_of(comparison));
    const ExitCode code = write_output(*arguments.json, json);
    if (code != kDone) return code;
  }
  if (arguments.csv) {
    const ExitCode code = write_output(*arguments.csv, cost_csv(snapshot, every));
    if (code != kDone) return code;
  }
  if (any_is_standard_output(outputs)) return kDone;
  return print(result_text(snapshot));
}

ExitCode check_expectations(const Snapshot& snapshot) {
  if (snapshot.experiment->expect.empty()) {
    complain(fmt::format("--check: \"{}\" expects nothing (its file has no \"expect\")",
                         snapshot.experiment->name));
  }
  const std::vector<std::string> failures = failed_expectations(snapshot);
  for (const std::string& failure : failures) complain(failure);
  return failures.empty() ? kDone : kExpectationFailed;
}

int train(const TrainArguments& arguments) {
  auto found = find_experiment(arguments.experiment);
  if (const auto* error = error_in(found)) return bad_input(error->message);
  Experiment& experiment = value_of(found);
  if (const auto error = apply_assignments(experiment, arguments.set)) return bad_input(error->message);
  if (arguments.steps) {
    const auto steps = read_whole_number("--steps", *arguments.steps, 1, kMaximumSteps);
    if (const auto* error = error_in(steps)) return bad_input(error->message);
    if (const auto error = set_by_path(experiment, "training.steps", std::to_string(std::get<0>(steps)))) {
      return bad_input(fmt::format("--steps {}: {}", in_quotes(*arguments.steps), error->message));
    }
  }
  const auto every = read_whole_number("--every", arguments.every, 1, kMaximumSteps);
  if (const auto* error = error_in(every)) return bad_input(error->message);
  const std::array outputs = {OutputFile{"--json", arguments.json}, OutputFile{"--csv", arguments.csv},
                              OutputFile{"--save-weights", arguments.save_weights}};
  if (const auto failed = check_files(arguments, outputs)) return *failed;

  auto made = Comparison::make(std::move(experiment), comparison_options());
  if (const auto* error = error_in(made)) return bad_input(error->message);
  Comparison& comparison = *value_of(made);
  {
    const InterruptGuard guard;
    if (!train_to(comparison, comparison.experiment().training.steps)) return kInterrupted;
  }
  const auto snapshot = comparison.snapshot({.field = {1, 1}, .histograms = false});
  const ExitCode written = write_results(arguments, outputs, comparison, *snapshot, std::get<0>(every));
  const ExitCode checked = arguments.check ? check_expectations(*snapshot) : kDone;
  return written != kDone ? written : checked;
}

}  // namespace

VerbAction add_train(CLI::App& app) {
  const auto arguments = std::make_shared<TrainArguments>();
  app.add_option("EXPERIMENT", arguments->experiment, "a name (initlab list experiments) or a file")
      ->required()
      ->option_text(" ");
  app.add_flag("--check", arguments->check,
               "hold the result against what the experiment expects; exit 1 if not met")
      ->disable_flag_override();
  app.add_option("--save-weights", arguments->save_weights,
                 "write the trained weights as an .npz for numpy.load, or for the scheme from_file")
      ->option_text("FILE");
  app.add_option("--set", arguments->set,
                 "change a setting first, such as training.learning_rate=0.05; repeatable")
      ->allow_extra_args(false)
      ->option_text("SETTING=VALUE");
  app.add_option("--steps", arguments->steps, "steps to train, instead of the experiment's")
      ->option_text("N");
  app.add_option("--every", arguments->every, "steps between two costs in --json and --csv (1000)")
      ->option_text("N");
  app.add_option("--json", arguments->json, "write the whole result; - is standard output")
      ->option_text("FILE");
  app.add_option("--csv", arguments->csv, "write the costs: step,lane,cost; - is standard output")
      ->option_text("FILE");
  return [arguments] { return train(*arguments); };
}

}  // namespace initlab
