#include "app/panels/gain_row.h"

#include <fmt/format.h>
#include <imgui.h>

#include <algorithm>
#include <cmath>

#include "app/panels/lane_changes.h"
#include "app/panels/widgets.h"
#include "core/experiment/file/experiment_json.h"
#include "core/numeric/number_text.h"

namespace initlab {
namespace {

constexpr double kLabelWidth = 56;
constexpr double kBoxWidth = 84;
constexpr double kSnap = 0.012;  // of the slider's length, about 1

// While it is held the slider shows where it is held; the lane follows as fast as it can.
void draw_slider(PanelContext& context, Rect rect, std::size_t lane) {
  LaneState& state = context.state.lanes;
  const double gain = context.experiment().lanes[lane].parameters.gain;
  double share = share_of_gain(state.held_gain.value_or(gain));
  const bool held = slider(context, fmt::format("lanes.{}.gain/slider", lane + 1), rect, share);
  if (ImGui::IsItemHovered()) {
    tooltip(context, fmt::format("Multiplies every weight of this lane; a double click makes it 1. {}",
                                 lane_effect(context.state)));
    if (ImGui::IsMouseDoubleClicked(0)) state.gain_is_reset = true;
  }
  if (held) state.held_gain = state.gain_is_reset ? 1 : gain_at(share);
  if (!held) state.gain_is_reset = false;
  if (!state.held_gain) return;
  if (context.report.commands_obeyed < state.gain_command) return;
  if (*state.held_gain != gain) {
    Lane changed = context.experiment().lanes[lane];
    changed.parameters.gain = *state.held_gain;
    state.gain_command = change_lane(context, lane, std::move(changed)).value_or(0);
  } else if (!held) {
    state.held_gain.reset();
  }
}

}  // namespace

double share_of_gain(double gain) {
  if (!(gain > 0)) return 0;
  return std::clamp((std::log10(gain) + 1) / 2, 0.0, 1.0);
}

double gain_at(double share) {
  if (std::abs(share - 0.5) < kSnap) return 1;
  const double gain = std::pow(10.0, 2 * share - 1);
  const double digit = gain < 1 ? 1000 : 100;
  return std::round(gain * digit) / digit;
}

void draw_gain_row(PanelContext& context, Rect rect, std::size_t lane) {
  label(context.canvas, {rect.x, rect.center().y}, "Gain", kLabelWidth,
        {.size = kBodySize, .color = context.theme.ink, .vertical = VerticalAlign::kMiddle});
  const Rect box = {rect.right() - kBoxWidth, rect.center().y - 14, kBoxWidth, 28};
  const double left = rect.x + kLabelWidth + 12;
  draw_slider(context, {left, rect.y, box.x - 20 - left, rect.height}, lane);
  const std::string path = fmt::format("lanes.{}.gain", lane + 1);
  const double gain =
      context.state.lanes.held_gain.value_or(context.experiment().lanes[lane].parameters.gain);
  const auto typed = edit_box(context, path, box, fmt::format("{:.10g}", gain));
  if (!typed) return;
  Experiment changed = context.experiment();
  changed.expect.clear();
  if (const auto error = set_by_path(changed, path, *typed)) {
    show_message(context.state, error->message, true);
    edit_again(context.state, path);
    return;
  }
  change_lane(context, lane, changed.lanes[lane]);
}

}  // namespace initlab
