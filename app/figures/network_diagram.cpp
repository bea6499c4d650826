#include "app/figures/network_diagram.h"

#include <fmt/format.h>

#include <algorithm>
#include <array>
#include <cmath>

#include "app/canvas/text_metrics.h"
#include "app/figures/marks.h"
#include "app/figures/network_layout.h"
#include "app/figures/network_notes.h"
#include "app/figures/network_read_out.h"
#include "app/figures/picture_card.h"
#include "app/figures/unit_tiles.h"

namespace initlab {
namespace {

constexpr std::size_t kMostLinks = 1200;  // of all lanes together
constexpr double kReach = 5;              // of the mouse beside a link

std::size_t most_links(const std::vector<LaneDiagram>& diagrams) {
  return kMostLinks / std::max<std::size_t>(diagrams.size(), 1);
}

// How a link of that value and strength is drawn. Sizes of weights span decades; a width shows their root.
Stroke link_stroke(const Theme& theme, const DiagramLink& link, bool frozen) {
  if (!std::isfinite(link.value)) return {theme.warning, 1.5, {}};
  if (link.value == 0) return {theme.secondary.with_alpha(0.55), 1, kZeroDash};
  const double width =
      std::clamp(link.thinness * std::clamp(1.25 * std::sqrt(link.strength), 0.6, 5.0), 0.5, 5.0);
  const double alpha =
      std::clamp(0.3 + 0.35 * std::sqrt(link.strength), 0.3, 0.9) * (0.6 + 0.4 * link.thinness);
  return {class_color(theme, link.value < 0 ? 0 : 1).with_alpha(alpha), width,
          frozen ? std::span<const double>(kFrozenDash) : std::span<const double>()};
}

bool belongs_to(const DiagramLink& link, const LaneDiagram& diagram, const DiagramHit& hit) {
  const DiagramColumn& column = diagram.columns[link.column];
  const std::size_t to = column.units[link.to].unit;
  const std::size_t from = diagram.columns[link.column - 1].units[link.from].unit;
  if (hit.input > 0) return column.layer == hit.layer && to == hit.unit && from == hit.input;
  return (column.layer == hit.layer && to == hit.unit) || (column.layer == hit.layer + 1 && from == hit.unit);
}

void draw_links(Canvas& canvas, const Theme& theme, const LaneDiagram& diagram, const NetworkView& view,
                const std::vector<DiagramLink>& links, const std::optional<DiagramHit>& hit) {
  constexpr double kDimmed = 0.25;
  const bool dims = hit && hit->lane == diagram.lane;
  for (const bool marked : {false, true}) {
    std::size_t pair = 0;
    std::size_t zeros = 0;
    std::size_t count = 0;
    for (const DiagramLink& link : links) {
      const bool is_marked = dims && belongs_to(link, diagram, *hit);
      if (is_marked != marked) continue;
      if (link.column != pair) {
        pair = link.column;
        count = static_cast<std::size_t>(std::ranges::count_if(
            links, [&](const DiagramLink& l) { return l.column == pair && l.value == 0; }));
        zeros = 0;
      }
      // Dots are many: of a great many zero links every n-th says as much.
      constexpr std::size_t kMostZeros = 48;
      const std::size_t every = (count + kMostZeros - 1) / kMostZeros;
      if (link.value == 0 && !is_marked && zeros++ % every != 0) continue;
      Stroke stroke = link_stroke(theme, link, view.layers[diagram.columns[link.column].layer - 1].frozen);
      if (dims && !is_marked) {
        stroke.color = stroke.color.with_alpha(kDimmed * static_cast<double>(stroke.color.a) / 255);
      }
      if (is_marked) {
        stroke.color.a = 255;
        stroke.width = std::max(stroke.width, 1.5);
      }
      canvas.line(link.begin, link.end, stroke);
    }
  }
}

void draw_grounds(Canvas& canvas, const Theme& theme, const LaneDiagram& diagram) {
  for (const DiagramColumn& column : diagram.columns) {
    for (const DiagramGround& ground : column.grounds) {
      if (ground.exact) canvas.fill_rect(ground.rect, theme.warning_ground, kCornerRadius);
      canvas.stroke_rect(
          ground.rect,
          {theme.warning, 1.5, ground.exact ? std::span<const double>() : std::span<const double>(kNearDash)},
          kCornerRadius);
    }
  }
}

// A small padlock: a body and its shackle.
void draw_lock(Canvas& canvas, Point center, Color color) {
  canvas.fill_rect({center.x - 3.5, center.y - 0.5, 7, 5}, color, 1);
  const Point shackle[] = {{center.x - 2, center.y - 0.5}, {center.x - 2, center.y - 2.5},
                           {center.x - 1, center.y - 4},   {center.x + 1, center.y - 4},
                           {center.x + 2, center.y - 2.5}, {center.x + 2, center.y - 0.5}};
  canvas.polyline(shackle, {color, 1.25, {}});
}

void draw_dots(Canvas& canvas, Point first, Point step, Color color) {
  for (int i = 0; i < 3; ++i) canvas.fill_circle({first.x + i * step.x, first.y + i * step.y}, 1.25, color);
}

void draw_texts(Canvas& canvas, const Theme& theme, const LaneDiagram& diagram) {
  for (const DiagramText& text : diagram.texts) {
    const double lock = text.lock ? 12 : 0;
    const Color color = text.warning ? theme.warning : theme.secondary;
    canvas.text({text.at.x + lock / 2, text.at.y}, text.text,
                {.size = kTickSize,
                 .color = color,
                 .weight = text.warning ? FontWeight::kMedium : FontWeight::kRegular,
                 .horizontal = HorizontalAlign::kCenter,
                 .vertical = VerticalAlign::kMiddle});
    if (text.lock) {
      const double width = measure_text(text.text, kTickSize).width;
      draw_lock(canvas, {text.at.x - width / 2, text.at.y}, color);
    }
  }
  for (const DiagramColumn& column : diagram.columns) {
    if (column.left_out > 0) {
      const Point at = column.left_out_at;
      draw_dots(canvas, {at.x - 5, at.y}, {5, 0}, theme.secondary);
      const std::string text = fmt::format("+{}", column.left_out);
      if (measure_text(text, kTickSize).width <= column.left_out_width) {
        canvas.text({at.x, at.y + 12}, text,
                    {.size = kTickSize,
                     .color = theme.secondary,
                     .horizontal = HorizontalAlign::kCenter,
                     .vertical = VerticalAlign::kMiddle});
      }
    }
    if (column.units.size() >= column.unit_count || column.units.empty()) continue;
    const Rect last = column.units.back().tile;
    const double below = column.grounds.empty() ? 3.5 : 7;
    draw_dots(canvas, {last.center().x - 4, last.bottom() + below}, {4, 0}, theme.secondary);
  }
}

// The names of a few inputs, left of their tiles.
void draw_input_names(Canvas& canvas, const Theme& theme, const LaneDiagram& diagram) {
  const DiagramColumn& column = diagram.columns.front();
  if (column.layer != 0 || column.unit_count > kNamedInputs) return;
  for (const DiagramUnit& unit : column.units) {
    const std::string name = column.unit_count == 1 ? "x" : fmt::format("x{}", unit.unit);
    if (unit.tile.x - 5 - measure_text(name, kTickSize).width < diagram.rect.x) return;
    canvas.text({unit.tile.x - 5, unit.tile.center().y}, name,
                {.size = kTickSize,
                 .color = theme.secondary,
                 .horizontal = HorizontalAlign::kRight,
                 .vertical = VerticalAlign::kMiddle});
  }
}

double distance_to(const DiagramLink& link, Point p) {
  const double dx = link.end.x - link.begin.x;
  const double dy = link.end.y - link.begin.y;
  const double length = std::hypot(dx, dy);
  return length > 0 ? std::abs(dx * (p.y - link.begin.y) - dy * (p.x - link.begin.x)) / length : 1e9;
}

DiagramHit hit_of(const LaneDiagram& diagram, const DiagramLink& link) {
  const DiagramColumn& column = diagram.columns[link.column];
  return {diagram.lane,
          column.layer,
          column.units[link.to].unit,
          diagram.columns[link.column - 1].units[link.from].unit,
          column.units[link.to].tile,
          link.begin,
          link.end};
}

std::optional<DiagramHit> hit_in(const std::vector<LaneDiagram>& diagrams, const Snapshot& snapshot,
                                 const NetworkDiagramOptions& options, Point pixel) {
  for (const LaneDiagram& diagram : diagrams) {
    if (!diagram.rect.contains(pixel) || diagram.columns.empty()) continue;
    for (const DiagramColumn& column : diagram.columns) {
      for (const DiagramUnit& unit : column.units) {
        if (unit.tile.inset(-1, -1).contains(pixel))
          return DiagramHit{diagram.lane, column.layer, unit.unit, 0, unit.tile, {}, {}};
      }
    }
    std::vector<DiagramLink> links;
    list_links(diagram, snapshot.runs[diagram.lane].network, options.links, most_links(diagrams), links);
    const DiagramLink* nearest = nullptr;
    double least = kReach;
    for (const DiagramLink& link : links) {
      if (pixel.x < link.begin.x || pixel.x > link.end.x || distance_to(link, pixel) > least) continue;
      least = distance_to(link, pixel);
      nearest = &link;
    }
    if (nearest != nullptr) return hit_of(diagram, *nearest);
  }
  return std::nullopt;
}

}  // namespace

void draw_network_diagram(Canvas& canvas, const Theme& theme, Rect rect, const Snapshot& snapshot,
                          const NetworkDiagramOptions& options) {
  const std::vector<LaneDiagram> diagrams = layout_networks(rect, snapshot, options);
  std::optional<DiagramHit> hit;
  if (options.hover) hit = hit_in(diagrams, snapshot, options, *options.hover);
  std::vector<DiagramLink> links;
  for (const LaneDiagram& diagram : diagrams) {
    const RunSnapshot& run = snapshot.runs[diagram.lane];
    if (run.network.empty()) {
      draw_sentence(canvas, theme, diagram.rect, "The network was not measured in this snapshot.");
      continue;
    }
    if (diagram.columns.empty()) continue;
    canvas.push_clip(diagram.rect);
    draw_grounds(canvas, theme, diagram);
    list_links(diagram, run.network, options.links, most_links(diagrams), links);
    draw_links(canvas, theme, diagram, run.network, links, hit);
    draw_unit_tiles(canvas, theme, diagram, run);
    draw_input_names(canvas, theme, diagram);
    draw_texts(canvas, theme, diagram);
    if (hit && hit->lane == diagram.lane) canvas.stroke_rect(hit->tile.inset(-1, -1), {theme.accent, 2, {}});
    canvas.pop_clip();
  }
  if (hit) draw_network_read_out(canvas, theme, rect, snapshot, *hit, *options.hover, options.editable);
}

std::optional<DiagramHit> diagram_at(Rect rect, const Snapshot& snapshot,
                                     const NetworkDiagramOptions& options, Point pixel) {
  return hit_in(layout_networks(rect, snapshot, options), snapshot, options, pixel);
}

}  // namespace initlab
