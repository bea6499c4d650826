#include "app/panels/scheme_list.h"

#include <fmt/format.h>
#include <imgui.h>

#include <algorithm>
#include <array>

#include "app/canvas/text_metrics.h"
#include "app/document/formula.h"
#include "app/panels/field_row.h"
#include "app/panels/gain_row.h"
#include "app/panels/hidden.h"
#include "app/panels/lane_changes.h"
#include "app/panels/lane_fields.h"
#include "app/panels/widgets.h"

namespace initlab {
namespace {

constexpr double kRowWidth = 540;
constexpr double kRowHeight = 54;
constexpr double kListWidth = kRowWidth + 14;  // with room for the bar that scrolls it
constexpr double kLeastList = 480;             // of its height, in a window that has so much
constexpr double kFoot = 40;                   // the line above the parameters and what a change does

// What stands below the rows, in this order, where the scheme reads it.
constexpr std::array<std::string_view, 13> kParameters = {"mean",     "std",    "limit", "value",      "mode",
                                                          "sparsity", "omega",  "path",  "experiment", "lane",
                                                          "step",     "freeze", "seed"};

ImVec2 vec(double x, double y) {
  return {static_cast<float>(x), static_cast<float>(y)};
}

std::string popup_name(std::size_t lane) {
  return fmt::format("schemes of lane {}", lane);
}

std::string frameworks(const Scheme& row) {
  std::string text;
  if (!row.pytorch.empty()) text += fmt::format("PyTorch {}", row.pytorch);
  if (!row.keras.empty()) text += fmt::format("{}Keras {}", text.empty() ? "" : " · ", row.keras);
  return text;
}

void draw_row_texts(Canvas& canvas, const Theme& theme, Rect rect, const Scheme& row, bool current) {
  const double left = rect.x + 12;
  const double right = rect.right() - 12;
  const double upper = rect.y + 19;
  const double lower = rect.y + 43;
  const FontWeight weight = current ? FontWeight::kMedium : FontWeight::kRegular;
  canvas.text({left, upper}, row.label,
              {.size = kBodySize, .color = theme.ink, .weight = weight, .vertical = VerticalAlign::kMiddle});
  const double beside = right - left - 24 - measure_text(row.label, kBodySize, FontWeight::kMedium).width;
  const TextStyle formula = {.size = kSecondarySize,
                             .color = theme.ink,
                             .horizontal = HorizontalAlign::kRight,
                             .vertical = VerticalAlign::kMiddle};
  if (formula_extent(row.formula, formula.size).width <= beside) {
    draw_formula_text(canvas, {right, upper}, row.formula, formula);
  } else {
    canvas.text({right, upper}, fit_text(row.formula, beside, formula.size), formula);
  }
  // The names in other programs stand whole; the reference gives way.
  const std::string names = fit_text(frameworks(row), right - left, kTickSize);
  canvas.text({right, lower}, names,
              {.size = kTickSize,
               .color = theme.secondary,
               .horizontal = HorizontalAlign::kRight,
               .vertical = VerticalAlign::kMiddle});
  const double room = right - left - 16 - measure_text(names, kTickSize).width;
  constexpr double kLeastRoom = 60;  // a stump of a reference says nothing
  if (room < kLeastRoom) return;
  label(canvas, {left, lower}, row.reference, room,
        {.size = kTickSize, .color = theme.secondary, .vertical = VerticalAlign::kMiddle});
}

// True when it was clicked.
bool scheme_row(PanelContext& context, Rect rect, const Scheme& row, bool current) {
  const Touch touch = touch_area(row.id, rect);
  const Theme& theme = context.theme;
  if (current || touch.hovered) {
    context.canvas.fill_rect(rect, current ? theme.soft : theme.paper, kCornerRadius - 2);
  }
  if (current) context.canvas.fill_rect({rect.x, rect.y + 8, 3, rect.height - 16}, theme.accent, 1.5);
  if (!ImGui::IsItemVisible()) return touch.clicked;
  draw_row_texts(context.canvas, theme, rect, row, current);
  if (touch.hovered) {
    std::string text = fmt::format("{} {}", row.help, lane_effect(context.state));
    if (!row.reference.empty()) text += fmt::format(" {}.", row.reference);
    tooltip(context, text);
  }
  return touch.clicked;
}

// Beside the lane, so that its picture answers in full view; below the heading where there is no room.
Point list_place(Rect heading, double display_width) {
  constexpr double kWidth = kListWidth + 16;
  if (heading.right() + 8 + kWidth <= display_width) return {heading.right() + 8, heading.y};
  if (heading.x - 8 - kWidth >= 0) return {heading.x - 8 - kWidth, heading.y};
  return {std::max(0.0, std::min(heading.x, display_width - kWidth)), heading.bottom() + 2};
}

// The height that is left for the rows in a window of that height, above the parameters of the scheme.
double list_height(const PanelContext& context, std::size_t lane, double top, double display_height) {
  constexpr double kAround = 28;  // padding of the list, a margin below
  double parameters = kFoot + kGainRowHeight;
  for (const std::string_view key : kParameters) {
    if (reads_field(context, lane, key)) parameters += kFieldRowHeight;
  }
  const double all = static_cast<double>(schemes().size()) * kRowHeight;
  return std::clamp(display_height - top - kAround - parameters, 2 * kRowHeight, all);
}

// All schemes, scrolled to the current one when the list opens or another scheme is chosen by key.
void draw_scheme_rows(PanelContext& context, std::size_t lane, double height) {
  const SchemeId current = context.snapshot().runs[lane].lane.scheme;
  ImGui::BeginChild("rows", vec(kListWidth, height));
  ImguiCanvas canvas(*ImGui::GetWindowDrawList(), context.tools);
  PanelContext inside = inside_list(context, canvas);
  for (const Scheme& row : schemes()) {
    const bool chosen = row.kind == current;
    const ImVec2 at = ImGui::GetCursorScreenPos();
    const Rect rect = {static_cast<double>(at.x), static_cast<double>(at.y), kRowWidth, kRowHeight};
    if (scheme_row(inside, rect, row, chosen) && !chosen) switch_scheme(context, lane, row.kind);
    if (chosen && context.state.scheme_in_view != current) {
      ImGui::SetScrollHereY(0.5f);
      context.state.scheme_in_view = current;
    }
  }
  ImGui::EndChild();
}

}  // namespace

void open_scheme_list(PanelContext& context, std::size_t lane) {
  context.state.selected_lane = lane;
  ImGui::OpenPopup(popup_name(lane).c_str());
}

void draw_scheme_list(PanelContext& context, std::size_t lane, Rect heading) {
  const ImVec2 display = ImGui::GetIO().DisplaySize;
  Point place = list_place(heading, static_cast<double>(display.x));
  const double display_height = static_cast<double>(display.y);
  // Lanes of a second row open theirs higher up, so that enough of it is seen.
  place.y = std::max(kGrid, std::min(place.y, display_height - kLeastList));
  ImGui::SetNextWindowPos(vec(place.x, place.y));
  if (!ImGui::BeginPopup(popup_name(lane).c_str(), ImGuiWindowFlags_NoMove)) {
    if (context.state.open_scheme_list == lane) {
      context.state.open_scheme_list.reset();
      context.state.scheme_in_view.reset();
    }
    return;
  }
  close_on_escape();
  context.state.open_scheme_list = lane;
  ImguiCanvas canvas(*ImGui::GetWindowDrawList(), context.tools);
  PanelContext inside = inside_list(context, canvas);
  ImGui::PushStyleVar(ImGuiStyleVar_ItemSpacing, vec(0, 0));
  draw_scheme_rows(context, lane, list_height(context, lane, place.y, display_height));
  ListPen pen = ListPen::here(kListWidth);
  pen.line(inside);
  if (!is_hidden(context, HiddenControl::kGain))
    draw_gain_row(inside, pen.row(kGainRowHeight).inset(12, 0), lane);
  for (const std::string_view key : kParameters) lane_field_row(inside, pen, lane, key);
  lane_effect_row(inside, pen);
  pen.finish();
  ImGui::PopStyleVar();
  ImGui::EndPopup();
}

void switch_scheme(PanelContext& context, std::size_t lane, SchemeId kind) {
  const std::vector<Lane>& lanes = context.experiment().lanes;
  Lane changed = lanes[lane];
  if (changed.scheme == kind) return;
  changed.scheme = kind;
  changed.name = free_lane_name(lanes, lane, scheme(kind).label);
  change_lane(context, lane, std::move(changed));
}

void switch_scheme_by(PanelContext& context, std::size_t lane, int rows) {
  const Lane& shown = context.experiment().lanes[lane];
  const int step = rows < 0 ? -1 : 1;
  int next = static_cast<int>(shown.scheme) + rows;
  // Past schemes that need a file or an experiment which this lane does not name.
  for (; next >= 0 && next < static_cast<int>(schemes().size()); next += step) {
    const Scheme& row = schemes()[static_cast<std::size_t>(next)];
    const bool lacks_file = row.reads("path") && shown.parameters.path.empty();
    const bool lacks_experiment = row.reads("experiment") && shown.parameters.experiment.empty();
    if (lacks_file || lacks_experiment) continue;
    switch_scheme(context, lane, row.kind);
    return;
  }
}

}  // namespace initlab
