#include "app/panels/lane_panel.h"

#include <fmt/format.h>
#include <imgui.h>

#include "app/canvas/text_metrics.h"
#include "app/figures/lane_picture.h"
#include "app/panels/explain.h"
#include "app/panels/lane_heading.h"
#include "app/panels/lane_numbers.h"
#include "app/panels/paint.h"
#include "app/panels/widgets.h"
#include "core/numeric/number_text.h"

namespace initlab {
namespace {

// A small text on its own ground, over a picture, from a corner of its own inwards.
void draw_note(PanelContext& context, Rect picture, const std::string& note, Point corner) {
  const std::string text = fit_text(note, picture.width - 28, kSecondarySize);
  const double width = measure_text(text, kSecondarySize).width + 16;
  const Rect box = {corner.x > picture.center().x ? corner.x - width : corner.x, corner.y, width, 24};
  context.canvas.fill_rect(box, context.theme.card.with_alpha(0.9), 4);
  context.canvas.text(box.center(), text,
                      {.size = kSecondarySize,
                       .color = context.theme.ink,
                       .horizontal = HorizontalAlign::kCenter,
                       .vertical = VerticalAlign::kMiddle});
}

ExplanationId what_is_drawn(const PanelContext& context) {
  if (!has_lane_picture(context.snapshot())) return ExplanationId::kNoPicture;
  const bool curve = !context.snapshot().runs.front().response.empty();
  return curve ? ExplanationId::kFittedCurve : ExplanationId::kDecisionBoundary;
}

void draw_field(PanelContext& context, std::size_t lane, Rect rect) {
  PlaneState& plane = context.state.plane;
  const LanePictureOptions options = plane.picture();
  draw_lane_picture(context.canvas, context.theme, rect, context.snapshot(), lane, options);
  // One sign for all lanes, above the axis' labels; before the picture's own area, which would take the
  // mouse.
  if (lane == 0) {
    explain_button(context, {rect.right() - kExplainSize - 6, rect.bottom() - 36}, what_is_drawn(context));
  }
  if (touch_area(fmt::format("field {}", lane), rect).clicked) context.state.selected_lane = lane;
  // A run that diverged keeps its last finite picture.
  const RunSnapshot& run = context.snapshot().runs[lane];
  const bool has_picture = !run.field.empty() || !run.response.empty();
  if (has_picture && run.diverged && run.field_step < run.diverged->step) {
    draw_note(context, rect, "the picture is of step " + count_text(run.field_step),
              {rect.x + 6, rect.y + 38});
  }
  const bool paints = context.state.paint.on;
  if (const auto view = lane_picture_view(rect, context.snapshot(), lane, options)) {
    steer_plane(plane, context.snapshot(), *view, {.drag_pans = !paints});
    if (paints) {
      paint_on_picture(context, *view);
      return;
    }
  }
  if (!ImGui::IsItemHovered()) return;
  const ImVec2 mouse = ImGui::GetIO().MousePos;
  const auto read = lane_picture_text(rect, context.snapshot(), lane,
                                      {static_cast<double>(mouse.x), static_cast<double>(mouse.y)}, options);
  if (!read) return;
  draw_note(context, rect, *read, {rect.right() - 6, rect.y + 6});
}

}  // namespace

void draw_lane(PanelContext& context, std::size_t lane, const LaneRects& rects) {
  draw_field(context, lane, rects.field);
  draw_numbers_row(context, lane, rects.numbers);
  draw_verdict_box(context, lane, rects.verdict);
  draw_lane_heading_row(context, lane, rects.heading);
}

}  // namespace initlab
