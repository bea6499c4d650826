// The table, in the order in which the list of keys shows it, and what its rows do.
#include "app/panels/actions.h"

#include <imgui.h>

#include <algorithm>

#include "app/panels/cost_panel.h"
#include "app/panels/experiment_column.h"
#include "app/panels/hidden.h"
#include "app/panels/lane_changes.h"
#include "app/panels/open_files.h"
#include "app/panels/paint.h"
#include "app/panels/scheme_list.h"
#include "app/panels/slow_motion.h"
#include "app/panels/timeline_panel.h"
#include "app/panels/top_bar.h"
#include "core/experiment/file/experiment_json.h"

namespace initlab {
namespace {

bool is_playing(const PanelContext& context) {
  return context.report.playing;
}
bool is_resting(const PanelContext& context) {
  return !context.report.playing;
}

void rewind(PanelContext& context) {
  context.worker.post(command::Rewind{});
}
void step(PanelContext& context) {
  context.worker.post(command::Step{1});
}
void new_seed(PanelContext& context) {
  context.worker.post(command::NewSeed{});
}

bool is_past_start(const PanelContext& context) {
  return context.snapshot().step > 0;
}
void step_back(PanelContext& context) {
  go_to_step(context, context.snapshot().step - 1);
}
bool is_slow(const PanelContext& context) {
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
bool has_lanes(const PanelContext& context) {
  return context.snapshot().runs.size() > 1;
}
void select_next_lane(PanelContext& context) {
  context.state.selected_lane = (context.state.selected_lane + 1) % context.snapshot().runs.size();
  context.state.selection_shown = true;
}
// Of the lane whose list is open, else of the selected one.
template <int rows>
void switch_scheme_of_lane(PanelContext& context) {
  switch_scheme_by(context, context.state.open_scheme_list.value_or(context.state.selected_lane), rows);
  context.state.selection_shown = true;
}

void log_axes(PanelContext& context) {
  next_cost_axes(context.state);
}
void dark_or_light(PanelContext& context) {
  context.state.theme = context.state.theme == ThemeId::kLight ? ThemeId::kDark : ThemeId::kLight;
}
// Away with both, or back to what the window has room for.
void fold_columns(PanelContext& context) {
  LabState& state = context.state;
  const bool shown = state.column_is_shown || state.lesson_is_shown;
  state.column_shown = !shown;
  state.lesson_shown = shown ? std::optional(false) : std::nullopt;
}
void fold_experiment_column(PanelContext& context) {
  context.state.column_shown = !context.state.column_is_shown;
}
void fold_lesson_column(PanelContext& context) {
  context.state.lesson_shown = !context.state.lesson_is_shown;
}
template <HistogramTensor tensor>
void show_tensor(PanelContext& context) {
  context.state.tensor = tensor;
  context.state.network_shown = false;
}
void show_network(PanelContext& context) {
  context.state.network_shown = true;
}
void axis_per_layer(PanelContext& context) {
  context.state.axis_per_layer = !context.state.axis_per_layer;
}
void log_counts(PanelContext& context) {
  context.state.log_counts = !context.state.log_counts;
}
void by_depth_or_not(PanelContext& context) {
  LabState& state = context.state;
  state.by_depth = !state.depth_is_shown;
}
void test_points(PanelContext& context) {
  context.state.plane.test_points = !context.state.plane.test_points;
}
void discrete(PanelContext& context) {
  context.state.plane.discrete = !context.state.plane.discrete;
}
void fit_views(PanelContext& context) {
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

void copy_experiment(PanelContext& context) {
  ImGui::SetClipboardText(experiment_to_json(context.experiment()).c_str());
  show_message(context.state, "The experiment is on the clipboard, as JSON.", false);
}
void paste(PanelContext& context) {
  const char* text = ImGui::GetClipboardText();
  open_pasted_text(context, text == nullptr ? "" : text);
}
void add_another_lane(PanelContext& context) {
  add_lane(context);
}
bool has_room_for_lane(const PanelContext& context) {
  return context.experiment().lanes.size() < kMaximumLanes;
}

void full_screen(PanelContext& context) {
  context.state.toggle_full_screen = true;
}
void close_window(PanelContext& context) {
  context.state.close = true;
}
void first_tour(PanelContext& context) {
  start_first_tour(context);
}
void key_list(PanelContext& context) {
  context.state.key_list_shown = !context.state.key_list_shown;
}

void command_palette(PanelContext& context) {
  context.state.palette.search.shown = !context.state.palette.search.shown;
}

template <int direction>
void ask_undo(PanelContext& context) {
  context.state.comfort.undo_wanted = direction;
}
bool can_undo(const PanelContext& context) {
  return context.state.comfort.can_undo;
}
bool can_redo(const PanelContext& context) {
  return context.state.comfort.can_redo;
}
void take_picture(PanelContext& context) {
  context.state.comfort.picture_wanted = true;
}
void next_colours(PanelContext& context) {
  PaletteId& palette = context.state.comfort.palette;
  palette = palettes()[(static_cast<std::size_t>(palette) + 1) % palettes().size()].id;
  show_message(context.state,
               "Colours: " + std::string(palettes()[static_cast<std::size_t>(palette)].label) + ".", false);
}
void reduced_motion(PanelContext& context) {
  context.state.comfort.reduced_motion = !context.state.comfort.reduced_motion;
  show_message(context.state, context.state.comfort.reduced_motion ? "Motion: reduced." : "Motion: full.",
               false);
}
void focus_figure(PanelContext& context) {
  context.state.comfort.focus_wanted = true;
}
bool is_focused(const PanelContext& context) {
  return context.state.comfort.focus.has_value();
}
void leave_figure(PanelContext& context) {
  context.state.comfort.focus.reset();
}
bool may_draw_seeds(const PanelContext& context) {
  return !is_hidden(context, HiddenControl::kSeed);
}
bool may_switch_schemes(const PanelContext& context) {
  return !is_hidden(context, HiddenControl::kScheme);
}
void first_step(PanelContext& context) {
  go_to_step(context, 0);
}
void furthest_step(PanelContext& context) {
  go_to_step(context, context.snapshot().reached);
}

constexpr KeyPress kNoKey = {};
constexpr KeyPress plain(int key) {
  return {key, false, false};
}
constexpr KeyPress ctrl(int key) {
  return {key, true, false};
}
constexpr std::array<KeyPress, 2> one(KeyPress press) {
  return {press, kNoKey};
}

constexpr auto kTime = ActionGroup::kTime;
constexpr auto kLanes = ActionGroup::kLanes;
constexpr auto kView = ActionGroup::kView;
constexpr auto kExperiment = ActionGroup::kExperiment;
constexpr auto kWindow = ActionGroup::kWindow;

constexpr Action kActions[] = {
    {.id = "play_or_pause",
     .label = "Play or pause",
     .group = kTime,
     .keys = "Space",
     .presses = one(plain(kKeySpace)),
     .help = "Train all lanes, or stop.",
     .run = play_or_pause},
    {.id = "play",
     .label = "Play",
     .group = kTime,
     .help = "Train all lanes.",
     .run = play_or_pause,
     .enabled = is_resting},
    {.id = "pause",
     .label = "Pause",
     .group = kTime,
     .help = "Stop training.",
     .run = play_or_pause,
     .enabled = is_playing},
    {.id = "next_stage",
     .label = "Next stage of slow motion",
     .group = kTime,
     .keys = "→",
     .presses = one(plain(kKeyRight)),
     .help = "After the update the next step begins.",
     .run = next_slow_stage,
     .enabled = is_slow},
    {.id = "previous_stage",
     .label = "Previous stage of slow motion",
     .group = kTime,
     .keys = "←",
     .presses = one(plain(kKeyLeft)),
     .help = "Within the same step.",
     .run = previous_slow_stage,
     .enabled = is_slow},
    {.id = "step",
     .label = "One step",
     .group = kTime,
     .keys = "S  or  →",
     .presses = {plain('S'), plain(kKeyRight)},
     .help = "One update of every lane.",
     .run = step},
    {.id = "step_back",
     .label = "One step back",
     .group = kTime,
     .keys = "←",
     .presses = one(plain(kKeyLeft)),
     .help = "To the step before, exactly.",
     .run = step_back,
     .enabled = is_past_start},
    {.id = "slow_motion",
     .label = "Slow motion",
     .group = kTime,
     .keys = "M",
     .presses = one(plain('M')),
     .help = "One step taken apart: forward, loss, backward, update.",
     .run = toggle_slow_motion},
    {.id = "first_step",
     .label = "To step 0",
     .group = kTime,
     .keys = "Home",
     .presses = one(plain(kKeyHome)),
     .help = "The left end of the timeline.",
     .run = first_step},
    {.id = "furthest_step",
     .label = "To the furthest step",
     .group = kTime,
     .keys = "End",
     .presses = one(plain(kKeyEnd)),
     .help = "The right end of what was trained.",
     .run = furthest_step},
    {.id = "rewind",
     .label = "Rewind",
     .group = kTime,
     .keys = "R",
     .presses = one(plain('R')),
     .help = "The same seeds, step 0: the same path again.",
     .run = rewind},
    {.id = "new_seed",
     .label = "New seed",
     .group = kTime,
     .keys = "N",
     .presses = one(plain('N')),
     .help = "Other weights in every lane, step 0.",
     .run = new_seed,
     .enabled = may_draw_seeds},

    {.id = "add_lane",
     .label = "Add a lane",
     .group = kLanes,
     .help = "Another network beside these; they go on while it catches up.",
     .run = add_another_lane,
     .enabled = has_room_for_lane},
    {.id = "select_lane_1",
     .label = "Select lane 1",
     .group = kLanes,
     .keys = "1",
     .presses = one(plain('1')),
     .help = "The keys mean the first lane.",
     .run = select_lane<0>,
     .enabled = has_lane<0>},
    {.id = "select_lane_2",
     .label = "Select lane 2",
     .group = kLanes,
     .keys = "2",
     .presses = one(plain('2')),
     .help = "The keys mean the second lane.",
     .run = select_lane<1>,
     .enabled = has_lane<1>},
    {.id = "select_lane_3",
     .label = "Select lane 3",
     .group = kLanes,
     .keys = "3",
     .presses = one(plain('3')),
     .help = "The keys mean the third lane.",
     .run = select_lane<2>,
     .enabled = has_lane<2>},
    {.id = "select_lane_4",
     .label = "Select lane 4",
     .group = kLanes,
     .keys = "4",
     .presses = one(plain('4')),
     .help = "The keys mean the fourth lane.",
     .run = select_lane<3>,
     .enabled = has_lane<3>},
    {.id = "select_lane_5",
     .label = "Select lane 5",
     .group = kLanes,
     .keys = "5",
     .presses = one(plain('5')),
     .help = "The keys mean the fifth lane.",
     .run = select_lane<4>,
     .enabled = has_lane<4>},
    {.id = "select_lane_6",
     .label = "Select lane 6",
     .group = kLanes,
     .keys = "6",
     .presses = one(plain('6')),
     .help = "The keys mean the sixth lane.",
     .run = select_lane<5>,
     .enabled = has_lane<5>},
    {.id = "next_lane",
     .label = "Select the next lane",
     .group = kLanes,
     .help = "The lane to the right, then the first again.",
     .run = select_next_lane,
     .enabled = has_lanes},
    {.id = "scheme_up",
     .label = "Scheme above",
     .group = kLanes,
     .keys = "↑",
     .presses = one(plain(kKeyUp)),
     .help = "The selected lane's scheme, live.",
     .run = switch_scheme_of_lane<-1>,
     .enabled = may_switch_schemes},
    {.id = "scheme_down",
     .label = "Scheme below",
     .group = kLanes,
     .keys = "↓",
     .presses = one(plain(kKeyDown)),
     .help = "The selected lane's scheme, live.",
     .run = switch_scheme_of_lane<1>,
     .enabled = may_switch_schemes},

    {.id = "log_axes",
     .label = "Axes of the cost",
     .group = kView,
     .keys = "L",
     .presses = one(plain('L')),
     .help = "Log cost axis, both axes log, both linear.",
     .run = log_axes},
    {.id = "show_activations",
     .label = "Show activations",
     .group = kView,
     .help = "Histograms of what comes out of each layer.",
     .run = show_tensor<HistogramTensor::kActivations>},
    {.id = "show_preactivations",
     .label = "Show pre-activations",
     .group = kView,
     .help = "Histograms of what goes into each activation.",
     .run = show_tensor<HistogramTensor::kPreActivations>},
    {.id = "show_gradients",
     .label = "Show gradients",
     .group = kView,
     .help = "Histograms of what comes back to each layer.",
     .run = show_tensor<HistogramTensor::kPreActivationGradients>},
    {.id = "show_weight_gradients",
     .label = "Show weight gradients",
     .group = kView,
     .help = "Histograms of what each layer's weights learn from.",
     .run = show_tensor<HistogramTensor::kWeightGradients>},
    {.id = "show_weights",
     .label = "Show weights",
     .group = kView,
     .help = "Histograms of each layer's weights.",
     .run = show_tensor<HistogramTensor::kWeights>},
    {.id = "show_network",
     .label = "Show the network",
     .group = kView,
     .help = "Every unit with what it answers to, in place of the histograms.",
     .run = show_network},
    {.id = "axis_per_layer",
     .label = "Shared axes or an axis a layer",
     .group = kView,
     .help = "One horizontal axis for all layers' histograms, or one for each.",
     .run = axis_per_layer},
    {.id = "log_counts",
     .label = "Log counts or counts",
     .group = kView,
     .help = "Heights of histograms by the logarithm of the count, or by the count.",
     .run = log_counts},
    {.id = "by_depth",
     .label = "Histograms by depth or layer by layer",
     .group = kView,
     .help = "All layers in one map a lane, or a histogram for each.",
     .run = by_depth_or_not},
    {.id = "test_points",
     .label = "Show or hide test points",
     .group = kView,
     .help = "Points that no network learns from, hollow over the decision boundaries.",
     .run = test_points},
    {.id = "winner_only",
     .label = "Shades or the winner only",
     .group = kView,
     .help = "How sure a network is over the plane, or only which class it answers.",
     .run = discrete},
    {.id = "fit_views",
     .label = "Fit all views",
     .group = kView,
     .help = "Ends every closer look at a boundary, at costs and at signals.",
     .run = fit_views},
    {.id = "signal_z",
     .label = "Signal by layer: std of z",
     .group = kView,
     .help = "How large what each layer's units get is, beside theory.",
     .run = show_signal<SignalQuantity::kPreActivations>},
    {.id = "signal_dz",
     .label = "Signal by layer: std of dz",
     .group = kView,
     .help = "How large the gradient is in each layer, beside theory.",
     .run = show_signal<SignalQuantity::kGradients>},
    {.id = "dark_or_light",
     .label = "Dark or light",
     .group = kView,
     .keys = "D",
     .presses = one(plain('D')),
     .help = "The other theme.",
     .run = dark_or_light},
    {.id = "columns",
     .label = "Show or hide the columns",
     .group = kView,
     .keys = "Tab",
     .presses = one(plain(kKeyTab)),
     .help = "For a projector, or for a picture.",
     .run = fold_columns,
     .over_lists = true},
    {.id = "experiment_column",
     .label = "Show or hide the experiment column",
     .group = kView,
     .help = "The settings at the left.",
     .run = fold_experiment_column},
    {.id = "lesson_column",
     .label = "Show or hide the lesson",
     .group = kView,
     .help = "The text at the right.",
     .run = fold_lesson_column},
    {.id = "full_screen_figure",
     .label = "Figure over the whole window",
     .group = kView,
     .keys = "F",
     .presses = one(plain('F')),
     .help = "The figure under the mouse, or back.",
     .run = focus_figure},
    {.id = "leave_figure",
     .label = "Back from one figure",
     .group = kView,
     .keys = "Esc",
     .presses = one(plain(kKeyEscape)),
     .help = "To all figures.",
     .run = leave_figure,
     .enabled = is_focused},
    {.id = "next_colours",
     .label = "Other colours for the classes",
     .group = kView,
     .help = "Blue and orange, blue and yellow, dark and light.",
     .run = next_colours},
    {.id = "reduced_motion",
     .label = "Reduced or full motion",
     .group = kView,
     .help = "Reduced: nothing blinks, fades or slides.",
     .run = reduced_motion},
    {.id = "show_all_controls",
     .label = "Show or hide the controls that the lesson hides",
     .group = kView,
     .help = "What the experiment's file leaves out.",
     .run = show_or_hide_controls,
     .enabled = hides_controls},
    {.id = "text_larger",
     .label = "Larger text",
     .group = kView,
     .keys = "Ctrl +",
     .presses = one(ctrl(kKeyPlus)),
     .help = "Everything grows with it.",
     .run = resize_text<1>,
     .over_lists = true},
    {.id = "text_smaller",
     .label = "Smaller text",
     .group = kView,
     .keys = "Ctrl −",
     .presses = one(ctrl(kKeyMinus)),
     .help = "Everything shrinks with it.",
     .run = resize_text<-1>,
     .over_lists = true},
    {.id = "text_normal",
     .label = "Normal text size",
     .group = kView,
     .keys = "Ctrl 0",
     .presses = one(ctrl('0')),
     .help = "As the display has it.",
     .run = resize_text<0>,
     .over_lists = true},

    {.id = "paint",
     .label = "Paint points",
     .group = kExperiment,
     .keys = "B",
     .presses = one(plain('B')),
     .help = "Place and erase points over any lane's picture.",
     .run = toggle_paint},
    {.id = "redo",
     .label = "Redo",
     .group = kExperiment,
     .keys = "Ctrl Y",
     .presses = {ctrl('Y'), KeyPress{'Z', true, true}},
     .help = "What was undone last.",
     .run = ask_undo<1>,
     .enabled = can_redo},
    {.id = "undo",
     .label = "Undo",
     .group = kExperiment,
     .keys = "Ctrl Z",
     .presses = one(ctrl('Z')),
     .help = "The last change of the experiment.",
     .run = ask_undo<-1>,
     .enabled = can_undo},
    {.id = "copy_experiment",
     .label = "Copy the experiment",
     .group = kExperiment,
     .keys = "Ctrl C",
     .presses = one(ctrl('C')),
     .help = "As JSON, to the clipboard.",
     .run = copy_experiment,
     .over_lists = true},
    {.id = "paste",
     .label = "Paste an experiment or a table",
     .group = kExperiment,
     .keys = "Ctrl V",
     .presses = one(ctrl('V')),
     .help = "JSON or CSV from the clipboard.",
     .run = paste,
     .over_lists = true},

    {.id = "picture",
     .label = "Picture of the window",
     .group = kWindow,
     .keys = "P",
     .presses = one(plain('P')),
     .help = "A PNG in the folder of pictures; a line says where.",
     .run = take_picture},
    {.id = "full_screen",
     .label = "Full screen",
     .group = kWindow,
     .keys = "F11",
     .presses = one(plain(kKeyF11)),
     .help = "The window over the whole screen, or back.",
     .run = full_screen,
     .over_lists = true},
    {.id = "palette",
     .label = "Command palette",
     .group = kWindow,
     .keys = "Ctrl K",
     .presses = one(ctrl('K')),
     .help = "Everything by its name: actions, experiments, schemes, settings.",
     .run = command_palette,
     .over_lists = true},
    {.id = "key_list",
     .label = "List of keys",
     .group = kWindow,
     .keys = "F1  or  ?",
     .presses = {plain(kKeyF1), plain(kKeyQuestion)},
     .help = "This list; what is typed searches it.",
     .run = key_list,
     .over_lists = true},
    {.id = "first_tour",
     .label = "The first minute",
     .group = kWindow,
     .help = "What is where, card by card.",
     .run = first_tour},
    {.id = "close",
     .label = "Close",
     .group = kWindow,
     .keys = "Ctrl Q",
     .presses = one(ctrl('Q')),
     .help = "End the program.",
     .run = close_window,
     .over_lists = true},
};

}  // namespace

std::string_view action_group_label(ActionGroup group) {
  constexpr std::array<std::string_view, static_cast<std::size_t>(ActionGroup::kCount)> kLabels = {
      "Time", "Lanes", "View", "Experiment", "Window"};
  return kLabels[static_cast<std::size_t>(group)];
}

std::span<const Action> actions() {
  return kActions;
}

const Action* find_action(std::string_view id) {
  for (const Action& action : kActions) {
    if (action.id == id) return &action;
  }
  return nullptr;
}

const Action* action_of(const KeyPress& press, const PanelContext& context) {
  const Action* without_shift = nullptr;
  for (const Action& action : kActions) {
    for (const KeyPress& own : action.presses) {
      if (own.key == 0 || own.key != press.key || own.ctrl != press.ctrl) continue;
      if (!is_enabled(action, context)) {
        if (own.shift && press.shift) return nullptr;  // not what the key means without Shift
        continue;
      }
      if (own.shift == press.shift) return &action;
      if (!own.shift && without_shift == nullptr) without_shift = &action;
    }
  }
  return without_shift;
}

bool is_enabled(const Action& action, const PanelContext& context) {
  return action.enabled == nullptr || action.enabled(context);
}

void perform(const Action& action, PanelContext& context) {
  if (is_enabled(action, context)) action.run(context);
}

}  // namespace initlab
