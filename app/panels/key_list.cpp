#include "app/panels/key_list.h"

#include <imgui.h>

#include <algorithm>
#include <vector>

#include "app/canvas/text_metrics.h"
#include "app/panels/actions.h"
#include "app/panels/widgets.h"

namespace initlab {
namespace {

// The actions that have a key now, in the table's order.
std::vector<const Action*> listed(const PanelContext& context) {
  std::vector<const Action*> rows;
  for (const Action& action : actions()) {
    if (!action.keys.empty() && is_enabled(action, context)) rows.push_back(&action);
  }
  return rows;
}

}  // namespace

void draw_key_list(PanelContext& context, double width, double height) {
  if (!context.state.key_list_shown) return;
  constexpr double kPadding = 24;
  const std::vector<const Action*> rows = listed(context);
  const auto count = static_cast<double>(rows.size());
  const double row_height = std::min(30.0, (height - 16 - 2 * kPadding - 40) / count);
  const double box_width = std::min(460.0, width - 16);
  const double box_height = std::min(2 * kPadding + 40 + row_height * count, height - 16);
  const Rect box = {(width - box_width) / 2, (height - box_height) / 2, box_width, box_height};
  ImguiCanvas canvas(*ImGui::GetForegroundDrawList(), context.tools);
  const Theme& theme = context.theme;
  canvas.fill_rect({0, 0, width, height}, theme.ink.with_alpha(theme.id == ThemeId::kLight ? 0.25 : 0.1));
  canvas.fill_rect(box, theme.card, 8);
  canvas.stroke_rect(box, {theme.hairline, 1, {}}, 8);
  canvas.text({box.x + kPadding, box.y + kPadding + 8}, "Keys",
              {.size = kReadoutSize,
               .color = theme.ink,
               .weight = FontWeight::kMedium,
               .vertical = VerticalAlign::kMiddle});
  double y = box.y + kPadding + 40;
  for (const Action* row : rows) {
    canvas.text({box.x + kPadding, y + row_height / 2}, row->keys,
                {.size = kBodySize,
                 .color = theme.ink,
                 .weight = FontWeight::kMedium,
                 .vertical = VerticalAlign::kMiddle});
    label(canvas, {box.x + kPadding + 168, y + row_height / 2}, row->label, box.width - 168 - 2 * kPadding,
          {.size = kBodySize, .color = theme.secondary, .vertical = VerticalAlign::kMiddle});
    y += row_height;
  }
}

void draw_message(PanelContext& context, double width, double height) {
  const Message& message = context.state.message;
  if (message.text.empty() || ImGui::GetTime() > message.until) return;
  const Theme& theme = context.theme;
  const std::vector<std::string> lines = wrap_text(message.text, std::min(760.0, width - 96), kBodySize);
  double text_width = 0;
  for (const std::string& line : lines)
    text_width = std::max(text_width, measure_text(line, kBodySize).width);
  const double box_height = 16 + 22 * static_cast<double>(lines.size());
  const Rect box = {(width - text_width) / 2 - 20, height - box_height - 20, text_width + 40, box_height};
  ImguiCanvas canvas(*ImGui::GetForegroundDrawList(), context.tools);
  canvas.fill_rect(box, message.warning ? theme.warning_ground : theme.card, kCornerRadius);
  canvas.stroke_rect(box, {message.warning ? theme.warning : theme.hairline, 1, {}}, kCornerRadius);
  double y = box.y + 8 + 11;
  for (const std::string& line : lines) {
    canvas.text({box.x + 20, y}, line,
                {.size = kBodySize,
                 .color = message.warning ? theme.warning : theme.ink,
                 .vertical = VerticalAlign::kMiddle});
    y += 22;
  }
}

}  // namespace initlab
