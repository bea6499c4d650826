#include "app/panels/lane_panel.h"

#include <fmt/format.h>
#include <imgui.h>

#include <algorithm>
#include <array>
#include <vector>

#include "app/canvas/text_metrics.h"
#include "app/figures/captions.h"
#include "app/figures/lane_card.h"
#include "app/figures/lane_picture.h"
#include "app/figures/marks.h"
#include "app/panels/field_row.h"
#include "app/panels/widgets.h"
#include "core/numeric/number_text.h"

namespace initlab {
namespace {

ImVec2 vec(double x, double y) {
  return {static_cast<float>(x), static_cast<float>(y)};
}

// A name that no other lane has: "He normal", "He normal 2".
std::string free_name(const Experiment& experiment, std::size_t lane, std::string_view wanted) {
  std::string name(wanted);
  const auto taken = [&](const std::string& candidate) {
    for (std::size_t other = 0; other < experiment.lanes.size(); ++other) {
      if (other != lane && experiment.lanes[other].name == candidate) return true;
    }
    return false;
  };
  for (int number = 2; taken(name); ++number) name = fmt::format("{} {}", wanted, number);
  return name;
}

void set_lane(PanelContext& context, std::size_t lane, Lane changed) {
  context.worker.post(command::SetLane{lane, std::move(changed), context.state.restart_all});
}

std::string frameworks(const Scheme& row) {
  std::string text;
  if (!row.pytorch.empty()) text += fmt::format("PyTorch {}", row.pytorch);
  if (!row.keras.empty()) text += fmt::format("{}Keras {}", text.empty() ? "" : " · ", row.keras);
  return text;
}

constexpr double kRowWidth = 420;
constexpr double kRowHeight = 46;
constexpr double kListWidth = kRowWidth + 14;  // with room for the bar that scrolls it
constexpr double kLeastList = 480;             // of its height, in a window that has so much

// A scheme in the list: label and formula, below them where it comes from.
bool scheme_row(PanelContext& context, Canvas& canvas, const Scheme& row, bool current) {
  const ImVec2 at = ImGui::GetCursorScreenPos();
  const Rect rect = {static_cast<double>(at.x), static_cast<double>(at.y), kRowWidth, kRowHeight};
  ImGui::PushID(row.id.data(), row.id.data() + row.id.size());
  const bool clicked = ImGui::InvisibleButton("row", vec(rect.width, rect.height));
  ImGui::PopID();
  const bool hovered = ImGui::IsItemHovered();
  const Theme& theme = context.theme;
  if (current || hovered) canvas.fill_rect(rect, current ? theme.soft : theme.paper, kCornerRadius - 2);
  if (current) canvas.fill_rect({rect.x, rect.y + 8, 3, rect.height - 16}, theme.accent, 1.5);
  canvas.text({rect.x + 12, rect.y + 15}, row.label,
              {.size = kBodySize,
               .color = theme.ink,
               .weight = current ? FontWeight::kMedium : FontWeight::kRegular,
               .vertical = VerticalAlign::kMiddle});
  // A formula too long to stand beside the label takes the line below it.
  const double beside = rect.width - 36 - measure_text(row.label, kBodySize, FontWeight::kMedium).width;
  const bool fits = measure_text(row.formula, kSecondarySize).width <= beside;
  if (fits) {
    canvas.text({rect.right() - 12, rect.y + 15}, row.formula,
                {.size = kSecondarySize,
                 .color = theme.ink,
                 .horizontal = HorizontalAlign::kRight,
                 .vertical = VerticalAlign::kMiddle});
  }
  label(canvas, {rect.x + 12, rect.y + 33}, fits ? frameworks(row) : std::string(row.formula),
        rect.width - 24, {.size = kTickSize, .color = theme.secondary, .vertical = VerticalAlign::kMiddle});
  if (hovered) {
    tooltip(context,
            row.reference.empty() ? std::string(row.help) : fmt::format("{} {}.", row.help, row.reference));
  }
  return clicked;
}

// std, limit, value, gain, seed, bias: what stands below the list.
bool is_parameter(const Field<Lane>& field, const Experiment& experiment, const Lane& lane) {
  const bool leaky = lane.activation.value_or(experiment.network.activation) == ActivationId::kLeakyRelu;
  if (field.key == "slope" && !leaky) return false;
  return field.key != "name" && field.key != "scheme" && applies(field, lane);
}

void draw_parameters(PanelContext& context, ImguiCanvas& popup_canvas, std::size_t lane) {
  Experiment shown = context.experiment();
  for (const Field<Lane>& field : fields<Lane>()) {
    if (!is_parameter(field, shown, shown.lanes[lane])) continue;
    const ImVec2 at = ImGui::GetCursorScreenPos();
    const Rect rect = {static_cast<double>(at.x) + 12, static_cast<double>(at.y), kRowWidth - 24,
                       kFieldRowHeight};
    PanelContext inside = {popup_canvas,   context.tools, context.theme,
                           context.report, context.state, context.worker};
    const std::string path = fmt::format("lanes.{}.{}", lane + 1, field.key);
    if (auto changed = field_row(inside, rect, field, shown.lanes[lane], path)) {
      set_lane(context, lane, changed->lanes[lane]);
    }
    ImGui::SetCursorScreenPos(at);
    ImGui::Dummy(vec(kRowWidth, kFieldRowHeight));
  }
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
  constexpr double kAround = 40;  // padding of the list, the line above the parameters, a margin below
  Experiment shown = context.experiment();
  double parameters = 0;
  for (const Field<Lane>& field : fields<Lane>()) {
    if (is_parameter(field, shown, shown.lanes[lane])) parameters += kFieldRowHeight;
  }
  const double all = static_cast<double>(schemes().size()) * kRowHeight;
  return std::clamp(display_height - top - kAround - parameters, 2 * kRowHeight, all);
}

// All schemes, scrolled to the current one when the list opens or another scheme is chosen by key.
void draw_scheme_rows(PanelContext& context, std::size_t lane, double height) {
  const SchemeId current = context.snapshot().runs[lane].lane.scheme;
  ImGui::BeginChild("rows", vec(kListWidth, height));
  ImguiCanvas canvas(*ImGui::GetWindowDrawList(), context.tools);
  for (const Scheme& row : schemes()) {
    const bool chosen = row.kind == current;
    if (scheme_row(context, canvas, row, chosen) && !chosen) switch_scheme(context, lane, row.kind);
    if (chosen && context.state.scheme_in_view != current) {
      ImGui::SetScrollHereY(0.5f);
      context.state.scheme_in_view = current;
    }
  }
  ImGui::EndChild();
}

void draw_scheme_list(PanelContext& context, std::size_t lane, Rect heading) {
  const std::string id = fmt::format("schemes of lane {}", lane);
  const ImVec2 display = ImGui::GetIO().DisplaySize;
  Point place = list_place(heading, static_cast<double>(display.x));
  const double display_height = static_cast<double>(display.y);
  // Lanes of a second row open theirs higher up, so that enough of it is seen.
  place.y = std::max(kGrid, std::min(place.y, display_height - kLeastList));
  ImGui::SetNextWindowPos(vec(place.x, place.y));
  if (!ImGui::BeginPopup(id.c_str(), ImGuiWindowFlags_NoMove)) {
    if (context.state.open_scheme_list == lane) {
      context.state.open_scheme_list.reset();
      context.state.scheme_in_view.reset();
    }
    return;
  }
  close_on_escape();
  context.state.open_scheme_list = lane;
  ImguiCanvas canvas(*ImGui::GetWindowDrawList(), context.tools);
  ImGui::PushStyleVar(ImGuiStyleVar_ItemSpacing, vec(0, 0));
  draw_scheme_rows(context, lane, list_height(context, lane, place.y, display_height));
  const ImVec2 at = ImGui::GetCursorScreenPos();
  canvas.fill_rect({static_cast<double>(at.x), static_cast<double>(at.y) + 5, kListWidth, 1},
                   context.theme.hairline);
  ImGui::Dummy(vec(kListWidth, 11));
  draw_parameters(context, canvas, lane);
  ImGui::PopStyleVar();
  ImGui::EndPopup();
}

void draw_heading(PanelContext& context, std::size_t lane, Rect rect) {
  const Theme& theme = context.theme;
  const RunSnapshot& run = context.snapshot().runs[lane];
  const double middle = rect.center().y;
  const Touch touch =
      touch_area(fmt::format("heading {}", lane), {rect.x, rect.y + 2, rect.width, rect.height - 4});
  if (touch.clicked) {
    context.state.selected_lane = lane;
    ImGui::OpenPopup(fmt::format("schemes of lane {}", lane).c_str());
  }
  if (touch.hovered) {
    context.canvas.fill_rect({rect.x, rect.y + 2, rect.width, rect.height - 4}, theme.soft, kCornerRadius);
    tooltip(context, "Switch how this lane's weights are drawn. Up and down in the open list switch live.");
  }
  double x = rect.x + 4;
  draw_swatch(context.canvas, theme, {x + 5, middle}, lane, 10);
  x += 18;
  const std::string name = fit_text(run.lane.name, rect.width - 40, 16.5, FontWeight::kMedium);
  context.canvas.text(
      {x, middle}, name,
      {.size = 16.5, .color = theme.ink, .weight = FontWeight::kMedium, .vertical = VerticalAlign::kMiddle});
  x += measure_text(name, 16.5, FontWeight::kMedium).width + 12;
  const Point arrow[] = {{x - 4, middle - 2}, {x + 4, middle - 2}, {x, middle + 3}};
  context.canvas.fill_polygon(arrow, theme.secondary);
  x += 14;
  const std::vector<std::string> texts = lane_formulas(run.lane);
  const auto fitting = std::ranges::find_if(texts, [&](const std::string& text) {
    return measure_text(text, kSecondarySize).width <= rect.right() - x;
  });
  const std::string& formula = fitting == texts.end() ? texts.back() : *fitting;
  label(context.canvas, {x, middle}, formula, rect.right() - x,
        {.size = kSecondarySize, .color = theme.secondary, .vertical = VerticalAlign::kMiddle});
  // Which lane the keys mean, where there is a choice.
  if (context.state.selection_shown && context.state.selected_lane == lane) {
    context.canvas.fill_rect({rect.x, rect.bottom() - 3, 24, 2}, theme.accent, 1);
  }
  draw_scheme_list(context, lane, rect);
}

constexpr double kReadOutGap = 14;

double read_out_width(const LaneNumber& one) {
  return measure_text(one.name, kSecondarySize).width + 5 +
         measure_text(one.value, kReadoutSize, FontWeight::kMedium).width;
}

void draw_read_out(PanelContext& context, Point start, const LaneNumber& one) {
  context.canvas.text(start, one.name, {.size = kSecondarySize, .color = context.theme.secondary});
  context.canvas.text({start.x + measure_text(one.name, kSecondarySize).width + 5, start.y}, one.value,
                      {.size = kReadoutSize, .color = context.theme.ink, .weight = FontWeight::kMedium});
}

// "cost 0.6931" at the left, accuracies at the right, as many of them as there is room for.
void draw_numbers(PanelContext& context, std::size_t lane, Rect rect) {
  const double y = rect.center().y + 5;
  std::vector<LaneNumber> accuracies = lane_numbers(context.snapshot(), lane);
  const LaneNumber cost = accuracies.front();
  accuracies.erase(accuracies.begin());
  draw_read_out(context, {rect.x, y}, cost);
  const double room = rect.width - read_out_width(cost) - kReadOutGap;
  const auto width_of_all = [&] {
    double width = 0;
    for (const LaneNumber& one : accuracies) width += read_out_width(one) + kReadOutGap;
    return width - kReadOutGap;
  };
  while (!accuracies.empty() && width_of_all() > room) accuracies.pop_back();
  double x = rect.right() - width_of_all();
  for (const LaneNumber& one : accuracies) {
    draw_read_out(context, {x, y}, one);
    x += read_out_width(one) + kReadOutGap;
  }
}

void draw_catching_up(PanelContext& context, std::size_t lane, Rect rect) {
  const Theme& theme = context.theme;
  const Snapshot& snapshot = context.snapshot();
  const RunSnapshot& run = snapshot.runs[lane];
  context.canvas.fill_rect(rect, theme.soft, kCornerRadius);
  const double share =
      snapshot.step > 0 ? static_cast<double>(run.step) / static_cast<double>(snapshot.step) : 1;
  context.canvas.fill_rect({rect.x, rect.bottom() - 3, rect.width * share, 3}, theme.accent, 1.5);
  const double width = button_width("call off");
  label(context.canvas, {rect.x + 12, rect.center().y}, run_state_caption(run, snapshot),
        rect.width - width - 20,
        {.size = kSecondarySize, .color = theme.ink, .vertical = VerticalAlign::kMiddle});
  if (button(context, {rect.right() - width, rect.y, width, rect.height - 4}, "call off",
             {.look = ButtonLook::kLink, .tooltip = "Back to what this lane was before"})) {
    context.worker.post(command::CallOffCatchUp{});
  }
}

// The sentence on its ground; below it in secondary ink what to try next, where all of it has room.
void draw_verdict_text(PanelContext& context, const Verdict& verdict, Rect rect) {
  const Theme& theme = context.theme;
  context.canvas.fill_rect(rect, verdict.good ? theme.good_ground : theme.warning_ground, kCornerRadius);
  constexpr double kPadding = 12;
  const bool small = rect.height < 44;
  const double size = small ? kTickSize : kSecondarySize;
  const double line_height = small ? 16 : 18;
  const double width = rect.width - 2 * kPadding;
  const auto most = static_cast<std::size_t>(std::max(1.0, (rect.height - 4) / line_height));
  std::vector<std::string> lines = wrap_text(verdict.text, width, size);
  if (lines.size() > most) {
    std::string rest = lines[most - 1];
    for (std::size_t i = most; i < lines.size(); ++i) rest += " " + lines[i];
    lines.resize(most);
    lines.back() = fit_text(rest, width, size);
  }
  const std::size_t sentence = lines.size();
  const std::vector<std::string> advice =
      verdict.advice.empty() ? std::vector<std::string>() : wrap_text(verdict.advice, width, size);
  if (sentence + advice.size() <= most) lines.insert(lines.end(), advice.begin(), advice.end());
  double y = rect.center().y - line_height * (static_cast<double>(lines.size()) - 1) / 2;
  for (std::size_t i = 0; i < lines.size(); ++i) {
    const Color color = i >= sentence ? theme.secondary : verdict.good ? theme.good : theme.warning;
    context.canvas.text({rect.x + kPadding, y}, lines[i],
                        {.size = size, .color = color, .vertical = VerticalAlign::kMiddle});
    y += line_height;
  }
}

void draw_verdict(PanelContext& context, std::size_t lane, Rect rect) {
  const RunSnapshot& run = context.snapshot().runs[lane];
  if (run.catching_up) {
    draw_catching_up(context, lane, rect);
    return;
  }
  if (run.verdicts.empty()) return;
  draw_verdict_text(context, run.verdicts.front(), rect);
  if (touch_area(fmt::format("verdict {}", lane), rect).hovered) {
    std::string all;
    for (const Verdict& each : run.verdicts) {
      all += (all.empty() ? "" : " ") + each.text;
      if (!each.advice.empty()) all += " " + each.advice;
    }
    tooltip(context, all);
  }
}

void draw_field(PanelContext& context, std::size_t lane, Rect rect) {
  draw_lane_picture(context.canvas, context.theme, rect, context.snapshot(), lane);
  if (touch_area(fmt::format("field {}", lane), rect).clicked) context.state.selected_lane = lane;
  if (!ImGui::IsItemHovered()) return;
  const ImVec2 mouse = ImGui::GetIO().MousePos;
  const auto read = lane_picture_text(rect, context.snapshot(), lane,
                                      {static_cast<double>(mouse.x), static_cast<double>(mouse.y)});
  if (!read) return;
  const std::string text = fit_text(*read, rect.width - 28, kSecondarySize);
  const double width = measure_text(text, kSecondarySize).width + 16;
  const Rect box = {rect.right() - width - 6, rect.y + 6, width, 24};
  context.canvas.fill_rect(box, context.theme.card.with_alpha(0.9), 4);
  context.canvas.text(box.center(), text,
                      {.size = kSecondarySize,
                       .color = context.theme.ink,
                       .horizontal = HorizontalAlign::kCenter,
                       .vertical = VerticalAlign::kMiddle});
}

}  // namespace

void switch_scheme(PanelContext& context, std::size_t lane, SchemeId kind) {
  Experiment experiment = context.experiment();
  Lane& changed = experiment.lanes[lane];
  if (changed.scheme == kind) return;
  changed.scheme = kind;
  changed.name = free_name(context.experiment(), lane, scheme(kind).label);
  experiment.expect.clear();
  if (const auto error = check_experiment(experiment)) {
    show_message(context.state, error->message, true);
    return;
  }
  set_lane(context, lane, std::move(changed));
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

void draw_lane(PanelContext& context, std::size_t lane, const LaneRects& rects) {
  draw_field(context, lane, rects.field);
  draw_numbers(context, lane, rects.numbers);
  draw_verdict(context, lane, rects.verdict);
  draw_heading(context, lane, rects.heading);
}

}  // namespace initlab
