#include "app/panels/explain.h"

#include <fmt/format.h>
#include <imgui.h>

#include <algorithm>
#include <string>
#include <vector>

#include "app/canvas/text_metrics.h"
#include "app/panels/widgets.h"

namespace initlab {
namespace {

constexpr double kNoteWidth = 320;
constexpr double kPadding = 16;
constexpr double kLine = 20;

void draw_note(PanelContext& context, Rect sign, const Explanation& what, double width, double height) {
  const Theme& theme = context.theme;
  const double inner = std::min(kNoteWidth, width - 2 * kPadding - 16);
  const std::vector<std::string> lines = wrap_text(what.text, inner, kSecondarySize);
  const double note_height = 2 * kPadding + 24 + kLine * static_cast<double>(lines.size());
  const double note_width = inner + 2 * kPadding;
  const double x = std::clamp(sign.x - kPadding, 8.0, std::max(8.0, width - note_width - 8));
  const bool below = sign.bottom() + 8 + note_height <= height - 8;
  const double y = below ? sign.bottom() + 8 : std::max(8.0, sign.y - 8 - note_height);
  const Rect box = {x, y, note_width, note_height};
  ImguiCanvas canvas(*ImGui::GetForegroundDrawList(), context.tools);
  canvas.fill_rect({box.x, box.y + 2, box.width, box.height}, theme.ink.with_alpha(0.12), 8);
  canvas.fill_rect(box, theme.card, 8);
  canvas.stroke_rect(box, {theme.hairline, 1, {}}, 8);
  canvas.text({box.x + kPadding, box.y + kPadding + 8}, what.title,
              {.size = kBodySize,
               .color = theme.ink,
               .weight = FontWeight::kMedium,
               .vertical = VerticalAlign::kMiddle});
  double line = box.y + kPadding + 24 + kLine / 2;
  for (const std::string& text : lines) {
    canvas.text({box.x + kPadding, line}, text,
                {.size = kSecondarySize, .color = theme.ink, .vertical = VerticalAlign::kMiddle});
    line += kLine;
  }
}

}  // namespace

void explain_button(PanelContext& context, Point left_middle, ExplanationId what) {
  ExplainState& state = context.state.explain;
  const Rect sign = {left_middle.x, left_middle.y - kExplainSize / 2, kExplainSize, kExplainSize};
  const Explanation& row = explanation(what);
  const Touch touch = touch_area(fmt::format("What is this: {}", row.title), sign);
  const Theme& theme = context.theme;
  const bool strong = touch.hovered || state.open == what;
  context.canvas.stroke_circle(sign.center(), 7.5, {strong ? theme.accent : theme.hairline, 1, {}});
  context.canvas.text(sign.center(), "?",
                      {.size = kTickSize - 0.5,
                       .color = strong ? theme.accent : theme.secondary,
                       .horizontal = HorizontalAlign::kCenter,
                       .vertical = VerticalAlign::kMiddle});
  if (touch.clicked) {
    state.open = state.open == what ? std::nullopt : std::optional(what);
    state.sign = sign;
    state.opened_now = true;
  } else if (touch.hovered && !state.open) {
    tooltip(context, row.text);
  }
}

void draw_explanation(PanelContext& context, double width, double height) {
  ExplainState& state = context.state.explain;
  if (!state.open) return;
  const bool leave = ImGui::IsMouseClicked(ImGuiMouseButton_Left) ||
                     ImGui::IsKeyPressed(ImGui::GetKeyIndex(ImGuiKey_Escape));
  if (leave && !state.opened_now) {
    state.open.reset();
    return;
  }
  state.opened_now = false;
  draw_note(context, state.sign, explanation(*state.open), width, height);
}

}  // namespace initlab
