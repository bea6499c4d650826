#include "app/figures/cost_curve.h"

#include <gtest/gtest.h>

#include <algorithm>
#include <cmath>

#include "app/canvas/recording_canvas.h"
#include "app/figures/cost_events.h"
#include "core/numeric/number_text.h"
#include "tests/app/figures/sample_snapshots.h"

namespace initlab {
namespace {

constexpr Rect kRect{0, 0, 720, 320};
const Theme& light() {
  return theme(ThemeId::kLight);
}

RecordingCanvas& draw(RecordingCanvas& canvas, const Snapshot& snapshot,
                      const CostCurveOptions& options = {}) {
  draw_cost_curve(canvas, light(), kRect, snapshot, options);
  return canvas;
}

TEST(CostCurve, each_lane_is_labelled_with_its_name_and_cost_at_its_end) {
  RecordingCanvas canvas;
  draw(canvas, *sample_snapshot("normal"));
  EXPECT_NE(canvas.find_text("Zeros 0.6931"), nullptr);
  EXPECT_NE(canvas.find_text("Large 0.4000"), nullptr);
  EXPECT_NE(canvas.find_text("He 0.2302"), nullptr);
  EXPECT_NE(canvas.find_text("ln 2: chance"), nullptr);
}

TEST(CostCurve, a_chance_cost_other_than_ln_2_is_named_by_its_number) {
  const auto snapshot = sample_snapshot("normal");
  snapshot->chance_cost = 0.61086;
  RecordingCanvas canvas;
  EXPECT_NE(draw(canvas, *snapshot).find_text("chance 0.61"), nullptr);
  snapshot->chance_cost = 0;
  RecordingCanvas without;
  EXPECT_EQ(draw(without, *snapshot).find_text("chance"), nullptr);
}

TEST(CostCurve, a_huge_beginning_is_cut_off_and_named_and_the_rest_stays_readable) {
  const auto snapshot = sample_snapshot("normal");
  RecordingCanvas canvas;
  EXPECT_NE(draw(canvas, *snapshot).find_text("starts at 1,700"), nullptr);
  const CostPlot plot = cost_plot(kRect, *snapshot, {});
  EXPECT_LT(plot.y.high, 100);
  const double he = plot.y.to_pixel(snapshot->runs[2].history[0]) - plot.y.to_pixel(snapshot->runs[2].cost);
  EXPECT_GT(std::abs(he), 0.15 * plot.plot.height);
}

TEST(CostCurve, the_settled_costs_lie_within_the_window_on_every_axis) {
  for (const SampleSnapshot& sample : sample_snapshots()) {
    for (const bool log_y : {true, false}) {
      CostCurveOptions options;
      options.log_y = log_y;
      const CostWindow window = cost_window(*sample.snapshot, options);
      ASSERT_TRUE(std::isfinite(window.low) && std::isfinite(window.high)) << sample;
      ASSERT_LT(window.low, window.high) << sample;
      if (log_y) {
        EXPECT_GT(window.low, 0) << sample;
        for (const RunSnapshot& run : sample.snapshot->runs) {
          if (run.diverged || !(run.cost > 0) || !std::isfinite(run.cost)) continue;
          EXPECT_GE(run.cost, window.low) << sample;
          EXPECT_LE(run.cost, window.high) << sample;
        }
      }
    }
  }
}

TEST(CostCurve, the_axis_runs_to_the_steps_of_the_experiment) {
  const auto snapshot = sample_snapshot("normal");
  const CostPlot plot = cost_plot(kRect, *snapshot, {});
  EXPECT_EQ(plot.x.low, 0);
  EXPECT_EQ(plot.x.high, 15000);
  EXPECT_NEAR(plot.x.to_pixel(15000), plot.plot.right(), 1e-9);
}

TEST(CostCurve, the_plot_stands_still_while_numbers_grow) {
  auto snapshot = sample_snapshot("normal");
  const CostPlot before = cost_plot(kRect, *snapshot, {});
  for (int i = 0; i < 1000; ++i) snapshot->runs[0].history.push_back(0.6931);
  const CostPlot after = cost_plot(kRect, *snapshot, {});
  EXPECT_EQ(before.plot.x, after.plot.x);
  EXPECT_EQ(before.plot.width, after.plot.width);
}

TEST(CostCurve, a_million_steps_are_drawn_by_as_many_points_as_pixels) {
  auto snapshot = sample_snapshot("one_lane");
  auto experiment = std::make_shared<Experiment>(*snapshot->experiment);
  experiment->training.steps = 1'000'000;
  snapshot->experiment = experiment;
  for (std::int64_t step = snapshot->runs[0].history.size(); step <= 1'000'000; ++step) {
    snapshot->runs[0].history.push_back(0.5 + 0.3 * std::sin(static_cast<double>(step) * 0.7));
  }
  snapshot->runs[0].step = 1'000'000;
  RecordingCanvas canvas;
  draw(canvas, *snapshot);
  const CostPlot plot = cost_plot(kRect, *snapshot, {});
  std::size_t drawn = 0;
  double top = 1e9;
  double bottom = -1e9;
  for (const DrawnItem& item : canvas.items()) {
    if (item.color.with_alpha(1) != lane_color(light(), 0)) continue;
    drawn += std::max<std::size_t>(item.points.size(), 1);
    if (item.kind != DrawnKind::kFilledRect) continue;
    top = std::min(top, item.bounds.y);
    bottom = std::max(bottom, item.bounds.bottom());
  }
  EXPECT_LE(drawn, static_cast<std::size_t>(plot.plot.width) + 20);
  EXPECT_NEAR(top, plot.y.to_pixel(0.8), 1);
  EXPECT_NEAR(bottom, plot.y.to_pixel(0.2), 1);
}

TEST(CostCurve, of_a_run_that_was_taken_back_the_known_future_is_fainter_and_the_step_is_marked) {
  auto snapshot = sample_snapshot("normal");
  const CostWindow window = cost_window(*snapshot, {});
  const std::int64_t step = snapshot->step / 3;
  snapshot->step = step;
  for (RunSnapshot& run : snapshot->runs) run.step = step;
  EXPECT_EQ(cost_window(*snapshot, {}).low, window.low) << "the axes stand still";
  const CostPlot plot = cost_plot(kRect, *snapshot, {});
  const double x = plot.x.to_pixel(static_cast<double>(step));
  RecordingCanvas canvas;
  draw(canvas, *snapshot);
  std::size_t marks = 0, faint = 0;
  for (const DrawnItem& item : canvas.items()) {
    if (item.color == light().accent && std::abs(item.bounds.center().x - x) < 1) ++marks;
    if (item.kind != DrawnKind::kPolyline) continue;
    if (item.color == lane_color(light(), 2)) {
      EXPECT_LE(item.bounds.right(), x + 2);
    }
    if (item.color.with_alpha(1) == lane_color(light(), 2) && item.bounds.right() > x + 10) {
      ++faint;
      EXPECT_GE(item.bounds.x, x - 2);
      EXPECT_LT(item.color.a, 128);
    }
  }
  EXPECT_EQ(marks, 1u);
  EXPECT_GE(faint, 1u);
  const std::string cost = cost_text(snapshot->runs[2].history[step]);
  EXPECT_TRUE(std::ranges::any_of(canvas.items(), [&](const DrawnItem& item) {
    return item.text.find(cost) != std::string::npos;
  })) << cost;
}

TEST(CostCurve, a_short_history_is_drawn_step_by_step_and_exactly) {
  auto snapshot = sample_snapshot("one_lane");
  auto experiment = std::make_shared<Experiment>(*snapshot->experiment);
  experiment->training.steps = 20;
  snapshot->experiment = experiment;
  snapshot->runs[0].history.truncate(0);
  for (int step = 0; step <= 10; ++step) snapshot->runs[0].history.push_back(1.0 / (step + 1));
  const CostPlot plot = cost_plot(kRect, *snapshot, {});
  RecordingCanvas canvas;
  draw(canvas, *snapshot);
  const auto line = std::find_if(canvas.items().begin(), canvas.items().end(), [](const DrawnItem& item) {
    return item.kind == DrawnKind::kPolyline && item.color == lane_color(light(), 0);
  });
  ASSERT_NE(line, canvas.items().end());
  ASSERT_EQ(line->points.size(), 11u);
  for (int step = 0; step <= 10; ++step) {
    EXPECT_NEAR(line->points[static_cast<std::size_t>(step)].x, plot.x.to_pixel(step), 1e-9);
    EXPECT_NEAR(line->points[static_cast<std::size_t>(step)].y, plot.y.to_pixel(1.0 / (step + 1)), 1e-9);
  }
}

TEST(CostCurve, a_lane_with_replicas_has_a_band_from_the_least_to_the_largest_of_its_seeds) {
  const auto snapshot = sample_snapshot("replicas");
  CostCurveOptions options;
  options.only_lane = 0;
  RecordingCanvas canvas;
  draw(canvas, *snapshot, options);
  const CostPlot plot = cost_plot(kRect, *snapshot, options);
  const RunSnapshot& run = snapshot->runs[0];
  const double half_way = plot.x.to_pixel(static_cast<double>(run.history.size()) / 2);
  int columns = 0;
  for (const DrawnItem& item : canvas.items()) {
    if (item.kind != DrawnKind::kFilledRect || item.color.a == 255) continue;
    if (item.color.with_alpha(1) != lane_color(light(), 0)) continue;
    ++columns;
    const double x = item.bounds.center().x;
    const double step = std::round(plot.x.to_value(x));
    if (step >= static_cast<double>(run.history.size())) continue;
    const double cost = run.history[static_cast<std::int64_t>(step)];
    EXPECT_LE(item.bounds.bottom(), plot.y.to_pixel(cost / 2) + 1);
    // The seed that diverges half way reaches to the upper edge from there on.
    if (x < half_way - 4) {
      EXPECT_GE(item.bounds.y, plot.y.to_pixel(4 * cost) - 1);
    }
    EXPECT_GE(item.bounds.y, plot.plot.y - 1);
  }
  EXPECT_GT(columns, 100);
  RecordingCanvas without;
  draw(without, *sample_snapshot("normal"), options);
  for (const DrawnItem& item : without.items()) {
    EXPECT_FALSE(item.kind == DrawnKind::kFilledRect && item.color.a < 80) << "a band without replicas";
  }
}

TEST(CostCurve, a_diverged_lane_ends_with_a_cross_and_the_word) {
  RecordingCanvas canvas;
  draw(canvas, *sample_snapshot("diverged"));
  EXPECT_NE(canvas.find_text("Large diverged"), nullptr);
  std::size_t strokes = 0;
  for (const DrawnItem& item : canvas.items()) {
    strokes += item.kind == DrawnKind::kPolyline && item.points.size() == 2 && !item.clipped &&
               item.color == lane_color(light(), 1) && item.dash.empty();
  }
  EXPECT_EQ(strokes, 2u);
}

TEST(CostCurve, a_lane_that_catches_up_ends_where_it_is) {
  const auto snapshot = sample_snapshot("catching_up");
  const CostPlot plot = cost_plot(kRect, *snapshot, {});
  RecordingCanvas canvas;
  draw(canvas, *snapshot);
  const auto dot = std::find_if(canvas.items().begin(), canvas.items().end(), [](const DrawnItem& item) {
    return item.kind == DrawnKind::kFilledCircle && item.color == lane_color(light(), 0);
  });
  ASSERT_NE(dot, canvas.items().end());
  EXPECT_NEAR(dot->bounds.center().x, plot.x.to_pixel(3200), 1e-6);
}

TEST(CostCurve, hovering_reads_the_cost_of_every_lane_at_that_step) {
  const auto snapshot = sample_snapshot("catching_up");
  CostCurveOptions options;
  const CostPlot plot = cost_plot(kRect, *snapshot, options);
  options.hover_x = plot.x.to_pixel(4000) + 0.01;
  RecordingCanvas canvas;
  draw(canvas, *snapshot, options);
  EXPECT_NE(canvas.find_text("step 4,000"), nullptr);
  EXPECT_NE(canvas.find_text("\u2013"), nullptr) << "a lane that is not there yet";
  EXPECT_TRUE(canvas.texts_outside(kRect).empty());
}

TEST(CostCurve, a_changed_learning_rate_is_marked_at_its_step) {
  auto snapshot = sample_snapshot("normal");
  auto experiment = std::make_shared<Experiment>(*snapshot->experiment);
  experiment->events = {{.step = 9000, .lane = 0, .setting = LiveSetting::kLearningRate, .value = 0.005},
                        {.step = 3000, .lane = 2, .setting = LiveSetting::kL2, .value = 0.1}};
  snapshot->experiment = experiment;
  RecordingCanvas canvas;
  draw(canvas, *snapshot);
  EXPECT_NE(canvas.find_text("learning rate 0.005"), nullptr);
  const CostPlot plot = cost_plot(kRect, *snapshot, {});
  const auto marks = cost_event_marks(plot, *snapshot, {});
  ASSERT_EQ(marks.size(), 2u);
  EXPECT_NEAR(marks[0].x, plot.x.to_pixel(3000), 1e-9);
  EXPECT_EQ(marks[0].lane, 1u);
  EXPECT_EQ(marks[0].text, "lane 2: L2 penalty 0.1");
  CostCurveOptions one;
  one.only_lane = 0;
  EXPECT_EQ(cost_event_marks(plot, *snapshot, one).size(), 1u) << "of another lane";
  CostCurveOptions early;
  early.steps = StepRange{0, 2000};
  EXPECT_TRUE(cost_event_marks(cost_plot(kRect, *snapshot, early), *snapshot, early).empty());
}

TEST(CostCurve, at_step_0_there_are_dots_and_labels) {
  RecordingCanvas canvas;
  draw(canvas, *sample_snapshot("step_0"));
  EXPECT_NE(canvas.find_text("Zeros 0.6931"), nullptr);
  EXPECT_NE(canvas.find_text("Large 1,700"), nullptr);
  EXPECT_EQ(canvas.count(DrawnKind::kFilledCircle), 3u);
}

TEST(CostCurve, one_lane_can_be_drawn_alone_in_its_own_colour) {
  CostCurveOptions options;
  options.only_lane = 2;
  RecordingCanvas canvas;
  draw(canvas, *sample_snapshot("normal"), options);
  EXPECT_EQ(canvas.find_text("Zeros"), nullptr);
  EXPECT_NE(canvas.find_text("He 0.2302"), nullptr);
  EXPECT_EQ(canvas.count(DrawnKind::kFilledCircle), 1u);
}

}  // namespace
}  // namespace initlab
