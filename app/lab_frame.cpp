#include "app/lab_frame.h"

#include <fmt/format.h>
#include <imgui.h>

#include <algorithm>

#include "app/figures/lane_picture.h"
#include "app/layout.h"
#include "app/panels/actions.h"
#include "app/panels/command_palette.h"
#include "app/panels/curves_panel.h"
#include "app/panels/experiment_column.h"
#include "app/panels/histogram_panel.h"
#include "app/panels/key_list.h"
#include "app/panels/lane_panel.h"
#include "app/panels/lesson_panel.h"
#include "app/panels/open_files.h"
#include "app/panels/paint.h"
#include "app/panels/slow_motion.h"
#include "app/panels/timeline_panel.h"
#include "app/panels/top_bar.h"
#include "app/platform/style.h"
#include "core/numeric/number_text.h"

namespace initlab {
namespace {

constexpr ImGuiWindowFlags kWholeWindow =
    ImGuiWindowFlags_NoDecoration | ImGuiWindowFlags_NoMove | ImGuiWindowFlags_NoSavedSettings |
    ImGuiWindowFlags_NoBringToFrontOnFocus | ImGuiWindowFlags_NoNav | ImGuiWindowFlags_NoScrollWithMouse;

std::string title_of(const Report& report) {
  const Snapshot& snapshot = *report.snapshot;
  return fmt::format("{} · step {} of {}{} · InitLab", snapshot.experiment->name, count_text(snapshot.step),
                     count_text(snapshot.experiment->training.steps), report.playing ? "" : " · paused");
}

// The engine colours as many cells as the picture of a lane has room for, in its shape.
FieldSize field_size(const Layout& layout) {
  constexpr int kRows = 256;
  const Rect field = layout.lanes.front().field;
  const double aspect = std::clamp(field.width / std::max(field.height, 1.0), 0.5, 4.0);
  return {static_cast<int>(kRows * aspect + 0.5), kRows};
}

// What snapshots are to hold for what is on the screen.
SnapshotOptions wanted_view(const Layout& layout, const LabState& state) {
  SnapshotOptions wanted;
  wanted.field = field_size(layout);
  wanted.range_per_layer = state.axis_per_layer;
  wanted.network = state.network_shown;
  const Rect field = layout.lanes.front().field;
  if (state.plane.view && field.width > 0 && field.height > 0)
    wanted.domain = plane_view(field, *state.plane.view).domain;
  return wanted;
}

}  // namespace

Lab::Lab(std::unique_ptr<Comparison> comparison, ThemeId theme, double zoom, std::function<void()> on_report)
    : worker_(std::move(comparison), std::move(on_report)) {
  state_.theme = theme;
  state_.zoom = zoom;
}

FrameAnswer Lab::frame(const FrameInput& input, FrameTools& tools) {
  if (styled_ != state_.theme) {
    apply_style(theme(state_.theme));
    styled_ = state_.theme;
  }
  const std::shared_ptr<const Report> report = worker_.latest();
  state_.column_is_shown = state_.column_shown.value_or(input.width >= kFoldWidth);
  state_.lesson_is_shown = state_.lesson_shown.value_or(input.width >= kLessonFoldWidth);
  state_.selected_lane = std::min(state_.selected_lane, report->snapshot->runs.size() - 1);
  state_.tooltip.wanted = false;
  if (report->refusal && report->refusal->command > refusal_told_) {
    refusal_told_ = report->refusal->command;
    show_message(state_, report->refusal->message, true);
  }

  ImGui::SetNextWindowPos({0, 0});
  ImGui::SetNextWindowSize({static_cast<float>(input.width), static_cast<float>(input.height)});
  ImGui::PushStyleVar(ImGuiStyleVar_WindowPadding, ImVec2(0, 0));
  ImGui::PushStyleVar(ImGuiStyleVar_WindowRounding, 0.0f);
  ImGui::Begin("laboratory", nullptr, kWholeWindow);
  ImGui::PopStyleVar(2);
  {
    ImguiCanvas canvas(*ImGui::GetWindowDrawList(), tools);
    PanelContext context = {canvas, tools, theme(state_.theme), *report, state_, worker_};
    for (const KeyPress& key : input.keys) press(context, key);
    open_dropped_files(context, input.dropped_files);
    draw(context, input);
  }
  ImGui::End();
  if (!state_.tooltip.wanted) state_.tooltip = {};

  FrameAnswer answer;
  // A note is about to appear or a message to go: nobody else would ask for a frame then.
  const bool message_shown = !state_.message.text.empty() && ImGui::GetTime() <= state_.message.until + 0.1;
  const bool note_due =
      state_.tooltip.wanted && ImGui::GetTime() <= state_.tooltip.since + Tooltip::kDelay + 0.1;
  const bool walks = state_.slow_motion.on && state_.slow_motion.walks;
  answer.animate = note_due || message_shown || walks;
  answer.close = state_.close;
  answer.zoom = state_.zoom;
  answer.title = title_of(*report);
  answer.toggle_full_screen = std::exchange(state_.toggle_full_screen, false);
  return answer;
}

void Lab::draw(PanelContext& context, const FrameInput& input) {
  layout_ = make_layout({.width = input.width,
                         .height = input.height,
                         .lanes = context.snapshot().runs.size(),
                         .column = state_.column_is_shown,
                         .lesson = state_.lesson_is_shown,
                         .slow_motion = state_.slow_motion.on,
                         .paint = state_.paint.on,
                         .pictures = has_lane_picture(context.snapshot())});
  const Layout& layout = layout_;
  follow_data(state_.plane, context.snapshot());
  const SnapshotOptions wanted = wanted_view(layout, state_);
  if (wanted != asked_view_) {
    worker_.post(command::SetView{wanted});
    asked_view_ = wanted;
  }
  draw_experiment_column(context, layout.column);
  draw_curves(context, layout.cost, layout.signal);
  draw_slow_motion(context, layout.slow_motion);
  draw_lesson_panel(context, layout.lesson);
  draw_paint_strip(context, layout.paint);
  draw_timeline(context, layout.timeline);
  draw_histogram_panel(context, layout);
  for (std::size_t lane = 0; lane < layout.lanes.size(); ++lane) draw_lane(context, lane, layout.lanes[lane]);
  draw_slow_motion_mark(context, layout);
  draw_top_bar(context, layout.top_bar);
  draw_key_list(context, input.width, input.height);
  draw_command_palette(context, input.width, input.height);
  draw_explanation(context, input.width, input.height);
  draw_first_tour(context, layout, input.width, input.height);
  draw_message(context, input.width, input.height);
}

void Lab::press(PanelContext& context, const KeyPress& press) {
  const bool any_list = ImGui::IsPopupOpen("", ImGuiPopupFlags_AnyPopup);
  if (!any_list && !state_.key_list_shown && paint_key(context, press)) return;
  const Action* action = action_of(press, context);
  if (action == nullptr) return;
  // An open list of the column has the keys; a list of schemes shares them.
  const bool list_open = !state_.open_scheme_list && ImGui::IsPopupOpen("", ImGuiPopupFlags_AnyPopup);
  if (list_open && !action->over_lists) return;
  perform(*action, context);
}

}  // namespace initlab
