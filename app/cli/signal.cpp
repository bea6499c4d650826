// `initlab signal`: one forward and one backward pass through the untrained networks of an experiment, with
// what theory predicts beside what is measured. Nothing is trained, save the runs that a lane begins from.
#include <fmt/format.h>
#include <CLI/CLI.hpp>

#include <algorithm>
#include <array>
#include <memory>

#include "app/assets.h"
#include "app/cli/arguments.h"
#include "app/cli/output.h"
#include "app/cli/text_table.h"
#include "app/cli/verbs.h"
#include "core/experiment/comparison.h"
#include "core/experiment/result/result_json.h"
#include "core/numeric/number_text.h"

namespace initlab {
namespace {

struct SignalArguments {
  std::string experiment;
  std::vector<std::string> set;
  std::optional<std::string> json;
};

std::string figure_text(double value) {
  return fmt::format("{:.4g}", value);
}
std::string figure_text(const std::optional<double>& value) {
  return value ? figure_text(*value) : "-";
}
std::string share_or_dash(const std::optional<double>& share) {
  return share ? share_text(*share) : "-";
}

// Measured over predicted.
std::string ratio_text(double measured, const std::optional<double>& predicted) {
  return predicted && *predicted > 0 ? fmt::format("{:.3f}", measured / *predicted) : "-";
}

std::string layer_table(const RunSnapshot& run) {
  constexpr std::size_t kColumns = 13;
  TextTable table(std::vector<Align>(kColumns, Align::kRight));
  table.add({"layer", "units", "std of z", "theory", "ratio", "mean of a", "std of a", "std of dz", "theory",
             "ratio", "dead", "saturated", "rank"});
  for (std::size_t l = 0; l < run.layers.size(); ++l) {
    const LayerProbe& layer = run.layers[l];
    const LayerTheory theory = run.theory ? run.theory->layers[l] : LayerTheory{};
    const double z = layer.z.summary.std;
    const double d_z = layer.d_z.summary.std;
    table.add({std::to_string(layer.layer), std::to_string(layer.units), figure_text(z),
               figure_text(theory.z_std), ratio_text(z, theory.z_std), figure_text(layer.a.summary.mean),
               figure_text(layer.a.summary.std), figure_text(d_z), figure_text(theory.d_z_std),
               ratio_text(d_z, theory.d_z_std), share_or_dash(layer.dead()), share_or_dash(layer.saturated),
               figure_text(layer.effective_rank)});
  }
  return table.text();
}

// Where an endless stack of the lane's hidden layers would take signals and gradients.
std::string phase_line(const RunSnapshot& run) {
  if (!run.theory || !run.theory->stack) {
    return "phase: none; theory has one for two or more hidden layers of independent weights around 0";
  }
  const MeanField& stack = *run.theory->stack;
  return fmt::format("phase: {}; chi_1 {} is the growth of a squared gradient a layer, q settles at {}",
                     phase_name(stack.phase), figure_text(stack.chi_1), figure_text(stack.q_star));
}

std::string lane_text(const RunSnapshot& run) {
  std::string text = fmt::format("{}: {}, seed {}, cost {}\n\n", run.lane.name,
                                 formula_with(scheme(run.lane.scheme), run.lane.parameters), run.lane.seed,
                                 cost_text(run.cost));
  text += layer_table(run);
  text += '\n' + phase_line(run) + '\n';
  for (const Verdict& verdict : run.verdicts) text += verdict.text + '\n';
  // What several verdicts advise is said once.
  std::vector<std::string_view> said;
  for (const Verdict& verdict : run.verdicts) {
    if (verdict.advice.empty() || std::ranges::find(said, verdict.advice) != said.end()) continue;
    said.push_back(verdict.advice);
    text += verdict.advice + '\n';
  }
  return text;
}

std::string signal_text(const Snapshot& snapshot) {
  std::string text;
  for (const RunSnapshot& run : snapshot.runs) text += (text.empty() ? "" : "\n\n") + lane_text(run);
  return text;
}

int signal(const SignalArguments& arguments) {
  auto found = find_experiment(arguments.experiment);
  if (const auto* error = error_in(found)) return bad_input(error->message);
  if (const auto error = apply_assignments(value_of(found), arguments.set)) return bad_input(error->message);
  const std::array outputs = {OutputFile{"--json", arguments.json}};
  if (const auto failed = check_outputs(outputs)) return *failed;
  auto made = Comparison::make(std::move(value_of(found)), comparison_options());
  if (const auto* error = error_in(made)) return bad_input(error->message);
  Comparison& comparison = *value_of(made);
  const auto snapshot = comparison.snapshot({.field = {1, 1}, .histograms = false});
  if (arguments.json) {
    const std::string json = result_to_json(*snapshot, {.predicted = true}, fingerprint_of(comparison));
    const ExitCode code = write_output(*arguments.json, json);
    if (code != kDone || any_is_standard_output(outputs)) return code;
  }
  return print(signal_text(*snapshot));
}

}  // namespace

VerbAction add_signal(CLI::App& app) {
  const auto arguments = std::make_shared<SignalArguments>();
  app.add_option("EXPERIMENT", arguments->experiment, "a name (initlab list experiments) or a file")
      ->required()
      ->option_text(" ");
  app.add_option("--set", arguments->set,
                 "change a setting first, such as network.activation=tanh; repeatable")
      ->allow_extra_args(false)
      ->option_text("SETTING=VALUE");
  app.add_option("--json", arguments->json, "write every figure of every layer; - is standard output")
      ->option_text("FILE");
  return [arguments] { return signal(*arguments); };
}

}  // namespace initlab
