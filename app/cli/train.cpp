// `initlab train`: all lanes without a window; a table for people, JSON and CSV for programs, `--check` for
// proofs.
#include <fmt/format.h>
#include <CLI/CLI.hpp>

#include <algorithm>
#include <memory>
#include <set>

#include "app/assets.h"
#include "app/cli/arguments.h"
#include "app/cli/output.h"
#include "app/cli/text_table.h"
#include "app/cli/training.h"
#include "app/cli/verbs.h"
#include "core/experiment/comparison.h"
#include "core/experiment/result_json.h"
#include "core/numeric/number_text.h"

namespace initlab {
namespace {

struct TrainArguments {
  std::string experiment;
  std::vector<std::string> set;
  std::optional<std::string> steps;
  std::string every = "1000";
  std::optional<std::string> json;
  std::optional<std::string> csv;
  bool check = false;
};

std::string accuracy_text(const std::optional<double>& accuracy, std::size_t samples) {
  return accuracy ? percent_text(*accuracy, static_cast<std::int64_t>(samples)) : "-";
}

std::string result_table(const Snapshot& snapshot) {
  TextTable table({Align::kLeft, Align::kLeft, Align::kRight, Align::kRight, Align::kRight, Align::kRight,
                   Align::kRight, Align::kLeft});
  table.add({"lane", "scheme", "seed", "steps", "cost", "train", "test", "verdict"});
  for (const RunSnapshot& run : snapshot.runs) {
    table.add({run.lane.name, std::string(scheme(run.lane.scheme).id), std::to_string(run.lane.seed),
               count_text(run.step), cost_text(run.cost),
               accuracy_text(run.train_accuracy, snapshot.data->train.count()),
               accuracy_text(run.test_accuracy, snapshot.data->test.count()), run.verdicts.front().text});
  }
  return table.text();
}

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
      const std::int64_t last = run.history.size() - 1;
      if (step > last || (step % every != 0 && step != last)) continue;
      csv += fmt::format("{},{},{}\n", step, csv_cell(run.lane.name), run.history[step]);
    }
  };
  std::set<std::int64_t> lasts;
  for (const RunSnapshot& run : snapshot.runs) lasts.insert(run.history.size() - 1);
  for (std::int64_t step = 0; !lasts.empty();) {
    add_step(step);
    lasts.erase(step);
    if (lasts.empty()) break;
    step = std::min(*lasts.begin(), (step / every + 1) * every);
  }
  return csv;
}

// Everything that can be wrong is found before the first step.
std::optional<ExitCode> check_outputs(const TrainArguments& arguments) {
  if (arguments.json && arguments.json == arguments.csv) {
    return bad_input(
        fmt::format("--json and --csv both write to {}: two files are needed", in_quotes(*arguments.json)));
  }
  for (const auto& file : {arguments.json, arguments.csv}) {
    if (!file || is_standard_output(*file)) continue;
    if (const auto failure = cannot_be_written(*file)) {
      complain(*failure);
      return kCouldNotWrite;
    }
  }
  return std::nullopt;
}

ExitCode write_results(const TrainArguments& arguments, const Comparison& comparison,
                       const Snapshot& snapshot, std::int64_t every) {
  if (arguments.json) {
    const std::string json = result_to_json(snapshot, {.every = every}, fingerprint_of(comparison));
    const ExitCode code = write_output(*arguments.json, json);
    if (code != kDone) return code;
  }
  if (arguments.csv) {
    const ExitCode code = write_output(*arguments.csv, cost_csv(snapshot, every));
    if (code != kDone) return code;
  }
  if (arguments.json == "-" || arguments.csv == "-") return kDone;
  return print(result_table(snapshot));
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
  if (const auto failed = check_outputs(arguments)) return *failed;

  auto made = Comparison::make(std::move(experiment), comparison_options());
  if (const auto* error = error_in(made)) return bad_input(error->message);
  Comparison& comparison = *value_of(made);
  {
    const InterruptGuard guard;
    if (!train_to(comparison, comparison.experiment().training.steps)) return kInterrupted;
  }
  const auto snapshot = comparison.snapshot({.field = {1, 1}, .histograms = false});
  const ExitCode written = write_results(arguments, comparison, *snapshot, std::get<0>(every));
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
