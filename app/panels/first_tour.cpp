#include "app/panels/first_tour.h"

#include <fmt/format.h>
#include <imgui.h>

#include <algorithm>
#include <array>
#include <string>
#include <vector>

#include "app/canvas/text_metrics.h"
#include "app/layout.h"
#include "app/panels/widgets.h"

namespace initlab {
namespace {

constexpr std::array kCards = {
    TourCard{
        TourPlace::kLanes, "Networks side by side",
        "They have the same layers, data and learning rate. They differ only in how their weights begin."},
    TourCard{TourPlace::kPlay, "Let them learn",
             "Space plays and pauses. Step makes a single update, Rewind goes back to the same start."},
    TourCard{TourPlace::kCost, "How wrong they are",
             "The cost of every step. Lower is better; a line that stays flat does not learn."},
    TourCard{
        TourPlace::kSignal, "Why",
        "The size of the signal in each layer. A good start keeps it level; depth multiplies every mistake."},
    TourCard{TourPlace::kHistograms, "What is inside",
             "A row a layer, a column a lane. A single bar says that all units do the same."},
    TourCard{TourPlace::kScheme, "Change a start",
             "Click a lane's name to draw its weights by another rule. It begins anew and catches up."},
    TourCard{TourPlace::kTimeline, "Go back in time",
             "Drag to any step. Every figure follows, exactly as it was."},
    TourCard{TourPlace::kLesson, "Twelve lessons",
             "Each sets up an experiment and asks before it shows. This is a good place to begin."},
};

constexpr double kCardWidth = 320;
constexpr double kPadding = 20;
constexpr double kButtonHeight = 34;
constexpr double kLine = 21;

Rect grown(Rect rect, double by) {
  return {rect.x - by, rect.y - by, rect.width + 2 * by, rect.height + 2 * by};
}

// To the first card from `card` on whose place is shown; false when there is none.
bool find_card(FirstTourState& state, const Layout& layout) {
  while (state.card < kCards.size() && place_in_window(kCards[state.card].place, layout).width <= 0) {
    ++state.card;
  }
  return state.card < kCards.size();
}

// Beside the place where there is room, below it, above it, else inside it.
Rect card_place(Rect place, double card_height, double width, double height) {
  constexpr double kGap = 16;
  const auto kept = [&](double x, double y) {
    return Rect{std::clamp(x, 8.0, std::max(8.0, width - kCardWidth - 8)),
                std::clamp(y, 8.0, std::max(8.0, height - card_height - 8)), kCardWidth, card_height};
  };
  if (place.bottom() + kGap + card_height <= height - 8) return kept(place.x, place.bottom() + kGap);
  if (place.y - kGap - card_height >= 8) return kept(place.x, place.y - kGap - card_height);
  if (place.x - kGap - kCardWidth >= 8) return kept(place.x - kGap - kCardWidth, place.y + 80);
  if (place.right() + kGap + kCardWidth <= width - 8) return kept(place.right() + kGap, place.y + 80);
  return kept(place.center().x - kCardWidth / 2, place.center().y - card_height / 2);
}

// A shade over all but the place, and a line around it.
void draw_spotlight(Canvas& canvas, const Theme& theme, Rect place, double width, double height) {
  const Color shade =
      theme.id == ThemeId::kLight ? theme.ink.with_alpha(0.28) : rgb(0x000000).with_alpha(0.5);
  const double left = std::max(place.x, 0.0);
  const double top = std::max(place.y, 0.0);
  const double right = std::min(place.right(), width);
  const double bottom = std::min(place.bottom(), height);
  canvas.fill_rect({0, 0, width, top}, shade);
  canvas.fill_rect({0, bottom, width, height - bottom}, shade);
  canvas.fill_rect({0, top, left, bottom - top}, shade);
  canvas.fill_rect({right, top, width - right, bottom - top}, shade);
  canvas.stroke_rect({left, top, right - left, bottom - top}, {theme.accent, 2, {}}, kCornerRadius);
}

void draw_card(PanelContext& context, Rect box, const std::vector<std::string>& lines) {
  FirstTourState& state = context.state.first_tour;
  const Theme& theme = context.theme;
  const TourCard& card = kCards[state.card];
  context.canvas.fill_rect(box, theme.card, 8);
  context.canvas.stroke_rect(box, {theme.hairline, 1, {}}, 8);
  const double x = box.x + kPadding;
  context.canvas.text({x, box.y + kPadding + 9}, card.title,
                      {.size = kReadoutSize,
                       .color = theme.ink,
                       .weight = FontWeight::kMedium,
                       .vertical = VerticalAlign::kMiddle});
  double y = box.y + kPadding + 30 + kLine / 2;
  for (const std::string& line : lines) {
    context.canvas.text({x, y}, line,
                        {.size = kBodySize, .color = theme.ink, .vertical = VerticalAlign::kMiddle});
    y += kLine;
  }
  const double row = box.bottom() - kPadding - kButtonHeight;
  const bool last = state.card + 1 == kCards.size();
  const std::string_view forth = last ? "Begin" : "Next";
  const double next_width = button_width(forth);
  const Rect next = {box.right() - kPadding - next_width, row, next_width, kButtonHeight};
  const double skip_width = button_width("Skip");
  const Rect skip = {next.x - 8 - skip_width, row, skip_width, kButtonHeight};
  context.canvas.text({x, next.center().y}, fmt::format("{} of {}", state.card + 1, kCards.size()),
                      {.size = kSecondarySize, .color = theme.secondary, .vertical = VerticalAlign::kMiddle});
  if (!last && button(context, skip, "Skip", {.look = ButtonLook::kLink, .tooltip = {}})) {
    end_first_tour(context);
    return;
  }
  if (button(context, next, forth, {.look = ButtonLook::kPrimary, .tooltip = {}})) {
    ++state.card;
    if (last) end_first_tour(context);
  }
}

}  // namespace

std::span<const TourCard> tour_cards() {
  return kCards;
}

Rect place_in_window(TourPlace place, const Layout& layout) {
  switch (place) {
    case TourPlace::kLanes: {
      const Rect first = layout.lanes.front().heading;
      double right = 0;
      double bottom = 0;
      for (const LaneRects& lane : layout.lanes) {
        right = std::max(right, lane.field.right());
        bottom = std::max(bottom, lane.verdict.bottom());
      }
      return grown({first.x, first.y, right - first.x, bottom - first.y}, 6);
    }
    case TourPlace::kPlay:
      return {layout.top_bar.x + 4, layout.top_bar.y + 4, 456, layout.top_bar.height - 8};
    case TourPlace::kCost:
      return grown(layout.cost, 6);
    case TourPlace::kSignal:
      return layout.signal.width > 0 ? grown(layout.signal, 6) : Rect{};
    case TourPlace::kHistograms:
      return grown(layout.histograms, 6);
    case TourPlace::kScheme:
      return grown(layout.lanes.front().heading, 4);
    case TourPlace::kTimeline:
      return layout.timeline.height > 0 ? layout.timeline.inset(2, 2) : Rect{};
    case TourPlace::kLesson:
      return layout.lesson.width > 0 ? layout.lesson.inset(2, 2) : Rect{};
  }
  return {};
}

void start_first_tour(PanelContext& context) {
  context.state.first_tour.shown = true;
  context.state.first_tour.card = 0;
}

void end_first_tour(PanelContext& context) {
  context.state.first_tour.shown = false;
  context.state.first_tour.seen = true;
}

void draw_first_tour(PanelContext& context, const Layout& layout, double width, double height) {
  FirstTourState& state = context.state.first_tour;
  if (!state.shown) return;
  if (ImGui::IsKeyPressed(ImGui::GetKeyIndex(ImGuiKey_Escape)) || !find_card(state, layout)) {
    end_first_tour(context);
    return;
  }
  if (ImGui::IsKeyPressed(ImGui::GetKeyIndex(ImGuiKey_Enter))) {
    ++state.card;
    if (!find_card(state, layout)) {
      end_first_tour(context);
      return;
    }
  }
  const Rect place = place_in_window(kCards[state.card].place, layout);
  const std::vector<std::string> lines =
      wrap_text(kCards[state.card].text, kCardWidth - 2 * kPadding, kBodySize);
  const double card_height =
      2 * kPadding + 30 + kLine * static_cast<double>(lines.size()) + 16 + kButtonHeight;
  const Rect box = card_place(place, card_height, width, height);
  // A window of its own, as large as the card: it answers the mouse before what lies below.
  ImGui::SetNextWindowPos({static_cast<float>(box.x), static_cast<float>(box.y)});
  ImGui::SetNextWindowSize({static_cast<float>(box.width), static_cast<float>(box.height)});
  ImGui::Begin("first tour", nullptr,
               ImGuiWindowFlags_NoDecoration | ImGuiWindowFlags_NoMove | ImGuiWindowFlags_NoSavedSettings |
                   ImGuiWindowFlags_NoBackground | ImGuiWindowFlags_NoNav |
                   ImGuiWindowFlags_NoFocusOnAppearing);
  ImGui::PushClipRect({0, 0}, {static_cast<float>(width), static_cast<float>(height)}, false);
  {
    ImguiCanvas canvas(*ImGui::GetWindowDrawList(), context.tools);
    PanelContext over = {canvas, context.tools, context.theme, context.report, context.state, context.worker};
    draw_spotlight(canvas, context.theme, place, width, height);
    draw_card(over, box, lines);
  }
  ImGui::PopClipRect();
  ImGui::End();
}

}  // namespace initlab
