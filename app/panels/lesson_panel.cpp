#include "app/panels/lesson_panel.h"

#include <fmt/format.h>
#include <imgui.h>

#include <algorithm>
#include <cmath>

#include "app/assets.h"
#include "app/canvas/text_metrics.h"
#include "app/panels/widgets.h"

namespace initlab {
namespace {

constexpr double kMargin = 16;
constexpr double kFooterHeight = 64;
constexpr double kButtonHeight = 32;
constexpr double kRowHeight = 40;  // of the list of lessons
constexpr double kPartGap = 12;
constexpr double kTitleSize = kReadoutSize;

void read_once(LessonState& state) {
  if (state.read) return;
  state.read = true;
  Result<std::vector<Lesson>> lessons = read_lessons(assets_folder() / "lessons");
  if (auto* error = std::get_if<InputError>(&lessons)) {
    state.error = std::move(error->message);
    return;
  }
  state.lessons = std::get<std::vector<Lesson>>(std::move(lessons));
  if (state.lessons.empty()) state.error = "There are no lessons beside the program.";
}

const LessonStep& current_step(const LessonState& state) {
  return state.lessons[state.lesson].steps[state.step];
}

void lay_step(LessonState& state, double width) {
  if (!state.laid.empty() && state.laid_width == width) return;
  state.laid.clear();
  state.laid_width = width;
  const LessonStep& step = current_step(state);
  for (const LessonPart& part : step.parts) {
    const double inner = part.answer ? width - kMargin : width;
    LessonState::LaidPart laid;
    laid.text = lay_document(part.text, inner, {.button_height = kButtonHeight});
    if (part.answer) laid.answer = lay_document(*part.answer, inner, {.button_height = kButtonHeight});
    state.laid.push_back(std::move(laid));
  }
  state.revealed.resize(step.parts.size(), false);
}

// Buttons of a document and its links in the text; both answer a click.
void draw_links(PanelContext& context, Point at, const LaidDocument& document) {
  for (std::size_t i = 0; i < document.links.size(); ++i) {
    const LaidDocument::Link& link = document.links[i];
    ImGui::PushID(static_cast<int>(i));
    for (std::size_t line = 0; line < link.rects.size(); ++line) {
      const Rect r = {at.x + link.rects[line].x, at.y + link.rects[line].y, link.rects[line].width,
                      link.rects[line].height};
      bool clicked = false;
      if (link.button) {
        clicked = button(context, r, link.label);
      } else {
        const Touch touch = touch_area(fmt::format("{}/{}", link.label, line), r);
        if (touch.hovered) {
          ImGui::SetMouseCursor(ImGuiMouseCursor_Hand);
          context.canvas.fill_rect({r.x, r.bottom() - 3, r.width, 1}, context.theme.accent);
        }
        clicked = touch.clicked;
      }
      if (clicked) follow_lesson_link(context, link.target);
    }
    ImGui::PopID();
  }
}

double draw_text(PanelContext& context, Point at, const LaidDocument& document) {
  draw_document(context.canvas, context.theme, at, document);
  draw_links(context, at, document);
  return document.height;
}

// The question beside a bar; its answer, or the button that shows it. Returns the height.
double draw_question(PanelContext& context, Point at, std::size_t index) {
  LessonState& state = context.state.lesson;
  const LessonState::LaidPart& part = state.laid[index];
  const Point inner = {at.x + kMargin, at.y};
  double height = draw_text(context, inner, part.text) + kGrid;
  if (state.revealed[index]) {
    height += draw_text(context, {inner.x, at.y + height}, *part.answer);
  } else {
    const Rect rect = {inner.x, at.y + height, button_width("Reveal"), kButtonHeight};
    if (button(context, rect, "Reveal")) state.revealed[index] = true;
    height += kButtonHeight;
  }
  context.canvas.fill_rect({at.x, at.y + 2, 3, height - 2}, context.theme.accent, 1.5);
  return height;
}

double draw_parts(PanelContext& context, Point at, double width) {
  LessonState& state = context.state.lesson;
  lay_step(state, width);
  double y = at.y;
  for (std::size_t i = 0; i < state.laid.size(); ++i) {
    if (i > 0) y += kPartGap;
    ImGui::PushID(static_cast<int>(i));
    y += state.laid[i].answer ? draw_question(context, {at.x, y}, i)
                              : draw_text(context, {at.x, y}, state.laid[i].text);
    ImGui::PopID();
  }
  return y - at.y;
}

// A row a lesson, the current one marked. Returns the height.
double draw_list(PanelContext& context, Point at, double width) {
  LessonState& state = context.state.lesson;
  double y = at.y;
  for (std::size_t i = 0; i < state.lessons.size(); ++i) {
    const Rect row = {at.x - kGrid, y, width + 2 * kGrid, kRowHeight};
    const Touch touch = touch_area(state.lessons[i].title, row);
    const bool current = i == state.lesson;
    if (touch.hovered || current) context.canvas.fill_rect(row, context.theme.soft, kCornerRadius);
    const std::string number = fmt::format("{}", i + 1);
    context.canvas.text({at.x + 18, row.center().y}, number,
                        {.size = kSecondarySize,
                         .color = context.theme.secondary,
                         .horizontal = HorizontalAlign::kRight,
                         .vertical = VerticalAlign::kMiddle});
    const double room = width - 28;
    const std::string& title = state.lessons[i].title;
    label(context.canvas, {at.x + 28, row.center().y}, title, room,
          {.size = kBodySize,
           .color = context.theme.ink,
           .weight = current ? FontWeight::kMedium : FontWeight::kRegular,
           .vertical = VerticalAlign::kMiddle});
    if (touch.hovered && measure_text(title, kBodySize).width > room) tooltip(context, title);
    if (touch.clicked) show_lesson(context, i, 0);
    y += kRowHeight;
  }
  return y - at.y;
}

// "Lesson 1 of 12" opens the list; the title and the steps below it. Returns where the text may begin.
double draw_heading(PanelContext& context, Rect rect, double width) {
  LessonState& state = context.state.lesson;
  const Theme& theme = context.theme;
  double y = rect.y + 10;
  const std::string where = fmt::format("Lesson {} of {}", state.lesson + 1, state.lessons.size());
  const Rect line = {rect.x + kMargin - kGrid, y, width + 2 * kGrid, 28};
  const Touch touch = touch_area("All lessons", line);
  if (touch.clicked) {
    state.list_shown = !state.list_shown;
    state.scroll = 0;
  }
  if (touch.hovered) {
    context.canvas.fill_rect(line, theme.soft, kCornerRadius);
    tooltip(context, state.list_shown ? "Back to the lesson" : "All lessons");
  }
  const TextStyle small = {
      .size = kSecondarySize, .color = theme.secondary, .vertical = VerticalAlign::kMiddle};
  context.canvas.text({rect.x + kMargin, line.center().y}, where, small);
  const double arrow = rect.x + kMargin + measure_text(where, kSecondarySize).width + 12;
  const double tip = state.list_shown ? -2.5 : 2.5;
  const Point triangle[] = {{arrow - 3.5, line.center().y - tip},
                            {arrow + 3.5, line.center().y - tip},
                            {arrow, line.center().y + tip}};
  context.canvas.fill_polygon(triangle, theme.secondary);
  y = line.bottom() + 4;
  const std::string& title = state.list_shown ? std::string("Lessons") : state.lessons[state.lesson].title;
  for (const std::string& text : wrap_text(title, width, kTitleSize, FontWeight::kMedium)) {
    context.canvas.text({rect.x + kMargin, y + 12}, text,
                        {.size = kTitleSize,
                         .color = theme.ink,
                         .weight = FontWeight::kMedium,
                         .vertical = VerticalAlign::kMiddle});
    y += 24;
  }
  return y + 4;
}

// A mark a step; a click shows it.
void draw_steps(PanelContext& context, Rect row) {
  LessonState& state = context.state.lesson;
  const std::size_t count = state.lessons[state.lesson].steps.size();
  const double pitch = std::min(16.0, row.width / static_cast<double>(count));
  const double left = row.center().x - pitch * static_cast<double>(count) / 2;
  for (std::size_t i = 0; i < count; ++i) {
    const Rect mark = {left + pitch * static_cast<double>(i), row.y, pitch, row.height};
    const Touch touch = touch_area(fmt::format("Step {}", i + 1), mark);
    const bool current = i == state.step;
    const Color color = current         ? context.theme.accent
                        : touch.hovered ? context.theme.secondary
                                        : context.theme.secondary.with_alpha(0.35);
    context.canvas.fill_circle(mark.center(), current ? 4 : 3, color);
    if (touch.hovered) tooltip(context, fmt::format("Step {} of {}", i + 1, count));
    if (touch.clicked) show_lesson(context, state.lesson, i);
  }
}

void draw_footer(PanelContext& context, Rect rect) {
  LessonState& state = context.state.lesson;
  context.canvas.fill_rect({rect.x + kMargin, rect.y, rect.width - 2 * kMargin, 1}, context.theme.hairline);
  const bool first = state.lesson == 0 && state.step == 0;
  const std::size_t steps = state.lessons[state.lesson].steps.size();
  const bool last_step = state.step + 1 >= steps;
  const bool last = last_step && state.lesson + 1 >= state.lessons.size();
  const double y = rect.center().y - kButtonHeight / 2;
  const double back_width = button_width("Back");
  const std::string_view forth = last_step ? "Next lesson" : "Next";
  const double next_width = last ? 0 : button_width(forth);
  const Rect back = {rect.x + kMargin, y, back_width, kButtonHeight};
  const Rect next = {rect.right() - kMargin - next_width, y, next_width, kButtonHeight};
  draw_steps(context, {back.right(), y, next.x - back.right(), kButtonHeight});
  if (!first && button(context, back, "Back")) {
    if (state.step > 0) {
      show_lesson(context, state.lesson, state.step - 1);
    } else {
      show_lesson(context, state.lesson - 1, state.lessons[state.lesson - 1].steps.size() - 1);
    }
    return;
  }
  if (!last && button(context, next, forth, {.look = ButtonLook::kPrimary, .tooltip = {}})) {
    if (last_step) {
      show_lesson(context, state.lesson + 1, 0);
    } else {
      show_lesson(context, state.lesson, state.step + 1);
    }
  }
}

// By the wheel; a bar says where the text stands, and a shade that it goes on.
void scroll(PanelContext& context, Rect rect) {
  LessonState& state = context.state.lesson;
  const ImGuiIO& io = ImGui::GetIO();
  const bool over = rect.contains({static_cast<double>(io.MousePos.x), static_cast<double>(io.MousePos.y)});
  if (over && !ImGui::IsPopupOpen("", ImGuiPopupFlags_AnyPopup)) {
    state.scroll -= 48 * static_cast<double>(io.MouseWheel);
  }
  state.scroll = std::clamp(state.scroll, 0.0, std::max(0.0, state.content_height - rect.height));
  if (state.content_height <= rect.height) return;
  const double bar = rect.height * rect.height / state.content_height;
  const double y = rect.y + state.scroll / state.content_height * rect.height;
  context.canvas.fill_rect({rect.right() - 6, y + 2, 3, bar - 4}, context.theme.secondary.with_alpha(0.35),
                           1.5);
}

}  // namespace

void show_lesson(PanelContext& context, std::size_t lesson, std::size_t step) {
  LessonState& state = context.state.lesson;
  read_once(state);
  if (state.lessons.empty()) return;
  state.lesson = std::min(lesson, state.lessons.size() - 1);
  state.step = std::min(step, state.lessons[state.lesson].steps.size() - 1);
  state.laid.clear();
  state.revealed.clear();
  state.list_shown = false;
  state.scroll = 0;
}

void draw_lesson_panel(PanelContext& context, Rect rect) {
  if (rect.width <= 0) return;
  LessonState& state = context.state.lesson;
  read_once(state);
  context.canvas.fill_rect({rect.x, rect.y, 1, rect.height}, context.theme.hairline);
  const double width = rect.width - 2 * kMargin;
  if (state.lessons.empty()) {
    double y = rect.y + 24;
    for (const std::string& line : wrap_text(state.error, width, kSecondarySize)) {
      context.canvas.text({rect.x + kMargin, y}, line,
                          {.size = kSecondarySize, .color = context.theme.secondary});
      y += 20;
    }
    return;
  }
  ImGui::PushID("lesson");
  const double top = draw_heading(context, rect, width);
  const Rect footer = {rect.x, rect.bottom() - kFooterHeight, rect.width, kFooterHeight};
  const Rect view = {rect.x, top, rect.width, footer.y - top};
  scroll(context, view);
  // ImGui's clip too: what is scrolled away must not answer the mouse.
  ImGui::PushClipRect({static_cast<float>(view.x), static_cast<float>(view.y)},
                      {static_cast<float>(view.right()), static_cast<float>(view.bottom())}, true);
  const Point at = {rect.x + kMargin, view.y + 4 - state.scroll};
  const double height = state.list_shown ? draw_list(context, at, width) : draw_parts(context, at, width);
  ImGui::PopClipRect();
  state.content_height = height + 20;
  draw_footer(context, footer);
  ImGui::PopID();
}

}  // namespace initlab
