#include "app/figures/decision_boundary.h"

#include <algorithm>
#include <array>
#include <cmath>
#include <numbers>
#include <string>
#include <vector>

#include "app/canvas/text_metrics.h"
#include "app/figures/axis.h"
#include "app/figures/captions.h"
#include "app/figures/contour.h"
#include "app/figures/marks.h"

namespace initlab {
namespace {

constexpr std::uint64_t kImageIds = 0x6265'6c64'0000;  // "field": one picture a lane
constexpr double kContourWidth = 1.6;
constexpr double kLabelInset = 8;
// The colours of the field over the logit: beyond 12 a probability is its end to 1e-5.
constexpr double kLogitBound = 12;
constexpr std::size_t kShades = 2048;

// What the training points cover, with a margin for their marks; null where there is no plane of points.
std::optional<Domain> extent_of(const Snapshot& snapshot) {
  constexpr double kMargin = 0.04;
  if (!snapshot.data || snapshot.data->train.x.rows() != 2 || snapshot.data->train.count() == 0)
    return std::nullopt;
  const Matrix& x = snapshot.data->train.x;
  const auto [x_min, x_max] = std::ranges::minmax(x.row_span(0));
  const auto [y_min, y_max] = std::ranges::minmax(x.row_span(1));
  const double margin = kMargin * std::max(x_max - x_min, y_max - y_min);
  return Domain{x_min - margin, x_max + margin, y_min - margin, y_max + margin};
}

Rect pixels_of(const PlaneView& view, const Domain& domain) {
  const Point top_left = view.to_pixel(domain.x_min, domain.y_max);
  const Point bottom_right = view.to_pixel(domain.x_max, domain.y_min);
  return {top_left.x, top_left.y, bottom_right.x - top_left.x, bottom_right.y - top_left.y};
}

// So that the picture's edge and its frame are sharp and meet.
Rect on_whole_pixels(Rect rect) {
  const double x = std::round(rect.x);
  const double y = std::round(rect.y);
  return {x, y, std::round(rect.right()) - x, std::round(rect.bottom()) - y};
}

// A place between cell centres: the centre before it, the one after it and how far it is between them.
struct Between {
  int first = 0;
  int second = 0;
  double share = 0;
};
Between between_centers(double cells, int count) {
  const double at = std::clamp(cells - 0.5, 0.0, static_cast<double>(count - 1));
  const int first = static_cast<int>(at);
  return {first, std::min(first + 1, count - 1), at - first};
}

// Between four cell centres; the nearest one's value where one of them is not finite.
double logit_between(const DecisionField& field, const Between& column, const Between& row) {
  const double top_left = field.at(column.first, row.first);
  const double top_right = field.at(column.second, row.first);
  const double bottom_left = field.at(column.first, row.second);
  const double bottom_right = field.at(column.second, row.second);
  const double top = top_left + (top_right - top_left) * column.share;
  const double bottom = bottom_left + (bottom_right - bottom_left) * column.share;
  const double value = top + (bottom - top) * row.share;
  if (std::isfinite(value)) return value;
  return field.at(column.share < 0.5 ? column.first : column.second,
                  row.share < 0.5 ? row.first : row.second);
}

std::vector<Color> shades_of(const Theme& theme) {
  std::vector<Color> shades(kShades + 1);
  for (std::size_t i = 0; i <= kShades; ++i) {
    const double logit = (2.0 * static_cast<double>(i) / kShades - 1) * kLogitBound;
    shades[i] = field_color(theme, 1 / (1 + std::exp(-logit)));
  }
  return shades;
}

// Paints the field finer than it was measured: the logit is interpolated, not the colour, so an edge is as
// sharp as the network's and runs along the contour.
void paint_field(const Theme& theme, const DecisionField& field, int fineness, std::span<Color> pixels) {
  const std::vector<Color> shades = shades_of(theme);
  const Color not_finite = field_color(theme, std::nan(""));
  const int width = field.size.columns * fineness;
  const int height = field.size.rows * fineness;
  std::vector<Between> columns(static_cast<std::size_t>(width));
  for (int x = 0; x < width; ++x) {
    columns[static_cast<std::size_t>(x)] = between_centers((x + 0.5) / fineness, field.size.columns);
  }
  std::size_t at = 0;
  for (int y = 0; y < height; ++y) {
    const Between row = between_centers((y + 0.5) / fineness, field.size.rows);
    for (const Between& column : columns) {
      const double logit = logit_between(field, column, row);
      if (std::isnan(logit)) {
        pixels[at++] = not_finite;
        continue;
      }
      const double share = (std::clamp(logit, -kLogitBound, kLogitBound) / kLogitBound + 1) / 2;
      pixels[at++] = shades[static_cast<std::size_t>(std::lround(share * kShades))];
    }
  }
}

void draw_field(Canvas& canvas, const Theme& theme, const PlaneView& view, const RunSnapshot& run,
                std::size_t lane) {
  const DecisionField& field = run.field;
  const int fineness = std::clamp(400 / std::max(field.size.columns, 1), 1, 4);
  ImageSource image;
  image.id = kImageIds + lane;
  image.revision = run.revision * 31 + static_cast<std::uint64_t>(field.size.columns) * 7 +
                   static_cast<std::uint64_t>(theme.id);
  image.width = field.size.columns * fineness;
  image.height = field.size.rows * fineness;
  image.paint = [&theme, &field, fineness](std::span<Color> pixels) {
    paint_field(theme, field, fineness, pixels);
  };
  canvas.image(pixels_of(view, field.domain), image);
}

void draw_contour(Canvas& canvas, const Theme& theme, const PlaneView& view, const DecisionField& field) {
  const double last_column = field.size.columns - 1;
  const double last_row = field.size.rows - 1;
  const auto to_pixel = [&](Point grid) {
    return view.to_pixel(field.domain.x_min + (grid.x + 0.5) / field.size.columns * field.domain.width(),
                         field.domain.y_max - (grid.y + 0.5) / field.size.rows * field.domain.height());
  };
  // Lines end at the outermost cell centres; the field goes on for half a cell.
  const auto to_edge = [&](Point grid) {
    if (grid.x <= 0) grid.x = -0.5;
    if (grid.x >= last_column) grid.x = last_column + 0.5;
    if (grid.y <= 0) grid.y = -0.5;
    if (grid.y >= last_row) grid.y = last_row + 0.5;
    return grid;
  };
  std::vector<Point> pixels;
  for (const ContourLine& line : contour_lines(field.logit, field.size.columns, field.size.rows, 0)) {
    pixels.clear();
    if (!line.closed) pixels.push_back(to_pixel(to_edge(line.points.front())));
    for (const Point& point : line.points) pixels.push_back(to_pixel(point));
    if (!line.closed) pixels.push_back(to_pixel(to_edge(line.points.back())));
    canvas.polyline(pixels, {theme.ink, kContourWidth, {}}, line.closed);
  }
}

void draw_samples(Canvas& canvas, const Theme& theme, const PlaneView& view, const Samples& samples,
                  double radius, bool hollow) {
  const Rect reach = view.rect.inset(-2 * radius, -2 * radius);
  for (std::size_t i = 0; i < samples.count(); ++i) {
    const Point at = view.to_pixel(samples.x(0, i), samples.x(1, i));
    if (!reach.contains(at)) continue;
    draw_data_point(canvas, theme, at, samples.y(0, i) > 0.5 ? 1 : 0, radius, hollow);
  }
}

// Tick labels inside the picture, at its left edge below `top` and at its lower edge; those that would meet
// in the corner are left out.
void draw_inner_labels(Canvas& canvas, const Theme& theme, const PlaneView& view, double top) {
  const Rect& rect = view.rect;
  const Axis x{AxisDirection::kHorizontal,
               AxisScale::kLinear,
               view.domain.x_min,
               view.domain.x_max,
               rect.x,
               rect.right()};
  const Axis y{AxisDirection::kVertical, AxisScale::kLinear, view.domain.y_min,
               view.domain.y_max,        rect.bottom(),      rect.y};
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

// A picture has square corners; what stands outside the rounded frame is covered with the ground.
void round_corners(Canvas& canvas, const Theme& theme, Rect rect) {
  constexpr int kSegments = 6;
  const double r = kCornerRadius;
  const std::array<Point, 4> corners = {Point{rect.x, rect.y}, Point{rect.right(), rect.y},
                                        Point{rect.right(), rect.bottom()}, Point{rect.x, rect.bottom()}};
  for (std::size_t i = 0; i < corners.size(); ++i) {
    const Point center{corners[i].x + (i == 0 || i == 3 ? r : -r), corners[i].y + (i < 2 ? r : -r)};
    std::vector<Point> wedge = {corners[i]};
    for (int k = 0; k <= kSegments; ++k) {
      const double angle = std::numbers::pi * (1 + static_cast<double>(i) / 2 + 0.5 * k / kSegments);
      wedge.push_back({center.x + r * std::cos(angle), center.y + r * std::sin(angle)});
    }
    canvas.fill_polygon(wedge, theme.ground);
  }
}

void draw_sentence(Canvas& canvas, const Theme& theme, Rect rect, const std::string& sentence) {
  const Rect room = rect.inset(2 * kGrid, kGrid);
  double size = kSecondarySize;
  std::vector<std::string> lines = wrap_text(sentence, room.width, size);
  if (static_cast<double>(lines.size()) * size * 1.4 > room.height) {
    size = kTickSize;
    lines = wrap_text(sentence, room.width, size);
  }
  const double spacing = size * 1.4;
  const auto most = static_cast<std::size_t>(std::max(0.0, room.height / spacing));
  if (lines.size() > most) lines.resize(most);
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

// A small label on its own ground, at the top of the picture: what state the run is in. Returns where it ends
// below.
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

}  // namespace

Point PlaneView::to_pixel(double x, double y) const {
  return {rect.x + (x - domain.x_min) / domain.width() * rect.width,
          rect.y + (domain.y_max - y) / domain.height() * rect.height};
}

Point PlaneView::to_plane(Point pixel) const {
  return {domain.x_min + (pixel.x - rect.x) / rect.width * domain.width(),
          domain.y_max - (pixel.y - rect.y) / rect.height * domain.height()};
}

PlaneView plane_view(Rect rect, const Domain& wanted) {
  const double unit = std::min(wanted.width() / rect.width, wanted.height() / rect.height);
  const double x = (wanted.x_min + wanted.x_max) / 2;
  const double y = (wanted.y_min + wanted.y_max) / 2;
  const double half_width = unit * rect.width / 2;
  const double half_height = unit * rect.height / 2;
  return {rect, {x - half_width, x + half_width, y - half_height, y + half_height}};
}

std::optional<PlaneView> decision_boundary_view(Rect rect, const Snapshot& snapshot,
                                                const DecisionBoundaryOptions& options) {
  rect = on_whole_pixels(rect);
  if (options.lane >= snapshot.runs.size() || rect.width <= 0 || rect.height <= 0) return std::nullopt;
  const DecisionField& field = snapshot.runs[options.lane].field;
  if (field.empty()) return std::nullopt;
  if (options.view) return plane_view(rect, *options.view);
  PlaneView view = plane_view(rect, field.domain);
  // Rather paper beside the field than points cut off.
  const std::optional<Domain> points = extent_of(snapshot);
  if (!points) return view;
  const double x = (view.domain.x_min + view.domain.x_max) / 2;
  const double y = (view.domain.y_min + view.domain.y_max) / 2;
  const double grow = std::max(
      {1.0, 2 * (points->x_max - x) / view.domain.width(), 2 * (x - points->x_min) / view.domain.width(),
       2 * (points->y_max - y) / view.domain.height(), 2 * (y - points->y_min) / view.domain.height()});
  view.domain = {x - grow * view.domain.width() / 2, x + grow * view.domain.width() / 2,
                 y - grow * view.domain.height() / 2, y + grow * view.domain.height() / 2};
  return view;
}

std::optional<double> probability_at(const DecisionField& field, double x, double y) {
  const Domain& domain = field.domain;
  if (field.empty() || !(x >= domain.x_min && x <= domain.x_max && y >= domain.y_min && y <= domain.y_max)) {
    return std::nullopt;
  }
  const Between column =
      between_centers((x - domain.x_min) / domain.width() * field.size.columns, field.size.columns);
  const Between row =
      between_centers((domain.y_max - y) / domain.height() * field.size.rows, field.size.rows);
  const double logit = logit_between(field, column, row);
  if (!std::isfinite(logit)) return std::nullopt;
  return 1 / (1 + std::exp(-logit));
}

void draw_decision_boundary(Canvas& canvas, const Theme& theme, Rect rect, const Snapshot& snapshot,
                            const DecisionBoundaryOptions& options) {
  rect = on_whole_pixels(rect);
  if (options.lane >= snapshot.runs.size() || rect.width <= 0 || rect.height <= 0) return;
  const RunSnapshot& run = snapshot.runs[options.lane];
  const std::optional<PlaneView> view = decision_boundary_view(rect, snapshot, options);
  canvas.fill_rect(rect, theme.paper, kCornerRadius);
  if (view) {
    const double shorter = std::min(rect.width, rect.height);
    const double radius =
        options.point_radius > 0 ? options.point_radius : std::clamp(shorter / 100 + 0.5, 1.8, 3.2);
    canvas.push_clip(rect);
    draw_field(canvas, theme, *view, run, options.lane);
    draw_contour(canvas, theme, *view, run.field);
    if (snapshot.data && snapshot.data->train.x.rows() == 2) {
      if (options.train_points) draw_samples(canvas, theme, *view, snapshot.data->train, radius, false);
      if (options.test_points) draw_samples(canvas, theme, *view, snapshot.data->test, radius, true);
    }
    canvas.pop_clip();
    round_corners(canvas, theme, rect);
  } else {
    draw_sentence(canvas, theme, rect, no_boundary_caption(snapshot));
  }
  canvas.stroke_rect(rect.inset(0.5, 0.5), {theme.hairline, 1, {}}, kCornerRadius);
  const double state_bottom = draw_state(canvas, theme, rect, run, snapshot);
  if (view && options.axis_labels && std::min(rect.width, rect.height) >= 120) {
    draw_inner_labels(canvas, theme, *view, state_bottom);
  }
}

}  // namespace initlab
