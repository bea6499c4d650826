#include "app/figures/page.h"

#include <algorithm>
#include <string>
#include <vector>

#include "app/canvas/text_metrics.h"
#include "app/figures/captions.h"
#include "core/numeric/number_text.h"

namespace initlab {
namespace {

// "step 7,210 of 15,000", the number large; returns its width.
double draw_step(Canvas& canvas, const Theme& theme, double right, double baseline,
                 const Snapshot& snapshot) {
  const std::string number = count_text(snapshot.step);
  const std::string of = " of " + count_text(snapshot.experiment->training.steps);
  const double of_width = measure_text(of, kBodySize).width;
  const double number_width = measure_text(number, kReadoutSize, FontWeight::kMedium).width;
  const double step_width = measure_text("step ", kBodySize).width;
  canvas.text({right - of_width, baseline}, of, {.size = kBodySize, .color = theme.secondary});
  canvas.text({right - of_width - number_width, baseline}, number,
              {.size = kReadoutSize, .color = theme.ink, .weight = FontWeight::kMedium});
  canvas.text({right - of_width - number_width - step_width, baseline}, "step ",
              {.size = kBodySize, .color = theme.secondary});
  return of_width + number_width + step_width;
}

// Data, network and training in one line of `width`, smaller or shortened where need be.
void draw_summary(Canvas& canvas, const Theme& theme, Point at, double width, const Snapshot& snapshot) {
  constexpr std::string_view kDot = "  \u00b7  ";
  std::string text = data_caption(snapshot);
  text.append(kDot).append(network_caption(snapshot)).append(kDot).append(training_caption(snapshot));
  const double size = measure_text(text, kSecondarySize).width <= width ? kSecondarySize : kTickSize;
  canvas.text(at, fit_text(text, width, size), {.size = size, .color = theme.secondary});
}

}  // namespace

std::string_view title_of(const Snapshot& snapshot) {
  const Experiment& experiment = *snapshot.experiment;
  return experiment.title.empty() ? experiment.name : experiment.title;
}

Rect draw_page(Canvas& canvas, const Theme& theme, Rect page, const Snapshot& snapshot) {
  canvas.fill_rect(page, theme.ground);
  const double margin = page.width >= 1000 ? 4 * kGrid : 2 * kGrid;
  const double title_size = page.width >= 1000 ? 24 : 19;
  const Rect inner = page.inset(margin, margin);
  if (!snapshot.experiment || inner.width < 100 || inner.height < 100) return inner;
  double baseline = inner.y + measure_text("H", title_size, FontWeight::kMedium).cap_height;
  const double step_width = draw_step(canvas, theme, inner.right(), baseline, snapshot);
  const double room = inner.width - step_width - 3 * kGrid;
  canvas.text({inner.x, baseline}, fit_text(title_of(snapshot), room, title_size, FontWeight::kMedium),
              {.size = title_size, .color = theme.ink, .weight = FontWeight::kMedium});
  baseline += 3 * kGrid;
  draw_summary(canvas, theme, {inner.x, baseline}, inner.width, snapshot);
  const double top = baseline + (page.width >= 1000 ? 3 : 2) * kGrid;
  return {inner.x, top, inner.width, inner.bottom() - top};
}

Rect draw_section(Canvas& canvas, const Theme& theme, Rect rect, std::string_view heading,
                  std::string_view note) {
  const double baseline = rect.y + 15;
  const double heading_width = measure_text(heading, kBodySize, FontWeight::kMedium).width;
  canvas.text({rect.x, baseline}, fit_text(heading, rect.width, kBodySize, FontWeight::kMedium),
              {.size = kBodySize, .color = theme.ink, .weight = FontWeight::kMedium});
  if (!note.empty() && heading_width + 3 * kGrid + measure_text(note, kSecondarySize).width <= rect.width) {
    canvas.text({rect.right(), baseline}, note,
                {.size = kSecondarySize, .color = theme.secondary, .horizontal = HorizontalAlign::kRight});
  }
  return {rect.x, rect.y + kSectionHeadingHeight, rect.width, rect.height - kSectionHeadingHeight};
}

}  // namespace initlab
