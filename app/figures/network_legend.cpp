// What the colours, patterns and marks of a network diagram mean, of those that are there.
#include <cmath>
#include <string_view>
#include <vector>

#include "app/canvas/text_metrics.h"
#include "app/figures/marks.h"
#include "app/figures/network_diagram.h"
#include "app/figures/network_notes.h"

namespace initlab {
namespace {

enum class Sign { kPositive, kNegative, kZero, kFrozen, kCopies, kNear, kDead, kSaturated, kNotFinite };

struct LegendItem {
  Sign sign;
  std::string_view text;
};

// What the shown networks hold.
std::vector<LegendItem> legend_items(const Snapshot& snapshot, const NetworkDiagramOptions& options) {
  bool zero = false, frozen = false, copies = false, near = false, dead = false, saturated = false;
  bool not_finite = false;
  for (const std::size_t lane : shown_lanes(snapshot, options)) {
    const RunSnapshot& run = snapshot.runs[lane];
    for (const LayerView& layer : run.network.layers) {
      frozen = frozen || layer.frozen;
      near = near || has_near_copies(run, layer.layer);
      zero = zero || layer.largest_weight == 0;
      for (const UnitView& unit : layer.shown) {
        copies = copies || unit.copies > 1;
        dead = dead || unit.dead;
        saturated = saturated || (unit.saturated > kLeastSaturated && &layer != &run.network.layers.back());
        not_finite = not_finite || unit.non_finite > 0 || !std::isfinite(unit.bias);
      }
    }
  }
  const bool weights = options.links == DiagramLinks::kWeights;
  std::vector<LegendItem> items = {{Sign::kPositive, weights ? "positive weight" : "positive gradient"},
                                   {Sign::kNegative, weights ? "negative" : "negative"}};
  if (not_finite) items.push_back({Sign::kNotFinite, "not finite"});
  if (copies) items.push_back({Sign::kCopies, "copies"});
  if (near) items.push_back({Sign::kNear, "nearly alike"});
  if (dead) items.push_back({Sign::kDead, "dead"});
  if (frozen) items.push_back({Sign::kFrozen, "frozen"});
  if (zero) items.push_back({Sign::kZero, "zero"});
  if (saturated) items.push_back({Sign::kSaturated, "saturated"});
  return items;
}

constexpr double kSampleWidth = 20;

void draw_sign(Canvas& canvas, const Theme& theme, Point at, Sign sign) {
  const Point from = {at.x, at.y};
  const Point to = {at.x + kSampleWidth, at.y};
  const Rect box = {at.x + 5, at.y - 5, 10, 10};
  switch (sign) {
    case Sign::kPositive:
      return canvas.line(from, to, {class_color(theme, 1), 2.5, {}});
    case Sign::kNegative:
      return canvas.line(from, to, {class_color(theme, 0), 2.5, {}});
    case Sign::kZero:
      return canvas.line(from, to, {theme.secondary, 1, kZeroDash});
    case Sign::kFrozen:
      return canvas.line(from, to, {theme.secondary, 2, kFrozenDash});
    case Sign::kNotFinite:
      return canvas.line(from, to, {theme.warning, 1.5, {}});
    case Sign::kCopies:
      canvas.fill_rect(box, theme.warning_ground, 3);
      return canvas.stroke_rect(box, {theme.warning, 1.5, {}}, 3);
    case Sign::kNear:
      return canvas.stroke_rect(box, {theme.warning, 1.5, kNearDash}, 3);
    case Sign::kDead:
      return draw_cross(canvas, box.center(), 4, {theme.secondary, 1.5, {}});
    case Sign::kSaturated:
      canvas.stroke_rect(box, {theme.secondary.with_alpha(0.55), 1, {}});
      return canvas.fill_rect({box.right() - 3, box.y, 3, 10}, theme.ink);
  }
}

}  // namespace

void draw_network_legend(Canvas& canvas, const Theme& theme, Rect rect, const Snapshot& snapshot,
                         const NetworkDiagramOptions& options) {
  constexpr double kGap = 14;
  constexpr std::string_view kWidth = "width: size \u00d7 \u221afan_in";
  double x = rect.x;
  const double y = rect.center().y;
  const TextStyle style{.size = kTickSize, .color = theme.secondary, .vertical = VerticalAlign::kMiddle};
  for (const LegendItem& item : legend_items(snapshot, options)) {
    const double width = kSampleWidth + 6 + measure_text(item.text, kTickSize).width;
    if (x + width > rect.right()) return;
    draw_sign(canvas, theme, {x, y}, item.sign);
    canvas.text({x + kSampleWidth + 6, y}, item.text, style);
    x += width + kGap;
  }
  if (options.links != DiagramLinks::kWeights) return;
  if (x + measure_text(kWidth, kTickSize).width <= rect.right()) canvas.text({x, y}, kWidth, style);
}

}  // namespace initlab
