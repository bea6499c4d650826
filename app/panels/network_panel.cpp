#include "app/panels/network_panel.h"

#include <fmt/format.h>
#include <imgui.h>

#include <algorithm>
#include <array>
#include <charconv>
#include <cmath>
#include <string>
#include <vector>

#include "app/canvas/text_metrics.h"
#include "app/figures/lane_card.h"
#include "app/figures/network_layout.h"
#include "app/panels/widgets.h"
#include "core/numeric/input_text.h"

namespace initlab {
namespace {

constexpr double kFootHeight = 24;
constexpr double kNameHeight = 20;
constexpr std::string_view kField = "network number";

Point mouse_position() {
  const ImVec2 mouse = ImGui::GetIO().MousePos;
  return {static_cast<double>(mouse.x), static_cast<double>(mouse.y)};
}

// Slow motion's backward pass and update are about gradients.
DiagramLinks links_shown(const LabState& state) {
  const bool gradients = state.slow_motion.on && (state.slow_motion.stage == SlowStage::kBackward ||
                                                  state.slow_motion.stage == SlowStage::kUpdate);
  return gradients ? DiagramLinks::kGradients : DiagramLinks::kWeights;
}

std::optional<double> parsed(std::string text) {
  // A minus sign that was copied from the screen.
  for (std::size_t at = text.find("\u2212"); at != std::string::npos; at = text.find("\u2212")) {
    text.replace(at, 3, "-");
  }
  const auto first = text.find_first_not_of(" +");
  const auto last = text.find_last_not_of(' ');
  if (first == std::string::npos) return std::nullopt;
  double value = 0;
  const char* const end = text.data() + last + 1;
  const auto result = std::from_chars(text.data() + first, end, value);
  if (result.ec != std::errc() || result.ptr != end || !std::isfinite(value)) return std::nullopt;
  return value;
}

void begin_edit(PanelContext& context, const DiagramHit& hit, Point at) {
  const auto value = value_of_hit(context.snapshot(), hit);
  if (!value) return;
  NetworkPanelState& panel = context.state.network;
  panel.edited = hit;
  panel.edit_at = at;
  panel.before = fmt::format("{:.6g}", *value);
  context.state.edited = kField;
  context.state.edit_begins = true;
  const std::size_t length = panel.before.copy(context.state.edit_text.data(), panel.before.size());
  context.state.edit_text[length] = 0;
}

void take(PanelContext& context, const std::string& typed) {
  const DiagramHit& hit = *context.state.network.edited;
  const auto value = parsed(typed);
  if (!value) {
    show_message(context.state, in_quotes(typed) + ": a finite number is allowed, such as 0.5 or -1e-3",
                 true);
    edit_again(context.state, kField);
    return;
  }
  context.worker.post(command::EditWeight{hit.lane, hit.layer, hit.unit, hit.input, *value});
}

// The number of a unit or link as a field beside where it was clicked.
void draw_editor(PanelContext& context, Rect rect) {
  NetworkPanelState& panel = context.state.network;
  const std::string title = fmt::format("{}: {}", title_of_hit(context.snapshot(), *panel.edited),
                                        panel.edited->input > 0 ? "weight" : "bias");
  const double width = std::max(measure_text(title, kSecondarySize).width, 140.0) + 2 * 12;
  Rect box = {panel.edit_at.x + 12, panel.edit_at.y - 36, std::ceil(width), 72};
  if (box.right() > rect.right()) box.x = panel.edit_at.x - 12 - box.width;
  box.x = std::max(box.x, rect.x);
  box.y = std::clamp(box.y, rect.y, std::max(rect.y, rect.bottom() - box.height));
  context.canvas.fill_rect(box, context.theme.card, kCornerRadius);
  context.canvas.stroke_rect(box.inset(0.5, 0.5), {context.theme.hairline, 1, {}}, kCornerRadius);
  label(context.canvas, {box.x + 12, box.y + 18}, title, box.width - 24,
        {.size = kSecondarySize, .color = context.theme.secondary, .vertical = VerticalAlign::kMiddle});
  const Rect field = {box.x + 12, box.y + 32, box.width - 24, 28};
  if (const auto typed = edit_box(context, kField, field, panel.before)) take(context, *typed);
  if (context.state.edited != kField) panel.edited.reset();
}

// The lanes' names above equal parts of the panel, where no lane stands above; returns the parts.
std::vector<ColumnSpan> draw_names(PanelContext& context, Rect line, const std::vector<std::size_t>& lanes) {
  constexpr double kGap = 24;
  const auto count = static_cast<double>(lanes.size());
  const double width = (line.width + kGap) / count - kGap;
  std::vector<ColumnSpan> spans;
  for (const std::size_t lane : lanes) {
    spans.push_back({line.x + static_cast<double>(spans.size()) * (width + kGap), width});
    draw_lane_name(context.canvas, context.theme, {spans.back().x, line.y, width, line.height},
                   context.snapshot(), lane);
  }
  return spans;
}

}  // namespace

void draw_network_panel(PanelContext& context, Rect rect, std::span<const ColumnSpan> columns) {
  NetworkPanelState& panel = context.state.network;
  const Snapshot& snapshot = context.snapshot();
  const std::array<std::size_t, 1> selected = {context.state.selected_lane};
  NetworkDiagramOptions options;
  options.links = links_shown(context.state);
  options.editable = true;
  options.columns = columns;
  if (panel.one_lane) options.lanes = selected;
  std::vector<ColumnSpan> own_columns;
  Rect figure = {rect.x, rect.y, rect.width, rect.height - kFootHeight};
  if (panel.one_lane || columns.empty()) {
    own_columns =
        draw_names(context, {rect.x, rect.y, rect.width, kNameHeight}, shown_lanes(snapshot, options));
    options.columns = own_columns;
    figure.y += kNameHeight;
    figure.height -= kNameHeight;
  }

  const Rect foot = {rect.x, rect.bottom() - kFootHeight, rect.width, kFootHeight};
  const std::string_view choice = panel.one_lane ? "all lanes" : "selected lane only";
  const double choice_width = snapshot.runs.size() > 1 ? button_width(choice) : 0;
  if (choice_width > 0 &&
      button(context, {foot.right() - choice_width, foot.y, choice_width, foot.height}, choice,
             {.look = ButtonLook::kLink, .tooltip = "Diagrams side by side, or one with more room"})) {
    panel.one_lane = !panel.one_lane;
  }
  draw_network_legend(context.canvas, context.theme,
                      {foot.x, foot.y, foot.width - choice_width - 8, foot.height}, snapshot, options);

  if (panel.edited && context.state.edited != kField) panel.edited.reset();
  std::optional<DiagramHit> clicked;
  // What is under an open field must not take its clicks.
  if (!panel.edited) {
    const Touch touch = touch_area("network figure", figure);
    if (touch.hovered) options.hover = mouse_position();
    if (touch.clicked) clicked = diagram_at(figure, snapshot, options, mouse_position());
  }
  draw_network_diagram(context.canvas, context.theme, figure, snapshot, options);
  if (clicked && clicked->layer > 0) begin_edit(context, *clicked, mouse_position());
  if (panel.edited) draw_editor(context, rect);
}

}  // namespace initlab
