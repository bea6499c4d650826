// `initlab theory`: mean-field figures of one activation, a standard deviation of weights and one of biases:
// a table for people, JSON for programs. No network and no data; `signal` holds theory against those.
#include <fmt/format.h>
#include <CLI/CLI.hpp>

#include <algorithm>
#include <array>
#include <cmath>
#include <memory>
#include <nlohmann/json.hpp>

#include "app/cli/arguments.h"
#include "app/cli/json_figure.h"
#include "app/cli/output.h"
#include "app/cli/text_table.h"
#include "app/cli/verbs.h"
#include "core/network/mean_field.h"
#include "core/numeric/input_text.h"

namespace initlab {
namespace {

using Json = nlohmann::ordered_json;

struct TheoryArguments {
  std::string activation;
  std::string sigma_w;
  std::string sigma_b = "0";
  std::string q = "1";
  std::vector<std::string> set;
  std::optional<std::string> json;
};

// What is asked, once it is read.
struct Question {
  Nonlinearity f;
  double sigma_w = 0;
  double sigma_b = 0;
  double q = 1;
};

// What `--set` may change, and whose it is.
struct Parameter {
  std::string_view key;
  double minimum, maximum;
  ActivationId reader;
  double ActivationParameters::*member;
};
constexpr std::array kParameters = {
    Parameter{"slope", -10, 10, ActivationId::kLeakyRelu, &ActivationParameters::slope},
    Parameter{"frequency", 0.001, 1000, ActivationId::kSine, &ActivationParameters::frequency},
};

std::optional<InputError> set_parameter(std::string_view text, Nonlinearity& f) {
  const std::size_t equals = text.find('=');
  if (equals == std::string_view::npos) {
    return InputError{
        fmt::format("--set {}: KEY=VALUE is allowed, such as slope=0.2 or frequency=30", in_quotes(text))};
  }
  const std::string_view key = text.substr(0, equals);
  const auto* row = std::ranges::find(kParameters, key, &Parameter::key);
  if (row == kParameters.end()) {
    std::array<std::string_view, kParameters.size()> keys;
    std::ranges::transform(kParameters, keys.begin(), &Parameter::key);
    return InputError{fmt::format("--set {}: no such parameter{}", in_quotes(key), suggestion(key, keys))};
  }
  if (f.kind != row->reader) {
    return InputError{
        fmt::format("--set {}: {} has none, only {} has", in_quotes(key), f.id, activation(row->reader).id)};
  }
  auto value = read_number(fmt::format("--set {}", key), text.substr(equals + 1), row->minimum, row->maximum);
  if (const auto* error = error_in(value)) return *error;
  f.parameters.*row->member = value_of(value);
  return std::nullopt;
}

Result<Question> read_question(const TheoryArguments& arguments) {
  constexpr double kWidest = 1e6;
  constexpr double kSmallestQ = 1e-12;
  constexpr double kLargestQ = 1e12;
  const auto f = find_nonlinearity(arguments.activation);
  if (!f) {
    return InputError{fmt::format("--activation {} is no activation{}", in_quotes(arguments.activation),
                                  suggestion(arguments.activation, nonlinearity_ids()))};
  }
  Question question{.f = *f};
  const auto read = [](std::string_view option, const std::string& text, double minimum, double maximum,
                       double& number) -> std::optional<InputError> {
    auto value = read_number(option, text, minimum, maximum);
    if (const auto* error = error_in(value)) return *error;
    number = value_of(value);
    return std::nullopt;
  };
  if (auto error = read("--sigma-w", arguments.sigma_w, 0, kWidest, question.sigma_w)) return *error;
  if (auto error = read("--sigma-b", arguments.sigma_b, 0, kWidest, question.sigma_b)) return *error;
  if (auto error = read("--q", arguments.q, kSmallestQ, kLargestQ, question.q)) return *error;
  for (const std::string& text : arguments.set) {
    if (auto error = set_parameter(text, question.f)) return *error;
  }
  return question;
}

std::string figure_text(double value) {
  return fmt::format("{:.6g}", value);
}

// The phase in words, with the figure that counts.
std::string phase_words(const MeanField& field) {
  switch (field.phase) {
    case Phase::kOrdered:
      if (field.xi_gradient == 0) return "nothing of an input is passed on, nor of a gradient";
      return fmt::format("inputs grow alike, gradients vanish with a depth scale of {} layers",
                         figure_text(field.xi_gradient));
    case Phase::kCritical:
      return "the edge of chaos: gradients neither vanish nor explode exponentially with depth";
    case Phase::kChaotic:
      return fmt::format(
          "inputs that are close move apart, gradients explode with a depth scale of {} layers",
          figure_text(-field.xi_gradient));
    case Phase::kUnbounded:
      break;
  }
  return "the signal grows without end: q has no fixed point to go to";
}

std::string trainable_depth(const MeanField& field) {
  if (std::isnan(field.xi_c)) return "-";
  return std::isinf(field.xi_c) ? "any" : figure_text(6 * field.xi_c);
}

std::string parameter_text(const Nonlinearity& f) {
  for (const Parameter& row : kParameters) {
    if (f.kind == row.reader) return fmt::format(", {} {}", row.key, figure_text(f.parameters.*row.member));
  }
  return "";
}

// q of the layers, eight on a line.
std::string sequence_text(const std::vector<double>& sequence) {
  constexpr std::size_t kOnALine = 8;
  std::vector<Align> columns(kOnALine + 1, Align::kRight);
  columns.front() = Align::kLeft;
  TextTable table(columns);
  for (std::size_t from = 0; from < sequence.size(); from += kOnALine) {
    const std::size_t end = std::min(from + kOnALine, sequence.size());
    std::vector<std::string> cells = {fmt::format("{}-{}", from + 1, end)};
    for (std::size_t l = from; l < end; ++l) cells.push_back(figure_text(sequence[l]));
    cells.resize(kOnALine + 1);
    table.add(cells);
  }
  return table.text();
}

std::string theory_text(const Question& question, const MeanField& field) {
  std::string text =
      fmt::format("{}, {}{}: sigma_w {}, sigma_b {}, q {}\n\n", question.f.id, question.f.formula,
                  parameter_text(question.f), figure_text(question.sigma_w), figure_text(question.sigma_b),
                  figure_text(question.q));
  TextTable table({Align::kLeft, Align::kRight, Align::kLeft});
  const auto add = [&table](std::string name, std::string figure, std::string meaning) {
    table.add({std::move(name), std::move(figure), std::move(meaning)});
  };
  add("phase", std::string(phase_name(field.phase)), phase_words(field));
  add("q_star", figure_text(field.q_star), "variance of the sums z that the layers settle at");
  add("chi_1", figure_text(field.chi_1), "growth of a squared gradient a layer, and C'(1)");
  add("v_slope", figure_text(field.v_slope), "V'(q_star): what a layer leaves of a distance from q_star");
  add("c_star", figure_text(field.c_star), "correlation of two inputs that the layers settle at");
  add("c_slope", figure_text(field.c_slope), "C'(c_star): what a layer leaves of a distance from c_star");
  add("xi_q", figure_text(field.xi_q), "layers in which the distance from q_star falls to 1/e");
  add("xi_c", figure_text(field.xi_c), "layers in which the distance from c_star falls to 1/e");
  add("xi_gradient", figure_text(field.xi_gradient),
      "layers in which a squared gradient falls to 1/e; negative: grows by e");
  add("6 xi_c", trainable_depth(field), "about the depth that can be trained (Schoenholz et al. 2017)");
  text += table.text();
  text += "\nq of layers\n";
  text += sequence_text(field.q_map);
  return text;
}

std::string theory_json(const MeanField& field) {
  Json json = {{"q_star", json_figure(field.q_star)},   {"chi_1", json_figure(field.chi_1)},
               {"v_slope", json_figure(field.v_slope)}, {"c_star", json_figure(field.c_star)},
               {"c_slope", json_figure(field.c_slope)}, {"xi_q", json_figure(field.xi_q)},
               {"xi_c", json_figure(field.xi_c)},       {"xi_gradient", json_figure(field.xi_gradient)},
               {"phase", phase_name(field.phase)},      {"q_map", Json::array()}};
  for (const double q : field.q_map) json["q_map"].push_back(json_figure(q));
  return json.dump(1) + "\n";
}

int theory(const TheoryArguments& arguments) {
  auto read = read_question(arguments);
  if (const auto* error = error_in(read)) return bad_input(error->message);
  const Question& question = value_of(read);
  const std::array outputs = {OutputFile{"--json", arguments.json}};
  if (const auto failed = check_outputs(outputs)) return *failed;
  const MeanField field = mean_field(question.f, question.sigma_w, question.sigma_b, question.q);
  if (arguments.json) {
    const ExitCode code = write_output(*arguments.json, theory_json(field));
    if (code != kDone || is_standard_output(*arguments.json)) return code;
  }
  return print(theory_text(question, field));
}

}  // namespace

VerbAction add_theory(CLI::App& app) {
  const auto arguments = std::make_shared<TheoryArguments>();
  app.add_option("--activation", arguments->activation, "an activation (initlab list activations), or erf")
      ->required()
      ->option_text("A");
  app.add_option("--sigma-w", arguments->sigma_w, "sqrt(fan_in Var(W)): He has 1.4142135623730951, LeCun 1")
      ->required()
      ->option_text("W");
  app.add_option("--sigma-b", arguments->sigma_b, "standard deviation of the biases (0)")->option_text("B");
  app.add_option("--q", arguments->q, "variance of the first layer's sums (1)")->option_text("Q");
  app.add_option("--set", arguments->set, "slope of leaky_relu, frequency of sine; repeatable")
      ->allow_extra_args(false)
      ->option_text("KEY=VALUE");
  app.add_option("--json", arguments->json, "write the figures; - is standard output")->option_text("FILE");
  return [arguments] { return theory(*arguments); };
}

}  // namespace initlab
