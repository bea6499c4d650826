// What the rows of the table of actions do, and when they may: a function each, handed the frame's context.
// Only actions.cpp reads it.
#pragma once

#include <imgui.h>

#include <algorithm>
#include "app/figures/captions.h"
#include "app/panels/cost_panel.h"
#include "app/panels/experiment_column.h"
#include "app/panels/hidden.h"
#include "app/panels/lane_changes.h"
#include "app/panels/open_files.h"
#include "app/panels/paint.h"
#include "app/panels/panel.h"
#include "app/panels/scheme_list.h"
#include "app/panels/slow_motion.h"
#include "app/panels/timeline_panel.h"
#include "app/panels/top_bar.h"
#include "core/experiment/file/experiment_json.h"
#include "core/numeric/number_text.h"

namespace initlab::effects {

inline bool is_playing(const PanelContext& context) {
  return context.report.playing;
}
inline bool is_resting(const PanelContext& context) {
  return !context.report.playing;
}

inline void rewind(PanelContext& context) {
  context.worker.post(command::Rewind{});
  // Live changes belong to their step: whoever rewinds sees the first value again.
  const std::vector<Event>& events = context.experiment().events;
  if (events.empty()) return;
  show_message(context.state,
               "Step 0 again. What was changed on the way comes back at its step: " +
                   event_caption(events.back()) + " at step " + count_text(events.back().step) + ".",
               false);
}
inline void step(PanelContext& context) {
  context.worker.post(command::Step{1});
}
inline void new_seed(PanelContext& context) {
  context.worker.post(command::NewSeed{});
}

inline bool is_past_start(const PanelContext& context) {
  return context.snapshot().step > 0;
}
inline void step_back(PanelContext& context) {
  go_to_step(context, context.snapshot().step - 1);
}
inline bool is_slow(const PanelContext& context) {
  return context.state.slow_motion.on && !context.state.open_scheme_list;
}

template <std::size_t lane>
bool has_lane(const PanelContext& context) {
  return lane < context.snapshot().runs.size();
}
template <std::size_t lane>
void select_lane(PanelContext& context) {
  context.state.selected_lane = lane;
  context.state.selection_shown = true;
}
inline bool has_lanes(const PanelContext& context) {
  return context.snapshot().runs.size() > 1;
}
inline void select_next_lane(PanelContext& context) {
  context.state.selected_lane = (context.state.selected_lane + 1) % context.snapshot().runs.size();
  context.state.selection_shown = true;
}
// Of the lane whose list is open, else of the selected one.
template <int rows>
void switch_scheme_of_lane(PanelContext& context) {
  switch_scheme_by(context, context.state.open_scheme_list.value_or(context.state.selected_lane), rows);
  context.state.selection_shown = true;
}

inline void log_axes(PanelContext& context) {
  next_cost_axes(context.state);
}
inline void dark_or_light(PanelContext& context) {
  context.state.theme = context.state.theme == ThemeId::kLight ? ThemeId::kDark : ThemeId::kLight;
}
// Away with both, or back to what the window has room for.
inline void fold_columns(PanelContext& context) {
  LabState& state = context.state;
  const bool shown = state.column_is_shown || state.lesson_is_shown;
  state.column_shown = !shown;
  state.lesson_shown = shown ? std::optional(false) : std::nullopt;
}
inline void fold_experiment_column(PanelContext& context) {
  context.state.column_shown = !context.state.column_is_shown;
}
inline void fold_lesson_column(PanelContext& context) {
  context.state.lesson_shown = !context.state.lesson_is_shown;
}
template <HistogramTensor tensor>
void show_tensor(PanelContext& context) {
  context.state.tensor = tensor;
  context.state.network_shown = false;
}
inline void show_network(PanelContext& context) {
  context.state.network_shown = true;
}
inline void axis_per_layer(PanelContext& context) {
  context.state.axis_per_layer = !context.state.axis_per_layer;
}
inline void log_counts(PanelContext& context) {
  context.state.log_counts = !context.state.log_counts;
}
inline void by_depth_or_not(PanelContext& context) {
  LabState& state = context.state;
  state.by_depth = !state.depth_is_shown;
}
inline void test_points(PanelContext& context) {
  context.state.plane.test_points = !context.state.plane.test_points;
}
inline void discrete(PanelContext& context) {
  context.state.plane.discrete = !context.state.plane.discrete;
}
inline void fit_views(PanelContext& context) {
  context.state.plane.view.reset();
  context.state.cost_zoom = {};
  context.state.signal.zoom = {};
}
template <SignalQuantity quantity>
void show_signal(PanelContext& context) {
  context.state.signal.quantity = quantity;
  context.state.signal.zoom.y.reset();
  context.state.signal.in_front = true;
}
template <int steps>
void resize_text(PanelContext& context) {
  change_text_size(context.state, steps);
}

inline void copy_experiment(PanelContext& context) {
  ImGui::SetClipboardText(experiment_to_json(context.experiment()).c_str());
  show_message(context.state, "The experiment is on the clipboard, as JSON.", false);
}
inline void paste(PanelContext& context) {
  const char* text = ImGui::GetClipboardText();
  open_pasted_text(context, text == nullptr ? "" : text);
}
inline void add_another_lane(PanelContext& context) {
  add_lane(context);
}
inline bool has_room_for_lane(const PanelContext& context) {
  return context.experiment().lanes.size() < kMaximumLanes;
}

inline void full_screen(PanelContext& context) {
  context.state.toggle_full_screen = true;
}
inline void close_window(PanelContext& context) {
  context.state.close = true;
}
inline void first_tour(PanelContext& context) {
  start_first_tour(context);
}
inline void key_list(PanelContext& context) {
  context.state.key_list_shown = !context.state.key_list_shown;
}

inline void command_palette(PanelContext& context) {
  context.state.palette.search.shown = !context.state.palette.search.shown;
}

template <int direction>
void ask_undo(PanelContext& context) {
  context.state.comfort.undo_wanted = direction;
}
inline bool can_undo(const PanelContext& context) {
  return context.state.comfort.can_undo;
}
inline bool can_redo(const PanelContext& context) {
  return context.state.comfort.can_redo;
}
inline void take_picture(PanelContext& context) {
  context.state.comfort.picture_wanted = true;
}
inline void next_colours(PanelContext& context) {
  PaletteId& palette = context.state.comfort.palette;
  palette = palettes()[(static_cast<std::size_t>(palette) + 1) % palettes().size()].id;
  show_message(context.state,
               "Colours: " + std::string(palettes()[static_cast<std::size_t>(palette)].label) + ".", false);
}
inline void reduced_motion(PanelContext& context) {
  context.state.comfort.reduced_motion = !context.state.comfort.reduced_motion;
  show_message(context.state, context.state.comfort.reduced_motion ? "Motion: reduced." : "Motion: full.",
               false);
}
inline void focus_figure(PanelContext& context) {
  context.state.comfort.focus_wanted = true;
}
inline bool is_focused(const PanelContext& context) {
  return context.state.comfort.focus.has_value();
}
inline void leave_figure(PanelContext& context) {
  context.state.comfort.focus.reset();
}
inline bool may_draw_seeds(const PanelContext& context) {
  return !is_hidden(context, HiddenControl::kSeed);
}
inline bool may_switch_schemes(const PanelContext& context) {
  return !is_hidden(context, HiddenControl::kScheme);
}
inline void first_step(PanelContext& context) {
  go_to_step(context, 0);
}
inline void furthest_step(PanelContext& context) {
  go_to_step(context, context.snapshot().reached);
}

}  // namespace initlab::effects
