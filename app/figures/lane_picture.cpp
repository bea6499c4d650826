#include "app/figures/lane_picture.h"

#include <fmt/format.h>

#include <algorithm>

#include "app/figures/captions.h"
#include "app/figures/field_picture.h"
#include "app/figures/fit.h"
#include "core/numeric/number_text.h"

namespace initlab {
namespace {

bool shows_fit(const Snapshot& snapshot, std::size_t lane) {
  return lane < snapshot.runs.size() && !snapshot.runs[lane].response.empty();
}

std::string field_text(const Snapshot& snapshot, const DecisionField& field, Point at) {
  const std::string place = fmt::format("({}, {})   ", number_text(at.x, 3), number_text(at.y, 3));
  if (field.classes > 2) {
    const auto winner = winner_at(field, at.x, at.y);
    return place + (winner ? class_caption(snapshot, *winner) : "not finite");
  }
  const auto p = probability_at(field, at.x, at.y);
  return place + "p = " + (p ? number_text(*p, 3) : std::string("not finite"));
}

DecisionBoundaryOptions boundary_options(std::size_t lane, const LanePictureOptions& options) {
  return {
      .lane = lane, .view = options.view, .test_points = options.test_points, .discrete = options.discrete};
}

}  // namespace

bool has_lane_picture(const Snapshot& snapshot) {
  return std::ranges::any_of(
      snapshot.runs, [](const RunSnapshot& run) { return !run.field.empty() || !run.response.empty(); });
}

void draw_lane_picture(Canvas& canvas, const Theme& theme, Rect rect, const Snapshot& snapshot,
                       std::size_t lane, const LanePictureOptions& options) {
  if (shows_fit(snapshot, lane)) {
    draw_fit(canvas, theme, rect, snapshot, lane);
  } else {
    draw_decision_boundary(canvas, theme, rect, snapshot, boundary_options(lane, options));
  }
}

std::optional<std::string> lane_picture_text(Rect rect, const Snapshot& snapshot, std::size_t lane,
                                             Point pixel, const LanePictureOptions& options) {
  if (shows_fit(snapshot, lane)) {
    const auto plot = fit_plot(rect, snapshot, lane);
    if (!plot || !plot->plot.contains(pixel)) return std::nullopt;
    const double x = plot->x.to_value(pixel.x);
    const auto answer = answer_at(snapshot.runs[lane].response, x);
    return fmt::format("x = {}   answer {}", number_text(x, 3),
                       answer ? number_text(*answer, 3) : std::string("not finite"));
  }
  const auto view = lane_picture_view(rect, snapshot, lane, options);
  if (!view) return std::nullopt;
  return field_text(snapshot, snapshot.runs[lane].field, view->to_plane(pixel));
}

std::optional<PlaneView> lane_picture_view(Rect rect, const Snapshot& snapshot, std::size_t lane,
                                           const LanePictureOptions& options) {
  if (shows_fit(snapshot, lane)) return std::nullopt;
  return decision_boundary_view(rect, snapshot, boundary_options(lane, options));
}

}  // namespace initlab
