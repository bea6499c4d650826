#include "app/panels/paint.h"

#include <fmt/format.h>
#include <imgui.h>

#include <algorithm>
#include <array>
#include <cmath>

#include "app/canvas/text_metrics.h"
#include "app/figures/marks.h"
#include "app/panels/lane_changes.h"
#include "app/panels/widgets.h"
#include "core/experiment/file/experiment_json.h"
#include "core/experiment/file/fields.h"
#include "core/numeric/number_text.h"

namespace initlab {
namespace {

constexpr double kSpacing = 14;  // of points along a stroke, pixels
constexpr double kSpread = 9;    // about the stroke, at most, pixels
constexpr double kEraser = 14;   // its radius, pixels
constexpr double kMark = 3.5;    // radius of a painted point

std::size_t class_count(const Snapshot& snapshot) {
  return snapshot.data ? std::max<std::size_t>(snapshot.data->classes, 2) : 2;
}

PaintDraft draft_of(const Snapshot& snapshot) {
  PaintDraft draft;
  draft.base = snapshot.data.get();
  draft.points = placed_points(*snapshot.data);
  draft.erased.assign(draft.points.size(), false);
  return draft;
}

PaintDraft& draft_in_hand(PanelContext& context) {
  PaintState& paint = context.state.paint;
  if (!paint.draft) paint.draft = draft_of(context.snapshot());
  return *paint.draft;
}

std::vector<PlacedPoint> points_of(const PaintDraft& draft) {
  std::vector<PlacedPoint> points;
  points.reserve(draft.points.size() + draft.added.size());
  for (std::size_t i = 0; i < draft.points.size(); ++i) {
    if (!draft.erased[i]) points.push_back(draft.points[i]);
  }
  points.insert(points.end(), draft.added.begin(), draft.added.end());
  return points;
}

// What the snapshot shows by now is no draft any more; nor is what belongs to data that are gone.
void settle_draft(PanelContext& context) {
  PaintState& paint = context.state.paint;
  if (!paint.draft || paint.strokes) return;
  const bool asked = paint.draft->command > 0;
  if (asked ? context.report.commands_obeyed >= paint.draft->command
            : paint.draft->base != context.snapshot().data.get()) {
    paint.draft.reset();
  }
}

// An even spread in a disc, from the number of the point alone: the same strokes paint the same points.
Point spread_of(std::uint32_t number) {
  constexpr double kGoldenAngle = 2.399963229728653;
  const double turn = kGoldenAngle * number;
  const double radius = kSpread * std::sqrt(std::fmod(0.618033988749895 * number, 1.0));
  return {radius * std::cos(turn), radius * std::sin(turn)};
}

void add_point(PanelContext& context, const PlaneView& view, Point pixel) {
  PaintState& paint = context.state.paint;
  PaintDraft& draft = draft_in_hand(context);
  if (draft.points.size() + draft.added.size() >= kMaximumPoints) return;
  const Point spread = spread_of(paint.sprayed++);
  const Point at = view.to_plane({pixel.x + spread.x, pixel.y + spread.y});
  if (!std::isfinite(at.x) || !std::isfinite(at.y)) return;
  draft.added.push_back({at.x, at.y, paint.brush});
}

// Points from where the stroke was to where it is, evenly spaced however fast the mouse goes.
void paint_along(PanelContext& context, const PlaneView& view, Point mouse) {
  PaintState& paint = context.state.paint;
  if (!paint.last) {
    add_point(context, view, mouse);
    paint.last = {view.to_plane(mouse).x, view.to_plane(mouse).y, 0};
    return;
  }
  Point from = view.to_pixel(paint.last->x1, paint.last->x2);
  for (double left = std::hypot(mouse.x - from.x, mouse.y - from.y); left >= kSpacing; left -= kSpacing) {
    from.x += (mouse.x - from.x) * kSpacing / left;
    from.y += (mouse.y - from.y) * kSpacing / left;
    add_point(context, view, from);
    const Point plane = view.to_plane(from);
    paint.last = {plane.x, plane.y, 0};
  }
}

void erase_at(PanelContext& context, const PlaneView& view, Point mouse) {
  PaintDraft& draft = draft_in_hand(context);
  const auto hit = [&](const PlacedPoint& point) {
    const Point pixel = view.to_pixel(point.x1, point.x2);
    return std::hypot(pixel.x - mouse.x, pixel.y - mouse.y) <= kEraser;
  };
  for (std::size_t i = 0; i < draft.points.size(); ++i) {
    if (!draft.erased[i] && hit(draft.points[i])) draft.erased[i] = true;
  }
  std::erase_if(draft.added, hit);
}

bool is_changed(const PaintDraft& draft) {
  return !draft.added.empty() || std::ranges::find(draft.erased, true) != draft.erased.end();
}

// Why the draft cannot be trained on yet; null where it can.
std::optional<std::string> lacking(const PaintDraft& draft) {
  const std::vector<PlacedPoint> points = points_of(draft);
  if (points.empty()) return "No points: paint two classes.";
  const std::int64_t first = points.front().label;
  if (std::ranges::any_of(points, [first](const PlacedPoint& p) { return p.label != first; })) {
    return std::nullopt;
  }
  return fmt::format("All points are of class {}: paint another class too.", first + 1);
}

// The stroke is done: its points become the data, if they are enough to learn from; else they wait.
void hand_over(PanelContext& context) {
  PaintState& paint = context.state.paint;
  if (!paint.draft || !is_changed(*paint.draft)) {
    paint.draft.reset();
    return;
  }
  if (lacking(*paint.draft)) return;
  Experiment changed = context.experiment();
  changed.expect.clear();
  changed.data.kind = DatasetId::kPoints;
  changed.data.points = points_of(*paint.draft);
  std::int64_t highest = 0;
  for (const PlacedPoint& point : changed.data.points) highest = std::max(highest, point.label);
  if (highest > 1 && changed.network.output == OutputId::kSigmoid) {
    changed.network.output = OutputId::kSoftmax;
    show_message(context.state, "Softmax output came along: there are three classes or more.", false);
  }
  if (const auto error = check_experiment(changed)) {
    show_message(context.state, error->message, true);
    paint.draft.reset();
    return;
  }
  paint.draft->command = context.worker.post(command::Change{std::move(changed)});
}

void stroke(PanelContext& context, const PlaneView& view, bool hovered) {
  PaintState& paint = context.state.paint;
  const bool left = ImGui::IsItemActive();
  const bool right = ImGui::IsMouseDown(1) && (paint.strokes || (hovered && ImGui::IsMouseClicked(1)));
  const ImVec2 at = ImGui::GetIO().MousePos;
  const Point mouse = {static_cast<double>(at.x), static_cast<double>(at.y)};
  if (!left && !right) return;
  if (!view.rect.contains(mouse)) return;
  if (!paint.strokes) {
    // A draft that is on its way to the engine comes back first.
    if (paint.draft && paint.draft->command > 0) return;
    paint.strokes = true;
    paint.stroke_erases = paint.erases || right;
    paint.last.reset();
  }
  if (paint.stroke_erases) {
    erase_at(context, view, mouse);
  } else {
    paint_along(context, view, mouse);
  }
}

void draw_draft(PanelContext& context, const PlaneView& view) {
  const std::optional<PaintDraft>& draft = context.state.paint.draft;
  if (!draft) return;
  const Theme& theme = context.theme;
  context.canvas.push_clip(view.rect);
  for (std::size_t i = 0; i < draft->points.size(); ++i) {
    if (!draft->erased[i]) continue;
    const Point at = view.to_pixel(draft->points[i].x1, draft->points[i].x2);
    context.canvas.fill_circle(at, kMark + 2, theme.paper);
    draw_cross(context.canvas, at, 2.5, {theme.secondary, 1, {}});
  }
  for (const PlacedPoint& point : draft->added) {
    draw_data_point(context.canvas, theme, view.to_pixel(point.x1, point.x2),
                    static_cast<std::size_t>(point.label), kMark);
  }
  context.canvas.pop_clip();
}

void draw_brush(PanelContext& context, const PlaneView& view) {
  const PaintState& paint = context.state.paint;
  const ImVec2 at = ImGui::GetIO().MousePos;
  const Point mouse = {static_cast<double>(at.x), static_cast<double>(at.y)};
  if (!view.rect.contains(mouse)) return;
  const bool erases = paint.strokes ? paint.stroke_erases : paint.erases;
  context.canvas.stroke_circle(mouse, erases ? kEraser : kSpread + kMark, {context.theme.ink, 1, {}});
}

// A control of the strip; true when it was clicked.
bool strip_box(PanelContext& context, const std::string& id, Rect rect, bool chosen, std::string_view note) {
  const Touch touch = touch_area(id, rect);
  const Theme& theme = context.theme;
  if (chosen || touch.hovered) context.canvas.fill_rect(rect, theme.soft, kCornerRadius);
  if (chosen) context.canvas.stroke_rect(rect, {theme.accent, 1.5, {}}, kCornerRadius);
  if (touch.hovered) tooltip(context, note);
  return touch.clicked;
}

// The classes from `x` on; where they end.
double draw_classes(PanelContext& context, double x, double y) {
  PaintState& paint = context.state.paint;
  const auto limit = static_cast<std::size_t>(kMaximumClasses);
  const std::size_t count = std::min(class_count(context.snapshot()) + 1, limit);
  for (std::size_t i = 0; i < count; ++i) {
    const Rect box = {x, y - 15, 42, 30};
    const bool chosen = !paint.erases && paint.brush == static_cast<std::int64_t>(i);
    if (strip_box(context, fmt::format("paint class {}", i + 1), box, chosen,
                  fmt::format("Paint points of class {}.", i + 1))) {
      paint.brush = static_cast<std::int64_t>(i);
      paint.erases = false;
    }
    draw_data_point(context.canvas, context.theme, {box.x + 13, y}, i, 4.5);
    context.canvas.text({box.x + 25, y}, fmt::format("{}", i + 1),
                        {.size = kBodySize, .color = context.theme.ink, .vertical = VerticalAlign::kMiddle});
    x += 46;
  }
  return x;
}

}  // namespace

std::optional<std::string> paint_refusal(const Snapshot& snapshot) {
  if (!snapshot.data) return "There are no data to paint on.";
  const DataShape shape = shape_of(*snapshot.data);
  if (shape.features != 2 || shape.classes < 2) {
    return fmt::format("Painting needs 2 features and classes; these data have {} {} and {}.", shape.features,
                       shape.features == 1 ? "feature" : "features",
                       shape.classes == 0 ? "a number to learn" : fmt::format("{} classes", shape.classes));
  }
  if (shape.samples > kMaximumPoints) {
    return fmt::format("Painting keeps every point, up to {}; here are {}.",
                       count_text(static_cast<std::int64_t>(kMaximumPoints)),
                       count_text(static_cast<std::int64_t>(shape.samples)));
  }
  return std::nullopt;
}

void toggle_paint(PanelContext& context) {
  PaintState& paint = context.state.paint;
  if (paint.on) {
    if (paint.holds_view) context.state.plane.view.reset();
    paint = {};
    return;
  }
  if (auto refusal = paint_refusal(context.snapshot())) {
    show_message(context.state, *std::move(refusal), true);
    return;
  }
  paint.on = true;
}

bool paint_key(PanelContext& context, const KeyPress& press) {
  PaintState& paint = context.state.paint;
  if (!paint.on || press.ctrl) return false;
  if (press.key == 'E') {
    paint.erases = !paint.erases;
    return true;
  }
  if (press.key == kKeyEscape) {
    toggle_paint(context);
    return true;
  }
  if (press.key < '1' || press.key > '9') return false;
  const std::size_t count = class_count(context.snapshot()) + 1;
  const auto wanted = static_cast<std::size_t>(press.key - '1');
  if (wanted < count) {
    paint.brush = static_cast<std::int64_t>(wanted);
    paint.erases = false;
  }
  return true;
}

void draw_paint_strip(PanelContext& context, Rect rect) {
  PaintState& paint = context.state.paint;
  if (!paint.on) return;
  const bool released = !ImGui::IsMouseDown(0) && !ImGui::IsMouseDown(1);
  if (paint.strokes && released) {
    paint.strokes = false;
    hand_over(context);
  }
  settle_draft(context);
  if (paint_refusal(context.snapshot()) && !paint.draft) {
    paint = {};  // other data came
    return;
  }
  if (rect.height <= 0) return;
  const Theme& theme = context.theme;
  const double middle = rect.center().y;
  context.canvas.fill_rect({rect.x, rect.bottom() - 1, rect.width, 1}, theme.hairline);
  double x = rect.x + 16;
  context.canvas.text({x, middle}, "Paint",
                      {.size = kBodySize,
                       .color = theme.ink,
                       .weight = FontWeight::kMedium,
                       .vertical = VerticalAlign::kMiddle});
  x = draw_classes(context, x + measure_text("Paint", kBodySize, FontWeight::kMedium).width + 14, middle) + 6;
  const Rect eraser = {x, middle - 15, measure_text("Eraser", kBodySize).width + 24, 30};
  if (strip_box(context, "eraser", eraser, paint.erases, "Key E; the right mouse button erases too.")) {
    paint.erases = !paint.erases;
  }
  context.canvas.text({eraser.x + 12, middle}, "Eraser",
                      {.size = kBodySize, .color = theme.ink, .vertical = VerticalAlign::kMiddle});
  x = eraser.right() + 4;
  const double clear = button_width("Clear");
  if (button(context, {x, middle - 15, clear, 30}, "Clear",
             {.look = ButtonLook::kLink, .tooltip = "Takes all points away, to paint from nothing."}) &&
      !(paint.draft && paint.draft->command > 0)) {
    PaintDraft& draft = draft_in_hand(context);
    draft.erased.assign(draft.points.size(), true);
    draft.added.clear();
  }
  x += clear + 12;
  const double done = button_width("Done");
  if (button(context, {rect.right() - 16 - done, middle - 15, done, 30}, "Done")) toggle_paint(context);
  if (!paint.on) return;
  const std::optional<std::string> lack = paint.draft ? lacking(*paint.draft) : std::nullopt;
  label(context.canvas, {x, middle}, lack ? *lack : "A stroke makes other data: all lanes start again.",
        rect.right() - 32 - done - x,
        {.size = kSecondarySize,
         .color = lack ? theme.warning : theme.secondary,
         .vertical = VerticalAlign::kMiddle});
}

void paint_on_picture(PanelContext& context, const PlaneView& view) {
  if (!context.state.paint.on) return;
  // The plane stays where it is while points come and go.
  PlaneState& plane = context.state.plane;
  if (!plane.view) {
    plane.view = view.domain;
    context.state.paint.holds_view = true;
  }
  const bool hovered = ImGui::IsItemHovered();
  stroke(context, view, hovered);
  draw_draft(context, view);
  if (hovered) draw_brush(context, view);
}

}  // namespace initlab
