// What every panel is handed: the latest report to show, the state of the window to change, the worker to
// ask. A panel shows what the snapshot says, never what a control was last set to. UI thread only.
#pragma once

#include <array>
#include <cstddef>
#include <optional>
#include <string>

#include "app/canvas/imgui_canvas.h"
#include "app/figures/histogram_grid.h"
#include "app/panels/comfort_state.h"
#include "app/panels/explain.h"
#include "app/panels/first_tour.h"
#include "app/panels/lane_state.h"
#include "app/panels/lesson_state.h"
#include "app/panels/network_panel_state.h"
#include "app/panels/paint_state.h"
#include "app/panels/palette_state.h"
#include "app/panels/plane_zoom.h"
#include "app/panels/plot_zoom.h"
#include "app/panels/search_state.h"
#include "app/panels/signal_panel.h"
#include "app/panels/slow_motion_state.h"
#include "app/panels/timeline_state.h"
#include "app/theme.h"
#include "core/worker/worker.h"

namespace initlab {

// A line at the lower edge that goes away by itself.
struct Message {
  std::string text;
  bool warning = false;
  double until = 0;  // ImGui time, seconds
};

// The note beside the mouse: shown once the mouse has rested on one thing for a moment.
struct Tooltip {
  static constexpr double kDelay = 0.45;  // seconds
  std::string text;
  double since = 0;     // ImGui time, seconds
  bool wanted = false;  // in this frame
};

// What the window remembers between frames.
struct LabState {
  ThemeId theme = ThemeId::kLight;
  double zoom = 1;                   // text size
  std::optional<bool> column_shown;  // asked for; null: as the width has it
  bool column_is_shown = false;      // in this frame
  std::optional<bool> lesson_shown;  // the lesson's column, likewise
  bool lesson_is_shown = false;
  LessonState lesson;
  ExplainState explain;
  FirstTourState first_tour;
  bool key_list_shown = false;
  SearchState key_search;
  PaletteState palette;
  ComfortState comfort;
  SlowMotionState slow_motion;
  TimelineState timeline;
  bool log_x = false;
  bool log_y = true;
  HistogramTensor tensor = HistogramTensor::kActivations;
  bool axis_per_layer = false;
  bool network_shown = false;  // instead of histograms
  bool log_counts = true;
  std::optional<bool> by_depth;  // histograms as maps against depth; null: as the layers have room
  bool depth_is_shown = false;   // in this frame
  PlotZoom cost_zoom;
  PlaneState plane;
  SignalPanelState signal;
  NetworkPanelState network;
  std::size_t selected_lane = 0;  // from 0
  bool selection_shown = false;   // once a key has made it matter
  bool restart_all = false;       // switching a scheme: every lane starts over, else the lane catches up
  std::size_t list_cursor = 0;    // row that Enter takes in the open list of a box
  std::optional<std::size_t> open_scheme_list;  // lane whose list of schemes is open
  std::optional<SchemeId> scheme_in_view;       // to which that list was scrolled last
  double column_scroll = 0;                     // of the experiment column, logical pixels
  LaneState lanes;
  PaintState paint;
  bool csv_path_asked = false;  // CSV was chosen, and its path is to be typed
  Message message;
  Tooltip tooltip;

  // The one text field in use: which, and what was typed.
  std::string edited;  // id of the field, empty: none
  std::array<char, 4096> edit_text{};
  bool edit_begins = false;
  bool edit_entered = false;  // ended by Enter, not by a click elsewhere

  bool toggle_full_screen = false;
  bool close = false;
};

struct PanelContext {
  ImguiCanvas& canvas;
  FrameTools& tools;
  const Theme& theme;
  const Report& report;
  LabState& state;
  Worker& worker;

  const Snapshot& snapshot() const { return *report.snapshot; }
  const Experiment& experiment() const { return *report.snapshot->experiment; }
};

// Shows `text` for some seconds.
void show_message(LabState& state, std::string text, bool warning);

}  // namespace initlab
