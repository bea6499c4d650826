#include "app/panels/slow_motion.h"

#include <fmt/format.h>
#include <imgui.h>

#include <algorithm>
#include <array>
#include <cassert>

#include "app/canvas/text_metrics.h"
#include "app/document/formula.h"
#include "app/panels/widgets.h"
#include "core/network/losses.h"
#include "core/numeric/number_text.h"

namespace initlab {
namespace {

constexpr double kSecondsPerStage = 2.5;  // where it walks by itself

// The rows of the stages. An empty formula is the experiment's own: of its loss, of its optimizer.
struct StageRow {
  SlowStage stage;
  std::string_view label;
  std::string_view formula;  // TeX
  std::string_view says;
  std::optional<HistogramTensor> shown;  // in the histograms
};
constexpr std::array kStages = {
    StageRow{SlowStage::kForward, "1  Forward",
             R"(Z^{[l]} = W^{[l]} A^{[l-1]} + b^{[l]}, \quad A^{[l]} = g(Z^{[l]}))",
             "Each layer weighs, adds and bends.", HistogramTensor::kActivations},
    StageRow{SlowStage::kLoss, "2  Loss", "", "One number: how far the answers are off.", std::nullopt},
    StageRow{SlowStage::kBackward, "3  Backward",
             R"(dZ^{[l]} = W^{[l+1]\top} dZ^{[l+1]} \odot g'(Z^{[l]}), \quad )"
             R"(dW^{[l]} = \frac{1}{m} dZ^{[l]} A^{[l-1]\top})",
             "Blame flows back through the same weights.", HistogramTensor::kPreActivationGradients},
    StageRow{SlowStage::kUpdate, "4  Update", "", "Weights move against their gradients.",
             HistogramTensor::kWeightGradients},
};
static_assert(kStages.size() == static_cast<std::size_t>(SlowStage::kCount));

const StageRow& row_of(SlowStage stage) {
  return kStages[static_cast<std::size_t>(stage)];
}

// The formula of a stage, set at `size`: the stage's own, or the row's of the loss or optimizer that is in
// use.
SetFormula set_formula_of(const PanelContext& context, SlowStage stage, double size) {
  const TrainingSettings& training = context.experiment().training;
  if (stage == SlowStage::kLoss) return set_plain_formula(loss(training.loss).formula, size);
  if (stage == SlowStage::kUpdate) return set_plain_formula(optimizer(training.optimizer).formula, size);
  Result<SetFormula> result = set_tex(row_of(stage).formula, size);
  assert(std::holds_alternative<SetFormula>(result) && "the table above is sound");
  return std::get<SetFormula>(std::move(result));
}

// The same, smaller where it would be wider than `width`.
SetFormula set_stage_formula(const PanelContext& context, SlowStage stage, double size, double width) {
  SetFormula formula = set_formula_of(context, stage, size);
  while (formula.width > width && size > kTickSize) formula = set_formula_of(context, stage, --size);
  return formula;
}

// A figure of each layer, the first few: "0.98, 0.71, 1.2".
template <class Figure>
std::string along_layers(const RunSnapshot& run, Figure figure) {
  constexpr std::size_t kMost = 4;
  std::string text;
  for (std::size_t i = 0; i < run.layers.size(); ++i) {
    if (run.layers.size() > kMost && i + 1 == kMost) {
      text += ", … ";
      return text + number_text(figure(run.layers.back()), 2);
    }
    text += (text.empty() ? "" : ", ") + number_text(figure(run.layers[i]), 2);
  }
  return text;
}

// What the stage did in the selected lane, in numbers.
std::string numbers_of(const PanelContext& context, SlowStage stage) {
  const std::size_t lane = std::min(context.state.selected_lane, context.snapshot().runs.size() - 1);
  const RunSnapshot& run = context.snapshot().runs[lane];
  if (run.layers.empty()) return "";
  switch (stage) {
    case SlowStage::kForward:
      return fmt::format("{}: std of z by layer {}", run.lane.name,
                         along_layers(run, [](const LayerProbe& layer) { return layer.z.summary.std; }));
    case SlowStage::kLoss:
      return fmt::format("{}: J = {}", run.lane.name, cost_text(run.cost));
    case SlowStage::kBackward:
      return fmt::format("{}: rms of dz by layer {}", run.lane.name,
                         along_layers(run, [](const LayerProbe& layer) { return layer.d_z_rms(); }));
    case SlowStage::kUpdate: {
      const double rate = live_settings(context.experiment(), lane, run.step).learning_rate;
      return fmt::format("{}: rate {} · size of dW over size of W by layer {}", run.lane.name,
                         number_text(rate), along_layers(run, [](const LayerProbe& layer) {
                           return layer.weight_norm() > 0 ? layer.gradient_norm() / layer.weight_norm() : 0.0;
                         }));
    }
    case SlowStage::kCount:
      break;
  }
  return "";
}

void enter(PanelContext& context, SlowStage stage) {
  context.state.slow_motion.stage = stage;
  context.state.slow_motion.stage_since = ImGui::GetTime();
  if (const auto shown = row_of(stage).shown) context.state.tensor = *shown;
}

void draw_stages(PanelContext& context, Rect rect, SlowStage current) {
  double x = rect.x;
  for (const StageRow& row : kStages) {
    const double width = button_width(row.label);
    const ButtonLook look = row.stage == current ? ButtonLook::kPrimary : ButtonLook::kSoft;
    if (button(context, {x, rect.y, width, rect.height}, row.label, {.look = look, .tooltip = row.says})) {
      enter(context, row.stage);
    }
    x += width + 6;
  }
}

}  // namespace

void toggle_slow_motion(PanelContext& context) {
  SlowMotionState& state = context.state.slow_motion;
  state.on = !state.on;
  if (!state.on) return;
  context.worker.post(command::Pause{});
  enter(context, SlowStage::kForward);
}

void next_slow_stage(PanelContext& context) {
  const auto next = static_cast<int>(context.state.slow_motion.stage) + 1;
  if (next < static_cast<int>(SlowStage::kCount)) {
    enter(context, static_cast<SlowStage>(next));
    return;
  }
  context.worker.post(command::Step{1});
  enter(context, SlowStage::kForward);
}

void previous_slow_stage(PanelContext& context) {
  const auto stage = static_cast<int>(context.state.slow_motion.stage);
  if (stage > 0) enter(context, static_cast<SlowStage>(stage - 1));
}

void draw_slow_motion(PanelContext& context, Rect rect) {
  SlowMotionState& state = context.state.slow_motion;
  if (!state.on || rect.height <= 0) return;
  const Theme& theme = context.theme;
  context.canvas.fill_rect(rect, theme.card);
  context.canvas.fill_rect({rect.x, rect.bottom() - 1, rect.width, 1}, theme.hairline);
  if (state.walks && ImGui::GetTime() - state.stage_since > kSecondsPerStage) next_slow_stage(context);

  constexpr double kButtonHeight = 28;
  const Rect inner = rect.inset(16, 8);
  const StageRow& row = row_of(state.stage);
  draw_stages(context, {inner.x, inner.y, 0, kButtonHeight}, state.stage);

  double right = inner.right();
  const auto place = [&](std::string_view text, const ButtonOptions& options) {
    const double width = button_width(text);
    right -= width;
    const bool clicked = button(context, {right, inner.y, width, kButtonHeight}, text, options);
    right -= 6;
    return clicked;
  };
  if (place("Close", {.look = ButtonLook::kLink, .tooltip = "End slow motion (M)"}))
    toggle_slow_motion(context);
  if (place(state.walks ? "Hold" : "Walk", {.tooltip = "Goes on by itself, a stage every few seconds"})) {
    state.walks = !state.walks;
    state.stage_since = ImGui::GetTime();
  }
  if (place("Next", {.look = ButtonLook::kPrimary, .tooltip = "The next part of the step (right arrow)"})) {
    next_slow_stage(context);
  }
  const double stages = button_width(kStages[0].label) + button_width(kStages[1].label) +
                        button_width(kStages[2].label) + button_width(kStages[3].label) + 18;
  const double text_x = inner.x + stages + 16;
  if (right - text_x > 120) {
    label(context.canvas, {text_x, inner.y + kButtonHeight / 2}, row.says, right - text_x,
          {.size = kSecondarySize, .color = theme.secondary, .vertical = VerticalAlign::kMiddle});
  }
  const double below = inner.y + kButtonHeight + 18;
  const SetFormula formula = set_stage_formula(context, state.stage, kBodySize + 1, inner.width * 0.6);
  draw_formula(context.canvas, {inner.x, below + 5}, formula, theme.ink);
  const double numbers = inner.x + formula.width + 32;
  label(context.canvas, {numbers, below}, numbers_of(context, state.stage), inner.right() - numbers,
        {.size = kSecondarySize, .color = theme.secondary, .vertical = VerticalAlign::kMiddle});
}

void draw_slow_motion_mark(PanelContext& context, const Layout& layout) {
  const SlowMotionState& state = context.state.slow_motion;
  if (!state.on) return;
  const Rect figure = state.stage == SlowStage::kLoss ? layout.cost : layout.histograms;
  const Rect frame = figure.inset(-6, -2);
  context.canvas.stroke_rect(frame, {context.theme.accent, 2, {}}, kCornerRadius);
  // The formula rides on the frame, between what the figure says at its left and at its right.
  const SetFormula formula = set_stage_formula(context, state.stage, kSecondarySize, figure.width - 32);
  const double height = std::max(24.0, formula.ascent + formula.descent + 6);
  const Rect tag = {frame.center().x - formula.width / 2 - 10, frame.y - height + 6, formula.width + 20,
                    height};
  context.canvas.fill_rect(tag, context.theme.accent, 4);
  draw_formula(context.canvas, {tag.x + 10, tag.center().y + (formula.ascent - formula.descent) / 2}, formula,
               context.theme.on_accent);
}

}  // namespace initlab
