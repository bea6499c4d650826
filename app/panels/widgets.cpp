#include "app/panels/widgets.h"

#include <imgui.h>
#include <imgui_internal.h>

#include <algorithm>
#include <cmath>

#include "app/canvas/imgui_record.h"
#include "app/canvas/text_metrics.h"

namespace initlab {
namespace {

constexpr double kPadding = 12;
constexpr double kIconWidth = 14;
constexpr double kIconGap = 8;
constexpr double kChoiceHeight = 30;  // of a row of an open list
constexpr double kAroundList = 20;    // padding of an open list, above and below together, at most

ImVec2 vec(double x, double y) {
  return {static_cast<float>(x), static_cast<float>(y)};
}

Color mixed(Color a, Color b, double share) {
  const auto mix = [share](std::uint8_t from, std::uint8_t to) {
    return static_cast<std::uint8_t>(from + (to - from) * share + 0.5);
  };
  return {mix(a.r, b.r), mix(a.g, b.g), mix(a.b, b.b), 255};
}

void draw_sun(Canvas& canvas, Point c, Color color) {
  canvas.fill_circle(c, 3.5, color);
  for (int i = 0; i < 8; ++i) {
    const double angle = i * 3.14159265358979 / 4;
    const Point along = {std::cos(angle), std::sin(angle)};
    canvas.line({c.x + 5.5 * along.x, c.y + 5.5 * along.y}, {c.x + 7.5 * along.x, c.y + 7.5 * along.y},
                {color, 1.5, {}});
  }
}

void draw_icon(Canvas& canvas, Icon icon, Point c, Color color, Color ground) {
  switch (icon) {
    case Icon::kNone:
      return;
    case Icon::kPlay: {
      const Point triangle[] = {{c.x - 5, c.y - 6.5}, {c.x + 6.5, c.y}, {c.x - 5, c.y + 6.5}};
      canvas.fill_polygon(triangle, color);
      return;
    }
    case Icon::kPause:
      canvas.fill_rect({c.x - 5, c.y - 6, 3.5, 12}, color, 1);
      canvas.fill_rect({c.x + 1.5, c.y - 6, 3.5, 12}, color, 1);
      return;
    case Icon::kMenu:
      for (const double y : {-5.0, 0.0, 5.0}) canvas.fill_rect({c.x - 7, c.y + y - 0.75, 14, 1.5}, color);
      return;
    case Icon::kSun:
      draw_sun(canvas, c, color);
      return;
    case Icon::kMoon:
      canvas.fill_circle(c, 6.5, color);
      canvas.fill_circle({c.x + 3, c.y - 2.5}, 5.5, ground);
      return;
  }
}

// A small downward triangle: here a list opens.
void draw_arrow(Canvas& canvas, Point c, Color color) {
  const Point triangle[] = {{c.x - 3.5, c.y - 2}, {c.x + 3.5, c.y - 2}, {c.x, c.y + 2.5}};
  canvas.fill_polygon(triangle, color);
}

Color soft_ground(const Theme& theme, bool hovered, bool held) {
  return mixed(theme.soft, theme.ink, held ? 0.12 : hovered ? 0.06 : 0);
}

// Tells whoever records the frames that there is a widget.
void record_widget(std::string_view id, Rect rect, std::string_view name = {}, bool is_slider = false) {
  if (FrameRecord* const record = frame_record()) {
    record->widget({std::string(id), std::string(name), rect, is_slider, 0});
  }
}

std::string popup_id(std::string_view id) {
  return std::string(id) + "/list";
}

std::optional<std::size_t> choice_list(PanelContext& context, std::span<const Choice> choices,
                                       std::size_t current, double width) {
  std::optional<std::size_t> chosen;
  std::size_t& cursor = context.state.list_cursor;
  const auto pressed = [](ImGuiKey key) { return ImGui::IsKeyPressed(ImGui::GetKeyIndex(key)); };
  if (pressed(ImGuiKey_DownArrow)) cursor = std::min(cursor + 1, choices.size() - 1);
  if (pressed(ImGuiKey_UpArrow) && cursor > 0) --cursor;
  if (pressed(ImGuiKey_Enter)) chosen = cursor;
  ImguiCanvas canvas(*ImGui::GetWindowDrawList(), context.tools);
  for (std::size_t i = 0; i < choices.size(); ++i) {
    const ImVec2 at = ImGui::GetCursorScreenPos();
    const Rect row = {static_cast<double>(at.x), static_cast<double>(at.y), width, kChoiceHeight};
    record_widget(choices[i].id, row, choices[i].label);
    ImGui::PushID(static_cast<int>(i));
    if (ImGui::InvisibleButton("row", vec(row.width, row.height))) chosen = i;
    const bool hovered = ImGui::IsItemHovered();
    ImGui::PopID();
    if (hovered || i == cursor)
      canvas.fill_rect(row, hovered ? soft_ground(context.theme, true, false) : context.theme.soft,
                       kCornerRadius - 2);
    label(canvas, {row.x + 10, row.center().y}, choices[i].label, row.width - 20,
          {.size = kBodySize,
           .color = context.theme.ink,
           .weight = i == current ? FontWeight::kMedium : FontWeight::kRegular,
           .vertical = VerticalAlign::kMiddle});
  }
  if (chosen) ImGui::CloseCurrentPopup();
  return chosen;
}

}  // namespace

void show_message(LabState& state, std::string text, bool warning) {
  state.message = {std::move(text), warning, ImGui::GetTime() + (warning ? 8 : 4)};
}

void label(Canvas& canvas, Point anchor, std::string_view text, double width, const TextStyle& style) {
  canvas.text(anchor, fit_text(text, width, style.size, style.weight), style);
}

Touch touch_area(std::string_view id, Rect rect) {
  if (rect.width <= 0 || rect.height <= 0) return {};
  record_widget(id, rect);
  ImGui::SetCursorScreenPos(vec(rect.x, rect.y));
  ImGui::PushID(id.data(), id.data() + id.size());
  const bool clicked = ImGui::InvisibleButton("touch", vec(rect.width, rect.height));
  ImGui::PopID();
  return {ImGui::IsItemHovered(), clicked};
}

double button_width(std::string_view label, Icon icon) {
  const double text = label.empty() ? 0 : measure_text(label, kBodySize).width;
  const double sign = icon == Icon::kNone ? 0 : kIconWidth + (label.empty() ? 0 : kIconGap);
  return std::ceil(text + sign + 2 * kPadding);
}

bool button(PanelContext& context, Rect rect, std::string_view text, const ButtonOptions& options) {
  const Theme& theme = context.theme;
  const std::string id =
      text.empty() ? "icon" + std::to_string(static_cast<int>(options.icon)) : std::string(text);
  const Touch touch = touch_area(id, rect);
  if (text.empty()) record_widget(id, rect, options.tooltip);
  const bool held = ImGui::IsItemActive();
  Color ground = soft_ground(theme, touch.hovered, held);
  Color ink = theme.ink;
  if (options.look == ButtonLook::kPrimary) {
    ground = mixed(theme.accent, theme.ink, held ? 0.2 : touch.hovered ? 0.1 : 0);
    ink = theme.on_accent;
  }
  if (options.look == ButtonLook::kLink) {
    ink = theme.accent;
    if (touch.hovered) context.canvas.fill_rect(rect, theme.soft, kCornerRadius);
  } else {
    context.canvas.fill_rect(rect, ground, kCornerRadius);
  }
  const double text_width = text.empty() ? 0 : measure_text(text, kBodySize).width;
  const double sign = options.icon == Icon::kNone ? 0 : kIconWidth + (text.empty() ? 0 : kIconGap);
  double x = rect.center().x - (text_width + sign) / 2;
  if (options.icon != Icon::kNone)
    draw_icon(context.canvas, options.icon, {x + kIconWidth / 2, rect.center().y}, ink, ground);
  x += sign;
  if (!text.empty()) {
    context.canvas.text(
        {x, rect.center().y}, text,
        {.size = kBodySize,
         .color = ink,
         .weight = options.look == ButtonLook::kPrimary ? FontWeight::kMedium : FontWeight::kRegular,
         .vertical = VerticalAlign::kMiddle});
  }
  if (touch.hovered && !options.tooltip.empty()) tooltip(context, options.tooltip);
  return touch.clicked;
}

std::optional<std::size_t> choice_box(PanelContext& context, std::string_view id, Rect rect,
                                      std::span<const Choice> choices, std::size_t current) {
  const Theme& theme = context.theme;
  const Touch touch = touch_area(id, rect);
  const std::string popup = popup_id(id);
  if (touch.clicked) {
    ImGui::OpenPopup(popup.c_str());
    context.state.list_cursor = current;
  }
  context.canvas.fill_rect(rect, soft_ground(theme, touch.hovered, false), kCornerRadius);
  draw_arrow(context.canvas, {rect.right() - 12, rect.center().y}, theme.secondary);
  label(context.canvas, {rect.right() - 22, rect.center().y}, choices[current].label, rect.width - 30,
        {.size = kBodySize,
         .color = theme.ink,
         .horizontal = HorizontalAlign::kRight,
         .vertical = VerticalAlign::kMiddle});

  double width = rect.width - 16;
  for (const Choice& choice : choices) {
    width = std::max(width, measure_text(choice.label, kBodySize, FontWeight::kMedium).width + 24);
  }
  // Below its box, or as much higher as it takes to be seen whole; longer than the window it scrolls.
  const double display = static_cast<double>(ImGui::GetIO().DisplaySize.y);
  const double height = static_cast<double>(choices.size()) * kChoiceHeight + kAroundList;
  const double y = std::max(4.0, std::min(rect.bottom() + 4, display - 4 - height));
  ImGui::SetNextWindowPos(vec(rect.x, y));
  ImGui::SetNextWindowSizeConstraints(vec(0, 0), vec(10000, display - y - 4));
  if (!ImGui::BeginPopup(popup.c_str(), ImGuiWindowFlags_NoMove)) return std::nullopt;
  close_on_escape();
  ImGui::PushStyleVar(ImGuiStyleVar_ItemSpacing, vec(0, 0));
  const auto chosen = choice_list(context, choices, current, width);
  ImGui::PopStyleVar();
  ImGui::EndPopup();
  return chosen && *chosen != current ? chosen : std::nullopt;
}

std::optional<std::string> edit_box(PanelContext& context, std::string_view id, Rect rect,
                                    const std::string& current) {
  LabState& state = context.state;
  const Theme& theme = context.theme;
  if (state.edited != id) {
    const Touch touch = touch_area(id, rect);
    context.canvas.fill_rect(rect, soft_ground(theme, touch.hovered, false), kCornerRadius);
    label(context.canvas, {rect.right() - 10, rect.center().y}, current, rect.width - 18,
          {.size = kBodySize,
           .color = theme.ink,
           .horizontal = HorizontalAlign::kRight,
           .vertical = VerticalAlign::kMiddle});
    if (touch.hovered) ImGui::SetMouseCursor(ImGuiMouseCursor_TextInput);
    if (touch.clicked) {
      state.edited = id;
      state.edit_begins = true;
      const std::size_t length = current.copy(state.edit_text.data(), state.edit_text.size() - 1);
      state.edit_text[length] = 0;
    }
    return std::nullopt;
  }
  record_widget(id, rect, state.edit_text.data());
  ImGui::SetCursorScreenPos(vec(rect.x, rect.y));
  ImGui::PushID(id.data(), id.data() + id.size());
  ImGui::SetNextItemWidth(static_cast<float>(rect.width));
  ImGui::PushStyleVar(ImGuiStyleVar_FramePadding, vec(10, (rect.height - 15) / 2));
  if (state.edit_begins) ImGui::SetKeyboardFocusHere();
  const bool entered =
      ImGui::InputText("##edit", state.edit_text.data(), state.edit_text.size(),
                       ImGuiInputTextFlags_EnterReturnsTrue | ImGuiInputTextFlags_AutoSelectAll);
  if (FrameRecord* const record = frame_record()) {
    record->text(*ImGui::GetWindowDrawList(), state.edit_text.data(), rect);
  }
  const bool left = ImGui::IsItemDeactivated();
  const bool escaped = left && !entered && ImGui::IsKeyPressed(ImGui::GetKeyIndex(ImGuiKey_Escape));
  ImGui::PopStyleVar();
  ImGui::PopID();
  context.canvas.stroke_rect(rect, {theme.accent, 1.5, {}}, kCornerRadius);
  if (state.edit_begins) {
    state.edit_begins = false;
    return std::nullopt;
  }
  if (!entered && !left) return std::nullopt;
  state.edited.clear();
  state.edit_entered = entered;
  const std::string typed = state.edit_text.data();
  if (escaped || typed == current) return std::nullopt;
  return typed;
}

void edit_again(LabState& state, std::string_view id) {
  if (!state.edit_entered) return;
  state.edited = id;
  state.edit_begins = true;
}

void close_on_escape() {
  if (ImGui::GetIO().WantTextInput) return;
  // A list that is open above this one has the keys.
  const ImGuiContext& gui = *ImGui::GetCurrentContext();
  if (gui.OpenPopupStack.Size > gui.BeginPopupStack.Size) return;
  for (const ImGuiKey key : {ImGuiKey_Escape, ImGuiKey_Enter}) {
    if (ImGui::IsKeyPressed(ImGui::GetKeyIndex(key))) ImGui::CloseCurrentPopup();
  }
}

void note_slider(std::string_view id, Rect rect) {
  record_widget(id, rect, {}, true);
}

bool slider(PanelContext& context, std::string_view id, Rect rect, double& share) {
  const Theme& theme = context.theme;
  touch_area(id, {rect.x - 8, rect.y, rect.width + 16, rect.height});
  record_widget(id, rect, {}, true);
  const bool moved = ImGui::IsItemActive();
  if (moved) {
    const double mouse = static_cast<double>(ImGui::GetIO().MousePos.x);
    share = std::clamp((mouse - rect.x) / rect.width, 0.0, 1.0);
  }
  const double y = rect.center().y;
  const double x = rect.x + share * rect.width;
  context.canvas.fill_rect({rect.x, y - 2, rect.width, 4}, theme.soft, 2);
  context.canvas.fill_rect({rect.x, y - 2, x - rect.x, 4}, theme.accent, 2);
  context.canvas.fill_circle({x, y}, 8, theme.accent);
  context.canvas.fill_circle({x, y}, ImGui::IsItemHovered() || moved ? 4.0 : 5.0, theme.card);
  return moved;
}

std::optional<std::size_t> tabs(PanelContext& context, std::string_view id, Rect rect,
                                std::span<const std::string_view> labels, std::size_t current) {
  const bool narrow = wide_tabs_width(labels) > rect.width;
  const double size = narrow ? kSecondarySize : kBodySize;
  const double gap = narrow ? 12 : 18;
  std::optional<std::size_t> chosen;
  double x = rect.x;
  for (std::size_t i = 0; i < labels.size(); ++i) {
    const double width = measure_text(labels[i], size).width;
    if (x + width > rect.right() + 1) break;
    const std::string name = std::string(id) + "/" + std::string(labels[i]);
    const Touch touch = touch_area(name, {x - 4, rect.y, width + 8, rect.height});
    if (touch.clicked && i != current) chosen = i;
    const Color color = i == current    ? context.theme.accent
                        : touch.hovered ? context.theme.ink
                                        : context.theme.secondary;
    context.canvas.text({x, rect.center().y}, labels[i],
                        {.size = size, .color = color, .vertical = VerticalAlign::kMiddle});
    if (i == current) context.canvas.fill_rect({x, rect.bottom() - 2, width, 2}, context.theme.accent);
    x += width + gap;
  }
  return chosen;
}

double tabs_width(std::span<const std::string_view> labels) {
  double width = 0;
  for (const std::string_view text : labels) width += measure_text(text, kSecondarySize).width + 12;
  return width;
}

double wide_tabs_width(std::span<const std::string_view> labels) {
  double width = 0;
  for (const std::string_view text : labels) width += measure_text(text, kBodySize).width + 18;
  return width;
}

void tooltip(PanelContext& context, std::string_view text) {
  Tooltip& pending = context.state.tooltip;
  if (pending.text != text) pending = {std::string(text), ImGui::GetTime(), true};
  pending.wanted = true;
  if (context.state.key_list_shown) return;
  // Quiet while the mouse only passes by.
  if (ImGui::IsMouseDown(0) || ImGui::GetTime() - pending.since < Tooltip::kDelay) return;
  constexpr double kWidth = 280;
  const std::vector<std::string> lines = wrap_text(text, kWidth, kSecondarySize);
  double width = 0;
  for (const std::string& line : lines) width = std::max(width, measure_text(line, kSecondarySize).width);
  const ImVec2 mouse = ImGui::GetIO().MousePos;
  const ImVec2 display = ImGui::GetIO().DisplaySize;
  const double height = static_cast<double>(lines.size()) * 20 + 14;
  const double x =
      std::clamp(static_cast<double>(mouse.x) + 12, 4.0, static_cast<double>(display.x) - width - 28);
  double y = static_cast<double>(mouse.y) + 20;
  if (y + height > static_cast<double>(display.y) - 4) y = static_cast<double>(mouse.y) - height - 8;
  ImguiCanvas canvas(*ImGui::GetForegroundDrawList(), context.tools);
  const Rect box = {x, y, width + 20, height};
  canvas.fill_rect(box, context.theme.card, kCornerRadius);
  canvas.stroke_rect(box, {context.theme.hairline, 1, {}}, kCornerRadius);
  for (std::size_t i = 0; i < lines.size(); ++i) {
    canvas.text({x + 10, y + 7 + 20 * (static_cast<double>(i) + 0.5)}, lines[i],
                {.size = kSecondarySize, .color = context.theme.ink, .vertical = VerticalAlign::kMiddle});
  }
}

}  // namespace initlab
