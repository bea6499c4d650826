#include "app/figures/decision_boundary.h"

#include <algorithm>
#include <bit>
#include <cmath>
#include <vector>

#include "app/figures/axis.h"
#include "app/figures/captions.h"
#include "app/figures/field_picture.h"
#include "app/figures/marks.h"
#include "app/figures/picture_card.h"

namespace initlab {
namespace {

constexpr std::uint64_t kImageIds = 0x6265'6c64'0000;  // "field": one picture a lane
constexpr double kContourWidth = 1.6;
constexpr std::size_t kMostPoints = 3000;  // drawn; of more every n-th

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

// All that the pixels of a field depend on.
std::uint64_t field_revision(const Theme& theme, const RunSnapshot& run, bool discrete) {
  const DecisionField& field = run.field;
  std::uint64_t all = run.revision;
  const auto mix = [&all](std::uint64_t more) { all = (all ^ more) * 0x9e37'79b9'7f4a'7c15 + (all >> 29); };
  mix(static_cast<std::uint64_t>(field.size.columns));
  mix(static_cast<std::uint64_t>(theme_index(theme)) * 2 + (discrete ? 1 : 0));
  for (const double edge : {field.domain.x_min, field.domain.x_max, field.domain.y_min, field.domain.y_max})
    mix(std::bit_cast<std::uint64_t>(edge));
  return all;
}

void draw_field(Canvas& canvas, const Theme& theme, const PlaneView& view, const RunSnapshot& run,
                const DecisionBoundaryOptions& options) {
  const DecisionField& field = run.field;
  const bool discrete = options.discrete;
  const int fineness = discrete ? 1 : std::clamp(400 / std::max(field.size.columns, 1), 1, 4);
  ImageSource image;
  image.id = kImageIds + options.lane;
  image.revision = field_revision(theme, run, discrete);
  image.width = field.size.columns * fineness;
  image.height = field.size.rows * fineness;
  image.smooth = !discrete;
  image.paint = [&theme, &field, fineness, discrete](std::span<Color> pixels) {
    if (discrete) {
      paint_winners(theme, field, pixels);
    } else {
      paint_field(theme, field, fineness, pixels);
    }
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
  for (const ContourLine& line : field_lines(field)) {
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
  const std::size_t every = (samples.count() + kMostPoints - 1) / kMostPoints;
  for (std::size_t i = 0; i < samples.count(); i += every) {
    const Point at = view.to_pixel(samples.x(0, i), samples.x(1, i));
    if (!reach.contains(at)) continue;
    const double label = std::max(0.0, std::round(samples.y(0, i)));
    draw_data_point(canvas, theme, at, static_cast<std::size_t>(label), radius, hollow);
  }
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
  const bool regression = snapshot.data && snapshot.data->classes == 0;
  if (field.empty() || regression) return std::nullopt;
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
    draw_field(canvas, theme, *view, run, options);
    draw_contour(canvas, theme, *view, run.field);
    if (snapshot.data && snapshot.data->train.x.rows() == 2) {
      if (options.train_points) draw_samples(canvas, theme, *view, snapshot.data->train, radius, false);
      if (options.test_points) draw_samples(canvas, theme, *view, snapshot.data->test, radius, true);
    }
    canvas.pop_clip();
    round_corners(canvas, theme, rect);
  }
  canvas.stroke_rect(rect.inset(0.5, 0.5), {theme.hairline, 1, {}}, kCornerRadius);
  const double state_bottom = draw_state(canvas, theme, rect, run, snapshot);
  if (!view) {
    const Rect below = {rect.x, state_bottom, rect.width, rect.bottom() - state_bottom};
    draw_sentence(canvas, theme, below, no_boundary_caption(snapshot));
  }
  if (view && options.axis_labels && std::min(rect.width, rect.height) >= 120) {
    const Axis x{AxisDirection::kHorizontal,
                 AxisScale::kLinear,
                 view->domain.x_min,
                 view->domain.x_max,
                 rect.x,
                 rect.right()};
    const Axis y{AxisDirection::kVertical, AxisScale::kLinear, view->domain.y_min,
                 view->domain.y_max,       rect.bottom(),      rect.y};
    draw_inner_labels(canvas, theme, rect, x, y, state_bottom);
  }
}

}  // namespace initlab
