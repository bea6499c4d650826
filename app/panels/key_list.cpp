#include "app/panels/key_list.h"

#include <imgui.h>

#include <algorithm>
#include <array>

#include "app/canvas/text_metrics.h"
#include "app/panels/widgets.h"

namespace initlab {
namespace {

constexpr std::array kKeys = {
    KeyHelp{"Space", "play or pause"},
    KeyHelp{"S  or  →", "one step"},
    KeyHelp{"R", "rewind: the same seeds, step 0"},
    KeyHelp{"N", "new seed: other weights, step 0"},
    KeyHelp{"1 to 6", "select a lane"},
    KeyHelp{"↑  ↓", "the selected lane's scheme, live"},
    KeyHelp{"L", "log axes of the cost"},
    KeyHelp{"D", "dark or light"},
    KeyHelp{"Tab", "show or hide the column"},
    KeyHelp{"Ctrl +  Ctrl −  Ctrl 0", "text size"},
    KeyHelp{"Ctrl C  Ctrl V", "copy, paste the experiment"},
    KeyHelp{"F11", "full screen"},
    KeyHelp{"Ctrl Q", "close"},
    KeyHelp{"F1  or  ?", "this list"},
};

}  // namespace

std::span<const KeyHelp> key_help() {
  return kKeys;
}

void draw_key_list(PanelContext& context, double width, double height) {
  if (!context.state.key_list_shown) return;
  constexpr double kPadding = 24;
  const auto count = static_cast<double>(kKeys.size());
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
  for (const KeyHelp& row : kKeys) {
    canvas.text({box.x + kPadding, y + row_height / 2}, row.keys,
                {.size = kBodySize,
                 .color = theme.ink,
                 .weight = FontWeight::kMedium,
                 .vertical = VerticalAlign::kMiddle});
    label(canvas, {box.x + kPadding + 168, y + row_height / 2}, row.does, box.width - 168 - 2 * kPadding,
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
