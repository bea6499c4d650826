#include "app/figures/lane_read_out.h"

#include <algorithm>

#include "app/canvas/text_metrics.h"
#include "app/figures/marks.h"

namespace initlab {

void draw_lane_read_outs(Canvas& canvas, const Theme& theme, Rect bounds, Point at, const std::string& title,
                         const std::vector<LaneReadOut>& rows) {
  constexpr double kSize = kSecondarySize;
  constexpr double kRow = 20;
  constexpr double kSwatch = 16;
  constexpr double kBeside = 12;  // from the mark to the box, and from a name to its value
  double value_width = 0;
  double name_width = 0;
  for (const LaneReadOut& row : rows) {
    value_width = std::max(value_width, measure_text(row.value, kSize, FontWeight::kMedium).width);
    name_width = std::max(name_width, measure_text(row.name, kSize).width);
  }
  name_width = std::min(name_width, std::max(0.0, bounds.width / 2 - value_width - 60));
  const double inner =
      std::max(measure_text(title, kSize).width, kSwatch + name_width + kBeside + value_width);
  Rect box{at.x + kBeside, at.y, inner + 2 * kGrid, kRow * static_cast<double>(rows.size() + 1) + kGrid};
  if (box.right() > bounds.right()) box.x = at.x - kBeside - box.width;
  box.x = std::max(box.x, bounds.x);
  box.y = std::max(bounds.y, std::min(box.y, bounds.bottom() - box.height));
  canvas.fill_rect(box, theme.card, kCornerRadius);
  canvas.stroke_rect(box.inset(0.5, 0.5), {theme.hairline, 1, {}}, kCornerRadius);
  double y = box.y + kGrid / 2 + kRow / 2;
  canvas.text({box.x + kGrid, y}, title,
              {.size = kSize, .color = theme.secondary, .vertical = VerticalAlign::kMiddle});
  for (const LaneReadOut& row : rows) {
    y += kRow;
    draw_swatch(canvas, theme, {box.x + kGrid + 5, y}, row.lane);
    canvas.text({box.x + kGrid + kSwatch, y}, fit_text(row.name, name_width, kSize),
                {.size = kSize, .color = theme.ink, .vertical = VerticalAlign::kMiddle});
    canvas.text({box.right() - kGrid, y}, row.value,
                {.size = kSize,
                 .color = theme.ink,
                 .weight = FontWeight::kMedium,
                 .horizontal = HorizontalAlign::kRight,
                 .vertical = VerticalAlign::kMiddle});
  }
}

}  // namespace initlab
