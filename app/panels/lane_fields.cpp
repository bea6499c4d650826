#include "app/panels/lane_fields.h"

#include <fmt/format.h>
#include <imgui.h>

#include "app/panels/field_row.h"
#include "app/panels/hidden.h"
#include "app/panels/lane_changes.h"
#include "app/panels/widgets.h"

namespace initlab {
namespace {

constexpr double kIndent = 12;

ImVec2 vec(double x, double y) {
  return {static_cast<float>(x), static_cast<float>(y)};
}

}  // namespace

ListPen ListPen::here(double width) {
  const ImVec2 at = ImGui::GetCursorScreenPos();
  return {static_cast<double>(at.x), static_cast<double>(at.y), width, static_cast<double>(at.y)};
}

Rect ListPen::row(double height) {
  const Rect rect = {x, y, width, height};
  y += height;
  return rect;
}

void ListPen::line(PanelContext& context) {
  const Rect rect = row(11);
  context.canvas.fill_rect({rect.x, rect.y + 5, rect.width, 1}, context.theme.hairline);
}

void ListPen::finish() const {
  ImGui::SetCursorScreenPos(vec(x, top));
  ImGui::Dummy(vec(width, y - top));
}

PanelContext inside_list(const PanelContext& context, ImguiCanvas& canvas) {
  return {canvas, context.tools, context.theme, context.report, context.state, context.worker};
}

bool reads_field(const PanelContext& context, std::size_t lane, std::string_view key) {
  const Experiment& experiment = context.experiment();
  const Lane& shown = experiment.lanes[lane];
  const bool leaky = shown.activation.value_or(experiment.network.activation) == ActivationId::kLeakyRelu;
  if (key == "slope" && !leaky) return false;
  if (key == "seed" && is_hidden(context, HiddenControl::kSeed)) return false;
  const Field<Lane>* field = find_field<Lane>(key);
  return field != nullptr && applies(*field, shown);
}

void lane_field_row(PanelContext& context, ListPen& pen, std::size_t lane, std::string_view key) {
  if (!reads_field(context, lane, key)) return;
  Lane shown = context.experiment().lanes[lane];
  const std::string path = fmt::format("lanes.{}.{}", lane + 1, key);
  const Rect rect = pen.row(kFieldRowHeight).inset(kIndent, 0);
  if (auto changed = field_row(context, rect, *find_field<Lane>(key), shown, path)) {
    change_lane(context, lane, changed->lanes[lane]);
  }
}

void layer_field_row(PanelContext& context, ListPen& pen, std::size_t lane, std::size_t layer,
                     std::string_view key) {
  LayerStart shown = layer_start(context.experiment().lanes[lane], layer);
  const Field<LayerStart>* field = find_field<LayerStart>(key);
  if (field == nullptr || !applies(*field, shown)) return;
  const std::string path = fmt::format("lanes.{}.layers.{}.{}", lane + 1, layer, key);
  Rect rect = pen.row(kFieldRowHeight).inset(kIndent, 0);
  rect.x += kIndent;
  rect.width -= kIndent;
  if (auto changed = field_row(context, rect, *field, shown, path)) {
    change_lane(context, lane, changed->lanes[lane]);
  }
}

void lane_effect_row(PanelContext& context, ListPen& pen) {
  const Rect rect = pen.row(24);
  label(context.canvas, {rect.x + kIndent, rect.center().y}, lane_effect(context.state),
        rect.width - 2 * kIndent,
        {.size = kTickSize, .color = context.theme.secondary, .vertical = VerticalAlign::kMiddle});
}

}  // namespace initlab
