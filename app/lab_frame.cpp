#include "app/lab_frame.h"

#include <fmt/format.h>
#include <imgui.h>

#include <algorithm>
#include <utility>

#include "app/figure_focus.h"
#include "app/figures/lane_picture.h"
#include "app/layout.h"
#include "app/panels/actions.h"
#include "app/panels/command_palette.h"
#include "app/panels/curves_panel.h"
#include "app/panels/experiment_column.h"
#include "app/panels/hidden.h"
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
#include "app/window_picture.h"
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

// The first lane's picture that is shown; empty where none is.
Rect shown_field(const Layout& layout) {
  for (const LaneRects& lane : layout.lanes) {
    if (lane.field.width > 0 && lane.field.height > 0) return lane.field;
  }
  return {};
}

// The engine colours as many cells as the picture of a lane has room for, in its shape.
FieldSize field_size(const Layout& layout) {
  constexpr int kRows = 256;
  const Rect field = shown_field(layout);
  const double aspect = std::clamp(field.width / std::max(field.height, 1.0), 0.5, 4.0);
  return {static_cast<int>(kRows * aspect + 0.5), kRows};
}

// To the figure under the mouse, or back to all.
void follow_focus(LabState& state, const Layout& layout) {
  std::optional<FocusedFigure>& focus = state.comfort.focus;
  if (std::exchange(state.comfort.focus_wanted, false)) {
    const ImVec2 mouse = ImGui::GetIO().MousePos;
    const bool inside = mouse.x > -1e6f;
    const Point at = {static_cast<double>(mouse.x), static_cast<double>(mouse.y)};
    if (focus) {
      focus.reset();
    } else if (inside) {
      focus = figure_at(layout, at);
      if (!focus) show_message(state, "Point at a figure first: F fills the window with it.", false);
    }
  }
  if (focus && focus->lane >= layout.lanes.size()) focus.reset();
}

// What snapshots are to hold for what is on the screen.
SnapshotOptions wanted_view(const Layout& layout, const LabState& state) {
  SnapshotOptions wanted;
  wanted.field = field_size(layout);
  wanted.range_per_layer = state.axis_per_layer;
  wanted.network = state.network_shown;
  const Rect field = shown_field(layout);
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
  ImGui::GetIO().ConfigInputTextCursorBlink = !state_.comfort.reduced_motion;
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
    PanelContext context = {canvas,  tools,  theme(state_.theme, state_.comfort.palette),
                            *report, state_, worker_};
    history_.observe(report->snapshot->experiment, report->commands_obeyed, ImGui::GetTime());
    state_.comfort.can_undo = history_.can_undo();
    state_.comfort.can_redo = history_.can_redo();
    for (const KeyPress& key : input.keys) press(context, key);
    undo_or_redo();
    save_picture(input);
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
  answer.take_picture = std::exchange(state_.comfort.picture_wanted, false) && !pictures_.empty();
  answer.animate = answer.animate || answer.take_picture;
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
                         .timeline = !is_hidden(context, HiddenControl::kTimeline),
                         .pictures = has_lane_picture(context.snapshot())});
  follow_focus(state_, layout_);
  if (state_.comfort.focus) {
    layout_ = focused_layout(layout_, *state_.comfort.focus, input.width, input.height);
  }
  const Layout& layout = layout_;
  follow_data(state_.plane, context.snapshot());
  const SnapshotOptions wanted = wanted_view(layout, state_);
  if (wanted != asked_view_) {
    worker_.post(command::SetView{wanted});
    asked_view_ = wanted;
  }
  if (state_.comfort.focus) {
    draw_focused(context, layout_, *state_.comfort.focus);
  } else {
    draw_panels(context);
  }
  draw_key_list(context, input.width, input.height);
  draw_command_palette(context, input.width, input.height);
  draw_explanation(context, input.width, input.height);
  draw_first_tour(context, layout, input.width, input.height);
  draw_message(context, input.width, input.height);
}

void Lab::draw_panels(PanelContext& context) {
  draw_experiment_column(context, layout_.column);
  draw_curves(context, layout_.cost, layout_.signal);
  draw_slow_motion(context, layout_.slow_motion);
  draw_lesson_panel(context, layout_.lesson);
  draw_paint_strip(context, layout_.paint);
  if (layout_.timeline.height > 0) draw_timeline(context, layout_.timeline);
  draw_histogram_panel(context, layout_);
  for (std::size_t lane = 0; lane < layout_.lanes.size(); ++lane)
    draw_lane(context, lane, layout_.lanes[lane]);
  draw_slow_motion_mark(context, layout_);
  draw_top_bar(context, layout_.top_bar);
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

void Lab::undo_or_redo() {
  const int wanted = std::exchange(state_.comfort.undo_wanted, 0);
  if (wanted < 0 && history_.can_undo()) {
    UndoHistory::Move move = history_.undo();
    history_.asked(worker_.post(command::Change{*move.experiment}));
    show_message(state_, fmt::format("Undone: {}", move.text), false);
  } else if (wanted > 0 && history_.can_redo()) {
    UndoHistory::Move move = history_.redo();
    history_.asked(worker_.post(command::Change{*move.experiment}));
    show_message(state_, fmt::format("Done again: {}", move.text), false);
  }
  state_.comfort.can_undo = history_.can_undo();
  state_.comfort.can_redo = history_.can_redo();
}

void Lab::save_picture(const FrameInput& input) {
  if (input.picture == nullptr) return;
  const Snapshot& snapshot = *worker_.latest()->snapshot;
  std::string error;
  const auto file = save_window_picture(
      *input.picture, pictures_, fmt::format("{} step {}", snapshot.experiment->name, snapshot.step), error);
  show_message(state_, file ? fmt::format("Picture: {}", file->string()) : error, !file);
}

void Lab::recall(const Settings& settings) {
  state_.theme = settings.theme;
  state_.zoom = settings.text_size;
  state_.column_shown = settings.column_shown;
  state_.lesson_shown = settings.lesson_shown;
  state_.comfort.palette = settings.palette;
  state_.comfort.reduced_motion = settings.reduced_motion;
  state_.first_tour.seen = settings.tour_seen;
  state_.first_tour.shown = !settings.tour_seen;
}

Settings Lab::settings() const {
  return {.theme = state_.theme,
          .palette = state_.comfort.palette,
          .text_size = state_.zoom,
          .reduced_motion = state_.comfort.reduced_motion,
          .column_shown = state_.column_shown,
          .lesson_shown = state_.lesson_shown,
          .tour_seen = state_.first_tour.seen,
          .window = std::nullopt};
}

void Lab::tell(std::string text, bool warning) {
  constexpr double kSeconds = 12;
  // ImGui's clock begins with the first frame.
  const double now = ImGui::GetCurrentContext() == nullptr ? 0 : ImGui::GetTime();
  state_.message = {std::move(text), warning, now + kSeconds};
}

}  // namespace initlab
