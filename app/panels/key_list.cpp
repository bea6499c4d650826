#include "app/panels/key_list.h"

#include <imgui.h>

#include <algorithm>
#include <vector>

#include "app/canvas/text_metrics.h"
#include "app/panels/actions.h"
#include "app/panels/search_list.h"
#include "app/panels/widgets.h"
#include "app/panels/word_search.h"

namespace initlab {
namespace {

// What has a key, in the table's order; once something is typed, all that fits it, the best first.
std::vector<const Action*> listed(const PanelContext& context, std::string_view query) {
  struct Fit {
    int misfit;
    const Action* action;
  };
  std::vector<Fit> fits;
  for (const Action& action : actions()) {
    if (!is_enabled(action, context) || (query.empty() && action.keys.empty())) continue;
    if (const auto misfit = search_misfit(query, action.label)) {
      fits.push_back({*misfit, &action});
    } else if (search_misfit(query, action.help).value_or(kScatteredMisfit) < kScatteredMisfit) {
      fits.push_back({1000, &action});
    }
  }
  std::ranges::stable_sort(fits, {}, &Fit::misfit);
  std::vector<const Action*> rows;
  for (const Fit& fit : fits) rows.push_back(fit.action);
  return rows;
}

}  // namespace

void draw_key_list(PanelContext& context, double width, double height) {
  LabState& state = context.state;
  state.key_search.shown = state.key_list_shown;
  const std::vector<const Action*> found =
      state.key_list_shown ? listed(context, state.key_search.query()) : std::vector<const Action*>();
  std::vector<SearchRow> rows;
  for (const Action* action : found) {
    rows.push_back({std::string(action->label), std::string(action->help), action->keys});
  }
  const SearchLook look = {
      .id = "list of keys",
      .hint = "Search the keys",
      .trouble = rows.empty() && state.key_list_shown ? "Nothing here has such a name." : ""};
  const auto chosen = search_list(context, state.key_search, width, height, look, rows);
  state.key_list_shown = state.key_search.shown;
  if (!chosen) return;
  state.key_list_shown = false;
  perform(*found[*chosen], context);
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
