#include "app/panels/experiment_column.h"

#include <fmt/format.h>
#include <imgui.h>

#include <algorithm>
#include <array>

#include "app/canvas/text_metrics.h"
#include "app/panels/field_row.h"
#include "app/panels/hidden.h"
#include "app/panels/lane_changes.h"
#include "app/panels/open_files.h"
#include "app/panels/paint.h"
#include "app/panels/view_section.h"
#include "app/panels/widgets.h"
#include "core/experiment/file/experiment_json.h"

namespace initlab {
namespace {

constexpr double kMargin = 16;

// The pen of the column: rows from the top down.
struct Pen {
  double x;
  double y;
  double width;

  Rect row(double height) {
    const Rect rect = {x, y, width, height};
    y += height;
    return rect;
  }
};

void heading(PanelContext& context, Pen& pen, std::string_view text) {
  pen.y += 10;
  const Rect rect = pen.row(26);
  context.canvas.text({rect.x, rect.center().y}, text,
                      {.size = kTickSize + 0.5,
                       .color = context.theme.secondary,
                       .weight = FontWeight::kMedium,
                       .vertical = VerticalAlign::kMiddle});
}

struct Change {
  std::string_view key;
  Experiment experiment;
};

// Rows for those of `keys` that the section reads; what changed last in a frame wins.
template <class Section>
std::optional<Change> rows(PanelContext& context, Pen& pen, std::string_view name, Section& section,
                           std::span<const std::string_view> keys) {
  std::optional<Change> changed;
  for (const std::string_view key : keys) {
    const Field<Section>* field = find_field<Section>(key);
    if (field == nullptr || !applies(*field, section)) continue;
    if (key == "seed" && is_hidden(context, HiddenControl::kSeed)) continue;
    const std::string path = fmt::format("{}.{}", name, key);
    if (auto next = field_row(context, pen.row(kFieldRowHeight), *field, section, path)) {
      changed = Change{key, std::move(*next)};
    }
  }
  return changed;
}

void draw_title(PanelContext& context, Pen& pen) {
  const Experiment& experiment = context.experiment();
  const std::string& title = experiment.title.empty() ? experiment.name : experiment.title;
  for (const std::string& line : wrap_text(title, pen.width, kBodySize, FontWeight::kMedium)) {
    const Rect rect = pen.row(20);
    context.canvas.text({rect.x, rect.center().y}, line,
                        {.size = kBodySize,
                         .color = context.theme.ink,
                         .weight = FontWeight::kMedium,
                         .vertical = VerticalAlign::kMiddle});
  }
}

// The path of a table, once CSV was chosen without one; a click elsewhere or Escape gives it up.
void draw_csv_path(PanelContext& context, Pen& pen) {
  if (!context.state.csv_path_asked) return;
  const Rect rect = pen.row(kFieldRowHeight);
  label(context.canvas, {rect.x, rect.center().y}, "File", 40,
        {.size = kBodySize, .color = context.theme.ink, .vertical = VerticalAlign::kMiddle});
  const Rect box = {rect.x + 44, rect.center().y - 14, rect.width - 44, 28};
  const auto typed = edit_box(context, kCsvPathBox, box, "");
  constexpr std::string_view kHint = "The path of a CSV, then Enter; or drop the file on the window.";
  for (const std::string& line : wrap_text(kHint, pen.width, kTickSize)) {
    const Rect hint = pen.row(18);
    context.canvas.text(
        {hint.x, hint.center().y}, line,
        {.size = kTickSize, .color = context.theme.secondary, .vertical = VerticalAlign::kMiddle});
  }
  if (typed && !open_csv_file(context, *typed)) edit_again(context.state, kCsvPathBox);
  if (context.state.edited != kCsvPathBox) context.state.csv_path_asked = false;
}

void draw_paint_link(PanelContext& context, Pen& pen) {
  const bool on = context.state.paint.on;
  const Rect rect = pen.row(kFieldRowHeight);
  const std::string_view text = on ? "Stop painting" : "Paint points";
  if (button(context, {rect.x - 12, rect.center().y - 14, button_width(text), 28}, text,
             {.look = ButtonLook::kLink,
              .tooltip = "Place and erase points over any lane's picture. All lanes start again."})) {
    toggle_paint(context);
  }
}

void draw_data(PanelContext& context, Pen& pen, DataSettings& data) {
  constexpr std::array<std::string_view, 1> kKind = {"kind"};
  constexpr std::array<std::string_view, 13> kRest = {
      "path",  "label",  "header", "standardize", "samples", "features", "classes",
      "noise", "factor", "low",    "high",        "balance", "seed"};
  auto change = rows(context, pen, "data", data, kKind);
  draw_csv_path(context, pen);
  if (auto other = rows(context, pen, "data", data, kRest)) change = std::move(other);
  draw_paint_link(context, pen);
  if (!change) return;
  if (change->experiment.data.kind != DatasetId::kCsv) {
    replace_experiment(context, std::move(change->experiment));
  } else if (!change_csv(context, std::move(change->experiment))) {
    edit_again(context.state, fmt::format("data.{}", change->key));
  }
}

// One seed for all lanes: networks that differ in their scheme alone.
void draw_seed(PanelContext& context, Rect box) {
  const std::vector<Lane>& lanes = context.experiment().lanes;
  const bool same = std::ranges::all_of(lanes, [&](const Lane& lane) { return lane.seed == lanes[0].seed; });
  const auto typed = edit_box(context, "lanes.seed", box, same ? fmt::format("{}", lanes[0].seed) : "differ");
  if (!typed) return;
  Experiment changed = context.experiment();
  changed.expect.clear();
  for (std::size_t lane = 0; lane < lanes.size(); ++lane) {
    if (const auto error = set_by_path(changed, fmt::format("lanes.{}.seed", lane + 1), *typed)) {
      show_message(context.state, error->message, true);
      return;
    }
  }
  replace_experiment(context, std::move(changed));
}

void draw_lanes(PanelContext& context, Pen& pen) {
  const std::vector<Lane>& lanes = context.experiment().lanes;
  const auto row = [&](std::string_view text) {
    const Rect rect = pen.row(kFieldRowHeight);
    label(context.canvas, {rect.x, rect.center().y}, text, rect.width * 0.42,
          {.size = kBodySize, .color = context.theme.ink, .vertical = VerticalAlign::kMiddle});
    return Rect{rect.x + rect.width * 0.42, rect.center().y - 14, rect.width * 0.58, 28};
  };
  if (!is_hidden(context, HiddenControl::kSeed)) draw_seed(context, row("Seed"));
  constexpr std::array kSwitching = {Choice{"catch_up", "catch up"}, Choice{"restart", "restart all"}};
  if (const auto chosen =
          choice_box(context, "switching", row("Switching"), kSwitching, context.state.restart_all)) {
    context.state.restart_all = *chosen == 1;
  }
  if (ImGui::IsItemHovered()) {
    tooltip(context,
            "When a lane's scheme is switched: it trains from step 0 as fast as it can while the others go "
            "on, or all "
            "lanes start again.");
  }
  if (lanes.size() >= kMaximumLanes) return;
  const Rect link = pen.row(kFieldRowHeight);
  constexpr std::string_view kAdd = "Add a lane";
  if (button(context, {link.x - 12, link.center().y - 14, button_width(kAdd), 28}, kAdd,
             {.look = ButtonLook::kLink,
              .tooltip = "Another network beside these: they go on while it catches up."})) {
    add_lane(context);
  }
}

// How the decision boundaries are drawn: nothing that a run would notice.
void draw_view(PanelContext& context, Pen& pen) {
  PlaneState& plane = context.state.plane;
  const auto row = [&](std::string_view id, std::string_view text, std::span<const Choice> choices, bool& on,
                       std::string_view help) {
    const Rect rect = pen.row(kFieldRowHeight);
    label(context.canvas, {rect.x, rect.center().y}, text, rect.width * 0.42,
          {.size = kBodySize, .color = context.theme.ink, .vertical = VerticalAlign::kMiddle});
    const Rect box = {rect.x + rect.width * 0.42, rect.center().y - 14, rect.width * 0.58, 28};
    if (const auto chosen = choice_box(context, id, box, choices, on ? 1 : 0)) on = *chosen == 1;
    if (ImGui::IsItemHovered()) tooltip(context, help);
  };
  constexpr std::array kPoints = {Choice{"hidden", "hidden"}, Choice{"shown", "hollow"}};
  constexpr std::array kField = {Choice{"shades", "shades"}, Choice{"winner", "winner only"}};
  row("view.test_points", "Test points", kPoints, plane.test_points,
      "Points that no network learns from, drawn hollow over the decision boundaries.");
  row("view.discrete", "Regions", kField, plane.discrete,
      "Shades tell how sure a network is; the winner only, which class it answers.");
}

// What the rows show: the settings that hold now, live ones at this step.
Experiment shown_experiment(const PanelContext& context) {
  Experiment shown = context.experiment();
  const LiveSettings live = live_settings(shown, 0, context.snapshot().step);
  shown.training.learning_rate = live.learning_rate;
  shown.training.l1 = live.l1;
  shown.training.l2 = live.l2;
  return shown;
}

void draw_training(PanelContext& context, Pen& pen, Experiment& shown) {
  constexpr std::array<std::string_view, 6> kTraining = {"loss",  "optimizer", "learning_rate",
                                                         "batch", "l2",        "steps"};
  constexpr std::array<std::string_view, 1> kRareTraining = {"l1"};
  heading(context, pen, "TRAINING");
  if (auto change = rows(context, pen, "training", shown.training, kTraining)) {
    apply_training(context, change->key, std::move(change->experiment));
  }
  if (shown.training.l1 <= 0) return;
  if (auto change = rows(context, pen, "training", shown.training, kRareTraining)) {
    apply_training(context, change->key, std::move(change->experiment));
  }
}

void draw_sections(PanelContext& context, Pen& pen) {
  constexpr std::array<std::string_view, 4> kNetwork = {"hidden", "activation", "output", "batch_norm"};
  Experiment shown = shown_experiment(context);
  heading(context, pen, "EXPERIMENT");
  draw_title(context, pen);
  if (!is_hidden(context, HiddenControl::kData)) {
    heading(context, pen, "DATA");
    draw_data(context, pen, shown.data);
  }
  if (!is_hidden(context, HiddenControl::kNetwork)) {
    heading(context, pen, "NETWORK");
    if (auto change = rows(context, pen, "network", shown.network, kNetwork)) {
      replace_experiment(context, std::move(change->experiment));
    }
  }
  if (!is_hidden(context, HiddenControl::kTraining)) draw_training(context, pen, shown);
  if (!is_hidden(context, HiddenControl::kLanes)) {
    heading(context, pen, "LANES");
    draw_lanes(context, pen);
  }
  if (!is_hidden(context, HiddenControl::kView)) {
    heading(context, pen, "VIEW");
    const bool plane = context.snapshot().data && context.snapshot().data->train.x.rows() == 2;
    if (plane) draw_view(context, pen);
    draw_view_section(context, pen.row(view_section_height()));
  }
  if (hides_controls(context)) {
    pen.y += 8;
    draw_hidden_note(context, pen.row(kHiddenNoteHeight));
  }
}

// Moves a column that is longer than the window by the wheel, and says by a bar where it stands.
void scroll(PanelContext& context, Rect rect, double height) {
  double& offset = context.state.column_scroll;
  const ImGuiIO& io = ImGui::GetIO();
  const bool over = rect.contains({static_cast<double>(io.MousePos.x), static_cast<double>(io.MousePos.y)});
  const bool free = !ImGui::IsPopupOpen("", ImGuiPopupFlags_AnyPopup);
  constexpr double kNotch = 3 * kFieldRowHeight / 2;
  if (over && free) offset -= kNotch * static_cast<double>(io.MouseWheel);
  offset = std::clamp(offset, 0.0, std::max(0.0, height - rect.height));
  if (height <= rect.height) return;
  const double bar = rect.height * rect.height / height;
  const double y = rect.y + offset / height * rect.height;
  context.canvas.fill_rect({rect.right() - 6, y + 2, 3, bar - 4}, context.theme.hairline, 1.5);
}

}  // namespace

void apply_training(PanelContext& context, std::string_view key, Experiment experiment) {
  const TrainingSettings& training = experiment.training;
  if (key == "learning_rate") {
    context.worker.post(command::SetLive{LiveSetting::kLearningRate, 0, training.learning_rate});
  } else if (key == "l1") {
    context.worker.post(command::SetLive{LiveSetting::kL1, 0, training.l1});
  } else if (key == "l2") {
    context.worker.post(command::SetLive{LiveSetting::kL2, 0, training.l2});
  } else if (key == "steps") {
    const std::int64_t step = context.snapshot().step;
    if (training.steps < step) {
      show_message(context.state,
                   fmt::format("{} steps are behind us: it is step {} now. R rewinds.", training.steps, step),
                   true);
      return;
    }
    context.worker.post(command::SetSteps{training.steps});
  } else {
    replace_experiment(context, std::move(experiment));
  }
}

void replace_experiment(PanelContext& context, Experiment experiment) {
  if (const auto error = check_experiment(experiment)) {
    show_message(context.state, error->message, true);
    return;
  }
  context.worker.post(command::ReplaceExperiment{std::move(experiment)});
}

void draw_experiment_column(PanelContext& context, Rect rect) {
  if (rect.width <= 0) return;
  context.canvas.fill_rect({rect.right() - 1, rect.y, 1, rect.height}, context.theme.hairline);
  constexpr double kBelow = 12;
  const double top = rect.y + 6 - context.state.column_scroll;
  Pen pen = {rect.x + kMargin, top, rect.width - 2 * kMargin};
  // ImGui's clip rather than the canvas' alone: what is scrolled away must not answer the mouse either.
  ImGui::PushClipRect({static_cast<float>(rect.x), static_cast<float>(rect.y)},
                      {static_cast<float>(rect.right()), static_cast<float>(rect.bottom())}, true);
  draw_sections(context, pen);
  ImGui::PopClipRect();
  scroll(context, rect, pen.y - top + 6 + kBelow);
}

}  // namespace initlab
