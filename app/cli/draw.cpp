// `initlab draw`: one weight matrix and the law that its scheme states, side by side; the numbers themselves
// as .npy or CSV. Weights are numpy's of the same seed, bit for bit.
#include <fmt/format.h>
#include <CLI/CLI.hpp>

#include <algorithm>
#include <array>
#include <cmath>
#include <memory>
#include <nlohmann/json.hpp>

#include "app/cli/arguments.h"
#include "app/cli/draw_matrix.h"
#include "app/cli/json_figure.h"
#include "app/cli/output.h"
#include "app/cli/text_table.h"
#include "app/cli/verbs.h"
#include "core/numeric/npy.h"
#include "core/numeric/number_text.h"
#include "core/numeric/statistics.h"

namespace initlab {
namespace {

using Json = nlohmann::ordered_json;

std::string figure_text(double value) {
  return std::isnan(value) ? "-" : fmt::format("{:.6g}", value);
}

// What LSUV draws first has a law, what it makes of it depends on the inputs.
WeightLaw law_of(const DrawPlan& plan) {
  WeightLaw law = scheme(plan.scheme).law(plan.parameters, plan.layer);
  if (plan.scheme == SchemeId::kLsuv) law.distribution = WeightLaw::Distribution::kUnknown;
  return law;
}
bool is_known(const WeightLaw& law) {
  return law.distribution != WeightLaw::Distribution::kUnknown;
}

// Bars over equal bins between the smallest and the largest weight.
std::string histogram_text(const Matrix& w, const Summary& summary) {
  constexpr std::size_t kBins = 15;
  constexpr std::int64_t kLongestBar = 50;
  if (!(summary.min < summary.max)) return "";
  Histogram histogram;
  histogram.low = summary.min;
  histogram.high = summary.max;
  histogram.counts.resize(kBins);
  fill_histogram(w, histogram);
  const std::int64_t most = std::ranges::max(histogram.counts);
  TextTable table({Align::kRight, Align::kLeft, Align::kRight, Align::kLeft});
  for (std::size_t bin = 0; bin < kBins; ++bin) {
    const std::int64_t count = histogram.counts[bin];
    const double width = (summary.max - summary.min) / kBins;
    const double from = summary.min + width * static_cast<double>(bin);
    const auto length = static_cast<std::size_t>((count * kLongestBar + most - 1) / most);
    table.add({fmt::format("{:.3g}", from), fmt::format("to {:.3g}", from + width), count_text(count),
               std::string(length, '#')});
  }
  return "\n" + table.text();
}

std::string count_of(std::size_t count) {
  return count_text(static_cast<std::int64_t>(count));
}

// The scheme, the layer and what else decides the numbers.
std::string heading(const DrawPlan& plan, const Matrix& w) {
  const Scheme& row = scheme(plan.scheme);
  std::string text = fmt::format("{}: {}\n{} units of {} inputs each, {} weights", row.id,
                                 formula_with(row, plan.parameters), count_of(w.rows()),
                                 count_of(w.columns()), count_of(w.size()));
  if (plan.scheme != SchemeId::kFromFile) {
    text += fmt::format(", seed {}, followed by {}", plan.seed, activation(plan.layer.activation).id);
  }
  if (plan.scheme == SchemeId::kSiren) text += ", not the first layer";
  text += '\n';
  if (plan.scheme == SchemeId::kLsuv) {
    text +=
        fmt::format("divided by the spread of z over {} standard normal samples, drawn after the weights\n",
                    count_of(kLsuvSamples));
  }
  return text;
}

std::string moments_text(const WeightLaw& law, const Summary& measured) {
  TextTable table({Align::kLeft, Align::kRight, Align::kRight});
  table.add({"", "expected", "measured"});
  const auto add = [&](std::string name, double expected, double value) {
    table.add({std::move(name), is_known(law) ? figure_text(expected) : "-", figure_text(value)});
  };
  add("mean", law.mean, measured.mean);
  add("std", law.std, measured.std);
  add("min", law.min, measured.min);
  add("max", law.max, measured.max);
  std::string text = table.text();
  if (measured.non_finite > 0) text += fmt::format("not finite: {}\n", count_text(measured.non_finite));
  return text;
}

std::string biases_text(const Summary& b) {
  if (b.min == b.max) return fmt::format("biases: all {}\n", figure_text(b.min));
  return fmt::format("biases: mean {}, std {}, from {} to {}\n", figure_text(b.mean), figure_text(b.std),
                     figure_text(b.min), figure_text(b.max));
}

std::string draw_text(const DrawPlan& plan, const Drawing& drawing) {
  const WeightLaw law = law_of(plan);
  const Summary measured = summarize(drawing.w);
  return fmt::format("{}distribution: {}\n\n{}\n{}{}", heading(plan, drawing.w),
                     distribution_name(law.distribution), moments_text(law, measured),
                     biases_text(summarize(drawing.b)), histogram_text(drawing.w, measured));
}

Json summary_json(const Summary& summary) {
  return {{"mean", json_figure(summary.mean)},
          {"std", json_figure(summary.std)},
          {"min", json_figure(summary.min)},
          {"max", json_figure(summary.max)}};
}

std::string draw_json(const DrawPlan& plan, const Drawing& drawing) {
  const Scheme& row = scheme(plan.scheme);
  const WeightLaw law = law_of(plan);
  Json json = {{"scheme", row.id},
               {"fan_in", plan.layer.shape.fan_in},
               {"fan_out", plan.layer.shape.fan_out},
               {"seed", plan.seed},
               {"activation", activation(plan.layer.activation).id},
               {"formula", formula_with(row, plan.parameters)},
               {"distribution", distribution_name(law.distribution)}};
  json["expected"] = nullptr;
  if (is_known(law)) {
    json["expected"] = {{"mean", json_figure(law.mean)},
                        {"std", json_figure(law.std)},
                        {"min", json_figure(law.min)},
                        {"max", json_figure(law.max)}};
  }
  json["measured"] = summary_json(summarize(drawing.w));
  json["biases"] = summary_json(summarize(drawing.b));
  return json.dump(1, ' ', false, Json::error_handler_t::replace) + "\n";
}

// A row a unit, each number as short as it reads back the same.
std::string weights_csv(const Matrix& w) {
  std::string csv;
  for (std::size_t r = 0; r < w.rows(); ++r) csv += fmt::format("{}\n", fmt::join(w.row_span(r), ","));
  return csv;
}

int draw(const DrawArguments& arguments) {
  auto plan = plan_draw(arguments);
  if (const auto* error = error_in(plan)) return bad_input(error->message);
  const std::array outputs = {OutputFile{"--npy", arguments.npy}, OutputFile{"--csv", arguments.csv},
                              OutputFile{"--json", arguments.json}};
  if (const auto failed = check_outputs(outputs)) return *failed;
  auto drawn = draw_matrix(value_of(plan));
  if (const auto* error = error_in(drawn)) return bad_input(error->message);
  const Drawing& drawing = value_of(drawn);
  ExitCode code = kDone;
  if (arguments.npy) code = write_output(*arguments.npy, npy_bytes(drawing.w));
  if (code == kDone && arguments.csv) code = write_output(*arguments.csv, weights_csv(drawing.w));
  if (code == kDone && arguments.json) {
    code = write_output(*arguments.json, draw_json(value_of(plan), drawing));
  }
  if (code != kDone || any_is_standard_output(outputs)) return code;
  return print(draw_text(value_of(plan), drawing));
}

}  // namespace

VerbAction add_draw(CLI::App& app) {
  const auto arguments = std::make_shared<DrawArguments>();
  app.add_option("SCHEME", arguments->scheme, "a scheme (initlab list schemes)")
      ->required()
      ->option_text(" ");
  app.add_option("--fan-in", arguments->fan_in, "inputs of the layer")->required()->option_text("N");
  app.add_option("--fan-out", arguments->fan_out, "units of the layer")->required()->option_text("M");
  app.add_option("--seed", arguments->seed, "seed of numpy's generator (0)")->option_text("K");
  app.add_option("--activation", arguments->activation, "what follows the layer (relu)")->option_text("A");
  app.add_option(
         "--set", arguments->set,
         "what a lane may set of its scheme, such as std=0.1 or gain=2; slope of leaky_relu; repeatable")
      ->allow_extra_args(false)
      ->option_text("KEY=VALUE");
  app.add_option("--npy", arguments->npy, "write the weights for numpy.load, shape (M, N)")
      ->option_text("FILE");
  app.add_option("--csv", arguments->csv, "write the weights, a row a unit; - is standard output")
      ->option_text("FILE");
  app.add_option("--json", arguments->json, "write the figures; - is standard output")->option_text("FILE");
  return [arguments] { return draw(*arguments); };
}

}  // namespace initlab
