#include "app/panels/view_section.h"

#include <imgui.h>

#include <algorithm>
#include <array>
#include <cmath>
#include <vector>

#include "app/panels/field_row.h"
#include "app/panels/top_bar.h"
#include "app/panels/widgets.h"

namespace initlab {
namespace {

// The label at the left; the box for its control.
Rect draw_label(PanelContext& context, Rect row, std::string_view text) {
  label(context.canvas, {row.x, row.center().y}, text, row.width * 0.42,
        {.size = kBodySize, .color = context.theme.ink, .vertical = VerticalAlign::kMiddle});
  return {row.x + row.width * 0.42, row.center().y - 14, row.width * 0.58, 28};
}

void draw_colours(PanelContext& context, Rect row) {
  std::vector<Choice> choices;
  for (const PaletteRow& palette : palettes()) choices.push_back({palette.name, palette.label});
  PaletteId& current = context.state.comfort.palette;
  const Rect box = draw_label(context, row, "Colours");
  const auto chosen = choice_box(context, "colours", box, choices, static_cast<std::size_t>(current));
  if (ImGui::IsItemHovered()) {
    tooltip(context, palettes()[static_cast<std::size_t>(current)].help);
  }
  if (chosen) current = palettes()[*chosen].id;
}

void draw_text_size(PanelContext& context, Rect row) {
  constexpr std::array kChoices = {Choice{"75", "75 %"},   Choice{"90", "90 %"},   Choice{"100", "100 %"},
                                   Choice{"115", "115 %"}, Choice{"130", "130 %"}, Choice{"150", "150 %"},
                                   Choice{"175", "175 %"}, Choice{"200", "200 %"}};
  static_assert(kChoices.size() == kTextSizes.size());
  const auto nearest = std::ranges::min_element(
      kTextSizes, {}, [&](double size) { return std::abs(size - context.state.zoom); });
  const Rect box = draw_label(context, row, "Text size");
  const auto chosen =
      choice_box(context, "text size", box, kChoices, static_cast<std::size_t>(nearest - kTextSizes.begin()));
  if (ImGui::IsItemHovered()) tooltip(context, "Everything grows with it (Ctrl + and Ctrl −).");
  if (chosen) context.state.zoom = kTextSizes[*chosen];
}

void draw_motion(PanelContext& context, Rect row) {
  constexpr std::array kChoices = {Choice{"full", "full"}, Choice{"reduced", "reduced"}};
  bool& reduced = context.state.comfort.reduced_motion;
  const auto chosen =
      choice_box(context, "motion", draw_label(context, row, "Motion"), kChoices, reduced ? 1 : 0);
  if (ImGui::IsItemHovered()) {
    tooltip(context, "Reduced: nothing blinks, fades or slides. The figures follow the training as before.");
  }
  if (chosen) reduced = *chosen == 1;
}

}  // namespace

double view_section_height() {
  return 3 * kFieldRowHeight;
}

void draw_view_section(PanelContext& context, Rect rect) {
  Rect row = {rect.x, rect.y, rect.width, kFieldRowHeight};
  draw_colours(context, row);
  row.y += kFieldRowHeight;
  draw_text_size(context, row);
  row.y += kFieldRowHeight;
  draw_motion(context, row);
}

}  // namespace initlab
