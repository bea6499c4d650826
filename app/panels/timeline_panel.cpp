#include "app/panels/timeline_panel.h"

#include <fmt/format.h>
#include <imgui.h>

#include <algorithm>
#include <cmath>
#include <string>

#include "app/canvas/text_metrics.h"
#include "app/figures/captions.h"
#include "app/panels/explain.h"
#include "app/panels/panel.h"
#include "app/panels/slow_motion.h"
#include "app/panels/widgets.h"
#include "core/numeric/number_text.h"

namespace initlab {
namespace {

constexpr double kButtonSize = 28;
constexpr double kRail = 4;
constexpr double kNear = 6;  // pixels from a mark at which it is told of

// Which step stands at which pixel.
struct Track {
  double x = 0;
  double width = 0;
  double y = 0;
  std::int64_t steps = 1;

  double to_pixel(std::int64_t step) const {
    return x + width * std::clamp(static_cast<double>(step) / static_cast<double>(steps), 0.0, 1.0);
  }
  std::int64_t to_step(double pixel) const {
    return std::llround(std::clamp((pixel - x) / width, 0.0, 1.0) * static_cast<double>(steps));
  }
};

std::string event_text(const Event& event) {
  return fmt::format("Step {}: {}", count_text(event.step), event_caption(event));
}

// What was changed, and where a lane diverged; the text of the mark under the mouse.
std::string draw_marks(PanelContext& context, const Track& track, double mouse_x, bool hovered) {
  std::string text;
  const auto is_near = [&](double x) { return hovered && std::abs(mouse_x - x) <= kNear; };
  for (const Event& event : context.experiment().events) {
    const double x = track.to_pixel(event.step);
    context.canvas.fill_rect({x - 1, track.y - 12, 2, 8}, context.theme.ink);
    if (is_near(x)) text += (text.empty() ? "" : "\n") + event_text(event);
  }
  const Snapshot& snapshot = context.snapshot();
  for (std::size_t lane = 0; lane < snapshot.runs.size(); ++lane) {
    const RunSnapshot& run = snapshot.runs[lane];
    if (!run.diverged) continue;
    const double x = track.to_pixel(run.diverged->step);
    const Point mark[] = {{x - 5, track.y + 13}, {x + 5, track.y + 13}, {x, track.y + 5}};
    context.canvas.fill_polygon(mark, lane_color(context.theme, lane));
    if (is_near(x)) {
      text +=
          fmt::format("{}{}: {}", text.empty() ? "" : "\n", run.lane.name, divergence_caption(*run.diverged));
    }
  }
  return text;
}

// The step under the hand, above the rail.
void draw_bubble(PanelContext& context, double x, double bottom, const std::string& text) {
  ImguiCanvas canvas(*ImGui::GetForegroundDrawList(), context.tools);
  const double width = measure_text(text, kSecondarySize).width + 16;
  const double display = static_cast<double>(ImGui::GetIO().DisplaySize.x);
  const Rect box = {std::clamp(x - width / 2, 4.0, std::max(4.0, display - width - 4)), bottom - 26, width,
                    24};
  canvas.fill_rect(box, context.theme.ink, 4);
  canvas.text(box.center(), text,
              {.size = kSecondarySize,
               .color = context.theme.card,
               .horizontal = HorizontalAlign::kCenter,
               .vertical = VerticalAlign::kMiddle});
}

void drag(PanelContext& context, const Track& track) {
  TimelineState& state = context.state.timeline;
  const bool held = ImGui::IsItemActive();
  if (held) {
    const std::int64_t step = track.to_step(static_cast<double>(ImGui::GetIO().MousePos.x));
    if (state.dragged_to == step) return;
    // While the hand moves figures follow through what is known; the rest is trained once it lets go.
    const std::int64_t known = std::min(step, context.snapshot().reached);
    if (!state.dragged_to || known != std::min(*state.dragged_to, context.snapshot().reached)) {
      context.worker.post(command::Seek{known});
    }
    state.dragged_to = step;
  } else if (state.dragged_to) {
    go_to_step(context, *state.dragged_to);
    state.dragged_to.reset();
  }
}

std::string hint(const PanelContext& context) {
  if (context.report.seeking_to) return "going to step " + count_text(*context.report.seeking_to);
  if (context.snapshot().reached == 0) return "every step is kept: play, then drag back";
  return "drag to any step: every figure follows";
}

}  // namespace

void go_to_step(PanelContext& context, std::int64_t step) {
  step = std::clamp<std::int64_t>(step, 0, context.experiment().training.steps);
  const std::int64_t reached = context.snapshot().reached;
  context.worker.post(command::Seek{std::min(step, reached)});
  if (step > reached) context.worker.post(command::Step{step - reached});
}

void draw_timeline(PanelContext& context, Rect rect) {
  if (rect.height <= 0) return;
  const Theme& theme = context.theme;
  const Snapshot& snapshot = context.snapshot();
  context.canvas.fill_rect(rect, theme.card);
  context.canvas.fill_rect({rect.x, rect.y, rect.width, 1}, theme.hairline);
  const double middle = rect.center().y;

  double left = rect.x + 12;
  const double top = middle - kButtonSize / 2;
  if (button(context, {left, top, kButtonSize, kButtonSize}, "‹",
             {.tooltip = "One step back (left arrow)"})) {
    go_to_step(context, snapshot.step - 1);
  }
  left += kButtonSize + 4;
  if (button(context, {left, top, kButtonSize, kButtonSize}, "›", {.tooltip = "One step on (right arrow)"})) {
    go_to_step(context, snapshot.step + 1);
  }
  left += kButtonSize + 4;
  constexpr double kRoomForSlow = 640;
  if (rect.width >= kRoomForSlow) {
    const double width = button_width("Slow motion");
    const ButtonLook look = context.state.slow_motion.on ? ButtonLook::kPrimary : ButtonLook::kSoft;
    if (button(context, {left, top, width, kButtonSize}, "Slow motion",
               {.look = look, .tooltip = "One step taken apart: forward, loss, backward, update (M)"})) {
      toggle_slow_motion(context);
    }
    left += width + 8;
    explain_button(context, {left, middle}, ExplanationId::kTimeline);
    left += kExplainSize;
  }
  left += 12;
  const auto word = [&](double x, std::string_view text, double size, HorizontalAlign align) {
    context.canvas.text(
        {x, middle}, text,
        {.size = size, .color = theme.secondary, .horizontal = align, .vertical = VerticalAlign::kMiddle});
  };
  word(left, "0", kSecondarySize, HorizontalAlign::kLeft);
  left += measure_text("0", kSecondarySize).width + 16;
  double right = rect.right() - 16;
  constexpr double kRoomForHint = 900;
  if (rect.width >= kRoomForHint) {
    // As wide as its longest sentence, so that the rail keeps its place.
    right -= measure_text("every step is kept: play, then drag back", kSecondarySize).width;
    word(right, hint(context), kSecondarySize, HorizontalAlign::kLeft);
    right -= 16;
  }
  const std::string total = count_text(context.experiment().training.steps);
  word(right, total, kSecondarySize, HorizontalAlign::kRight);
  right -= measure_text(total, kSecondarySize).width + 16;

  const Track track = {left, right - left, middle,
                       std::max<std::int64_t>(context.experiment().training.steps, 1)};
  if (track.width < 40) return;
  touch_area("timeline", {track.x - 10, rect.y + 2, track.width + 20, rect.height - 4});
  note_slider("timeline", {track.x, rect.y + 2, track.width, rect.height - 4});
  const bool hovered = ImGui::IsItemHovered();
  const double mouse_x = static_cast<double>(ImGui::GetIO().MousePos.x);
  drag(context, track);
  const std::optional<std::int64_t> dragged = context.state.timeline.dragged_to;
  const double x = track.to_pixel(dragged.value_or(context.report.seeking_to.value_or(snapshot.step)));

  context.canvas.fill_rect({track.x, middle - kRail / 2, track.width, kRail}, theme.soft, kRail / 2);
  const double known = track.to_pixel(snapshot.reached) - track.x;
  context.canvas.fill_rect({track.x, middle - kRail / 2, known, kRail}, theme.accent.with_alpha(0.35),
                           kRail / 2);
  context.canvas.fill_rect({track.x, middle - kRail / 2, x - track.x, kRail}, theme.accent, kRail / 2);
  const std::string mark = draw_marks(context, track, mouse_x, hovered && !dragged);
  context.canvas.fill_circle({x, middle}, 8, theme.accent);
  context.canvas.fill_circle({x, middle}, hovered || dragged ? 4.0 : 5.0, theme.card);
  if (dragged) {
    draw_bubble(context, x, rect.y - 2, "step " + count_text(*dragged));
  } else if (!mark.empty()) {
    tooltip(context, mark);
  } else if (hovered) {
    draw_bubble(context, mouse_x, rect.y - 2, "step " + count_text(track.to_step(mouse_x)));
  }
}

}  // namespace initlab
