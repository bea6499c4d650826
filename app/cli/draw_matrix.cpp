// Keys and values are checked by the rows of a lane, so that `draw` takes what an experiment's file takes.
#include "app/cli/draw_matrix.h"

#include <fmt/format.h>

#include <algorithm>

#include "app/cli/arguments.h"
#include "core/experiment/file/fields.h"
#include "core/network/weights_file.h"

namespace initlab {
namespace {

// The row of a table with this id; null where there is none.
template <class Row>
const Row* find_row(std::span<const Row> rows, std::string_view id) {
  const auto place = std::ranges::find(rows, id, &Row::id);
  return place == rows.end() ? nullptr : &*place;
}
template <class Row>
std::string row_suggestion(std::span<const Row> rows, std::string_view id) {
  std::vector<std::string_view> ids;
  for (const Row& row : rows) ids.push_back(row.id);
  return suggestion(id, ids);
}

// Keys that mean something for one matrix: those of the scheme that say what is drawn, and the activation's.
std::vector<std::string_view> keys_of(const Scheme& scheme, ActivationId activation) {
  std::vector<std::string_view> keys;
  for (const Field<LayerStart>& field : fields<LayerStart>()) {
    const bool draws = scheme.kind != SchemeId::kFromFile || (field.key != "gain" && field.key != "freeze");
    const bool is_parameter = scheme.reads(field.key) && draws;
    const bool is_slope = field.key == "slope" && activation == ActivationId::kLeakyRelu;
    if (is_parameter || is_slope) keys.push_back(field.key);
  }
  return keys;
}

// "std=0.1" as a setting of the only lane of an experiment.
Result<SettingText> read_setting(std::string_view text, const Scheme& scheme, ActivationId activation) {
  const std::vector<std::string_view> keys = keys_of(scheme, activation);
  const std::size_t equals = text.find('=');
  if (equals == std::string_view::npos) {
    return InputError{fmt::format("--set {}: KEY=VALUE is allowed, with a key that draw {} reads: {}",
                                  in_quotes(text), scheme.id, joined(keys))};
  }
  const std::string_view key = text.substr(0, equals);
  if (find_field<LayerStart>(key) == nullptr)
    return InputError{fmt::format("--set {}: no such key{}", in_quotes(key), suggestion(key, keys))};
  if (std::ranges::find(keys, key) == keys.end()) {
    return InputError{fmt::format("--set {}: draw {} does not read it; it reads {}", in_quotes(key),
                                  scheme.id, joined(keys))};
  }
  return SettingText{fmt::format("lanes.1.{}", key), std::string(text.substr(equals + 1))};
}

// The lane that the settings make.
Result<Lane> read_lane(const DrawArguments& arguments, const Scheme& scheme, ActivationId activation) {
  Experiment experiment;
  experiment.lanes = {make_lane("drawn", scheme.kind)};
  experiment.lanes.front().activation = activation;
  std::vector<SettingText> settings;
  for (const std::string& text : arguments.set) {
    auto setting = read_setting(text, scheme, activation);
    if (const auto* error = error_in(setting)) return *error;
    settings.push_back(std::move(value_of(setting)));
  }
  if (const auto error = set_by_paths(experiment, settings)) {
    constexpr std::string_view kPrefix = "lanes.1.";
    std::string_view message = error->message;
    if (message.starts_with(kPrefix)) message.remove_prefix(kPrefix.size());
    return InputError{fmt::format("--set {}", message)};
  }
  return std::move(experiment.lanes.front());
}

Result<LayerShape> read_shape(const DrawArguments& arguments) {
  const auto fan_in = read_whole_number("--fan-in", arguments.fan_in, 1, kMaximumUnits);
  if (const auto* error = error_in(fan_in)) return *error;
  const auto fan_out = read_whole_number("--fan-out", arguments.fan_out, 1, kMaximumUnits);
  if (const auto* error = error_in(fan_out)) return *error;
  return LayerShape{.fan_in = static_cast<std::size_t>(std::get<0>(fan_in)),
                    .fan_out = static_cast<std::size_t>(std::get<0>(fan_out))};
}

Result<Drawing> read_from_file(const DrawPlan& plan) {
  const std::string& path = plan.parameters.path;
  auto read = read_weights(path, plan.parameters.lane);
  if (const auto* error = std::get_if<WeightsError>(&read)) return InputError{error->message};
  std::string shapes;
  for (Layer& layer : std::get<Network>(read).layers) {
    if (layer.units() == plan.layer.shape.fan_out && layer.inputs() == plan.layer.shape.fan_in)
      return Drawing{.w = std::move(layer.w), .b = std::move(layer.b)};
    shapes += fmt::format("{}{} to {}", shapes.empty() ? "" : ", ", layer.inputs(), layer.units());
  }
  return InputError{fmt::format("{} has no layer from {} inputs to {} units; allowed: {}", in_quotes(path),
                                plan.layer.shape.fan_in, plan.layer.shape.fan_out, shapes)};
}

void scale_by_signal(const DrawPlan& plan, NumpyRandom& random, Drawing& drawing) {
  Matrix inputs(plan.layer.shape.fan_in, kLsuvSamples);
  for (std::size_t r = 0; r < inputs.rows(); ++r)
    std::ranges::generate(inputs.row_span(r), [&] { return random.randn(); });
  scale_to_unit_variance(drawing.b, inputs, drawing.w);
  for (std::size_t r = 0; r < drawing.w.rows(); ++r) {
    for (double& weight : drawing.w.row_span(r)) weight *= plan.parameters.gain;
  }
}

}  // namespace

Result<DrawPlan> plan_draw(const DrawArguments& arguments) {
  constexpr std::int64_t kLargestSeed = 4294967295;
  const Scheme* const row = find_row(schemes(), arguments.scheme);
  if (row == nullptr) {
    return InputError{fmt::format("{} is no scheme{}", in_quotes(arguments.scheme),
                                  row_suggestion(schemes(), arguments.scheme))};
  }
  if (row->kind == SchemeId::kFromRun) {
    return InputError{
        "\"from_run\" trains an experiment: initlab train EXPERIMENT --save-weights FILE, then draw "
        "from_file --set path=FILE"};
  }
  const Activation* const activation = find_row(activations(), arguments.activation);
  if (activation == nullptr) {
    return InputError{fmt::format("--activation {} is no activation{}", in_quotes(arguments.activation),
                                  row_suggestion(activations(), arguments.activation))};
  }
  auto shape = read_shape(arguments);
  if (const auto* error = error_in(shape)) return *error;
  const auto seed = read_whole_number("--seed", arguments.seed, 0, kLargestSeed);
  if (const auto* error = error_in(seed)) return *error;
  auto lane = read_lane(arguments, *row, activation->kind);
  if (const auto* error = error_in(lane)) return *error;
  return DrawPlan{.scheme = row->kind,
                  .parameters = std::move(value_of(lane).parameters),
                  .layer = {.shape = value_of(shape),
                            .activation = activation->kind,
                            .activation_parameters = {.slope = value_of(lane).slope}},
                  .seed = static_cast<std::uint32_t>(std::get<0>(seed))};
}

Result<Drawing> draw_matrix(const DrawPlan& plan) {
  if (plan.scheme == SchemeId::kFromFile) return read_from_file(plan);
  const Scheme& row = scheme(plan.scheme);
  NumpyRandom random(plan.seed);
  Drawing drawing{.w = Matrix(plan.layer.shape.fan_out, plan.layer.shape.fan_in),
                  .b = std::vector<double>(plan.layer.shape.fan_out, 0.0)};
  row.draw(plan.parameters, plan.layer, random, drawing.w);
  const double limit = row.bias_limit(plan.parameters, plan.layer);
  if (limit > 0) std::ranges::generate(drawing.b, [&] { return random.uniform(-limit, limit); });
  if (plan.scheme == SchemeId::kLsuv) scale_by_signal(plan, random, drawing);
  return drawing;
}

}  // namespace initlab
