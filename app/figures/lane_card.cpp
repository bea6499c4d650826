#include "app/figures/lane_card.h"

#include <algorithm>
#include <array>

#include "app/canvas/text_metrics.h"
#include "app/figures/captions.h"
#include "app/figures/marks.h"
#include "core/network/initializers.h"
#include "core/numeric/number_text.h"

namespace initlab {
namespace {

constexpr double kNameSize = 17;
constexpr double kSwatchRoom = 18;
constexpr double kVerdictSize = kSecondarySize;

// What may stand beside the name, the longest first.
std::vector<std::string> scheme_texts(const Lane& lane) {
  const std::string label(scheme(lane.scheme).label);
  std::vector<std::string> texts = lane_formulas(lane);
  if (lane.name != label) {
    texts.insert(texts.begin(), label + ", " + texts.front());
    texts.push_back(label);
  }
  return texts;
}

std::string fitting_scheme_text(const Lane& lane, double room) {
  for (const std::string& text : scheme_texts(lane)) {
    if (measure_text(text, kSecondarySize).width <= room) return text;
  }
  return {};
}

double number_width(const LaneNumber& number, double name_size, double value_size) {
  return measure_text(number.name, name_size).width + 4 +
         measure_text(number.value, value_size, FontWeight::kMedium).width;
}

void draw_number(Canvas& canvas, const Theme& theme, Point at, const LaneNumber& number, double name_size,
                 double value_size) {
  canvas.text(at, number.name, {.size = name_size, .color = theme.secondary});
  canvas.text({at.x + measure_text(number.name, name_size).width + 4, at.y}, number.value,
              {.size = value_size, .color = theme.ink, .weight = FontWeight::kMedium});
}

}  // namespace

std::vector<LaneNumber> lane_numbers(const Snapshot& snapshot, std::size_t lane) {
  const RunSnapshot& run = snapshot.runs[lane];
  const auto train_count = static_cast<std::int64_t>(snapshot.data ? snapshot.data->train.count() : 0);
  const auto test_count = static_cast<std::int64_t>(snapshot.data ? snapshot.data->test.count() : 0);
  std::vector<LaneNumber> numbers = {{"cost", cost_text(run.cost)}};
  if (run.train_accuracy) numbers.push_back({"train", percent_text(*run.train_accuracy, train_count)});
  if (run.test_accuracy) numbers.push_back({"test", percent_text(*run.test_accuracy, test_count)});
  if (!run.train_accuracy && run.test_cost) numbers.push_back({"test cost", cost_text(*run.test_cost)});
  return numbers;
}

bool lane_heading_fits(const Snapshot& snapshot, std::size_t lane, double width) {
  const Lane& shown = snapshot.runs[lane].lane;
  return kSwatchRoom + measure_text(shown.name, kNameSize, FontWeight::kMedium).width + 12 +
             measure_text(lane_formulas(shown).back(), kSecondarySize).width <=
         width;
}

void draw_lane_heading(Canvas& canvas, const Theme& theme, Rect rect, const Snapshot& snapshot,
                       std::size_t lane) {
  const Lane& shown = snapshot.runs[lane].lane;
  const double baseline = rect.y + 18;
  const double cap = measure_text("H", kNameSize, FontWeight::kMedium).cap_height;
  draw_swatch(canvas, theme, {rect.x + 5, baseline - cap / 2}, lane, 11);
  const std::string name = fit_text(shown.name, rect.width - kSwatchRoom, kNameSize, FontWeight::kMedium);
  canvas.text({rect.x + kSwatchRoom, baseline}, name,
              {.size = kNameSize, .color = theme.ink, .weight = FontWeight::kMedium});
  const bool two_lines = rect.height >= kLaneHeadingTwoLines;
  const double start =
      two_lines ? 0 : kSwatchRoom + measure_text(name, kNameSize, FontWeight::kMedium).width + 12;
  const std::string scheme_text = fitting_scheme_text(shown, rect.width - start);
  if (scheme_text.empty()) return;
  canvas.text({rect.x + start, baseline + (two_lines ? 19 : 0)}, scheme_text,
              {.size = kSecondarySize, .color = theme.secondary});
}

void draw_lane_name(Canvas& canvas, const Theme& theme, Rect rect, const Snapshot& snapshot,
                    std::size_t lane) {
  const double middle = rect.center().y;
  draw_swatch(canvas, theme, {rect.x + 5, middle}, lane);
  canvas.text({rect.x + 16, middle},
              fit_text(snapshot.runs[lane].lane.name, rect.width - 16, kSecondarySize, FontWeight::kMedium),
              {.size = kSecondarySize,
               .color = theme.ink,
               .weight = FontWeight::kMedium,
               .vertical = VerticalAlign::kMiddle});
}

void draw_lane_numbers(Canvas& canvas, const Theme& theme, Rect rect, const Snapshot& snapshot,
                       std::size_t lane) {
  std::vector<LaneNumber> right = lane_numbers(snapshot, lane);
  const LaneNumber cost = right.front();
  right.erase(right.begin());
  constexpr std::array<std::array<double, 2>, 3> kSizes = {{{15, kReadoutSize}, {13.5, 15}, {12, 13}}};
  for (;;) {
    for (const auto& [name_size, value_size] : kSizes) {
      double width = number_width(cost, name_size, value_size);
      for (const LaneNumber& number : right) width += 12 + number_width(number, name_size, value_size);
      if (width > rect.width && !(right.empty() && name_size == 12)) continue;
      const double baseline = rect.y + 24;
      draw_number(canvas, theme, {rect.x, baseline}, cost, name_size, value_size);
      double x = rect.right();
      for (std::size_t i = right.size(); i-- > 0;) {
        x -= number_width(right[i], name_size, value_size);
        draw_number(canvas, theme, {x, baseline}, right[i], name_size, value_size);
        x -= 12;
      }
      return;
    }
    right.erase(right.begin());  // without room for all, the test set's number says more
  }
}

void draw_lane_numbers_stacked(Canvas& canvas, const Theme& theme, Rect rect, const Snapshot& snapshot,
                               std::size_t lane) {
  const std::vector<LaneNumber> numbers = lane_numbers(snapshot, lane);
  constexpr double kNameLine = 11;
  constexpr double kValueLine = 15;
  double y = rect.y;
  for (const LaneNumber& number : numbers) {
    if (y + kNameLine + kValueLine > rect.bottom() + 1) return;
    canvas.text({rect.x, y + 10}, number.name, {.size = kTickSize, .color = theme.secondary});
    canvas.text({rect.x, y + kNameLine + 12},
                fit_text(number.value, rect.width, kSecondarySize, FontWeight::kMedium),
                {.size = kSecondarySize, .color = theme.ink, .weight = FontWeight::kMedium});
    y += std::max(kNameLine + kValueLine, rect.height / 3);
  }
}

std::vector<std::string> verdict_lines(const RunSnapshot& run, double width, std::size_t lines) {
  std::vector<std::string> best;
  if (run.verdicts.empty() || lines == 0) return best;
  const double room = width - 2 * kVerdictPadding;
  std::string text;
  for (const Verdict& verdict : run.verdicts) {
    if (verdict.good != run.verdicts.front().good) continue;  // one ground, one kind of news
    text += (text.empty() ? "" : " ") + verdict.text;
    std::vector<std::string> wrapped = wrap_text(text, room, kVerdictSize);
    if (wrapped.size() > lines) {
      if (best.empty()) {
        std::string rest = wrapped[lines - 1];
        for (std::size_t i = lines; i < wrapped.size(); ++i) rest += " " + wrapped[i];
        wrapped.resize(lines);
        wrapped.back() = fit_text(rest, room, kVerdictSize);
        best = wrapped;
      }
      break;
    }
    best = std::move(wrapped);
  }
  for (std::string& line : best) line = fit_text(line, room, kVerdictSize);
  return best;
}

void draw_lane_verdict(Canvas& canvas, const Theme& theme, Rect rect, const RunSnapshot& run) {
  const auto most = static_cast<std::size_t>(
      std::max(0.0, (rect.height - 2 * kVerdictPadding) / kVerdictLineHeight + 0.01));
  const std::vector<std::string> lines = verdict_lines(run, rect.width, most);
  if (lines.empty()) return;
  const bool good = run.verdicts.front().good;
  canvas.fill_rect(rect, good ? theme.good_ground : theme.warning_ground, kCornerRadius);
  double y = rect.y + kVerdictPadding + kVerdictLineHeight / 2;
  for (const std::string& line : lines) {
    canvas.text({rect.x + kVerdictPadding, y}, line,
                {.size = kVerdictSize,
                 .color = good ? theme.good : theme.warning,
                 .vertical = VerticalAlign::kMiddle});
    y += kVerdictLineHeight;
  }
}

}  // namespace initlab
