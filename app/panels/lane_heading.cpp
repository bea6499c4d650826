#include "app/panels/lane_heading.h"

#include <fmt/format.h>

#include <optional>
#include <string>
#include <vector>

#include "app/canvas/text_metrics.h"
#include "app/document/formula.h"
#include "app/figures/captions.h"
#include "app/figures/marks.h"
#include "app/panels/hidden.h"
#include "app/panels/lane_changes.h"
#include "app/panels/lane_menu.h"
#include "app/panels/scheme_list.h"
#include "app/panels/widgets.h"
#include "core/numeric/number_text.h"

namespace initlab {
namespace {

constexpr double kNameSize = 16.5;
constexpr double kSignWidth = 28;  // of the dots and the plus

// A sign that answers the mouse: its ground while it is hovered. True when it was clicked.
bool sign_touch(PanelContext& context, const std::string& id, Rect rect, std::string_view note) {
  const Touch touch = touch_area(id, rect);
  if (touch.hovered) {
    context.canvas.fill_rect(rect, context.theme.soft, kCornerRadius);
    tooltip(context, note);
  }
  return touch.clicked;
}

void draw_menu_sign(PanelContext& context, std::size_t lane, Rect rect) {
  if (sign_touch(context, fmt::format("menu of lane {}", lane + 1), rect,
                 "Name, copy, place, activation, biases and single layers of this lane.")) {
    open_lane_menu(context, lane);
  }
  const Point c = rect.center();
  for (const double x : {-5.0, 0.0, 5.0})
    context.canvas.fill_circle({c.x + x, c.y}, 1.6, context.theme.secondary);
  draw_lane_menu(context, lane, rect);
}

void draw_plus_sign(PanelContext& context, Rect rect) {
  if (sign_touch(context, "add a lane", rect, "Another lane beside these; they go on while it catches up.")) {
    add_lane(context);
  }
  const Point c = rect.center();
  context.canvas.fill_rect({c.x - 5.5, c.y - 0.75, 11, 1.5}, context.theme.secondary);
  context.canvas.fill_rect({c.x - 0.75, c.y - 5.5, 1.5, 11}, context.theme.secondary);
}

// What stands beside the name: the formula set as one, and after it as text what the lane sets besides.
struct LaneFormula {
  std::string formula;
  std::string more;  // ", tanh, 8 seeds"
  double size = 0;   // of its letters
  double width = 0;
};

LaneFormula lane_formula(const Lane& lane, const std::string& text, double size) {
  LaneFormula parts = {formula_with(scheme(lane.scheme), lane.parameters), {}, size, 0};
  if (text.starts_with(parts.formula)) {
    parts.more = text.substr(parts.formula.size());
  } else {
    parts = {{}, text, size, 0};
  }
  if (!parts.formula.empty()) parts.width = formula_extent(parts.formula, size).width;
  parts.width += measure_text(parts.more, size).width;
  return parts;
}

// As much of it as fits, and "gain 1.5" at the right where there is room beside it. A gain that is not 1
// stands in the formula anyway.
void draw_lane_formula(PanelContext& context, const Lane& lane, double x, double right, double middle) {
  TextStyle style = {
      .size = kSecondarySize, .color = context.theme.secondary, .vertical = VerticalAlign::kMiddle};
  const std::vector<std::string> texts = lane_formulas(lane);
  std::optional<LaneFormula> fitting;
  for (const double size : {kSecondarySize, kTickSize}) {
    for (const std::string& text : texts) {
      LaneFormula parts = lane_formula(lane, text, size);
      if (fitting || parts.width > right - x) continue;
      fitting = std::move(parts);
    }
  }
  constexpr double kLeastRoom = 48;
  if (!fitting && right - x < kLeastRoom) return;
  if (!fitting) {
    // Up to its first comma rather than cut within a word.
    const std::string start = texts.back().substr(0, texts.back().find(", ")) + " …";
    const bool fits = measure_text(start, style.size).width <= right - x;
    label(context.canvas, {x, middle}, fits ? start : texts.back(), right - x, style);
    return;
  }
  style.size = fitting->size;
  if (!fitting->formula.empty()) draw_formula_text(context.canvas, {x, middle}, fitting->formula, style);
  const double after = x + fitting->width;
  context.canvas.text({after - measure_text(fitting->more, style.size).width, middle}, fitting->more, style);
  const std::string gain = fmt::format("gain {}", number_text(lane.parameters.gain, 3));
  const double left = right - measure_text(gain, style.size).width;
  if (left >= after + 16) context.canvas.text({left, middle}, gain, style);
}

void draw_name_part(PanelContext& context, std::size_t lane, Rect rect) {
  const Theme& theme = context.theme;
  const Lane& shown = context.snapshot().runs[lane].lane;
  const double middle = rect.center().y;
  const Rect area = {rect.x, rect.y + 2, rect.width, rect.height - 4};
  const bool fixed = is_hidden(context, HiddenControl::kScheme);
  const Touch touch = fixed ? Touch{} : touch_area(fmt::format("heading {}", lane), area);
  if (touch.clicked) open_scheme_list(context, lane);
  if (touch.hovered) {
    context.canvas.fill_rect(area, theme.soft, kCornerRadius);
    tooltip(
        context,
        fmt::format("Switch how this lane's weights are drawn: up and down in the open list switch live. {}",
                    lane_effect(context.state)));
  }
  double x = rect.x + 4;
  draw_swatch(context.canvas, theme, {x + 5, middle}, lane, 10);
  x += 18;
  const std::string name = fit_text(shown.name, rect.width - 40, kNameSize, FontWeight::kMedium);
  context.canvas.text({x, middle}, name,
                      {.size = kNameSize,
                       .color = theme.ink,
                       .weight = FontWeight::kMedium,
                       .vertical = VerticalAlign::kMiddle});
  x += measure_text(name, kNameSize, FontWeight::kMedium).width + 12;
  const Point arrow[] = {{x - 4, middle - 2}, {x + 4, middle - 2}, {x, middle + 3}};
  if (!fixed) context.canvas.fill_polygon(arrow, theme.secondary);
  draw_lane_formula(context, shown, x + 14, rect.right() - 6, middle);
}

}  // namespace

void draw_lane_heading_row(PanelContext& context, std::size_t lane, Rect rect) {
  const std::size_t count = context.snapshot().runs.size();
  double right = rect.right();
  const auto sign = [&] {
    right -= kSignWidth;
    return Rect{right, rect.center().y - kSignWidth / 2, kSignWidth, kSignWidth};
  };
  if (!is_hidden(context, HiddenControl::kLanes)) {
    if (lane + 1 == count && count < kMaximumLanes) draw_plus_sign(context, sign());
    draw_menu_sign(context, lane, sign());
  }
  draw_name_part(context, lane, {rect.x, rect.y, right - rect.x, rect.height});
  // Which lane the keys mean, where there is a choice.
  if (context.state.selection_shown && context.state.selected_lane == lane) {
    context.canvas.fill_rect({rect.x, rect.bottom() - 3, 24, 2}, context.theme.accent, 1);
  }
  draw_scheme_list(context, lane, rect);
}

}  // namespace initlab
