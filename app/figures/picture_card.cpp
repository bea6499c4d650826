#include "app/figures/picture_card.h"

#include <algorithm>
#include <array>
#include <cmath>
#include <numbers>
#include <string>
#include <vector>

#include "app/canvas/text_metrics.h"
#include "app/figures/captions.h"

namespace initlab {
namespace {

constexpr double kLabelInset = 8;

}  // namespace

Rect on_whole_pixels(Rect rect) {
  const double x = std::round(rect.x);
  const double y = std::round(rect.y);
  return {x, y, std::round(rect.right()) - x, std::round(rect.bottom()) - y};
}

void round_corners(Canvas& canvas, const Theme& theme, Rect rect) {
  constexpr int kSegments = 6;
  const double r = kCornerRadius;
  const std::array<Point, 4> corners = {Point{rect.x, rect.y}, Point{rect.right(), rect.y},
                                        Point{rect.right(), rect.bottom()}, Point{rect.x, rect.bottom()}};
  for (std::size_t i = 0; i < corners.size(); ++i) {
    const Point center{corners[i].x + (i == 0 || i == 3 ? r : -r), corners[i].y + (i < 2 ? r : -r)};
    std::array<Point, kSegments + 2> wedge = {corners[i]};
    for (int k = 0; k <= kSegments; ++k) {
      const double angle = std::numbers::pi * (1 + static_cast<double>(i) / 2 + 0.5 * k / kSegments);
      wedge[static_cast<std::size_t>(k) + 1] = {center.x + r * std::cos(angle),
                                                center.y + r * std::sin(angle)};
    }
    canvas.fill_polygon(wedge, theme.ground);
  }
}

void draw_sentence(Canvas& canvas, const Theme& theme, Rect rect, std::string_view sentence) {
  const Rect room = rect.inset(2 * kGrid, kGrid);
  double size = kSecondarySize;
  std::vector<std::string> lines = wrap_text(sentence, room.width, size);
  if (static_cast<double>(lines.size()) * size * 1.4 > room.height) {
    size = kTickSize;
    lines = wrap_text(sentence, room.width, size);
  }
  const double spacing = size * 1.4;
  const auto most = static_cast<std::size_t>(std::max(0.0, room.height / spacing));
  if (lines.size() > most) {
    lines.resize(most);
    if (most > 0) lines.back() += " \u2026";
  }
  double y = rect.center().y - spacing * (static_cast<double>(lines.size()) - 1) / 2;
  for (const std::string& line : lines) {
    canvas.text({rect.center().x, y}, fit_text(line, room.width, size),
                {.size = size,
                 .color = theme.secondary,
                 .horizontal = HorizontalAlign::kCenter,
                 .vertical = VerticalAlign::kMiddle});
    y += spacing;
  }
}

double draw_state(Canvas& canvas, const Theme& theme, Rect rect, const RunSnapshot& run,
                  const Snapshot& snapshot) {
  const std::string state = run_state_caption(run, snapshot);
  if (state.empty()) return rect.y;
  const double most = rect.width - 4 * kGrid;
  std::vector<std::string> lines = wrap_text(state, most, kTickSize);
  const double spacing = 16;
  const auto fitting = static_cast<std::size_t>(std::max(1.0, (rect.height - 3 * kGrid) / spacing));
  if (lines.size() > fitting) lines.resize(fitting);
  double width = 0;
  for (std::string& line : lines) {
    line = fit_text(line, most, kTickSize);
    width = std::max(width, measure_text(line, kTickSize).width);
  }
  const Rect label{rect.x + kGrid, rect.y + kGrid, width + 2 * kGrid,
                   spacing * static_cast<double>(lines.size()) + kGrid};
  canvas.fill_rect(label, run.diverged ? theme.warning_ground : theme.card, kCornerRadius);
  double y = label.y + kGrid / 2 + spacing / 2;
  for (const std::string& line : lines) {
    canvas.text({label.x + kGrid, y}, line,
                {.size = kTickSize,
                 .color = run.diverged ? theme.warning : theme.secondary,
                 .vertical = VerticalAlign::kMiddle});
    y += spacing;
  }
  return label.bottom();
}

void draw_inner_labels(Canvas& canvas, const Theme& theme, Rect rect, const Axis& x, const Axis& y,
                       double top) {
  // Sparse, as if the labels were larger: they say where one is, they are not read off. One alone says
  // nothing.
  const double size = kTickSize;
  const double corner = kLabelInset + 2.5 * size;
  std::vector<Tick> along = axis_ticks(x, 1.2 * size);
  std::erase_if(along, [&](const Tick& tick) {
    const double half = measure_text(tick.label, size).width / 2;
    const double at = x.to_pixel(tick.value);
    return at - half < rect.x + corner || at + half > rect.right() - kLabelInset;
  });
  std::vector<Tick> upwards = axis_ticks(y, 2.8 * size);
  std::erase_if(upwards, [&](const Tick& tick) {
    const double at = y.to_pixel(tick.value);
    return at - size < top + kLabelInset / 2 || at + size / 2 > rect.bottom() - corner ||
           measure_text(tick.label, size).width + 2 * kLabelInset > rect.width;
  });
  for (const Tick& tick : along.size() > 1 ? along : std::vector<Tick>()) {
    canvas.text({x.to_pixel(tick.value), rect.bottom() - kLabelInset}, tick.label,
                {.size = size, .color = theme.ink, .horizontal = HorizontalAlign::kCenter});
  }
  for (const Tick& tick : upwards.size() > 1 ? upwards : std::vector<Tick>()) {
    canvas.text({rect.x + kLabelInset, y.to_pixel(tick.value)}, tick.label,
                {.size = size, .color = theme.ink, .vertical = VerticalAlign::kMiddle});
  }
}

}  // namespace initlab
