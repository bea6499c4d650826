#include "app/panels/lane_numbers.h"

#include <fmt/format.h>
#include <imgui.h>

#include <algorithm>
#include <string>
#include <vector>

#include "app/canvas/text_metrics.h"
#include "app/figures/captions.h"
#include "app/figures/lane_card.h"
#include "app/panels/widgets.h"
#include "core/numeric/number_text.h"

namespace initlab {
namespace {

constexpr double kReadOutGap = 14;
constexpr double kPadding = 12;

double read_out_width(const LaneNumber& one) {
  return measure_text(one.name, kSecondarySize).width + 5 +
         measure_text(one.value, kReadoutSize, FontWeight::kMedium).width;
}

void draw_read_out(PanelContext& context, Point start, const LaneNumber& one) {
  context.canvas.text(start, one.name, {.size = kSecondarySize, .color = context.theme.secondary});
  context.canvas.text({start.x + measure_text(one.name, kSecondarySize).width + 5, start.y}, one.value,
                      {.size = kReadoutSize, .color = context.theme.ink, .weight = FontWeight::kMedium});
}

struct TextSize {
  double size;
  double line_height;
};
constexpr TextSize kUsual = {kSecondarySize, 18};
constexpr TextSize kSmall = {kTickSize, 16};

std::size_t lines_in(double height, TextSize text) {
  return static_cast<std::size_t>(std::max(1.0, (height - 4) / text.line_height));
}

// `lines` cut to `most`, at the end of a part of the sentence rather than within it, so that no number is
// broken off.
void cut_lines(std::vector<std::string>& lines, std::size_t most, double width, double size) {
  if (lines.size() <= most) return;
  std::string rest = lines[most - 1];
  for (std::size_t i = most; i < lines.size(); ++i) rest += " " + lines[i];
  lines.resize(most);
  for (std::size_t end = rest.find_last_of(",.:;"); end != std::string::npos && end > 0;
       end = rest.find_last_of(",.:;", end - 1)) {
    if (end + 1 >= rest.size() || rest[end + 1] != ' ') continue;  // 1,774 and 0.69 are numbers
    const std::string part = rest.substr(0, end) + " …";
    if (measure_text(part, size).width > width) continue;
    lines.back() = part;
    return;
  }
  lines.back() = fit_text(rest, width, size);
}

// The sentence on its ground; below it in secondary ink what to try next, where all of it has room.
void draw_verdict_text(PanelContext& context, const Verdict& verdict, Rect rect) {
  const Theme& theme = context.theme;
  context.canvas.fill_rect(rect, verdict.good ? theme.good_ground : theme.warning_ground, kCornerRadius);
  const double width = rect.width - 2 * kPadding;
  TextSize text = rect.height < 44 ? kSmall : kUsual;
  std::vector<std::string> lines = wrap_text(verdict.text, width, text.size);
  if (lines.size() > lines_in(rect.height, text)) {
    text = kSmall;
    lines = wrap_text(verdict.text, width, text.size);
  }
  const std::size_t most = lines_in(rect.height, text);
  cut_lines(lines, most, width, text.size);
  const std::size_t sentence = lines.size();
  const std::vector<std::string> advice =
      verdict.advice.empty() ? std::vector<std::string>() : wrap_text(verdict.advice, width, text.size);
  if (sentence + advice.size() <= most) lines.insert(lines.end(), advice.begin(), advice.end());
  double y = rect.center().y - text.line_height * (static_cast<double>(lines.size()) - 1) / 2;
  for (std::size_t i = 0; i < lines.size(); ++i) {
    const Color color = i >= sentence ? theme.secondary : verdict.good ? theme.good : theme.warning;
    context.canvas.text({rect.x + kPadding, y}, lines[i],
                        {.size = text.size, .color = color, .vertical = VerticalAlign::kMiddle});
    y += text.line_height;
  }
}

void draw_catching_up(PanelContext& context, std::size_t lane, Rect rect) {
  const Theme& theme = context.theme;
  const Snapshot& snapshot = context.snapshot();
  const RunSnapshot& run = snapshot.runs[lane];
  context.canvas.fill_rect(rect, theme.soft, kCornerRadius);
  const double share =
      snapshot.step > 0 ? static_cast<double>(run.step) / static_cast<double>(snapshot.step) : 1;
  context.canvas.fill_rect({rect.x, rect.bottom() - 3, rect.width * share, 3}, theme.accent, 1.5);
  const double width = button_width("call off");
  label(context.canvas, {rect.x + kPadding, rect.center().y}, run_state_caption(run, snapshot),
        rect.width - width - 20,
        {.size = kSecondarySize, .color = theme.ink, .vertical = VerticalAlign::kMiddle});
  ImGui::PushID(static_cast<int>(lane));
  if (button(context, {rect.right() - width, rect.y, width, rect.height - 4}, "call off",
             {.look = ButtonLook::kLink, .tooltip = "Back to what this lane was before"})) {
    context.worker.post(command::CallOffCatchUp{});
  }
  ImGui::PopID();
}

// Everything that is to be said, for the note beside the mouse.
std::string all_verdicts(const RunSnapshot& run) {
  std::string all;
  for (const Verdict& each : run.verdicts) {
    all += (all.empty() ? "" : " ") + each.text;
    if (!each.advice.empty()) all += " " + each.advice;
  }
  return all;
}

// The links of a lane that diverged, from (x, y) on; their width.
double draw_ways_back(PanelContext& context, std::size_t lane, const Divergence& divergence, Point at,
                      double height) {
  double x = at.x;
  const auto link = [&](const std::string& text, std::string_view note) {
    const Rect rect = {x, at.y, button_width(text), height};
    x += rect.width;
    return button(context, rect, text, {.look = ButtonLook::kLink, .tooltip = note});
  };
  ImGui::PushID(static_cast<int>(lane));
  if (divergence.step > 0 && link(fmt::format("Back to step {}", count_text(divergence.step - 1)),
                                  "The last step at which every number was finite.")) {
    context.worker.post(command::Seek{divergence.step - 1});
  }
  if (link("Rewind", "All lanes back to step 0, from the same seeds.")) {
    context.worker.post(command::Rewind{});
  }
  ImGui::PopID();
  return x - at.x;
}

// "Diverged at step 412: z of layer 2 is not finite" and the ways back: below it, and in a low box beside it.
void draw_divergence(PanelContext& context, std::size_t lane, Rect rect) {
  const RunSnapshot& run = context.snapshot().runs[lane];
  context.canvas.fill_rect(rect, context.theme.warning_ground, kCornerRadius);
  std::string text = divergence_caption(*run.diverged);
  text[0] = 'D';
  const bool high = rect.height >= 60;
  const bool below = rect.height >= 40;
  const double size = high ? kSecondarySize : kTickSize;
  constexpr double kLine = 16;
  const double link_height = below ? 24 : rect.height;
  double width = rect.width - 2 * kPadding;
  if (below) {
    draw_ways_back(context, lane, *run.diverged, {rect.x, rect.bottom() - link_height}, link_height);
  } else {
    const double links = button_width(fmt::format("Back to step {}", count_text(run.diverged->step - 1))) +
                         button_width("Rewind");
    width -= draw_ways_back(context, lane, *run.diverged, {rect.right() - links, rect.y}, link_height);
  }
  std::vector<std::string> lines = wrap_text(text, width, size);
  cut_lines(lines, high ? 2 : 1, width, size);
  const double middle = below ? (rect.y + 4 + rect.bottom() - link_height) / 2 : rect.center().y;
  double y = middle - kLine * (static_cast<double>(lines.size()) - 1) / 2;
  for (const std::string& line : lines) {
    context.canvas.text({rect.x + kPadding, y}, line,
                        {.size = size, .color = context.theme.warning, .vertical = VerticalAlign::kMiddle});
    y += kLine;
  }
  // Last: the links below it answer first.
  if (touch_area(fmt::format("verdict {}", lane), rect).hovered) tooltip(context, all_verdicts(run));
}

}  // namespace

// "cost 0.6931" at the left, accuracies at the right, as many of them as there is room for.
void draw_numbers_row(PanelContext& context, std::size_t lane, Rect rect) {
  const double y = rect.center().y + 5;
  const RunSnapshot& run = context.snapshot().runs[lane];
  std::vector<LaneNumber> accuracies = lane_numbers(context.snapshot(), lane);
  // A lane that does not stand where the others do says so.
  if (run.step != context.snapshot().step) {
    accuracies.insert(accuracies.begin() + 1, LaneNumber{"step", count_text(run.step)});
  }
  const LaneNumber cost = accuracies.front();
  accuracies.erase(accuracies.begin());
  draw_read_out(context, {rect.x, y}, cost);
  const double room = rect.width - read_out_width(cost) - kReadOutGap;
  const auto width_of_all = [&] {
    double width = 0;
    for (const LaneNumber& one : accuracies) width += read_out_width(one) + kReadOutGap;
    return width - kReadOutGap;
  };
  while (!accuracies.empty() && width_of_all() > room) accuracies.pop_back();
  double x = rect.right() - width_of_all();
  for (const LaneNumber& one : accuracies) {
    draw_read_out(context, {x, y}, one);
    x += read_out_width(one) + kReadOutGap;
  }
}

void draw_verdict_box(PanelContext& context, std::size_t lane, Rect rect) {
  const RunSnapshot& run = context.snapshot().runs[lane];
  if (run.catching_up) {
    draw_catching_up(context, lane, rect);
    return;
  }
  if (run.diverged) {
    draw_divergence(context, lane, rect);
    return;
  }
  if (run.verdicts.empty()) return;
  draw_verdict_text(context, run.verdicts.front(), rect);
  if (touch_area(fmt::format("verdict {}", lane), rect).hovered) tooltip(context, all_verdicts(run));
}

}  // namespace initlab
