#include "app/panels/top_bar.h"

#include <imgui.h>

#include <algorithm>
#include <array>
#include <cmath>
#include <limits>

#include "app/canvas/text_metrics.h"
#include "app/panels/hidden.h"
#include "app/panels/widgets.h"
#include "core/numeric/number_text.h"

namespace initlab {
namespace {

constexpr double kGap = 8;
constexpr double kHeight = 36;

// The speed slider: 1 to 10,000 steps a second by powers of ten, its right end is unlimited.
constexpr double kFastest = 10'000;
constexpr double kUnlimitedFrom = 0.97;

double share_of_speed(double speed) {
  if (!std::isfinite(speed)) return 1;
  return std::clamp(std::log10(std::max(speed, 1.0)) / std::log10(kFastest), 0.0, 1.0) * kUnlimitedFrom;
}
double speed_of_share(double share) {
  if (share > kUnlimitedFrom + 0.01) return std::numeric_limits<double>::infinity();
  const double speed = std::pow(kFastest, std::min(share / kUnlimitedFrom, 1.0));
  // Two figures are enough for a hand.
  const double unit = std::pow(10.0, std::floor(std::log10(speed)) - 1);
  return std::max(1.0, std::round(speed / unit) * unit);
}

// Draws words of two weights one after the other; returns where they end.
double draw_step(PanelContext& context, double x, double y, bool with_total) {
  const Theme& theme = context.theme;
  const Snapshot& snapshot = context.snapshot();
  const auto word = [&](std::string_view text, double size, FontWeight weight, Color color) {
    context.canvas.text(
        {x, y}, text, {.size = size, .color = color, .weight = weight, .vertical = VerticalAlign::kBaseline});
    x += measure_text(text, size, weight).width;
  };
  word("step ", kBodySize, FontWeight::kRegular, theme.secondary);
  word(count_text(snapshot.step), 21, FontWeight::kMedium, theme.ink);
  if (with_total) {
    word(" of " + count_text(context.experiment().training.steps), kBodySize, FontWeight::kRegular,
         theme.secondary);
  }
  return x;
}

std::string step_hint(const PanelContext& context) {
  const Snapshot& snapshot = context.snapshot();
  if (context.report.playing) return "";
  if (snapshot.step >= context.experiment().training.steps) return "done";
  return snapshot.step == 0 ? "Space to train" : "paused";
}

// Within `room`: slider, number and name, or less of it.
void draw_speed(PanelContext& context, double right, double y, double room, double slider_width) {
  const double speed = context.report.speed;
  std::string text = std::isfinite(speed) ? number_text(speed, 2) + " / s" : std::string("as fast as it can");
  if (!std::isfinite(speed) && context.report.measured_speed > 0) {
    text = number_text(context.report.measured_speed, 2) + " / s";
  }
  constexpr double kNumberWidth = 116;
  constexpr double kNameWidth = 72;
  const bool with_number = room >= slider_width + kNumberWidth + 32;
  const double text_width = with_number ? kNumberWidth : 8;
  if (room < slider_width + 48) return;
  if (with_number) {
    context.canvas.text({right - text_width + 8, y}, text,
                        {.size = kBodySize, .color = context.theme.ink, .vertical = VerticalAlign::kMiddle});
  }
  const Rect rail = {right - text_width - slider_width - 8, y - kHeight / 2, slider_width, kHeight};
  double share = share_of_speed(speed);
  if (slider(context, "speed", rail, share)) {
    const double wanted = speed_of_share(share);
    if (wanted != speed) context.worker.post(command::SetSpeed{wanted});
  }
  if (ImGui::IsItemHovered()) {
    tooltip(
        context,
        "Steps of training a second, all lanes in lock step. The right end is as fast as this machine can.");
  }
  if (room < slider_width + kNumberWidth + kNameWidth + 32) return;
  context.canvas.text({rail.x - 14, y}, "speed",
                      {.size = kBodySize,
                       .color = context.theme.secondary,
                       .horizontal = HorizontalAlign::kRight,
                       .vertical = VerticalAlign::kMiddle});
}

}  // namespace

void play_or_pause(PanelContext& context) {
  if (context.report.playing) {
    context.worker.post(command::Pause{});
  } else if (context.snapshot().step >= context.experiment().training.steps) {
    show_message(context.state,
                 "All " + count_text(context.experiment().training.steps) +
                     " steps are done. R rewinds; a larger number under Steps goes on.",
                 false);
  } else {
    context.worker.post(command::Play{});
  }
}

void change_text_size(LabState& state, int steps) {
  if (steps == 0) {
    state.zoom = 1;
    return;
  }
  const auto above = std::ranges::upper_bound(kTextSizes, state.zoom + (steps > 0 ? 1e-6 : -1e-6));
  if (steps > 0 && above != kTextSizes.end()) state.zoom = *above;
  if (steps < 0 && above != kTextSizes.begin()) state.zoom = *(above - 1);
}

void draw_top_bar(PanelContext& context, Rect rect) {
  const Theme& theme = context.theme;
  context.canvas.fill_rect(rect, theme.card);
  context.canvas.fill_rect({rect.x, rect.bottom() - 1, rect.width, 1}, theme.hairline);
  const double middle = rect.center().y;
  const double top = middle - kHeight / 2;
  const bool roomy = rect.width >= 1180;

  double x = rect.x + kGap;
  const auto place = [&](std::string_view text, const ButtonOptions& options) {
    const double width = button_width(text, options.icon);
    const bool clicked = button(context, {x, top, width, kHeight}, text, options);
    x += width + kGap;
    return clicked;
  };
  if (place("", {.look = ButtonLook::kLink,
                 .icon = Icon::kMenu,
                 .tooltip = "Show or hide the experiment column (Tab)"})) {
    context.state.column_shown = !context.state.column_is_shown;
  }
  if (rect.width >= 900) {
    context.canvas.text({x, middle}, "InitLab",
                        {.size = kReadoutSize,
                         .color = theme.ink,
                         .weight = FontWeight::kMedium,
                         .vertical = VerticalAlign::kMiddle});
    x += measure_text("InitLab", kReadoutSize, FontWeight::kMedium).width + 2 * kGap;
  }
  const bool playing = context.report.playing;
  const double play_width = std::max(button_width("Pause", Icon::kPause), button_width("Play", Icon::kPlay));
  if (button(context, {x, top, play_width, kHeight}, playing ? "Pause" : "Play",
             {.look = ButtonLook::kPrimary,
              .icon = playing ? Icon::kPause : Icon::kPlay,
              .tooltip = "Train all lanes, or stop (Space)"})) {
    play_or_pause(context);
  }
  x += play_width + kGap;
  if (place("Step", {.tooltip = "One step of every lane (S or right arrow)"}))
    context.worker.post(command::Step{1});
  if (place("Rewind", {.tooltip = "Back to step 0 with the same seeds: the same path again (R)"})) {
    context.worker.post(command::Rewind{});
  }
  if (!is_hidden(context, HiddenControl::kSeed) &&
      place("New seed",
            {.tooltip = "Draws other weights: every lane's seed goes up by one, back to step 0 (N)"})) {
    context.worker.post(command::NewSeed{});
  }
  x += kGap;
  const double end = draw_step(context, x, middle + 7, rect.width >= 980);
  const std::string hint = step_hint(context);
  if (roomy && !hint.empty()) {
    context.canvas.text(
        {end + 12, middle + 7}, hint,
        {.size = kSecondarySize,
         .color = hint == "paused" || hint == "done" ? theme.secondary : theme.accent,
         .weight = hint == "paused" || hint == "done" ? FontWeight::kRegular : FontWeight::kMedium});
  }

  double right = rect.right() - kGap;
  const double help_width = button_width("?");
  right -= help_width;
  if (button(context, {right, top, help_width, kHeight}, "?", {.tooltip = "The keys (F1)"})) {
    context.state.key_list_shown = !context.state.key_list_shown;
  }
  const bool light = context.state.theme == ThemeId::kLight;
  const double theme_width = button_width("", Icon::kMoon);
  right -= theme_width + kGap;
  if (button(context, {right, top, theme_width, kHeight}, "",
             {.icon = light ? Icon::kMoon : Icon::kSun,
              .tooltip = light ? "Dark theme (D)" : "Light theme (D)"})) {
    context.state.theme = light ? ThemeId::kDark : ThemeId::kLight;
  }
  if (roomy) {
    const double lesson_width = button_width("Lesson");
    right -= lesson_width + kGap;
    if (button(context, {right, top, lesson_width, kHeight}, "Lesson",
               {.tooltip = "Show or hide the lesson at the right"})) {
      context.state.lesson_shown = !context.state.lesson_is_shown;
    }
  }
  if (!is_hidden(context, HiddenControl::kSpeed))
    draw_speed(context, right - kGap, middle, right - kGap - end, roomy ? 144 : 84);
}

}  // namespace initlab
