#include "app/panels/search_list.h"

#include <imgui.h>

#include <algorithm>
#include <array>
#include <cmath>
#include <vector>

#include "app/canvas/text_metrics.h"
#include "app/panels/widgets.h"

namespace initlab {
namespace {

constexpr double kFieldHeight = 48;
constexpr double kRowHeight = 32;
constexpr double kPadding = 8;
constexpr double kInset = 12;  // of text in a row
constexpr double kTroubleLine = 20;

ImVec2 vec(double x, double y) {
  return {static_cast<float>(x), static_cast<float>(y)};
}
bool pressed(ImGuiKey key) {
  return ImGui::IsKeyPressed(ImGui::GetKeyIndex(key));
}

// ImGui selects the whole text of a field that is given the keyboard: the next letter would replace it.
int keep_cursor_behind(ImGuiInputTextCallbackData* data) {
  auto& begins = *static_cast<bool*>(data->UserData);
  if (begins) data->CursorPos = data->SelectionStart = data->SelectionEnd = data->BufTextLen;
  begins = false;
  return 0;
}

void draw_field(PanelContext& context, ImguiCanvas& canvas, SearchState& state, Rect rect,
                std::string_view hint) {
  const std::array<char, 512> before = state.text;
  ImGui::SetCursorScreenPos(vec(rect.x, rect.y));
  ImGui::SetNextItemWidth(static_cast<float>(rect.width));
  ImGui::PushStyleVar(ImGuiStyleVar_FramePadding, vec(kInset, (rect.height - 15) / 2));
  ImGui::PushStyleColor(ImGuiCol_FrameBg, 0);
  if (state.begins) ImGui::SetKeyboardFocusHere();
  ImGui::InputText("##search", state.text.data(), state.text.size(), ImGuiInputTextFlags_CallbackAlways,
                   keep_cursor_behind, &state.begins);
  const bool active = ImGui::IsItemActive();
  ImGui::PopStyleColor();
  ImGui::PopStyleVar();
  if (!active && !ImGui::IsMouseDown(0)) state.begins = true;
  if (state.text != before) {
    state.cursor = 0;
    state.cursor_moved = true;
  }
  if (state.text[0] == 0) {
    label(canvas, {rect.x + kInset + 2, rect.center().y}, hint, rect.width - 2 * kInset,
          {.size = kBodySize, .color = context.theme.secondary, .vertical = VerticalAlign::kMiddle});
  }
}

void draw_row(PanelContext& context, ImguiCanvas& canvas, Rect rect, const SearchRow& row, bool current) {
  const Theme& theme = context.theme;
  if (current) canvas.fill_rect(rect, theme.soft, kCornerRadius - 2);
  const double y = rect.center().y;
  double right = rect.right() - kInset;
  if (!row.keys.empty()) {
    canvas.text({right, y}, row.keys,
                {.size = kSecondarySize,
                 .color = theme.ink,
                 .weight = FontWeight::kMedium,
                 .horizontal = HorizontalAlign::kRight,
                 .vertical = VerticalAlign::kMiddle});
    right -= measure_text(row.keys, kSecondarySize, FontWeight::kMedium).width + 16;
  }
  const double left = rect.x + kInset;
  const std::string title = fit_text(row.title, right - left, kBodySize);
  canvas.text({left, y}, title, {.size = kBodySize, .color = theme.ink, .vertical = VerticalAlign::kMiddle});
  const double note = left + measure_text(title, kBodySize).width + 12;
  if (right - note > 48) {
    label(canvas, {note, y}, row.note, right - note,
          {.size = kSecondarySize, .color = theme.secondary, .vertical = VerticalAlign::kMiddle});
  }
}

// The rows in a part of the popup that scrolls; the row that was clicked.
std::optional<std::size_t> draw_rows(PanelContext& context, SearchState& state, Rect rect,
                                     std::span<const SearchRow> rows) {
  std::optional<std::size_t> clicked;
  ImGui::SetCursorScreenPos(vec(rect.x, rect.y));
  ImGui::PushStyleVar(ImGuiStyleVar_ItemSpacing, vec(0, 0));
  ImGui::BeginChild("rows", vec(rect.width, rect.height));
  if (state.cursor_moved) {
    const double top = static_cast<double>(state.cursor) * kRowHeight;
    const double scroll = static_cast<double>(ImGui::GetScrollY());
    if (top < scroll) ImGui::SetScrollY(static_cast<float>(top));
    if (top + kRowHeight > scroll + rect.height)
      ImGui::SetScrollY(static_cast<float>(top + kRowHeight - rect.height));
    state.cursor_moved = false;
  }
  const ImVec2 moved = ImGui::GetIO().MouseDelta;
  const bool mouse_moved = moved.x != 0 || moved.y != 0;
  ImguiCanvas canvas(*ImGui::GetWindowDrawList(), context.tools);
  for (std::size_t i = 0; i < rows.size(); ++i) {
    const ImVec2 at = ImGui::GetCursorScreenPos();
    const double bar = static_cast<double>(rows.size()) * kRowHeight > rect.height ? 12 : 0;
    const Rect row = {static_cast<double>(at.x), static_cast<double>(at.y), rect.width - bar, kRowHeight};
    ImGui::PushID(static_cast<int>(i));
    if (ImGui::InvisibleButton("row", vec(row.width, row.height))) clicked = i;
    if (ImGui::IsItemHovered() && mouse_moved) state.cursor = i;
    ImGui::PopID();
    if (ImGui::IsItemVisible()) draw_row(context, canvas, row, rows[i], i == state.cursor);
  }
  ImGui::EndChild();
  ImGui::PopStyleVar();
  return clicked;
}

void move_cursor(SearchState& state, std::size_t count) {
  if (count == 0) {
    state.cursor = 0;
    return;
  }
  constexpr std::size_t kPage = 10;
  const std::size_t last = count - 1;
  const std::size_t before = state.cursor = std::min(state.cursor, last);
  if (pressed(ImGuiKey_DownArrow)) state.cursor = state.cursor == last ? 0 : state.cursor + 1;
  if (pressed(ImGuiKey_UpArrow)) state.cursor = state.cursor == 0 ? last : state.cursor - 1;
  if (pressed(ImGuiKey_PageDown)) state.cursor = std::min(state.cursor + kPage, last);
  if (pressed(ImGuiKey_PageUp)) state.cursor -= std::min(state.cursor, kPage);
  if (state.cursor != before) state.cursor_moved = true;
}

// Keeps ImGui's popup and `shown` alike; whether it is open.
bool follow_popup(SearchState& state, const std::string& id) {
  if (!state.shown) {
    if (state.opened && ImGui::BeginPopup(id.c_str())) {
      ImGui::CloseCurrentPopup();
      ImGui::EndPopup();
    }
    state.opened = false;
    return false;
  }
  if (state.opened && !ImGui::IsPopupOpen(id.c_str())) {  // a click outside
    state.opened = state.shown = false;
    return false;
  }
  if (!state.opened) {
    ImGui::OpenPopup(id.c_str());
    state.opened = true;
    set_query(state, "");
  }
  return true;
}

}  // namespace

void set_query(SearchState& state, std::string_view text) {
  const std::size_t length = text.copy(state.text.data(), state.text.size() - 1);
  state.text[length] = 0;
  state.begins = true;
  state.cursor = 0;
  state.cursor_moved = true;
}

std::optional<std::size_t> search_list(PanelContext& context, SearchState& state, double width, double height,
                                       const SearchLook& look, std::span<const SearchRow> rows) {
  const std::string id(look.id);
  if (!follow_popup(state, id)) return std::nullopt;
  const Theme& theme = context.theme;
  context.canvas.fill_rect({0, 0, width, height},
                           theme.ink.with_alpha(theme.id == ThemeId::kLight ? 0.25 : 0.1));
  const double box_width = std::min(look.width, width - 32);
  const double inner = box_width - 2 * kPadding;
  const std::vector<std::string> trouble = look.trouble.empty()
                                               ? std::vector<std::string>()
                                               : wrap_text(look.trouble, inner - 2 * kInset, kSecondarySize);
  const double trouble_height =
      trouble.empty() ? 0 : static_cast<double>(trouble.size()) * kTroubleLine + 2 * kPadding;
  const double y = std::min(72.0, height * 0.08);
  const double most = height - 2 * y - kFieldHeight - trouble_height - 2 * kPadding;
  const double list = std::clamp(static_cast<double>(rows.size()) * kRowHeight, 0.0,
                                 std::max(kRowHeight, std::floor(most / kRowHeight) * kRowHeight));
  const double box_height = kFieldHeight + (list > 0 ? list + kPadding : 0) + trouble_height + kPadding;
  const Rect box = {std::floor((width - box_width) / 2), y, box_width, box_height};

  ImGui::SetNextWindowPos(vec(box.x, box.y));
  ImGui::SetNextWindowSize(vec(box.width, box.height));
  ImGui::PushStyleVar(ImGuiStyleVar_WindowPadding, vec(0, 0));
  const bool open = ImGui::BeginPopup(id.c_str(), ImGuiWindowFlags_NoMove | ImGuiWindowFlags_NoScrollbar |
                                                      ImGuiWindowFlags_NoScrollWithMouse);
  ImGui::PopStyleVar();
  if (!open) return std::nullopt;
  ImguiCanvas canvas(*ImGui::GetWindowDrawList(), context.tools);
  move_cursor(state, rows.size());
  draw_field(context, canvas, state, {box.x + kPadding, box.y, inner, kFieldHeight}, look.hint);
  canvas.fill_rect({box.x, box.y + kFieldHeight, box.width, 1}, theme.hairline);
  double below = box.y + kFieldHeight + kPadding;
  std::optional<std::size_t> chosen;
  if (list > 0) {
    chosen = draw_rows(context, state, {box.x + kPadding, below, inner, list}, rows);
    below += list + kPadding;
  }
  for (const std::string& line : trouble) {
    canvas.text({box.x + kPadding + kInset, below + kTroubleLine / 2}, line,
                {.size = kSecondarySize, .color = theme.warning, .vertical = VerticalAlign::kMiddle});
    below += kTroubleLine;
  }
  if (pressed(ImGuiKey_Enter) && !rows.empty()) chosen = state.cursor;
  if (pressed(ImGuiKey_Escape)) state.shown = false;
  if (chosen) state.begins = true;
  if (!state.shown) ImGui::CloseCurrentPopup();
  ImGui::EndPopup();
  return chosen;
}

}  // namespace initlab
