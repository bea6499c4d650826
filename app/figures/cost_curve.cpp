#include "app/figures/cost_curve.h"

#include <algorithm>
#include <array>
#include <cmath>
#include <string>
#include <vector>

#include "app/canvas/text_metrics.h"
#include "app/figures/captions.h"
#include "app/figures/cost_band.h"
#include "app/figures/cost_events.h"
#include "app/figures/cost_path.h"
#include "app/figures/end_labels.h"
#include "app/figures/lane_read_out.h"
#include "app/figures/marks.h"
#include "core/numeric/number_text.h"

namespace initlab {
namespace {

constexpr double kCurveWidth = 2;
constexpr double kNoiseTone = 0.5;
constexpr double kFutureTone = 0.3;     // of what comes after the step that is shown
constexpr double kRangeTone = 0.12;     // of a band of replicas
constexpr double kQuartileTone = 0.22;  // on top of it
constexpr double kDotRadius = 3.5;
constexpr double kLabelDistance = 8;
constexpr double kAxisHeight = 24;  // tick labels below the plot
constexpr std::array<double, 2> kReferenceDash = {2, 3};

bool overlap(const Rect& a, const Rect& b) {
  return a.x < b.right() && b.x < a.right() && a.y < b.bottom() && b.y < a.bottom();
}

double label_size(Rect rect) {
  return rect.height >= 200 && rect.width >= 400 ? kSecondarySize : kTickSize;
}
double label_spacing(double size) {
  return std::ceil(size * 1.25);
}

// Costs up to the step that is shown; the history may know those of later steps.
std::int64_t shown_size(const RunSnapshot& run) {
  return std::min(run.step + 1, run.history.size());
}

std::string value_text(const RunSnapshot& run) {
  if (run.diverged) return "diverged";
  return cost_text(shown_size(run) > 0 ? run.history[shown_size(run) - 1] : run.cost);
}

// "He 0.2939" in `width`; the name gives way to the number.
std::string end_text(const RunSnapshot& run, double width, double size) {
  const std::string value = value_text(run);
  const double room = width - measure_text(" " + value, size, FontWeight::kMedium).width;
  const std::string name = fit_text(run.lane.name, room, size, FontWeight::kMedium);
  if (room < size || name.empty()) return fit_text(value, width, size, FontWeight::kMedium);
  return name + " " + value;
}

// Wide enough for every label whatever digits it will have, so that the axes stand still while it trains.
double end_label_room(Rect rect, const Snapshot& snapshot, const CostCurveOptions& options) {
  double widest = 0;
  for (std::size_t lane = 0; lane < snapshot.runs.size(); ++lane) {
    if (!shows_lane(options, lane)) continue;
    const RunSnapshot& run = snapshot.runs[lane];
    const std::string widest_text = run.lane.name + (run.diverged ? " diverged" : " 0.0000");
    widest = std::max(widest, measure_text(widest_text, label_size(rect), FontWeight::kMedium).width);
  }
  return std::min(std::ceil(widest) + kLabelDistance, 0.35 * rect.width);
}

// What one drawing of the figure works on.
struct Drawing {
  Canvas& canvas;
  const Theme& theme;
  Rect rect;
  const Snapshot& snapshot;
  const CostCurveOptions& options;
  CostPlot plot;
  std::vector<Tick> y_ticks;
  std::vector<CostPath> curves;   // up to the step that is shown
  std::vector<CostPath> futures;  // of runs that were taken back: what comes after it
  std::vector<Rect> taken;        // by texts
};

// Under every curve, the range of all seeds faint, the middle half of them stronger.
void draw_bands(Drawing& d) {
  for (std::size_t lane = d.curves.size(); lane-- > 0;) {
    if (!shows_lane(d.options, lane)) continue;
    const CostBandColumns band = cost_band_columns(d.plot, d.snapshot.runs[lane]);
    const Color color = lane_color(d.theme, lane);
    for (const Rect& column : band.range) d.canvas.fill_rect(column, color.with_alpha(kRangeTone));
    for (const Rect& column : band.quartiles) d.canvas.fill_rect(column, color.with_alpha(kQuartileTone));
  }
}

void draw_path(Drawing& d, std::size_t lane, const CostPath& path, double tone) {
  const Color color = lane_color(d.theme, lane);
  const Color noise = color.with_alpha(tone * kNoiseTone);
  for (const Rect& column : path.noise) d.canvas.fill_rect(column, noise);
  for (const CostLine& line : path.lines) {
    if (line.jagged) {
      d.canvas.polyline(line.points, {noise, 1, {}});
    } else {
      d.canvas.polyline(line.points, {color.with_alpha(tone), kCurveWidth, lane_dash(lane)});
    }
  }
}

void draw_curves(Drawing& d) {
  d.canvas.push_clip(d.plot.plot.inset(-2, -1));
  for (std::size_t lane = d.curves.size(); lane-- > 0;) {  // the first lane lies on top
    draw_path(d, lane, d.futures[lane], kFutureTone);
    draw_path(d, lane, d.curves[lane], 1);
  }
  d.canvas.pop_clip();
}

// Where in what is known the figures stand, once a run was taken back.
void draw_step_mark(Drawing& d) {
  const bool goes_on = std::any_of(d.futures.begin(), d.futures.end(), [](const CostPath& future) {
    return !future.lines.empty() || !future.noise.empty();
  });
  const Rect& plot = d.plot.plot;
  const double x = d.plot.x.to_pixel(static_cast<double>(d.snapshot.step));
  if (!goes_on || x < plot.x || x > plot.right()) return;
  d.canvas.line({x, plot.y}, {x, plot.bottom()}, {d.theme.accent, 1, {}});
}

// Where the end labels stand; those for which there is no height are left out, the last lanes first.
struct PlacedLabel {
  std::size_t lane;
  Point end;
  std::string text;
  EndLabel place;
};
std::vector<PlacedLabel> place_end_labels(Drawing& d) {
  const double size = label_size(d.rect);
  const double spacing = label_spacing(size);
  const auto most = static_cast<std::size_t>(std::max(0.0, d.plot.plot.height / spacing)) + 1;
  std::vector<PlacedLabel> labels;
  std::vector<EndLabel> places;
  for (std::size_t lane = 0; lane < d.curves.size() && labels.size() < most; ++lane) {
    if (!d.curves[lane].end) continue;
    const Point end = *d.curves[lane].end;
    const double x = end.x + kLabelDistance;
    const std::string text = end_text(d.snapshot.runs[lane], d.rect.right() - x, size);
    places.push_back({x, measure_text(text, size, FontWeight::kMedium).width, end.y, end.y});
    labels.push_back({lane, end, text, {}});
  }
  push_apart(places, spacing, d.plot.plot.y + spacing / 2 - 4, d.plot.plot.bottom() - spacing / 2 + 2);
  for (std::size_t i = 0; i < labels.size(); ++i) {
    labels[i].place = places[i];
    d.taken.push_back({places[i].x - 2, places[i].y - spacing / 2, places[i].width + 4, spacing});
  }
  return labels;
}

void draw_end_labels(Drawing& d, const std::vector<PlacedLabel>& labels) {
  const double size = label_size(d.rect);
  for (const PlacedLabel& label : labels) {
    const Color color = lane_color(d.theme, label.lane);
    if (d.snapshot.runs[label.lane].diverged) {
      draw_cross(d.canvas, label.end, kDotRadius + 1, {color, kCurveWidth, {}});
    } else {
      d.canvas.fill_circle(label.end, kDotRadius, color);
    }
    if (std::abs(label.place.y - label.end.y) > size * 0.75) {
      d.canvas.line({label.end.x + kDotRadius, label.end.y}, {label.place.x - 2, label.place.y},
                    {color.with_alpha(0.6), 1, {}});
    }
    d.canvas.text({label.place.x, label.place.y}, label.text,
                  {.size = size,
                   .color = d.theme.ink,
                   .weight = FontWeight::kMedium,
                   .vertical = VerticalAlign::kMiddle});
  }
}

// Whether any curve passes through `area`, by its range over the columns there.
bool curve_in(const Drawing& d, const Rect& area) {
  for (std::size_t lane = 0; lane < d.curves.size(); ++lane) {
    if (!d.curves[lane].end) continue;
    const RunSnapshot& run = d.snapshot.runs[lane];
    const double size = static_cast<double>(run.history.size());
    const auto first = static_cast<std::int64_t>(std::clamp(d.plot.x.to_value(area.x), 0.0, size));
    const auto last = static_cast<std::int64_t>(std::clamp(d.plot.x.to_value(area.right()) + 1, 0.0, size));
    if (first >= last) continue;
    const CostRange range = run.history.range(first, last);
    if (range.min > range.max) continue;
    if (d.plot.y.to_pixel(range.max) < area.bottom() && d.plot.y.to_pixel(range.min) > area.y) return true;
  }
  return false;
}

bool grid_line_in(const Drawing& d, const Rect& area) {
  return std::any_of(d.y_ticks.begin(), d.y_ticks.end(), [&](const Tick& tick) {
    const double y = d.plot.y.to_pixel(tick.value);
    return y > area.y && y < area.bottom();
  });
}

bool is_taken(const Drawing& d, const Rect& area) {
  return std::any_of(d.taken.begin(), d.taken.end(), [&](const Rect& other) { return overlap(other, area); });
}

// Where the label of the reference line stands: above or below it, free of other texts and if possible of
// curves.
std::optional<Rect> place_reference_label(const Drawing& d, double width, double y) {
  const double height = kTickSize + 2;
  std::optional<Rect> free_of_curves;
  for (int i = 0; i <= 8; ++i) {
    const double x = d.plot.plot.right() - 4 - width - (d.plot.plot.width - width - 8) * i / 8;
    for (const double top : {y - height - 3, y + 4}) {
      const Rect area{x, top, width, height};
      if (x < d.plot.plot.x || top < d.plot.plot.y || area.bottom() > d.plot.plot.bottom()) continue;
      if (is_taken(d, area)) continue;
      if (curve_in(d, area)) continue;
      if (!grid_line_in(d, area)) return area;
      if (!free_of_curves) free_of_curves = area;
    }
  }
  if (free_of_curves) return free_of_curves;
  // Beside the plot, where the line points at it.
  const Rect beside{d.plot.plot.right() + 4, y - height / 2, width, height};
  if (beside.right() <= d.rect.right() && !is_taken(d, beside)) return beside;
  // Anywhere above or below the curves, as near as can be.
  for (const double top : {d.plot.plot.y + 2, d.plot.plot.bottom() - height - 2}) {
    for (int i = 0; i <= 8; ++i) {
      const double x = d.plot.plot.right() - 4 - width - (d.plot.plot.width - width - 8) * i / 8;
      const Rect area{x, top, width, height};
      if (x >= d.plot.plot.x && !is_taken(d, area) && !curve_in(d, area)) return area;
    }
  }
  return std::nullopt;
}

void draw_reference(Drawing& d) {
  const std::string caption = chance_caption(d.snapshot.chance_cost);
  const double y = d.plot.y.to_pixel(d.snapshot.chance_cost);
  const Rect& plot = d.plot.plot;
  if (caption.empty() || y < plot.y || y > plot.bottom()) return;
  // Not through the texts that stand on it.
  std::vector<Rect> gaps;
  for (const Rect& text : d.taken) {
    if (text.y < y && y < text.bottom()) gaps.push_back(text);
  }
  std::sort(gaps.begin(), gaps.end(), [](const Rect& a, const Rect& b) { return a.x < b.x; });
  double from = plot.x;
  const Stroke stroke{d.theme.secondary, 1, kReferenceDash};
  for (const Rect& gap : gaps) {
    if (gap.x - 2 > from) d.canvas.line({from, y}, {std::min(gap.x - 2, plot.right()), y}, stroke);
    from = std::max(from, gap.right() + 2);
  }
  if (from < plot.right()) d.canvas.line({from, y}, {plot.right(), y}, stroke);
  const double width = measure_text(caption, kTickSize).width;
  if (const auto area = place_reference_label(d, width, y)) {
    d.canvas.text({area->x, area->center().y}, caption,
                  {.size = kTickSize, .color = d.theme.secondary, .vertical = VerticalAlign::kMiddle});
    d.taken.push_back(*area);
  }
}

// Small ticks on the axis of steps where something was changed; what it was where there is room for words.
void draw_events(Drawing& d) {
  constexpr double kTick = 7;
  const double bottom = d.plot.plot.bottom();
  for (const CostEventMark& mark : cost_event_marks(d.plot, d.snapshot, d.options)) {
    const Color color = mark.lane && *mark.lane < d.snapshot.runs.size() ? lane_color(d.theme, *mark.lane)
                                                                         : d.theme.secondary;
    d.canvas.line({mark.x, bottom - kTick}, {mark.x, bottom + 2}, {color, 1.5, {}});
    const double width = measure_text(mark.text, kTickSize).width;
    for (const double x : {mark.x + 4, mark.x - 4 - width}) {
      const Rect area{x, bottom - kTickSize - 4, width, kTickSize + 2};
      if (x < d.plot.plot.x || area.right() > d.plot.plot.right()) continue;
      if (is_taken(d, area) || curve_in(d, area)) continue;
      d.canvas.text({area.x, area.center().y}, mark.text,
                    {.size = kTickSize, .color = d.theme.secondary, .vertical = VerticalAlign::kMiddle});
      d.taken.push_back({area.x - 4, area.y, area.width + 8, area.height});
      break;
    }
  }
}

// A curve that is cut off by the upper edge says where it comes from.
void draw_clipped_notes(Drawing& d) {
  constexpr double kArrow = 10;
  const Rect& plot = d.plot.plot;
  for (std::size_t lane = 0; lane < d.curves.size(); ++lane) {
    const RunSnapshot& run = d.snapshot.runs[lane];
    if (!d.curves[lane].above_until || run.history.size() == 0) continue;
    const bool from_start = run.history[0] > d.plot.y.high;
    const CostRange all = run.history.range(0, run.history.size());
    const std::string text =
        fit_text((from_start ? "starts at " : "reaches ") + cost_text(from_start ? run.history[0] : all.max),
                 plot.width - kArrow - 4, kTickSize);
    const double width = kArrow + measure_text(text, kTickSize).width;
    const double x = std::max(plot.x, std::min(*d.curves[lane].above_until + 10, plot.right() - width));
    std::optional<Rect> place;
    for (double y = plot.y + 2; y + kTickSize < plot.bottom(); y += kGrid) {
      const Rect area{x, y, width, kTickSize + 2};
      if (is_taken(d, area)) continue;
      if (!place) place = area;
      if (grid_line_in(d, area) || y > plot.y + 4 * kGrid) continue;
      place = area;
      break;
    }
    if (!place) continue;
    const std::array<Point, 3> arrow = {Point{x, place->y + 10}, Point{x + 3.5, place->y + 3},
                                        Point{x + 7, place->y + 10}};
    d.canvas.fill_polygon(arrow, lane_color(d.theme, lane));
    d.canvas.text({x + kArrow, place->center().y}, text,
                  {.size = kTickSize, .color = d.theme.secondary, .vertical = VerticalAlign::kMiddle});
    d.taken.push_back(*place);
  }
}

void draw_read_out(Drawing& d, double hover_x) {
  const Rect& plot = d.plot.plot;
  if (hover_x < plot.x || hover_x > plot.right()) return;
  const double step_at = std::clamp(std::round(d.plot.x.to_value(hover_x)), 0.0, 9e18);
  const auto step = static_cast<std::int64_t>(step_at);
  const double x = d.plot.x.to_pixel(step_at);
  d.canvas.line({x, plot.y}, {x, plot.bottom()}, {d.theme.secondary.with_alpha(0.7), 1, {}});

  std::vector<LaneReadOut> rows;
  for (std::size_t lane = 0; lane < d.snapshot.runs.size(); ++lane) {
    if (!shows_lane(d.options, lane)) continue;
    const RunSnapshot& run = d.snapshot.runs[lane];
    const bool known = step < run.history.size();
    rows.push_back({lane, run.lane.name, known ? cost_text(run.history[step]) : "\u2013"});
    if (!known || !std::isfinite(run.history[step])) continue;
    const double y = d.plot.y.to_pixel(run.history[step]);
    if (y >= plot.y && y <= plot.bottom())
      d.canvas.fill_circle({x, y}, kDotRadius, lane_color(d.theme, lane));
  }
  draw_lane_read_outs(d.canvas, d.theme, d.rect, {x, plot.y + 4}, "step " + count_text(step), rows);
}

}  // namespace

CostPlot cost_plot(Rect rect, const Snapshot& snapshot, const CostCurveOptions& options) {
  StepRange steps{0, 1};
  if (snapshot.experiment)
    steps.last = std::max(1.0, static_cast<double>(snapshot.experiment->training.steps));
  if (options.steps) steps = *options.steps;
  const CostWindow costs = cost_window(snapshot, options);

  CostPlot plot;
  plot.plot = {rect.x, rect.y + kGrid, rect.width - end_label_room(rect, snapshot, options),
               rect.height - kGrid - kAxisHeight};
  plot.plot.height = std::max(plot.plot.height, 1.0);
  plot.y = {AxisDirection::kVertical,
            options.log_y ? AxisScale::kLog : AxisScale::kLinear,
            costs.low,
            costs.high,
            plot.plot.bottom(),
            plot.plot.y};
  // Room for five signs at least, so that the plot does not move when a label of three becomes one of four.
  const double label = std::max(widest_label(axis_ticks(plot.y)), measure_text("0.05", kTickSize).width);
  const double left = std::ceil(label) + kLabelDistance;
  plot.plot.x += left;
  plot.plot.width = std::max(plot.plot.width - left, 1.0);
  plot.x = {AxisDirection::kHorizontal,
            options.log_x ? AxisScale::kLogPlusOne : AxisScale::kLinear,
            steps.first,
            steps.last,
            plot.plot.x,
            plot.plot.right()};
  return plot;
}

void draw_cost_curve(Canvas& canvas, const Theme& theme, Rect rect, const Snapshot& snapshot,
                     const CostCurveOptions& options) {
  if (rect.width < 80 || rect.height < 60) return;
  Drawing d{canvas, theme, rect, snapshot, options, cost_plot(rect, snapshot, options), {}, {}, {}, {}};
  d.y_ticks = axis_ticks(d.plot.y);
  const Rect& plot = d.plot.plot;
  draw_axis(canvas, theme, d.plot.y, d.y_ticks, plot, rect, true);
  Rect tick_bounds = rect;
  if (options.axis_title) {
    const double width = measure_text("step", kTickSize).width;
    canvas.text({rect.right() - width, plot.bottom() + 8}, "step",
                {.size = kTickSize, .color = theme.secondary, .vertical = VerticalAlign::kTop});
    tick_bounds.width -= width + kGrid;
  }
  draw_axis(canvas, theme, d.plot.x, axis_ticks(d.plot.x), plot, tick_bounds, false);
  for (std::size_t lane = 0; lane < snapshot.runs.size(); ++lane) {
    const RunSnapshot& run = snapshot.runs[lane];
    d.curves.emplace_back();
    d.futures.emplace_back();
    if (!shows_lane(options, lane)) continue;
    const std::int64_t shown = shown_size(run);
    d.curves.back() = cost_path(d.plot, run.history, 0, shown);
    if (shown == run.history.size()) continue;
    d.futures.back() =
        cost_path(d.plot, run.history, std::max<std::int64_t>(shown - 1, 0), run.history.size());
  }
  // A run without a single finite cost still has its cross, where its curve would begin.
  for (std::size_t lane = 0; lane < d.curves.size(); ++lane) {
    const RunSnapshot& run = snapshot.runs[lane];
    if (!shows_lane(options, lane) || !run.diverged || d.curves[lane].end) continue;
    const CostRange all = run.history.range(0, run.history.size());
    if (all.min > all.max) d.curves[lane].end = Point{plot.x, plot.y};
  }
  const std::vector<PlacedLabel> labels = place_end_labels(d);
  draw_reference(d);
  draw_bands(d);
  draw_step_mark(d);
  draw_curves(d);
  draw_clipped_notes(d);
  draw_events(d);
  draw_end_labels(d, labels);
  if (options.hover_x) draw_read_out(d, *options.hover_x);
}

}  // namespace initlab
