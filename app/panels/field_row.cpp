#include "app/panels/field_row.h"

#include <fmt/format.h>

#include <algorithm>
#include <array>
#include <variant>

#include "app/panels/lane_changes.h"
#include "app/panels/paint.h"
#include "app/panels/widgets.h"
#include "core/experiment/file/experiment_json.h"

namespace initlab {
namespace {

constexpr double kBoxHeight = 28;

std::string_view effect_text(const LabState& state, Effect effect) {
  switch (effect) {
    case Effect::kLive:
      return "Holds from the next step on.";
    case Effect::kRestartLane:
      return lane_effect(state);
    case Effect::kRestartAll:
      return "Every lane starts again at step 0.";
    case Effect::kNone:
      return "";
  }
  return "";
}

struct Text {
  std::string operator()(const std::int64_t* number) const { return fmt::format("{}", *number); }
  std::string operator()(const double* number) const { return fmt::format("{:.10g}", *number); }
  std::string operator()(const bool* on) const { return *on ? "on" : "off"; }
  std::string operator()(const std::string* text) const { return *text; }
  std::string operator()(const std::vector<std::int64_t>* list) const {
    return list->empty() ? "none" : fmt::format("{}", fmt::join(*list, ", "));
  }
  std::string operator()(const std::vector<PlacedPoint>* points) const {
    return fmt::format("{} points", points->size());
  }
  // Choices are shown by their labels.
  std::string operator()(const auto*) const { return ""; }
  template <class T>
  std::string operator()(const Unsettable<T>&) const {
    return "";
  }
};

// Outputs and the losses that go with them.
struct Company {
  std::string_view output;
  std::string_view loss;
};
constexpr std::array<Company, 3> kCompanies = {Company{"sigmoid", "cross_entropy"},
                                               Company{"softmax", "cross_entropy"},
                                               Company{"linear", "mean_squared_error"}};

// Sets one value; where it does not go with the output and loss that there are (a regression, ten classes),
// those that it goes with come along. Where there are none, what was wrong with it alone.
std::optional<InputError> set_in_company(PanelContext& context, Experiment& experiment,
                                         const std::string& path, const std::string& typed) {
  Experiment alone = experiment;
  auto error = set_by_path(alone, path, typed);
  const auto is_regression = [](const Experiment& e) { return dataset_row(e.data.kind).is_regression; };
  const bool left_regression =
      !error && is_regression(experiment) && !is_regression(alone) && alone.data.kind != DatasetId::kCsv;
  if (!error && !left_regression) {
    experiment = std::move(alone);
    return std::nullopt;
  }
  constexpr std::array<std::string_view, 4> kDecided = {"data.kind", "data.classes", "network.output",
                                                        "training.loss"};
  for (const Company& company : kCompanies) {
    if (std::ranges::find(kDecided, path) == kDecided.end()) break;
    if (path == "network.output" && typed != company.output) continue;
    if (path == "training.loss" && typed != company.loss) continue;
    const std::array<SettingText, 3> settings = {SettingText{path, typed},
                                                 SettingText{"network.output", std::string(company.output)},
                                                 SettingText{"training.loss", std::string(company.loss)}};
    if (set_by_paths(experiment, settings)) continue;
    show_message(context.state,
                 fmt::format("{} output and {} came along.", output(experiment.network.output).label,
                             loss(experiment.training.loss).label),
                 false);
    return std::nullopt;
  }
  if (!error) experiment = std::move(alone);
  return error;
}

// Kinds of data that need more than their name: a table asks for its path, points are those that are shown.
// True where nothing is left to do but what was begun here.
bool begins_by_hand(PanelContext& context, const std::string& path, const std::string& typed,
                    std::optional<Experiment>& changed) {
  LabState& state = context.state;
  const DataSettings& data = context.experiment().data;
  if (path != "data.kind") return false;
  if (typed == dataset_row(DatasetId::kCsv).id && data.path.empty()) {
    state.csv_path_asked = true;
    state.edited = kCsvPathBox;
    state.edit_text[0] = 0;
    state.edit_begins = true;
    return true;
  }
  if (typed != dataset_row(DatasetId::kPoints).id || data.points.size() >= 2) return false;
  if (auto refusal = paint_refusal(context.snapshot())) {
    show_message(state, *std::move(refusal), true);
    return true;
  }
  changed = context.experiment();
  changed->expect.clear();
  changed->data.kind = DatasetId::kPoints;
  changed->data.points = placed_points(*context.snapshot().data);
  state.paint.on = true;
  return true;
}

std::optional<Experiment> apply_text(PanelContext& context, const std::string& path, const std::string& typed,
                                     Effect effect) {
  if (context.state.message.warning) context.state.message = {};
  if (std::optional<Experiment> begun; begins_by_hand(context, path, typed, begun)) return begun;
  auto changed = experiment_with(context, path, typed, effect);
  if (const auto* error = std::get_if<InputError>(&changed)) {
    show_message(context.state, error->message, true);
    return std::nullopt;
  }
  return std::get<Experiment>(std::move(changed));
}

}  // namespace

Result<Experiment> experiment_with(PanelContext& context, const std::string& path, const std::string& typed,
                                   Effect effect) {
  Experiment changed = context.experiment();
  // What the file expected of its result does not hold for another experiment, and may name what is gone.
  if (effect == Effect::kRestartLane || effect == Effect::kRestartAll) changed.expect.clear();
  if (auto error = set_in_company(context, changed, path, typed)) return *std::move(error);
  return changed;
}

std::string value_text(const FieldValue& value) {
  const std::vector<Choice> named = choices(value);
  if (!named.empty()) return std::string(named[choice_index(value)].label);
  return std::visit(Text{}, value);
}

template <class Section>
std::optional<Experiment> field_row(PanelContext& context, Rect rect, const Field<Section>& field,
                                    Section& section, const std::string& path) {
  const Touch touch = touch_area(path + "/label", {rect.x, rect.y, rect.width * 0.42, rect.height});
  label(context.canvas, {rect.x, rect.center().y}, field.label, rect.width * 0.42,
        {.size = kBodySize, .color = context.theme.ink, .vertical = VerticalAlign::kMiddle});
  if (touch.hovered)
    tooltip(context, fmt::format("{} {}", field.help, effect_text(context.state, field.effect)));

  const FieldValue value = field.member(section);
  const Rect box = {rect.x + rect.width * 0.42, rect.center().y - kBoxHeight / 2, rect.width * 0.58,
                    kBoxHeight};
  if (const std::vector<Choice> named = choices(value); !named.empty()) {
    const auto chosen = choice_box(context, path, box, named, choice_index(value));
    if (!chosen) return std::nullopt;
    return apply_text(context, path, std::string(named[*chosen].id), field.effect);
  }
  if (const bool* const* on = std::get_if<bool*>(&value)) {
    constexpr std::array kSwitch = {Choice{"false", "off"}, Choice{"true", "on"}};
    const auto chosen = choice_box(context, path, box, kSwitch, **on ? 1 : 0);
    if (!chosen) return std::nullopt;
    return apply_text(context, path, std::string(kSwitch[*chosen].id), field.effect);
  }
  const auto typed = edit_box(context, path, box, value_text(value));
  if (!typed) return std::nullopt;
  // An empty list is written with brackets, as in a file.
  const bool list = std::holds_alternative<std::vector<std::int64_t>*>(value);
  auto changed =
      apply_text(context, path, list && (*typed == "none" || typed->empty()) ? "[]" : *typed, field.effect);
  if (!changed) edit_again(context.state, path);
  return changed;
}

template std::optional<Experiment> field_row(PanelContext&, Rect, const Field<DataSettings>&, DataSettings&,
                                             const std::string&);
template std::optional<Experiment> field_row(PanelContext&, Rect, const Field<NetworkSettings>&,
                                             NetworkSettings&, const std::string&);
template std::optional<Experiment> field_row(PanelContext&, Rect, const Field<TrainingSettings>&,
                                             TrainingSettings&, const std::string&);
template std::optional<Experiment> field_row(PanelContext&, Rect, const Field<Lane>&, Lane&,
                                             const std::string&);
template std::optional<Experiment> field_row(PanelContext&, Rect, const Field<LayerStart>&, LayerStart&,
                                             const std::string&);

}  // namespace initlab
